"""Reading one table out of a workbook: every row a record or, cell by cell, the faults that keep it from being one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress, Step
from jiandu_desktop.spreadsheets import cells, rows
from jiandu_desktop.spreadsheets.headers import Found, find_header, head_key
from jiandu_desktop.spreadsheets.opening import OpenBook, opened
from jiandu_desktop.spreadsheets.reading import Column, Kind, Notice, Reading, RowFault

_STEP = 1_000
_BLANK = (None, "", ())

Record = TypeVar("Record")


def read_table(
    path: Path,
    columns: Sequence[Column],
    *,
    any_of: Sequence[Sequence[str]] = (),
    today: date | None = None,
    progress: Progress | None = None,
) -> Reading[dict[str, Any]]:
    """The table at `path` that has `columns`, each record a dict by `Column.key` (blanks as `Kind` says).

    Raises Trouble `sheet-…` for what concerns the whole file. `any_of`: groups of keys of which one column must be
    there and one value in each row. `today` supplies the year of dates written without one.
    """
    with opened(path) as book:
        found = find_header(book, columns, any_of)
        return _Table(book, found, columns, any_of, today).reading(progress)


def checked(
    reading: Reading[dict[str, Any]],
    check: Callable[[int, dict[str, Any]], tuple[Sequence[RowFault], Sequence[Notice]]],
    make: Callable[[dict[str, Any]], Record],
) -> Reading[Record]:
    """`reading` with each row made a record, after `check` has found it free of faults across rows (duplicates)."""
    faults, notices = list(reading.faults), list(reading.notices)
    good: list[tuple[int, Record]] = []
    for number, record in reading.rows:
        more_faults, more_notices = check(number, record)
        faults.extend(more_faults)
        notices.extend(more_notices)
        if not more_faults:
            good.append((number, make(record)))
    faults.sort(key=lambda fault: fault.row)
    return Reading(reading.file, reading.sheet, tuple(good), tuple(faults), reading.ignored, tuple(notices))


class _Table:
    """One sheet being read: turns the cells of each row into a record and lists what is wrong with them."""

    def __init__(
        self,
        book: OpenBook,
        found: Found,
        columns: Sequence[Column],
        any_of: Sequence[Sequence[str]],
        today: date | None,
    ) -> None:
        self._book, self._header, self._alike = book, found.header, found.alike
        self._heads = {place: head_key(head) for place, head in self._header.places.values()}
        self._columns, self._any_of, self._today = columns, any_of, today
        self._notices: list[Notice] = list(self._about_the_file())

    def reading(self, progress: Progress | None) -> Reading[dict[str, Any]]:
        header = self._header
        good: list[tuple[int, dict[str, Any]]] = []
        faults: list[RowFault] = []
        taken = 0
        wanted = sorted(place for place, _ in header.places.values())
        for row in rows.body(self._book, header.sheet, header.first_data_row, wanted):
            if isinstance(row, rows.Gap):
                self._note(row.row, "note-gap", count=row.count)
                break
            if progress is not None and row.number % _STEP == 0:
                progress.report(Step(row.number, 0))
            if self._is_no_record(row):
                continue
            taken += 1
            if taken > rows.MOST_ROWS:
                raise Trouble("sheet-too-many-rows", file=self._book.file, sheet=header.sheet, limit=rows.MOST_ROWS)
            record, bad = self._record(row)
            faults.extend(bad)
            if not bad:
                good.append((row.number, record))
        if not taken:
            self._note(0, "note-no-rows", header=header.row)
        return Reading(self._book.file, header.sheet, tuple(good), tuple(faults), header.ignored, tuple(self._notices))

    def _about_the_file(self) -> Iterator[Notice]:
        sheet, file = self._header.sheet, self._book.file
        if self._book.macros:
            yield Notice(sheet, 0, "note-macros", {}, file)
        for other in self._alike:
            yield Notice(sheet, 0, "note-other-sheet", {"other": other}, file)
        for head in self._header.repeated:
            yield Notice(sheet, self._header.row, "note-repeated-column", {"column": head}, file)

    def _is_no_record(self, row: rows.Row) -> bool:
        """Totals, remarks and examples are left out with a notice; the header printed once more, without."""
        if self._is_header(row):
            return True
        for is_one, code in (
            (rows.is_total, "note-total-row"),
            (rows.is_example, "note-example-row"),
            (rows.is_remark, "note-remark-row"),
        ):
            if is_one(row):
                self._note(row.number, code, text=cells.shown(row.first_text))
                return True
        return False

    def _is_header(self, row: rows.Row) -> bool:
        """Long lists repeat their header on every printed page."""
        return len(row.filled) > 1 and all(
            head_key(cell.text) == self._heads[place] for place, cell in row.filled.items()
        )

    def _record(self, row: rows.Row) -> tuple[dict[str, Any], list[RowFault]]:
        record: dict[str, Any] = {}
        faults: list[RowFault] = []
        for column in self._columns:
            place, head = self._header.places.get(column.key, (0, column.title))
            try:
                value = self._value(column, row.filled.get(place) or rows.Cell(None), row.number, head)
            except cells.UnreadableCell as reason:
                faults.append(self._fault(row.number, head, reason.code, **reason.values))
                continue
            record[column.key] = value
            if column.required and value in _BLANK:
                faults.append(self._fault(row.number, head, "row-missing"))
        for group in self._any_of:
            if all(record.get(key, "?") in _BLANK for key in group):
                titles = "或".join(column.title for column in self._columns if column.key in group)
                faults.append(self._fault(row.number, titles, "row-missing"))
        return record, faults

    def _value(self, column: Column, cell: rows.Cell, number: int, head: str) -> Any:
        if cell.uncounted:
            raise cells.UnreadableCell("row-formula-uncounted")
        if cell.error:
            raise cells.UnreadableCell("row-error-cell", shown=str(cell.value))
        value, number_format = cell.value, cell.number_format
        match column.kind:
            case Kind.TEXT:
                return cells.text_of(value, number_format)
            case Kind.CODE:
                return cells.code_of(value, number_format)
            case Kind.PHONE:
                return cells.phone_of(value, number_format)
            case Kind.COUNT:
                return cells.count_of(value, number_format)
            case Kind.NUMBER:
                return cells.number_of(value, number_format)
            case Kind.NAMES:
                return cells.names_of(value, number_format)
            case Kind.CHOICE:
                return cells.choice_of(value, column.choices, column.known, number_format)
            case Kind.DATE:
                day, supplied = cells.date_of(value, number_format, self._today, self._book.epoch)
                if supplied:
                    self._note(number, "note-year-supplied", column=head, shown=cells.shown(value), day=str(day))
                return day

    def _fault(self, row: int, head: str, code: str, **values: Any) -> RowFault:
        return RowFault(self._header.sheet, row, cells.clean_text(head), code, values, self._book.file)

    def _note(self, row: int, code: str, **values: Any) -> None:
        self._notices.append(Notice(self._header.sheet, row, code, values, self._book.file))
