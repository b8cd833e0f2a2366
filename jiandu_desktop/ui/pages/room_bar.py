"""The bar of a room that is read: the way back at the left, what it shows, and what can be done at the right.

RoomBar(back_words, parent=None)    set_title(title, line) · add(button); signal left()
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_ITEM, SIZE_META
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.widgets.text import VerticalHairline


class RoomBar(QFrame):
    """As high as the wizard's bar, so that nothing moves when one goes from room to room."""

    left = Signal()

    def __init__(self, back_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "bar-top")
        self.back = Button(back_words, "bar", "chevron-left")
        self.back.setToolTip(f"{back_words}  Esc")
        self.back.clicked.connect(self.left)
        self._title = _Title()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 0, 16, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self.back)
        self._row.addWidget(VerticalHairline())
        self._row.addSpacing(4)
        self._row.addWidget(self._title, 1)
        self.take_theme()
        theme().changed.connect(self.take_theme)

    def set_title(self, title: str, line: str) -> None:
        """What the room shows, and one line of facts behind it."""
        self._title.set(title, line)

    def add(self, button: QWidget) -> None:
        """Adds a button at the right."""
        self._row.addWidget(button)

    def take_theme(self) -> None:
        self.setFixedHeight(theme().tokens.top_bar)


class _Title(Painted):
    def __init__(self) -> None:
        super().__init__()
        self._title, self._line = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set(self, title: str, line: str) -> None:
        self._title, self._line = title, line
        self.setAccessibleName(f"{title} {line}")
        self.setToolTip(f"{title}\n{line}" if line else title)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.px(200), self.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        area = self.area()
        used = paint.text(painter, area, self._title, "text", SIZE_ITEM, bold=True, middle=True)
        behind = QRectF(used + 16, 0, area.width() - used - 16, area.height())
        if behind.width() > self.px(60):
            paint.text(painter, behind.adjusted(0, 1, 0, 1), self._line, "text2", SIZE_META)
        painter.end()
