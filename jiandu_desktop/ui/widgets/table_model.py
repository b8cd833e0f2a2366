"""Rows of a table in memory: sorted, searched and filtered there, so that a key press never asks the database.

Column(key, title, text, kind="plain", value=None, sort=None, width=96, stretch=False, tone="text", spare=0,
       optional=True, hidden=False)
Due(day, today, done=False) · State(mark, word, tone="text2") · Steps (in widgets.steps) · Bar(share, words)   values
GroupHead(key, word, count, late, folded)   what a model with groups gives instead of a row (pages/ledger_model.py)
RowsModel(columns, key, search=None, faded=None)
  set_rows(rows) · set_query(text) · set_filter(predicate | None) · sort(column, order)
  row_at(position) · rows() the shown rows in order · all_rows() · position_of(key) · tsv(positions, columns)
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
"""Gives the frozen row itself."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column over frozen rows.

    `text` is what is shown, copied and read aloud. `value` is what the kind paints: a `Due`, a `State`, a `Steps`,
    an int for "count". `sort` gives the sorting key; without it `value` (count) or `text` sorts.
    `kind`: plain, name (bold when selected, elided in the middle), sentence (the same, elided at its end), due,
    count (right, zero is —), number (right), state, steps, bar. `tone` is a token or a function of the row. `width` is
    in px at 100 %. `spare` above 0 lets the column give way in a narrow window, the highest first. `optional` columns
    stand in 列设置.
    """

    key: str
    title: str
    text: Callable[[Any], str]
    kind: str = "plain"
    value: Callable[[Any], Any] | None = None
    sort: Callable[[Any], Any] | None = None
    width: int = 96
    stretch: bool = False
    tone: str | Callable[[Any], str] = "text"
    spare: int = 0
    optional: bool = True
    hidden: bool = False

    @property
    def is_right(self) -> bool:
        return self.kind in ("count", "number")

    def sort_values(self, rows: Sequence[Any]) -> list[Any]:
        """One value per row to sort by; None for a row without one."""
        value = self.value
        if self.sort is not None:
            of_row = self.sort
        elif self.kind == "due" and value is not None:
            return [due.day if due is not None else None for due in map(value, rows)]
        elif self.kind == "count" and value is not None:
            of_row = value
        else:
            of_row = self.text
        return list(map(of_row, rows))


@dataclass(frozen=True, slots=True)
class Due:
    """A date to be met, seen from `today`; `done` takes the urgency away."""

    day: date | None
    today: date
    done: bool = False

    @property
    def short(self) -> str:
        return f"{self.day:%m-%d}" if self.day is not None else "—"

    @property
    def tone(self) -> str:
        """late, today or "" (neither)."""
        if self.day is None or self.done or self.day > self.today:
            return ""
        return "today" if self.day == self.today else "late"

    @property
    def distance(self) -> str:
        """`逾期 3 天`, `今天`, `明天`, `5 天`; empty for what is done or has no date."""
        if self.day is None or self.done:
            return ""
        days = (self.day - self.today).days
        if days < 0:
            return QCoreApplication.translate("Due", "逾期 {days} 天").format(days=-days)
        if days == 0:
            return QCoreApplication.translate("Due", "今天")
        if days == 1:
            return QCoreApplication.translate("Due", "明天")
        return QCoreApplication.translate("Due", "{days} 天").format(days=days)


@dataclass(frozen=True, slots=True)
class State:
    """A mark (an icon's name: ring, three-quarter-disc, squiggle, check …), its word and tone."""

    mark: str
    word: str
    tone: str = "text2"


@dataclass(frozen=True, slots=True)
class GroupHead:
    """A line between the rows that says what those below it share, and how many there are; drawn over all columns."""

    key: str
    word: str
    count: int
    late: int = 0
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A share (0–1) drawn as a bar, with its words behind it."""

    share: float
    words: str


class RowsModel(QAbstractTableModel):
    """A table over frozen rows; all sorting and filtering happens here, on precomputed keys and haystacks."""

    def __init__(
        self,
        columns: Sequence[Column],
        key: Callable[[Any], Hashable],
        search: Callable[[Any], str] | None = None,
        faded: Callable[[Any], bool] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._search = search
        self._faded = faded
        self._rows: tuple[Any, ...] = ()
        self._haystacks: list[str] = []
        self._order: list[int] = []
        self._shown: list[int] = []
        self._words: tuple[str, ...] = ()
        self._filter: Callable[[Any], bool] | None = None
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None

    def set_rows(self, rows: Iterable[Any]) -> None:
        """Takes other rows; sorting, query and filter stay."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self._haystacks = []
        self._arrange()
        self.endResetModel()

    def set_query(self, text: str) -> None:
        """Shows only rows whose haystack holds every word of `text`."""
        words = tuple(text.lower().split())
        if words != self._words:
            self.beginResetModel()
            self._words = words
            self._select()
            self.endResetModel()

    def set_filter(self, predicate: Callable[[Any], bool] | None) -> None:
        """Shows only rows for which `predicate` holds; None shows all."""
        self.beginResetModel()
        self._filter = predicate
        self._select()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sorts by a column; -1 gives back the order in which the rows came."""
        self.beginResetModel()
        self._sorted_by = (column, order) if 0 <= column < len(self.columns) else None
        self._arrange()
        self.endResetModel()

    def row_at(self, position: int) -> Any:
        """The row shown at `position`; raises IndexError outside."""
        return self._rows[self._shown[position]]

    def rows(self) -> list[Any]:
        """The rows shown, in their order."""
        return [self._rows[number] for number in self._shown]

    def all_rows(self) -> tuple[Any, ...]:
        return self._rows

    def is_empty(self) -> bool:
        """Whether there are no rows at all, shown or not."""
        return not self._rows

    def key_at(self, position: int) -> Hashable:
        return self._key(self.row_at(position))

    def position_of(self, key: Hashable) -> int:
        """Where the row with this key is shown, or -1."""
        for position, number in enumerate(self._shown):
            if self._key(self._rows[number]) == key:
                return position
        return -1

    def is_faded(self, position: int) -> bool:
        return self._faded is not None and self._faded(self.row_at(position))

    def tsv(self, positions: Sequence[int], columns: Sequence[int], with_head: bool) -> str:
        """Cells as a spreadsheet takes them from the clipboard."""
        lines = ["\t".join(self.columns[c].title for c in columns)] if with_head else []
        for position in positions:
            row = self.row_at(position)
            cells = (" ".join(self.columns[c].text(row).split()) for c in columns)
            lines.append("\t".join(cells))
        return "\r\n".join(lines)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        row = self._rows[self._shown[index.row()]]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[index.column()].text(row)
        if role == ROW_ROLE:
            return row
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        horizontal = orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns)
        if horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None

    def _arrange(self) -> None:
        order = list(range(len(self._rows)))
        if self._sorted_by is not None:
            column, direction = self._sorted_by
            values = self.columns[column].sort_values(self._rows)
            # What has no value stays last in both directions; equal rows keep their order.
            missing = [number for number in order if values[number] is None]
            order = [number for number in order if values[number] is not None]
            order.sort(key=values.__getitem__, reverse=direction == Qt.SortOrder.DescendingOrder)
            order += missing
        self._order = order
        self._select()

    def _select(self) -> None:
        shown: Iterable[int] = self._order
        if self._words and not self._haystacks:
            # Made at the first key, not with the rows: these are to be on the screen at once.
            search = self._search or (lambda row: " ".join(column.text(row) for column in self.columns))
            self._haystacks = [search(row).lower() for row in self._rows]
        haystacks = self._haystacks
        for word in self._words:
            shown = [number for number in shown if word in haystacks[number]]
        if self._filter is not None:
            shown = [number for number in shown if self._filter(self._rows[number])]
        self._shown = list(shown)
