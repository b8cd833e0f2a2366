"""Pages as they are drawn (text, rules, strokes, the verification mark) and the flow of a text over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from jiandu_desktop.documents.composing import Line
from jiandu_desktop.documents.grid import CELL, MM, ROW, Sheet
from jiandu_desktop.documents.seal import SealMark

Strokes = tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class TextMark:
    """A line at `x`, its characters' squares centred on `middle`; `narrowing` below 1 squeezes it sideways."""

    line: Line
    x: float
    middle: float
    red: bool = False
    narrowing: float = 1.0
    sideways: bool = False
    """Turned a quarter to the left about (x, middle): the page number of a sheet set sideways."""


@dataclass(frozen=True, slots=True)
class RuleMark:
    """A straight rule; `thickness` lies half to each side."""

    x0: float
    y0: float
    x1: float
    y1: float
    thickness: float
    red: bool = False


@dataclass(frozen=True, slots=True)
class StrokesMark:
    """A signature: strokes in 0…1 of a box."""

    strokes: Strokes
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class OriginMark:
    """Where the verification mark (QR code) goes."""

    x: float
    y: float
    side: float


@dataclass(frozen=True, slots=True)
class BoxMark:
    """A filled rectangle, a bar of a chart; `shade` is red, green and blue in 0…1."""

    x: float
    y: float
    width: float
    height: float
    shade: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class PictureMark:
    """A photo: JPEG bytes, upright, stretched to the box."""

    jpeg: bytes
    x: float
    y: float
    width: float
    height: float


Mark = TextMark | RuleMark | StrokesMark | OriginMark | SealMark | BoxMark | PictureMark


@dataclass(slots=True)
class Page:
    """One page under construction."""

    sheet: Sheet
    marks: list[Mark] = field(default_factory=list)
    headings: list[tuple[int, str, float]] = field(default_factory=list)
    """Level from 1, words and height of the headings that a reader's list of contents leads to."""

    def text(self, line: Line, x: float, top: float, *, red: bool = False) -> None:
        """Draw a line whose characters' squares have their heads at `top`."""
        self.marks.append(TextMark(line, x, top + line.size / 2, red))

    def row(self, line: Line, x: float, top: float) -> None:
        """Draw a line on a row of the grid that begins at `top`: centred in the square, whatever its size."""
        self.marks.append(TextMark(line, x, top + CELL / 2))

    def rule(self, x0: float, y0: float, x1: float, y1: float, thickness: float, *, red: bool = False) -> None:
        self.marks.append(RuleMark(x0, y0, x1, y1, thickness, red))


Draw = Callable[[Page, float], None]
"""Draws a unit on a page, from its top edge downwards."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is never divided between pages: a line, a row of a table, the closing block.

    `height` in points. `on_grid` units begin on a row. `head` is drawn first wherever the unit opens a page or
    follows a unit with another head (the head of a table); `close` is drawn where the next unit has another head or
    stands on the next page. A unit that `keeps_next` never ends a page; one that
    `keeps_before` never begins one: what stands before it is taken along, as far back as `paragraph` goes.
    """

    height: float
    draw: Draw
    paragraph: int
    on_grid: bool = True
    head: Unit | None = None
    close: Draw | None = None
    keeps_next: bool = False
    keeps_before: bool = False
    blank: bool = False


def line_unit(line: Line, x: float, paragraph: int, *, keeps_next: bool = False) -> Unit:
    return Unit(ROW, lambda page, top: page.row(line, x, top), paragraph, keeps_next=keeps_next)


def mark_unit(draw: Draw, paragraph: int) -> Unit:
    """Takes no room and goes with what follows it; `draw` learns page and place."""
    return Unit(0.0, draw, paragraph, keeps_next=True)


def blank_unit(paragraph: int) -> Unit:
    return Unit(ROW, lambda page, top: None, paragraph, blank=True)


def flow(units: Sequence[Unit], first: Page, first_row: int) -> list[Page]:
    """Draw the units on `first` from `first_row` on, and on as many further pages as it takes."""
    breaks: set[int] = set()
    placed = _place(units, first.sheet, first_row, breaks)
    for index, unit in enumerate(units):
        if not unit.keeps_before or not _opens_page(units, placed, index):
            continue
        before = _taken_along(units, index)
        if before is not None:
            breaks.add(before)
            placed = _place(units, first.sheet, first_row, breaks)
    pages = [first]
    previous: Unit | None = None
    for index, (unit, (number, top)) in enumerate(zip(units, placed, strict=True)):
        opens = number >= len(pages)
        if opens:
            pages.append(Page(first.sheet))
        page = pages[number]
        if unit.head and (opens or previous is None or previous.head is not unit.head):
            unit.head.draw(page, top - unit.head.height)
        unit.draw(page, top)
        after = index + 1
        if unit.close and (after == len(units) or placed[after][0] != number or units[after].head is not unit.head):
            unit.close(page, top)
        previous = unit
    return pages


def _place(units: Sequence[Unit], sheet: Sheet, first_row: int, breaks: set[int]) -> list[tuple[int, float]]:
    """Page number from 0 and top edge of each unit."""
    places: list[tuple[int, float]] = []
    page, y = 0, sheet.row_top(first_row)
    previous: Unit | None = None
    for index, unit in enumerate(units):
        top = _top(unit, previous, y, sheet)
        full = top + _needed(units, index, previous) > sheet.bottom + 0.1
        if previous is not None and (full or index in breaks):
            page, previous = page + 1, None
            top = y = sheet.top
        if unit.blank and previous is None and page > 0:
            places.append((page, top))  # no page begins with a blank row
            continue
        if unit.head and (previous is None or previous.head is not unit.head):
            top += unit.head.height
        places.append((page, top))
        y = top + unit.height
        previous = unit
    return places


def _top(unit: Unit, previous: Unit | None, y: float, sheet: Sheet) -> float:
    if not unit.on_grid:
        return y
    # Text after a table stands on the next row that leaves it a little air.
    return sheet.row_top(sheet.row_at(y + (1.5 * MM if previous is not None and not previous.on_grid else 0.0)))


def _needed(units: Sequence[Unit], index: int, previous: Unit | None) -> float:
    """Points from a unit's top down to the foot of the last unit that must stand on the same page."""
    total = 0.0
    for unit in units[index:]:
        if unit.head and (previous is None or previous.head is not unit.head):
            total += unit.head.height
        if not unit.keeps_next:
            # The gap below the last row may lie outside the type area.
            return total + (unit.height - (ROW - CELL) if unit.on_grid else unit.height)
        total += unit.height
        previous = unit
    return total


def _opens_page(units: Sequence[Unit], placed: Sequence[tuple[int, float]], index: int) -> bool:
    page = placed[index][0]
    return page > 0 and all(units[i].blank for i in range(index) if placed[i][0] == page)


def _taken_along(units: Sequence[Unit], index: int) -> int | None:
    """Index from which a new page begins so that the unit at `index` has text above it: two lines of the last
    paragraph, all of a paragraph of three, one row of a table, and the heading before; None if nothing can go."""
    at = index - 1
    while at >= 0 and units[at].blank:
        at -= 1
    if at <= 0:
        return None
    last = units[at]
    if last.on_grid:
        first = at
        while first > 0 and units[first - 1].paragraph == last.paragraph and not units[first - 1].blank:
            first -= 1
        at = first if at - first <= 2 else at - 1
    while at > 0 and units[at - 1].keeps_next:
        at -= 1
    return at if at > 0 else None
