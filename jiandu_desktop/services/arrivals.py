"""What a received operation means for the tables: the same switch on the office's computer and on every laptop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.assignment import Assignment
from jiandu_desktop.domain.inspector import Inspector
from jiandu_desktop.domain.issued import Document
from jiandu_desktop.domain.problem import Problem, ProblemEvent
from jiandu_desktop.domain.school import School
from jiandu_desktop.domain.visit import Photo, Signature, TrailEntry, Visit
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.wire import from_wire
from jiandu_desktop.storage import county, numbers, visits
from jiandu_desktop.sync.operation import Op

if TYPE_CHECKING:
    from jiandu_desktop.storage.records import Work


def take_in(work: Work, operations: Iterable[Op]) -> Changes:
    """Apply operations of others, in order, inside the caller's transaction.

    A kind that this program does not know stays in the journal untouched and changes nothing.
    """
    changes = Changes()
    for op in operations:
        apply_one = _KINDS.get(op.kind)
        if apply_one is not None:
            changes |= apply_one(work, op.data)
    return changes


def _school(work: Work, data: Mapping[str, Any]) -> Changes:

    school = from_wire(School, data["school"])
    county.put_schools(work, school)
    return Changes(schools=frozenset({school.id}))


def _inspector(work: Work, data: Mapping[str, Any]) -> Changes:

    county.put_inspectors(work, from_wire(Inspector, data["inspector"]))
    return Changes(settings=True)


def _checklist(work: Work, data: Mapping[str, Any]) -> Changes:

    county.put_checklist(work, from_wire(county.Checklist, data["checklist"]))
    return Changes(checklists=True)


def _assignment(work: Work, data: Mapping[str, Any]) -> Changes:

    assignment = from_wire(Assignment, data["assignment"])
    county.put_assignments(work, assignment)
    return Changes(assignments=frozenset({assignment.id}))


def _block(work: Work, data: Mapping[str, Any]) -> Changes:

    numbers.put_block(work, from_wire(numbers.NumberBlock, data["block"]))
    return Changes(settings=True)


def _unit(work: Work, data: Mapping[str, Any]) -> Changes:

    county.keep_fact(work, "unit", data["unit"])
    return Changes(settings=True)


def _visit(work: Work, data: Mapping[str, Any]) -> Changes:

    visit = from_wire(Visit, data["visit"])
    visits.put_visit(work, visit)
    visits.write_received_answers(
        work, visit.id, data["answers"], tuple(from_wire(TrailEntry, each) for each in data["trail"])
    )
    for ref, note in data["notes"].items():
        visits.write_note(work, visit.id, ref, note)
    for ref in data["kept"]:
        visits.keep_warning(work, visit.id, ref, True)
    for each in data["photos"]:
        visits.put_photo(work, from_wire(Photo, each))
    for each in data["signatures"]:
        visits.put_signature(work, visit.id, from_wire(Signature, each))
    return Changes(visits=frozenset({visit.id}), schools=frozenset({visit.school_id}))


def _visit_signed(work: Work, data: Mapping[str, Any]) -> Changes:

    visits.put_visit(work, visit := from_wire(Visit, data["visit"]))
    return Changes(visits=frozenset({visit.id}))


def _problem(work: Work, data: Mapping[str, Any]) -> Changes:

    problem = from_wire(Problem, data["problem"])
    visits.put_problem(work, problem)
    for each in data.get("events", ()):
        visits.put_event(work, from_wire(ProblemEvent, each))
    return Changes(problems=frozenset({problem.id}), schools=frozenset({problem.school_id}))


def _document(work: Work, data: Mapping[str, Any]) -> Changes:

    document = from_wire(Document, data["document"])
    visits.put_document(work, document)
    return Changes(documents=frozenset({document.id}))


def _number_used(work: Work, data: Mapping[str, Any]) -> Changes:

    numbers.mark_used(work, data["block"], data["number"])
    return Changes()


_KINDS: dict[str, Callable[[Work, Mapping[str, Any]], Changes]] = {
    "school.put": _school,
    "inspector.put": _inspector,
    "checklist.put": _checklist,
    "assignment.put": _assignment,
    "number.block": _block,
    "office.unit": _unit,
    "visit.finished": _visit,
    "visit.signed": _visit_signed,
    "problem.put": _problem,
    "document.issued": _document,
    "number.used": _number_used,
}
