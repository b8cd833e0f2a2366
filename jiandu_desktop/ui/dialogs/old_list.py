"""导入老问题: what a list of a former inspection would bring, row by row; ambiguous schools are asked for here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from jiandu_desktop.progress import Progress
from jiandu_desktop.services.old_lists import OldListView, OldRow, OldTaken
from jiandu_desktop.ui.dialogs.told_lines import ToldLines
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.filters import FilterButton
from jiandu_desktop.ui.widgets.notices import EmptyState
from jiandu_desktop.ui.widgets.table import DataTable
from jiandu_desktop.ui.widgets.table_model import Column, State
from jiandu_desktop.ui.widgets.text import Label, Prose

_MOST_ASKED = 4
_MOST_OFFERED = 12


class OldListDialog(QDialog):
    """Nothing is kept before 导入; the rows of a list that were imported before are left out."""

    taken = Signal(int)
    """How many problems were taken."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._path = desk, path
        self._view: OldListView | None = None
        self._chosen: dict[str, str] = {}
        self.setWindowTitle(self.tr("导入老问题"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.heading = Label(self.tr("正在读“{name}”…").format(name=path.name), role="heading")
        words = self.tr(
            "写明已改的导入为“待复查”，其余为“整改中”，逐条核查后再销号；缺措施、责任人或期限的存为“待下达”。"
        )
        self.asked = QVBoxLayout()
        self.asked.setSpacing(8)
        self.table = DataTable("old-list", self._columns(), lambda row: row.row)
        self.table.set_empty(EmptyState(self.tr("没有可以导入的问题"), icon="check"))
        self.lines = ToldLines()
        self.cancel = Button(self.tr("取消"))
        self.take = Button(self.tr("导入"), kind="primary")
        self.take.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        keys = QHBoxLayout()
        keys.setSpacing(8)
        keys.addWidget(self.cancel)
        keys.addStretch(1)
        keys.addWidget(self.take)
        column.addWidget(self.heading)
        column.addWidget(Prose(words, tone="text2"))
        column.addLayout(self.asked)
        column.addWidget(self.table, 1)
        column.addWidget(self.lines)
        column.addLayout(keys)
        self.resize(min(theme().px(1040), 1060), min(theme().px(600), 640))
        self.cancel.clicked.connect(self.close)
        self.take.clicked.connect(self._take)
        self._look()

    def _columns(self) -> list[Column]:
        return [
            Column("row", self.tr("行"), lambda row: str(row.row), kind="number", sort=lambda row: row.row, width=56),
            Column("school", self.tr("学校"), lambda row: row.school, width=160, optional=False),
            Column(
                "text", self.tr("问题"), lambda row: row.problem.text, kind="sentence", stretch=True, optional=False
            ),
            Column(
                "measure", self.tr("措施"), lambda row: row.problem.measure or "—", width=150, tone="text2", spare=2
            ),
            Column("person", self.tr("责任人"), lambda row: row.problem.responsible or "—", width=90),
            Column(
                "due",
                self.tr("期限"),
                lambda row: row.problem.due.isoformat() if row.problem.due else "—",
                width=104,
            ),
            Column("origin", self.tr("来源"), lambda row: row.problem.origin, width=130, tone="text2", spare=1),
            Column(
                "state",
                self.tr("导入为"),
                lambda row: self._state(row).word,
                kind="state",
                value=self._state,
                width=112,
            ),
        ]

    def _state(self, row: OldRow) -> State:
        if row.missing:
            return State("pencil", self.tr("待下达"), "caution")
        return State("eye", self.tr("待复查")) if row.done else State("flag", self.tr("整改中"))

    def _look(self) -> None:
        entry, path, chosen = self._desk.services.old_lists, self._path, dict(self._chosen)

        def work(progress: Progress) -> OldListView:
            return entry.look(path, chosen, progress)

        self._desk.tasks.run(Lane.DATABASE, work, done=self._looked, failed=self._failed)

    @Slot(object)
    def _looked(self, view: OldListView) -> None:
        self._view = view
        words = self.tr("“{name}”：可以导入 {count} 个问题")
        self.heading.setText(words.format(name=view.file, count=len(view.rows)))
        self.lines.set_lines(view.refused, view.notices)
        self.table.set_rows(view.rows)
        self.take.setText(self.tr("导入 {count} 个").format(count=len(view.rows)) if view.rows else self.tr("导入"))
        self.take.setEnabled(bool(view.rows))
        self._ask_schools(view)
        self.table.focus()

    def _ask_schools(self, view: OldListView) -> None:
        """One choice per name that may be one of several schools; once chosen, the list is read again."""
        _clear(self.asked)
        for each in view.asked[:_MOST_ASKED]:
            choices = [(school.id, school.name) for school in each.candidates[:_MOST_OFFERED]]
            words = self.tr("“{name}”是哪所学校").format(name=each.name)
            button = FilterButton(words, [("", self.tr("没有选")), *choices])
            button.setProperty("asked", each.name)
            button.chosen.connect(self._school_chosen)
            self.asked.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot(str)
    def _school_chosen(self, school_id: str) -> None:
        button = self.sender()
        if isinstance(button, FilterButton) and school_id:
            self._chosen[str(button.property("asked"))] = school_id
            self._look()

    @Slot()
    def _take(self) -> None:
        view = self._view
        if view is None:
            return
        self.take.setEnabled(False)
        entry = self._desk.services.old_lists

        def work(progress: Progress) -> OldTaken:
            return entry.take(view, progress=progress)

        self._desk.tasks.run(Lane.DATABASE, work, done=self._took, failed=self._failed)

    @Slot(object)
    def _took(self, taken: OldTaken) -> None:
        words = self.tr("已导入 {all} 个问题，其中 {recheck} 个待复查，{kept} 个待下达")
        count = taken.issued + taken.kept
        self._desk.messages.toast(words.format(all=count, recheck=taken.to_recheck, kept=taken.kept))
        self.taken.emit(count)
        self.close()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self.close()
        self._desk.messages.error(error)


def _clear(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
