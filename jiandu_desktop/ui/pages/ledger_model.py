"""The ledger's table over tens of thousands of problems: numbers into columns, and rows read when they are looked at.

LedgerModel(columns, fetch, parent)       fetch(ids) -> {id: ProblemRow}
  set_ledger(Ledger, Selection) · set_shown(Selection) · set_query(text) · set_groups(Field | None) · sort(…)
  toggle(position): folds or unfolds the group whose head stands there · fold_all(bool) · head_of(position)
  numbers() of the problems shown · is_head(position)
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import compress
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt

from jiandu_desktop.services.ledger import Group, Ledger
from jiandu_desktop.services.ledger_views import Field, Selection
from jiandu_desktop.services.rows import ProblemRow
from jiandu_desktop.ui.widgets.table_model import ROW_ROLE, Column, GroupHead, Index, RowsModel

KEPT = 4000
"""Rows that stay in memory after they were looked at."""

AROUND = 60
"""Rows read together: what is next to one that is painted will be painted next."""


class LedgerModel(RowsModel):
    """Rows are read in the window's thread, some dozens at a time by their keys: a millisecond or two. A row that is
    not in the database any more is None; the next ledger, which is under way then, does not have it."""

    def __init__(
        self,
        columns: Sequence[Column],
        fetch: Callable[[Sequence[str]], Mapping[str, ProblemRow]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, _key, parent=parent)
        self._fetch = fetch
        self._ledger: Ledger | None = None
        self._selection = Selection()
        self._query = ""
        self._grouping: Field | None = None
        self._folded: set[str] = set()
        self._heads: list[GroupHead] = []
        self._listed: list[int] = []
        self._read: dict[int, ProblemRow | None] = {}

    # --- what is shown ------------------------------------------------------------------------------------------------

    def set_ledger(self, ledger: Ledger, selection: Selection) -> None:
        """Takes other columns, or the same ones after their second half came."""
        self.beginResetModel()
        if ledger is not self._ledger:
            self._read.clear()
        self._ledger, self._selection = ledger, selection
        self._arrange()
        self.endResetModel()

    def set_shown(self, selection: Selection) -> None:
        """Shows what is selected; its words are those of `set_query`."""
        self._change(selection=selection)

    def set_query(self, text: str) -> None:
        if text != self._query:
            self._change(query=text)

    def set_groups(self, field: Field | None) -> None:
        """Puts what has the same value together, under a head each; None: one list."""
        self._folded = set()
        self.beginResetModel()
        self._grouping = field
        self._line_up()
        self.endResetModel()

    def selection(self) -> Selection:
        """What is shown, with its words."""
        return replace(self._selection, words=self._query)

    def ids_within(self, first: int, last: int) -> list[str]:
        """The problems between two positions, both included; heads are none."""
        ledger = self._ledger
        numbers = self._shown[first : last + 1]
        return [ledger.id_of(number) for number in numbers if number >= 0] if ledger is not None else []

    @property
    def grouping(self) -> Field | None:
        return self._grouping

    def numbers(self) -> list[int]:
        """The problems shown, in their order, folded ones too."""
        return self._listed

    def ids(self) -> list[str]:
        """The same by their identifiers."""
        return [self._ledger.id_of(number) for number in self._listed] if self._ledger is not None else []

    # --- groups -------------------------------------------------------------------------------------------------------

    def is_head(self, position: int) -> bool:
        return 0 <= position < len(self._shown) and self._shown[position] < 0

    def is_folded(self, position: int) -> bool:
        """Whether the head at `position` has its rows put away."""
        return self._heads[~self._shown[position]].folded

    def head_of(self, position: int) -> int:
        """Where the head of the group stands that the row at `position` belongs to; -1 without groups."""
        while position >= 0 and self._shown[position] >= 0:
            position -= 1
        return position

    def toggle(self, position: int) -> None:
        """Folds the group whose head stands at `position`, or unfolds it."""
        head = self._heads[~self._shown[position]]
        self._folded ^= {head.key}
        self._lay_out()

    def fold_all(self, folded: bool) -> None:
        """Folds or unfolds every group."""
        self._folded = {head.key for head in self._heads} if folded else set()
        self._lay_out()

    # --- what a table asks --------------------------------------------------------------------------------------------

    def row_at(self, position: int) -> Any:
        number = self._shown[position]
        if number < 0:
            return self._heads[~number]
        if number not in self._read:
            self._read_around(position)
        return self._read[number]

    def rows(self) -> list[Any]:
        """Every problem shown, read now; of many, `ids` are asked for off the window's thread."""
        ids = self.ids()
        found = self._fetch(ids)
        return [found[each] for each in ids if each in found]

    def is_empty(self) -> bool:
        return self._ledger is None or self._ledger.count == 0

    def key_at(self, position: int) -> Hashable:
        number = self._shown[position]
        if number < 0:
            return self._heads[~number]
        return self._ledger.id_of(number) if self._ledger is not None else ""

    def position_of(self, key: Hashable) -> int:
        if isinstance(key, GroupHead):
            return next((p for p, n in enumerate(self._shown) if n < 0 and self._heads[~n].key == key.key), -1)
        number = self._ledger.number_of(str(key)) if self._ledger is not None else -1
        try:
            return self._shown.index(number) if number >= 0 else -1
        except ValueError:
            return -1

    def is_faded(self, position: int) -> bool:
        number = self._shown[position]
        return number >= 0 and self._ledger is not None and self._ledger.is_over(number)

    def tsv(self, positions: Sequence[int], columns: Sequence[int], with_head: bool) -> str:
        return super().tsv(
            [position for position in positions if isinstance(self.row_at(position), ProblemRow)], columns, with_head
        )

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        if role == ROW_ROLE:
            return self.row_at(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            row = self.row_at(index.row())
            if isinstance(row, GroupHead):
                return _spoken(row) if index.column() == 0 else ""
            return self.columns[index.column()].text(row) if row is not None else ""
        return None

    # --- inner --------------------------------------------------------------------------------------------------------

    def _change(self, *, selection: Selection | None = None, query: str | None = None) -> None:
        self.beginResetModel()
        self._selection = self._selection if selection is None else selection
        self._query = self._query if query is None else query
        self._select()
        self.endResetModel()

    def _lay_out(self) -> None:
        self.beginResetModel()
        self._line_up()
        self.endResetModel()

    def _arrange(self) -> None:
        """The order of all; what is shown of it changes more often."""
        if self._ledger is None:
            self._order = []
        elif self._sorted_by is None:
            self._order = self._ledger.arranged("")
        else:
            column, order = self._sorted_by
            key = self.columns[column].key
            self._order = self._ledger.arranged(key, descending=order == Qt.SortOrder.DescendingOrder)
        self._select()

    def _select(self) -> None:
        if self._ledger is None:
            self._listed = []
        else:
            hits = self._ledger.hits(self.selection())
            self._listed = list(compress(self._order, map(hits.__getitem__, self._order)))
        self._line_up()

    def _line_up(self) -> None:
        """Heads are negative numbers between the others: ~0 is the first."""
        self._heads = []
        if self._grouping is None or self._ledger is None:
            self._shown = self._listed
            return
        self._shown = []
        for group in self._ledger.groups(self._grouping, self._listed):
            folded = group.value in self._folded
            self._shown.append(~len(self._heads))
            self._heads.append(GroupHead(group.value, _word(group), len(group.members), group.late, folded))
            if not folded:
                self._shown.extend(group.members)

    def _read_around(self, position: int) -> None:
        assert self._ledger is not None
        if len(self._read) > KEPT:
            self._read.clear()
        around: Iterable[int] = self._shown[max(0, position - AROUND // 4) : position + AROUND]
        numbers = [number for number in around if number >= 0 and number not in self._read]
        found = self._fetch([self._ledger.id_of(number) for number in numbers])
        for number in numbers:
            self._read[number] = found.get(self._ledger.id_of(number))


def _key(row: ProblemRow) -> str:
    return row.problem.id


def _word(group: Group) -> str:
    return group.word or QCoreApplication.translate("Ledger", "（未填）")


def _spoken(head: GroupHead) -> str:
    tr = QCoreApplication.translate
    words = tr("Ledger", "{word}，{count} 个，已折叠") if head.folded else tr("Ledger", "{word}，{count} 个")
    return words.format(word=head.word, count=head.count)
