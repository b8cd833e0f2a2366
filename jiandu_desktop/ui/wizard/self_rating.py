"""自评 beside 督评: what the school says of itself, asked in a quieter line under the item."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jiandu_desktop.ui.questions.factory import field_for
from jiandu_desktop.ui.questions.pictures import Pictures
from jiandu_desktop.ui.questions.question import Option, Question, Tone
from jiandu_desktop.ui.widgets.text import Label


class SelfRatingLine(QWidget):
    """The same choices without colours: a self-rating makes no problem and earns no marks."""

    rated = Signal(str)

    def __init__(self, question: Question, pictures: Pictures, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = Label(self.tr("学校自评"), role="meta")
        self.differs = Label(self.tr("与督评不同"), role="meta", tone="caution")
        self.field = field_for(_plain(question, ""), pictures, today, self)
        self.field.answered.connect(self._answered)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._label)
        row.addWidget(self.differs)
        row.addStretch(1)
        row.addWidget(self.field)

    def show_rating(self, question: Question, value: str) -> None:
        """The item's state and what the school says of it."""
        self.field.show_question(_plain(question, value))
        self.differs.setVisible(bool(value and question.value) and value != question.value)
        self.setAccessibleName(self.tr("{label} 学校自评").format(label=question.label))
        for part in (self.field, self.field.focus_target()):
            part.setAccessibleName(self.accessibleName())

    @Slot(str, bool)
    def _answered(self, value: str, by_key: bool) -> None:
        del by_key
        self.rated.emit(value)


def _plain(question: Question, value: str) -> Question:
    options = tuple(Option(each.name, each.label, each.key, Tone.PLAIN, each.image) for each in question.options)
    return replace(question, value=value, options=options, readonly=False, warning="", photos=(), guidance="")
