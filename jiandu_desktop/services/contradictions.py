"""Records that several computers changed without knowing of each other: noticed on arrival, kept for a person.

What stands meanwhile is the same on every computer, whatever arrived first; no value is lost, no clock decides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from jiandu_desktop.services.store import op_of
from jiandu_desktop.storage import conflicts, county, journal, visits
from jiandu_desktop.storage.arrived_documents import documents_numbered
from jiandu_desktop.storage.conflicts import ConflictRow
from jiandu_desktop.sync import hlc
from jiandu_desktop.sync.register import Told, shown_first, standing, values_of
from jiandu_desktop.sync.root import open_root

if TYPE_CHECKING:
    from jiandu_desktop.domain.assignment import Assignment
    from jiandu_desktop.domain.issued import Document
    from jiandu_desktop.domain.visit import Visit
    from jiandu_desktop.storage.records import Work
    from jiandu_desktop.sync.operation import Op

REASSIGNED = "visit-reassigned"
REVISED_TWICE = "visit-revised-twice"
NUMBERED_TWICE = "number-used-twice"
_LAST_MS = 253_402_300_799_000  # the end of the year 9999


def agreed(work: Work, op: Op, wire: str) -> Mapping[str, Any]:
    """The record as it stands after this operation (already in the journal), as it travels under the name `wire`.

    Between two offices' computers the one named first in the root file counts, then the later stamp; every field in
    which the others differ becomes a conflict. An operation written in view of all of them ends it: of the fields that
    it names in `resolves`, else of all.
    """
    every = [each for row in journal.about(work, op.entity) if (each := op_of(row)).kind == op.kind]
    last = standing(every)
    if len(last) < 2:
        only = last[0] if last else op
        _end(work, only)
        return _record(only, wire)
    rank = _ranks(work)
    first = shown_first([Told(None, each) for each in last], rank).op
    names = sorted({name for each in last for name in _record(each, wire)})
    for name in names:
        told = values_of(last, name, lambda each: _record(each, wire))
        if len(told) > 1:
            kept = shown_first(told, rank)
            _put(work, op, kind=wire, field=name, told=[kept, *(each for each in told if each is not kept)])
    return _record(first, wire)


def note_visit(work: Work, op: Op, visit: Visit) -> None:
    """A visit that arrived finished stays, whatever became of its assignment; so do two revisions of the same one."""
    if visit.assignment_id:
        try:
            assignment = county.assignment(work, visit.assignment_id)
        except LookupError:
            assignment = None
        if assignment is not None:
            _note_if_reassigned(work, op, visit, assignment)
    if visit.revises:
        others = [each for each in visits.visits(work, school_id=visit.school_id) if each.revises == visit.revises]
        if len(others) > 1:
            _put_plain(work, op, visit.revises, REVISED_TWICE, sorted(each.id for each in others), others)


def note_number(work: Work, op: Op, document: Document) -> None:
    """Two documents bear one number: a disk was copied, or an old image of it written back, and two computers took the
    same number before either had seen a folder. Both papers stand; an office says which one keeps the number."""
    same = documents_numbered(work, document.number)
    if len(same) < 2:
        return
    told = []
    for each in same:
        issued = next((row for row in reversed(journal.about(work, each.id)) if row.kind == op.kind), None)
        by = op if issued is None else op_of(issued)
        told.append({"value": each.id, "person": by.person, "device": by.device, "at": by.hlc})
    row_id = conflict_id(document.number, NUMBERED_TWICE, "")
    before = conflicts.find(work, row_id)
    if before is None or [each["value"] for each in before.values] != [each["value"] for each in told]:
        conflicts.put(
            work,
            ConflictRow(
                id=row_id,
                entity=document.number,
                kind=NUMBERED_TWICE,
                field=same[0].id,
                values=told,
                found_at=moment_of(op),
            ),
        )


def note_reassigned(work: Work, op: Op, assignment: Assignment) -> None:
    """The assignment changed hands or was taken back after somebody had already finished it offline."""
    for visit in visits.visits(work, assignment_id=assignment.id):
        if visit.finished_at is not None:
            _note_if_reassigned(work, op, visit, assignment)


def close_conflict(work: Work, op: Op) -> None:
    """Somebody decided a conflict that is no field of a record."""
    conflicts.resolve(
        work,
        [str(op.data["conflict"])],
        at=moment_of(op),
        person=op.person,
        reason=str(op.data["reason"]),
        value=op.data["value"],
    )


def conflict_id(entity: str, kind: str, field: str) -> str:
    """The same on every computer that sees this contradiction."""
    return hashlib.sha256(f"{kind}/{entity}/{field}".encode()).hexdigest()[:32]


def moment_of(op: Op) -> datetime:
    """When it was written, by its writer's clock; what no clock can mean is held within the calendar."""
    return datetime.fromtimestamp(min(hlc.parse(op.hlc)[0], _LAST_MS) / 1000, UTC)


def _record(op: Op, wire: str) -> Mapping[str, Any]:
    record: Mapping[str, Any] = op.data[wire]
    return record


def _end(work: Work, op: Op) -> None:
    named = op.data.get("resolves")
    open_rows = [
        row
        for row in conflicts.of_entity(work, op.entity)
        if row.resolved_at is None and (named is None or row.field in named)
    ]
    for row in open_rows:
        record = next((value for value in op.data.values() if isinstance(value, Mapping) and row.field in value), {})
        conflicts.resolve(
            work,
            [row.id],
            at=moment_of(op),
            person=op.person,
            reason=str(op.data.get("reason", "")),
            value=record.get(row.field),
        )


def _note_if_reassigned(work: Work, op: Op, visit: Visit, assignment: Assignment) -> None:
    if assignment.withdrawn or not set(visit.inspector_ids) & set(assignment.inspector_ids):
        given = [] if assignment.withdrawn else list(assignment.inspector_ids)
        _put_plain(work, op, visit.id, REASSIGNED, [list(visit.inspector_ids), given], [visit])


def _put_plain(work: Work, op: Op, entity: str, kind: str, values: Sequence[Any], about: Sequence[Visit]) -> None:
    row_id = conflict_id(entity, kind, "")
    before = conflicts.find(work, row_id)
    shown = [{"value": value, "person": op.person, "device": op.device, "at": op.hlc} for value in values]
    if before is None or (before.resolved_at is None and [each["value"] for each in before.values] != list(values)):
        conflicts.put(
            work,
            ConflictRow(id=row_id, entity=entity, kind=kind, field=about[0].id, values=shown, found_at=moment_of(op)),
        )


def _put(work: Work, op: Op, *, kind: str, field: str, told: Sequence[Told]) -> None:
    conflicts.put(
        work,
        ConflictRow(
            id=conflict_id(op.entity, kind, field),
            entity=op.entity,
            kind=kind,
            field=field,
            values=[
                {"value": each.value, "person": each.op.person, "device": each.op.device, "at": each.op.hlc}
                for each in told
            ],
            found_at=moment_of(op),
        ),
    )


def _ranks(work: Work) -> Any:
    """The office's computers in the order of the root file; whoever is not named comes last."""
    known = county.fact(work, "root_file")
    root = open_root(bytes.fromhex(known)) if known else None
    order = {each.device: place for place, each in enumerate(root.publishers)} if root is not None else {}
    return lambda device: order.get(device, len(order))
