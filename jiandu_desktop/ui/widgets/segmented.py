"""A switch of two or three choices side by side.

    Segmented(choices: Sequence[tuple[str value, str word]], value="", parent=None)
      signal chosen(str value), by the user alone; value() · set_value(value) · choose(value) as if clicked
Keys: ←/→ and Space.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import RADIUS_CONTROL, SIZE_TEXT
from jiandu_desktop.ui.widgets.painted import Painted


class Segmented(Painted):
    """Two or three choices side by side, one of them filled: 即知即改 | 限期整改."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], value: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = tuple(choices)
        self._value = value
        self._hovered = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def value(self) -> str:
        return self._value

    def set_value(self, value: str) -> None:
        """Shows a choice; emits nothing."""
        self._value = value
        self.setAccessibleDescription(dict(self._choices).get(value, ""))
        self.update()

    def choose(self, value: str) -> None:
        """As if the user had chosen it."""
        if self.isEnabled() and value != self._value:
            self.set_value(value)
            self.chosen.emit(value)

    def sizeHint(self) -> QSize:
        return QSize(round(sum(self._widths())), theme().tokens.control)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def segments(self) -> list[QRectF]:
        found, left = [], 0.0
        widths = self._widths()
        # A strip that got more room than it asked for shares it out, as in a two-column form.
        more = max(0.0, self.width() - sum(widths)) / max(1, len(widths))
        for width in widths:
            found.append(QRectF(left, 0, width + more, self.height()))
            left += width + more
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        paint.rounded(painter, self.area(), RADIUS_CONTROL, "surface", "line2")
        segments = self.segments()
        for number, ((value, word), area) in enumerate(zip(self._choices, segments, strict=True)):
            chosen = value == self._value
            if chosen or number == self._hovered:
                inner = area if chosen else area.adjusted(1, 1, -1, -1)
                painter.setPen(Qt.PenStyle.NoPen)
                fill = ("accent" if self.isEnabled() else "text2") if chosen else "hover"
                painter.setBrush(theme().color(fill))
                last = number == len(segments) - 1
                painter.drawPath(paint.side_rounded(inner, RADIUS_CONTROL, number == 0, last))
            paint.text(painter, area, word, "on_accent" if chosen else "text", SIZE_TEXT, chosen, "center")
        if self.hasFocus():
            paint.rounded(painter, self.area(), RADIUS_CONTROL, edge="accent", pen=2)
            chosen_area = [a for (v, _), a in zip(self._choices, segments, strict=True) if v == self._value]
            for area in chosen_area:
                inner = area.adjusted(2, 2, -2, -2)
                paint.rounded(painter, inner, RADIUS_CONTROL - 2, edge="accent_line", pen=2)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._at(event)
        if event.button() == Qt.MouseButton.LeftButton and at >= 0:
            self.choose(self._choices[at][0])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._at(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        values = [value for value, _ in self._choices]
        at = values.index(self._value) if self._value in values else -1
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Space: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            event.ignore()
            return
        if event.key() == Qt.Key.Key_Space:
            self.choose(values[(at + 1) % len(values)])
        else:
            self.choose(values[min(max(at + step, 0), len(values) - 1)])

    def _widths(self) -> list[float]:
        return [float(round(paint.text_width(word, SIZE_TEXT, True) + 2 * self.px(19))) for _, word in self._choices]

    def _at(self, event: QMouseEvent) -> int:
        for number, area in enumerate(self.segments()):
            if area.contains(event.position()):
                return number
        return -1
