"""How every sheet we write looks and prints: title, frozen header, filters, real dates and numbers, A4 lying."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from jiandu_desktop.paths import write_atomically

Value = str | int | float | Decimal | bool | date | datetime | None

TITLE_ROW, NOTE_ROW, HEADER_ROW = 1, 2, 3
_LONGEST_TEXT = 32_767  # characters in a cell, Excel's limit
_WIDEST, _NARROWEST = 36.0, 6.0  # in half-width characters
_LINE, _TALLEST = 14.5, 409.0  # points; the second is Excel's limit
_FACE = "宋体"  # on every Chinese Windows, in WPS, and substituted well elsewhere
_GREY = "FFBFBFBF"
_RED = "FFB3261E"


@dataclass(frozen=True, slots=True)
class Field:
    """A column to be written: its head, the number format of its numbers, its width (half-width characters)."""

    title: str
    number_format: str = "General"
    width: float | None = None
    warn: bool = False
    """Text and figures in red: for 一票否决 and 逾期 alone."""
    printed: bool = True
    """False: on the screen only. Such columns stand last; a page with all of them could not be read."""


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet to be written: `name` on its tab (31 characters at most), `title` and `note` above the table."""

    name: str
    title: str
    note: str
    fields: Sequence[Field]
    rows: Sequence[Sequence[Value]]


def new_workbook(title: str, creator: str = "监督") -> Workbook:
    """A workbook without sheets and with our styles."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.title = _storable(title)
    workbook.properties.creator = creator
    for style in _styles():
        workbook.add_named_style(style)
    return workbook


def add_sheet(workbook: Workbook, plan: SheetPlan) -> Worksheet:
    """Write `plan` as the workbook's last sheet; a table without rows is a header and its filters."""
    sheet: Worksheet = workbook.create_sheet(_tab_name(plan.name))
    last = get_column_letter(len(plan.fields))
    for column, text in ((TITLE_ROW, plan.title), (NOTE_ROW, plan.note)):
        put(sheet, column, 1, text, "jd_title" if column == TITLE_ROW else "jd_note")
        for place in range(2, sum(field.printed for field in plan.fields) + 1):
            sheet.cell(column, place).style = "jd_title" if column == TITLE_ROW else "jd_note"
    for place, field in enumerate(plan.fields, start=1):
        put(sheet, HEADER_ROW, place, field.title, "jd_head")
    widths = [field.width or _width(plan, index) for index, field in enumerate(plan.fields)]
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(plan.rows, start=HEADER_ROW + 1):
        for place, (field, value) in enumerate(zip(plan.fields, row, strict=True), start=1):
            cell = put(sheet, number, place, value, _style_of(field, value))
            if isinstance(value, int | float | Decimal) and field.number_format != "General":
                cell.number_format = field.number_format
        sheet.row_dimensions[number].height = row_height(row, widths)
    sheet.row_dimensions[TITLE_ROW].height = 28
    sheet.row_dimensions[HEADER_ROW].height = 32 if len(plan.fields) > 8 else 22
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{last}{HEADER_ROW + len(plan.rows)}"
    set_up_print(sheet, HEADER_ROW)
    printed = sum(field.printed for field in plan.fields)
    sheet.print_area = f"A1:{get_column_letter(printed)}{HEADER_ROW + len(plan.rows)}"
    return sheet


def put(sheet: Worksheet, row: int, column: int, value: Value, style: str) -> Cell:
    """Write a value that stays what it is: text beginning with = + - @ is no formula, here or when it is edited."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        raise ValueError(f"{cell.coordinate} is inside a merged range and holds nothing")
    cell.style = style
    if isinstance(value, str):
        text = _storable(value)
        cell.value = text
        if text[:1] in ("=", "+", "-", "@", "\t", "\r"):
            cell.data_type = "s"
            cell.quotePrefix = True
    elif isinstance(value, bool):
        cell.value = "是" if value else "否"
    elif isinstance(value, datetime):
        # Excel knows no zones: what is kept is the time on the wall where it was taken.
        cell.value = value.replace(tzinfo=None)
    else:
        cell.value = value
    return cell


def set_up_print(sheet: Worksheet, header_row: int) -> None:
    """A4 lying, as wide as the page, header repeated, page numbers below."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = "9"  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    sheet.page_margins.footer = 0.3
    footer = HeaderFooterItem()
    footer.left.text = "&A"
    footer.center.text = "第 &P 页 共 &N 页"
    footer.right.text = "打印于 &D"
    sheet.HeaderFooter.oddFooter = footer


def save(workbook: Workbook, path: Path) -> None:
    """Write the workbook so that the old file or the new one is there. Raises Trouble (open in Excel, disk full)."""
    buffer = io.BytesIO()
    workbook.save(buffer)
    write_atomically(path, buffer.getvalue())


def display_width(text: str) -> int:
    """Half-width characters that the widest line of `text` takes."""
    lines = text.splitlines() or [""]
    return max(sum(2 if unicodedata.east_asian_width(mark) in "FWA" else 1 for mark in line) for line in lines)


def row_height(row: Sequence[Value], widths: Sequence[float]) -> float:
    """Points for the tallest cell. Said outright: not every program fits rows to wrapped text when it opens a file."""
    lines = 1
    for value, width in zip(row, widths, strict=True):
        if isinstance(value, str):
            room = max(2, int(width) - 2)
            lines = max(lines, sum(-(-max(1, display_width(line)) // room) for line in value.split("\n")))
    return min(_TALLEST, lines * _LINE + 3)


def _styles() -> list[NamedStyle]:
    thin = Side(style="thin", color=_GREY)
    box = Border(left=thin, right=thin, top=thin, bottom=thin)
    font = Font(name=_FACE, size=10.5)
    red = Font(name=_FACE, size=10.5, color=_RED)
    wrapped = Alignment(vertical="top", wrap_text=True)
    figures = Alignment(horizontal="right", vertical="top", indent=1)
    return [
        NamedStyle(
            "jd_title",
            Font(name="黑体", size=16),
            alignment=Alignment(horizontal="centerContinuous", vertical="center"),
        ),
        NamedStyle(
            "jd_note", Font(name=_FACE, size=10, color="FF595959"), alignment=Alignment(horizontal="centerContinuous")
        ),
        NamedStyle(
            "jd_head",
            Font(name="黑体", size=10.5),
            fill=PatternFill("solid", fgColor="FFEDEDED"),
            border=box,
            alignment=Alignment(horizontal="center", vertical="center", wrap_text=True),
        ),
        NamedStyle("jd_text", font, border=box, alignment=wrapped, number_format="@"),
        NamedStyle("jd_number", font, border=box, alignment=figures),
        NamedStyle("jd_warn", red, border=box, alignment=wrapped),
        NamedStyle("jd_late", red, border=box, alignment=figures),
        NamedStyle(
            "jd_date",
            font,
            border=box,
            alignment=Alignment(horizontal="center", vertical="top"),
            number_format="yyyy-mm-dd",
        ),
        NamedStyle(
            "jd_moment",
            font,
            border=box,
            alignment=Alignment(horizontal="center", vertical="top"),
            number_format="yyyy-mm-dd hh:mm",
        ),
    ]


def _style_of(field: Field, value: Value) -> str:
    figure = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    if field.warn and value not in (None, ""):
        return "jd_late" if figure else "jd_warn"
    if isinstance(value, datetime):
        return "jd_moment"
    if isinstance(value, date):
        return "jd_date"
    return "jd_number" if figure else "jd_text"


def _width(plan: SheetPlan, index: int) -> float:
    """Wide enough for the head and for nine cells of ten; longer texts wrap."""
    widths = sorted(_shown_width(row[index]) for row in plan.rows)
    usual = widths[len(widths) * 9 // 10] if widths else 0
    return min(_WIDEST, max(_NARROWEST, display_width(plan.fields[index].title) + 3, usual + 2))


def _shown_width(value: Value) -> int:
    if isinstance(value, datetime):
        return 16
    return display_width(str(value)) if value is not None else 0


def _storable(text: str) -> str:
    """Text that a workbook can hold: no control characters, no half surrogates, 32,767 characters."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r\n", "\n"))
    return clean.encode("utf-8", "replace").decode("utf-8")[:_LONGEST_TEXT]


def _tab_name(name: str) -> str:
    return "".join("·" if mark in r"\/*?:[]" else mark for mark in _storable(name))[:31].strip("'") or "表"
