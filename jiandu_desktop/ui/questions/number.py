"""Numbers: a field 96 wide, right-aligned, unit behind; checked while it is typed."""

from __future__ import annotations

import unicodedata
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.questions.question import Kind, Question, QuestionField
from jiandu_desktop.ui.questions.short_text import RoomLineEdit
from jiandu_desktop.ui.widgets.answer_keys import RING
from jiandu_desktop.ui.widgets.text import Label

FIELD_WIDTH = 96

PAUSE_MS = 450
"""So long after the last key a number counts as answered and its rules are looked at."""


def clean_number(text: str, whole: bool) -> str:
    """What of `text` can stand in a number: full-width digits and signs become ASCII, all else is left out."""
    narrow = unicodedata.normalize("NFKC", text).replace("。", ".")
    allowed = "0123456789-" if whole else "0123456789-."
    return "".join(sign for sign in narrow if sign in allowed)


def is_number(text: str) -> bool:
    """Whether the cleaned text is a finished number ("-" and "." are not yet)."""
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def same_number(text: str, other: str) -> bool:
    """Whether both are the same answer: the engine writes 12. as 12, and the field must not jump under the hand."""
    if is_number(text) and is_number(other):
        return Decimal(text) == Decimal(other)
    return text == other


class NumberField(QuestionField):
    """Integer, decimal and range questions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = True
        self._value = ""
        self.edit = RoomLineEdit(self)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._unit = Label("", "", "text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, RING, RING, RING)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.edit)
        row.addWidget(self._unit)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._settle)
        self.edit.textEdited.connect(self._edited)
        self.edit.returnPressed.connect(self._entered)
        self.edit.left.connect(self._settle)
        self.setFocusProxy(self.edit)

    def show_question(self, question: Question) -> None:
        self._whole = question.kind is Kind.WHOLE or (
            question.kind is Kind.RANGE and "." not in question.step + question.lowest
        )
        self._value = question.value
        self.edit.setFixedWidth(theme().px(FIELD_WIDTH))
        self.edit.setAccessibleName(question.label)
        self.edit.setReadOnly(question.readonly)
        unit = question.unit
        if question.kind is Kind.RANGE and not unit:
            unit = self.tr("{}–{}").format(question.lowest, question.highest)
        if unit != self._unit.text():
            self._unit.setText(unit)
            self._unit.setVisible(bool(unit))
            self.refit.emit()
        typing = self._pause.isActive() or (self.edit.hasFocus() and same_number(self.edit.text(), question.value))
        if not typing and self.edit.text() != question.value:
            self.edit.setText(question.value)
        self.edit.set_warning(bool(question.warning))

    def show_unsaved(self, text: str) -> None:
        self.edit.setText(text)
        self._pause.start()

    def commit(self) -> None:
        self._settle()

    def focus_target(self) -> QWidget:
        return self.edit

    def sizeHint(self) -> QSize:
        unit = self._unit.text()
        width = theme().px(FIELD_WIDTH) + RING
        if unit:
            width += 8 + round(paint.text_width(unit)) + 2
        return QSize(width, theme().tokens.control + 2 * RING)

    @Slot(str)
    def _edited(self, text: str) -> None:
        cleaned = clean_number(text, self._whole)
        if cleaned != text:
            self.edit.setText(cleaned)
        self.typing.emit(cleaned)
        self._pause.start()

    @Slot()
    def _settle(self) -> None:
        self._pause.stop()
        text = self.edit.text()
        if text and not is_number(text):
            if not self.edit.hasFocus():
                self.edit.setText(self._value)
            return
        if not self.edit.hasFocus() and same_number(text, self._value):
            self.edit.setText(self._value)
        if not same_number(text, self._value):
            self._value = text
            self.answered.emit(text, False)

    @Slot()
    def _entered(self) -> None:
        self._settle()
        self.went_on.emit()
