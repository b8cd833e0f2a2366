"""Excel: the ledger out as the office prints it, replies and corrections in again, old lists in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from jiandu_desktop.domain.ledger_layout import Layout
from jiandu_desktop.progress import Progress
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from jiandu_desktop.services.ledger_export import LedgerWritten
    from jiandu_desktop.ui.dialogs.ledger_import import LedgerImportDialog
    from jiandu_desktop.ui.dialogs.old_list import OldListDialog

BY_SCHOOL, REPLIES, OLD = "by_school", "replies", "old"


class LedgerBooksButton(Button):
    """A menu of workbooks; `ids` gives, when it is pressed, the problems to go out: those selected, else all shown."""

    def __init__(self, desk: Desk, ids: Callable[[], Sequence[str]], parent: QWidget | None = None) -> None:
        super().__init__("", icon="files", parent=parent)
        self.setText(self.tr("表格"))
        self.setToolTip(self.tr("导出四个清单和整改台账，导入学校填好的表，导入各级反馈的老问题"))
        self.setAccessibleName(self.tr("台账表格：导出和导入"))
        self._desk, self._ids = desk, ids
        self.menu_of_books = QMenu(self)
        for value, words in (
            (Layout.JOINT.value, self.tr("导出：四个清单合一张表…")),
            (Layout.FOUR.value, self.tr("导出：四个清单四张表…")),
            (Layout.REGISTER.value, self.tr("导出：整改台账…")),
            (BY_SCHOOL, self.tr("导出：每所学校一个文件，发给学校填…")),
            ("", ""),
            (REPLIES, self.tr("导入：学校填好、督导室改好的台账…")),
            (OLD, self.tr("导入：各级反馈的老问题清单…")),
        ):
            if value:
                self.menu_of_books.addAction(words).setData(value)
            else:
                self.menu_of_books.addSeparator()
        self.clicked.connect(self._open)
        self.menu_of_books.triggered.connect(self._chosen)

    def export_to(self, layout: Layout, path: Path) -> None:
        """Writes one workbook, off the window's thread."""
        self._write(layout, path, by_school=False)

    def export_schools(self, folder: Path) -> None:
        """Writes a workbook per school of what is still owed."""
        self._write(Layout.REGISTER, folder, by_school=True)

    def import_replies(self, path: Path) -> LedgerImportDialog:
        """Shows what the workbook would change."""
        from jiandu_desktop.ui.dialogs.ledger_import import LedgerImportDialog

        dialog = LedgerImportDialog(self._desk, path, self.window())
        dialog.open()
        return dialog

    def import_old(self, path: Path) -> OldListDialog:
        """Shows what the list would bring."""
        from jiandu_desktop.ui.dialogs.old_list import OldListDialog

        dialog = OldListDialog(self._desk, path, self.window())
        dialog.open()
        return dialog

    def _write(self, layout: Layout, path: Path, *, by_school: bool) -> None:
        export, ids = self._desk.services.ledger_export, tuple(self._ids())

        def work(progress: Progress) -> LedgerWritten:
            if by_school:
                return export.write_by_school(path, layout, ids, progress=progress)
            return export.write(path, layout, ids, progress=progress)

        self._desk.tasks.run(Lane.DATABASE, work, done=self._written, failed=self._desk.messages.error)

    @Slot()
    def _open(self) -> None:
        self.menu_of_books.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        value, kind = str(action.data()), self.tr("Excel 工作簿 (*.xlsx)")
        if value in set(Layout):
            word = self.tr("整改台账") if value == Layout.REGISTER else self.tr("问题整改四个清单")
            name = f"{word} {self._desk.services.store.today():%Y-%m-%d}.xlsx"
            chosen, _ = QFileDialog.getSaveFileName(self, self.tr("导出台账"), name, kind)
            if chosen:
                self.export_to(Layout(value), Path(chosen))
        elif value == BY_SCHOOL:
            folder = QFileDialog.getExistingDirectory(self, self.tr("写到哪个文件夹"))
            if folder:
                self.export_schools(Path(folder))
        else:
            words = self.tr("选择填好的台账") if value == REPLIES else self.tr("选择老问题清单")
            chosen, _ = QFileDialog.getOpenFileName(self, words, "", self.tr("Excel 工作簿 (*.xlsx *.xlsm)"))
            if chosen:
                (self.import_replies if value == REPLIES else self.import_old)(Path(chosen))

    @Slot(object)
    def _written(self, written: LedgerWritten) -> None:
        if len(written.files) == 1:
            words = self.tr("已导出 {count} 个问题到 {name}")
            self._desk.messages.toast(words.format(count=written.problems, name=written.files[0].name))
        else:
            words = self.tr("已导出 {count} 个问题，{files} 个文件，在 {folder}")
            folder = written.files[0].parent.name
            self._desk.messages.toast(words.format(count=written.problems, files=len(written.files), folder=folder))
