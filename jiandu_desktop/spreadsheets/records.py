"""Reading a sheet of a workbook of our own making, every column as it is headed: history and demonstration data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.spreadsheets import cells, rows
from jiandu_desktop.spreadsheets.headers import HEADER_WITHIN, MOST_COLUMNS, head_key
from jiandu_desktop.spreadsheets.opening import OpenBook, opened
from jiandu_desktop.spreadsheets.reading import RowFault


def read_records(path: Path, sheet: str, required: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Every row of `sheet` as a dict by its heads, blanks as None, in the order of the sheet.

    Values are str, int, float, bool, date, or datetime where the cell has a time of day (naive, as Excel keeps it).
    A head of `required` is the key as `required` spells it, others as the sheet does. Raises Trouble: `sheet-…` for the
    file, `sheet-no-sheet`, `sheet-missing-column`, and `sheet-bad-rows` where a required value is missing or a cell
    has no result.
    """
    with opened(path) as book:
        row, heads = _header(book, sheet, required)
        records: list[dict[str, Any]] = []
        faults: list[RowFault] = []
        for line in rows.body(book, sheet, row + 1, sorted(heads)):
            if isinstance(line, rows.Gap):
                break
            if rows.is_total(line) or rows.is_example(line) or rows.is_remark(line):
                continue
            record = {head: _value(line.filled.get(place)) for place, head in heads.items()}
            faults.extend(_faults(book.file, sheet, line, heads, record, required))
            records.append(record)
        if faults:
            raise Trouble("sheet-bad-rows", file=book.file, sheet=sheet, count=len(faults), first=faults[0].sentence())
        return records


def _header(book: OpenBook, name: str, required: Sequence[str]) -> tuple[int, dict[int, str]]:
    """The first row with all of `required` (or any two texts) and its heads by column."""
    sheet = next((candidate for candidate in rows.sheets(book) if candidate.title == name), None)
    if sheet is None:
        raise Trouble("sheet-no-sheet", file=book.file, wanted=name, sheets="、".join(book.workbook.sheetnames))
    spelled = {head_key(head): head for head in required}
    best: tuple[int, int, dict[int, str]] | None = None
    for number, own in islice(rows.sheet_rows(book, sheet, MOST_COLUMNS), HEADER_WITHIN):
        texts = {place: cell.text for place, cell in own.items() if cell.text}
        matched = len(spelled.keys() & {head_key(text) for text in texts.values()})
        if texts and (best is None or matched > best[0] or (not spelled and len(best[2]) < 2)):
            best = (matched, number, texts)
    if best is None:
        raise Trouble("sheet-no-header", file=book.file, sheets=name, wanted="、".join(required), found="（空）")
    matched, number, texts = best
    heads: dict[int, str] = {}
    for place, text in texts.items():
        head = spelled.get(head_key(text), text)
        if head not in heads.values():
            heads[place] = head
    if missing := [head for head in required if head not in heads.values()]:
        raise Trouble(
            "sheet-missing-column",
            file=book.file,
            sheet=name,
            row=number,
            missing="、".join(missing),
            found="、".join(texts.values()),
        )
    return number, heads


def _value(cell: rows.Cell | None) -> Any:
    if cell is None or cell.value is None:
        return None
    value = cell.value
    if isinstance(value, bool):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        # A format of zeros means that the figure is a code whose leading zeros count.
        text = cells.text_of(value, cell.number_format)
        return text if text.startswith("0") and len(text) > 1 else value
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    return value if isinstance(value, float | date) else cells.text_of(value)


def _faults(
    file: str,
    sheet: str,
    row: rows.Row,
    heads: dict[int, str],
    record: dict[str, Any],
    required: Sequence[str],
) -> list[RowFault]:
    found: list[RowFault] = []
    for place, head in heads.items():
        cell = row.filled.get(place)
        if cell is not None and cell.uncounted:
            found.append(RowFault(sheet, row.number, head, "row-formula-uncounted", {}, file))
        elif cell is not None and cell.error:
            found.append(RowFault(sheet, row.number, head, "row-error-cell", {"shown": str(cell.value)}, file))
        elif head in required and record[head] is None:
            found.append(RowFault(sheet, row.number, head, "row-missing", {}, file))
    return found
