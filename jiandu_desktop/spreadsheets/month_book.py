"""督导目录: one month's visits, documents and problems for colleagues without the program, with links to the papers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from jiandu_desktop.domain.monthly import MonthBook, MonthDocument, MonthProblem, MonthVisit
from jiandu_desktop.spreadsheets.sheet_look import HEADER_ROW, Field, SheetPlan, Value, add_sheet, new_workbook

_WHOLE, _POINTS = "0", "0.0"
_OPEN = "打开"
_ESCAPES = str.maketrans({"%": "%25", "#": "%23", "?": "%3F", " ": "%20"})


def month_book(book: MonthBook, written_at: datetime) -> bytes:
    """The workbook's bytes; `written_at` stands above the tables."""
    workbook = new_workbook(book.title)
    note = f"{book.whose}　{written_at:%Y-%m-%d %H:%M} 由监督程序写成；程序不读这个文件，改动会在下次同步时另存并重写"
    for name, fields, rows in (
        ("督导", _VISITS, [_visit(*line) for line in enumerate(book.visits, 1)]),
        ("文书", _DOCUMENTS, [_document(*line) for line in enumerate(book.documents, 1)]),
        ("问题", _PROBLEMS, [_problem(*line) for line in enumerate(book.problems, 1)]),
    ):
        sheet = add_sheet(workbook, SheetPlan(name, f"{book.title}（{name}）", note, fields, rows))
        if name == "文书":
            _link(sheet, book.documents)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


_VISITS = (
    Field("序号", _WHOLE, width=6),
    Field("学校", width=22),
    Field("督导任务"),
    Field("督导类型"),
    Field("督导日期", width=12),
    Field("督学", width=14),
    Field("应查项", _WHOLE),
    Field("已查项", _WHOLE),
    Field("问题数", _WHOLE),
    Field("得分", _POINTS),
    Field("一票否决", width=12, warn=True),
    Field("文书数", _WHOLE),
)

_DOCUMENTS = (
    Field("序号", _WHOLE, width=6),
    Field("文号", width=24),
    Field("文书", width=18),
    Field("学校", width=22),
    Field("日期", width=12),
    Field("督学", width=14),
    Field("页数", _WHOLE),
    Field("原件", width=10),
)

_PROBLEMS = (
    Field("序号", _WHOLE, width=6),
    Field("学校", width=22),
    Field("问题", width=36),
    Field("等级"),
    Field("整改措施", width=30),
    Field("责任人"),
    Field("整改期限", width=12),
    Field("状态"),
    Field("逾期", warn=True),
    Field("督学", width=14),
    Field("通知书", width=24),
)


def _visit(ordinal: int, line: MonthVisit) -> list[Value]:
    veto = "一票否决" if line.vetoed else ""
    return [
        *(ordinal, line.school, line.task, line.kind, line.visited, line.inspectors, line.item_total, line.answered),
        *(line.problems, line.score, veto, line.documents),
    ]


def _document(ordinal: int, line: MonthDocument) -> list[Value]:
    words = _OPEN if line.file else "原件未到"
    return [ordinal, line.number, line.kind, line.school, line.dated, line.inspectors, line.pages, words]


def _problem(ordinal: int, line: MonthProblem) -> list[Value]:
    return [
        *(ordinal, line.school, line.text, line.grade, line.measure, line.responsible, line.due, line.state),
        *("逾期" if line.late else "", line.inspectors, line.notice_number),
    ]


def _link(sheet: Worksheet, documents: Sequence[MonthDocument]) -> None:
    """The last column opens the paper, wherever the shared folder is mounted."""
    column = len(_DOCUMENTS)
    for row, line in enumerate(documents, HEADER_ROW + 1):
        if line.file:
            cell = sheet.cell(row, column)
            cell.hyperlink = line.file.translate(_ESCAPES)
            cell.font = Font(name="宋体", size=10.5, color="FF0B57A4", underline="single")
