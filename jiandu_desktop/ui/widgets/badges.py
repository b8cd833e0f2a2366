"""Badges and key hints: small words with a ground.

Badge(text, tone="neutral", icon="", parent=None)   tone: neutral | accent | caution | red; set(text, tone, icon)
KeyHint(key, word="", parent=None)                  a key cap, with the word of what it does behind it
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import RADIUS_BADGE, SIZE_META
from jiandu_desktop.ui.widgets.painted import Painted

_COLORS: dict[str, tuple[str, str | None, str]] = {
    "neutral": ("hover", None, "text2"),
    "accent": ("accent_soft", None, "accent"),
    "caution": ("caution_soft", "caution_line", "caution"),
    "red": ("red_soft", "red_line", "red"),
}


class Badge(Painted):
    """A state in words: red and caution have an edge, neutral and accent do not."""

    def __init__(self, text: str, tone: str = "neutral", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(text, tone, icon)

    def set(self, text: str, tone: str = "neutral", icon: str = "") -> None:
        """Shows another state."""
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        left = self.px(24) if self._icon else self.px(8)
        width = left + paint.text_width(self._text, SIZE_META) + self.px(8)
        return QSize(round(width), theme().tokens.badge)

    def paintEvent(self, event: QPaintEvent) -> None:
        fill, edge, color = _COLORS[self._tone]
        painter = self.painter()
        area = self.area()
        paint.rounded(painter, area, RADIUS_BADGE, fill, edge)
        left = float(self.px(8))
        if self._icon:
            paint.icon(painter, self._icon, self.px(6), area.center().y(), self.px(14), color)
            left = float(self.px(24))
        paint.text(painter, area.adjusted(left, 0, -4, 0), self._text, color, SIZE_META)
        painter.end()


class KeyHint(Painted):
    """A key cap 18 high, and behind it what the key does."""

    def __init__(self, key: str, word: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self._word = word
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{key} {word}".strip())

    def sizeHint(self) -> QSize:
        width = self._cap_width()
        if self._word:
            width += self.px(8) + paint.text_width(self._word, SIZE_META)
        return QSize(round(width) + 1, theme().tokens.keycap_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        cap = QRectF(0, 0, self._cap_width(), self.height())
        paint.rounded(painter, cap, RADIUS_BADGE, "keycap", "line")
        paint.text(painter, cap, self._key, "text2", SIZE_META, align="center")
        if self._word:
            left = cap.right() + self.px(8)
            area = QRectF(left, 0, self.width() - left, self.height())
            paint.text(painter, area, self._word, "text2", SIZE_META)
        painter.end()

    def _cap_width(self) -> float:
        return max(self.px(18), paint.text_width(self._key, SIZE_META) + self.px(12))
