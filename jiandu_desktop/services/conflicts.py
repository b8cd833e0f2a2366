"""不一致: both values, who wrote them and when; a person chooses or merges, with a reason that stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import Step
from jiandu_desktop.services import lives as laying
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.contradictions import NUMBERED_TWICE, REASSIGNED, REVISED_TWICE
from jiandu_desktop.services.problem_steps import ProblemSteps
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.wire import to_wire
from jiandu_desktop.storage import conflicts as kept
from jiandu_desktop.storage import county, journal, visits
from jiandu_desktop.storage.arrived_documents import documents_named
from jiandu_desktop.storage.conflicts import ConflictRow
from jiandu_desktop.sync import hlc
from jiandu_desktop.sync.operation import Draft, Role

if TYPE_CHECKING:
    from jiandu_desktop.domain.issued import Document
    from jiandu_desktop.domain.problem.life import Conflict
    from jiandu_desktop.domain.visit import Visit
    from jiandu_desktop.storage.records import Work

_PROBLEM = "problem"
_NO_FIELD = (REASSIGNED, REVISED_TWICE, NUMBERED_TWICE)
"""Kinds that are no field of a record: the decision alone is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictValue:
    """One of the values, as it travels; `at` by its writer's clock, `clock_wrong` where that lies in the future."""

    value: Any
    person: str
    device: str
    at: datetime
    clock_wrong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictLine:
    """One contradiction. `kind`: problem, assignment, school, inspector, visit-reassigned, visit-revised-twice or
    number-used-twice; `field` is the record's field ("state" of a problem), "" for a visit or a number; the first value
    is the one shown meanwhile (of a number both papers stand). `mine` says whether this computer may decide it: an
    office everything, a laptop its own visits."""

    id: str
    kind: str
    entity: str
    about: str
    field: str
    values: tuple[ConflictValue, ...]
    mine: bool
    resolved_at: datetime | None = None
    resolution: Any = None
    reason: str = ""
    resolved_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionFacts:
    """One of two revisions of a visit, for whoever has to choose."""

    revision: int
    finished_at: datetime | None
    score: Decimal | None
    problems: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictView:
    """What waits and what was decided, with what is needed to say it in words: `names` are people and schools by
    identifier, `papers` the documents that share a number, `device` is this computer, `offices` the office's
    computers."""

    waiting: tuple[ConflictLine, ...]
    decided: tuple[ConflictLine, ...]
    names: Mapping[str, str]
    revisions: Mapping[str, RevisionFacts]
    papers: Mapping[str, Document]
    device: str
    offices: frozenset[str]


class Conflicts:
    """What contradicts itself, and deciding it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rows(self, *, resolved: bool = False) -> tuple[ConflictLine, ...]:
        """What waits for a decision, the oldest first; or what was decided (of problems see their own history)."""
        with self._store.reading() as work:
            lines = [self._line(work, row) for row in (kept.resolved(work) if resolved else kept.unresolved(work))]
            if not resolved:
                lines += self._of_problems(work)
        return tuple(lines)

    def view(self) -> ConflictView:
        """All of it at once, for the window."""
        waiting, decided = self.rows(), self.rows(resolved=True)
        ids = {each.value for line in (*waiting, *decided) if line.kind == REVISED_TWICE for each in line.values}
        with self._store.reading() as work:
            names = {person.id: person.name for person in county.inspectors(work)}
            names |= {school.id: school.name for school in county.schools(work)}
            found = [visit for visit in (self._visit(work, each) for each in ids) if visit is not None]
            revisions = {
                visit.id: RevisionFacts(
                    revision=visit.revision,
                    finished_at=visit.finished_at,
                    score=visit.score,
                    problems=len(visits.problems(work, visit_id=visit.id)),
                    reason=visit.revision_reason,
                )
                for visit in found
            }
            ids = {each.value for line in (*waiting, *decided) if line.kind == NUMBERED_TWICE for each in line.values}
            papers = {document.id: document for document in documents_named(work, ids)}
            known = {each.device for each in journal.devices(work) if each.role != Role.OFFICE.value}
            offices = frozenset(journal.positions(work)) - known - {self._store.device()}
        if self._store.membership().is_office:
            offices |= {self._store.device()}
        return ConflictView(
            waiting=waiting,
            decided=tuple(reversed(decided)),
            names=names,
            revisions=revisions,
            papers=papers,
            device=self._store.device(),
            offices=offices,
        )

    def resolve(self, conflict: str, value: Any, reason: str) -> None:
        """Decide one: `value` is one of its values or a merged one, as it travels (a problem's state by its word).

        Told to everybody as an operation written in view of all that it decides. Raises Trouble `conflict-unknown`,
        `conflict-needs-reason`, `not-office` where an office must decide, and what the rules of problems say.
        """
        line = next((each for each in self.rows() if each.id == conflict), None)
        if line is None:
            raise Trouble("conflict-unknown")
        if not reason.strip():
            raise Trouble("conflict-needs-reason")
        if not line.mine:
            raise Trouble("not-office", path=str(self._store.folder.root))
        if line.kind == _PROBLEM:
            data = {"state": value} if line.field == "state" else {"set": {line.field: value}}
            ProblemSteps(self._store).take(line.entity, Step.SETTLED, note=reason, data=data)
            return
        with self._store.writing() as work:
            if line.kind in _NO_FIELD:
                told = {"conflict": line.id, "value": value, "reason": reason.strip()}
                self._store.record(work, [Draft("conflict.resolved", line.entity, told)])
            else:
                self._write(work, line, value, reason.strip())
            kept.resolve(
                work,
                [line.id],
                at=self._store.clock(),
                person=self._store.membership().person,
                reason=reason.strip(),
                value=value,
            )
        self._store.publish(Changes(assignments=frozenset({line.entity}), settings=True, sync=True))

    def _write(self, work: Work, line: ConflictLine, value: Any, reason: str) -> None:
        """The record with the chosen value; what else of it is open stays open."""
        from jiandu_desktop.domain.assignment import Assignment
        from jiandu_desktop.domain.inspector import Inspector
        from jiandu_desktop.domain.school import School
        from jiandu_desktop.services.wire import from_wire

        if line.kind == "assignment":
            chosen: Mapping[str, Any] = {**to_wire(county.assignment(work, line.entity)), line.field: value}
            county.put_assignments(work, from_wire(Assignment, chosen))
        elif line.kind == "school":
            chosen = {**to_wire(county.school(work, line.entity)), line.field: value}
            county.put_schools(work, from_wire(School, chosen))
        else:
            person = next(each for each in county.inspectors(work) if each.id == line.entity)
            chosen = {**to_wire(person), line.field: value}
            county.put_inspectors(work, from_wire(Inspector, chosen))
        data = {line.kind: chosen, "resolves": [line.field], "reason": reason}
        self._store.record(work, [Draft(f"{line.kind}.put", line.entity, data)])

    def _line(self, work: Work, row: ConflictRow) -> ConflictLine:
        people = {each.id: each.name for each in county.inspectors(work)}
        now = int(self._store.clock().timestamp() * 1000)
        values = []
        for each in row.values:
            shown, wrong = hlc.shown(each["at"], now)
            values.append(
                ConflictValue(
                    value=each["value"],
                    person=people.get(each["person"], each["person"]),
                    device=each["device"],
                    at=datetime.fromtimestamp(shown / 1000, UTC),
                    clock_wrong=wrong,
                )
            )
        return ConflictLine(
            id=row.id,
            kind=row.kind,
            entity=row.entity,
            about=self._about(work, row),
            field="" if row.kind in _NO_FIELD else row.field,
            values=tuple(values),
            mine=self._may_decide(work, row),
            resolved_at=row.resolved_at,
            resolution=row.resolution,
            reason=row.reason,
            resolved_by=people.get(row.person, row.person),
        )

    def _may_decide(self, work: Work, row: ConflictRow) -> bool:
        me = self._store.membership()
        visit = self._visit(work, row.field)
        return me.is_office or (row.kind == REVISED_TWICE and visit is not None and me.person in visit.inspector_ids)

    def _about(self, work: Work, row: ConflictRow) -> str:
        """What the record is called."""
        if row.kind == NUMBERED_TWICE:
            return row.entity
        if row.kind == "assignment":
            assignment = county.assignment(work, row.entity)
            return f"{county.school(work, assignment.school_id).name} · {assignment.task}"
        if row.kind == "school":
            return county.school(work, row.entity).name
        if row.kind == "inspector":
            return next((each.name for each in county.inspectors(work) if each.id == row.entity), row.entity)
        visit = self._visit(work, row.field)
        return row.entity if visit is None else f"{county.school(work, visit.school_id).name} · {visit.task}"

    def _visit(self, work: Work, visit_id: str) -> Visit | None:
        try:
            return visits.visit(work, visit_id)
        except LookupError:
            return None

    def _of_problems(self, work: Work) -> list[ConflictLine]:
        people = {each.id: each.name for each in county.inspectors(work)}
        is_office = self._store.membership().is_office
        lines = []
        for problem_id in kept.disputed_problems(work):
            problem = visits.problem(work, problem_id)
            if problem is None:
                continue
            for conflict in laying.life(work, problem_id).conflicts:
                lines.append(
                    ConflictLine(
                        id=f"{problem.id}/{conflict.field}",
                        kind=_PROBLEM,
                        entity=problem.id,
                        about=f"{county.school(work, problem.school_id).name} · {problem.text}",
                        field=conflict.field,
                        values=_problem_values(conflict, people),
                        mine=is_office,
                    )
                )
        return lines


def _problem_values(conflict: Conflict, people: Mapping[str, str]) -> tuple[ConflictValue, ...]:
    return tuple(
        ConflictValue(value=value, person=people.get(event.person, event.person), device=event.device, at=event.at)
        for event, value in zip(conflict.events, conflict.values, strict=True)
    )
