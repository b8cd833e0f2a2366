"""Painting shared by delegates and custom widgets: text, hairlines, edges, marks and cells."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from jiandu_desktop.ui.look import icons
from jiandu_desktop.ui.look.drawings import STROKE
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import BASELINE, SIZE_TEXT

ELIDE_END = Qt.TextElideMode.ElideRight
ELIDE_MIDDLE = Qt.TextElideMode.ElideMiddle


def text_width(text: str, size: float = SIZE_TEXT, bold: bool = False) -> float:
    """Width of one line in logical pixels."""
    return QFontMetricsF(theme().font(size, bold)).horizontalAdvance(text)


def elide(text: str, width: float, size: float = SIZE_TEXT, bold: bool = False, middle: bool = False) -> str:
    """The text, shortened with … to fit `width`; in the middle for names whose end tells them apart."""
    metrics = QFontMetricsF(theme().font(size, bold))
    return metrics.elidedText(text, ELIDE_MIDDLE if middle else ELIDE_END, width)


def text(
    painter: QPainter,
    rect: QRectF | QRect,
    words: str,
    color: str | QColor = "text",
    size: float = SIZE_TEXT,
    bold: bool = False,
    align: str = "left",
    middle: bool = False,
) -> float:
    """Draws one line centred in the height of `rect`, elided to its width, and returns the width drawn.

    The baseline lies 0.365 of the size below the middle, which is where Chinese and figures look centred.
    """
    area = QRectF(rect)
    font = theme().font(size, bold)
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(words)
    if width > area.width() + 0.5:
        words = metrics.elidedText(words, ELIDE_MIDDLE if middle else ELIDE_END, area.width())
        width = metrics.horizontalAdvance(words)
    left = area.left()
    if align == "right":
        left = area.right() - width
    elif align == "center":
        left = area.left() + (area.width() - width) / 2
    painter.setFont(font)
    painter.setPen(_color(color))
    painter.drawText(QPointF(left, _snap(painter, area.center().y() + baseline(font))), words)
    return width


def baseline(font: QFont) -> float:
    """How far below the middle line the baseline of `font` lies."""
    return font.pixelSize() * BASELINE


def hairline(painter: QPainter, left: float, right: float, y: float, color: str | QColor = "line") -> None:
    """A line one logical pixel high whose upper edge is `y`, on device pixels at every scale."""
    painter.fillRect(QRectF(left, _snap(painter, y), right - left, _one(painter)), _color(color))


def vertical_hairline(painter: QPainter, x: float, top: float, bottom: float, color: str | QColor = "line") -> None:
    """A line one logical pixel wide whose left edge is `x`."""
    painter.fillRect(QRectF(_snap(painter, x), top, _one(painter), bottom - top), _color(color))


def rounded(
    painter: QPainter,
    rect: QRectF | QRect,
    radius: float,
    fill: str | QColor | None = None,
    edge: str | QColor | None = None,
    pen: float = 1.0,
    dashed: bool = False,
) -> None:
    """A rounded rectangle whose edge lies wholly inside `rect`: it is inset by half the pen."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QBrush(_color(fill)) if fill is not None else Qt.BrushStyle.NoBrush)
    area = QRectF(rect)
    if edge is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        line = QPen(_color(edge), pen)
        if dashed:
            line.setDashPattern([3.0 / pen, 3.0 / pen])
        painter.setPen(line)
        area = area.adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2)
        radius = max(0.0, radius - pen / 2)
    painter.drawRoundedRect(area, radius, radius)
    painter.restore()


def side_rounded(rect: QRectF, radius: float, left: bool, right: bool) -> QPainterPath:
    """The outline of a rectangle that is round only at its left and/or right end: a segment of a strip."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(rect, radius, radius)
    if not left:
        path.addRect(QRectF(rect.left(), rect.top(), min(radius, rect.width()), rect.height()))
    if not right:
        width = min(radius, rect.width())
        path.addRect(QRectF(rect.right() - width, rect.top(), width, rect.height()))
    return path.simplified()


def accent_bar(painter: QPainter, x: float, middle: float, height: float, width: float = 3.0) -> None:
    """The bar that marks the current thing, round at both ends."""
    rounded(painter, QRectF(x, middle - height / 2, width, height), width / 2, fill="accent")


def icon(
    painter: QPainter,
    name: str,
    left: float,
    middle: float,
    size: float,
    color: str | QColor = "text2",
    stroke: float = STROKE,
) -> None:
    """Draws an icon of `size` logical pixels, vertically centred on `middle`, sharp at any scale."""
    area = QRectF(left, middle - size / 2, size, size)
    painter.save()
    icons.render(painter, name, area, _color(color), stroke)
    painter.restore()


def focus_ring(painter: QPainter, rect: QRectF | QRect, radius: float) -> None:
    """The 2 px ring around what has the keyboard; its outer edge is `rect`."""
    rounded(painter, rect, radius, edge="accent", pen=2.0)


def dot(
    painter: QPainter,
    middle: QPointF,
    size: float,
    fill: str | QColor | None,
    edge: str | QColor | None = None,
    pen: float = 1.5,
) -> None:
    """A disc of diameter `size`, or a ring when only `edge` is given."""
    area = QRectF(middle.x() - size / 2, middle.y() - size / 2, size, size)
    rounded(painter, area, size / 2, fill=fill, edge=edge, pen=pen)


def diamond(painter: QPainter, middle: QPointF, size: float, color: str | QColor = "caution") -> None:
    """The filled diamond of a problem; `size` is its diagonal."""
    half = size / 2
    path = QPainterPath(QPointF(middle.x(), middle.y() - half))
    path.lineTo(middle.x() + half, middle.y())
    path.lineTo(middle.x(), middle.y() + half)
    path.lineTo(middle.x() - half, middle.y())
    path.closeSubpath()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(_color(color), 1.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(_color(color))
    painter.drawPath(path)
    painter.restore()


def cell(painter: QPainter, state: str, left: float, middle: float, size: float = 9.0) -> None:
    """One item of a section: "done", "problem", "open" or "veto" (a veto item not yet answered)."""
    area = QRectF(left, middle - size / 2, size, size)
    if state == "problem":
        diamond(painter, area.center(), size + 2)
    elif state == "done":
        rounded(painter, area, 2, fill="done")
    elif state == "veto":
        rounded(painter, area, 2.5, edge="red", pen=1.5)
        bar = QRectF(left + size * 0.28, middle - 0.75, size * 0.44, 1.5)
        painter.fillRect(bar, theme().color("red"))
    else:
        rounded(painter, area, 2, edge="line2", pen=1.0)


def bar(
    painter: QPainter,
    rect: QRectF,
    share: float,
    fill: str | QColor = "accent",
    ground: str | QColor = "track",
) -> None:
    """A progress bar with round ends, filled for `share` (0…1)."""
    radius = rect.height() / 2
    rounded(painter, rect, radius, fill=ground)
    share = min(1.0, max(0.0, share))
    if share > 0:
        width = max(rect.height(), rect.width() * share)
        rounded(painter, QRectF(rect.left(), rect.top(), width, rect.height()), radius, fill=fill)


def _color(color: str | QColor) -> QColor:
    return color if isinstance(color, QColor) else theme().color(color)


def _snap(painter: QPainter, y: float) -> float:
    """Rounds a distance to a whole device pixel, so that lines stay crisp at 125, 150 and 175 %."""
    ratio = painter.device().devicePixelRatioF()
    return round(y * ratio) / ratio


def _one(painter: QPainter) -> float:
    ratio = painter.device().devicePixelRatioF()
    return max(1, int(ratio)) / ratio
