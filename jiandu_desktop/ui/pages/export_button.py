"""导出: records of visits to a folder, as OpenRosa, JSON or CSV; the same button for one record and for several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from jiandu_desktop.progress import Progress
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from jiandu_desktop.services.visit_export import Exported

OPENROSA, JSON, CSV = "openrosa", "json", "csv"
"""Values of `services.visit_export.Format`, which is loaded when something is exported."""


class ExportButton(Button):
    """Asks for the format, then for a folder; `visits` says which records at the moment it is pressed."""

    exported = Signal(object)
    """What `VisitExport.write` did."""

    def __init__(self, desk: Desk, visits: Callable[[], Sequence[str]], parent: QWidget | None = None) -> None:
        super().__init__("", icon="download", parent=parent)
        self.setText(self.tr("导出记录"))
        self.setToolTip(self.tr("把督导记录的内容、照片和填写过程导出到文件夹，给 ODK、Excel 或其他程序用"))
        self._desk = desk
        self._visits = visits
        self._format = OPENROSA
        self.menu_of_formats = QMenu(self)
        words = (
            (OPENROSA, self.tr("OpenRosa 填报记录（ODK、Kobo 可导入）")),
            (CSV, self.tr("CSV 表格（Excel、WPS 可打开）")),
            (JSON, self.tr("JSON（给其他程序）")),
        )
        for value, word in words:
            self.menu_of_formats.addAction(word).setData(value)
        self.clicked.connect(self._open)
        self.menu_of_formats.triggered.connect(self._chosen)

    def show_count(self, count: int) -> None:
        """How many records would go out."""
        self.setText(self.tr("导出所选 {count} 份").format(count=count) if count > 1 else self.tr("导出记录"))
        self.updateGeometry()

    def export_to(self, form: str, folder: Path) -> None:
        """Writes them there, off the window's thread."""
        visits, export = tuple(self._visits()), self._desk.services.visit_export

        def work(progress: Progress) -> Exported:
            from jiandu_desktop.services.visit_export import Format

            return export.write(visits, Format(form), folder, progress)

        self._desk.tasks.run(Lane.DATABASE, work, done=self._done, failed=self._desk.messages.error)

    @Slot()
    def _open(self) -> None:
        self.menu_of_formats.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("导出到哪个文件夹"))
        if chosen:
            self.export_to(str(action.data()), Path(chosen))

    @Slot(object)
    def _done(self, done: Exported) -> None:
        if done.missing:
            words = self.tr("已导出到 {folder}，但有 {count} 个照片或文件不在本机：{names}。同步以后再导出一次就全了。")
            names = "、".join(done.missing[:5])
            self._desk.messages.warn(words.format(folder=done.folder, count=len(done.missing), names=names))
        else:
            words = self.tr("已导出 {visits} 份记录，{files} 个文件，在 {folder}")
            folder = done.folder.name
            self._desk.messages.toast(words.format(visits=done.visits, files=done.files, folder=folder))
        self.exported.emit(done)
