"""Questions answered in words: one line, or several."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.questions.long_text import LongText
from jiandu_desktop.ui.questions.question import Question, QuestionField
from jiandu_desktop.ui.questions.short_text import RoomLineEdit
from jiandu_desktop.ui.widgets.answer_keys import RING

SHORT_WIDTH = 240
MOST_LINES = 12
"""A text of more lines scrolls in its field."""


def figures(text: str) -> str:
    """What of a text stays where only figures and their signs are asked for: full-width ones become plain."""
    narrow = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in narrow if sign.isdecimal() or sign in " +-*#().,/")


class LineField(QuestionField):
    """One line over the full width."""

    wide = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = ""
        self._figures = False
        self.edit = RoomLineEdit(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, RING, 0, RING)
        row.addWidget(self.edit)
        self.edit.textEdited.connect(self._edited)
        self.edit.returnPressed.connect(self._entered)
        self.edit.left.connect(self._settle)
        self.setFocusProxy(self.edit)

    def show_question(self, question: Question) -> None:
        if self.edit.text() in (self._value, "") and self.edit.text() != question.value:
            self.edit.setText(question.value)
        self._value = question.value
        self._figures = question.looks("numbers")
        # Shown while it is typed: an inspector sees what he writes, the school's people later do not.
        masked = QLineEdit.EchoMode.PasswordEchoOnEdit if question.looks("masked") else QLineEdit.EchoMode.Normal
        if self.edit.echoMode() != masked:
            self.edit.setEchoMode(masked)
        self.edit.setAccessibleName(question.label)
        self.edit.setReadOnly(question.readonly)
        self.edit.set_warning(bool(question.warning))

    def show_unsaved(self, text: str) -> None:
        self.edit.setText(text)

    def commit(self) -> None:
        self._settle()

    def focus_target(self) -> QWidget:
        return self.edit

    def sizeHint(self) -> QSize:
        return QSize(theme().px(SHORT_WIDTH), theme().tokens.control + 2 * RING)

    @Slot(str)
    def _edited(self, text: str) -> None:
        if self._figures:
            plain = figures(text)
            if plain != text:
                self.edit.setText(plain)
                text = plain
        self.typing.emit(text)

    @Slot()
    def _settle(self) -> None:
        value = self.edit.text().strip()
        if value != self._value:
            self._value = value
            self.edit.setText(value)
            self.answered.emit(value, False)

    @Slot()
    def _entered(self) -> None:
        self._settle()
        self.went_on.emit()


class LongField(QuestionField):
    """Several lines; Enter goes on, Shift+Enter breaks the line."""

    wide = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = ""
        self.edit = LongText(2, MOST_LINES, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, RING, 0, RING)
        row.addWidget(self.edit)
        self.edit.typed.connect(self._typed)
        self.edit.confirmed.connect(self._entered)
        self.edit.left.connect(self._settle)
        self.edit.height_changed.connect(self.refit)
        self.setFocusProxy(self.edit)

    def show_question(self, question: Question) -> None:
        if self.edit.text() in (self._value, ""):
            self.edit.set_text(question.value)
        self._value = question.value
        rows = question.parameters.get("rows", "")
        if rows.isdecimal():
            self.edit.set_least(min(max(int(rows), 1), MOST_LINES))
        self.edit.setAccessibleName(question.label)
        self.edit.setReadOnly(question.readonly)

    def show_unsaved(self, text: str) -> None:
        self.edit.set_text(text)

    def commit(self) -> None:
        self._settle()

    def focus_target(self) -> QWidget:
        return self.edit

    def sizeHint(self) -> QSize:
        return QSize(theme().px(SHORT_WIDTH), self.edit.sizeHint().height() + 2 * RING)

    @Slot()
    def _typed(self) -> None:
        self.typing.emit(self.edit.text())

    @Slot()
    def _settle(self) -> None:
        value = self.edit.text().strip()
        if value != self._value:
            self._value = value
            self.answered.emit(value, False)

    @Slot()
    def _entered(self) -> None:
        self._settle()
        self.went_on.emit()
