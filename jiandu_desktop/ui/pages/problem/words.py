"""What a step says, in the words of an office: result, what it changed, to whom it went, why it is not valid."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication

from jiandu_desktop.domain import sentences
from jiandu_desktop.domain.problem import (
    ESCALATION_NAMES,
    FIELD_NAMES,
    GRADE_NAMES,
    PROBLEM_STATE_NAMES,
    STEP_NAMES,
    Escalation,
    Grade,
    ProblemEvent,
    ProblemState,
    Recheck,
    Step,
)
from jiandu_desktop.domain.problem.escalation import Cause, Proposal
from jiandu_desktop.domain.problem.limits import LIMIT_NAMES, Limit
from jiandu_desktop.domain.working_days import HolidayList

RECHECK_NAMES: dict[Recheck, str] = {Recheck.DONE: "已改", Recheck.PARTIAL: "部分改", Recheck.NOT_DONE: "未改"}


def step_word(step: str) -> str:
    """The name of a step; one of a newer program stays as it is written."""
    return QCoreApplication.translate("Life", STEP_NAMES[Step(step)]) if step in set(Step) else step


def why_words(code: str) -> str:
    """The sentence of a trouble's code."""
    return QCoreApplication.translate("errors", sentences.TEMPLATES[code])


def field_word(name: str) -> str:
    """The name of a field of the record."""
    return QCoreApplication.translate("Life", FIELD_NAMES.get(name, name))


def value_words(name: str, value: Any) -> str:
    """A field's value, as it travels, in words."""
    if value in (None, "", []):
        return QCoreApplication.translate("Life", "（空）")
    if name == "state" and value in set(ProblemState):
        return PROBLEM_STATE_NAMES[ProblemState(value)]
    if name == "grade" and value in set(Grade):
        return GRADE_NAMES[Grade(value)]
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    return str(value)


def told(event: ProblemEvent) -> list[str]:
    """What a step said beside its note, one line each; what cannot be read is left out."""
    tr = QCoreApplication.translate
    data, lines = event.data, []
    if event.step == Step.RECHECKED and data.get("result") in set(Recheck):
        where = {"on_site": tr("Life", "看现场"), "document": tr("Life", "看材料")}.get(str(data.get("where")), "")
        words = RECHECK_NAMES[Recheck(data["result"])]
        lines.append(tr("Life", "{result}（{where}）").format(result=words, where=where) if where else words)
    if event.step == Step.OBJECTION_DECIDED:
        lines.append(tr("Life", "申辩成立，撤销问题") if data.get("upheld") else tr("Life", "申辩不成立，继续整改"))
    if event.step == Step.ESCALATED and data.get("level") in set(Escalation):
        lines.append(ESCALATION_NAMES[Escalation(data["level"])])
    if event.step == Step.SETTLED and data.get("state") in set(ProblemState):
        lines.append(tr("Life", "状态定为{state}").format(state=PROBLEM_STATE_NAMES[ProblemState(data["state"])]))
    for key, words in (
        ("to", tr("Life", "送{value}")),
        ("also_to", tr("Life", "同时报{value}")),
        ("number", tr("Life", "文号{value}")),
        ("from", tr("Life", "来自{value}")),
    ):
        if data.get(key):
            lines.append(words.format(value=data[key]))
    for name, value in event.sets().items():
        lines.append(tr("Life", "{field}：{value}").format(field=field_word(name), value=value_words(name, value)))
    for each in data.get("milestones", ()):
        if isinstance(each, dict):
            lines.append(f"{each.get('day', '')} {each.get('text', '')}".strip())
    return lines


def reason_words(proposal: Proposal) -> str:
    """Why a harder step is proposed: 逾期 9 天，退回 1 次."""
    tr = QCoreApplication.translate
    words = []
    for rule, figure in proposal.reasons:
        if rule.cause is Cause.OVERDUE:
            words.append(tr("Life", "逾期 {count} 天").format(count=figure))
        elif rule.cause is Cause.RETURNED:
            words.append(tr("Life", "退回 {count} 次").format(count=figure))
        elif rule.cause is Cause.REPEATED:
            words.append(tr("Life", "十二个月内第 {count} 次").format(count=figure))
        elif rule.cause is Cause.REBOUND:
            words.append(tr("Life", "反弹 {count} 次").format(count=figure))
        else:
            words.append(tr("Life", "一票否决项逾期"))
    return "，".join(words)


def limit_words(limit: Limit, today: date) -> str:
    """A running limit: 复查限 12-21，还有 30 天; one that has passed says so."""
    tr = QCoreApplication.translate
    name, days = tr("Life", LIMIT_NAMES[limit.kind]), (limit.day - today).days
    if days < 0:
        return tr("Life", "{name}期限 {day} 已过").format(name=name, day=limit.day)
    return tr("Life", "{name}限 {day}，还有 {days} 天").format(name=name, day=limit.day, days=days)


def left_words(due: date, today: date, holidays: HolidayList) -> str:
    """How far away a date is, in calendar and working days."""
    tr = QCoreApplication.translate
    days = (due - today).days
    if days < 0:
        return tr("Life", "逾期 {days} 天").format(days=-days)
    if days == 0:
        return tr("Life", "今天到期")
    working = holidays.between(today, due)
    return tr("Life", "还有 {days} 天（{working} 个工作日）").format(days=days, working=working)
