"""The strings between a row and what opens below it: its problem card and its photos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiandu_desktop.ui.questions.media import MediaField
from jiandu_desktop.ui.wizard.problem_card import ProblemCard

if TYPE_CHECKING:
    from jiandu_desktop.ui.wizard.item_row import ItemRow


def wire_card(row: ItemRow, card: ProblemCard) -> None:
    """What is done in the card is told as done in the row."""
    ref = row.ref
    card.edited.connect(lambda fields: row.problem_edited.emit(ref, fields))
    card.typing.connect(lambda name, text: row.typing.emit(ref, name, text))
    card.confirmed.connect(lambda: row.problem_confirmed.emit(ref))
    card.phrases_wanted.connect(lambda: row.phrases_wanted.emit(ref))
    card.photo_wanted.connect(lambda after: row.photo_wanted.emit(ref, after))
    card.photo_removed.connect(row.photo_removed)
    card.photo_opened.connect(row.photo_opened)
    card.files_dropped.connect(lambda files, after: row.files_dropped.emit(ref, files, after))
    card.image_pasted.connect(lambda image, after: row.image_pasted.emit(ref, image, after))


def wire_photos(row: ItemRow, field: MediaField) -> None:
    """What is done with the photos likewise."""
    field.wanted.connect(lambda: row.photo_wanted.emit(row.ref, False))
    field.removed.connect(row.photo_removed)
    field.opened.connect(row.photo_opened)
    field.files_dropped.connect(lambda files: row.files_dropped.emit(row.ref, files, False))
    field.image_pasted.connect(lambda image: row.image_pasted.emit(row.ref, image, False))
    field.saved.connect(row.file_saved)
    field.drawn.connect(lambda drawn: row.drawn.emit(row.ref, drawn))
