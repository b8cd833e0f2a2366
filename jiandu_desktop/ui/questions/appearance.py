"""What a form's appearance column asks for: its words, and which of our ways to show choices they mean."""

from __future__ import annotations

import re
from enum import StrEnum

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.questions.question import Kind, Question

MOST_KEYS = 7
"""Beyond this many choices a strip is slower to read than a list."""

MOST_SHOWN = 24
"""Beyond this many choices a list that can be searched is quicker than one that is read."""

SHORT = 168
"""A label wider than this (logical pixels at 100 %) needs a line of its own."""

_WORD = re.compile(r"[\w:.-]+(?:\([^()]*\))?")
_COLUMNS = re.compile(r"columns-(\d+)")


class ChoiceLook(StrEnum):
    """How the choices of a select stand on the screen."""

    STRIP = "strip"
    TILES = "tiles"
    LINES = "lines"
    GRID = "grid"
    LIKERT = "likert"
    DROP = "drop"
    HEAD = "head"
    BARE = "bare"


def words(appearance: str) -> tuple[str, ...]:
    """The words of an appearance cell; a call as `search('file')` is the word before its bracket."""
    return tuple(found.partition("(")[0] for found in _WORD.findall(appearance))


def columns_of(question: Question) -> int:
    """How many columns are asked for; 0 for as many as fit."""
    for word in question.appearance:
        found = _COLUMNS.fullmatch(word)
        if found:
            return min(max(int(found[1]), 1), 10)
    return 0


def choice_look(question: Question) -> ChoiceLook:
    """The form's wish first; without one, what is quickest to read and to hit."""
    one = question.kind is Kind.ONE
    if not question.options:
        return ChoiceLook.DROP if question.looks("minimal", "search", "autocomplete") else ChoiceLook.TILES
    if question.looks("label"):
        return ChoiceLook.HEAD
    if question.looks("list-nolabel"):
        return ChoiceLook.BARE
    if question.looks("minimal", "search", "autocomplete"):
        return ChoiceLook.DROP
    if question.looks("likert") and one and len(question.options) <= MOST_KEYS + 4:
        return ChoiceLook.LIKERT
    if len(question.options) > 4 * MOST_SHOWN:
        return ChoiceLook.DROP
    if columns_of(question) or question.looks("columns", "columns-flex", "horizontal"):
        return ChoiceLook.GRID
    if any(option.image for option in question.options):
        return ChoiceLook.GRID
    if question.looks("columns-pack", "horizontal-compact", "compact"):
        return ChoiceLook.TILES
    if len(question.options) > MOST_SHOWN:
        return ChoiceLook.DROP
    return _unasked(question, one)


def _unasked(question: Question, one: bool) -> ChoiceLook:
    widest = max((paint.text_width(option.label) for option in question.options), default=0.0)
    if widest > SHORT or (one and question.looks("list")):
        return ChoiceLook.LINES
    if not one:
        return ChoiceLook.TILES
    total = sum(paint.text_width(option.label) + 48 for option in question.options)
    return ChoiceLook.STRIP if len(question.options) <= MOST_KEYS and total <= 640 else ChoiceLook.TILES
