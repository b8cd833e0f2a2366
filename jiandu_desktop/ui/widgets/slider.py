"""A slider that may stand nowhere, and a row of stars: both for values from a scale.

Slider(parent=None)    signal moved(int); set_steps(int) · set_place(int | None) · set_vertical · set_ticks · set_ends
Stars(parent=None)     signal moved(int), 0 for none; set_count(int) · set_place(int)
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import RADIUS_CONTROL, SIZE_META
from jiandu_desktop.ui.widgets.painted import Painted

THUMB, TRACK, EDGE = 18, 4, 12
MOST_TICKS = 20


class Slider(Painted):
    """Arrows move by one, PageUp and PageDown by a tenth of the way, Home and End to the ends, Delete takes it off."""

    moved = Signal(int)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = 1
        self._place: int | None = None
        self._ends = ("", "")
        self._vertical = self._read_only = False
        self._ticks = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_scale(self, steps: int, ends: tuple[str, str], *, vertical: bool = False, ticks: bool = True) -> None:
        """So many steps; the words at the first and the last."""
        self._steps, self._ends, self._vertical, self._ticks = max(steps, 1), ends, vertical, ticks
        self.updateGeometry()
        self.update()

    def set_place(self, place: int | None, words: str) -> None:
        """Where the thumb stands, None for nowhere; `words` is what a screen reader says."""
        self._place = place
        self.setAccessibleDescription(words)
        self.update()

    def place(self) -> int | None:
        return self._place

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.setCursor(Qt.CursorShape.ArrowCursor if read_only else Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        control = theme().tokens.control
        if self._vertical:
            words = round(max(paint.text_width(word, SIZE_META) for word in self._ends))
            return QSize(max(control, self.px(THUMB) + 16 + words), self.px(168))
        return QSize(self.px(200) + round(sum(self._margins())), control)

    def spot(self, place: int) -> QPointF:
        """The middle of the thumb at a place."""
        share = place / self._steps
        if self._vertical:
            return QPointF(self.px(EDGE), self.height() - EDGE - share * (self.height() - 2 * EDGE))
        left, right = self._margins()
        return QPointF(left + share * (self.width() - left - right), self.height() / 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        first, last = self.spot(0), self.spot(self._steps)
        half = TRACK / 2
        track = QRectF(first, last).normalized().adjusted(-half, -half, half, half)
        paint.rounded(painter, track, half, "track", "line2")
        if self._ticks and self._steps <= MOST_TICKS:
            for place in range(self._steps + 1):
                paint.dot(painter, self.spot(place), 5, "line2")
        if self._place is not None:
            thumb = self.spot(self._place)
            filled = QRectF(first, thumb).normalized().adjusted(-half, -half, half, half)
            paint.rounded(painter, filled, half, "accent")
            paint.dot(painter, thumb, self.px(THUMB), "text2" if self._read_only else "accent", "surface", 2)
        self._paint_ends(painter)
        if self.hasFocus():
            if self._place is not None:
                paint.dot(painter, self.spot(self._place), self.px(THUMB) + 6, None, "accent", 2)
            else:
                paint.focus_ring(painter, track.adjusted(-4, -6, 4, 6), RADIUS_CONTROL)
        painter.end()

    def _paint_ends(self, painter: QPainter) -> None:
        if self._vertical:
            left = self.px(EDGE + THUMB)
            for word, y in zip(self._ends, (self.height() - EDGE, EDGE), strict=True):
                paint.text(painter, QRectF(left, y - 10, self.width() - left, 20), word, "text2", SIZE_META)
            return
        paint.text(painter, self.area(), self._ends[0], "text2", SIZE_META)
        paint.text(painter, self.area(), self._ends[1], "text2", SIZE_META, align="right")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._move_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move_to(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ahead = Qt.Key.Key_Up if self._vertical else Qt.Key.Key_Right
        back = Qt.Key.Key_Down if self._vertical else Qt.Key.Key_Left
        tenth = max(1, self._steps // 10)
        steps = {ahead: 1, back: -1, Qt.Key.Key_PageUp: tenth, Qt.Key.Key_PageDown: -tenth}
        key = Qt.Key(event.key())
        if self._read_only or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in steps:
            self._go((0 if steps[key] > 0 else self._steps) if self._place is None else self._place + steps[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(0 if key == Qt.Key.Key_Home else self._steps)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        else:
            event.ignore()

    def focusInEvent(self, event: QEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QEvent) -> None:
        self.update()

    def _margins(self) -> tuple[float, float]:
        """Room beside a lying track for the words at its ends."""
        first, last = (paint.text_width(word, SIZE_META) for word in self._ends)
        return first + EDGE, last + EDGE

    def _move_to(self, at: QPointF) -> None:
        if self._read_only:
            return
        left, right = self._margins()
        long = self.height() - 2 * EDGE if self._vertical else self.width() - left - right
        along = self.height() - EDGE - at.y() if self._vertical else at.x() - left
        self._go(round(along / max(long, 1) * self._steps))

    def _go(self, place: int) -> None:
        place = min(max(place, 0), self._steps)
        if place != self._place:
            self._place = place
            self.update()
            self.moved.emit(place)


class Stars(Painted):
    """A row of stars; the arrows, a digit or a click fill it, Delete empties it."""

    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count, self._place, self._hovered = 5, 0, 0
        self._read_only = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_count(self, count: int) -> None:
        self._count = max(1, count)
        self.updateGeometry()

    def set_place(self, place: int) -> None:
        """How many are filled; 0 is no answer."""
        self._place = place
        self.setAccessibleDescription(self.tr("{0} 星，共 {1} 星").format(place, self._count) if place else "")
        self.update()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only

    def sizeHint(self) -> QSize:
        return QSize(self._count * self.px(32) + 8, theme().tokens.control)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        shown = self._hovered or self._place
        for number in range(self._count):
            full = number < shown
            painter.setPen(theme().color("accent" if full else "line2"))
            painter.setBrush(theme().color("accent") if full else Qt.BrushStyle.NoBrush)
            painter.drawPolygon(_star(QPointF(4 + self.px(32) * (number + 0.5), self.height() / 2), self.px(12)))
        if self.hasFocus():
            paint.focus_ring(painter, self.rect(), RADIUS_CONTROL)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = 0 if self._read_only else self._at(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = 0
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._at(event):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._go(self._at(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = Qt.Key(event.key()), event.text()
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        if key in steps:
            self._go(max(self._place + steps[key], 1))
        elif text.isdigit() and text.isascii() and 1 <= int(text) <= self._count:
            self._go(int(text))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._go(0)
        else:
            event.ignore()

    def focusInEvent(self, event: QEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QEvent) -> None:
        self.update()

    def _at(self, event: QMouseEvent) -> int:
        return min(max(int((event.position().x() - 4) // self.px(32)) + 1, 1), self._count)

    def _go(self, place: int) -> None:
        place = min(place, self._count)
        if not self._read_only and place != self._place:
            self.set_place(place)
            self.moved.emit(place)


def _star(middle: QPointF, radius: float) -> QPolygonF:
    import math

    points = []
    for corner in range(10):
        far = radius if corner % 2 == 0 else radius * 0.42
        angle = math.pi * (corner / 5 - 0.5)
        points.append(QPointF(middle.x() + far * math.cos(angle), middle.y() + far * math.sin(angle)))
    return QPolygonF(points)
