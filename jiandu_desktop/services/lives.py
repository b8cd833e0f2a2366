"""Lays the events of a problem over its record as issued: the same on every laptop, whatever arrived first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.problem import Problem, ProblemEvent
from jiandu_desktop.domain.problem.life import Life, life_of
from jiandu_desktop.domain.problem.rules import LifeRules
from jiandu_desktop.services.wire import from_wire, to_wire
from jiandu_desktop.storage import county, lives, visits
from jiandu_desktop.sync.operation import BlobRef, Draft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiandu_desktop.storage.records import Work

RULES_FACT = "life_rules"
"""The office's limits; they travel with the journal, so that every laptop derives the same."""


def read_rules(work: Work) -> LifeRules:
    """The county's rules of the life cycle; defaults where the office set none."""
    known: dict[str, Any] = county.fact(work, RULES_FACT) or {}
    return LifeRules(**{name: value for name, value in known.items() if name in LIMITS})


LIMITS = ("second_person", "recheck_days", "objection_days", "decision_days")
"""What an office may set of `LifeRules`; who may do what stays as the program ships it."""


def issue(work: Work, problem: Problem, *events: ProblemEvent) -> Draft:
    """Keep a problem as issued with its first events; the result is the operation that tells the others."""
    lives.put_base(work, problem.id, to_wire(problem))
    visits.put_problem(work, problem)
    lives.add_events(work, *events)
    settle(work, problem.id)
    return Draft("problem.put", problem.id, {"problem": to_wire(problem), "events": to_wire(events)})


def add(work: Work, event: ProblemEvent, blobs: Sequence[BlobRef] = ()) -> Draft:
    """Append one step of ours; the result is the operation that tells the others."""
    lives.add_events(work, event)
    settle(work, event.problem_id)
    data: dict[str, Any] = {"event": to_wire(event)}
    if blobs:
        data["blobs"] = [ref.to_json() for ref in blobs]
    return Draft("problem.event", event.problem_id, data)


def settle(work: Work, problem_id: str) -> Problem | None:
    """Derive the problem anew from its record and its events; None while the record has not arrived."""
    record = lives.base(work, problem_id)
    if record is None:
        return None
    problem = life(work, problem_id).applied_to(from_wire(Problem, record))
    visits.put_problem(work, problem)
    return problem


def settle_all(work: Work) -> frozenset[str]:
    """Derive every issued problem anew, after the rules changed; returns their identifiers."""
    every = lives.issued(work)
    for problem_id in every:
        settle(work, problem_id)
    return frozenset(every)


def life(work: Work, problem_id: str) -> Life:
    """What the problem's events tell under the county's rules."""
    return life_of(lives.events(work, problem_id), read_rules(work))
