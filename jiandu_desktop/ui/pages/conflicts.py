"""两边不同: what computers wrote without knowing of each other; a person decides, with a reason, and never a clock."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.conflicts import ConflictLine, ConflictView
from jiandu_desktop.ui.errors import is_expected, sentence_for
from jiandu_desktop.ui.look.tokens import CARD_GAP, WINDOW_MARGIN
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.pages import conflict_words as words
from jiandu_desktop.ui.pages.conflict_card import ConflictCard
from jiandu_desktop.ui.pages.room_bar import RoomBar
from jiandu_desktop.ui.pages.words import join, moment_words
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.notices import EmptyState
from jiandu_desktop.ui.widgets.page import Card
from jiandu_desktop.ui.widgets.text import Hairline, Label, Prose

MOST_DECIDED = 30


class ConflictsRoom(QWidget):
    """All that waits, then what was decided of late."""

    leave = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._moment: datetime | None = None
        self.cards: list[ConflictCard] = []
        self.setProperty("ground", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.bar = RoomBar(self.tr("同步"))
        self.bar.left.connect(self.leave)
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName(self.tr("两边不同的内容"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._scroll, 1)
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.leave)
        self._query = Query(desk.tasks, self._read, self)
        self._query.answered.connect(self._show)
        desk.relay.changed.connect(self._take_changes)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Reads everything anew."""
        self._query.ask()

    def _read(self) -> tuple[ConflictView, datetime]:
        return self._desk.services.conflicts.view(), self._desk.services.store.clock()

    @Slot(object)
    def _show(self, found: tuple[ConflictView, datetime]) -> None:
        view, self._moment = found
        mine = sum(line.mine for line in view.waiting)
        others = len(view.waiting) - mine
        facts = join(
            (
                self.tr("{} 处请您定").format(mine) if mine else "",
                self.tr("{} 处由督导室定").format(others) if others else "",
            )
        )
        self.bar.set_title(self.tr("两边不同"), facts)
        written = {card.line.id: card for card in self.cards}
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(WINDOW_MARGIN, 20, WINDOW_MARGIN, WINDOW_MARGIN)
        column.setSpacing(CARD_GAP)
        self.cards = []
        for line in sorted(view.waiting, key=lambda line: not line.mine):
            before = written.get(line.id)
            # What is being written in a card stays, as long as its contradiction is the same.
            if before is not None and before.line == line:
                before.setParent(inner)
            card = before if before is not None and before.line == line else self._card(view, line)
            self.cards.append(card)
            column.addWidget(card)
            card.show()
        if not self.cards:
            empty = self.tr("没有两边不同的内容")
            column.addWidget(EmptyState(empty, self.tr("几台电脑各改了同一处、互相不知道时，会列在这里由人来定。")))
        if view.decided:
            column.addWidget(self._decided(view))
        column.addStretch(1)
        self._scroll.setWidget(inner)

    def _card(self, view: ConflictView, line: ConflictLine) -> ConflictCard:
        assert self._moment is not None
        card = ConflictCard(view, line, self._moment)
        card.decided.connect(self._decide)
        card.record_wanted.connect(self._desk.record_wanted)
        return card

    def _decided(self, view: ConflictView) -> Card:
        assert self._moment is not None
        card = Card()
        card.column.addWidget(Label(self.tr("已经定了的"), role="strong"))
        for line in view.decided[:MOST_DECIDED]:
            card.column.addWidget(Hairline())
            what = join((line.about, words.kind_words(line.kind), words.field_words(line)))
            chosen = self.tr("定为“{}”").format(words.value_words(view, line, line.resolution))
            when = moment_words(line.resolved_at, self._moment) if line.resolved_at else ""
            card.column.addWidget(Prose(what))
            card.column.addWidget(Prose(join((chosen, line.resolved_by, when, line.reason)), size=12, tone="text2"))
        return card

    @Slot(str, object, str)
    def _decide(self, conflict: str, value: object, reason: str) -> None:
        conflicts = self._desk.services.conflicts

        def work(progress: Progress) -> None:
            del progress
            conflicts.resolve(conflict, value, reason)

        def failed(error: Exception) -> None:
            card = next((each for each in self.cards if each.line.id == conflict), None)
            if card is not None and isinstance(error, Trouble) and is_expected(error):
                card.say(sentence_for(error))
            else:
                self._desk.messages.error(error)

        if not self._desk.tasks.is_closed:
            self._desk.tasks.run(Lane.DATABASE, work, done=self._done, failed=failed)

    @Slot(object)
    def _done(self, _: object) -> None:
        self._desk.messages.toast(self.tr("已经定了，下次同步各台电脑都会知道"))
        self.refresh()

    @Slot(object)
    def _take_changes(self, changes: Changes) -> None:
        if changes.problems or changes.assignments or changes.visits or changes.sync:
            self.refresh()
