"""Select-one questions with few and short choices: one joined strip of keys."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from jiandu_desktop.ui.questions.question import Option, Question, QuestionField
from jiandu_desktop.ui.widgets.answer_keys import AnswerChoice, AnswerKeys


class KeysField(QuestionField):
    """The joined strip; a digit, or the key the checklist names, answers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options: tuple[Option, ...] = ()
        self._quick = False
        self.strip = _Strip(self)
        self.strip.picked.connect(self._picked)
        self.strip.cleared.connect(self._cleared)
        self.setFocusProxy(self.strip)

    def show_question(self, question: Question) -> None:
        self._quick = question.looks("quick", "quickcompact")
        if question.options != self._options:
            self._options = question.options
            self.strip.set_choices(
                [AnswerChoice(option.name, option.label, option.tone.value, option.key) for option in question.options]
            )
            self.strip.keys = {option.key: place for place, option in enumerate(question.options, 1)}
            self.refit.emit()
        self.strip.set_name(question.label)
        self.strip.set_value(question.value or None)
        if self.strip.is_read_only != question.readonly:
            self.strip.set_read_only(question.readonly)

    def take_key(self, text: str) -> bool:
        return self.strip.take_key(text)

    def focus_target(self) -> QWidget:
        return self.strip

    def sizeHint(self) -> QSize:
        # The strip keeps room for its focus ring; the row aligns the visible edge, so the ring hangs over.
        return self.strip.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.strip.resize(self.strip.sizeHint())

    @Slot(str, bool)
    def _picked(self, value: str, by_key: bool) -> None:
        self.answered.emit(value, by_key or self._quick)

    @Slot()
    def _cleared(self) -> None:
        self.answered.emit("", False)


class _Strip(AnswerKeys):
    """Tells a key from a click, and a chosen key pressed again: that too means "on to the next"."""

    picked = Signal(str, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__((), parent=parent)
        self.keys: dict[str, int] = {}
        self._by_key = False
        self.chosen.connect(self._chosen)

    def take_key(self, text: str) -> bool:
        place = self.keys.get(text)
        if place is None or self.is_read_only:
            return False
        self._by_key = True
        before = self.value()
        self.choose(place)
        self._by_key = False
        if before is not None and before == self.value():
            self.picked.emit(before, True)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if plain and event.text() and self.take_key(event.text()):
            return
        if enter and (not plain or self.value() is not None):
            event.ignore()  # answered already: the list goes on to the next item
            return
        if plain and event.text().isdigit():
            event.ignore()
            return
        self._by_key = True
        super().keyPressEvent(event)
        self._by_key = False

    @Slot(str)
    def _chosen(self, value: str) -> None:
        self.picked.emit(value, self._by_key)
