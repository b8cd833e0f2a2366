"""A ledger that went out and came back: each sheet with identifiers, whatever its name and however it is sorted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, cast

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress, Step
from jiandu_desktop.spreadsheets import cells, rows
from jiandu_desktop.spreadsheets.headers import HEADER_WITHIN, MOST_COLUMNS, head_key
from jiandu_desktop.spreadsheets.ledger_book import COLUMNS, MARK_TITLE, ROWS_PROPERTY
from jiandu_desktop.spreadsheets.opening import OpenBook, opened
from jiandu_desktop.spreadsheets.reading import Notice, RowFault

_STEP = 500
_DATES = frozenset(key for key, column in COLUMNS.items() if column.kind == "date")
_MARK = head_key(MARK_TITLE)
WANTED = (
    *("measure", "unit", "responsible", "supervising", "leader", "due", "plan", "report", "done_on", "reporter"),
    *("reason", "remark", "text", "basis"),
)
"""Columns that are read: what may be written in, and the two by which a row is known again by a person."""


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """One row: its identifier as it stands there, and the cells of `WANTED` that its sheet has.

    Texts are clean, with their line breaks; dates are dates; "" and None are blank.
    """

    sheet: str
    row: int
    mark: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReturnedLedger:
    """All that the workbook gave. `sent` is how many problems went out in it, None where it no longer says so."""

    file: str
    rows: tuple[ReturnedRow, ...]
    sent: int | None
    faults: tuple[RowFault, ...] = ()
    notices: tuple[Notice, ...] = ()


def read_ledger(path: Path, *, today: date, progress: Progress | None = None) -> ReturnedLedger:
    """Read a ledger back; raises Trouble `ledger-no-marks` where no sheet has identifiers, `sheet-…` for the file."""
    with opened(path) as book:
        reader = _Reader(book, today, progress)
        for sheet in rows.sheets(book):
            reader.sheet(sheet)
        if not reader.tables:
            raise Trouble("ledger-no-marks", file=book.file, column=MARK_TITLE)
        return ReturnedLedger(
            book.file, tuple(reader.taken), _sent(book), tuple(reader.faults), (*_about(book), *reader.notices)
        )


@dataclass(slots=True)
class _Reader:
    book: OpenBook
    today: date
    progress: Progress | None
    tables: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    taken: list[ReturnedRow] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def sheet(self, sheet: rows.Sheet) -> None:
        """Take the sheet's rows, if it has a head with identifiers."""
        found = self._head(sheet)
        if found is None:
            if self._has_text(sheet):
                self.notices.append(Notice(sheet.title, 0, "note-ledger-other-sheet", {}, self.book.file))
            return
        self.tables += 1
        head_row, mark, places, unknown = found
        for head in unknown:
            self.notices.append(Notice(sheet.title, head_row, "note-ledger-column", {"column": head}, self.book.file))
        wanted = sorted([mark, *places])
        for row in rows.body(self.book, sheet.title, head_row + 1, wanted):
            if isinstance(row, rows.Gap):
                break
            if self.progress is not None and row.number % _STEP == 0:
                self.progress.report(Step(row.number, 0))
            self._row(sheet.title, row, mark, places)
        if len(self.taken) > rows.MOST_ROWS:
            raise Trouble("sheet-too-many-rows", file=self.book.file, sheet=sheet.title, limit=rows.MOST_ROWS)

    def _head(self, sheet: rows.Sheet) -> tuple[int, int, dict[int, str], list[str]] | None:
        """The row of the heads, the identifiers' column, the other columns' keys, and the heads nobody knows."""
        known = {head_key(column.title): key for key, column in COLUMNS.items()}
        for number, own in islice(rows.sheet_rows(self.book, sheet, MOST_COLUMNS), HEADER_WITHIN):
            heads = {place: head_key(cell.text) for place, cell in own.items() if cell.text}
            mark = next((place for place, head in heads.items() if head == _MARK), None)
            if mark is None:
                continue
            places: dict[int, str] = {}
            for place, head in heads.items():
                key = known.get(head)
                if key in WANTED and key not in places.values():
                    places[place] = key
            unknown = [own[place].text for place, head in heads.items() if head not in known]
            return number, mark, places, unknown
        return None

    def _has_text(self, sheet: rows.Sheet) -> bool:
        return any(own for _, own in islice(rows.sheet_rows(self.book, sheet, MOST_COLUMNS), HEADER_WITHIN))

    def _row(self, sheet: str, row: rows.Row, mark_place: int, places: Mapping[int, str]) -> None:
        # An identifier that a merged cell would lend to the rows below it belongs to its own row alone.
        mark = row.own[mark_place].text if mark_place in row.own else ""
        if not mark and self._is_no_problem(row):
            return
        values: dict[str, Any] = {}
        good = True
        for place, key in places.items():
            cell = row.filled.get(place)
            if cell is None:
                values[key] = None if key in _DATES else ""
                continue
            try:
                values[key] = self._value(key, cell, sheet, row.number)
            except cells.UnreadableCell as reason:
                good = False
                self.faults.append(
                    RowFault(sheet, row.number, COLUMNS[key].title, reason.code, reason.values, self.book.file)
                )
        if good:
            self.taken.append(ReturnedRow(sheet, row.number, mark, values))

    def _is_no_problem(self, row: rows.Row) -> bool:
        return rows.is_total(row) or rows.is_remark(row) or rows.is_example(row)

    def _value(self, key: str, cell: rows.Cell, sheet: str, number: int) -> Any:
        if cell.uncounted:
            raise cells.UnreadableCell("row-formula-uncounted")
        if cell.error:
            raise cells.UnreadableCell("row-error-cell", shown=str(cell.value))
        if key not in _DATES:
            value = cell.value
            if not isinstance(value, str):
                return cell.text
            # Names and clauses stand in many rows; to clean them takes longer than to find them.
            known = self.texts.get(value)
            return self.texts.setdefault(value, _lines(value)) if known is None else known
        day, supplied = cells.date_of(cell.value, cell.number_format, self.today, self.book.epoch)
        if supplied:
            values = {"column": COLUMNS[key].title, "shown": cells.shown(cell.value), "day": str(day)}
            self.notices.append(Notice(sheet, number, "note-year-supplied", values, self.book.file))
        return day


def _lines(value: str) -> str:
    """The text with its line breaks, each line clean."""
    lines = [cells.clean_text(line) for line in value.replace("_x000D_", "").split("\n")]
    return "\n".join(line for line in lines if line)


def _sent(book: OpenBook) -> int | None:
    # The stubs do not know the custom properties yet.
    known = cast(Any, book.workbook).custom_doc_props
    found = next((each.value for each in known if each.name == ROWS_PROPERTY), None)
    return found if isinstance(found, int) else None


def _about(book: OpenBook) -> Sequence[Notice]:
    return [Notice("", 0, "note-macros", {}, book.file)] if book.macros else []
