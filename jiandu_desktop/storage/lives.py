"""The lives of problems: the record as issued, and the events that are laid over it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select

from jiandu_desktop.domain.problem import ProblemEvent
from jiandu_desktop.storage import records, tables
from jiandu_desktop.storage.records import Work


def put_base(work: Work, problem_id: str, record: Mapping[str, Any]) -> None:
    """Keep the record as its owner issued it, in the form in which it travels."""
    records.put_values(work, tables.problem_bases, {"problem_id": problem_id, "record": dict(record)})


def base(work: Work, problem_id: str) -> dict[str, Any] | None:
    """The record as issued, None while only its events are here."""
    table = tables.problem_bases
    found: dict[str, Any] | None = work.execute(select(table.c.record).where(table.c.problem_id == problem_id)).scalar()
    return found


def issued(work: Work) -> tuple[str, ...]:
    """Identifiers of every problem that was issued."""
    return tuple(work.execute(select(tables.problem_bases.c.problem_id)).scalars())


def matters(work: Work) -> tuple[str, ...]:
    """The names under which problems were filed so far, in order."""
    column = tables.problems.c.matter
    return tuple(work.execute(select(column).where(column != "").distinct().order_by(column)).scalars())


def add_events(work: Work, *events: ProblemEvent) -> None:
    """Append events; one that is there already stays as it is."""
    known: set[str] = set()
    columns = tables.problem_events.c
    for some in records.chunks(event.id for event in events):
        known.update(work.execute(select(columns.id).where(columns.id.in_(some))).scalars())
    fresh = {event.id: event for event in events if event.id not in known}
    if fresh:
        work.execute(
            insert(tables.problem_events),
            [{**{name: getattr(each, name) for name in _FIELDS}, "data": dict(each.data)} for each in fresh.values()],
        )


def events(work: Work, problem_id: str) -> tuple[ProblemEvent, ...]:
    """The steps of one problem, oldest first."""
    columns = tables.problem_events.c
    return records.find(
        work, tables.problem_events, ProblemEvent, columns.problem_id == problem_id, order=[columns.at, columns.id]
    )


_FIELDS = ("id", "problem_id", "step", "at", "person", "device", "note", "role", "parents", "proof")
