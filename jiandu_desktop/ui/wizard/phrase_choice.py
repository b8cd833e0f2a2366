"""Which field the ready wordings are for, where the list of them opens, and what is added to it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Slot

from jiandu_desktop.domain.phrases import PhrasePlace
from jiandu_desktop.services.phrases import Phrases
from jiandu_desktop.ui.messages import Messages
from jiandu_desktop.ui.questions.long_text import LongText
from jiandu_desktop.ui.wizard.filling import Filling
from jiandu_desktop.ui.wizard.item_row import ItemRow
from jiandu_desktop.ui.wizard.phrases import PhraseMenu
from jiandu_desktop.ui.wizard.problem_card import MEASURE, TEXT
from jiandu_desktop.ui.wizard.section_view import SectionView

NOTE = "note"


class PhraseChoice(QObject):
    """Opens the menu beside the field that has the keyboard and puts what is taken into it: 问题, 措施 or 备注."""

    def __init__(
        self, view: SectionView, filling: Filling, menu: PhraseMenu, phrases: Phrases, messages: Messages
    ) -> None:
        super().__init__(view)
        self._view, self._filling, self._menu = view, filling, menu
        self._phrases, self._messages = phrases, messages
        self._ref, self._field = "", TEXT
        view.phrases_wanted.connect(self.open)
        menu.taken.connect(self._use)
        menu.kept.connect(self._keep)

    @Slot()
    def open_here(self) -> None:
        """For the field in hand of the item in hand; elsewhere for its problem, if it has one."""
        row = self._view.list.row(self._view.list.current)
        if row is None:
            return
        if row.note is not None and row.note.hasFocus():
            self._open(row, NOTE)
        elif row.card is not None:
            self._open(row, MEASURE if row.card.measure.hasFocus() else TEXT)

    @Slot(str)
    def open(self, ref: str) -> None:
        """For the problem of an item, at its button."""
        row = self._view.list.row(ref)
        if row is not None and row.card is not None:
            self._open(row, TEXT)

    def _open(self, row: ItemRow, field: str) -> None:
        self._ref, self._field = row.ref, field
        target = self._target()
        if target is None:
            return
        beside = row.card.phrases if field == TEXT and row.card is not None else target
        corner = beside.mapToGlobal(QPoint(beside.width(), beside.height()))
        ready = self._filling.paper.item(row.ref).inspection.phrases if field == TEXT else ()
        self._menu.open_at(corner, self._phrases.offered(self._place(), ready), target.text().strip())

    def _place(self) -> PhrasePlace:
        definition = self._filling.instance.definition
        return PhrasePlace(definition.form_id, self._filling.paper.item(self._ref).name, self._field)

    def _target(self) -> LongText | None:
        row = self._view.list.row(self._ref)
        if row is None:
            return None
        if self._field == NOTE:
            return row.note
        if row.card is None:
            return None
        return row.card.measure if self._field == MEASURE else row.card.text

    @Slot(str)
    def _use(self, phrase: str) -> None:
        """Takes the place of what was proposed; a note has it behind what stands there."""
        target, place = self._target(), self._place()
        if target is None:
            return
        before = target.text().strip() if self._field == NOTE else ""
        target.replace_typed(f"{before}\n{phrase}" if before else phrase)
        target.setFocus()
        self._view.commit()
        self._filling.keep(lambda: self._phrases.use(place, phrase))

    @Slot(str)
    def _keep(self, phrase: str) -> None:
        place = self._place()
        self._filling.keep(lambda: self._phrases.add(place, phrase))
        self._messages.toast(
            self.tr("已存为常用话语，下次在这一题就能选"),
            self.tr("撤销"),
            lambda: self._filling.keep(lambda: self._phrases.remove(place, phrase)),
        )
