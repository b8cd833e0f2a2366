"""A place to sign with mouse, pen or finger; strokes are kept as points, so that they print sharp.

SignatureBox(role, name="", parent=None)
  strokes() -> Strokes · set_strokes(Strokes, when="") emits nothing · set_who(role, name) · set_read_only(bool)
  clear() · is_empty()
  signal signed(Strokes) after each stroke and after clear()
paint_strokes(painter, strokes, area, ink)
Strokes = tuple[tuple[tuple[float, float], ...], ...]    x, y in 0…1 of a box twice as wide as high
"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import RADIUS_CONTROL, SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.widgets.painted import Painted

Strokes = tuple[tuple[tuple[float, float], ...], ...]

NEAR = 0.002
"""Points nearer than this to the last one are dropped: a resting pen sends hundreds."""


class SignatureBox(Painted):
    """Dashed while empty; empty is allowed, for those who sign on paper."""

    signed = Signal(object)

    def __init__(self, role: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        self._name = name
        self._when = ""
        self._strokes: Strokes = ()
        self._running: list[tuple[float, float]] = []
        self._read_only = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._tell_state()

    def strokes(self) -> Strokes:
        return self._strokes

    def is_empty(self) -> bool:
        return not self._strokes

    def set_strokes(self, strokes: Strokes, when: str = "") -> None:
        """Shows a signature and the time it was given; emits nothing."""
        self._strokes = strokes
        self._when = when
        self._tell_state()
        self.update()

    def set_who(self, role: str, name: str) -> None:
        self._role, self._name = role, name
        self._tell_state()
        self.update()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.setCursor(Qt.CursorShape.ArrowCursor if read_only else Qt.CursorShape.CrossCursor)

    def clear(self) -> None:
        """Wipes the box, as the user's act."""
        if self._strokes and not self._read_only:
            self._strokes, self._when = (), ""
            self._told()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width / 2)

    def sizeHint(self) -> QSize:
        return QSize(self.px(188), self.px(94))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.px(140), self.px(70))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._read_only:
            return
        if self._strokes and self._wipe_area().contains(event.position()):
            self.clear()
        else:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        event.accept()
        if self._read_only:
            return
        kind = event.type()
        if kind == QEvent.Type.TabletPress:
            if self._strokes and self._wipe_area().contains(event.position()):
                self.clear()
            else:
                self._begin(event.position())
        elif kind == QEvent.Type.TabletMove:
            self._move(event.position())
        elif kind == QEvent.Type.TabletRelease:
            self._end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._strokes:
            self.clear()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        empty = not self._strokes and not self._running
        area = self.area()
        edge = "line2" if empty else "line"
        paint.rounded(painter, area, RADIUS_CONTROL, "sunken", edge, dashed=empty)
        head = QRectF(12, self.px(5), area.width() - 24, self.px(20))
        used = paint.text(painter, head, self._role, "text2", SIZE_META)
        name = head.adjusted(used + 6, 0, 0, 0)
        paint.text(painter, name, self._name, "text", SIZE_META, bold=True)
        paint.text(painter, head, self._when, "text2", SIZE_META, align="right")
        if empty:
            self._paint_invitation(painter, area)
        self._paint_strokes(painter)
        if self._strokes and not self._read_only:
            wipe = self._wipe_area()
            paint.icon(painter, "eraser", wipe.left() + 6, wipe.center().y(), 16, "text2")
        if self.hasFocus():
            paint.focus_ring(painter, area, RADIUS_CONTROL)
        painter.end()

    def _paint_invitation(self, painter: QPainter, area: QRectF) -> None:
        if self._read_only:
            return
        words = self.tr("在此签名")
        width = paint.text_width(words) + 22
        left = (area.width() - width) / 2
        middle = area.center().y() + self.px(10)
        paint.icon(painter, "squiggle", left, middle, 16, "text2")
        row = QRectF(left + 22, middle - 12, area.width(), 24)
        paint.text(painter, row, words, "text2", SIZE_TEXT)

    def _paint_strokes(self, painter: QPainter) -> None:
        ink = theme().color("text")
        paint_strokes(painter, (*self._strokes, tuple(self._running)), self.area(), ink)

    def _begin(self, at: QPointF) -> None:
        self._running = [self._point(at)]
        self.update()

    def _move(self, at: QPointF) -> None:
        if self._running:
            point, last = self._point(at), self._running[-1]
            if abs(point[0] - last[0]) + abs(point[1] - last[1]) > NEAR:
                self._running.append(point)
                self.update()

    def _end(self) -> None:
        if self._running:
            self._strokes = (*self._strokes, tuple(self._running))
            self._running = []
            self._told()

    def _told(self) -> None:
        self._tell_state()
        self.update()
        self.signed.emit(self._strokes)

    def _point(self, at: QPointF) -> tuple[float, float]:
        x = min(1.0, max(0.0, at.x() / max(1, self.width())))
        y = min(1.0, max(0.0, at.y() / max(1, self.height())))
        return (round(x, 4), round(y, 4))

    def _wipe_area(self) -> QRectF:
        return QRectF(self.width() - 32, self.height() - 32, 30, 30)

    def _tell_state(self) -> None:
        self.setAccessibleName(f"{self._role} {self._name}")
        self.setAccessibleDescription(self.tr("未签名") if self.is_empty() else self.tr("已签名"))
        self.setToolTip("" if self.is_empty() else self.tr("按 Delete 重签"))


def paint_strokes(painter: QPainter, strokes: Strokes, area: QRectF, ink: QColor) -> None:
    """A signature filling `area`; the pen grows with it."""
    pen = QPen(ink, max(1.6, area.width() / 90))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in strokes:
        spots = [QPointF(area.left() + x * area.width(), area.top() + y * area.height()) for x, y in stroke]
        if len(spots) == 1:
            painter.drawPoint(spots[0])
        elif spots:
            painter.drawPath(_curve(spots))


def _curve(spots: list[QPointF]) -> QPainterPath:
    """A smooth line through the middles between the points."""
    path = QPainterPath(spots[0])
    for before, spot in pairwise(spots[1:]):
        path.quadTo(before, (before + spot) / 2)
    path.lineTo(spots[-1])
    return path
