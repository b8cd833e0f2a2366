"""The ledger as an office prints it: 四个清单 on one sheet or four, and the 整改台账; each row with its identifier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any, cast

from openpyxl.packaging.custom import IntProperty
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from jiandu_desktop.domain.ledger_layout import LAYOUT_NAMES, Layout
from jiandu_desktop.spreadsheets.row_stream import save_with_rows
from jiandu_desktop.spreadsheets.sheet_look import new_workbook, put, set_up_print

MARK_TITLE = "标识（请勿改动）"
ROWS_PROPERTY = "JianduRows"
"""Custom property of the workbook: how many problems went out, so that rows that are missing later can be counted."""
TITLE_ROW, NOTE_ROW, GROUP_ROW = 1, 2, 3
_A3, _A4 = "8", "9"
_FILL_IN = PatternFill("solid", fgColor="FFFFF8E1")


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """One column: its head, its width (half-width characters), what its cells are, and the list that it belongs to."""

    title: str
    width: float
    kind: str = "text"
    group: str = ""


_PROBLEMS, _MEASURES, _PEOPLE, _DATES = "问题清单", "措施清单", "责任清单", "时限清单"
_REPLY, _OFFICE = "学校填报", "督导室填写"

COLUMNS: dict[str, LedgerColumn] = {
    "ordinal": LedgerColumn("序号", 5, "number"),
    "school": LedgerColumn("学校", 15, group=_PROBLEMS),
    "area": LedgerColumn("责任区", 11, group=_PROBLEMS),
    "matter": LedgerColumn("督导事项", 12, group=_PROBLEMS),
    "text": LedgerColumn("问题", 28, group=_PROBLEMS),
    "basis": LedgerColumn("依据", 18, group=_PROBLEMS),
    "grade": LedgerColumn("等级", 6, group=_PROBLEMS),
    "source": LedgerColumn("来源", 10, group=_PROBLEMS),
    "found": LedgerColumn("发现日期", 12, "date", _PROBLEMS),
    "number": LedgerColumn("文书号", 16, group=_PROBLEMS),
    "measure": LedgerColumn("措施", 26, group=_MEASURES),
    "unit": LedgerColumn("责任单位", 13, group=_PEOPLE),
    "responsible": LedgerColumn("责任人", 9, group=_PEOPLE),
    "supervising": LedgerColumn("监督责任人", 9, group=_PEOPLE),
    "leader": LedgerColumn("领导责任人", 9, group=_PEOPLE),
    "chain": LedgerColumn("包抓", 18, group=_PEOPLE),
    "due": LedgerColumn("期限", 12, "date", _DATES),
    "overdue": LedgerColumn("逾期天数", 7, "late", _DATES),
    "state": LedgerColumn("状态", 9, group=_DATES),
    "ended": LedgerColumn("销号日期", 12, "date", _DATES),
    "result": LedgerColumn("整改结果", 18, group=_DATES),
    "plan": LedgerColumn("整改措施", 22, group=_REPLY),
    "report": LedgerColumn("完成情况", 22, group=_REPLY),
    "done_on": LedgerColumn("完成日期", 12, "date", _REPLY),
    "reporter": LedgerColumn("报告人", 9, group=_REPLY),
    "reason": LedgerColumn("延期理由", 14, group=_OFFICE),
    "remark": LedgerColumn("备注", 14, group=_OFFICE),
    "code": LedgerColumn("学校代码", 13),
    "mark": LedgerColumn(MARK_TITLE, 12),
}

FILL_IN = ("plan", "report", "done_on", "reporter", "reason", "remark")
"""What others write: tinted, so that it is seen where to write."""

_SHEETS: dict[Layout, tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...]] = {
    Layout.JOINT: (
        (
            "四个清单",
            _A3,
            (
                *("ordinal", "school", "matter", "text", "basis", "grade", "measure"),
                *("unit", "responsible", "supervising", "leader", "due", "overdue", "state"),
                *("plan", "report", "done_on", "reporter"),
            ),
            ("reason", "remark", "area", "source", "found", "number", "code", "mark"),
        ),
    ),
    Layout.FOUR: (
        (
            _PROBLEMS,
            _A4,
            ("ordinal", "school", "area", "matter", "text", "basis", "grade", "source", "found", "state", "number"),
            ("code", "mark"),
        ),
        (_MEASURES, _A4, ("ordinal", "school", "text", "measure", "plan", "report", "done_on", "reporter"), ("mark",)),
        (
            _PEOPLE,
            _A4,
            ("ordinal", "school", "text", "unit", "responsible", "supervising", "leader", "chain"),
            ("mark",),
        ),
        (
            _DATES,
            _A4,
            ("ordinal", "school", "text", "found", "due", "overdue", "state", "ended", "reason", "remark"),
            ("mark",),
        ),
    ),
    Layout.REGISTER: (
        (
            "整改台账",
            _A4,
            (
                *("ordinal", "school", "matter", "text", "basis", "unit", "responsible", "measure", "due"),
                *("result", "done_on", "reporter", "report", "remark"),
            ),
            ("reason", "plan", "code", "mark"),
        ),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One problem as it goes out; `mark` is its identifier. `result` says in words what became of it."""

    ordinal: int
    school: str
    code: str
    area: str
    matter: str
    text: str
    basis: str
    grade: str
    source: str
    found: date
    number: str
    measure: str
    unit: str
    responsible: str
    supervising: str
    leader: str
    chain: str
    due: date | None
    overdue: int | None
    state: str
    ended: date | None
    result: str
    mark: str
    plan: str = ""
    report: str = ""
    done_on: date | None = None
    reporter: str = ""
    reason: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerBook:
    """All that goes into one workbook. `of` says whose problems: 全县, or one school."""

    office: str
    county: str
    of: str
    made_on: date
    lines: Sequence[LedgerLine]


def write_ledger(path: Path, book: LedgerBook, layout: Layout) -> None:
    """Write the ledger in one of the office's forms, replacing what is there; raises Trouble as `sheet_look.save`."""
    workbook = new_workbook(f"{book.office}{LAYOUT_NAMES[layout]}", book.office)
    # The stubs do not know the custom properties yet.
    cast(Any, workbook).custom_doc_props.append(IntProperty(name=ROWS_PROPERTY, value=len(book.lines)))
    bodies: dict[str, tuple[int, Iterator[Any]]] = {}
    for name, paper, printed, unprinted in _SHEETS[layout]:
        keys = (*printed, *unprinted)
        sheet = workbook.create_sheet(name)
        groups = layout is Layout.JOINT
        first = GROUP_ROW + 1 + groups
        _head(sheet, book, layout, keys, len(printed), first - 1)
        _sample(sheet, keys, first)
        _set_up(sheet, paper, keys, len(printed), first, len(book.lines))
        bodies[name] = (first, map(attrgetter(*keys), book.lines))
    save_with_rows(workbook, path, bodies)


def _head(sheet: Worksheet, book: LedgerBook, layout: Layout, keys: Sequence[str], printed: int, head_row: int) -> None:
    name = {Layout.JOINT: "问题整改四个清单", Layout.REGISTER: "问题整改台账"}.get(layout, sheet.title)
    put(sheet, TITLE_ROW, 1, f"{book.office}{name}", "jd_title")
    without = sum(not line.basis for line in book.lines)
    note = f"县（市、区）：{book.county or '—'}　学校：{book.of}　填表日期：{book.made_on:%Y-%m-%d}"
    note += f"　共 {len(book.lines)} 条"
    if without and "basis" in keys:
        note += f"　其中 {without} 条没有写依据，请补上"
    put(sheet, NOTE_ROW, 1, note, "jd_note")
    for place in range(2, printed + 1):
        sheet.cell(TITLE_ROW, place).style = "jd_title"
        sheet.cell(NOTE_ROW, place).style = "jd_note"
    for place, key in enumerate(keys, start=1):
        put(sheet, head_row, place, COLUMNS[key].title, "jd_head")
    if head_row > GROUP_ROW:
        _groups(sheet, keys, printed)
    sheet.row_dimensions[TITLE_ROW].height = 28
    sheet.row_dimensions[head_row].height = 32


def _groups(sheet: Worksheet, keys: Sequence[str], printed: int) -> None:
    """The names of the lists above their columns."""
    start = 1
    while start <= printed:
        group = COLUMNS[keys[start - 1]].group
        end = start
        while end < printed and COLUMNS[keys[end]].group == group:
            end += 1
        put(sheet, GROUP_ROW, start, group, "jd_head")
        for place in range(start + 1, end + 1):
            sheet.cell(GROUP_ROW, place).style = "jd_head"
        if end > start:
            sheet.merge_cells(start_row=GROUP_ROW, end_row=GROUP_ROW, start_column=start, end_column=end)
        start = end + 1


def _sample(sheet: Worksheet, keys: Sequence[str], row: int) -> None:
    """A row of empty cells in the styles of their columns."""
    styles = {"text": "jd_text", "date": "jd_date", "number": "jd_number", "late": "jd_late"}
    for place, key in enumerate(keys, start=1):
        cell = sheet.cell(row, place)
        cell.style = styles[COLUMNS[key].kind]
        if key in FILL_IN:
            cell.fill = _FILL_IN


def _set_up(sheet: Worksheet, paper: str, keys: Sequence[str], printed: int, first: int, count: int) -> None:
    last_row = max(first, first + count - 1)
    for place, key in enumerate(keys, start=1):
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width = COLUMNS[key].width
        column.hidden = key == "mark"
    sheet.freeze_panes = f"C{first}"
    sheet.auto_filter.ref = f"A{first - 1}:{get_column_letter(len(keys))}{last_row}"
    set_up_print(sheet, first - 1)
    sheet.page_setup.paperSize = paper
    sheet.print_title_rows = f"{min(GROUP_ROW, first - 1)}:{first - 1}"
    sheet.print_area = f"A1:{get_column_letter(printed)}{last_row}"
