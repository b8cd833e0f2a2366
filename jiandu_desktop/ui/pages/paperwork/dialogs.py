"""The windows in which a refusal is noted, a signed copy attached, and the password of the certificate given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QListWidget, QWidget

from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES
from jiandu_desktop.domain.issued import Document
from jiandu_desktop.services.program import Services
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.pages.password_dialog import PasswordDialog
from jiandu_desktop.ui.pages.problem.dialog import FormDialog
from jiandu_desktop.ui.tasks import Tasks
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.text import Label, Prose
from jiandu_desktop.ui.wizard.watched_folder import PICTURE_SUFFIXES, WatchedFolder

LABEL_WIDTH = 84
SCANS = PICTURE_SUFFIXES | {".pdf", ".tif", ".tiff"}


class RefusalForm(QWidget):
    """拒签: why, and who saw it."""

    def __init__(self) -> None:
        super().__init__()
        self.reason = QLineEdit()
        self.reason.setAccessibleName(self.tr("拒签理由"))
        self.reason.setPlaceholderText(self.tr("例如：认为第 2 项与事实不符"))
        self.witnesses = (QLineEdit(), QLineEdit())
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnMinimumWidth(0, theme().px(LABEL_WIDTH))
        grid.setColumnStretch(1, 1)
        grid.addWidget(Label(self.tr("理由")), 0, 0)
        grid.addWidget(self.reason, 0, 1)
        seen = QHBoxLayout()
        seen.setSpacing(8)
        for place, field in enumerate(self.witnesses, start=1):
            field.setAccessibleName(self.tr("见证人 {}").format(place))
            field.setPlaceholderText(self.tr("姓名，没有就留空"))
            seen.addWidget(field)
        grid.addWidget(Label(self.tr("见证人")), 1, 0)
        grid.addLayout(seen, 1, 1)

    def names(self) -> tuple[str, ...]:
        """The witnesses that were named."""
        return tuple(field.text().strip() for field in self.witnesses if field.text().strip())


class RefusalDialog(FormDialog):
    """Notes a refusal; `note` does the work with reason and witnesses."""

    def __init__(
        self, tasks: Tasks, who: str, line: str, note: Callable[[str, tuple[str, ...]], object], parent: QWidget
    ) -> None:
        title = QCoreApplication.translate("RefusalDialog", "登记拒签：{}").format(who)
        super().__init__(tasks, title, line, QCoreApplication.translate("RefusalDialog", "登记拒签"), parent)
        self.form = RefusalForm()
        self._note = note
        self.add(self.form)
        self.form.reason.textChanged.connect(self.refresh)
        self.refresh()
        self.fit()
        self.form.reason.setFocus()

    def missing(self) -> list[str]:
        return [] if self.form.reason.text().strip() else [self.tr("理由")]

    def work(self) -> Callable[[], object]:
        note, reason, names = self._note, self.form.reason.text().strip(), self.form.names()
        return lambda: note(reason, names)


class AttachDialog(FormDialog):
    """The pages of a signed copy, in their order: chosen, dropped, or arriving from the phone's folder."""

    def __init__(self, desk: Desk, document: Document, parent: QWidget, files: Sequence[Path] = ()) -> None:
        tr = QCoreApplication.translate
        super().__init__(
            desk.tasks,
            tr("AttachDialog", "签回件：{}").format(document.number),
            tr("AttachDialog", "扫描或拍下签好的纸，逐页按顺序放进来；PDF、JPG、PNG、HEIC 都可以，也可以拖到这里。"),
            tr("AttachDialog", "存为签回件"),
            parent,
        )
        self._life, self._document = desk.services.paper_life, document
        self._files: list[Path] = []
        self.pages = QListWidget()
        self.pages.setAccessibleName(self.tr("签回件的页面"))
        self.pages.setMinimumHeight(theme().px(120))
        self.choose = Button(self.tr("选择文件…"), icon="folder")
        self.drop_last = Button(self.tr("去掉所选"), icon="x")
        kind = DOCUMENT_KIND_NAMES[document.kind]
        self.sure = QCheckBox(self.tr("已核对：这就是 {kind} {number}").format(kind=kind, number=document.number))
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(10)
        grid.addWidget(self.pages, 0, 0, 1, 3)
        grid.addWidget(self.choose, 1, 0)
        grid.addWidget(self.drop_last, 1, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(self.sure, 2, 0, 1, 3)
        folder = str(desk.services.preferences.get("watched_folder"))
        if folder:
            words = self.tr("手机照片文件夹里新来的照片会自动加在后面：{}").format(folder)
            grid.addWidget(Prose(words, size=12, tone="text2"), 3, 0, 1, 3)
            self._watched = WatchedFolder(Path(folder), desk.tasks, self)
            self._watched.arrived.connect(lambda path: self.take_files([path]))
            self.finished.connect(self._watched.stop)
        self.add(form)
        self.setAcceptDrops(True)
        self.choose.clicked.connect(self._choose)
        self.drop_last.clicked.connect(self._drop)
        self.sure.toggled.connect(self.refresh)
        self.take_files(files)
        self.fit()

    def take_files(self, files: Sequence[Path]) -> None:
        """Adds pages behind those there are."""
        for path in files:
            self._files.append(path)
            self.pages.addItem(path.name)
        self.refresh()

    def missing(self) -> list[str]:
        wanted = [] if self._files else [self.tr("页面")]
        return wanted if self.sure.isChecked() else [*wanted, self.tr("核对")]

    def work(self) -> Callable[[], object]:
        life, document_id, files = self._life, self._document.id, tuple(self._files)
        return lambda: life.attach_signed(document_id, files)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if scans_of(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take_files(scans_of(event))

    @Slot()
    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("选择签回件"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        known = " ".join(f"*{ending}" for ending in sorted(SCANS))
        dialog.setNameFilters([self.tr("扫描件和照片（{}）").format(known)])
        dialog.filesSelected.connect(lambda files: self.take_files([Path(each) for each in files]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _drop(self) -> None:
        row = self.pages.currentRow()
        if row >= 0:
            self.pages.takeItem(row)
            del self._files[row]
            self.refresh()


class SignDialog(PasswordDialog):
    """The password of the certificate, for these documents and this once."""

    def __init__(
        self, services: Services, tasks: Tasks, documents: Sequence[Document], subject: str, parent: QWidget
    ) -> None:
        tr = QCoreApplication.translate
        numbers = "、".join(document.number for document in documents)
        line = tr("SignDialog", "用“{subject}”的证书给 {numbers} 签名。密码只用这一次，不保存。")
        super().__init__(
            tasks,
            tr("SignDialog", "电子签名"),
            line.format(subject=subject, numbers=numbers),
            tr("SignDialog", "签名"),
            parent,
        )
        self._certificates = services.certificates
        self._ids = tuple(document.id for document in documents)

    def work(self) -> Callable[[], object]:
        certificates, ids, password = self._certificates, self._ids, self.taken()
        return lambda: certificates.sign(ids, password)


def scans_of(event: QDropEvent) -> list[Path]:
    """Of what is dragged, the files that can be pages."""
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in files if path.suffix.lower() in SCANS]
