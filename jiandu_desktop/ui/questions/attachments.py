"""File, sound and film questions: each file with its name and size, to be opened, saved elsewhere or removed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from jiandu_desktop.domain import attachment
from jiandu_desktop.domain.visit import Photo
from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import RADIUS_CONTROL, SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.questions.media import MediaField, wanted_words
from jiandu_desktop.ui.questions.question import Question
from jiandu_desktop.ui.widgets.answer_keys import RING
from jiandu_desktop.ui.widgets.buttons import Button, IconButton
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.widgets.text import Label


def size_words(size: int) -> str:
    """Bytes as people read them: 812 KB, 3.4 MB."""
    if size < 1024:
        return f"{size} B"
    if size < attachment.MEGABYTE:
        return f"{size / 1024:.0f} KB"
    return f"{size / attachment.MEGABYTE:.1f} MB"


def icon_of(name: str) -> str:
    """The icon of a file by its kind."""
    kind = attachment.media_type(name).partition("/")[0]
    return {"audio": "play", "video": "play", "image": "camera"}.get(kind, "file-text")


class FileRow(Painted):
    """One file. Enter or a click opens it, Ctrl+S saves it elsewhere, Delete removes it."""

    opened = Signal(str)
    saved = Signal(str)
    removed = Signal(str)

    def __init__(self, photo: Photo, removable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photo = photo
        self._removable = removable
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        size = size_words(photo.bytes)
        self.setAccessibleName(self.tr("文件 {0}，{1}").format(photo.name, size))
        can_open = attachment.is_readable(photo.name)
        self.open_button = IconButton("eye", self.tr("打开"), self)
        self.open_button.setVisible(can_open)
        self.save_button = IconButton("download", self.tr("另存为"), self)
        self.remove_button = IconButton("trash-2", self.tr("移除"), self)
        self.remove_button.setVisible(removable)
        self.setToolTip("" if can_open else self.tr("这类文件不直接打开，请另存后查看"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(0)
        row.addStretch(1)
        for button in (self.open_button, self.save_button, self.remove_button):
            row.addWidget(button)
        self.open_button.clicked.connect(self._open)
        self.save_button.clicked.connect(self._save)
        self.remove_button.clicked.connect(self._remove)

    def sizeHint(self) -> QSize:
        return QSize(self.px(360), theme().tokens.control + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        paint.rounded(painter, self.area(), RADIUS_CONTROL, "sunken", "line")
        paint.icon(painter, icon_of(self.photo.name), 12, self.height() / 2, self.px(18), "text2")
        shown = [each for each in (self.open_button, self.save_button, self.remove_button) if not each.isHidden()]
        right = shown[0].x() - 8
        size = size_words(self.photo.bytes)
        left = 12 + self.px(18) + 10
        area = QRectF(left, 0, right - left - paint.text_width(size, SIZE_META) - 12, self.height())
        used = paint.text(painter, area, self.photo.name, "text", SIZE_TEXT, middle=True)
        area = QRectF(left + used + 12, 0, right - left - used - 12, self.height())
        paint.text(painter, area, size, "text2", SIZE_META)
        if self.hasFocus():
            paint.focus_ring(painter, self.area(), RADIUS_CONTROL)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self._open()
        elif event.key() == Qt.Key.Key_S and control:
            self._save()
        elif event.key() == Qt.Key.Key_Delete:
            self._remove()
        else:
            event.ignore()

    def focusInEvent(self, event: object) -> None:
        del event
        self.update()

    def focusOutEvent(self, event: object) -> None:
        del event
        self.update()

    @Slot()
    def _open(self) -> None:
        if attachment.is_readable(self.photo.name):
            self.opened.emit(self.photo.id)
        else:
            self.saved.emit(self.photo.id)

    @Slot()
    def _save(self) -> None:
        self.saved.emit(self.photo.id)

    @Slot()
    def _remove(self) -> None:
        if self._removable:
            self.removed.emit(self.photo.id)


class AttachmentField(MediaField):
    """The files there are, one below the other, and the button that adds one; files may be dropped on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photos: tuple[Photo, ...] | None = None
        self._readonly = False
        self.rows: list[FileRow] = []
        self.add = Button(self.tr("选文件"), icon="paperclip", parent=self)
        self.add.clicked.connect(self.wanted)
        self._words = Label("", "meta")
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._files = QVBoxLayout()
        self._files.setSpacing(6)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.add)
        foot.addWidget(self._words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, RING, 0, RING)
        column.setSpacing(6)
        column.addLayout(self._files)
        column.addLayout(foot)
        self.setAcceptDrops(True)
        self.setFocusProxy(self.add)

    def show_question(self, question: Question) -> None:
        self._readonly = question.readonly
        self.add.setAccessibleName(f"{question.label} {self.add.text()}")
        self.add.setVisible(not question.readonly)
        self._words.setText("" if question.readonly else wanted_words(question))
        self._words.setToolTip(self._words.text())
        self._words.setVisible(not question.readonly)
        self.setAcceptDrops(not question.readonly)
        if question.photos != self._photos:
            self._photos = question.photos
            self._show_files(question.photos)

    def focus_target(self) -> QWidget:
        return self.rows[0] if self.rows and self._readonly else self.add

    def sizeHint(self) -> QSize:
        control = theme().tokens.control
        lines = len(self.rows) * (control + 4 + 6) + (0 if self._readonly else control)
        return QSize(theme().px(420), max(lines, control) + 2 * RING)

    def hasHeightForWidth(self) -> bool:
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.files_dropped.emit(files)
            event.acceptProposedAction()

    def _show_files(self, photos: tuple[Photo, ...]) -> None:
        now = QApplication.focusWidget()
        had_focus = now is not None and any(row is now or row.isAncestorOf(now) for row in self.rows)
        for row in self.rows:
            row.hide()
            self._files.removeWidget(row)
            row.deleteLater()
        self.rows = [FileRow(photo, not self._readonly, self) for photo in photos]
        for row in self.rows:
            row.opened.connect(self.opened)
            row.saved.connect(self.saved)
            row.removed.connect(self.removed)
            self._files.addWidget(row)
            row.show()
        if had_focus:
            self.focus_target().setFocus()
        self.refit.emit()
