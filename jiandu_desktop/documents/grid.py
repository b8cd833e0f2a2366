"""The page of GB/T 9704-2012 in points: type area, rows and columns, and the places of the head and the foot.

Lengths are PDF points; y runs downwards from the top edge of the paper. The standard gives 22 rows of 28 characters
filling 156 × 225 mm (§5.2.3) and defines a row as a character and 7/8 of one (§3.2): with a character of 156/28 mm,
22 rows close on 225 mm exactly, from the head of the first to the foot of the last.
"""

from __future__ import annotations

from dataclasses import dataclass

MM = 72 / 25.4
PAPER_WIDTH = 210 * MM
PAPER_HEIGHT = 297 * MM
CELL = 156 / 28 * MM
"""Width and height of the square one character owns: 15.79 pt."""
ROW = CELL * 15 / 8
"""From the head of one row to the head of the next: 29.61 pt."""

TEXT_SIZE = 16.0
"""3号"""
TITLE_SIZE = 22.0
"""2号"""
SMALL_SIZE = 14.0
"""4号"""
TABLE_SIZE = 12.0
"""小四; the standard says nothing of tables"""
SMALL_TABLE_SIZE = 10.5
"""五号, for tables of many columns"""

RED_HEAD_TOP = 72 * MM
"""§7.2.4: 35 mm below the type area, taken as ink"""
NUMBER_TO_RULE = 4 * MM
"""§7.2.7"""
RED_RULE = 0.5 * MM
"""The standard gives no thickness; within what is printed in practice."""
THICK_RULE = 0.35 * MM
"""§7.4.1"""
THIN_RULE = 0.25 * MM
PAGE_NUMBER_DROP = 7 * MM
"""§7.5: from the type area to the middle of the dashes"""
FIRST_TEXT_ROW = 10
"""Row of the addressee with a title of no lines: every line of the title moves it down by one."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One orientation of the paper: its size and its type area."""

    width: float
    height: float
    left: float
    top: float
    area_width: float
    area_height: float

    @property
    def right(self) -> float:
        return self.left + self.area_width

    @property
    def bottom(self) -> float:
        return self.top + self.area_height

    @property
    def columns(self) -> int:
        return int(self.area_width / CELL + 0.01)

    @property
    def rows(self) -> int:
        return int((self.area_height - CELL) / ROW + 1.01)

    @property
    def upright(self) -> bool:
        return self.height > self.width

    def row_top(self, row: float) -> float:
        """Head of the characters of a row counted from 0."""
        return self.top + row * ROW

    def row_at(self, y: float) -> int:
        """The first row whose head lies at or below `y`."""
        row = max(0, int((y - self.top) / ROW))
        while self.row_top(row) < y - 0.01:
            row += 1
        return row


UPRIGHT = Sheet(PAPER_WIDTH, PAPER_HEIGHT, 28 * MM, 37 * MM, 156 * MM, 225 * MM)
# Set sideways for tables (§8): the head of the table lies at the binding edge, 28 mm; the binding margin of the
# upright page becomes the top, its head margin the right.
SIDEWAYS = Sheet(PAPER_HEIGHT, PAPER_WIDTH, 35 * MM, 28 * MM, 225 * MM, 156 * MM)

# The head (§7.2.4 to §7.3.1), from below: the addressee stands on a row, the title above it, two blank rows above that
# the rule, 4 mm above that the number; what is left above the number fixes the height of the red name. With these
# figures the name is 9.8 mm high, whatever the number of title lines.
TITLE_TOP = UPRIGHT.row_top(FIRST_TEXT_ROW) - TITLE_SIZE
"""Head of the first title line of a title of one line or more."""
RED_RULE_TOP = TITLE_TOP - 2 * ROW - RED_RULE
NUMBER_TOP = RED_RULE_TOP - NUMBER_TO_RULE - TEXT_SIZE
RED_HEAD_HEIGHT = NUMBER_TOP - 2 * ROW - RED_HEAD_TOP
"""Height of the red name's ink"""

# The letter (信函格式, §10.1): the name's ink 30 mm below the paper's edge, a double rule 4 mm under it, the number
# at the right 7/8 of a character below that; two blank rows, the title, a blank row, and the addressee on a row.
LETTER_HEAD_TOP = 30 * MM
LETTER_THICK, LETTER_GAP, LETTER_THIN = 2.25, 1.0, 0.75
"""The pair of rules, in points, as practice has it; the standard gives no thickness."""
LETTER_PAIR = LETTER_THICK + LETTER_GAP + LETTER_THIN
LETTER_RULE_LENGTH = 170 * MM
LETTER_FOOT = PAPER_HEIGHT - 20 * MM
"""Lower edge of the lower pair"""
FIRST_LETTER_ROW = 5
"""Row of the addressee with a title of no lines."""
LETTER_TITLE_TOP = UPRIGHT.row_top(FIRST_LETTER_ROW) - TITLE_SIZE
LETTER_DROP = 4 * MM
"""From the name's ink to the upper pair"""
LETTER_NUMBER_DROP = CELL * 7 / 8
LETTER_HEAD_HEIGHT = (
    (LETTER_TITLE_TOP - 2 * ROW - TEXT_SIZE) - LETTER_NUMBER_DROP - LETTER_PAIR - LETTER_DROP - LETTER_HEAD_TOP
)
"""Height of the red name's ink, 14.6 mm: with it the title lies two rows below the number."""
