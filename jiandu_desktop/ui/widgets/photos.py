"""Photos of an item as tiles, with a dashed tile that takes more.

PhotoStrip(key_hint="Ctrl+P", parent=None)
  set_photos(Sequence[Photo]) · set_image(key, QImage) · set_read_only(bool) · photos()
  signals add_requested(), opened(str key), remove_requested(str key) (Delete), files_dropped(list[Path]),
          image_pasted(QImage) (Ctrl+V while the strip has the keyboard, or paste())
Photo(key, image: QImage | None = None, tip="")    image None = still being read
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.tokens import RADIUS_BADGE, SIZE_META
from jiandu_desktop.ui.widgets.painted import Painted

TILE_WIDTH, TILE_HEIGHT, GAP = 72, 54, 8


@dataclass(frozen=True, slots=True)
class Photo:
    """One tile."""

    key: str
    image: QImage | None = None
    tip: str = ""


class PhotoStrip(Painted):
    """Tiles of 72 × 54 that flow into rows; arrows move, Enter opens, Delete asks for removal."""

    add_requested = Signal()
    opened = Signal(str)
    remove_requested = Signal(str)
    files_dropped = Signal(list)
    image_pasted = Signal(QImage)

    def __init__(self, key_hint: str = "Ctrl+P", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photos: tuple[Photo, ...] = ()
        self._key_hint = key_hint
        self._read_only = False
        self._growing = True
        self._current = 0
        self._dragged_over = False
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("照片"))

    def photos(self) -> tuple[Photo, ...]:
        return self._photos

    def set_photos(self, photos: Sequence[Photo]) -> None:
        self._photos = tuple(photos)
        self._current = min(self._current, max(0, self._count() - 1))
        self.setAccessibleDescription(self.tr("{count} 张").format(count=len(self._photos)))
        self.updateGeometry()
        self.update()

    def set_image(self, key: str, image: QImage) -> None:
        """Puts the picture of a tile in, once it has been read."""
        self._photos = tuple(replace(p, image=image) if p.key == key else p for p in self._photos)
        self.update()

    def set_read_only(self, read_only: bool) -> None:
        """Takes the dashed tile away; photos can still be opened."""
        self._read_only = read_only
        self.setAcceptDrops(not read_only)
        self.updateGeometry()
        self.update()

    def set_growing(self, growing: bool) -> None:
        """Whether there is the dashed tile that takes more; photos can be removed all the same."""
        self._growing = growing
        self.setAcceptDrops(growing)
        self.updateGeometry()
        self.update()

    def paste(self) -> bool:
        """Takes a picture or files from the clipboard; False if there are none."""
        return self._takes_more() and self._take(QGuiApplication.clipboard().mimeData())

    def tile(self, number: int) -> QRectF:
        """Where tile `number` lies; the one after the last photo is the dashed one."""
        row, place = divmod(number, self._per_row(self.width()))
        pitch_x, pitch_y = self.px(TILE_WIDTH) + GAP, self.px(TILE_HEIGHT) + GAP
        return QRectF(place * pitch_x, row * pitch_y, self.px(TILE_WIDTH), self.px(TILE_HEIGHT))

    def sizeHint(self) -> QSize:
        wide = self._count() * (self.px(TILE_WIDTH) + GAP) - GAP
        return QSize(max(self.px(TILE_WIDTH), wide), self.px(TILE_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.px(TILE_WIDTH), self.px(TILE_HEIGHT))

    def heightForWidth(self, width: int) -> int:
        rows = max(1, -(-self._count() // self._per_row(width)))
        return rows * (self.px(TILE_HEIGHT) + GAP) - GAP

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        for number, photo in enumerate(self._photos):
            self._paint_photo(painter, self.tile(number), photo)
        if self._takes_more():
            self._paint_add(painter, self.tile(len(self._photos)))
        if self.hasFocus() and self._count():
            paint.focus_ring(painter, self.tile(self._current), RADIUS_BADGE)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = self._at(event)
        if event.button() == Qt.MouseButton.LeftButton and number >= 0:
            self._current = number
            self.update()
            self._activate(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Paste):
            if not self.paste():
                event.ignore()
        elif key in steps:
            self._current = min(max(0, self._current + steps[key]), max(0, self._count() - 1))
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._activate(self._current)
        elif key == Qt.Key.Key_Delete and self._current < len(self._photos) and not self._read_only:
            self.remove_requested.emit(self._photos[self._current].key)
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            for number, photo in enumerate(self._photos):
                if self.tile(number).contains(event.pos()) and photo.tip:
                    QToolTip.showText(event.globalPos(), photo.tip, self)
                    return True
            QToolTip.hideText()
            return True
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()
            self._dragged_over = True
            self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._dragged_over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._dragged_over = False
        self.update()
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    def _take(self, data: QMimeData) -> bool:
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files:
            self.files_dropped.emit(files)
            return True
        image = data.imageData() if data.hasImage() else None
        if isinstance(image, QImage) and not image.isNull():
            self.image_pasted.emit(image)
            return True
        return False

    def _activate(self, number: int) -> None:
        if number < len(self._photos):
            self.opened.emit(self._photos[number].key)
        elif self._takes_more():
            self.add_requested.emit()

    def _count(self) -> int:
        return len(self._photos) + self._takes_more()

    def _takes_more(self) -> bool:
        return self._growing and not self._read_only

    def _per_row(self, width: int) -> int:
        return max(1, (width + GAP) // (self.px(TILE_WIDTH) + GAP))

    def _at(self, event: QMouseEvent) -> int:
        for number in range(self._count()):
            if self.tile(number).contains(event.position()):
                return number
        return -1

    def _paint_photo(self, painter: QPainter, area: QRectF, photo: Photo) -> None:
        paint.rounded(painter, area, RADIUS_BADGE, "hover", "line")
        if photo.image is None or photo.image.isNull():
            paint.icon(painter, "camera", area.center().x() - 9, area.center().y(), 18, "text3")
            return
        # The middle of the picture in the tile's proportions: nothing is stretched.
        size = QSize(photo.image.size()).scaled(area.size().toSize(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        share_x, share_y = area.width() / size.width(), area.height() / size.height()
        wide, high = photo.image.width() * share_x, photo.image.height() * share_y
        source = QRectF((photo.image.width() - wide) / 2, (photo.image.height() - high) / 2, wide, high)
        clip = QPainterPath()
        clip.addRoundedRect(area, RADIUS_BADGE, RADIUS_BADGE)
        painter.save()
        painter.setClipPath(clip)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(area, photo.image, source)
        painter.restore()
        paint.rounded(painter, area, RADIUS_BADGE, edge="line")

    def _paint_add(self, painter: QPainter, area: QRectF) -> None:
        ground = "accent_soft" if self._dragged_over else "surface"
        paint.rounded(painter, area, RADIUS_BADGE, ground, "line2", dashed=True)
        size = self.px(18)
        left = area.center().x() - size / 2
        paint.icon(painter, "camera", left, area.top() + self.px(17), size, "accent")
        words = QRectF(area.left(), area.top() + self.px(28), area.width(), self.px(18))
        paint.text(painter, words, self._key_hint, "text2", SIZE_META, align="center")
