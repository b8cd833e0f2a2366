"""Columns of visits, problems and documents, as several pages show them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication

from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES
from jiandu_desktop.domain.problem import (
    ESCALATION_NAMES,
    GRADE_NAMES,
    PROBLEM_STATE_NAMES,
    SOURCE_NAMES,
    Escalation,
    Grade,
    Problem,
    ProblemState,
)
from jiandu_desktop.domain.visit import Visit, VisitState
from jiandu_desktop.services.rows import DocumentRow, ProblemRow, VisitRow
from jiandu_desktop.ui.pages.words import paper_state, problem_steps, short_day, sync_state, visit_state
from jiandu_desktop.ui.widgets.steps import Steps
from jiandu_desktop.ui.widgets.table_model import Column, Due, State

_ENDED = (ProblemState.STRUCK_OFF, ProblemState.WITHDRAWN, ProblemState.FIXED_ON_THE_SPOT)

Today = Callable[[], date]
"""Asked at paint time: a window may stay open past midnight."""


def school_column(width: int = 0) -> Column:
    """学校; it stretches unless it is given a width: then it is the last to give way to what stretches."""
    title = QCoreApplication.translate("Columns", "学校")
    if width:
        return Column("school", title, lambda row: row.school, kind="name", width=width, tone="text2", spare=1)
    return Column("school", title, lambda row: row.school, kind="name", stretch=True, optional=False)


def visit_columns(today: Today, revised: Callable[[str], bool], school: Column | None) -> list[Column]:
    """日期, 学校, 任务, 督学, 得分, 方式, 问题, 照片, 文书, 状态, 同步."""
    tr = QCoreApplication.translate
    task = Column(
        "task",
        tr("Columns", "任务"),
        lambda row: row.visit.task,
        kind="plain" if school is not None else "name",
        width=140,
        stretch=school is None,
        spare=2,
    )
    return [
        Column(
            "day",
            tr("Columns", "日期"),
            lambda row: short_day(row.visit.started_at.date(), today()),
            sort=lambda row: row.visit.started_at,
            width=74,
            optional=False,
        ),
        *([school] if school is not None else []),
        task,
        Column("people", tr("Columns", "督学"), lambda row: row.inspectors, width=112, tone="text2", spare=3),
        Column(
            "score",
            tr("Columns", "得分"),
            lambda row: score_words(row.visit),
            kind="number",
            sort=lambda row: row.visit.score,
            tone=lambda row: "red" if row.visit.vetoed else "text",
            width=86,
        ),
        Column("manner", tr("Columns", "方式"), lambda row: row.visit.manner, width=92, tone="text2", hidden=True),
        _count("problems", tr("Columns", "问题"), lambda row: row.problems, spare=4),
        _count("photos", tr("Columns", "照片"), lambda row: row.photos, spare=6),
        _count("papers", tr("Columns", "文书"), lambda row: row.documents, spare=7),
        Column(
            "state",
            tr("Columns", "状态"),
            lambda row: visit_state(row.visit, revised(row.visit.id)).word,
            kind="state",
            value=lambda row: visit_state(row.visit, revised(row.visit.id)),
            width=92,
        ),
        Column(
            "sync",
            tr("Columns", "同步"),
            lambda row: _visit_sync(row).word,
            kind="state",
            value=_visit_sync,
            width=88,
            spare=5,
        ),
    ]


def problem_columns(today: Today, school: Column | None) -> list[Column]:
    """问题, 学校, 等级, 责任人, 期限, 进度."""
    tr = QCoreApplication.translate
    return [
        Column(
            "problem",
            tr("Columns", "问题"),
            lambda row: row.problem.text,
            kind="sentence",
            stretch=True,
            optional=False,
        ),
        *([school] if school is not None else []),
        Column(
            "grade",
            tr("Columns", "等级"),
            lambda row: GRADE_NAMES[row.problem.grade],
            sort=lambda row: list(Grade).index(row.problem.grade),
            tone=lambda row: "text2" if row.problem.grade is Grade.MINOR else "text",
            width=62,
            spare=2,
        ),
        Column(
            "person",
            tr("Columns", "责任人"),
            lambda row: row.problem.responsible or tr("Columns", "未定"),
            tone=lambda row: "text" if row.problem.responsible else "text2",
            width=76,
            spare=3,
        ),
        Column(
            "due",
            tr("Columns", "期限"),
            lambda row: f"{_due(row, today()).short} {_due(row, today()).distance}".strip(),
            kind="due",
            value=lambda row: _due(row, today()),
            width=120,
        ),
        Column(
            "state",
            tr("Columns", "进度"),
            lambda row: PROBLEM_STATE_NAMES[row.problem.state],
            kind="steps",
            value=lambda row: _steps(row.problem),
            sort=lambda row: list(ProblemState).index(row.problem.state),
            width=166,
        ),
    ]


def ledger_columns(today: Today) -> list[Column]:
    """The columns of problems, and those that only the whole ledger has: 标记, and hidden 责任区, 事项, 来源."""
    tr = QCoreApplication.translate
    return [
        *problem_columns(today, school_column(width=150)),
        Column(
            "marks",
            tr("Columns", "标记"),
            lambda row: problem_marks(row.problem),
            tone=lambda row: "caution" if row.problem.conflicts else "text2",
            width=104,
            spare=4,
        ),
        Column("area", tr("Columns", "责任区"), lambda row: row.area, width=104, hidden=True, spare=6),
        Column("matter", tr("Columns", "事项"), lambda row: row.problem.matter, width=120, hidden=True, spare=6),
        Column(
            "source",
            tr("Columns", "来源"),
            lambda row: SOURCE_NAMES[row.problem.source],
            width=84,
            hidden=True,
            spare=6,
        ),
    ]


def problem_marks(problem: Problem) -> str:
    """What is out of the ordinary, in words: 有分歧, 反弹 1 次, 退回 2 次, 已预警, 延期 1 次."""
    tr = QCoreApplication.translate
    level = ESCALATION_NAMES[Escalation(problem.level)] if problem.level in set(Escalation) else ""
    marks = [
        tr("Columns", "有分歧") if problem.conflicts else "",
        tr("Columns", "反弹 {count} 次").format(count=problem.rebounds) if problem.rebounds else "",
        tr("Columns", "退回 {count} 次").format(count=problem.returned) if problem.returned else "",
        tr("Columns", "已{level}").format(level=level) if level else "",
        tr("Columns", "延期 {count} 次").format(count=problem.extended) if problem.extended else "",
    ]
    return "・".join(mark for mark in marks if mark)


def paper_columns(today: Today, school: Column | None) -> list[Column]:
    """编号, 种类, 学校, 日期, 状态, 页数, 印数, 同步."""
    tr = QCoreApplication.translate
    return [
        Column(
            "number",
            tr("Columns", "文号"),
            lambda row: row.document.number,
            kind="name",
            width=190,
            stretch=school is None,
            optional=False,
        ),
        Column("kind", tr("Columns", "种类"), lambda row: DOCUMENT_KIND_NAMES[row.document.kind], width=114, spare=2),
        *([school] if school is not None else []),
        Column("title", tr("Columns", "标题"), lambda row: row.document.title, width=220, hidden=True, spare=6),
        Column(
            "day",
            tr("Columns", "日期"),
            lambda row: short_day(row.document.issued_at.date(), today()),
            sort=lambda row: row.document.issued_at,
            width=70,
            tone="text2",
        ),
        Column(
            "state",
            tr("Columns", "状态"),
            lambda row: paper_state(row.state).word,
            kind="state",
            value=lambda row: paper_state(row.state),
            width=92,
            spare=1,
        ),
        _count("pages", tr("Columns", "页数"), lambda row: row.document.pages, spare=5),
        _count("prints", tr("Columns", "已印"), lambda row: row.document.prints, spare=3),
        Column(
            "sync",
            tr("Columns", "同步"),
            lambda row: sync_state(row.sync_state).word,
            kind="state",
            value=lambda row: sync_state(row.sync_state),
            width=88,
            spare=4,
        ),
    ]


def score_words(visit: Visit) -> str:
    """91.2; with a veto the word stands behind it: never colour alone."""
    if visit.score is None:
        return "—"
    if visit.vetoed:
        return QCoreApplication.translate("Columns", "{score} 否决").format(score=visit.score)
    return f"{visit.score}"


def visit_search(row: VisitRow) -> str:
    """What a visit is found by."""
    return f"{row.school} {row.initials} {row.visit.task} {row.inspectors}"


def problem_search(row: ProblemRow) -> str:
    """What a problem is found by."""
    problem = row.problem
    return f"{problem.text} {problem.responsible} {row.school} {row.initials} {problem.notice_number} {problem.item}"


def paper_search(row: DocumentRow) -> str:
    """What a document is found by."""
    document = row.document
    return f"{document.number} {row.school} {row.initials} {DOCUMENT_KIND_NAMES[document.kind]} {document.title}"


def _count(key: str, title: str, count: Callable[[Any], int], spare: int = 0) -> Column:
    return Column(key, title, lambda row: str(count(row)), kind="count", value=count, width=54, spare=spare)


def _visit_sync(row: VisitRow) -> State:
    if row.visit.state is VisitState.DRAFT:
        return State("laptop", QCoreApplication.translate("Columns", "本机"))
    return sync_state(row.sync_state)


def _due(row: ProblemRow, today: date) -> Due:
    return Due(row.problem.due, today, done=row.problem.state in _ENDED)


def _steps(problem: Problem) -> Steps:
    return problem_steps(problem.state, PROBLEM_STATE_NAMES[problem.state])
