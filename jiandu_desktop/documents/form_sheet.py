"""Forms: labels and contents in ruled rows, one pair or two to a row, with room for ink where nothing is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jiandu_desktop.documents import grid
from jiandu_desktop.documents.composing import Composer
from jiandu_desktop.documents.fonts import Role
from jiandu_desktop.documents.grid import MM, Sheet
from jiandu_desktop.documents.layout import Page, Unit
from jiandu_desktop.documents.tables import LEADING, OUTER_RULE, cell_lines, row_unit

LABEL_WIDTH = 30 * MM
_PADDING = 5.0
_SPLIT_ABOVE = 0.8
"""Share of a page from which on a row is continued in a further one."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row: `pairs` of label and content, one or two of them; `least` is its height in mm at least."""

    pairs: tuple[tuple[str, str], ...]
    least: float = 12.0


def form_units(composer: Composer, sheet: Sheet, rows: Sequence[FormRow], *, paragraph: int) -> list[Unit]:
    """One unit per row, or several for a content that is longer than a page."""
    size = grid.TABLE_SIZE

    def top_rule(page: Page, top: float) -> None:
        page.rule(sheet.left, top, sheet.right, top, OUTER_RULE)

    head = Unit(0.0, top_rule, paragraph, on_grid=False)
    units: list[Unit] = []
    most = int((sheet.area_height * _SPLIT_ABOVE - 2 * _PADDING) / (size * LEADING))
    for row in rows:
        half = sheet.area_width / len(row.pairs)
        edges = [sheet.left]
        for place in range(len(row.pairs)):
            edges += [sheet.left + place * half + LABEL_WIDTH, sheet.left + (place + 1) * half]
        texts = [text for pair in row.pairs for text in pair]
        cells = [
            cell_lines(composer, text, Role.TEXT if index % 2 else Role.FIRST_HEADING, size, edges, index)
            for index, text in enumerate(texts)
        ]
        centred = [index % 2 == 0 for index in range(len(texts))]
        longest = max(len(cell) for cell in cells)
        for start in range(0, max(1, longest), most):
            part = [cell[start : start + most] for cell in cells]
            least = row.least * MM if start == 0 else 0.0
            units.append(row_unit(part, edges, centred, size, _PADDING, paragraph, head, least=least))
    return units
