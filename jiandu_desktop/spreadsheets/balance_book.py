"""Tables Ⅰ to Ⅵ of 县域义务教育优质均衡 as one workbook, as an office hands them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from jiandu_desktop.spreadsheets.sheet_look import (
    HEADER_ROW,
    Field,
    SheetPlan,
    add_sheet,
    display_width,
    new_workbook,
    put,
    row_height,
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
        _show_decimals(sheet, table.plan)
        widths = [
            sheet.column_dimensions[get_column_letter(place + 1)].width for place in range(len(table.plan.fields))
        ]
        sheet.row_dimensions[HEADER_ROW].height = row_height([field.title for field in table.plan.fields], widths) + 4
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


def _show_decimals(sheet: Worksheet, plan: SheetPlan) -> None:
    """A `Decimal` is printed with the decimals it has: an average with two, below it 差异系数 with three."""
    for number, row in enumerate(plan.rows, start=HEADER_ROW + 1):
        for place, value in enumerate(row, start=1):
            if isinstance(value, Decimal):
                exponent = value.as_tuple().exponent
                digits = -exponent if isinstance(exponent, int) else 0
                sheet.cell(number, place).number_format = "0." + "0" * digits if digits else "0"


def number_field(title: str, width: float = 11) -> Field:
    """A column of figures; a `Decimal` in it shows the decimals it has."""
    return Field(title, "0", width=width)
