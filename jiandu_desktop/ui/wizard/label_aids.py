"""What stands under a question's words: its picture, a sound or film to play, and 填写说明 that opens on demand."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import RADIUS_BADGE, SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.questions.marked import MarkedText
from jiandu_desktop.ui.questions.question import Question
from jiandu_desktop.ui.widgets.buttons import Link
from jiandu_desktop.ui.widgets.painted import Painted

PICTURE_HEIGHT = 150
_GAP = 6


class LabelAids(Painted):
    """One light widget per question that has any of these; the others have none."""

    moved = Signal()
    """Its height has changed."""

    opened = Signal(str, str)
    """Kind (image, audio, video) and name of the attached file that is to be opened."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._question: Question | None = None
        self._guidance: MarkedText | None = None
        self.open = False
        self.picture: _Picture | None = None
        self.links: list[Link] = []
        self.fold: Link | None = None

    def show_aids(self, question: Question) -> None:
        """Shows what the question brings along; an opened 填写说明 stays open."""
        before = self._question
        self._question = question
        if before is not None and (before.media, before.guidance) == (question.media, question.guidance):
            return
        for link in self.links:
            link.hide()
            link.deleteLater()
        self.links = []
        image = question.media.get("image", "")
        if image and self.picture is None:
            self.picture = _Picture(self)
            self.picture.pressed.connect(self._open_picture)
        if self.picture is not None:
            self.picture.show_picture(question)
            self.picture.setVisible(bool(image))
        for kind, words in (("audio", self.tr("播放声音")), ("video", self.tr("播放录像"))):
            if question.media.get(kind):
                self._add_player(kind, words, question.media[kind])
        self._show_guidance(question.guidance)
        self.moved.emit()

    def _add_player(self, kind: str, words: str, name: str) -> None:
        link = Link(words, SIZE_META, parent=self)
        link.setToolTip(name)
        link.clicked.connect(lambda: self.opened.emit(kind, name))
        link.show()
        self.links.append(link)

    def _show_guidance(self, guidance: str) -> None:
        if guidance and self.fold is None:
            self.fold = Link("", SIZE_META, parent=self)
            self.fold.clicked.connect(self.toggle)
        if self.fold is not None:
            self.fold.setVisible(bool(guidance))
            self.fold.setText(self.tr("收起填写说明") if self.open else self.tr("填写说明"))
        self._guidance = MarkedText(guidance, SIZE_TEXT, "text2") if guidance else None

    @Slot()
    def toggle(self) -> None:
        """Opens or closes 填写说明."""
        self.open = not self.open
        if self.fold is not None:
            self.fold.setText(self.tr("收起填写说明") if self.open else self.tr("填写说明"))
        self.moved.emit()
        self.update()

    def fit(self, width: int) -> int:
        """Lays everything out for `width`; returns the height."""
        y, x = 0, 0
        if self.picture is not None and not self.picture.isHidden():
            size = self.picture.fitted(width)
            self.picture.setGeometry(0, y, size.width(), size.height())
            y += size.height() + _GAP
        row = 0
        for link in (*self.links, self.fold):
            if link is None or link.isHidden():
                continue
            size = link.sizeHint()
            link.setGeometry(x, y, size.width(), self.px(24))
            x += size.width() + self.px(16)
            row = self.px(24)
        y += row
        if self.open and self._guidance is not None:
            y += round(self._guidance.height(width - self.px(24))) + self.px(20)
        return y

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if not self.open or self._guidance is None:
            return
        painter = self.painter()
        height = self._guidance.height(self.width() - self.px(24))
        top = self.height() - height - self.px(16)
        box = QRectF(0, top - self.px(4), self.width(), height + self.px(12))
        paint.rounded(painter, box, RADIUS_BADGE, "sunken")
        painter.fillRect(QRectF(0, box.top(), 2, box.height()), theme().color("accent_line"))
        self._guidance.paint(painter, self.px(14), top + self.px(2))
        painter.end()

    @Slot()
    def _open_picture(self) -> None:
        if self._question is not None:
            media = self._question.media
            self.opened.emit("image", media.get("big-image") or media.get("image", ""))


class _Picture(Painted):
    """The label's picture; a click, Enter or Space shows it large."""

    pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._question: Question | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(self.tr("点一下看大图"))

    def show_picture(self, question: Question) -> None:
        self._question = question
        self.setAccessibleName(self.tr("图：{}").format(question.label))
        self.update()

    def fitted(self, width: int) -> QSize:
        question = self._question
        name = question.media.get("image", "") if question is not None else ""
        if question is None or not name:
            return QSize()
        size = question.pictures.fitted(name, QSize(width, self.px(PICTURE_HEIGHT)))
        return size if not size.isEmpty() else QSize(width, self.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        question = self._question
        if question is None:
            return
        painter = self.painter()
        name = question.media.get("image", "")
        image = question.pictures.image(name, self.size())
        if image.isNull():
            paint.icon(painter, "circle-alert", 0, self.height() / 2, self.px(16), "text2")
            words = self.tr("表单里的图没有随表带来：{}").format(name)
            paint.text(painter, self.area().adjusted(self.px(22), 0, 0, 0), words, "text2", SIZE_META)
        else:
            painter.drawImage(self.area(), image)
        if self.hasFocus():
            paint.focus_ring(painter, self.area(), RADIUS_BADGE)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            event.ignore()
