"""接入本单位: the invitation, the shared folder, the first round; afterwards the unit's own data is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress, Step
from jiandu_desktop.services.exchange import SyncReport
from jiandu_desktop.services.invitations import INVITATION_SUFFIX, InvitationView, keep_text, look_at
from jiandu_desktop.services.profiles import Profiles
from jiandu_desktop.services.program import Services
from jiandu_desktop.services.stages import SyncStage, stage_of
from jiandu_desktop.ui.dialogs.drop_place import DropPlace
from jiandu_desktop.ui.errors import is_expected, report_for, sentence_for
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.tasks import Lane, Task, Tasks
from jiandu_desktop.ui.widgets.asking import ReportDialog
from jiandu_desktop.ui.widgets.buttons import Button, Link
from jiandu_desktop.ui.widgets.notices import InlineNotice
from jiandu_desktop.ui.widgets.progress import SyncStageBar
from jiandu_desktop.ui.widgets.text import Label, Prose

INVITATION, FOLDER, FIRST_SYNC = range(3)


class JoinDialog(QDialog):
    """Three steps in one place. Whatever stands in the way is a sentence here, and nothing is kept then."""

    joined = Signal(object)
    """The `Services` of the unit's own data, once, after the dialog has closed."""

    def __init__(self, profiles: Profiles, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profiles, self._tasks = profiles, tasks
        self._path: Path | None = None
        self._services: Services | None = None
        self._round: Task | None = None
        self._busy = False
        self.setWindowTitle(self.tr("接入本单位"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.notice = InlineNotice("")
        self.notice.hide()
        self._heading = Label(role="heading")
        self.drop = DropPlace()
        self.paste = Button(self.tr("粘贴邀请文字"), icon="copy", hint="Ctrl+V")
        self.facts = QGridLayout()
        self.folder = QLineEdit()
        self.folder.setPlaceholderText(self.tr("共享盘、网盘文件夹或U盘上的文件夹"))
        self.browse_folder = Button(self.tr("浏览…"), icon="folder")
        self._hints = QVBoxLayout()
        self.bar = SyncStageBar((self.tr("打包"), self.tr("上传"), self.tr("收取"), self.tr("归档")))
        self.words = Prose()
        self.back = Button(self.tr("上一步"))
        self.cancel = Button(self.tr("取消"))
        self.go = Button(self.tr("下一步"), "primary")
        self._pages = QStackedWidget()
        for page in (self._make_first(), self._make_second(), self._make_third()):
            self._pages.addWidget(page)
        self._lay_out()
        self._connect()
        self._show_step(INVITATION)

    @property
    def step(self) -> int:
        return self._pages.currentIndex()

    @Slot()
    def paste_invitation(self) -> None:
        """Takes the invitation's text, as it comes out of its QR code or a message, in place of the file."""
        text, root = QGuiApplication.clipboard().text(), self._profiles.root
        self.notice.hide()

        def work(progress: Progress) -> tuple[Path, InvitationView]:
            progress.check()
            path = keep_text(text, root)
            return path, look_at(path)

        self._tasks.run(Lane.POOL, work, done=self._took, failed=self._unreadable)

    def take_invitation(self, path: Path) -> None:
        """Reads an invitation that was dropped or chosen."""
        self.notice.hide()

        def work(progress: Progress) -> tuple[Path, InvitationView]:
            progress.check()
            return path, look_at(path)

        self._tasks.run(Lane.POOL, work, done=self._took, failed=self._unreadable)

    @Slot(object)
    def _took(self, found: tuple[Path, InvitationView]) -> None:
        path, view = found
        self._path = path
        self.drop.show_file(path.name)
        self._show_facts(view)
        self._show_hints(view.folders)
        self._refresh_keys()
        self.go.setFocus()

    @Slot(object)
    def _unreadable(self, error: Exception) -> None:
        self._path = None
        self.drop.show_file("")
        self._show_facts(None)
        self._fail(error)

    # --- building -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        keys = QHBoxLayout()
        keys.setSpacing(8)
        keys.addWidget(self.cancel)
        keys.addStretch(1)
        keys.addWidget(self.back)
        keys.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addWidget(self.notice)
        column.addWidget(self._pages, 1)
        column.addLayout(keys)
        self.setFixedWidth(min(theme().px(620), 980))
        self.setMinimumHeight(theme().px(380))

    def _make_first(self) -> QWidget:
        page, column = _page()
        column.addWidget(self.drop)
        column.addWidget(self.paste, 0, Qt.AlignmentFlag.AlignLeft)
        self.facts.setHorizontalSpacing(16)
        self.facts.setVerticalSpacing(4)
        self.facts.setColumnStretch(1, 1)
        column.addLayout(self.facts)
        column.addStretch(1)
        words = self.tr(
            "还没有邀请文件？请向本县（市、区）教育督导室要：督导室在自己的电脑上为您生成一份 .jdyq 文件，"
            "用U盘、内部通讯软件或邮件发给您即可。演示单位的数据不受影响。"
        )
        column.addWidget(Prose(words, tone="text2"))
        return page

    def _make_second(self) -> QWidget:
        page, column = _page()
        column.addWidget(Prose(self.tr("督导室的共享文件夹在哪里？以后每次同步都用它，随时可以在“同步”里改。")))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.folder, 1)
        row.addWidget(self.browse_folder)
        column.addLayout(row)
        column.addLayout(self._hints)
        column.addStretch(1)
        return page

    def _make_third(self) -> QWidget:
        page, column = _page()
        column.addWidget(self.words)
        column.addWidget(self.bar)
        column.addStretch(1)
        return page

    def _connect(self) -> None:
        self.drop.clicked.connect(self._choose_file)
        self.paste.clicked.connect(self.paste_invitation)
        self.browse_folder.clicked.connect(self._choose_folder)
        self.folder.textChanged.connect(self._refresh_keys)
        self.folder.returnPressed.connect(self.go.click)
        self.go.clicked.connect(self._go_on)
        self.back.clicked.connect(lambda: self._show_step(INVITATION))
        self.cancel.clicked.connect(self._cancel)

    def _show_facts(self, view: InvitationView | None) -> None:
        _empty(self.facts)
        if view is None:
            return
        until = view.expires_at.astimezone()
        rows = (
            (self.tr("单位"), view.unit),
            (self.tr("督学"), view.person),
            (self.tr("有效期至"), f"{until:%Y-%m-%d %H:%M}"),
        )
        for number, (label, value) in enumerate(rows):
            self.facts.addWidget(Label(label, role="label"), number, 0)
            self.facts.addWidget(Label(value, role="strong"), number, 1)

    def _show_hints(self, folders: tuple[str, ...]) -> None:
        _empty(self._hints)
        if folders:
            self._hints.addWidget(Label(self.tr("邀请里写的位置（点一下填入）"), role="label"))
        for folder in folders:
            link = Link(folder)
            link.clicked.connect(lambda _=False, path=folder: self.folder.setText(path))
            self._hints.addWidget(link)
        if folders and not self.folder.text():
            self.folder.setText(folders[0])

    # --- steps --------------------------------------------------------------------------------------------------------

    def _show_step(self, step: int) -> None:
        self.notice.hide()
        self._pages.setCurrentIndex(step)
        headings = (
            self.tr("第 1 步，共 3 步：选邀请文件"),
            self.tr("第 2 步，共 3 步：选共享文件夹"),
            self.tr("第 3 步，共 3 步：第一次同步"),
        )
        self._heading.setText(headings[step])
        words = (self.tr("下一步"), self.tr("接入"), self.tr("开始使用"))
        self.go.setText(words[step])
        self.go.updateGeometry()
        self._refresh_keys()
        (self.drop, self.folder, self.go)[step].setFocus()

    @Slot()
    def _refresh_keys(self) -> None:
        self.back.setVisible(self.step == FOLDER)
        self.back.setEnabled(not self._busy)
        waiting = self.step == FIRST_SYNC and self._round is not None
        self.cancel.setVisible(self.step != FIRST_SYNC or waiting)
        self.cancel.setText(self.tr("以后再同步") if waiting else self.tr("取消"))
        self.cancel.setEnabled(not self._busy)
        ready = (self._path is not None, bool(self.folder.text().strip()), not waiting)
        self.go.setEnabled(ready[self.step] and not self._busy)

    @Slot()
    def _go_on(self) -> None:
        if self.step == INVITATION:
            self._show_step(FOLDER)
        elif self.step == FOLDER:
            self._join()
        else:
            self.close()

    @Slot()
    def _cancel(self) -> None:
        if self._round is not None:
            self._round.cancel()
        else:
            self.close()

    def _join(self) -> None:
        path, folder, profiles = self._path, self.folder.text().strip(), self._profiles
        if path is None or self._busy:
            return
        self._set_busy(True)

        def work(progress: Progress) -> Services:
            progress.check()
            return profiles.join(path, folder)

        self._run(work, self._accepted, self._refused)

    @Slot(object)
    def _accepted(self, services: Services) -> None:
        self._services = services
        self._set_busy(False)
        self._show_step(FIRST_SYNC)
        self._sync()

    @Slot(object)
    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        self._fail(error)

    def _sync(self) -> None:
        services = self._services
        if services is None:
            return
        self.notice.hide()
        self.words.set_text(self.tr("正在收取学校、表单和任务。可以以后再同步，接入已经完成。"))
        self.bar.set_stage(0)
        self._round = self._run(services.exchange.sync, self._synced, self._not_synced)
        self._round.progressed.connect(self._stepped)
        self._round.cancelled.connect(self._put_off)
        self._refresh_keys()

    @Slot(object)
    def _stepped(self, step: Step) -> None:
        stage = stage_of(step)
        if stage is not None:
            self.bar.set_stage(stage, step.done / step.total if step.total else 0.0)

    @Slot(object)
    def _synced(self, report: SyncReport) -> None:
        self._round = None
        self.bar.set_stage(len(SyncStage), 1.0)
        self.words.set_text(self.tr("已接入。{}").format(report.sentence()))
        self._refresh_keys()
        self.go.setFocus()

    @Slot(object)
    def _not_synced(self, error: Exception) -> None:
        self._round = None
        self.words.set_text(self.tr("已接入，但第一次同步没有完成。可以先开始使用，以后在“同步”里再试。"))
        self._refresh_keys()
        self._fail(error)

    @Slot()
    def _put_off(self) -> None:
        self._round = None
        self.words.set_text(self.tr("已接入，还没有同步。学校和任务要同步以后才有。"))
        self._refresh_keys()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.go.setText(self.tr("正在接入…") if busy else self.tr("接入"))
        self.folder.setEnabled(not busy)
        self.browse_folder.setEnabled(not busy)
        self._refresh_keys()

    def _run(
        self, work: Callable[[Progress], object], done: Callable[..., None], failed: Callable[[Exception], None]
    ) -> Task:
        return self._tasks.run(Lane.FOLDER, work, done=done, failed=failed)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, Trouble) and is_expected(error):
            self.notice.set(sentence_for(error), "caution")
            self.notice.show()
        else:
            report = ReportDialog(report_for(error), self)
            report.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            report.open()
        self._refresh_keys()

    # --- files and ways out -------------------------------------------------------------------------------------------

    @Slot()
    def _choose_file(self) -> None:
        kind = self.tr("邀请文件 (*{})").format(INVITATION_SUFFIX)
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("选择邀请文件"), "", kind)
        if chosen:
            self.take_invitation(Path(chosen))

    @Slot()
    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("选择督导室的共享文件夹"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.step == INVITATION and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.take_invitation(Path(files[0]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif self.step == INVITATION and event.matches(QKeySequence.StandardKey.Paste):
            self.paste_invitation()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Not while the joining itself is under way; once joined, the unit's data is handed over in any case."""
        if self._busy:
            event.ignore()
            return
        if self._round is not None:
            self._round.cancel()
        super().closeEvent(event)
        services, self._services = self._services, None
        if services is not None:
            self.joined.emit(services)


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    return page, column


def _empty(layout: QGridLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
