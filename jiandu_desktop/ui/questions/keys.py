"""Select-one questions: a strip of keys up to seven choices, a field that searches its list beyond."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QWidget

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.questions.question import Option, Question, QuestionField
from jiandu_desktop.ui.widgets.answer_keys import RING, AnswerChoice, AnswerKeys

MOST_KEYS = 7
"""Beyond this many choices a strip is slower to read than a list that can be searched."""

LIST_WIDTH = 280


class KeysField(QuestionField):
    """The joined strip; a digit, or the key the checklist names, answers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options: tuple[Option, ...] = ()
        self.strip = _Strip(self)
        self.strip.picked.connect(self._picked)
        self.strip.cleared.connect(self._cleared)
        self.setFocusProxy(self.strip)

    def show_question(self, question: Question) -> None:
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

    @Slot(str, bool)
    def _picked(self, value: str, by_key: bool) -> None:
        self.answered.emit(value, by_key)

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


class ListField(QuestionField):
    """A field over a long list: type any part of a label to narrow it, Enter takes the first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options: tuple[Option, ...] = ()
        self._value = ""
        self._box = QComboBox(self)
        self._box.setEditable(True)
        self._box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._box.setMaxVisibleItems(12)
        self._box.activated.connect(self._activated)
        completer = QCompleter(self._box.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._box.setCompleter(completer)
        edit = self._box.lineEdit()
        if edit is not None:
            edit.setPlaceholderText(self.tr("输入几个字查找"))
            edit.editingFinished.connect(self._settle)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, RING, RING, RING)
        row.addWidget(self._box)
        self.setFocusProxy(self._box)

    def show_question(self, question: Question) -> None:
        if question.options != self._options:
            self._options = question.options
            self._box.clear()
            for option in question.options:
                self._box.addItem(option.label, option.name)
        self._value = question.value
        self._box.setAccessibleName(question.label)
        self._box.setEnabled(not question.readonly)
        place = self._box.findData(question.value) if question.value else -1
        self._box.setCurrentIndex(place)
        if place < 0:
            self._box.setEditText("")

    def focus_target(self) -> QWidget:
        return self._box

    def commit(self) -> None:
        self._settle()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(LIST_WIDTH), theme().tokens.control + 2 * RING)

    @Slot(int)
    def _activated(self, place: int) -> None:
        value = str(self._box.itemData(place) or "")
        if value != self._value:
            self._value = value
            self.answered.emit(value, True)

    @Slot()
    def _settle(self) -> None:
        """What is typed must be one of the list: a unique part of a label counts, anything else is put back."""
        typed = self._box.currentText().strip()
        fitting = [option for option in self._options if typed and typed in option.label]
        exact = [option for option in fitting if option.label == typed]
        taken = exact[0] if exact else fitting[0] if len(fitting) == 1 else None
        if taken is not None and taken.name != self._value:
            self._value = taken.name
            self.answered.emit(taken.name, False)
        elif not typed and self._value:
            self._value = ""
            self.answered.emit("", False)
        self._box.setCurrentIndex(self._box.findData(self._value) if self._value else -1)
        if not self._value:
            self._box.setEditText("")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._settle()
