"""The windows of 印章与签名: which kinds of documents a computer may seal, and the password of a certificate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, DocumentKind
from jiandu_desktop.services.program import Services
from jiandu_desktop.ui.pages.password_dialog import PasswordDialog
from jiandu_desktop.ui.pages.problem.dialog import FormDialog
from jiandu_desktop.ui.tasks import Tasks
from jiandu_desktop.ui.widgets.buttons import Link

_COLUMNS = 3


class KindsDialog(FormDialog):
    """A tick per kind; none of them takes the seal back."""

    def __init__(
        self,
        tasks: Tasks,
        name: str,
        kinds: tuple[DocumentKind, ...],
        keep: Callable[[tuple[DocumentKind, ...]], object],
        parent: QWidget,
    ) -> None:
        tr = QCoreApplication.translate
        super().__init__(
            tasks,
            tr("KindsDialog", "印章：{}").format(name),
            tr("KindsDialog", "勾上的文书由这台电脑出具时带印章；一个都不勾就是收回。"),
            tr("KindsDialog", "确定"),
            parent,
        )
        self._before, self._keep = kinds, keep
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        every, none = Link(self.tr("全选")), Link(self.tr("全不选"))
        links = QHBoxLayout()
        links.setSpacing(16)
        links.addWidget(every)
        links.addWidget(none)
        links.addStretch(1)
        grid.addLayout(links, 0, 0, 1, _COLUMNS)
        self.boxes: dict[DocumentKind, QCheckBox] = {}
        for place, kind in enumerate(DocumentKind):
            box = QCheckBox(DOCUMENT_KIND_NAMES[kind])
            box.setChecked(kind in kinds)
            box.toggled.connect(self.refresh)
            self.boxes[kind] = box
            grid.addWidget(box, 1 + place // _COLUMNS, place % _COLUMNS)
        self.add(form)
        every.clicked.connect(lambda: self._set_all(ticked=True))
        none.clicked.connect(lambda: self._set_all(ticked=False))
        self.refresh()
        self.fit()

    def ticked(self) -> tuple[DocumentKind, ...]:
        """The kinds as they stand now."""
        return tuple(kind for kind, box in self.boxes.items() if box.isChecked())

    def missing(self) -> list[str]:
        return [] if set(self.ticked()) != set(self._before) else [self.tr("改动")]

    def work(self) -> Callable[[], object]:
        keep, kinds = self._keep, self.ticked()
        return lambda: keep(kinds)

    def _set_all(self, *, ticked: bool) -> None:
        for box in self.boxes.values():
            box.setChecked(ticked)


class CertificateDialog(PasswordDialog):
    """The password of a certificate that was chosen: it proves the file, and is kept nowhere."""

    def __init__(self, services: Services, tasks: Tasks, path: Path, parent: QWidget) -> None:
        tr = QCoreApplication.translate
        super().__init__(
            tasks,
            tr("CertificateDialog", "电子签名证书"),
            tr("CertificateDialog", "请输入“{}”的密码，只用来核对证书，不保存。").format(path.name),
            tr("CertificateDialog", "用这张证书"),
            parent,
        )
        self._certificates, self._path = services.certificates, path

    def work(self) -> Callable[[], object]:
        certificates, path, password = self._certificates, self._path, self.taken()
        return lambda: certificates.choose(path, password)


def kinds_words(kinds: tuple[DocumentKind, ...]) -> str:
    """全部种类, 不借, one or two names, or how many."""
    tr = QCoreApplication.translate
    if not kinds:
        return tr("KindsDialog", "不借")
    if len(kinds) == len(DocumentKind):
        return tr("KindsDialog", "全部种类")
    if len(kinds) <= 2:
        return "、".join(DOCUMENT_KIND_NAMES[kind] for kind in kinds)
    words = tr("KindsDialog", "{first}等 {count} 种")
    return words.format(first=DOCUMENT_KIND_NAMES[kinds[0]], count=len(kinds))
