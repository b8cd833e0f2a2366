"""The identifier of a ledger's row: which problem, as of which steps, and a seal that nobody else can make."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.problem import Problem, ProblemEvent, ProblemState, Step
from jiandu_desktop.domain.problem.life import life_of
from jiandu_desktop.domain.problem.rules import LifeRules
from jiandu_desktop.services.wire import from_wire
from jiandu_desktop.storage import county

if TYPE_CHECKING:
    from jiandu_desktop.storage.records import Work

KEY_FACT = "ledger_key"
"""The key of the seals. It never leaves this computer: what another one exported is not known again here."""

_sealed_texts = attrgetter("text", "basis", "measure", "grade", "unit", "responsible", "supervising", "leader")
"""The fields of the record that a seal vouches for, beside the date."""

_BEGINNING, _SEAL_LENGTH = "JD1", 24


@dataclass(frozen=True, slots=True)
class Mark:
    """An identifier, read: the problem, the last steps that it knew, and the seal as it stands there."""

    problem_id: str
    heads: tuple[str, ...]
    seal: str


class Seals:
    """Makes and checks the seals of one computer."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def mark(self, problem: Problem, heads: Sequence[str]) -> str:
        """The identifier of a problem whose last steps are `heads`."""
        return ".".join((_BEGINNING, problem.id, "+".join(heads), self._seal(problem, heads)))

    def is_ours(self, mark: Mark, problem: Problem) -> bool:
        """Whether this computer sealed `problem`, as it stood at the mark's steps."""
        return hmac.compare_digest(mark.seal, self._seal(problem, mark.heads))

    def _seal(self, problem: Problem, heads: Sequence[str]) -> str:
        # All of them are texts (a grade is one, too) but the date.
        due = problem.due.isoformat() if problem.due is not None else None
        values = [problem.id, *heads, None, *_sealed_texts(problem), due]
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        return hmac.new(self._key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:_SEAL_LENGTH]


def read_mark(text: str) -> Mark | None:
    """The parts of an identifier; None for what has not its form."""
    parts = "".join(text.split()).split(".")
    if len(parts) != 4 or parts[0] != _BEGINNING or not all(parts):
        return None
    return Mark(parts[1], tuple(parts[2].split("+")), parts[3])


def seals(work: Work) -> Seals | None:
    """The seals of this computer, None before it exported anything."""
    key = county.fact(work, KEY_FACT)
    return None if key is None else Seals(bytes.fromhex(key))


def made_seals(work: Work) -> Seals:
    """The same, their key made at the first asking; within a writing transaction."""
    known = seals(work)
    if known is not None:
        return known
    key = secrets.token_bytes(32)
    county.keep_fact(work, KEY_FACT, key.hex())
    return Seals(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A problem as a row of a ledger showed it: the record, and what the school had written by then."""

    problem: Problem
    plan: str
    report: str
    done_on: str
    reporter: str
    since: tuple[ProblemEvent, ...]
    """The steps that came after it, oldest first."""


def exported_at(
    base: Mapping[str, Any], events: Sequence[ProblemEvent], heads: Sequence[str], rules: LifeRules
) -> Exported | None:
    """The problem as it stood at `heads`; None where one of these steps is not known here."""
    by_id = {event.id: event for event in events}
    if any(head not in by_id for head in heads):
        return None
    past: set[str] = set()
    waiting = list(heads)
    while waiting:
        each = waiting.pop()
        if each not in past and each in by_id:
            past.add(each)
            waiting.extend(by_id[each].parents)
    then = [event for event in events if event.id in past]
    problem = life_of(then, rules).applied_to(from_wire(Problem, base))
    return as_exported(problem, then, tuple(event for event in events if event.id not in past))


def as_exported(problem: Problem, events: Sequence[ProblemEvent], since: tuple[ProblemEvent, ...] = ()) -> Exported:
    """What goes out of a problem with these steps. A report that was not good enough is not shown again: the school
    writes what it did since."""
    plan = next((event for event in reversed(events) if event.step == Step.PLANNED), None)
    report = next((event for event in reversed(events) if event.step == Step.REPORTED), None)
    if problem.state is ProblemState.RECTIFYING:
        report = None
    return Exported(
        problem=problem,
        plan="" if plan is None else planned_text(plan),
        report="" if report is None else str(report.data.get("report", report.note)),
        done_on="" if report is None else str(report.data.get("done_on", "")),
        reporter="" if report is None else str(report.data.get("reporter", "")),
        since=since,
    )


def planned_text(event: ProblemEvent) -> str:
    """What the school plans to do, of a step 收到整改方案."""
    return str(event.sets().get("measure", event.note))
