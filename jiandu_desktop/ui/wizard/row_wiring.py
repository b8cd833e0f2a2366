"""What a row tells, and the strings between it and what opens below it: its problem card and its photos."""

from __future__ import annotations

from PySide6.QtCore import Signal

from jiandu_desktop.ui.questions.media import MediaField
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.wizard.problem_card import ProblemCard


class RowSignals(Painted):
    """The item's ref comes first in every signal that does not name a photo."""

    ref = ""

    answered = Signal(str, str, bool)
    typing = Signal(str, str, str)
    """Ref, field ("value", "note", or a field of the problem) and half-typed text."""
    went_on = Signal(str)
    noted = Signal(str, str)
    kept = Signal(str, bool)
    self_rated = Signal(str, str)
    photo_wanted = Signal(str, bool)
    photo_removed = Signal(str)
    photo_opened = Signal(str)
    files_dropped = Signal(str, object, bool)
    """Ref, list of paths, and whether they show the state after putting right."""
    image_pasted = Signal(str, object, bool)
    file_saved = Signal(str)
    drawn = Signal(str, object)
    """Ref and a `drawing.Drawn`."""
    problem_edited = Signal(str, object)
    problem_confirmed = Signal(str)
    phrases_wanted = Signal(str)
    media_opened = Signal(str, str, str)
    """Ref, kind and name of an attached file of the label."""
    height_changed = Signal()

    def wire_card(self, card: ProblemCard) -> None:
        """What is done in the card is told as done in the row."""
        ref = self.ref
        card.edited.connect(lambda fields: self.problem_edited.emit(ref, fields))
        card.typing.connect(lambda name, text: self.typing.emit(ref, name, text))
        card.confirmed.connect(lambda: self.problem_confirmed.emit(ref))
        card.phrases_wanted.connect(lambda: self.phrases_wanted.emit(ref))
        card.photo_wanted.connect(lambda after: self.photo_wanted.emit(ref, after))
        card.photo_removed.connect(self.photo_removed)
        card.photo_opened.connect(self.photo_opened)
        card.files_dropped.connect(lambda files, after: self.files_dropped.emit(ref, files, after))
        card.image_pasted.connect(lambda image, after: self.image_pasted.emit(ref, image, after))

    def wire_photos(self, field: MediaField) -> None:
        """What is done with the photos likewise."""
        field.wanted.connect(lambda: self.photo_wanted.emit(self.ref, False))
        field.removed.connect(self.photo_removed)
        field.opened.connect(self.photo_opened)
        field.files_dropped.connect(lambda files: self.files_dropped.emit(self.ref, files, False))
        field.image_pasted.connect(lambda image: self.image_pasted.emit(self.ref, image, False))
        field.saved.connect(self.file_saved)
        field.drawn.connect(lambda drawn: self.drawn.emit(self.ref, drawn))
