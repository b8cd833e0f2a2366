"""The office's workbook (汇总): 督导记录, 问题台账, 文书登记 and 得分汇总 of all that the laptops handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from jiandu_desktop.domain.assignment import VISIT_KIND_NAMES, VisitKind
from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, DocumentKind
from jiandu_desktop.domain.problem import (
    GRADE_NAMES,
    HANDLING_NAMES,
    OPEN_STATES,
    PROBLEM_STATE_NAMES,
    Grade,
    Handling,
    ProblemState,
)
from jiandu_desktop.domain.school import STAGE_NAMES, Stage
from jiandu_desktop.spreadsheets.sheet_look import Field, SheetPlan, Value, add_sheet, new_workbook, save

VISITS, PROBLEMS, DOCUMENTS, SCORES = "督导记录", "问题台账", "文书登记", "得分汇总"
_POINTS, _RATE, _WHOLE = "0.0#", "0.0%", "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    """One finished visit. `score` is percent (0–100), None where the checklist gives none; `vetoed` the items of
    一票否决 that failed; `opinion` the school's own words or 同意."""

    school_code: str
    school: str
    stage: Stage
    area: str
    task: str
    kind: VisitKind
    checklist: str
    visited: date
    inspectors: tuple[str, ...]
    companions: str = ""
    manner: str = ""
    item_total: int = 0
    answered: int = 0
    problems: int = 0
    fixed_on_the_spot: int = 0
    score: Decimal | None = None
    vetoed: tuple[str, ...] = ()
    conclusion: str = ""
    opinion: str = ""
    photos: int = 0
    finished_at: datetime | None = None
    revision: int = 1
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemLine:
    """One problem. `unit` (责任单位) is the school as a rule; `matter` the part of the checklist it belongs to."""

    school_code: str
    school: str
    area: str
    matter: str
    text: str
    basis: str
    grade: Grade
    measure: str
    unit: str
    responsible: str
    due: date | None
    state: ProblemState
    handling: Handling
    found: date
    inspectors: tuple[str, ...]
    leader: str = ""
    item: str = ""
    task: str = ""
    notice_number: str = ""
    photos: int = 0
    veto: bool = False
    struck_off: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """One document that was made. `state` in words (已签发, 作废, 被替代); `sha256` of its file."""

    number: str
    kind: DocumentKind
    school: str
    area: str
    dated: date
    inspectors: tuple[str, ...]
    state: str
    task: str = ""
    pages: int | None = None
    problems: int = 0
    replaces: str = ""
    file: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreLine:
    """The score of one section of one visit; `section` empty: the whole visit. None: nothing in it applied."""

    school_code: str
    school: str
    stage: Stage
    area: str
    task: str
    checklist: str
    visited: date
    section: str
    points: Decimal | None
    full: Decimal | None
    items: int = 0
    failed: int = 0
    not_applicable: int = 0
    vetoed: tuple[str, ...] = ()
    conclusion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeBook:
    """All that goes into the workbook, in the order in which it is to stand there.

    `made_on` is the day against which a problem is overdue; `period` (2026年11月) stands in the titles.
    """

    office: str
    made_on: date
    period: str = ""
    visits: tuple[VisitLine, ...] = ()
    problems: tuple[ProblemLine, ...] = ()
    documents: tuple[DocumentLine, ...] = ()
    scores: tuple[ScoreLine, ...] = ()


def write_office_book(path: Path, book: OfficeBook) -> None:
    """Write the four sheets to `path`, replacing what is there; raises Trouble `file-not-writable` or `disk-full`."""
    workbook = new_workbook(f"{book.office}{book.period}督导汇总", book.office)
    for name, fields, rows in (
        (VISITS, _VISIT_FIELDS, [_visit(*line) for line in enumerate(book.visits, 1)]),
        (PROBLEMS, _PROBLEM_FIELDS, [_problem(*line, book.made_on) for line in enumerate(book.problems, 1)]),
        (DOCUMENTS, _DOCUMENT_FIELDS, [_document(*line) for line in enumerate(book.documents, 1)]),
        (SCORES, _SCORE_FIELDS, [_score(*line) for line in enumerate(book.scores, 1)]),
    ):
        unprinted = next(field.title for field in fields if not field.printed)
        note = f"制表日期 {book.made_on:%Y-%m-%d}　共 {len(rows)} 条　从“{unprinted}”起的列不打印"
        add_sheet(workbook, SheetPlan(name, f"{book.office}{book.period}{name}", note, fields, rows))
    save(workbook, path)


_VISIT_FIELDS = (
    Field("序号", _WHOLE, width=6),
    Field("学校", width=22),
    Field("学校类型"),
    Field("责任区"),
    Field("督导任务"),
    Field("督导类型"),
    Field("督导日期", width=12),
    Field("督学", width=14),
    Field("应查项", _WHOLE),
    Field("已查项", _WHOLE),
    Field("问题数", _WHOLE),
    Field("即知即改", _WHOLE),
    Field("得分", _POINTS),
    Field("一票否决", width=14, warn=True),
    Field("结论"),
    Field("文书号", width=24),
    Field("督导表单", printed=False),
    Field("陪同人员", printed=False),
    Field("督导方式", printed=False),
    Field("学校意见", printed=False),
    Field("照片数", _WHOLE, printed=False),
    Field("定稿时间", width=18, printed=False),
    Field("修订次数", _WHOLE, printed=False),
    Field("学校代码", printed=False),
)


def _visit(ordinal: int, line: VisitLine) -> list[Value]:
    return [
        ordinal,
        line.school,
        STAGE_NAMES[line.stage],
        line.area,
        line.task,
        VISIT_KIND_NAMES[line.kind],
        line.visited,
        "、".join(line.inspectors),
        line.item_total,
        line.answered,
        line.problems,
        line.fixed_on_the_spot,
        line.score,
        "、".join(line.vetoed),
        line.conclusion,
        "\n".join(line.documents),
        line.checklist,
        line.companions,
        line.manner,
        line.opinion,
        line.photos,
        line.finished_at,
        line.revision - 1,
        line.school_code,
    ]


_PROBLEM_FIELDS = (
    Field("序号", _WHOLE, width=6),
    Field("学校", width=16),
    Field("责任区", width=11),
    Field("督导事项", width=12),
    Field("问题", width=32),
    Field("依据", width=24),
    Field("等级", width=7),
    Field("措施", width=32),
    Field("责任单位", width=16),
    Field("责任人", width=9),
    Field("时限", width=12),
    Field("逾期天数", _WHOLE, width=7, warn=True),
    Field("状态", width=9),
    Field("处理方式", width=10),
    Field("发现日期", width=12),
    Field("督学", width=10),
    Field("文书号", width=16),
    Field("照片数", _WHOLE, width=6),
    Field("一票否决", warn=True, printed=False),
    Field("销号日期", width=12, printed=False),
    Field("责任领导", printed=False),
    Field("督导任务", printed=False),
    Field("检查项", printed=False),
    Field("学校代码", printed=False),
)


def _problem(ordinal: int, line: ProblemLine, made_on: date) -> list[Value]:
    overdue = line.due is not None and line.state in OPEN_STATES and line.due < made_on
    return [
        ordinal,
        line.school,
        line.area,
        line.matter,
        line.text,
        line.basis,
        GRADE_NAMES[line.grade],
        line.measure,
        line.unit,
        line.responsible,
        line.due,
        (made_on - line.due).days if overdue and line.due else None,
        PROBLEM_STATE_NAMES[line.state],
        HANDLING_NAMES[line.handling],
        line.found,
        "、".join(line.inspectors),
        line.notice_number,
        line.photos,
        "是" if line.veto else "",
        line.struck_off,
        line.leader,
        line.task,
        line.item,
        line.school_code,
    ]


_DOCUMENT_FIELDS = (
    Field("序号", _WHOLE, width=6),
    Field("文书号"),
    Field("文种"),
    Field("学校"),
    Field("责任区"),
    Field("督导任务"),
    Field("成文日期", width=12),
    Field("督学"),
    Field("问题数", _WHOLE),
    Field("页数", _WHOLE),
    Field("状态"),
    Field("替代文书"),
    Field("文件", printed=False),
    Field("校验码", width=22, printed=False),
)


def _document(ordinal: int, line: DocumentLine) -> list[Value]:
    return [
        ordinal,
        line.number,
        DOCUMENT_KIND_NAMES[line.kind],
        line.school,
        line.area,
        line.task,
        line.dated,
        "、".join(line.inspectors),
        line.problems,
        line.pages,
        line.state,
        line.replaces,
        line.file,
        line.sha256[:16],
    ]


_SCORE_FIELDS = (
    Field("序号", _WHOLE, width=6),
    Field("学校", width=22),
    Field("学校类型"),
    Field("责任区"),
    Field("督导任务"),
    Field("督导表单"),
    Field("督导日期", width=12),
    Field("部分"),
    Field("满分", _POINTS),
    Field("得分", _POINTS),
    Field("得分率", _RATE),
    Field("应查项", _WHOLE),
    Field("不符合项", _WHOLE),
    Field("不适用项", _WHOLE),
    Field("一票否决", width=14, warn=True),
    Field("结论"),
    Field("学校代码", printed=False),
)


def _score(ordinal: int, line: ScoreLine) -> list[Value]:
    return [
        ordinal,
        line.school,
        STAGE_NAMES[line.stage],
        line.area,
        line.task,
        line.checklist,
        line.visited,
        line.section or "全部",
        line.full,
        line.points,
        line.points / line.full if line.points is not None and line.full else None,
        line.items,
        line.failed,
        line.not_applicable,
        "、".join(line.vetoed),
        line.conclusion,
        line.school_code,
    ]
