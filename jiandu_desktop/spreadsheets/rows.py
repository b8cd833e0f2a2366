"""The rows of a sheet as they come: blank ones passed over, merged cells filled down, totals and remarks told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol, cast

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.spreadsheets.cells import clean_text, text_of
from jiandu_desktop.spreadsheets.opening import BROKEN, OpenBook

MOST_ROWS = 200_000
_LAST_ROW_OF_EXCEL = 1_048_576
_BLANK_ROWS_AT_END = 20_000  # formatted down to the last row of Excel: nobody leaves such a gap on purpose

_TOTAL = re.compile(r"\S{0,8}?(合计|总计|小计|共计|总数)([:(（：\d].*)?|计")
_REMARK = re.compile(r"(备?注|说明|填表|制表|填报|审核|统计|单位负责人|联系人)[^,，]*[:：].*|注|说明|备注")
_EXAMPLE = re.compile(r"[(（【]?(示例|样例|例)[)）】:：\-].*|示例.*|样例.*")


@dataclass(slots=True)
class Cell:
    """A value, its number format, whether it is an error value, whether its formula has no stored result."""

    value: Any
    number_format: str = "General"
    error: bool = False
    uncounted: bool = False

    @property
    def blank(self) -> bool:
        if self.uncounted or self.error:
            return False
        if not isinstance(self.value, str):
            return self.value is None
        # Asked of every cell of 50,000 rows: only what begins oddly is worth a closer look.
        return not self.value[:1].isalnum() and not clean_text(self.value)

    @property
    def text(self) -> str:
        return text_of(self.value, self.number_format)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that has something in the wanted columns. `filled`: these columns alone, merged cells filled down."""

    number: int
    own: Mapping[int, Cell]
    filled: Mapping[int, Cell]

    @property
    def first_text(self) -> str:
        """The text of the leftmost cell that has one."""
        return next((text for place in sorted(self.own) if (text := self.own[place].text)), "")


@dataclass(frozen=True, slots=True)
class Gap:
    """Nothing but blank rows from `row` on; what may stand below them is not read."""

    row: int
    count: int


class Sheet(Protocol):
    """What is used of openpyxl's read-only sheet, whose stub types `iter_rows` for the other kind of sheet."""

    title: str
    sheet_state: str

    def iter_rows(self, *, max_col: int) -> Iterator[Sequence[Any]]: ...

    def reset_dimensions(self) -> None: ...


def sheets(book: OpenBook) -> list[Sheet]:
    """The worksheets (chart sheets left out), freed of the size they claim to have."""
    found = cast("list[Sheet]", book.workbook.worksheets)
    for sheet in found:
        sheet.reset_dimensions()
    return found


def sheet_rows(book: OpenBook, sheet: Sheet, width: int) -> Iterator[tuple[int, dict[int, Cell]]]:
    """Each row's number and its cells that are not empty, up to column `width`. Raises Trouble `sheet-damaged`."""
    source = islice(sheet.iter_rows(max_col=width), _LAST_ROW_OF_EXCEL)
    number = 0
    while True:
        number += 1
        try:
            row = next(source)
            cells = {place: _cell(cell) for place, cell in enumerate(row, start=1) if cell.value is not None}
        except StopIteration:
            return
        except BROKEN as error:
            raise Trouble("sheet-damaged", file=book.file) from error
        yield number, cells


def body(book: OpenBook, sheet: str, first_row: int, wanted: list[int]) -> Iterator[Row | Gap]:
    """The rows from `first_row` on that have anything in `wanted` columns (sorted, from 1); a Gap comes last."""
    merges = {(merge.top, merge.left): merge.bottom for merge in book.merges(sheet) if merge.bottom > merge.top}
    uncounted = book.uncounted(sheet)
    open_merges: dict[int, tuple[int, Cell]] = {}
    blank_rows, places = 0, frozenset(wanted)
    source = next(candidate for candidate in sheets(book) if candidate.title == sheet)
    for number, own in sheet_rows(book, source, wanted[-1]):
        if number < first_row:
            continue
        if uncounted:
            own.update({place: Cell(None, uncounted=True) for place in wanted if (number, place) in uncounted})
        filled = {place: cell for place, cell in own.items() if place in places and not cell.blank}
        if not filled:
            blank_rows += 1
            if blank_rows > _BLANK_ROWS_AT_END:
                yield Gap(number - blank_rows + 1, _BLANK_ROWS_AT_END)
                return
            continue
        blank_rows = 0
        if merges:
            _fill_down(number, wanted, merges, open_merges, filled)
        yield Row(number, own, filled)


def is_total(row: Row) -> bool:
    """A row that adds up those above: 合计, 总计:, 全县合计(130所)."""
    return _TOTAL.fullmatch("".join(row.first_text.split())) is not None


def is_example(row: Row) -> bool:
    """The grey row of a template that shows how to fill it."""
    return _EXAMPLE.fullmatch(row.first_text) is not None


def is_remark(row: Row) -> bool:
    """A line below the table: 注:…, 填表人:… ."""
    return len(row.filled) <= 2 and _REMARK.fullmatch(row.first_text) is not None


def _cell(cell: Any) -> Cell:
    value = cell.value
    number_format = cell.number_format if isinstance(value, int | float) else "General"
    return Cell(value, number_format or "General", cell.data_type == "e")


def _fill_down(
    number: int,
    wanted: list[int],
    merges: Mapping[tuple[int, int], int],
    open_merges: dict[int, tuple[int, Cell]],
    filled: dict[int, Cell],
) -> None:
    for place in wanted:
        if place in filled:
            bottom = merges.get((number, place))
            if bottom is not None:
                open_merges[place] = (bottom, filled[place])
        elif place in open_merges and number <= open_merges[place][0]:
            filled[place] = open_merges[place][1]
