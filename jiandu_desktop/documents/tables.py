"""Tables that cross pages: the head comes again on each page and a row is never divided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jiandu_desktop.documents.composing import Composer, Line, Measure
from jiandu_desktop.documents.fonts import Role
from jiandu_desktop.documents.grid import Sheet
from jiandu_desktop.documents.layout import Page, Unit

OUTER_RULE = 1.0
INNER_RULE = 0.5
SIDE_PADDING = 4.0
LEADING = 1.36
"""Line pitch in a cell, of the size."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head and its width in mm of a full sheet; short contents (numbers, dates) are centred."""

    head: str
    width: float
    centred: bool = False


def table_units(
    composer: Composer,
    sheet: Sheet,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    size: float,
    paragraph: int,
    padding: float = 5.0,
) -> list[Unit]:
    """One unit per row, all with the same head; a row higher than a page is continued in a further row."""
    total = sum(column.width for column in columns)
    edges = [sheet.left]
    for column in columns:
        edges.append(edges[-1] + sheet.area_width * column.width / total)
    edges[-1] = sheet.right
    head_cells = [
        cell_lines(composer, column.head, Role.FIRST_HEADING, size, edges, i) for i, column in enumerate(columns)
    ]
    centred_head = [True] * len(columns)
    head = row_unit(head_cells, edges, centred_head, size, padding, paragraph, None, top_rule=OUTER_RULE)
    most = int((sheet.area_height - head.height - 2 * padding) / (size * LEADING))
    units: list[Unit] = []
    centred = [column.centred for column in columns]
    parts: list[list[list[Line]]] = []
    for row in rows:
        cells = [cell_lines(composer, text, Role.TEXT, size, edges, i) for i, text in enumerate(row)]
        for start in range(0, max(1, *(len(cell) for cell in cells)), most):
            parts.append([cell[start : start + most] for cell in cells])
    for part in parts:
        units.append(row_unit(part, edges, centred, size, padding, paragraph, head))
    return units


def cell_lines(
    composer: Composer, text: str, role: Role, size: float, edges: Sequence[float], index: int
) -> list[Line]:
    """The lines of a cell's text between two of the edges."""
    width = edges[index + 1] - edges[index] - 2 * SIDE_PADDING
    measure = Measure(size, size, width / size, grid=False)
    return [line for part in text.split("\n") for line in composer.paragraph([(part, role)], measure)]


def row_unit(
    cells: Sequence[Sequence[Line]],
    edges: Sequence[float],
    centred: Sequence[bool],
    size: float,
    padding: float,
    paragraph: int,
    head: Unit | None,
    *,
    top_rule: float = INNER_RULE,
    least: float = 0.0,
) -> Unit:
    """One row between `edges`, at least `least` points high; it is never divided."""
    leading = size * LEADING
    height = max(least, max(1, *(len(cell) for cell in cells)) * leading + 2 * padding)

    def draw(page: Page, top: float) -> None:
        frame(page, edges, top, top + height, top_rule=top_rule)
        for index, lines in enumerate(cells):
            y = top + (height - len(lines) * leading) / 2 + (leading - size) / 2
            for line in lines:
                room = edges[index + 1] - edges[index]
                inset = (room - line.width) / 2 if centred[index] else SIDE_PADDING
                page.text(line, edges[index] + inset, y)
                y += leading

    def close(page: Page, top: float) -> None:
        page.rule(edges[0], top + height, edges[-1], top + height, OUTER_RULE)

    return Unit(height, draw, paragraph, on_grid=False, head=head, close=close)


def frame(page: Page, edges: Sequence[float], top: float, bottom: float, *, top_rule: float = INNER_RULE) -> None:
    """Rules round one row; the table's thick foot is drawn where its last row on a page is known."""
    page.rule(edges[0], top, edges[-1], top, top_rule)
    page.rule(edges[0], bottom, edges[-1], bottom, INNER_RULE)
    for index, x in enumerate(edges):
        page.rule(x, top, x, bottom, OUTER_RULE if index in (0, len(edges) - 1) else INNER_RULE)
