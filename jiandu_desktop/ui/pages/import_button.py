"""导入填报记录: a submission of ODK Collect, Kobo or this program is opened as a draft."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from jiandu_desktop.services.visit_import import Imported


class ImportButton(Button):
    """Asks for the file, and for the school where the file does not say it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", icon="upload", parent=parent)
        self.setText(self.tr("导入填报记录"))
        self.setToolTip(self.tr("把 ODK、Kobo 或本程序导出的填报记录作为草稿接着填"))
        self._desk = desk
        self._path = Path()
        self.clicked.connect(self._choose)

    def take(self, path: Path, school_code: str = "") -> None:
        """Opens the submission off the window's thread."""
        self._path = path
        entry = self._desk.services.visit_import

        def work(progress: Progress) -> Imported:
            progress.check()
            return entry.read(path, school_code)

        self._desk.tasks.run(Lane.DATABASE, work, done=self._done, failed=self._failed)

    @Slot()
    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("选择填报记录"), "", self.tr("填报记录 (submission.xml *.xml)")
        )
        if chosen:
            self.take(Path(chosen))

    @Slot(object)
    def _done(self, done: Imported) -> None:
        left = [*done.unread, *done.missing, *done.refused]
        if left:
            words = self.tr("已导入 {school} 的填报记录，但有 {count} 处没有导入：{names}。请打开后核对。")
            self._desk.messages.warn(words.format(school=done.school, count=len(left), names="、".join(left[:5])))
        else:
            words = self.tr("已导入 {school} 的填报记录，答了 {count} 题，可以接着填")
            self._desk.messages.toast(words.format(school=done.school, count=done.answers))

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        if isinstance(error, Trouble) and error.code == "submission-school-unknown":
            self._desk.messages.ask_text(
                self.tr("这份记录是哪所学校的？"),
                self._take_school,
                self.tr("记录里没有写明，或者代码不在名册里。请输入学校代码，“学校”页里能查到。"),
                word=self.tr("导入"),
            )
        else:
            self._desk.messages.error(error)

    def _take_school(self, code: str | None) -> None:
        if code:
            self.take(self._path, code)
