"""How the room's parts stand: outline, list, reference; in narrow windows rings, and a drawer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.wizard.bars import LOW_BAR, BottomBar, TopBar
from jiandu_desktop.ui.wizard.outline_side import SIDE_WIDTH, OutlineSide, RingSide
from jiandu_desktop.ui.wizard.reference import LOW_PANEL_WIDTH, PANEL_WIDTH, ReferencePanel

RINGS_BELOW, DRAWER_BELOW = 1200, 1000
"""Widths of the room under which the outline shrinks and the reference becomes a drawer."""


class Frame(QObject):
    """Lays the room out anew whenever its width passes a mark. Bars and buttons never give way."""

    def __init__(
        self,
        room: QWidget,
        top: TopBar,
        side: OutlineSide,
        rings: RingSide,
        middle: QWidget,
        reference: ReferencePanel,
        bottom: BottomBar,
    ) -> None:
        super().__init__(room)
        self._room, self._top, self._side, self._rings = room, top, side, rings
        self._middle, self._reference, self._bottom = middle, reference, bottom
        self._narrow: tuple[bool, bool] | None = None
        self._drawer_open = False
        self._panel_wanted = True
        self._searching = False
        self._body = QWidget(room)
        self._row = QHBoxLayout(self._body)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(side)
        self._row.addWidget(rings)
        self._row.addWidget(middle, 1)
        self._row.addWidget(reference)
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self._body, 1)
        column.addWidget(bottom)
        room.installEventFilter(self)
        self._body.installEventFilter(self)
        theme().changed.connect(self.arrange)
        self.arrange()

    @property
    def drawer(self) -> bool:
        """Whether the reference is a drawer at the present width."""
        return self._room.width() < DRAWER_BELOW

    @property
    def compact(self) -> bool:
        """Whether the outline is rings at the present width."""
        return self._room.width() < RINGS_BELOW

    def arrange(self) -> None:
        """Takes the measures of the present width, theme and text size."""
        self._narrow = (self.compact, self.drawer)
        px = theme().px
        bar = px(LOW_BAR) if self.compact else theme().tokens.top_bar
        self._top.setFixedHeight(bar)
        self._bottom.setFixedHeight(
            max(bar, theme().tokens.control + 12) if self.compact else theme().tokens.bottom_bar
        )
        self._side.setFixedWidth(px(SIDE_WIDTH))
        self._reference.setFixedWidth(px(LOW_PANEL_WIDTH if self.compact else PANEL_WIDTH))
        self._rings.setVisible(self.compact)
        self._row.removeWidget(self._side)
        if self.compact:
            self._side.setVisible(self._searching)
        else:
            self._searching = False
            self._row.insertWidget(0, self._side)
            self._side.show()
        self._row.removeWidget(self._reference)
        self._top.reference.setVisible(self.drawer)
        if self.drawer:
            self._reference.setVisible(self._drawer_open)
        else:
            self._drawer_open = False
            self._row.addWidget(self._reference)
            self._reference.setVisible(self._panel_wanted)
        self._place_overlays()

    def toggle_reference(self) -> None:
        """F4: opens or closes the drawer; in a wide window takes the panel away or brings it back."""
        if self.drawer:
            self._drawer_open = not self._drawer_open
        else:
            self._panel_wanted = not self._panel_wanted
        self.arrange()

    def show_search(self) -> None:
        """In a narrow window the whole outline comes over the list while one searches."""
        if self.compact and not self._searching:
            self._searching = True
            self.arrange()

    def close_overlays(self) -> bool:
        """Closes drawer and search; False when neither was open."""
        was_open = self._drawer_open or self._searching
        if was_open:
            self._drawer_open = self._searching = False
            self.arrange()
        return was_open

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            if watched is self._room and self._narrow != (self.compact, self.drawer):
                self.arrange()
            elif watched is self._body:
                self._place_overlays()
        return super().eventFilter(watched, event)

    def _place_overlays(self) -> None:
        height = self._body.height()
        if self.compact:
            self._side.setGeometry(QRect(0, 0, theme().px(SIDE_WIDTH), height))
            self._side.raise_()
        if self.drawer:
            width = min(theme().px(LOW_PANEL_WIDTH), self._body.width())
            self._reference.setGeometry(QRect(self._body.width() - width, 0, width, height))
            self._reference.raise_()
