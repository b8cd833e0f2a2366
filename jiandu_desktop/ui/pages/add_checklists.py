"""加入表单 in 资料: the office puts checklists in force, those that come with the program or a workbook of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from jiandu_desktop.progress import Progress
from jiandu_desktop.services.shipped_checklists import ShippedChecklist, Standing, shipped_checklists
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.buttons import Button


class AddChecklistsButton(Button):
    """Shows what can be added in a menu; one click puts a checklist in force."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", icon="upload", parent=parent)
        self.setText(self.tr("加入表单"))
        self.setToolTip(self.tr("随程序带的表单，或自己编写的工作簿；发布以后各台电脑都能用"))
        self._desk = desk
        self.menu_of_forms = QMenu(self)
        self._query = Query(
            desk.tasks,
            lambda: shipped_checklists(desk.services.library.rows()),
            self,
            Lane.POOL,
            tells_failure=True,
        )
        self._query.answered.connect(self._show)
        self._query.failed.connect(desk.messages.error)
        self.clicked.connect(self._query.ask)
        self.menu_of_forms.triggered.connect(self._chosen)

    def add(self, paths: Sequence[Path]) -> None:
        """Puts these workbooks in force, off the window's thread."""
        office = self._desk.services.office

        def work(progress: Progress) -> int:
            added = 0
            for path in paths:
                progress.check()
                added += office.add_form(path).new
            return added

        self._desk.tasks.run(Lane.DATABASE, work, done=self._done, failed=self._desk.messages.error)

    @Slot(object)
    def _show(self, forms: Sequence[ShippedChecklist]) -> None:
        menu = self.menu_of_forms
        menu.clear()
        for form in forms:
            words = {
                Standing.NEW: "{title}",
                Standing.IN_FORCE: self.tr("{title}（已加入）"),
                Standing.OTHER_EDITION: self.tr("{title}（换成随程序带的 {version} 版）"),
            }[form.standing]
            action = menu.addAction(words.format(title=form.title, version=form.version))
            action.setData([str(form.path)])
            action.setEnabled(form.standing is not Standing.IN_FORCE)
        menu.addSeparator()
        new = [str(form.path) for form in forms if form.standing is Standing.NEW]
        if new:
            menu.addAction(self.tr("没有加入的 {count} 份全部加入").format(count=len(new))).setData(new)
        menu.addAction(self.tr("自己编写的工作簿…")).setData([])
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        paths = [Path(name) for name in action.data()]
        if not paths:
            kind = self.tr("Excel 工作簿 (*.xlsx *.xlsm)")
            chosen, _ = QFileDialog.getOpenFileName(self, self.tr("加入表单"), "", kind)
            paths = [Path(chosen)] if chosen else []
        if paths:
            self.add(paths)

    @Slot(object)
    def _done(self, added: int) -> None:
        if added:
            words = self.tr("已加入 {count} 份表单，同步以后各台电脑都能用")
            self._desk.messages.toast(words.format(count=added))
        else:
            self._desk.messages.toast(self.tr("这份表单早已加入，没有变化"))
