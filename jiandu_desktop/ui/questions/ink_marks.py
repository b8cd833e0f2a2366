"""What is drawn on a photo or a blank sheet: lines, arrows, boxes, words and mosaic, in pixels of the picture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QPolygonF

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import INKS, SIZE_TEXT

MOSAIC_BLOCKS = 24
"""So many blocks along the longer edge of what is hidden: enough to see that somebody stands there, not who."""

_LEAST_BLOCK = 8


class Tool(StrEnum):
    PEN = "pen"
    ARROW = "arrow"
    BOX = "box"
    WORDS = "words"
    MOSAIC = "mosaic"


@dataclass(frozen=True, slots=True)
class Mark:
    """One stroke of the hand. A pen has all its points, words their lower left corner, the others two corners."""

    tool: Tool
    points: tuple[tuple[float, float], ...]
    ink: str = INKS[0]
    width: float = 4.0
    words: str = ""

    def moved_to(self, x: float, y: float) -> Mark:
        """As it looks when the hand has come to this point."""
        if self.tool is Tool.PEN:
            return replace(self, points=(*self.points, (x, y)))
        return replace(self, points=(self.points[0], (x, y)))

    def is_seen(self) -> bool:
        """Whether it leaves a trace: a click with the box tool does not."""
        if self.tool is Tool.WORDS:
            return bool(self.words.strip())
        if self.tool is Tool.PEN:
            return True
        (left, top), (right, bottom) = self.points[0], self.points[-1]
        return abs(right - left) + abs(bottom - top) >= 2


def rendered(base: QImage, marks: Sequence[Mark]) -> QImage:
    """A copy of the picture with the marks on it, in the order in which they were made."""
    made = base.convertToFormat(QImage.Format.Format_RGB32)
    for mark in marks:
        put(made, mark)
    return made


def put(image: QImage, mark: Mark) -> None:
    """Draws one mark into the picture itself."""
    if mark.tool is Tool.MOSAIC:
        _hide(image, mark)
        return
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_mark(painter, mark)
    painter.end()


def paint_mark(painter: QPainter, mark: Mark) -> None:
    """Paints one mark in the picture's pixels; mosaic shows as the frame of what it will hide."""
    pen = QPen(QColor(mark.ink), mark.width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    points = [QPointF(x, y) for x, y in mark.points]
    if mark.tool is Tool.PEN:
        _paint_line(painter, points)
    elif mark.tool is Tool.ARROW:
        _paint_arrow(painter, points[0], points[-1], mark.width)
    elif mark.tool is Tool.WORDS:
        _paint_words(painter, mark)
    else:
        if mark.tool is Tool.MOSAIC:
            painter.setPen(QPen(QColor(INKS[2]), max(mark.width / 2, 1), Qt.PenStyle.DashLine))
        painter.drawRect(QRectF(points[0], points[-1]).normalized())


def words_height(mark: Mark) -> float:
    """Height in pixels of the letters of a mark of this width."""
    return mark.width * 7


def _paint_line(painter: QPainter, points: list[QPointF]) -> None:
    if len(points) == 1:
        painter.drawPoint(points[0])
        return
    path = QPainterPath(points[0])
    for before, after in pairwise(points[1:]):
        path.quadTo(before, (before + after) / 2)
    path.lineTo(points[-1])
    painter.drawPath(path)


def _paint_arrow(painter: QPainter, start: QPointF, end: QPointF, width: float) -> None:
    angle = math.atan2(end.y() - start.y(), end.x() - start.x())
    head = width * 4.5
    corners = [
        QPointF(end.x() - head * math.cos(angle + turn), end.y() - head * math.sin(angle + turn))
        for turn in (0.45, -0.45)
    ]
    painter.drawLine(start, (corners[0] + corners[1]) / 2)
    painter.setBrush(painter.pen().color())
    painter.drawPolygon(QPolygonF([end, *corners]))


def _paint_words(painter: QPainter, mark: Mark) -> None:
    """On a ground of their own, so that they can be read on any photo."""
    font = QFont(theme().font(SIZE_TEXT, bold=True))
    font.setPixelSize(max(round(words_height(mark)), 8))
    metrics = QFontMetricsF(font)
    x, y = mark.points[0]
    dark = QColor(mark.ink).lightness() < 160
    ground = QRectF(x, y - metrics.height(), metrics.horizontalAdvance(mark.words), metrics.height())
    room = mark.width
    paper = QColor(255, 255, 255, 220) if dark else QColor(60, 60, 60, 220)
    painter.fillRect(ground.adjusted(-room, -room / 2, room, room / 2), paper)
    painter.setFont(font)
    painter.drawText(QPointF(x, y - metrics.descent()), mark.words)


def _hide(image: QImage, mark: Mark) -> None:
    """Blocks of one colour each: what was there is gone from the copy, not covered."""
    (x, y), (right, bottom) = mark.points[0], mark.points[-1]
    area = QRectF(QPointF(x, y), QPointF(right, bottom)).normalized().toAlignedRect() & QRect(image.rect())
    if area.isEmpty():
        return
    block = max(_LEAST_BLOCK, math.ceil(max(area.width(), area.height()) / MOSAIC_BLOCKS))
    small = image.copy(area).scaled(
        max(1, area.width() // block),
        max(1, area.height() // block),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    painter = QPainter(image)
    painter.drawImage(area, small)
    painter.end()
