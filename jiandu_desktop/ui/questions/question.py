"""What a question widget sees of one node, and the face all question widgets share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from jiandu_desktop.domain.visit import Photo
from jiandu_desktop.ui.questions.form_pictures import NO_PICTURES, FormPictures


class Kind(StrEnum):
    """How a question is answered; `form_engine` types and appearances are mapped onto these."""

    ONE = "one"
    MANY = "many"
    WHOLE = "whole"
    DECIMAL = "decimal"
    RANGE = "range"
    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"
    NOTE = "note"
    ACKNOWLEDGE = "acknowledge"
    PHOTOS = "photos"
    FILES = "files"
    RANK = "rank"
    PLACE = "place"
    PLACES = "places"
    CODE = "code"
    SHOWN = "shown"


class Tone(StrEnum):
    """How an answer is coloured and marked once chosen; a mark comes with every colour."""

    PLAIN = "plain"
    GOOD = "good"
    PART = "part"
    BAD = "bad"
    NA = "na"
    VETO = "veto"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: what is stored, what is read, the key that gives it, and how it looks when chosen.

    `image` names the attached picture shown with it, "" for none.
    """

    name: str
    label: str
    key: str
    tone: Tone = Tone.PLAIN
    image: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One node as a widget shows it. `value` is the engine's text, "" when unanswered.

    `label` is plain words; `marked` the same with its markdown, "" where it has none.
    `lowest`, `highest` and `step` belong to a range; `soft` and `warning` describe a broken rule. `appearance` holds
    the words of the form's appearance column and `parameters` those of the parameters column. `guidance` is the
    instruction that opens on demand. `media` names the attached files of the label by kind (image, big-image, audio,
    video); `pictures` reads them. `item_kind` is the engine's kind, where several share one widget.
    """

    ref: str
    kind: Kind
    label: str
    marked: str = ""
    value: str = ""
    hint: str = ""
    options: tuple[Option, ...] = ()
    readonly: bool = False
    unit: str = ""
    warning: str = ""
    soft: bool = False
    lowest: str = ""
    highest: str = ""
    step: str = ""
    photos: tuple[Photo, ...] = ()
    appearance: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    guidance: str = ""
    media: Mapping[str, str] = field(default_factory=dict)
    item_kind: str = ""
    pictures: FormPictures = field(default=NO_PICTURES, compare=False)

    def looks(self, *words: str) -> bool:
        """Whether the appearance column names one of these."""
        return any(word in self.appearance for word in words)

    @property
    def answered(self) -> bool:
        return bool(self.value) or (self.kind in (Kind.PHOTOS, Kind.FILES) and bool(self.photos))


class QuestionField(QWidget):
    """Shows a question and tells what the user answered; the rules are the engine's."""

    answered = Signal(str, bool)
    """The new value ("" for none) and whether the keyboard gave it, so that focus may move on."""

    typing = Signal(str)
    """Half-typed text that is no answer yet."""

    went_on = Signal()
    """Enter in a field whose answer stands: on to the next."""

    refit = Signal()
    """The height that this widget needs has changed."""

    inset = 0
    """Room it keeps at its sides for a focus ring; the row aligns what is inside of it."""

    wide = False
    """Whether it stands under the question over the full width instead of at its right."""

    def show_question(self, question: Question) -> None:
        """Shows the node's present state without calling it answered."""
        raise NotImplementedError

    def show_unsaved(self, text: str) -> None:
        """Puts back text that was half typed when the room was left."""
        del text

    def take_key(self, text: str) -> bool:
        """Offers a key pressed while the row, not the field, has the focus; True when it was an answer."""
        del text
        return False

    def commit(self) -> None:
        """Makes half-typed text an answer, as leaving the field does."""

    def focus_target(self) -> QWidget:
        """The widget that takes the focus when the item becomes the current one."""
        return self
