"""The table of the ledger: groups fold by click, ←, → and space; many rows are told by their identifiers alone.

LedgerTable(columns, fetch, parent=None)   model is a LedgerModel
  selected_ids() · select_ids(ids) · signal selected_changed(int count)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from jiandu_desktop.services.rows import ProblemRow
from jiandu_desktop.ui.pages.ledger_model import LedgerModel
from jiandu_desktop.ui.widgets.table import DataTable
from jiandu_desktop.ui.widgets.table_model import Column


class LedgerTable(DataTable):
    """A DataTable over a LedgerModel."""

    selected_changed = Signal(int)
    resized = Signal()
    """The tools above have as much room as the table."""

    def __init__(
        self,
        columns: Sequence[Column],
        fetch: Callable[[Sequence[str]], Mapping[str, ProblemRow]],
        parent: QWidget | None = None,
    ) -> None:
        self.problems = LedgerModel(columns, fetch)
        super().__init__("ledger", columns, lambda row: row.problem.id, parent=parent, model=self.problems)
        self.problems.setParent(self)
        self.view.setAccessibleName(self.tr("问题台账"))
        self.view.clicked.connect(lambda index: self._fold(index.row()))
        self.view.selectionModel().selectionChanged.connect(self._count)
        self.model.modelReset.connect(self._count)
        self.view.installEventFilter(self)

    def selected_ids(self) -> list[str]:
        """The problems selected; heads of groups are none."""
        found: list[str] = []
        selection = self.view.selectionModel().selection()
        for part in map(selection.at, range(selection.count())):
            found += self.problems.ids_within(part.top(), part.bottom())
        return found

    def select_ids(self, ids: Collection[str]) -> None:
        """Selects exactly these, as far as they are shown."""
        flags, last = QItemSelectionModel.SelectionFlag, len(self.model.columns) - 1
        chosen = QItemSelection()
        for problem_id in ids:
            position = self.model.position_of(problem_id)
            if position >= 0:
                chosen.select(self.model.index(position, 0), self.model.index(position, last))
        self.view.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _activate(self, position: int) -> None:
        if self.problems.is_head(position):
            self._fold(position)
        else:
            super()._activate(position)

    def _key(self, event: QKeyEvent) -> bool:
        """Whether the key folded or unfolded a group, or went to its head."""
        position = self.view.currentIndex().row()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or position < 0:
            return False
        key, is_head = event.key(), self.problems.is_head(position)
        if key == Qt.Key.Key_Space and is_head:
            self._fold(position)
            return True
        if key == Qt.Key.Key_Right and is_head and self.problems.is_folded(position):
            self._fold(position)
            return True
        if key == Qt.Key.Key_Left:
            head = self.problems.head_of(position)
            if is_head and not self.problems.is_folded(position):
                self._fold(position)
            elif head >= 0:
                self.select(self.problems.key_at(head))
            return head >= 0
        return False

    def _fold(self, position: int) -> None:
        if self.problems.is_head(position):
            self.problems.toggle(position)

    @Slot()
    def _count(self) -> None:
        self.selected_changed.emit(len(self.selected_ids()))
