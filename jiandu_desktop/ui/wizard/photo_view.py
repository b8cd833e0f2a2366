"""One photo over the whole room, as large as it fits; Esc goes back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jiandu_desktop.domain.visit import Photo
from jiandu_desktop.progress import Progress
from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.questions.drawing import DrawingDesk, Drawn, encoded, marked_name
from jiandu_desktop.ui.questions.pictures import upright
from jiandu_desktop.ui.tasks import Lane, Tasks
from jiandu_desktop.ui.widgets.buttons import Button

_MARGIN, _FOOT = 24, 64


class PhotoView(QWidget):
    """Covers its parent; closes itself with Esc, a click, or 移除 (where the record may still be changed)."""

    removed = Signal(str)
    annotated = Signal(str, object)
    """The item and a `drawing.Drawn`: a copy of the photo with marks on it."""

    closed = Signal()

    def __init__(self, parent: QWidget, *, removable: bool = True) -> None:
        super().__init__(parent)
        self._photo: Photo | None = None
        self._image = QImage()
        self._words = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # With their parent from the start: shown without one, a button would flash as a window and take the keyboard.
        self._remove = Button(self.tr("移除"), "", "trash-2", parent=self)
        self._annotate = Button(self.tr("标注"), "", "pencil", hint="E", parent=self)
        self._close = Button(self.tr("关闭"), "primary", hint="Esc", parent=self)
        self._remove.setVisible(removable)
        self._annotate.setVisible(removable)
        self._annotate.clicked.connect(self._annotate_clicked)
        self._remove.clicked.connect(self._remove_clicked)
        self._close.clicked.connect(self.leave)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._annotate)
        row.addWidget(self._remove)
        row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, 14)
        column.addStretch(1)
        column.addLayout(row)
        parent.installEventFilter(self)
        self.hide()

    def show_photo(self, photo: Photo, tasks: Tasks, read: Callable[[str], bytes]) -> None:
        """Opens at once and shows the picture as soon as it has been read."""
        self._photo, self._image = photo, QImage()
        taken = photo.taken_at or photo.added_at
        self._words = self.tr("{0}  {1} 拍摄  {2}×{3}").format(
            photo.name, taken.strftime("%Y-%m-%d %H:%M"), photo.width, photo.height
        )
        self._open()

        def work(progress: Progress) -> tuple[str, bytes]:
            del progress
            return photo.id, read(photo.sha256)

        tasks.run(Lane.POOL, work, done=self._arrived)

    def show_image(self, image: QImage, words: str) -> None:
        """A picture that is no photo of the visit, as of a question's label."""
        self._photo, self._image, self._words = None, image, words
        self._open()

    def _open(self) -> None:
        self.setAccessibleName(self._words)
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.show()
        self.raise_()
        self._close.setFocus()

    def is_shown(self) -> bool:
        """Whether the picture has been read and is there to be looked at."""
        return self.isVisible() and not self._image.isNull()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the room's keys rest while a photo is looked at
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() == Qt.Key.Key_E and not self._annotate.isHidden():
            self._annotate_clicked()
        elif event.key() == Qt.Key.Key_Delete and not self._remove.isHidden():
            self._remove_clicked()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        self.leave()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 216))
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_FOOT)
        if not self._image.isNull():
            size = self._image.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            spot = QRectF(0, 0, size.width(), size.height())
            spot.moveCenter(room.center())
            painter.drawImage(spot, self._image)
        foot = QRectF(_MARGIN, self.height() - _FOOT, self.width() - 280, _FOOT)
        paint.text(painter, foot, self._words, QColor(255, 255, 255))
        painter.end()

    @Slot()
    def leave(self) -> None:
        self.hide()
        self._image = QImage()
        self.closed.emit()

    @Slot()
    def _remove_clicked(self) -> None:
        if self._photo is not None:
            self.removed.emit(self._photo.id)
            self.leave()

    @Slot()
    def _annotate_clicked(self) -> None:
        """Draws on a copy; the photo stays as it was taken, unless a face was covered: then only the copy goes on."""
        photo = self._photo
        if photo is None or self._image.isNull():
            return
        desk = DrawingDesk(self, self.tr("在照片上标注"))
        name = marked_name(photo.name)

        def keep(image: QImage) -> None:
            replaced = photo.id if photo.name == name or desk.sheet.hides() else ""
            drawn = Drawn(content=encoded(image, True), name=name, replaces=replaced, covers=photo.id)
            self.annotated.emit(photo.ref, drawn)

        desk.drawn.connect(keep)
        desk.drawn.connect(self.leave)
        desk.closed.connect(desk.deleteLater)
        desk.draw_on(self._image)

    @Slot(object)
    def _arrived(self, found: tuple[str, bytes]) -> None:
        photo_id, content = found
        if self._photo is not None and self._photo.id == photo_id and self.isVisible():
            self._image = upright(content)
            self.update()
