"""A page that is a list: search, filters, count, 列设置 and 导出 above one table.

ListPage(desk, title)   build(table, placeholder, filters=()) puts tools and table on it
  side panel, title row: as in widgets.page.Page
  set_rows(rows) · refresh() and concerned(changes) are the page's own; take_changes calls refresh when it is seen
  clear_filters() · filter(key) -> FilterButton · refilter() · add_tool(widget)
Filter(key, label, choices, holds)     holds(row, value) decides; the first choice, "", shows all
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from jiandu_desktop.progress import Progress
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.buttons import IconButton, Link
from jiandu_desktop.ui.widgets.filters import FilterButton, SearchField
from jiandu_desktop.ui.widgets.page import Page
from jiandu_desktop.ui.widgets.reading_order import lead_focus
from jiandu_desktop.ui.widgets.table import DataTable
from jiandu_desktop.ui.widgets.table_model import Column, Due
from jiandu_desktop.ui.widgets.text import Label

if TYPE_CHECKING:
    from jiandu_desktop.services.exports import Value

ALL = ""
SEARCH_WIDTH = 296


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter button; `choices` are (value, word) after 全部."""

    key: str
    label: str
    choices: Sequence[tuple[str, str]]
    holds: Callable[[Any, str], bool]


class ListPage(Page):
    """A page with one table."""

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(title)
        self.desk = desk
        self._title_text = title
        self._filled = False

    def build(self, table: DataTable, placeholder: str, filters: Sequence[Filter] = ()) -> None:
        """Puts the tools and the table on the page; called once, first of all."""
        self.table = table
        self.search = SearchField(placeholder)
        self._filters = {each.key: each for each in filters}
        self._buttons: dict[str, FilterButton] = {}
        self._in_view: Callable[[Any], bool] | None = None
        self._count = Label(role="label")
        self._clear = Link(self.tr("清除"))
        self._clear.hide()
        self._clear.clicked.connect(self.clear_filters)
        self._second = QWidget()
        self._second_row = QHBoxLayout(self._second)
        self._second_row.setContentsMargins(0, 0, 0, 0)
        self._second_row.setSpacing(4)
        self._second_row.addStretch(1)
        self._second.hide()
        self._folded = False
        self._added: list[QWidget] = []
        self.columns = table.columns_button()
        self.export = IconButton("download", self.tr("导出为 Excel 表格"))
        self.tools.addWidget(self.search, 1)
        for each in filters:
            button = FilterButton(each.label, ((ALL, self.tr("全部")), *each.choices))
            button.chosen.connect(self.refilter)
            self._buttons[each.key] = button
            self.tools.addWidget(button)
        self.tools.addWidget(self._clear)
        self.tools.addStretch()
        for widget in (self._count, self.columns, self.export):
            self.tools.addWidget(widget)
        self._size_search()
        theme().changed.connect(self._size_search)
        self.content.addWidget(self._second)
        self.content.addWidget(table, 1)
        self.search.searched.connect(table.set_query)
        self.search.left_down.connect(table.focus)
        self.search.submitted.connect(table.focus)
        self.export.clicked.connect(self._choose_export)
        table.filters_cleared.connect(self.clear_filters)
        table.shown_changed.connect(self._counted)
        table.installEventFilter(self)
        lead_focus(self, table)
        self.desk.relay.changed.connect(self.take_changes)

    # --- what a page says of itself -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Asks for the rows anew."""
        raise NotImplementedError

    def concerned(self, changes: Changes) -> bool:
        """Whether these changes touch what the page shows."""
        raise NotImplementedError

    def count_words(self, count: int) -> str:
        """What stands at the right of the tools: 共 15 所."""
        return self.tr("共 {count} 条").format(count=count)

    # --- what it does -------------------------------------------------------------------------------------------------

    def set_rows(self, rows: Iterable[Any]) -> None:
        """Shows these rows; search, filters and selection stay. The first time, the first row is selected."""
        first = not self._filled
        self._filled = True
        self.table.set_rows(rows)
        if first:
            self._take_up()

    def focus_search(self) -> None:
        self.search.focus()

    def filter(self, key: str) -> FilterButton:
        """The button of a filter."""
        return self._buttons[key]

    def add_tool(self, widget: QWidget) -> None:
        """One more tool, after the filters."""
        self.tools.insertWidget(1 + len(self._buttons) + len(self._added), widget)
        self._added.append(widget)

    def set_choices(self, key: str, choices: Sequence[tuple[str, str]]) -> None:
        """Other choices after 全部, such as the areas that there are."""
        self._buttons[key].set_choices(((ALL, self.tr("全部")), *choices))

    def set_view(self, view: Callable[[Any], bool] | None) -> None:
        """What is shown at all, before the filters: a saved view."""
        self._in_view = view
        self.refilter()

    @Slot()
    def refilter(self) -> None:
        """Shows the rows that all filters let through."""
        active = [(self._filters[key].holds, button.value()) for key, button in self._buttons.items() if button.value()]
        view = self._in_view
        self._clear.setVisible(bool(active))
        self._fold()
        if view is None and not active:
            self.table.set_filter(None)
            return

        def holds(row: Any) -> bool:
            return (view is None or view(row)) and all(check(row, value) for check, value in active)

        self.table.set_filter(holds)

    @Slot()
    def clear_filters(self) -> None:
        """Shows everything again, of the view one is in."""
        for button in self._buttons.values():
            button.set_value(ALL)
        self.search.clear_at_once()
        self.refilter()

    @Slot(object)
    def take_changes(self, changes: Changes) -> None:
        """Asks anew where it is concerned and seen; unseen, it asks when it is shown."""
        if self.isVisible() and self.concerned(changes):
            self.refresh()

    def export_to(self, path: Path) -> None:
        """Writes what is shown, in its order and with its columns, to a workbook."""
        columns = shown_columns(self.table)
        rows = [[cell_value(column, row) for column in columns] for row in self.table.rows()]
        heads = [column.title for column in columns]
        exports, title = self.desk.services.exports, self._title_text

        def work(progress: Progress) -> Path:
            progress.check()
            exports.table(path, title, heads, rows)
            return path

        self.desk.tasks.run(Lane.POOL, work, done=self._exported, failed=self.desk.messages.error)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.table:
            self._fold()
        return False

    # --- inner --------------------------------------------------------------------------------------------------------

    def _take_up(self) -> None:
        """The list is ready for the arrow keys, without a frame around it that nobody asked for."""
        table = self.table
        if not table.selected_rows() and table.model.rowCount():
            table.select(table.model.key_at(0))
        if self.isVisible() and not isinstance(self.window().focusWidget(), QLineEdit):
            table.view.setFocus(Qt.FocusReason.MouseFocusReason)

    @Slot()
    def _size_search(self) -> None:
        self.search.setMaximumWidth(theme().px(SEARCH_WIDTH))
        QTimer.singleShot(0, self, self._fold)  # once every button has taken the theme

    @Slot()
    def _choose_export(self) -> None:
        name = f"{self._title_text} {self.desk.services.store.today():%Y-%m-%d}.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("导出"), name, self.tr("Excel 表格 (*.xlsx)"))
        if chosen:
            self.export_to(Path(chosen))

    @Slot(object)
    def _exported(self, path: Path) -> None:
        self.desk.messages.toast(self.tr("已导出到 {name}").format(name=path.name))

    @Slot(int)
    def _counted(self, count: int) -> None:
        self._count.setText(self.count_words(count))
        self._fold()

    @Slot()
    def _fold(self) -> None:
        """Filters move to a line of their own where one line has no room: no button ever gets narrower."""
        room = self.table.width()
        # A widget that has just changed its line counts as hidden until the next turn: only 清除 comes and goes.
        fixed: list[QWidget] = [self.columns, self.export, *self._buttons.values(), *self._added]
        if any(button.value() for button in self._buttons.values()):
            fixed.append(self._clear)
        needed = self.search.minimumSizeHint().width() + sum(widget.sizeHint().width() + 8 for widget in fixed)
        self._count.setVisible(self._folded or room >= needed + self._count.sizeHint().width() + 8)
        folded = bool(self._buttons or self._added) and room < needed
        if folded == self._folded:
            return
        self._folded = folded
        moved: list[QWidget] = [*self._buttons.values(), *self._added, self._clear]
        self._second.setVisible(folded)
        for place, widget in enumerate(moved):
            if folded:
                self._second_row.insertWidget(place, widget)
            else:
                self.tools.insertWidget(place + 1, widget)


def shown_columns(table: DataTable) -> list[Column]:
    """The columns on screen, in the order the user gave them."""
    head, columns = table.view.head, table.model.columns
    places = sorted(range(len(columns)), key=head.visualIndex)
    return [columns[place] for place in places if not head.isSectionHidden(place)]


def cell_value(column: Column, row: Any) -> Value:
    """A cell as a workbook wants it: real dates and numbers, words as they are shown."""
    if column.value is not None:
        found = column.value(row)
        if isinstance(found, Due):
            return found.day
        if isinstance(found, int | float):
            return found
    text = column.text(row)
    return None if text in ("", "—") else text
