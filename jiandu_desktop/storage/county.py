"""What the office publishes: schools, inspectors, checklists, assignments; and what this database is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select, update

from jiandu_desktop.domain.assignment import Assignment
from jiandu_desktop.domain.inspector import Inspector
from jiandu_desktop.domain.school import School
from jiandu_desktop.storage import records, tables
from jiandu_desktop.storage.records import Work

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """A version of a checklist; the workbook's bytes lie in the media folder under `file_hash`.

    `attachments`: name → SHA-256 of the files that belong to it.
    """

    file_hash: str
    form_id: str
    version: str
    title: str
    item_count: int
    added_at: datetime
    current: bool = True
    attachments: dict[str, str] = field(default_factory=dict)


def fact(work: Work, key: str) -> Any:
    """The value kept under `key`, or None."""
    row = work.execute(select(tables.facts.c.value).where(tables.facts.c.key == key)).first()
    return None if row is None else row[0]


def facts(work: Work) -> dict[str, Any]:
    """Every kept value by key."""
    return dict(work.execute(select(tables.facts.c.key, tables.facts.c.value)).all())


def keep_fact(work: Work, key: str, value: Any) -> None:
    """Keep `value` (anything JSON can say) under `key`."""
    records.put_values(work, tables.facts, {"key": key, "value": value})


def forget_fact(work: Work, key: str) -> None:
    """Keep nothing under `key` any more."""
    records.remove(work, tables.facts, tables.facts.c.key == key)


def put_schools(work: Work, *schools: School) -> None:
    records.put(work, tables.schools, *schools)


def schools(work: Work) -> tuple[School, ...]:
    """Every school, by code."""
    return records.find(work, tables.schools, School, order=[tables.schools.c.code])


def school(work: Work, school_id: str) -> School:
    """The school; raises LookupError for an identifier that is not ours."""
    return _must(records.get(work, tables.schools, School, tables.schools.c.id == school_id), school_id)


def put_inspectors(work: Work, *inspectors: Inspector) -> None:
    records.put(work, tables.inspectors, *inspectors)


def inspectors(work: Work) -> tuple[Inspector, ...]:
    """Every inspector, by area and name."""
    columns = tables.inspectors.c
    return records.find(work, tables.inspectors, Inspector, order=[columns.area, columns.certificate, columns.name])


def put_checklist(work: Work, checklist: Checklist) -> None:
    """Keep a version; if it is the current one, the others of its form step back (visits keep theirs)."""
    if checklist.current:
        work.execute(
            update(tables.checklists).where(tables.checklists.c.form_id == checklist.form_id).values(current=False)
        )
    records.put(work, tables.checklists, checklist)


def checklists(work: Work, *, current_only: bool = True) -> tuple[Checklist, ...]:
    """The checklists, by title."""
    columns = tables.checklists.c
    conditions = [columns.current.is_(True)] if current_only else []
    return records.find(work, tables.checklists, Checklist, *conditions, order=[columns.title, columns.added_at])


def current_checklist(work: Work, form_id: str) -> Checklist | None:
    columns = tables.checklists.c
    return records.get(work, tables.checklists, Checklist, columns.form_id == form_id, columns.current.is_(True))


def checklist(work: Work, file_hash: str) -> Checklist | None:
    return records.get(work, tables.checklists, Checklist, tables.checklists.c.file_hash == file_hash)


def put_assignments(work: Work, *assignments: Assignment) -> None:
    records.put(work, tables.assignments, *assignments)


def assignments(work: Work) -> tuple[Assignment, ...]:
    """Every assignment that holds, the most urgent first."""
    columns = tables.assignments.c
    return records.find(
        work, tables.assignments, Assignment, columns.withdrawn.is_(False), order=[columns.due, columns.id]
    )


def assignment(work: Work, assignment_id: str) -> Assignment:
    found = records.get(work, tables.assignments, Assignment, tables.assignments.c.id == assignment_id)
    return _must(found, assignment_id)


def _must(found: R | None, wanted: str) -> R:
    if found is None:
        raise LookupError(wanted)
    return found
