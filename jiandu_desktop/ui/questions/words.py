"""Questions answered in words: one line, several lines, a code read by a scanner, a place by hand."""

from __future__ import annotations

import re
import unicodedata

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.questions.long_text import LongText
from jiandu_desktop.ui.questions.question import Kind, Question, QuestionField
from jiandu_desktop.ui.questions.short_text import RoomLineEdit
from jiandu_desktop.ui.widgets.answer_keys import RING

SHORT_WIDTH = 240
"""Codes and places stand at the right of their question; words get the full width below it."""


class LineField(QuestionField):
    """One line: text over the full width, or a code or place at the right."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._value = ""
        self.wide = kind is Kind.TEXT
        self.edit = RoomLineEdit(self)
        if kind is Kind.PLACE:
            self.edit.setPlaceholderText(self.tr("纬度，经度"))
        elif kind is Kind.CODE:
            self.edit.setPlaceholderText(self.tr("扫码枪或手工输入"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, RING, 0 if self.wide else RING, RING)
        row.addWidget(self.edit)
        self.edit.textEdited.connect(self.typing)
        self.edit.returnPressed.connect(self._entered)
        self.edit.left.connect(self._settle)
        self.setFocusProxy(self.edit)

    def show_question(self, question: Question) -> None:
        shown = self._shown(question.value)
        if self.edit.text() in (self._shown(self._value), "") and self.edit.text() != shown:
            self.edit.setText(shown)
        self._value = question.value
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

    def _shown(self, value: str) -> str:
        if self._kind is Kind.PLACE and value:
            return ",".join(value.split()[:2])
        return value

    @Slot()
    def _settle(self) -> None:
        value = self.edit.text().strip()
        if self._kind is Kind.PLACE:
            parsed = parse_place(value)
            if parsed is None:
                self.edit.setText(self._shown(self._value))
                return
            if parsed.split()[:2] == self._value.split()[:2]:
                return
            value = parsed
        if value != self._value:
            self._value = value
            self.edit.setText(self._shown(value))
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
        self.edit = LongText(2, 8, self)
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


def parse_place(text: str) -> str | None:
    """ "28.21,112.93" as the engine's "28.21 112.93 0 0"; "" for nothing, None for what is no place on earth."""
    narrow = unicodedata.normalize("NFKC", text).strip()
    if not narrow:
        return ""
    parts = [part for part in re.split(r"[\s,、;]+", narrow) if part]
    if len(parts) < 2 or not all(re.fullmatch(r"-?\d+(\.\d+)?", part) for part in parts[:2]):
        return None
    latitude, longitude = float(parts[0]), float(parts[1])
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return f"{parts[0]} {parts[1]} 0 0"
