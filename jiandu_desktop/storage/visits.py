"""Visits and what hangs on them: answers with their trail, notes, photos, problems, documents, signatures."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update

from jiandu_desktop.domain import identity
from jiandu_desktop.domain.issued import Document
from jiandu_desktop.domain.problem import OPEN_STATES, Problem
from jiandu_desktop.domain.visit import AnswerSource, Photo, Place, Signature, TrailEntry, Visit, VisitState
from jiandu_desktop.storage import records, tables
from jiandu_desktop.storage.records import Work

# What is written at every answer is put together once: building a statement takes longer than running it.
_TRAIL_OF_ANSWER = insert(tables.trail).values(
    old=select(tables.answers.c.value)
    .where(tables.answers.c.visit_id == bindparam("of_visit"), tables.answers.c.ref == bindparam("of_ref"))
    .scalar_subquery()
)
_TALLY = (
    update(tables.visits)
    .where(tables.visits.c.id == bindparam("of_visit"), tables.visits.c.state == VisitState.DRAFT)
    .values(answered=bindparam("answered_now"), item_total=bindparam("total_now"))
)
_WRITTEN_TRAIL = (
    "INSERT INTO trail (visit_id, ref, old, new, at, source, person, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_BROUGHT = "SELECT data FROM operations JOIN received_trails USING (op_id) WHERE visit_id = ?"
_RECEIVED_REMARK = (
    "INSERT INTO remarks (visit_id, ref, note, kept) VALUES (?, ?, ?, ?) ON CONFLICT (visit_id, ref) DO UPDATE"
    " SET note = iif(excluded.note = '', note, excluded.note), kept = max(kept, excluded.kept)"
)


def put_visit(work: Work, visit: Visit) -> None:
    records.put(work, tables.visits, visit)


def visit(work: Work, visit_id: str) -> Visit:
    """The visit; raises LookupError for an identifier that is not ours."""
    found = records.get(work, tables.visits, Visit, tables.visits.c.id == visit_id)
    if found is None:
        raise LookupError(visit_id)
    return found


def visits(work: Work, *, school_id: str | None = None, assignment_id: str | None = None) -> tuple[Visit, ...]:
    """Visits, the newest first."""
    columns = tables.visits.c
    conditions = []
    if school_id is not None:
        conditions.append(columns.school_id == school_id)
    if assignment_id is not None:
        conditions.append(columns.assignment_id == assignment_id)
    return records.find(work, tables.visits, Visit, *conditions, order=[columns.started_at.desc()])


def companions(work: Work, most: int = 500) -> list[tuple[str, str]]:
    """School and 同行人员 as written, of the newest `most` visits that name any."""
    columns = tables.visits.c
    named = select(columns.school_id, columns.companions).where(columns.companions != "")
    return [(school, text) for school, text in work.execute(named.order_by(columns.started_at.desc()).limit(most))]


def drafts(work: Work) -> tuple[Visit, ...]:
    """Visits that are still being filled in, the newest first."""
    columns = tables.visits.c
    draft = columns.state == VisitState.DRAFT
    return records.find(work, tables.visits, Visit, draft, order=[columns.started_at.desc()])


def last_finished(work: Work, school_id: str, form_id: str | None = None) -> Visit | None:
    """The school's newest frozen visit, of one checklist where `form_id` says so."""
    for found in visits(work, school_id=school_id):
        if found.state is not VisitState.DRAFT and form_id in (None, found.form_id):
            return found
    return None


def answers(work: Work, visit_id: str) -> dict[str, str]:
    """Values by item reference, in the form engine's own text."""
    table = tables.answers
    return dict(work.execute(select(table.c.ref, table.c.value).where(table.c.visit_id == visit_id)).all())


def write_answers(work: Work, visit_id: str, entries: Sequence[TrailEntry]) -> None:
    """Write each answer (None clears it) and its line in the trail, whose `old` is what the database held before."""
    if not entries:
        return
    table = tables.answers
    work.execute(
        _TRAIL_OF_ANSWER,
        [
            {
                "visit_id": visit_id,
                "of_visit": visit_id,
                "ref": entry.ref,
                "of_ref": entry.ref,
                "new": entry.new,
                "at": entry.at,
                "source": entry.source,
                "person": entry.person,
                "reason": entry.reason,
            }
            for entry in entries
        ],
    )
    last = {entry.ref: entry.new for entry in entries}
    kept = {ref: value for ref, value in last.items() if value is not None}
    records.put_rows(work, table, [{"visit_id": visit_id, "ref": ref, "value": value} for ref, value in kept.items()])
    for cleared in records.chunks(last.keys() - kept.keys()):
        records.remove(work, table, table.c.visit_id == visit_id, table.c.ref.in_(cleared))


def write_trail(work: Work, visit_id: str, entry: TrailEntry) -> None:
    """Append one line to the trail."""
    work.execute(insert(tables.trail), [_trail_row(visit_id, entry)])


def write_received_answers(work: Work, visit_id: str, values: Mapping[str, str], entries: Sequence[TrailEntry]) -> None:
    """Replace a visit's answers and trail by those of the record that it becomes."""
    trail = [
        (visit_id, each.ref, each.old, each.new, identity.to_text(each.at), each.source.value, each.person, each.reason)
        for each in entries
    ]
    _replace_answers(work, visit_id, values)
    records.run(work, _WRITTEN_TRAIL, trail)


def take_answers(work: Work, visit_id: str, values: Mapping[str, str], op_id: str) -> None:
    """The same for a visit that another laptop's operation `op_id` brought, in which its trail stays."""
    _replace_answers(work, visit_id, values)
    records.run(work, "INSERT INTO received_trails (visit_id, op_id) VALUES (?, ?)", [(visit_id, op_id)])


def _replace_answers(work: Work, visit_id: str, values: Mapping[str, str]) -> None:
    # Some hundred rows of every visit: as the columns of `tables` would spell them, without asking each of them.
    for table in ("answers", "trail", "received_trails"):
        records.run(work, f"DELETE FROM {table} WHERE visit_id = ?", [(visit_id,)])
    answered = [(visit_id, ref, value) for ref, value in values.items()]
    records.run(work, "INSERT INTO answers (visit_id, ref, value) VALUES (?, ?, ?)", answered)


def add_remarks(work: Work, visit_id: str, notes: Mapping[str, str], kept: Collection[str]) -> None:
    """Notes by item reference, and the items whose soft warning was confirmed; what is there and not named stays."""
    rows = [(visit_id, ref, notes.get(ref, ""), ref in kept) for ref in {**notes, **dict.fromkeys(kept)}]
    records.run(work, _RECEIVED_REMARK, rows)


def _trail_row(visit_id: str, entry: TrailEntry) -> dict[str, object]:
    return {
        "visit_id": visit_id,
        "ref": entry.ref,
        "old": entry.old,
        "new": entry.new,
        "at": entry.at,
        "source": entry.source,
        "person": entry.person,
        "reason": entry.reason,
    }


def trail(work: Work, visit_id: str) -> tuple[TrailEntry, ...]:
    """Every change of an answer or note, in the order it was made."""
    columns = tables.trail.c
    rows = work.execute(
        select(columns.ref, columns.old, columns.new, columns.at, columns.source, columns.person, columns.reason)
        .where(columns.visit_id == visit_id)
        .order_by(columns.seq)
    ).mappings()
    return (*_received_trail(work, visit_id), *(TrailEntry(**row) for row in rows))


def _received_trail(work: Work, visit_id: str) -> list[TrailEntry]:
    brought = records.every(work, _BROUGHT, (visit_id,))
    return [
        TrailEntry(
            ref=each["ref"],
            old=each["old"],
            new=each["new"],
            at=identity.from_text(each["at"]),
            source=AnswerSource(each["source"]),
            person=each.get("person", ""),
            reason=each.get("reason", ""),
        )
        for (data,) in brought
        for each in json.loads(data)["trail"]
    ]


def remarks(work: Work, visit_id: str) -> tuple[dict[str, str], frozenset[str]]:
    """(notes by item reference, references whose soft warning was confirmed)."""
    columns = tables.remarks.c
    notes: dict[str, str] = {}
    kept: set[str] = set()
    for ref, note, was_kept in work.execute(
        select(columns.ref, columns.note, columns.kept).where(columns.visit_id == visit_id)
    ):
        if note:
            notes[ref] = note
        if was_kept:
            kept.add(ref)
    return notes, frozenset(kept)


def write_note(work: Work, visit_id: str, ref: str, note: str) -> None:
    kept = ref in remarks(work, visit_id)[1]
    records.put_values(work, tables.remarks, {"visit_id": visit_id, "ref": ref, "note": note, "kept": kept})


def keep_warning(work: Work, visit_id: str, ref: str, keep: bool) -> None:
    note = remarks(work, visit_id)[0].get(ref, "")
    records.put_values(work, tables.remarks, {"visit_id": visit_id, "ref": ref, "note": note, "kept": keep})


def place(work: Work, visit_id: str) -> Place:
    columns = tables.places.c
    row = work.execute(select(columns.ref, columns.scroll, columns.unsaved).where(columns.visit_id == visit_id)).first()
    return Place() if row is None else Place(ref=row.ref, scroll=row.scroll, unsaved=dict(row.unsaved))


def place_time(work: Work, visit_id: str) -> datetime | None:
    """When the inspector last did anything in this visit."""
    columns = tables.places.c
    row = work.execute(select(columns.saved_at).where(columns.visit_id == visit_id)).first()
    return None if row is None else row[0]


def write_place(work: Work, visit_id: str, where: Place, at: datetime) -> None:
    records.put_values(
        work,
        tables.places,
        {
            "visit_id": visit_id,
            "ref": where.ref,
            "scroll": where.scroll,
            "unsaved": where.unsaved,
            "saved_at": at,
        },
    )


def set_tally(work: Work, visit_id: str, answered: int, total: int) -> bool:
    """Note how many items are answered; False where the visit is not open (or not here) and nothing was noted."""
    noted = work.execute(_TALLY, {"of_visit": visit_id, "answered_now": answered, "total_now": total})
    return noted.rowcount == 1


def put_photo(work: Work, *photos: Photo) -> None:
    records.put(work, tables.photos, *photos)


def photo(work: Work, photo_id: str) -> Photo | None:
    return records.get(work, tables.photos, Photo, tables.photos.c.id == photo_id)


def photos(work: Work, *, visit_id: str) -> tuple[Photo, ...]:
    columns = tables.photos.c
    return records.find(work, tables.photos, Photo, columns.visit_id == visit_id, order=[columns.added_at, columns.id])


def photo_counts(work: Work) -> dict[tuple[str, str], int]:
    """Number of photos by (visit, item reference)."""
    columns = tables.photos.c
    rows = work.execute(select(columns.visit_id, columns.ref, func.count()).group_by(columns.visit_id, columns.ref))
    return {(visit_id, ref): count for visit_id, ref, count in rows}


def remove_photo(work: Work, photo_id: str) -> None:
    records.remove(work, tables.photos, tables.photos.c.id == photo_id)


def put_problem(work: Work, problem: Problem) -> None:
    records.put(work, tables.problems, problem)


def problem(work: Work, problem_id: str) -> Problem | None:
    return records.get(work, tables.problems, Problem, tables.problems.c.id == problem_id)


def problems(
    work: Work, *, visit_id: str | None = None, school_id: str | None = None, open_only: bool = False
) -> tuple[Problem, ...]:
    """Problems, the most urgent first."""
    columns = tables.problems.c
    conditions = []
    if visit_id is not None:
        conditions.append(columns.visit_id == visit_id)
    if school_id is not None:
        conditions.append(columns.school_id == school_id)
    if open_only:
        conditions.append(columns.state.in_(OPEN_STATES))
    return records.find(
        work,
        tables.problems,
        Problem,
        *conditions,
        order=[columns.due.is_(None), columns.due, columns.found_at],
    )


def open_counts(work: Work) -> dict[str, int]:
    """Number of problems that are not struck off, by school."""
    columns = tables.problems.c
    return dict(
        work.execute(
            select(columns.school_id, func.count()).where(columns.state.in_(OPEN_STATES)).group_by(columns.school_id)
        ).all()
    )


def remove_problem(work: Work, problem_id: str) -> None:
    records.remove(work, tables.problems, tables.problems.c.id == problem_id)


def put_document(work: Work, document: Document) -> None:
    records.put(work, tables.documents, document)


def documents(work: Work, *, visit_id: str | None = None, school_id: str | None = None) -> tuple[Document, ...]:
    """Issued documents, the newest first."""
    columns = tables.documents.c
    conditions = []
    if visit_id is not None:
        conditions.append(columns.visit_id == visit_id)
    if school_id is not None:
        conditions.append(columns.school_id == school_id)
    return records.find(
        work,
        tables.documents,
        Document,
        *conditions,
        order=[columns.issued_at.desc(), columns.kind, columns.id],
    )


def document(work: Work, document_id: str) -> Document:
    """The document; raises LookupError for an identifier that is not ours."""
    found = records.get(work, tables.documents, Document, tables.documents.c.id == document_id)
    if found is None:
        raise LookupError(document_id)
    return found


def signatures(work: Work, visit_id: str) -> tuple[Signature, ...]:
    columns = tables.signatures.c
    rows = work.execute(select(tables.signatures).where(columns.visit_id == visit_id)).mappings()
    return tuple(
        Signature(
            role=row["role"],
            name=row["name"],
            signed_at=row["signed_at"],
            strokes=tuple(tuple((x, y) for x, y in stroke) for stroke in row["strokes"]),
            refused=row["refused"],
            witnesses=row["witnesses"],
        )
        for row in rows
    )


def put_signature(work: Work, visit_id: str, signature: Signature) -> None:
    records.put_values(
        work,
        tables.signatures,
        {
            "visit_id": visit_id,
            "role": signature.role,
            "name": signature.name,
            "signed_at": signature.signed_at,
            "strokes": [[list(point) for point in stroke] for stroke in signature.strokes],
            "refused": signature.refused,
            "witnesses": signature.witnesses,
        },
    )


def copy_filling(work: Work, old_id: str, new_id: str, new_photo_id: Callable[[], str]) -> None:
    """Give a new revision the answers, notes, confirmed warnings, photos and place of the record it replaces."""
    for table in (tables.answers, tables.remarks, tables.places):
        for row in work.execute(select(table).where(table.c.visit_id == old_id)).mappings().all():
            records.put_values(work, table, {**row, "visit_id": new_id})
    for photo in photos(work, visit_id=old_id):
        put_photo(work, replace(photo, id=new_photo_id(), visit_id=new_id))
