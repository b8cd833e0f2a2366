"""Where the parts that open below a question stand: each is put at its height and says how much it takes."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.questions.long_text import LongText
from jiandu_desktop.ui.questions.photos import PhotoField
from jiandu_desktop.ui.widgets.answer_keys import RING
from jiandu_desktop.ui.widgets.buttons import Link
from jiandu_desktop.ui.wizard.problem_card import ProblemCard
from jiandu_desktop.ui.wizard.row_words import CELL_GAP, LEFT, META_LINE


def place_keep(link: Link | None, top: int, right: int) -> int:
    """属实，保留 at the end of the line of the warning."""
    t = theme().tokens
    if link is not None and not link.isHidden():
        size = link.sizeHint()
        link.setGeometry(right - size.width(), top + t.px(11) - t.control // 2, size.width(), t.control)
    return t.px(META_LINE)


def place_note(note: LongText | None, y: int, right: int) -> int:
    """The note behind its word."""
    if note is None or note.isHidden():
        return 0
    left = LEFT + theme().px(48)
    note.setGeometry(left, y - 4, right - left, note.height())
    note.fit()
    return note.height() + 8


def place_self_rating(line: QWidget | None, y: int, right: int) -> int:
    """The school's own answer, its field right under the inspector's."""
    if line is None or line.isHidden():
        return 0
    height = line.sizeHint().height()
    line.setGeometry(LEFT, y - theme().px(6), right - LEFT + RING, height)
    return height + 2


def place_photos(photos: PhotoField | None, y: int, right: int) -> int:
    if photos is None or photos.isHidden():
        return 0
    height = photos.sizeHint().height()
    photos.setGeometry(LEFT, y - 4, right - LEFT, height)
    return height + 8


def place_card(card: ProblemCard | None, y: int, right: int) -> int:
    if card is None or card.isHidden():
        return 0
    card.resize(right - LEFT, max(card.height(), 1))
    height = card.sizeHint().height()
    card.setGeometry(LEFT, y, right - LEFT, height)
    return height + 14


def place_below_cell(parts: Iterable[QWidget | None], y: int, width: int) -> int:
    """One below the other in the width of a cell."""
    used = 0
    for part in parts:
        if part is not None and not part.isHidden():
            part.setGeometry(0, y + used, width - CELL_GAP, part.sizeHint().height())
            used += part.height() + 4
    return used
