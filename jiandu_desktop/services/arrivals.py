"""What a received operation means for the tables: the same switch on the office's computer and on every laptop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.assignment import Assignment
from jiandu_desktop.domain.identity import from_text
from jiandu_desktop.domain.inspector import Inspector
from jiandu_desktop.domain.issued import Document
from jiandu_desktop.domain.paper_life import PaperEvent
from jiandu_desktop.domain.problem import Problem, ProblemEvent
from jiandu_desktop.domain.problem.rules import OFFICE
from jiandu_desktop.domain.school import School
from jiandu_desktop.domain.visit import AnswerSource, Photo, Signature, Visit
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.contradictions import agreed, close_conflict, note_number, note_reassigned, note_visit
from jiandu_desktop.services.deadlines import HOLIDAYS_FACT, from_wire_days
from jiandu_desktop.services.escalations import ESCALATION_FACT, read_wire
from jiandu_desktop.services.lives import RULES_FACT, rules_of, settle, settle_all
from jiandu_desktop.services.seals import SEAL_FACT
from jiandu_desktop.services.unit import TEMPLATES_FACT, templates_of
from jiandu_desktop.services.wire import from_wire
from jiandu_desktop.storage import county, journal, lives, numbers, paper_events, self_ratings, visits
from jiandu_desktop.sync.operation import Op

if TYPE_CHECKING:
    from jiandu_desktop.storage.records import Work

_SOURCES = frozenset(source.value for source in AnswerSource)
_TEXT_OR_NONE = frozenset((str, type(None)))


def take_in(work: Work, operations: Iterable[Op]) -> Changes:
    """Apply operations of others, in order, inside the caller's transaction.

    A kind that this program does not know stays in the journal untouched and changes nothing.
    """
    changes = Changes()
    for op in operations:
        apply_one = _KINDS.get(op.kind)
        if apply_one is not None:
            changes |= apply_one(work, op)
    return changes


def known_kinds() -> frozenset[str]:
    """The kinds of operation that this program can take in."""
    return frozenset(_KINDS)


def _school(work: Work, op: Op) -> Changes:
    school = from_wire(School, agreed(work, op, "school"))
    county.put_schools(work, school)
    return Changes(schools=frozenset({school.id}))


def _inspector(work: Work, op: Op) -> Changes:
    county.put_inspectors(work, from_wire(Inspector, agreed(work, op, "inspector")))
    return Changes(settings=True)


def _checklist(work: Work, op: Op) -> Changes:
    county.put_checklist(work, from_wire(county.Checklist, op.data["checklist"]))
    return Changes(checklists=True)


def _assignment(work: Work, op: Op) -> Changes:
    assignment = from_wire(Assignment, agreed(work, op, "assignment"))
    county.put_assignments(work, assignment)
    note_reassigned(work, op, assignment)
    return Changes(assignments=frozenset({assignment.id}))


def _block(work: Work, op: Op) -> Changes:
    numbers.put_block(work, from_wire(numbers.NumberBlock, op.data["block"]))
    return Changes(settings=True)


def _unit(work: Work, op: Op) -> Changes:
    county.keep_fact(work, "unit", op.data["unit"])
    return Changes(settings=True)


def _visit(work: Work, op: Op) -> Changes:
    visit = from_wire(Visit, op.data["visit"])
    visits.put_visit(work, visit)
    _look_at(op.data["trail"])
    visits.take_answers(work, visit.id, op.data["answers"], op.op_id)
    visits.add_remarks(work, visit.id, op.data["notes"], op.data["kept"])
    for ref, value in op.data.get("self", {}).items():
        self_ratings.put_self_rating(work, visit.id, ref, value)
    visits.put_photo(work, *(from_wire(Photo, each) for each in op.data["photos"]))
    for each in op.data["signatures"]:
        visits.put_signature(work, visit.id, from_wire(Signature, each))
    note_visit(work, op, visit)
    return Changes(visits=frozenset({visit.id}), schools=frozenset({visit.school_id}))


def _look_at(trail: Sequence[Mapping[str, Any]]) -> None:
    """Prove a trail as `from_wire` would, which is not made of it: some hundred lines of every visit that an office
    reads stay in the operation until somebody opens them. Column by column, as that takes a third of the time."""
    texts = [each["ref"] for each in trail] + [each.get("person", "") for each in trail]
    texts += [each.get("reason", "") for each in trail]
    values = [each["old"] for each in trail] + [each["new"] for each in trail]
    if not ({*map(type, texts)} <= {str} and {*map(type, values)} <= _TEXT_OR_NONE):
        raise TypeError("no trail")
    if not _SOURCES.issuperset([each["source"] for each in trail]):
        raise ValueError("no source of an answer")
    for each in trail:
        from_text(each["at"])


def _visit_signed(work: Work, op: Op) -> Changes:
    visits.put_visit(work, visit := from_wire(Visit, op.data["visit"]))
    return Changes(visits=frozenset({visit.id}))


def _problem(work: Work, op: Op) -> Changes:
    """A problem as issued. Its first events are its owner's; a second record of it replaces none."""
    problem = from_wire(Problem, op.data["problem"])
    if lives.base(work, problem.id) is None:
        visits.put_problem(work, problem)
        lives.put_base(work, problem.id, op.data["problem"])
    events = [_vouched(work, op, from_wire(ProblemEvent, each)) for each in op.data.get("events", ())]
    lives.add_events(work, *(event for event in events if event.problem_id == problem.id))
    settle(work, problem.id)
    return Changes(problems=frozenset({problem.id}), schools=frozenset({problem.school_id}))


def _problem_event(work: Work, op: Op) -> Changes:
    """One step of a problem's life; it is kept even where its problem has not arrived yet."""
    event = _vouched(work, op, from_wire(ProblemEvent, op.data["event"]))
    lives.add_events(work, event)
    problem = settle(work, event.problem_id)
    schools = frozenset({problem.school_id}) if problem is not None else frozenset()
    return Changes(problems=frozenset({event.problem_id}), schools=schools)


def _life_rules(work: Work, op: Op) -> Changes:
    """New limits of the life cycle: every problem is derived anew, so that all laptops agree."""
    rules_of(op.data["rules"])
    county.keep_fact(work, RULES_FACT, dict(op.data["rules"]))
    return Changes(problems=settle_all(work), settings=True)


def _escalation_rules(work: Work, op: Op) -> Changes:
    read_wire(op.data["rules"])
    county.keep_fact(work, ESCALATION_FACT, op.data["rules"])
    return Changes(settings=True)


def _holidays(work: Work, op: Op) -> Changes:
    """The office's days off; no date that was set moves by it."""
    from_wire_days(op.data)
    county.keep_fact(work, HOLIDAYS_FACT, {name: list(op.data[name]) for name in ("off", "worked")})
    return Changes(settings=True)


def _templates(work: Work, op: Op) -> Changes:
    """How the office words its documents; what was issued stays as it was issued."""
    templates_of(op.data["templates"])
    county.keep_fact(work, TEMPLATES_FACT, dict(op.data["templates"]))
    return Changes(settings=True)


def _seal(work: Work, op: Op) -> Changes:
    county.keep_fact(work, SEAL_FACT, dict(op.data["seal"]))
    return Changes(settings=True)


def _vouched(work: Work, op: Op, event: ProblemEvent) -> ProblemEvent:
    """The event with what the signature proves in place of what it claims: who, on which laptop, in which role."""
    writer = next((each for each in journal.devices(work) if each.device == op.device), None)
    # Publishers of the office stand in the root file, never among the enrolled laptops.
    role = OFFICE if writer is None else writer.role
    return replace(event, person=op.person, device=op.device, role=role)


def _document(work: Work, op: Op) -> Changes:
    document = from_wire(Document, op.data["document"])
    visits.put_document(work, document)
    note_number(work, op, document)
    return Changes(documents=frozenset({document.id}))


def _document_event(work: Work, op: Op) -> Changes:
    """What became of a document; it is kept even where the document has not arrived yet."""
    event = from_wire(PaperEvent, op.data["event"])
    paper_events.add(work, replace(event, person=op.person, device=op.device))
    return Changes(documents=frozenset({event.document_id} - {""}), settings=True)


def _number_used(work: Work, op: Op) -> Changes:
    numbers.mark_used(work, op.data["block"], op.data["number"])
    return Changes()


def _conflict_resolved(work: Work, op: Op) -> Changes:
    close_conflict(work, op)
    return Changes(sync=True)


_KINDS: dict[str, Callable[[Work, Op], Changes]] = {
    "school.put": _school,
    "inspector.put": _inspector,
    "checklist.put": _checklist,
    "assignment.put": _assignment,
    "number.block": _block,
    "office.unit": _unit,
    "visit.finished": _visit,
    "visit.signed": _visit_signed,
    "problem.put": _problem,
    "problem.event": _problem_event,
    "office.rules": _life_rules,
    "office.templates": _templates,
    "office.escalation": _escalation_rules,
    "office.holidays": _holidays,
    "office.seal": _seal,
    "document.issued": _document,
    "document.event": _document_event,
    "number.used": _number_used,
    "conflict.resolved": _conflict_resolved,
}
