"""Which item the ready wordings are for, and where the list of them opens."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Slot

from jiandu_desktop.ui.wizard.filling import Filling
from jiandu_desktop.ui.wizard.phrases import PhraseMenu
from jiandu_desktop.ui.wizard.section_view import SectionView


class PhraseChoice(QObject):
    """Opens the menu beside the card that asked for it and puts what is taken into that card."""

    def __init__(self, view: SectionView, filling: Filling, menu: PhraseMenu) -> None:
        super().__init__(view)
        self._view, self._filling, self._menu = view, filling, menu
        self._ref = ""
        view.phrases_wanted.connect(self.open)
        menu.taken.connect(self._use)

    @Slot()
    def open_here(self) -> None:
        """For the item in hand, if it has a problem."""
        if self._view.list.current in self._filling.problems:
            self.open(self._view.list.current)

    @Slot(str)
    def open(self, ref: str) -> None:
        row = self._view.list.row(ref)
        phrases = self._filling.paper.item(ref).inspection.phrases
        if row is None or row.card is None or not phrases:
            return
        self._ref = ref
        button = row.card.phrases
        self._menu.open_at(button.mapToGlobal(QPoint(button.width(), button.height())), phrases)

    @Slot(str)
    def _use(self, phrase: str) -> None:
        row = self._view.list.row(self._ref)
        if row is not None and row.card is not None:
            row.card.use_phrase(phrase)
