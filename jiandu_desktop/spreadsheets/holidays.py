"""An office's own list of days off and worked weekends, from a workbook or a CSV."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from jiandu_desktop.spreadsheets.cells import choice_key
from jiandu_desktop.spreadsheets.csv_book import as_workbook
from jiandu_desktop.spreadsheets.reading import Column, Kind, Notice, Reading, RowFault
from jiandu_desktop.spreadsheets.tables import checked, read_table

_OFF = "休息 放假 休 假 节假日 放假日 休息日 off"
_WORKED = "上班 调休上班 补班 调休 工作日 班 work"

HOLIDAY_COLUMNS = (
    Column("day", "日期", ("放假日期", "日子", "date"), Kind.DATE, required=True),
    Column(
        "off",
        "类型",
        ("类别", "安排", "休息或上班", "kind"),
        Kind.CHOICE,
        required=True,
        choices={
            **{choice_key(word): True for word in _OFF.split()},
            **{choice_key(word): False for word in _WORKED.split()},
        },
        known=("休息", "上班"),
    ),
    Column("name", "说明", ("节日", "名称", "备注")),
)


def read_holidays(path: Path) -> Reading[tuple[date, bool]]:
    """(day, whether it is off) for every row; a day that stands twice is a fault of its second row.

    Raises Trouble `sheet-…` for what concerns the whole file.
    """
    with as_workbook(path) as book:
        reading = read_table(book, HOLIDAY_COLUMNS)
    seen: dict[date, int] = {}

    def check(number: int, record: dict[str, Any]) -> tuple[list[RowFault], list[Notice]]:
        other = seen.setdefault(record["day"], number)
        if other == number:
            return [], []
        values = {"day": str(record["day"]), "other": other}
        return [RowFault(reading.sheet, number, "", "row-duplicate-day", values, reading.file)], []

    return checked(reading, check, lambda record: (record["day"], record["off"]))
