"""Questions that ask little: a note to read, a thing to acknowledge, a value that is only shown."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.questions.number import grouped
from jiandu_desktop.ui.questions.question import Question, QuestionField
from jiandu_desktop.ui.widgets.answer_keys import RING
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.text import Label

ACKNOWLEDGED = "OK"
"""What ODK stores for an acknowledge question."""


class NoteField(QuestionField):
    """A note has no answer: the row shows its words, and the focus passes over it."""

    def show_question(self, question: Question) -> None:
        del question

    def sizeHint(self) -> QSize:
        return QSize(0, theme().tokens.control + 2 * RING)


class ShownField(QuestionField):
    """A calculated or read-only value, in bold, with its unit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = Label("", "strong")
        self._unit = Label("", "", "text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, RING, RING, RING)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self._value)
        row.addWidget(self._unit)

    def show_question(self, question: Question) -> None:
        shown = shown_value(question) or "—"
        if self._value.text() != shown or self._unit.text() != question.unit:
            self._value.setText(shown)
            self._unit.setText(question.unit)
            self._unit.setVisible(bool(question.unit))
            self.refit.emit()
        self.setAccessibleName(question.label)
        self.setAccessibleDescription(f"{question.value} {question.unit}".strip())

    def sizeHint(self) -> QSize:
        width = self._value.sizeHint().width() + RING + 8
        if self._unit.text():
            width += self._unit.sizeHint().width() + 8
        return QSize(width, theme().tokens.control + 2 * RING)


def shown_value(question: Question) -> str:
    """The answer as it is read: days and times in Chinese order, thousands with their gap where the form asks."""
    value = question.value
    if question.item_kind in ("integer", "decimal", "range", "calculate") or question.looks("thousands-sep"):
        return grouped(value) if question.looks("thousands-sep") else value
    if question.item_kind == "datetime":
        return value[:16].replace("T", " ")
    return value[:5] if question.item_kind == "time" else value


class AcknowledgeField(QuestionField):
    """One toggle: 已知悉."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._button = Button(self.tr("已知悉"))
        self._button.setCheckable(True)
        self._button.clicked.connect(self._clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, RING, RING, RING)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignRight)
        self.setFocusProxy(self._button)

    def show_question(self, question: Question) -> None:
        self._button.setChecked(question.value == ACKNOWLEDGED)
        self._button.set_icon("check" if question.value == ACKNOWLEDGED else "")
        self.refit.emit()
        self._button.setEnabled(not question.readonly)
        self._button.setAccessibleName(self.tr("{}：已知悉").format(question.label))

    def take_key(self, text: str) -> bool:
        if text == "1" and self._button.isEnabled():
            self._button.setChecked(True)
            self.answered.emit(ACKNOWLEDGED, True)
            return True
        return False

    def focus_target(self) -> QWidget:
        return self._button

    def sizeHint(self) -> QSize:
        return QSize(self._button.sizeHint().width() + RING, theme().tokens.control + 2 * RING)

    @Slot(bool)
    def _clicked(self, on: bool) -> None:
        self.answered.emit(ACKNOWLEDGED if on else "", False)
