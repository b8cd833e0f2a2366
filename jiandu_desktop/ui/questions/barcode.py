"""Codes read by a scanner that types like a keyboard: a burst of keys that ends with Enter."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.questions.question import Question, QuestionField
from jiandu_desktop.ui.questions.short_text import RoomLineEdit
from jiandu_desktop.ui.widgets.answer_keys import RING

WIDTH = 280

BURST_S = 0.06
"""Keys nearer to each other than this are typed by a scanner; the quickest typist needs twice as long."""

LEAST_BURST = 4

_ENDS = frozenset((Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab))


class CodeEdit(RoomLineEdit):
    """Takes what a scanner types as it is: no input method in between, and no key of it is a command of the room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._burst = ""
        self._before = ""
        self._last = 0.0

    def is_scanning(self, event: QKeyEvent) -> bool:
        """Whether keys are coming faster than a hand types."""
        return bool(self._burst) and _pressed_at(event) - self._last < BURST_S

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.is_scanning(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ENDS:
            self._end_burst(event)
            if event.key() == Qt.Key.Key_Tab and self._burst:
                # Some scanners end with Tab instead of Enter.
                self._burst = ""
                self.returnPressed.emit()
                return True
            self._burst = ""
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        scanning, text = self.is_scanning(event), event.text()
        command = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if text and text.isprintable() and not command:
            if not scanning:
                self._before, self._burst = self.text(), ""
            self._burst += text
            self._last = _pressed_at(event)
        elif scanning and command:
            return  # a control sign within the code, which no field of a record can hold
        super().keyPressEvent(event)

    def _end_burst(self, event: QKeyEvent) -> None:
        """What is scanned replaces what stood there: a second scan is a correction, not a longer code."""
        if len(self._burst) < LEAST_BURST or not self.is_scanning(event):
            self._burst = ""
        elif self._before and self.text() != self._burst:
            self.setText(self._burst)


class CodeField(QuestionField):
    """One line at the right; the value is kept letter by letter as it came, leading zeros and spaces included."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = ""
        self.edit = CodeEdit(self)
        self.edit.setPlaceholderText(self.tr("扫码枪扫入，或手工输入"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, RING, RING, RING)
        row.addWidget(self.edit)
        self.edit.textEdited.connect(self.typing)
        self.edit.returnPressed.connect(self._entered)
        self.edit.left.connect(self._settle)
        self.setFocusProxy(self.edit)

    def show_question(self, question: Question) -> None:
        if self.edit.text() in (self._value, "") and self.edit.text() != question.value:
            self.edit.setText(question.value)
        self._value = question.value
        self.edit.setAccessibleName(question.label)
        self.edit.setReadOnly(question.readonly)
        self.edit.set_warning(bool(question.warning))

    def show_unsaved(self, text: str) -> None:
        self.edit.setText(text)

    def take_key(self, text: str) -> bool:
        """A scan may begin while the item, not its field, has the keyboard."""
        if self.edit.isReadOnly() or not text.isprintable():
            return False
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.selectAll()
        self.edit.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, text))
        return True

    def commit(self) -> None:
        self._settle()

    def focus_target(self) -> QWidget:
        return self.edit

    def sizeHint(self) -> QSize:
        return QSize(theme().px(WIDTH), theme().tokens.control + 2 * RING)

    @Slot()
    def _settle(self) -> None:
        value = self.edit.text()
        if value != self._value:
            self._value = value
            self.answered.emit(value, False)

    @Slot()
    def _entered(self) -> None:
        self._settle()
        self.edit.selectAll()
        self.went_on.emit()


def _pressed_at(event: QKeyEvent) -> float:
    """Seconds: by the system's own note where there is one, so that keys that had to wait do not look like a burst."""
    return event.timestamp() / 1000 or monotonic()
