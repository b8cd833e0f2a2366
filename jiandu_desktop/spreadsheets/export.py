"""A list of the window as a workbook (导出): one sheet, as it stands on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jiandu_desktop.spreadsheets.sheet_look import Field, SheetPlan, Value, add_sheet, new_workbook, save


def write_table(
    path: Path, title: str, columns: Sequence[str | Field], rows: Sequence[Sequence[Value]], note: str = ""
) -> None:
    """Write `rows` under `columns` to `path`, replacing what is there. `title` names the sheet as well.

    Dates and numbers stay dates and numbers, all else is text. Raises Trouble `file-not-writable` (open in Excel or
    WPS) or `disk-full`; ValueError where a row is not as long as `columns`.
    """
    fields = [Field(column) if isinstance(column, str) else column for column in columns]
    workbook = new_workbook(title)
    add_sheet(workbook, SheetPlan(title, title, note or f"共 {len(rows)} 条", fields, rows))
    save(workbook, path)
