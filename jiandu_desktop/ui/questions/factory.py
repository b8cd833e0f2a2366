"""From the kind of a question to the widget that asks it."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from jiandu_desktop.ui.questions.appearance import ChoiceLook, choice_look
from jiandu_desktop.ui.questions.attachments import AttachmentField
from jiandu_desktop.ui.questions.barcode import CodeField
from jiandu_desktop.ui.questions.dates import WhenField
from jiandu_desktop.ui.questions.geo import PlaceField
from jiandu_desktop.ui.questions.geo_points import PointsField
from jiandu_desktop.ui.questions.keys import KeysField
from jiandu_desktop.ui.questions.likert import LikertField
from jiandu_desktop.ui.questions.number import NumberField
from jiandu_desktop.ui.questions.photos import PhotoField
from jiandu_desktop.ui.questions.pick import PickField
from jiandu_desktop.ui.questions.pictures import Pictures
from jiandu_desktop.ui.questions.plain import AcknowledgeField, NoteField, ShownField
from jiandu_desktop.ui.questions.question import Kind, Question, QuestionField
from jiandu_desktop.ui.questions.range import range_field
from jiandu_desktop.ui.questions.rank import RankField
from jiandu_desktop.ui.questions.tiles import TilesField
from jiandu_desktop.ui.questions.words import LineField, LongField


def field_for(question: Question, pictures: Pictures, today: date, parent: QWidget) -> QuestionField:
    """A new widget for the question; it still has to be shown its state."""
    kind = question.kind
    if kind in (Kind.ONE, Kind.MANY):
        return _select(question, parent)
    if kind is Kind.RANK:
        return RankField(parent)
    if kind is Kind.RANGE:
        return range_field(question, parent)
    if kind in (Kind.WHOLE, Kind.DECIMAL):
        return NumberField(parent)
    if kind is Kind.TEXT:
        return LineField(parent)
    if kind is Kind.CODE:
        return CodeField(parent)
    if kind is Kind.PLACE:
        return PlaceField(question, parent)
    if kind is Kind.PLACES:
        return PointsField(question, parent)
    if kind is Kind.LONG_TEXT:
        return LongField(parent)
    if kind in (Kind.DATE, Kind.TIME, Kind.MOMENT):
        return WhenField(question, today, parent)
    if kind is Kind.PHOTOS:
        return PhotoField(pictures, parent)
    if kind is Kind.FILES:
        return AttachmentField(parent)
    if kind is Kind.ACKNOWLEDGE:
        return AcknowledgeField(parent)
    return NoteField(parent) if kind is Kind.NOTE else ShownField(parent)


def fits(field: QuestionField, question: Question) -> bool:
    """Whether the widget can go on showing the question: other choices may ask for another look."""
    if question.kind not in (Kind.ONE, Kind.MANY):
        return True
    return isinstance(field, _SELECTS[choice_look(question)])


def _select(question: Question, parent: QWidget) -> QuestionField:
    look = choice_look(question)
    if look is ChoiceLook.STRIP:
        return KeysField(parent)
    if look is ChoiceLook.LIKERT:
        return LikertField(parent)
    return PickField(question.kind, parent) if look is ChoiceLook.DROP else TilesField(question.kind, parent)


_SELECTS: dict[ChoiceLook, type[QuestionField]] = {
    **dict.fromkeys(ChoiceLook, TilesField),
    ChoiceLook.STRIP: KeysField,
    ChoiceLook.LIKERT: LikertField,
    ChoiceLook.DROP: PickField,
}
