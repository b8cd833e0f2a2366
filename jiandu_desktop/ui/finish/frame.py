"""The frame of 完成: three columns between two bars; in a narrow window the middle goes behind a tab of the pages."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from jiandu_desktop.ui.finish.paper_side import PaperSide
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import CARD_GAP, WINDOW_MARGIN
from jiandu_desktop.ui.widgets.notices import InlineNotice

LEFT_WIDTH, MIDDLE_WIDTH, PAPER_LEAST = 404, 428, 280
"""Columns of the picture at 100 % text; where the page would get narrower, it shares its place with the middle."""

_ANY_WIDTH = 16_777_215


class Frame(QObject):
    """Lays out a room and keeps it laid out at every width; `notice` is the line in place below the top bar."""

    def __init__(
        self,
        room: QWidget,
        top: QWidget,
        left: tuple[QWidget, ...],
        middle: tuple[QWidget, ...],
        papers: PaperSide,
        bottom: QWidget,
    ) -> None:
        super().__init__(room)
        self._room, self._papers = room, papers
        self._narrow = False
        self.notice = InlineNotice("")
        self.notice.hide()
        self.left = QStackedWidget()
        for card in left:
            self.left.addWidget(card)
        self._middle = _scrolling(middle)
        self._columns = QHBoxLayout()
        self._columns.setContentsMargins(WINDOW_MARGIN, 0, WINDOW_MARGIN, 0)
        self._columns.setSpacing(CARD_GAP)
        self._columns.addWidget(self.left)
        self._columns.addWidget(self._middle)
        self._columns.addWidget(papers, 1)
        ground = QFrame()
        ground.setProperty("ground", "canvas")
        body = QVBoxLayout(ground)
        body.setContentsMargins(0, CARD_GAP, 0, CARD_GAP)
        body.setSpacing(12)
        notice = QHBoxLayout()
        notice.setContentsMargins(WINDOW_MARGIN, 0, WINDOW_MARGIN, 0)
        notice.addWidget(self.notice)
        body.addLayout(notice)
        body.addLayout(self._columns, 1)
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(ground, 1)
        column.addWidget(bottom)
        room.installEventFilter(self)
        theme().changed.connect(self.fit)
        self.fit()

    def show_left(self, card: QWidget) -> None:
        """Turns the left column to another of its cards."""
        self.left.setCurrentWidget(card)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.fit()
        return False

    @Slot()
    def fit(self) -> None:
        """Three columns where the page keeps its least width; else the middle goes behind a tab beside the pages."""
        left, middle, width = theme().px(LEFT_WIDTH), theme().px(MIDDLE_WIDTH), self._room.width()
        rest = width - 2 * WINDOW_MARGIN - left - middle - 2 * CARD_GAP
        narrow = rest < PAPER_LEAST
        self.left.setFixedWidth(min(left, round(width * 0.42)) if narrow else left)
        if narrow != self._narrow:
            self._narrow = narrow
            if narrow:
                self._columns.removeWidget(self._middle)
                self._middle.setMinimumWidth(0)
                self._middle.setMaximumWidth(_ANY_WIDTH)
                self._papers.take_other(self._middle, self.tr("得分与签字"))
            else:
                self._papers.give_back()
                self._columns.insertWidget(1, self._middle)
                self._middle.show()
        if not narrow:
            self._middle.setFixedWidth(middle)


def _scrolling(cards: tuple[QWidget, ...]) -> QScrollArea:
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(CARD_GAP)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    made = QScrollArea()
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what it holds takes the keyboard, and is scrolled to
    made.setWidget(inner)
    made.setWidgetResizable(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made
