"""Lays the events of a problem over its record as issued: the same on every laptop, whatever arrived first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.problem import Problem, ProblemEvent
from jiandu_desktop.domain.problem.life import Life, life_of
from jiandu_desktop.domain.problem.rules import LIMITS, LifeRules
from jiandu_desktop.services.wire import from_wire, to_wire
from jiandu_desktop.storage import county, lives, visits
from jiandu_desktop.sync.operation import BlobRef, Draft

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jiandu_desktop.storage.records import Work

RULES_FACT = "life_rules"
"""The office's limits; they travel with the journal, so that every laptop derives the same."""


def read_rules(work: Work) -> LifeRules:
    """The county's rules of the life cycle; defaults where the office set none."""
    return rules_of(county.fact(work, RULES_FACT) or {})


def rules_of(known: Mapping[str, Any]) -> LifeRules:
    """Limits as they travel; what this program does not know is left out. Raises ValueError for what is no limit."""
    mine = {line.name for line in LIMITS}
    for name, value in known.items():
        if name in mine and (isinstance(value, bool) != (name == "second_person") or not int(value) >= 0):
            raise ValueError(f"{name} cannot be {value!r}")
    return LifeRules(**{name: value for name, value in known.items() if name in mine})


def issue(work: Work, problem: Problem, *events: ProblemEvent, blobs: Sequence[BlobRef] = ()) -> Draft:
    """Keep a problem as issued with its first events; the result is the operation that tells the others.

    `blobs` are the bytes that the events' proof names and that no other operation carries.
    """
    visits.put_problem(work, problem)
    lives.put_base(work, problem.id, to_wire(problem))
    lives.add_events(work, *events)
    settle(work, problem.id)
    data: dict[str, Any] = {"problem": to_wire(problem), "events": to_wire(events)}
    if blobs:
        data["blobs"] = [ref.to_json() for ref in blobs]
    return Draft("problem.put", problem.id, data)


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
