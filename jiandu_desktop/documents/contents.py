"""目录: the headings of a long document with their page numbers, dots between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jiandu_desktop.documents import furniture, grid
from jiandu_desktop.documents.composing import Composer, Line, Measure
from jiandu_desktop.documents.fonts import Role
from jiandu_desktop.documents.grid import CELL, ROW, UPRIGHT
from jiandu_desktop.documents.layout import Page, Unit, flow

_ROLES = {1: Role.FIRST_HEADING, 2: Role.TEXT}
_INDENT = 2 * CELL
"""Of a level below the first."""
_NUMBERS = 3 * CELL
"""Room for the page number at the right."""
_DOT = "."


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents: `page` counts from 1."""

    level: int
    words: str
    page: int


def entries(pages: Sequence[Page]) -> list[Entry]:
    """The headings that stand on numbered pages, in their order."""
    return [Entry(level, words, number) for number, page in enumerate(pages, 1) for level, words, _ in page.headings]


def contents_pages(composer: Composer, listed: Sequence[Entry]) -> list[Page]:
    """The contents, two rows below their title; without page numbers of their own."""
    first = Page(UPRIGHT)
    furniture.draw_title(composer, first, ["目　录"], UPRIGHT.top)
    return flow([_unit(composer, entry) for entry in listed], first, 2)


def _unit(composer: Composer, entry: Entry) -> Unit:
    role = _ROLES[entry.level]
    left = (entry.level - 1) * _INDENT
    columns = (UPRIGHT.area_width - left - _NUMBERS) / CELL
    lines = composer.paragraph([(entry.words, role)], Measure(grid.TEXT_SIZE, CELL, int(columns)))
    number = composer.natural([(str(entry.page), Role.TEXT)], grid.TEXT_SIZE)

    def draw(page: Page, top: float) -> None:
        for place, line in enumerate(lines):
            page.row(line, UPRIGHT.left + left, top + place * ROW)
        foot = top + (len(lines) - 1) * ROW
        page.row(number, UPRIGHT.right - number.width, foot)
        begin = UPRIGHT.left + left + lines[-1].width + CELL / 2
        dots = _dots(composer, UPRIGHT.right - _NUMBERS / 2 - begin)
        page.row(dots, UPRIGHT.right - _NUMBERS / 2 - dots.width, foot)

    return Unit(len(lines) * ROW, draw, 0)


def _dots(composer: Composer, room: float) -> Line:
    """As many dots as fit; they end with the column, so that they stand under one another."""
    dot = composer.natural([(_DOT, Role.TEXT)], grid.TEXT_SIZE)
    return composer.natural([(_DOT * max(0, int(room / dot.width)), Role.TEXT)], grid.TEXT_SIZE)
