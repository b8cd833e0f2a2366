"""From the kind of a question to the widget that asks it."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from jiandu_desktop.ui.questions.dates import WhenField
from jiandu_desktop.ui.questions.keys import MOST_KEYS, KeysField, ListField
from jiandu_desktop.ui.questions.number import NumberField
from jiandu_desktop.ui.questions.photos import PhotoField
from jiandu_desktop.ui.questions.pictures import Pictures
from jiandu_desktop.ui.questions.plain import AcknowledgeField, NoteField, ShownField
from jiandu_desktop.ui.questions.question import Kind, Question, QuestionField
from jiandu_desktop.ui.questions.toggles import ManyField
from jiandu_desktop.ui.questions.words import LineField, LongField


def field_for(question: Question, pictures: Pictures, today: date, parent: QWidget) -> QuestionField:
    """A new widget for the question; it still has to be shown its state."""
    kind = question.kind
    if kind is Kind.ONE:
        return KeysField(parent) if len(question.options) <= MOST_KEYS else ListField(parent)
    if kind in (Kind.MANY, Kind.RANK):
        return ManyField(kind, parent)
    if kind in (Kind.WHOLE, Kind.DECIMAL, Kind.RANGE):
        return NumberField(parent)
    if kind in (Kind.TEXT, Kind.CODE, Kind.PLACE):
        return LineField(kind, parent)
    if kind is Kind.LONG_TEXT:
        return LongField(parent)
    if kind in (Kind.DATE, Kind.TIME, Kind.MOMENT):
        return WhenField(kind, today, parent)
    if kind in (Kind.PHOTOS, Kind.FILES):
        return PhotoField(pictures, parent)
    if kind is Kind.ACKNOWLEDGE:
        return AcknowledgeField(parent)
    return NoteField(parent) if kind is Kind.NOTE else ShownField(parent)
