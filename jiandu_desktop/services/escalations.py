"""督促: which open problems need a harder step, and why; a person decides, nothing is issued by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import Escalation, Problem
from jiandu_desktop.domain.problem.escalation import (
    DEFAULT_RULES,
    PRESSED_STATES,
    Cause,
    EscalationRule,
    Proposal,
    Standing,
    propose,
)
from jiandu_desktop.services.overview import read_overview
from jiandu_desktop.services.store import Store
from jiandu_desktop.storage import county, visits
from jiandu_desktop.sync.operation import Draft

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jiandu_desktop.storage.records import Work

ESCALATION_FACT = "escalation_rules"
"""Where the office's own rules are kept; they travel with the journal."""
_TWELVE_MONTHS = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRow:
    """A problem for which a step is proposed."""

    problem: Problem
    school: str
    area: str
    proposal: Proposal
    days_over: int


class Escalations:
    """The office's rules and what they propose today."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rules(self) -> tuple[EscalationRule, ...]:
        """The county's rules: the office's own, or the program's where it set none."""
        with self._store.reading() as work:
            return read_rules(work)

    def set_rules(self, rules: Iterable[EscalationRule]) -> None:
        """Put an office's own rules in force for every laptop; raises Trouble `not-office` on an inspector's."""
        if self._store.membership().role.value != "office":
            raise Trouble("not-office", path=str(self._store.folder.root))
        wire = [[rule.cause.value, rule.at_least, rule.level.value] for rule in rules]
        with self._store.writing() as work:
            county.keep_fact(work, ESCALATION_FACT, wire)
            self._store.record(work, [Draft("office.escalation", "escalation", {"rules": wire})])

    def proposal(self, problem: Problem, today: date) -> Proposal | None:
        """What is due for one problem, None for nothing."""
        if problem.state not in PRESSED_STATES:
            return None
        since = today - _TWELVE_MONTHS
        with self._store.reading() as work:
            here = visits.problems(work, school_id=problem.school_id)
            rules = read_rules(work)
        same = sum(each.item == problem.item and each.found_at.date() > since for each in here) if problem.item else 1
        return propose(problem, _standing(problem, same), today, rules)

    def proposals(self, today: date) -> tuple[EscalationRow, ...]:
        """Problems for which a step is due, the hardest and longest overdue first."""
        view = read_overview(self._store, documents=False, problems="open")
        with self._store.glancing() as glance:
            times = glance.found_after(today - _TWELVE_MONTHS)
        rules = self.rules()
        rows = []
        for problem in view.problems:
            if problem.state not in PRESSED_STATES:
                continue
            repeated = times.get((problem.school_id, problem.item), 0) if problem.item else 1
            proposal = propose(problem, _standing(problem, repeated), today, rules)
            if proposal is not None:
                school = view.schools[problem.school_id]
                rows.append(
                    EscalationRow(
                        problem=problem,
                        school=school.name,
                        area=school.area,
                        proposal=proposal,
                        days_over=(today - problem.due).days if problem.due else 0,
                    )
                )
        order = list(Escalation)
        return tuple(sorted(rows, key=lambda row: (-order.index(row.proposal.level), -row.days_over, row.school)))


def _standing(problem: Problem, repeated: int) -> Standing:
    level = Escalation(problem.level) if problem.level in set(Escalation) else None
    return Standing(returned=problem.returned, rebounds=problem.rebounds, repeated=repeated, level=level)


def read_rules(work: Work) -> tuple[EscalationRule, ...]:
    """The rules that hold here."""
    known: list[Any] | None = county.fact(work, ESCALATION_FACT)
    return DEFAULT_RULES if known is None else read_wire(known)


def read_wire(rules: list[Any]) -> tuple[EscalationRule, ...]:
    """Rules as they travel; raises ValueError or TypeError for what is none."""
    return tuple(EscalationRule(Cause(cause), int(at_least), Escalation(level)) for cause, at_least, level in rules)
