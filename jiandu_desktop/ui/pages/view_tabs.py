"""Saved views of a list as tabs, each with its count; the current one is underlined.

ViewTabs(parent=None)
  set_tabs(Sequence[Tab]) keeps the current one · value() · set_value(key) · choose(key) as if clicked
  fitting(tabs, room) -> how many have room
  signal chosen(str key)
Tab(key, word, count=None, tone="text2")     tone "red" only for what is late, and only with a count
Keys: ←/→.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.tokens import RADIUS_BADGE, SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.widgets.painted import Painted

_GAP = 26
_LEAST_GAP = 14.0


@dataclass(frozen=True, slots=True)
class Tab:
    """One view."""

    key: str
    word: str
    count: int | None = None
    tone: str = "text2"


class ViewTabs(Painted):
    """A row of words over a hairline."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs: tuple[Tab, ...] = ()
        self._value = ""
        self._hovered = ""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def tabs(self) -> tuple[Tab, ...]:
        return self._tabs

    def set_tabs(self, tabs: Sequence[Tab]) -> None:
        """Shows these views; emits nothing."""
        self._tabs = tuple(tabs)
        keys = [tab.key for tab in tabs]
        self.set_value(self._value if self._value in keys else (keys[0] if keys else ""))

    def fitting(self, tabs: Sequence[Tab], room: float) -> int:
        """How many of these have room beside each other, at least one."""
        count, used = 0, 0.0
        for tab in tabs:
            used += self._width(tab) + (_LEAST_GAP if count else 0)
            if used > room:
                break
            count += 1
        return max(1, count)

    def value(self) -> str:
        return self._value

    def set_value(self, key: str) -> None:
        """Marks a view; emits nothing."""
        self._value = key
        current = next((tab for tab in self._tabs if tab.key == key), None)
        self.setAccessibleName(_spoken(current) if current is not None else "")
        self.setAccessibleDescription("; ".join(map(_spoken, self._tabs)))
        self.updateGeometry()
        self.update()

    def choose(self, key: str) -> None:
        """As if the user had chosen it."""
        if key != self._value:
            self.set_value(key)
            self.chosen.emit(key)

    def sizeHint(self) -> QSize:
        return QSize(round(sum(area.width() + self._gap() for _, area in self._areas())), self.px(34))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.px(200), self.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        bottom = self.height() - 1
        paint.hairline(painter, 0, self.width(), bottom)
        for tab, area in self._areas():
            now = tab.key == self._value
            red = tab.tone == "red" and bool(tab.count)
            hovered = tab.key == self._hovered
            color = "red" if red else "accent" if now or hovered else "text"
            words = area.adjusted(0, 0, 0, -8)
            used = paint.text(painter, words, tab.word, color, SIZE_TEXT, now)
            if tab.count is not None:
                behind = words.adjusted(used + self.px(7), 0, 0, 0)
                tone = "red" if red else "accent" if now else "text2"
                paint.text(painter, behind, str(tab.count), tone, SIZE_META, now or red)
            if now:
                paint.rounded(painter, QRectF(area.left(), bottom - 2, area.width(), 3), 1, "red" if red else "accent")
                if self.hasFocus():
                    paint.focus_ring(painter, area.adjusted(-6, 0, 6, -5), RADIUS_BADGE)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        key = self._at(event)
        if event.button() == Qt.MouseButton.LeftButton and key:
            self.choose(key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._at(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = ""
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        keys = [tab.key for tab in self._tabs]
        if step is None or self._value not in keys:
            event.ignore()
            return
        self.choose(keys[min(max(keys.index(self._value) + step, 0), len(keys) - 1)])

    def _gap(self) -> float:
        return float(self.px(_GAP))

    def _areas(self) -> list[tuple[Tab, QRectF]]:
        """The gap gives way before a word does, where the window is narrow."""
        widths = [self._width(tab) for tab in self._tabs]
        room = self.width() - sum(widths)
        gap = min(self._gap(), max(_LEAST_GAP, room / max(1, len(widths) - 1))) if self.width() > 1 else self._gap()
        areas, left = [], 0.0
        for tab, width in zip(self._tabs, widths, strict=True):
            areas.append((tab, QRectF(left, 0, width, self.height())))
            left += width + gap
        return areas

    def _width(self, tab: Tab) -> float:
        width = paint.text_width(tab.word, SIZE_TEXT, tab.key == self._value)
        if tab.count is not None:
            width += self.px(7) + paint.text_width(str(tab.count), SIZE_META, True)
        return width

    def _at(self, event: QMouseEvent) -> str:
        for tab, area in self._areas():
            if area.adjusted(-8, 0, 8, 0).contains(event.position()):
                return tab.key
        return ""


def _spoken(tab: Tab) -> str:
    return tab.word if tab.count is None else f"{tab.word} {tab.count}"
