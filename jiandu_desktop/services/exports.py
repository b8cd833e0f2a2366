"""导出: what a list shows, as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

Value = str | int | float | Decimal | date | datetime | bool | None


class Exports:
    """Tables as they stand on screen, sorted and filtered."""

    def table(self, path: Path, title: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
        """Write an .xlsx; raises Trouble `file-not-writable` or `disk-full`."""
        from jiandu_desktop.spreadsheets import write_table

        write_table(path, title, columns, rows)
