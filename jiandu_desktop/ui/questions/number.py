"""Numbers: a field 96 wide, right-aligned, unit behind; checked while it is typed."""

from __future__ import annotations

import unicodedata
from decimal import Decimal, InvalidOperation
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.questions.question import Kind, Question, QuestionField
from jiandu_desktop.ui.questions.short_text import RoomLineEdit
from jiandu_desktop.ui.widgets.answer_keys import RING
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.text import Label

FIELD_WIDTH = 96

THIN = "\u2009"
"""The gap between thousands."""

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


def grouped(text: str) -> str:
    """12860 as 12 860, with a thin gap between thousands; what is no number stays as it is."""
    if not is_number(text):
        return text
    sign, whole = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, rest = whole.partition(".")
    groups = []
    while len(whole) > 3:
        groups.append(whole[-3:])
        whole = whole[:-3]
    return sign + THIN.join([whole, *reversed(groups)]) + point + rest


class NumberEdit(RoomLineEdit):
    """Tells when it gets the keyboard: then it shows the bare number."""

    came = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.came.emit()
        super().focusInEvent(event)


class NumberField(QuestionField):
    """Integer and decimal questions; with `counter` two buttons, with `thousands-sep` gaps while nobody types."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = True
        self._value = ""
        self._gaps = False
        self._counts = False
        self.edit = NumberEdit(self)
        self.fewer = Button("", "", "minus")
        self.more = Button("", "", "plus")
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._unit = Label("", "", "text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, RING, RING, RING)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.fewer)
        row.addWidget(self.edit)
        row.addWidget(self.more)
        row.addWidget(self._unit)
        for button, step, words in ((self.fewer, -1, self.tr("减一")), (self.more, 1, self.tr("加一"))):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAccessibleName(words)
            button.setToolTip(f"{words}  {'-' if step < 0 else '+'}")
            button.clicked.connect(partial(self._count, step))
            button.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._settle)
        self.edit.textEdited.connect(self._edited)
        self.edit.returnPressed.connect(self._entered)
        self.edit.left.connect(self._settle)
        self.edit.left.connect(self._show_value)
        self.edit.came.connect(self._show_bare)
        self.setFocusProxy(self.edit)

    def show_question(self, question: Question) -> None:
        self._whole = question.kind is Kind.WHOLE
        self._gaps = question.looks("thousands-sep")
        counts = question.looks("counter") and not question.readonly
        if counts != self._counts:
            self._counts = counts
            self.fewer.setVisible(counts)
            self.more.setVisible(counts)
            self.refit.emit()
        self._value = question.value
        self.edit.setFixedWidth(theme().px(FIELD_WIDTH))
        self.edit.setAccessibleName(question.label)
        self.edit.setReadOnly(question.readonly)
        unit = question.unit
        if unit != self._unit.text():
            self._unit.setText(unit)
            self._unit.setVisible(bool(unit))
            self.refit.emit()
        typing = self._pause.isActive() or (self.edit.hasFocus() and same_number(self.edit.text(), question.value))
        if not typing:
            self._show_value()
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
        if self._counts:
            width += self.fewer.sizeHint().width() + self.more.sizeHint().width() + 16
        return QSize(width, theme().tokens.control + 2 * RING)

    @Slot()
    def _show_value(self) -> None:
        """The answer, with its gaps where they are wanted and nobody is typing."""
        shown = grouped(self._value) if self._gaps and not self.edit.hasFocus() else self._value
        if self.edit.text() != shown and (not self.edit.hasFocus() or not self._pause.isActive()):
            self.edit.setText(shown)

    @Slot()
    def _show_bare(self) -> None:
        bare = self.edit.text().replace(THIN, "")
        if bare != self.edit.text():
            self.edit.setText(bare)

    def _count(self, step: int, checked: bool = False) -> None:
        """One more or one fewer than what stands there; from nothing to one, never below nothing by a button."""
        del checked
        text = self.edit.text().replace(THIN, "")
        now = Decimal(text) if is_number(text) else Decimal(0)
        self.edit.setText(str(max(now + step, Decimal(0))))
        self._settle()
        self._show_value()

    @Slot(str)
    def _edited(self, text: str) -> None:
        if self._counts and text[-1:] in ("+", "＋", "-", "－") and text[:-1]:
            self.edit.setText(text[:-1])
            self._count(1 if text[-1] in "+＋" else -1)
            return
        cleaned = clean_number(text, self._whole)
        if cleaned != text:
            self.edit.setText(cleaned)
        self.typing.emit(cleaned)
        self._pause.start()

    @Slot()
    def _settle(self) -> None:
        self._pause.stop()
        text = self.edit.text().replace(THIN, "")
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
