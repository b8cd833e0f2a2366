"""What a ledger that came back would change, row by row: old beside new, conflicts named, bad rows with the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jiandu_desktop.domain.problem import FIELD_NAMES, Problem, ProblemEvent, Step
from jiandu_desktop.domain.problem.life import life_of
from jiandu_desktop.domain.problem.rules import LifeRules
from jiandu_desktop.services.ledger_marks import Exported, planned_text

AMENDED = ("measure", "unit", "responsible", "supervising", "leader")
FIXED = ("text", "basis")
"""Columns by which a person knows the row again; what is written there is not taken."""

PLAN, DUE, REPORT, REMARK = "plan", "due", "report", "remark"
ORDER = (PLAN, DUE, *AMENDED, REPORT, REMARK)
"""A plan comes before what it plans is reported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One value that the workbook gives anew; `key` tells it apart, `step` is how it would be taken.

    `old` is what went out, `here` what holds now where that is something else (a conflict). `refused` is the code of
    the sentence why it cannot be taken, "" where it can. `data` and `note` are the step's.
    """

    key: str
    problem_id: str
    school: str
    problem: str
    concerns: str
    title: str
    old: str
    new: str
    step: Step
    note: str
    data: Mapping[str, Any]
    sheet: str
    row: int
    here: str = ""
    conflict: bool = False
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowBefore:
    """What is known of one row's problem: as it went out, as it is now, and its school's name."""

    then: Exported
    now: Problem
    school: str
    sheet: str
    row: int
    file: str


def differences(before: RowBefore, values: Mapping[str, Any]) -> list[Difference]:
    """What the row's cells change; `values` holds the columns that its sheet has."""
    found = [_amended(before, name, values[name]) for name in AMENDED if name in values]
    if "due" in values:
        found.append(_extended(before, values["due"], str(values.get("reason", ""))))
    if values.get("plan"):
        found.append(_planned(before, str(values["plan"])))
    if values.get("report"):
        found.append(_reported(before, values))
    if values.get("remark"):
        found.append(_noted(before, str(values["remark"])))
    return [each for each in found if each is not None]


def in_order(found: Sequence[Difference]) -> list[Difference]:
    """The differences of one problem in the order in which they are taken."""
    return sorted(found, key=lambda each: ORDER.index(each.key.rpartition(":")[2]))


def touched_fixed(before: RowBefore, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the columns that may not be changed here and were."""
    then = before.then.problem
    return tuple(FIELD_NAMES[name] for name in FIXED if name in values and not _same(values[name], getattr(then, name)))


def judged(
    found: Sequence[Difference],
    events: Sequence[ProblemEvent],
    heads: tuple[str, ...],
    rules: LifeRules,
    make: Callable[[Difference, tuple[str, ...]], ProblemEvent],
) -> list[Difference]:
    """The differences of one problem, whose last steps are `heads`, each with why the rules would not let it be taken.

    `make(difference, parents)` gives the step as this laptop would take it.
    """
    told, so_far = [], list(events)
    for each in found:
        event = make(each, heads)
        why = next((d.why for d in life_of([*so_far, event], rules).disputed if d.event.id == event.id), "")
        if not why:
            so_far.append(event)
            heads = (event.id,)
        told.append(replace(each, refused=each.refused or why))
    return told


def _amended(before: RowBefore, name: str, value: Any) -> Difference | None:
    then, now = getattr(before.then.problem, name), getattr(before.now, name)
    if name == "unit":
        # Where no unit was named, the school itself is shown as the one.
        then, now = then or before.school, now or before.school
    new = str(value)
    if _same(new, then) or _same(new, now):
        return None
    note = f"随台账“{before.file}”更正"
    return _difference(before, name, FIELD_NAMES[name], then, new, now, Step.AMENDED, note, {"set": {name: new}})


def _extended(before: RowBefore, value: date | None, reason: str) -> Difference | None:
    then, now = before.then.problem.due, before.now.due
    if value in (then, now) or value is None:
        # An empty date takes none away: a problem without a date is owed by nobody.
        return None
    data = {"set": {"due": value.isoformat()}}
    return _difference(before, DUE, FIELD_NAMES["due"], _day(then), _day(value), _day(now), Step.EXTENDED, reason, data)


def _planned(before: RowBefore, plan: str) -> Difference | None:
    known = [before.then.plan, *(planned_text(each) for each in before.then.since if each.step == Step.PLANNED)]
    if any(_same(plan, each) for each in known):
        return None
    old, now = before.then.plan or before.then.problem.measure, before.now.measure
    data = {} if _same(plan, now) else {"set": {"measure": plan}}
    here = "" if _same(now, before.then.problem.measure) else now
    return _difference(before, PLAN, "整改措施", old, plan, here or old, Step.PLANNED, plan, data)


def _reported(before: RowBefore, values: Mapping[str, Any]) -> Difference | None:
    new = (str(values["report"]), _day(values.get("done_on")), str(values.get("reporter") or ""))
    then = (before.then.report, before.then.done_on, before.then.reporter)
    taken = [
        (str(each.data.get("report", each.note)), str(each.data.get("done_on", "")), str(each.data.get("reporter", "")))
        for each in before.then.since
        if each.step == Step.REPORTED
    ]
    if any(all(map(_same, new, known)) for known in (then, *taken)):
        return None
    here = _report_words(*taken[-1]) if taken else _report_words(*then)
    note = _report_words(*new)
    data = {"report": new[0], "done_on": new[1], "reporter": new[2]}
    return _difference(before, REPORT, "完成情况", _report_words(*then), note, here, Step.REPORTED, note, data)


def _noted(before: RowBefore, remark: str) -> Difference | None:
    if any(each.step == Step.NOTED and _same(remark, each.note) for each in before.then.since):
        return None
    return _difference(before, REMARK, "备注", "", remark, "", Step.NOTED, remark, {})


def _difference(
    before: RowBefore,
    part: str,
    title: str,
    old: str,
    new: str,
    now: str,
    step: Step,
    note: str,
    data: Mapping[str, Any],
) -> Difference:
    conflict = not _same(old, now)
    return Difference(
        key=f"{before.now.id}:{part}",
        problem_id=before.now.id,
        school=before.school,
        problem=before.now.text,
        concerns=before.now.responsible,
        title=title,
        old=old,
        new=new,
        step=step,
        note=note,
        data={**data, "ledger": before.file},
        sheet=before.sheet,
        row=before.row,
        here=now if conflict else "",
        conflict=conflict,
    )


def _report_words(report: str, done_on: str, reporter: str) -> str:
    more = "，".join(part for part in (done_on, reporter) if part)
    return f"{report}（{more}）" if more else report


def _same(one: Any, other: Any) -> bool:
    """Spaces and line breaks that a spreadsheet program moves are no change."""
    return one == other or "".join(str(one or "").split()) == "".join(str(other or "").split())


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
