"""A text field of several lines that grows with its text: Enter confirms, Shift+Enter breaks the line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.questions.short_text import is_the_rooms

PADDING = 6
"""Between the edge and the text, above and below, in logical pixels."""


class LongText(QPlainTextEdit):
    """Shows between `least` and `most` lines, then scrolls.

    Undo belongs to the field only while it has something of its own to undo; else Ctrl+Z is left to the room.
    """

    confirmed = Signal()
    typed = Signal()
    """The user, not the program, changed the text."""
    left = Signal()
    height_changed = Signal()

    def __init__(self, least: int = 2, most: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self._height = 0
        self._setting = False
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)  # what is dropped here is a photo for the item, not the words of its path
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(PADDING - 2)
        self.textChanged.connect(self._text_changed)

    def set_least(self, lines: int) -> None:
        """Shows at least so many lines from now on."""
        if lines != self._least:
            self._least = lines
            self.fit()

    def text(self) -> str:
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Replaces the text without calling it typed; the cursor stays at the end."""
        if text == self.toPlainText():
            return
        self._setting = True
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._setting = False
        self.fit()

    def replace_typed(self, text: str) -> None:
        """Replaces the text as if the user had typed it, so that it can be undone and is saved."""
        self.selectAll()
        self.insertPlainText(text)

    @Slot()
    def fit(self) -> None:
        """Takes the height its text needs at the present width."""
        wanted = self._height_for_text()
        if wanted != self._height:
            self._height = wanted
            self.setFixedHeight(wanted)
            self.updateGeometry()
            self.height_changed.emit()

    def sizeHint(self) -> QSize:
        return QSize(240, self._height_for_text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            QTimer.singleShot(0, self, self.fit)
        if round(self.document().size().height()) <= self._most:
            # What was set while the field was lower stays scrolled to its end, with its first line out of sight.
            self.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.insertPlainText("\n")
                return
            if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self.confirmed.emit()
                return
            event.ignore()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if is_the_rooms(event, self.document().isUndoAvailable(), self.document().isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)
            self.left.emit()

    def _height_for_text(self) -> int:
        lines = max(1, round(self.document().size().height()))
        shown = max(self._least, min(lines, self._most))
        always = Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines > self._most else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(always)
        line = QFontMetricsF(theme().font()).lineSpacing()
        return round(shown * line) + 2 * PADDING + 2

    @Slot()
    def _text_changed(self) -> None:
        self.fit()
        if not self._setting:
            self.typed.emit()
