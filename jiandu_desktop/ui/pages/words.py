"""Words and marks that all pages share: one word per state, everywhere the same; days and times as people say them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from jiandu_desktop.domain.paper_life import PAPER_STATE_NAMES, PaperState
from jiandu_desktop.domain.problem import ProblemState
from jiandu_desktop.domain.visit import Visit, VisitState
from jiandu_desktop.services.rows_today import AssignmentState, SyncState
from jiandu_desktop.ui.widgets.steps import Steps
from jiandu_desktop.ui.widgets.table_model import State

DOT = "・"
"""Stands between facts of one line."""


def join(parts: Iterable[str]) -> str:
    """Facts in one line; empty ones are left out."""
    return DOT.join(part for part in parts if part)


def assignment_state(state: AssignmentState) -> State:
    """Mark and word of 今日's last column."""
    tr = QCoreApplication.translate
    return {
        AssignmentState.NOT_STARTED: State("ring", tr("Words", "未开始")),
        AssignmentState.IN_PROGRESS: State("three-quarter-disc", tr("Words", "督导中"), "accent"),
        AssignmentState.AWAITING_SIGNATURE: State("squiggle", tr("Words", "待签字"), "caution"),
        AssignmentState.DONE: State("check", tr("Words", "已完成")),
    }[state]


def visit_state(visit: Visit, revised: bool = False) -> State:
    """Mark and word of a visit; `revised` says that a later revision took its place."""
    tr = QCoreApplication.translate
    if revised:
        return State("history", tr("Words", "已被修订"))
    return {
        VisitState.DRAFT: State("three-quarter-disc", tr("Words", "督导中"), "accent"),
        VisitState.AWAITING_SIGNATURE: State("squiggle", tr("Words", "待签字"), "caution"),
        VisitState.FINISHED: State("check", tr("Words", "已完成")),
    }[visit.state]


def sync_state(state: SyncState) -> State:
    """Mark and word of how far a record has come."""
    tr = QCoreApplication.translate
    return {
        SyncState.KEPT: State("clock", tr("Words", "待上传")),
        SyncState.IN_FOLDER: State("upload", tr("Words", "已上传")),
        SyncState.CONFIRMED: State("check", tr("Words", "已核对"), "accent"),
    }[state]


def paper_state(state: PaperState) -> State:
    """Mark and word of what became of an issued document."""
    marks = {
        PaperState.ISSUED: ("ring", "text2"),
        PaperState.RETURNED: ("signature", "accent"),
        PaperState.REFUSED: ("squiggle", "caution"),
        PaperState.SUPERSEDED: ("copy", "text2"),
        PaperState.VOIDED: ("x", "text2"),
    }
    mark, tone = marks[state]
    return State(mark, PAPER_STATE_NAMES[state], tone)


def problem_steps(state: ProblemState, word: str) -> Steps:
    """The five dots 发现, 下达, 整改, 复查, 销号; what was fixed on the spot waits for its second look."""
    passed = {
        ProblemState.FOUND: 1,
        ProblemState.RECTIFYING: 2,
        ProblemState.OBJECTED: 2,
        ProblemState.AWAITING_RECHECK: 3,
        ProblemState.FIXED_ON_THE_SPOT: 3,
        ProblemState.AWAITING_STRIKE_OFF: 4,
        ProblemState.STRUCK_OFF: 5,
        ProblemState.WITHDRAWN: 5,
    }
    return Steps(passed[state], word)


def day_words(day: date) -> str:
    """11月24日."""
    return QCoreApplication.translate("Words", "{month}月{day}日").format(month=day.month, day=day.day)


def weekday_words(day: date) -> str:
    """星期二."""
    tr = QCoreApplication.translate
    return (
        tr("Words", "星期一"),
        tr("Words", "星期二"),
        tr("Words", "星期三"),
        tr("Words", "星期四"),
        tr("Words", "星期五"),
        tr("Words", "星期六"),
        tr("Words", "星期日"),
    )[day.weekday()]


def short_day(day: date | None, today: date) -> str:
    """11-24; with the year where it is another one; — for none."""
    if day is None:
        return "—"
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


def moment_words(at: datetime, now: datetime) -> str:
    """今天 17:02, 昨天 17:02, else 11-21 17:02; `at` is shown in the zone of `now`."""
    at = at.astimezone(now.tzinfo)
    days = (now.date() - at.date()).days
    tr = QCoreApplication.translate
    if days == 0:
        return tr("Words", "今天 {time}").format(time=f"{at:%H:%M}")
    if days == 1:
        return tr("Words", "昨天 {time}").format(time=f"{at:%H:%M}")
    return f"{short_day(at.date(), now.date())} {at:%H:%M}"


def number_words(number: int) -> str:
    """1 186, with a thin gap every three digits."""
    return f"{number:,}".replace(",", "\N{THIN SPACE}")


def area_word(area: str) -> str:
    """城关责任区 → 城关, where the label says 责任区 already."""
    return area.removesuffix("责任区") or area


def due_words(due: date, today: date) -> tuple[str, str]:
    """The sentence of a date to be met and its tone: late is red, today ochre."""
    days = (due - today).days
    tr = QCoreApplication.translate
    if days < 0:
        return tr("Words", "逾期 {days} 天").format(days=-days), "red"
    if days == 0:
        return tr("Words", "今天到期"), "caution"
    return tr("Words", "{day} 到期").format(day=short_day(due, today)), "text2"
