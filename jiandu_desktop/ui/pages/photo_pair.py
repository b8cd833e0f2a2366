"""Photos of a problem, large enough to compare: two side by side, each with its word and day.

PhotoPair(pictures)      set_pictures(Sequence[Picture]); signal opened(int) with the place of the one chosen
Picture(sha256, word, day)
Keys: ←/→, Enter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
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
    """Two to a row; pictures arrive as they are read. A click or Enter opens one."""

    opened = Signal(int)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._shown: tuple[Picture, ...] = ()
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
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

    def tile(self, number: int) -> QRectF:
        """Where a photo lies."""
        width = self._tile_width(self.width())
        row, place = divmod(number, 2)
        return QRectF(place * (width + _GAP), row * (width / _SHAPE + self.px(_WORDS)), width, width / _SHAPE)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for number in range(len(self._shown)):
            if event.button() == Qt.MouseButton.LeftButton and self.tile(number).contains(event.position()):
                self._current = number
                self.opened.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self._current = min(max(0, self._current + step), max(0, len(self._shown) - 1))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._shown:
            self.opened.emit(self._current)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        for number, each in enumerate(self._shown):
            area = self.tile(number)
            self._paint_picture(painter, area, each.sha256)
            if self.hasFocus() and number == self._current:
                paint.focus_ring(painter, area, RADIUS_BADGE)
            words = QRectF(area.left(), area.bottom() + 2, area.width(), self.px(_WORDS) - 4)
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
