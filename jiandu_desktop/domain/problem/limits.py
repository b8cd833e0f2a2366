"""Until when the next step of a problem is due by the office's rules: shown and proposed for, never enforced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiandu_desktop.domain.problem.record import ProblemState
from jiandu_desktop.domain.problem.rules import LifeRules
from jiandu_desktop.domain.problem.step import ProblemEvent, Step


class LimitKind(StrEnum):
    """What is to be done until a limit ends (domain.md §1.5)."""

    RECHECK = "recheck"
    OBJECTION = "objection"
    DECISION = "decision"


LIMIT_NAMES: dict[LimitKind, str] = {
    LimitKind.RECHECK: "复查",
    LimitKind.OBJECTION: "学校申辩",
    LimitKind.DECISION: "申辩处理",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: the last day, calendar days after the step that began it."""

    kind: LimitKind
    day: date


def limits_of(state: ProblemState, events: Iterable[ProblemEvent], rules: LifeRules) -> tuple[Limit, ...]:
    """The limits that run in this state, the earliest first; each from the latest step that began it."""
    days: dict[LimitKind, tuple[Step, int, frozenset[ProblemState]]] = {
        LimitKind.RECHECK: (Step.REPORTED, rules.recheck_days, frozenset({ProblemState.AWAITING_RECHECK})),
        LimitKind.OBJECTION: (Step.ISSUED, rules.objection_days, frozenset({ProblemState.RECTIFYING})),
        LimitKind.DECISION: (Step.OBJECTED, rules.decision_days, frozenset({ProblemState.OBJECTED})),
    }
    told = tuple(events)
    found = []
    for kind, (begins, length, states) in days.items():
        begun = [event.at.date() for event in told if event.step == begins]
        if state in states and begun:
            found.append(Limit(kind, max(begun) + timedelta(days=length)))
    return tuple(sorted(found, key=lambda each: each.day))
