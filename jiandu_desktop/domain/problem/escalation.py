"""What an office should do next about a problem that is not put right: proposed by rules, decided by a person.

The order 提醒 → 预警 → 督办 → 通报 → 约谈 → 问责建议 is the field's (domain.md §1.7, §5); the numbers are an office's
own data. Nothing is issued by itself, and 问责 is never more than a proposal to those who may decide it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiandu_desktop.domain.problem.record import OPEN_STATES, Problem, ProblemState
from jiandu_desktop.domain.problem.step import Escalation


class Cause(StrEnum):
    """Why a next step is proposed."""

    OVERDUE = "overdue"
    RETURNED = "returned"
    VETO = "veto"
    REPEATED = "repeated"
    REBOUND = "rebound"


CAUSE_NAMES: dict[Cause, str] = {
    Cause.OVERDUE: "逾期天数",
    Cause.RETURNED: "退回次数",
    Cause.VETO: "一票否决",
    Cause.REPEATED: "十二个月内同校同项次数",
    Cause.REBOUND: "反弹次数",
}


@dataclass(frozen=True, slots=True)
class EscalationRule:
    """From `at_least` on, `cause` proposes `level`. For OVERDUE the figure is calendar days, else a count."""

    cause: Cause
    at_least: int
    level: Escalation


DEFAULT_RULES: tuple[EscalationRule, ...] = (
    EscalationRule(Cause.OVERDUE, 1, Escalation.REMINDER),
    EscalationRule(Cause.OVERDUE, 8, Escalation.WARNING),
    EscalationRule(Cause.OVERDUE, 15, Escalation.SUPERVISION),
    EscalationRule(Cause.OVERDUE, 31, Escalation.CIRCULAR),
    EscalationRule(Cause.OVERDUE, 61, Escalation.TALK),
    EscalationRule(Cause.OVERDUE, 91, Escalation.ACCOUNTABILITY),
    EscalationRule(Cause.RETURNED, 1, Escalation.REMINDER),
    EscalationRule(Cause.RETURNED, 2, Escalation.SUPERVISION),
    EscalationRule(Cause.RETURNED, 3, Escalation.TALK),
    EscalationRule(Cause.VETO, 1, Escalation.SUPERVISION),
    EscalationRule(Cause.REPEATED, 2, Escalation.WARNING),
    EscalationRule(Cause.REPEATED, 3, Escalation.TALK),
    EscalationRule(Cause.REBOUND, 1, Escalation.SUPERVISION),
)
"""Our own defaults: the sources name the order, no one names the days; an office sets its own."""


PRESSED_STATES = OPEN_STATES - {ProblemState.AWAITING_STRIKE_OFF}
"""States in which a next step is proposed: once the re-check found it good, it waits for us, not for the school."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The step proposed, and every rule that proposes it with the figure it met."""

    level: Escalation
    reasons: tuple[tuple[EscalationRule, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the rules look at. `repeated` counts problems of the same item at the school within twelve months, this one
    included; `level` is the highest step taken so far."""

    returned: int = 0
    rebounds: int = 0
    repeated: int = 1
    level: Escalation | None = None


def propose(
    problem: Problem, standing: Standing, today: date, rules: Sequence[EscalationRule] = DEFAULT_RULES
) -> Proposal | None:
    """The next step for a problem in one of `PRESSED_STATES`, None where nothing is due or as much was done already."""
    if problem.state not in PRESSED_STATES:
        return None
    overdue = (today - problem.due).days if problem.due is not None else 0
    figures = {
        Cause.OVERDUE: overdue,
        Cause.RETURNED: standing.returned,
        # A veto item presses once its date has passed; before that the notice itself is the pressure.
        Cause.VETO: int(problem.veto and overdue > 0),
        Cause.REPEATED: standing.repeated,
        Cause.REBOUND: standing.rebounds,
    }
    order = list(Escalation)
    met = [(rule, figures[rule.cause]) for rule in rules if figures[rule.cause] >= rule.at_least]
    done = -1 if standing.level is None else order.index(standing.level)
    new = [(rule, figure) for rule, figure in met if order.index(rule.level) > done]
    if not new:
        return None
    level = max((rule.level for rule, _ in new), key=order.index)
    return Proposal(level, tuple((rule, figure) for rule, figure in new if rule.level is level))
