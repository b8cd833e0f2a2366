"""The frame of a page and of the panel at its side.

Page(title, parent=None)      margins, title row 36 at y 20, tools 36 at y 72, content to 24 above the lower edge
  title_row: QHBoxLayout (after the title: add what counts; after `title_row.addStretch(1)` the buttons)
  tools: QHBoxLayout · content: QVBoxLayout (below the tools) · set_side(widget): panel right of tools and content
  set_title(text)
SidePanel(width=300, parent=None)   a card; text scrolls, buttons stay at the foot
  body: QVBoxLayout · foot: QVBoxLayout · clear() · set_width(px)
  add_facts([(label, value)]) · add_line() · add_heading(text, link="") -> Link | None
facts_grid(facts, label_width)   the grid of `add_facts` for elsewhere
Card(parent=None)   a white sheet with padding 20 × 16; column: QVBoxLayout
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import CARD_GAP, CARD_PADDING, GAP_M, GAP_S, SIZE_META, WINDOW_MARGIN
from jiandu_desktop.ui.widgets.buttons import Link
from jiandu_desktop.ui.widgets.text import Hairline, Label


class Page(QFrame):
    """Title, tools, content, and at most one panel at the side."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "canvas")
        self._title = Label(title, role="title")
        self.title_row = QHBoxLayout()
        self.title_row.setSpacing(CARD_GAP)
        self.title_row.addWidget(self._title)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(GAP_S)
        self.content = QVBoxLayout()
        self.content.setSpacing(GAP_M)
        left = QVBoxLayout()
        left.setSpacing(GAP_M)
        left.addLayout(self.tools)
        left.addLayout(self.content, 1)
        self._across = QHBoxLayout()
        self._across.setSpacing(CARD_GAP)
        self._across.addLayout(left, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(WINDOW_MARGIN, 20, WINDOW_MARGIN, WINDOW_MARGIN)
        column.setSpacing(CARD_GAP)
        head = QWidget()
        head.setLayout(self.title_row)
        self.title_row.setContentsMargins(0, 0, 0, 0)
        head.setMinimumHeight(theme().tokens.control)
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column.addWidget(head)
        column.addLayout(self._across, 1)

    def set_title(self, text: str) -> None:
        self._title.setText(text)

    def set_side(self, panel: QWidget) -> None:
        """Puts a panel at the right, as high as tools and content together."""
        self._across.addWidget(panel)


class Card(QFrame):
    """A white sheet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(CARD_PADDING[0], CARD_PADDING[1], CARD_PADDING[0], CARD_PADDING[1])
        self.column.setSpacing(GAP_S)


class SidePanel(QFrame):
    """The thing selected: its facts scroll when the window is low, its buttons stay."""

    def __init__(self, width: int = 300, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        self._width = width
        self._inner = QWidget()
        outer = QVBoxLayout(self._inner)
        outer.setContentsMargins(19, 15, 19, 15)
        self.body = QVBoxLayout()
        self.body.setSpacing(GAP_S)
        outer.addLayout(self.body)
        outer.addStretch(1)  # an alignment of the body instead would cut off words that wrap
        scroll = QScrollArea()
        scroll.setWidget(self._inner)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(self.tr("所选一项的情况"))
        self._foot = QWidget()
        self.foot = QVBoxLayout(self._foot)
        self.foot.setContentsMargins(19, 8, 19, 15)
        self.foot.setSpacing(GAP_M)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addWidget(self._foot)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.take_theme()
        theme().changed.connect(self.take_theme)

    def set_width(self, width: int) -> None:
        """Another width, in px at 100 %."""
        self._width = width
        self.take_theme()

    def clear(self) -> None:
        """Takes everything out of the body; the foot stays."""
        _empty(self.body)

    def add_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """A label column and what stands beside it; empty values are left out."""
        self.body.addLayout(facts_grid(facts, 36))

    def add_line(self) -> None:
        """A hairline with room around it."""
        self.body.addSpacing(GAP_S)
        self.body.addWidget(Hairline())
        self.body.addSpacing(GAP_S)

    def add_heading(self, text: str, link: str = "") -> Link | None:
        """A small heading; returns its link, if it has one, for the page to connect."""
        row = QHBoxLayout()
        row.addWidget(Label(text, role="label"))
        row.addStretch(1)
        made = Link(link, size=SIZE_META) if link else None
        if made is not None:
            row.addWidget(made)
        self.body.addLayout(row)
        return made

    @Slot()
    def take_theme(self) -> None:
        self.setFixedWidth(theme().px(self._width))


def facts_grid(facts: Sequence[tuple[str, str]], label_width: int) -> QGridLayout:
    """A label column of at least this width (px at 100 %) and what stands beside it; empty values are left out."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(GAP_M)
    grid.setVerticalSpacing(2)
    grid.setColumnMinimumWidth(0, theme().px(label_width))
    grid.setColumnStretch(1, 1)
    for label, value in facts:
        if value:
            row = grid.rowCount()
            words = Label(value)
            words.setWordWrap(True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(Label(label, role="label"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 1)
    return grid


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            _empty(inner)
            inner.deleteLater()
