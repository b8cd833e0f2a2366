"""Photo questions, drawn ones among them, and the strip of photos that proves any other answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jiandu_desktop.domain.visit import Photo
from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_META
from jiandu_desktop.ui.questions.drawing import DrawingDesk, Drawn, SigningDesk, encoded, marked_name
from jiandu_desktop.ui.questions.media import MediaField
from jiandu_desktop.ui.questions.pictures import Pictures
from jiandu_desktop.ui.questions.question import Question
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.widgets.photos import Photo as Tile
from jiandu_desktop.ui.widgets.photos import PhotoStrip


class PhotoField(MediaField):
    """Tiles, the dashed tile, and at the right how many are wanted; a button where the form asks to draw."""

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._photos: tuple[Photo, ...] = ()
        self.strip = PhotoStrip()
        self._words = _Words()
        self._label = ""
        self._made = ""
        self._awaited: Photo | None = None
        self.make: Button | None = None
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
        pictures.whole_read.connect(self._whole_read)
        self.setFocusProxy(self.strip)

    def show_question(self, question: Question) -> None:
        self.strip.set_read_only(question.readonly)
        self.strip.setAccessibleName(question.label)
        self._label = question.label
        self._show_make(question)
        self.show_photos(question.photos, self._invitation(question))

    def _invitation(self, question: Question) -> str:
        """What is there, or how something gets there."""
        if question.photos:
            return self.tr("已有 {} 张").format(len(question.photos))
        if self._made in ("draw", "signature"):
            return ""
        if question.looks("new", "new-front"):
            return self.tr("本机没有相机：请用手机拍，\n再从文件或手机文件夹选取")
        return self.tr("拖入、粘贴或选文件")

    def _show_make(self, question: Question) -> None:
        self._made = next((word for word in ("signature", "draw", "annotate") if question.looks(word)), "")
        if not self._made:
            return
        if self.make is None:
            self.make = Button("", icon="signature" if self._made == "signature" else "pencil", parent=self)
            self.make.clicked.connect(self._make)
            row = self.layout()
            assert isinstance(row, QHBoxLayout)
            row.insertWidget(1, self.make, 0, Qt.AlignmentFlag.AlignTop)
        some = bool(question.photos)
        if self._made != "annotate":
            self.strip.set_growing(False)
            self.strip.setVisible(some)
        words = {
            "signature": self.tr("重新签名") if some else self.tr("签名"),
            "draw": self.tr("接着画") if some else self.tr("画图"),
            "annotate": self.tr("在照片上标注"),
        }
        self.make.setText(words[self._made])
        self.make.setAccessibleName(f"{question.label} {words[self._made]}")
        self.make.setEnabled(not question.readonly and (some or self._made != "annotate"))
        self.make.updateGeometry()

    @Slot()
    def _make(self) -> None:
        """Opens the desk: on the newest photo, on the drawing there is, or empty."""
        last = self._photos[-1] if self._photos else None
        if self._made == "signature":
            signing = SigningDesk(self, self._label)
            replaced = last.id if last is not None else ""
            signing.drawn.connect(lambda image: self._tell(image, "signature.png", replaced))
            signing.closed.connect(signing.deleteLater)
            signing.sign()
        elif last is not None:
            self._awaited = last
            self._pictures.read_whole(last.sha256)
        elif self._made == "draw":
            self._draw(None, QImage())

    @Slot(str, QImage)
    def _whole_read(self, sha256: str, image: QImage) -> None:
        photo = self._awaited
        if photo is not None and photo.sha256 == sha256:
            self._awaited = None
            if image.isNull():
                self.opened.emit(photo.id)  # its file is gone: opening it says so
            else:
                self._draw(photo, image)

    def _draw(self, photo: Photo | None, image: QImage) -> None:
        desk = DrawingDesk(self, self._label)
        if self._made == "annotate" and photo is not None:
            # The photo stays beside its marked copy, unless a face was covered; a copy marked again is replaced.
            name, covered = marked_name(photo.name), photo.id
            always = covered if photo.name == name else ""
        else:
            name, covered, always = "drawing.png", "", photo.id if photo is not None else ""

        def tell(picture: QImage) -> None:
            self._tell(picture, name, covered if desk.sheet.hides() and covered else always, covered)

        desk.drawn.connect(tell)
        desk.closed.connect(desk.deleteLater)
        desk.draw_on(image)

    def _tell(self, image: QImage, name: str, replaced: str, covered: str = "") -> None:
        content = encoded(image, name.endswith(".jpg"))
        self.drawn.emit(Drawn(content=content, name=name, replaces=replaced, covers=covered))

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
        return self.strip if self.make is None or self._made == "annotate" else self.make

    def sizeHint(self) -> QSize:
        make = self.make.sizeHint().width() + 16 if self.make is not None else 0
        width = self.strip.sizeHint().width() + 16 + make + self._words.sizeHint().width()
        return QSize(width, self._height(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.strip.minimumSizeHint().width(), self.strip.minimumSizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._height(width)

    def _height(self, width: int) -> int:
        if self.strip.isHidden():
            return theme().tokens.control
        beside = 140 + (self.make.sizeHint().width() + 16 if self.make is not None else 0)
        return self.strip.heightForWidth(max(width - beside, self.strip.minimumSizeHint().width()))

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
