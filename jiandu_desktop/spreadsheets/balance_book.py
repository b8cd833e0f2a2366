"""Tables Ⅰ to Ⅵ of 县域义务教育优质均衡 as one workbook, as an office hands them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from jiandu_desktop.spreadsheets.sheet_look import (
    HEADER_ROW,
    Field,
    SheetPlan,
    add_sheet,
    display_width,
    new_workbook,
    put,
    save,
)

_LINE = 15.0
"""Points of a line of notes."""


@dataclass(frozen=True, slots=True)
class OfficialTable:
    """One table: its tab, its title, its table, and the notes that stand below it."""

    plan: SheetPlan
    notes: Sequence[str] = ()


def write_balance_book(path: Path, office: str, tables: Sequence[OfficialTable]) -> None:
    """Write the tables to `path`. Raises Trouble as `sheet_look.save`."""
    workbook = new_workbook(f"{office}义务教育优质均衡资源配置", office)
    for table in tables:
        sheet = add_sheet(workbook, table.plan)
        # These are forms to be handed in: nobody filters a table of four lines.
        sheet.auto_filter.ref = None
        printed = [field for field in table.plan.fields if field.printed]
        room = sum(sheet.column_dimensions[get_column_letter(place)].width for place in range(1, len(printed) + 1))
        last = HEADER_ROW + len(table.plan.rows)
        for number, note in enumerate(table.notes, start=last + 1):
            cell = put(sheet, number, 1, note, "jd_note")
            cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
            sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(printed))
            lines = -(-display_width(note) // max(1, int(room) - 2))
            sheet.row_dimensions[number].height = lines * _LINE + 3
        sheet.print_area = f"A1:{get_column_letter(len(printed))}{last + len(table.notes)}"
    save(workbook, path)


def number_field(title: str, digits: int = 0, width: float = 11) -> Field:
    """A column of figures with so many decimals."""
    return Field(title, "0." + "0" * digits if digits else "0", width=width)
