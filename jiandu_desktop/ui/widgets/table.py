"""The table of all pages: rows in memory, sorted, searched, copied to Excel, with columns that are remembered.

DataTable(name, columns, key, search=None, faded=None, parent=None, *, model=None)
  `name` keeps its columns apart in QSettings; key(row) tells rows apart; search(row) is the text searched
  (name, pinyin initials, code …, any case); faded(row): done, drawn in text2
  set_rows(rows) keeps the selected row · rows() shown ones · all_rows() · set_query(text) · set_filter(predicate)
  current_row() · select(key) -> bool · focus() · sort_by(column key, descending=False)
  set_empty(EmptyState) for no rows at all; a filter that leaves nothing says so by itself
  columns_button() -> IconButton 列设置 · copy() · selected_rows()
  signals current_changed(row or None), activated(row) on Enter or double click,
          filters_cleared() when the user asks for it on the empty page, shown_changed(int count)
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QSettings, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QStackedLayout,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import RADIUS_CARD
from jiandu_desktop.ui.widgets.buttons import IconButton
from jiandu_desktop.ui.widgets.notices import EmptyState
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.widgets.table_cells import CellDelegate, TableHead
from jiandu_desktop.ui.widgets.table_model import Column, RowsModel

NAME_LEAST = 170
"""The stretching column never gets narrower (12 characters at 100 %): other columns give way before it."""


class DataTable(Painted):
    """A card that holds a table, or an empty state."""

    current_changed = Signal(object)
    activated = Signal(object)
    filters_cleared = Signal()
    shown_changed = Signal(int)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        key: Callable[[Any], Hashable],
        search: Callable[[Any], str] | None = None,
        faded: Callable[[Any], bool] | None = None,
        parent: QWidget | None = None,
        *,
        model: RowsModel | None = None,
    ) -> None:
        """`model` takes the place of rows in memory, for lists that are too long for them."""
        super().__init__(parent)
        self._name = name
        self.model = model if model is not None else RowsModel(columns, key, search, faded, self)
        self.view = _View(self.model, self)
        heads = "、".join(column.title for column in columns[:3])
        self.view.setAccessibleName(self.tr("列表：{}").format(heads))
        self._hidden = {column.key for column in columns if column.hidden}
        self._current_key: Hashable | None = None
        self._filling = False
        self._asked = False
        self._empty: EmptyState | None = None
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addLayout(self._stack)
        self.view.selectionModel().currentRowChanged.connect(self._current_moved)
        self.view.activated_row.connect(self._activate)
        self.view.copied.connect(self.copy)
        self.view.focus_changed.connect(self.update)
        self.model.modelReset.connect(self._shown_anew)
        self.view.head.sortIndicatorChanged.connect(self._remember)
        self.view.head.sectionResized.connect(self._remember_later)
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(400)
        self._saving.timeout.connect(self._remember)
        self._restore()
        self.setFocusProxy(self.view)
        self.take_theme()
        self._show_page()

    def set_rows(self, rows: Iterable[Any]) -> None:
        """Shows other rows; the selected row, sorting, query and filter stay."""
        self.fill(lambda: self.model.set_rows(rows))

    def fill(self, change: Callable[[], None]) -> None:
        """`set_rows` for a model of another kind: `change` makes it take what is to be shown."""
        self._filling = self._asked = True
        change()
        self._filling = False
        self._shown_anew()

    def rows(self) -> list[Any]:
        """The rows shown, in their order: what an export writes."""
        return self.model.rows()

    def all_rows(self) -> tuple[Any, ...]:
        return self.model.all_rows()

    def set_query(self, text: str) -> None:
        self.model.set_query(text)

    def set_filter(self, predicate: Callable[[Any], bool] | None) -> None:
        self.model.set_filter(predicate)

    def sort_by(self, key: str, descending: bool = False) -> None:
        """Sorts, unless the user has chosen an order before and it was remembered."""
        keys = [column.key for column in self.model.columns]
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        if not QSettings().contains(f"tables/{self._name}/sort"):
            self.view.sortByColumn(keys.index(key), order)

    def current_row(self) -> Any | None:
        position = self.view.currentIndex().row()
        return self.model.row_at(position) if 0 <= position < self.model.rowCount() else None

    def selected_rows(self) -> list[Any]:
        positions = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [self.model.row_at(position) for position in positions]

    def select(self, key: Hashable) -> bool:
        """Selects the row with this key and scrolls to it; False if it is not shown."""
        position = self.model.position_of(key)
        if position < 0:
            return False
        self._go(position)
        return True

    def focus(self) -> None:
        """Takes the keyboard; selects the first row if none is."""
        if not self.view.currentIndex().isValid() and self.model.rowCount():
            self._go(0)
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_empty(self, empty: EmptyState) -> None:
        """What stands here when there are no rows at all."""
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
        self._empty = empty
        self._stack.addWidget(empty)
        self._show_page()

    def columns_button(self) -> IconButton:
        """列设置: a menu of the columns that can be hidden; the choice is remembered."""
        button = IconButton("columns-3", self.tr("列设置"))
        menu = QMenu(button)
        for column in self.model.columns:
            if column.optional and not column.stretch:
                action = menu.addAction(column.title)
                action.setCheckable(True)
                action.setChecked(column.key not in self._hidden)
                action.setData(column.key)
        menu.triggered.connect(lambda action: self.show_column(str(action.data()), action.isChecked()))
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def show_column(self, key: str, shown: bool) -> None:
        """Shows or hides a column and remembers it."""
        (self._hidden.discard if shown else self._hidden.add)(key)
        self._fit()
        self._remember()

    @Slot()
    def copy(self) -> None:
        """Puts the selected rows on the clipboard as a spreadsheet takes them; several rows come with the head."""
        positions = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        head = self.view.head
        columns = [head.logicalIndex(place) for place in range(head.count())]
        columns = [number for number in columns if not head.isSectionHidden(number)]
        if positions:
            text = self.model.tsv(positions, columns, with_head=len(positions) > 1)
            QGuiApplication.clipboard().setText(text)

    def take_theme(self) -> None:
        self.view.verticalHeader().setDefaultSectionSize(theme().tokens.table_row)
        for number, column in enumerate(self.model.columns):
            if not column.stretch:
                self.view.head.resizeSection(number, self._widths.get(column.key, theme().px(column.width)))
        self._fit()
        super().take_theme()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        focused = self.view.hasFocus() and self.view.by_keyboard
        paint.rounded(painter, self.area(), RADIUS_CARD, "surface", "line")
        if focused:
            paint.focus_ring(painter, self.area(), RADIUS_CARD)
        painter.end()

    def _fit(self) -> None:
        """Hides what the user hid and, in a narrow window, what can be spared, until the name has its room."""
        head, columns = self.view.head, self.model.columns
        shown = [column for column in columns if column.key not in self._hidden]
        spare = sorted((c for c in shown if c.spare and not c.stretch), key=lambda c: -c.spare)
        room = self.width() - 2 - theme().px(NAME_LEAST)
        while spare and sum(self._width_of(c) for c in shown if not c.stretch) > room:
            shown.remove(spare.pop(0))
        for number, column in enumerate(columns):
            head.setSectionHidden(number, column not in shown)
        places = [n for n in range(len(columns)) if columns[n] in shown]
        if places:
            ends = (min(places, key=head.visualIndex), max(places, key=head.visualIndex))
            head.first, head.last = ends
            self.view.cells.first, self.view.cells.last = ends

    def _width_of(self, column: Column) -> int:
        return self._widths.get(column.key, theme().px(column.width))

    def _shown_anew(self) -> None:
        if self._filling:
            return
        position = self.model.position_of(self._current_key) if self._current_key is not None else -1
        if position < 0 and self.model.rowCount() and self._current_key is not None:
            position = 0
        if position >= 0:
            self._go(position)
        else:
            self.current_changed.emit(None)
        self._show_page()
        self.shown_changed.emit(self.model.rowCount())

    def _show_page(self) -> None:
        """The table, or why it is empty; until the rows came for the first time nobody knows that it is."""
        if self.model.rowCount() or not self._asked:
            self._stack.setCurrentWidget(self.view)
        elif not self.model.is_empty():
            self._stack.setCurrentWidget(self._none_left)
        else:
            if self._empty is None:
                self.set_empty(EmptyState(self.tr("还没有内容"), icon="files"))
                return
            self._stack.setCurrentWidget(self._empty)

    @cached_property
    def _none_left(self) -> EmptyState:
        """What stands here when a filter leaves nothing; most lists never come to that."""
        made = EmptyState(
            self.tr("没有符合条件的"),
            self.tr("换个词试试，或清除筛选看全部。"),
            icon="search",
            secondary=self.tr("清除筛选"),
        )
        made.secondary_clicked.connect(self.filters_cleared)
        self._stack.addWidget(made)
        return made

    def _go(self, position: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        index = self.model.index(position, self.view.head.first)
        self.view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.view.scrollTo(index)

    def _current_moved(self) -> None:
        row = self.current_row()
        if row is not None:
            self._current_key = self.model.key_at(self.view.currentIndex().row())
            self.current_changed.emit(row)

    def _activate(self, position: int) -> None:
        if 0 <= position < self.model.rowCount():
            self.activated.emit(self.model.row_at(position))

    def _remember_later(self, section: int, old: int, new: int) -> None:
        if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton and not self.model.columns[section].stretch:
            self._widths[self.model.columns[section].key] = new
            self._saving.start()

    def _remember(self) -> None:
        settings = QSettings()
        settings.setValue(f"tables/{self._name}/hidden", ",".join(sorted(self._hidden)))
        widths = ",".join(f"{key}={width}" for key, width in sorted(self._widths.items()))
        settings.setValue(f"tables/{self._name}/widths", widths)
        section = self.view.head.sortIndicatorSection()
        if 0 <= section < len(self.model.columns):
            down = self.view.head.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            order = f"{self.model.columns[section].key},{'down' if down else 'up'}"
            settings.setValue(f"tables/{self._name}/sort", order)

    def _restore(self) -> None:
        settings = QSettings()
        keys = [column.key for column in self.model.columns]
        self._widths: dict[str, int] = {}
        if settings.contains(f"tables/{self._name}/hidden"):
            hidden = str(settings.value(f"tables/{self._name}/hidden")).split(",")
            self._hidden = {key for key in hidden if key in keys}
        for part in str(settings.value(f"tables/{self._name}/widths") or "").split(","):
            key, _, width = part.partition("=")
            if key in keys and width.isdigit():
                self._widths[key] = int(width)
        key, _, order = str(settings.value(f"tables/{self._name}/sort") or "").partition(",")
        if key in keys:
            down = Qt.SortOrder.DescendingOrder if order == "down" else Qt.SortOrder.AscendingOrder
            self.view.head.blockSignals(True)
            self.view.head.setSortIndicator(keys.index(key), down)
            self.view.head.blockSignals(False)
            self.model.sort(keys.index(key), down)


class _View(QTableView):
    """Qt's table view without grid, number column and editing; Enter and double click activate a row."""

    activated_row = Signal(int)
    copied = Signal()
    focus_changed = Signal()

    def __init__(self, model: RowsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.by_keyboard = False
        self.setProperty("inset", "true")
        self.setModel(model)
        self.head = TableHead(model, self)
        self.setHorizontalHeader(self.head)
        self.cells = CellDelegate(self, model)
        self.setItemDelegate(self.cells)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSortingEnabled(False)
        self.head.setSortIndicatorShown(True)
        self.head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for number, column in enumerate(model.columns):
            mode = QHeaderView.ResizeMode.Stretch if column.stretch else QHeaderView.ResizeMode.Interactive
            self.head.setSectionResizeMode(number, mode)
        self.doubleClicked.connect(lambda index: self.activated_row.emit(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.by_keyboard = True
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
                self.activated_row.emit(self.currentIndex().row())
            else:
                event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters belong to the search field above the table, not to a hidden search of Qt's."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        reason = Qt.FocusReason
        if event.reason() in (reason.TabFocusReason, reason.BacktabFocusReason, reason.ShortcutFocusReason):
            self.by_keyboard = True
        elif event.reason() in (reason.MouseFocusReason, reason.OtherFocusReason):
            # Brought here by the page itself: the selected row shows where one is.
            self.by_keyboard = False
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit()
