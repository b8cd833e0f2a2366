"""Photo and file questions, and the strip of photos that proves any other answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jiandu_desktop.domain.visit import Photo
from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.tokens import SIZE_META
from jiandu_desktop.ui.questions.pictures import Pictures
from jiandu_desktop.ui.questions.question import Question, QuestionField
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.widgets.photos import Photo as Tile
from jiandu_desktop.ui.widgets.photos import PhotoStrip


class PhotoField(QuestionField):
    """Tiles, the dashed tile, and at the right how many are wanted."""

    wide = True
    wanted = Signal()
    removed = Signal(str)
    opened = Signal(str)
    files_dropped = Signal(object)
    image_pasted = Signal(QImage)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._photos: tuple[Photo, ...] = ()
        self.strip = PhotoStrip()
        self._words = _Words()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.strip, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.strip.add_requested.connect(self.wanted)
        self.strip.remove_requested.connect(self.removed)
        self.strip.opened.connect(self.opened)
        self.strip.files_dropped.connect(self._dropped)
        self.strip.image_pasted.connect(self.image_pasted)
        pictures.arrived.connect(self._arrived)
        self.setFocusProxy(self.strip)

    def show_question(self, question: Question) -> None:
        self.strip.set_read_only(question.readonly)
        self.strip.setAccessibleName(question.label)
        count = len(question.photos)
        self.show_photos(
            question.photos, self.tr("已有 {} 张").format(count) if count else self.tr("拖入、粘贴或选文件")
        )

    def show_photos(self, photos: Sequence[Photo], words: str) -> None:
        """Shows these photos and, beside them, what is wanted (one or two lines)."""
        changed = tuple(photos) != self._photos
        self._photos = tuple(photos)
        if changed or not self.strip.photos():
            self.strip.set_photos(
                [Tile(photo.id, self._pictures.get(photo.sha256), self._tip(photo)) for photo in self._photos]
            )
        self._words.show_words(words)
        if changed:
            self.refit.emit()

    def photos(self) -> tuple[Photo, ...]:
        return self._photos

    def focus_target(self) -> QWidget:
        return self.strip

    def sizeHint(self) -> QSize:
        return QSize(self.strip.sizeHint().width() + 16 + self._words.sizeHint().width(), self._height(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.strip.minimumSizeHint().width(), self.strip.minimumSizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._height(width)

    def _height(self, width: int) -> int:
        return self.strip.heightForWidth(max(width - 140, self.strip.minimumSizeHint().width()))

    def _tip(self, photo: Photo) -> str:
        taken = photo.taken_at or photo.added_at
        return self.tr("{0}，{1}。Delete 移除").format(photo.name, taken.strftime("%m-%d %H:%M"))

    @Slot(str)
    def _arrived(self, sha256: str) -> None:
        image = self._pictures.get(sha256)
        for photo in self._photos:
            if photo.sha256 == sha256 and image is not None:
                self.strip.set_image(photo.id, image)

    @Slot(list)
    def _dropped(self, files: list[Path]) -> None:
        self.files_dropped.emit(files)


class _Words(Painted):
    """One or two lines of 12, in the middle of the tiles' height."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str] = []

    def show_words(self, words: str) -> None:
        self._lines = words.splitlines()
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.px(60), self.px(40))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def paintEvent(self, event: object) -> None:
        del event
        painter = self.painter()
        height = self.px(20)
        area = self.area()
        area.setTop(area.center().y() - height * len(self._lines) / 2)
        area.setHeight(height)
        for line in self._lines:
            paint.text(painter, area, line, "text2", SIZE_META)
            area.translate(0, height)
        painter.end()
