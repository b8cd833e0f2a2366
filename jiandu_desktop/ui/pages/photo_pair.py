"""Photos of a problem, large enough to compare: two side by side, each with its word and day.

PhotoPair(pictures)      set_pictures(Sequence[Picture])
Picture(sha256, word, day)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.tokens import RADIUS_BADGE, SIZE_META
from jiandu_desktop.ui.questions.pictures import Pictures
from jiandu_desktop.ui.widgets.painted import Painted

_GAP, _WORDS = 12, 26
_SHAPE = 136 / 91


@dataclass(frozen=True, slots=True)
class Picture:
    """One photo."""

    sha256: str
    word: str
    day: str


class PhotoPair(Painted):
    """Two to a row; pictures arrive as they are read."""

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._shown: tuple[Picture, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        pictures.arrived.connect(self._arrived)

    def set_pictures(self, shown: Sequence[Picture]) -> None:
        """Shows these photos."""
        self._shown = tuple(shown)
        self.setAccessibleName("; ".join(f"{each.word} {each.day}" for each in shown))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = self.px(284)
        return QSize(width, self.heightForWidth(width))

    def heightForWidth(self, width: int) -> int:
        rows = -(-len(self._shown) // 2)
        return round(rows * (self._tile_width(width) / _SHAPE + self.px(_WORDS)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        width = self._tile_width(self.width())
        height = width / _SHAPE
        for number, each in enumerate(self._shown):
            row, place = divmod(number, 2)
            top = row * (height + self.px(_WORDS))
            area = QRectF(place * (width + _GAP), top, width, height)
            self._paint_picture(painter, area, each.sha256)
            words = QRectF(area.left(), area.bottom() + 2, width, self.px(_WORDS) - 4)
            used = paint.text(painter, words, each.day, "text2", SIZE_META, align="right")
            paint.text(painter, words.adjusted(0, 0, -used - 8, 0), each.word, "text", SIZE_META, bold=True)
        painter.end()

    def _paint_picture(self, painter: QPainter, area: QRectF, sha256: str) -> None:
        paint.rounded(painter, area, RADIUS_BADGE, "hover", "line")
        image = self._pictures.get(sha256)
        if image is None or image.isNull():
            paint.icon(painter, "camera", area.center().x() - 10, area.center().y(), 20, "text3")
            return
        size = QSize(image.size()).scaled(area.size().toSize(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        wide = image.width() * area.width() / size.width()
        high = image.height() * area.height() / size.height()
        source = QRectF((image.width() - wide) / 2, (image.height() - high) / 2, wide, high)
        clip = QPainterPath()
        clip.addRoundedRect(area, RADIUS_BADGE, RADIUS_BADGE)
        painter.save()
        painter.setClipPath(clip)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(area, image, source)
        painter.restore()
        paint.rounded(painter, area, RADIUS_BADGE, edge="line")

    def _tile_width(self, width: int) -> float:
        return (width - _GAP) / 2

    @Slot(str)
    def _arrived(self, sha256: str) -> None:
        if any(each.sha256 == sha256 for each in self._shown):
            self.update()
