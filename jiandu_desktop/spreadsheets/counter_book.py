"""The counters as a workbook: a sheet per grouping, each with its sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jiandu_desktop.spreadsheets.sheet_look import Field, SheetPlan, add_sheet, new_workbook, save

_RATES = frozenset({"按期办结率"})
_DAYS = frozenset({"办结天数"})
_WARNED = frozenset({"其中逾期"})


@dataclass(frozen=True, slots=True)
class CounterSheet:
    """One grouping: rows of (name, figures), and the figures of the whole period."""

    name: str
    rows: Sequence[tuple[str, Sequence[int | float | None]]]
    whole: Sequence[int | float | None]


def write_counters(
    path: Path,
    office: str,
    first: date,
    last: date,
    made_on: date,
    titles: Sequence[str],
    sheets: Sequence[CounterSheet],
) -> None:
    """Write the sheets to `path`; `titles` head the figures. Raises Trouble as `sheet_look.save`."""
    workbook = new_workbook(f"{office}督导统计", office)
    fields = [Field("", width=18), *map(_field, titles)]
    for sheet in sheets:
        rows = [[name, *_quiet(titles, values)] for name, values in (*sheet.rows, ("合计", sheet.whole))]
        note = f"{first:%Y-%m-%d} 至 {last:%Y-%m-%d}　制表日期 {made_on:%Y-%m-%d}　合计按整个时段计，不是各行相加"
        named = [Field(sheet.name.removeprefix("按"), width=18), *fields[1:]]
        add_sheet(workbook, SheetPlan(sheet.name, f"{office}督导统计（{sheet.name}）", note, named, rows))
    save(workbook, path)


def _quiet(titles: Sequence[str], values: Sequence[int | float | None]) -> list[int | float | None]:
    """A nought in red would be looked at for nothing."""
    return [value or None if title in _WARNED else value for title, value in zip(titles, values, strict=True)]


def _field(title: str) -> Field:
    if title in _RATES:
        return Field(title, "0%", width=9)
    return Field(title, "0.#" if title in _DAYS else "0", width=9, warn=title in _WARNED)
