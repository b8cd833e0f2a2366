"""Icons by name: SVG strokes from `resources/icons`, coloured by a token, sharp at every scale."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from jiandu_desktop.ui.look.drawings import STROKE, svg
from jiandu_desktop.ui.look.theme import theme


def icon(name: str, color: str = "text2") -> QIcon:
    """An icon that follows the theme; `color` is a token's name, a disabled icon is text3."""
    return QIcon(_TokenIconEngine(name, color))


def pixmap(name: str, color: str = "text2", size: int = 20, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` logical pixels at a screen's device pixel ratio."""
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    render(painter, name, QRectF(0, 0, size, size), theme().color(color))
    painter.end()
    return picture


def render(painter: QPainter, name: str, area: QRectF, color: QColor, stroke: float = STROKE) -> None:
    """Draws the icon `name` into `area`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, color.name(), round(area.width(), 1), stroke).render(painter, area)


@lru_cache(maxsize=512)
def _renderer(name: str, color: str, size: float, stroke: float) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(svg(name, color, size, stroke)))


class _TokenIconEngine(QIconEngine):
    """Draws the SVG when asked, in the token's colour of that moment, so a theme change cannot stale it."""

    def __init__(self, name: str, color: str) -> None:
        super().__init__()
        self._name = name
        self._color = color

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        color = "text3" if mode == QIcon.Mode.Disabled else self._color
        painter.save()
        render(painter, self._name, QRectF(rect), theme().color(color))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _TokenIconEngine(self._name, self._color)
