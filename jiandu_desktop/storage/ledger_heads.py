"""What the ledger's workbooks ask of the events of many problems at once: no query per problem."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from jiandu_desktop.domain.problem import Problem, ProblemEvent, Step
from jiandu_desktop.storage import records, tables
from jiandu_desktop.storage.glance import Glance
from jiandu_desktop.storage.records import Work


def heads(work: Work, problem_ids: Collection[str] | None = None) -> dict[str, tuple[str, ...]]:
    """By problem, the events that no other event follows, in order; of all problems where none are named."""
    asked = "SELECT problem_id, id, parents FROM problem_events"
    if problem_ids is None:
        rows = _fetched(work, asked, ())
    else:
        rows = []
        for some in records.chunks(problem_ids):
            rows += _fetched(work, f"{asked} WHERE problem_id IN ({', '.join('?' * len(some))})", some)
    found: dict[str, list[str]] = {}
    followed: set[str] = set()
    for problem_id, event_id, parents in rows:
        found.setdefault(problem_id, []).append(event_id)
        if parents != "[]":
            followed.update(json.loads(parents))
    return {
        problem_id: tuple(sorted(each for each in events if each not in followed))
        for problem_id, events in found.items()
    }


def problems_of(work: Work, problem_ids: Iterable[str]) -> dict[str, Problem]:
    """These problems, as far as they are here."""
    glance = Glance(work.connection.driver_connection)
    return {problem.id: problem for some in records.chunks(problem_ids) for problem in glance.problems_of(some)}


def events_of(work: Work, problem_ids: Iterable[str]) -> dict[str, tuple[ProblemEvent, ...]]:
    """The steps of these problems, oldest first."""
    columns = tables.problem_events.c
    order = [columns.at, columns.id]
    return _by_problem(
        each
        for some in records.chunks(problem_ids)
        for each in records.find(work, tables.problem_events, ProblemEvent, _of(some), order=order)
    )


def replies(work: Work) -> dict[str, tuple[ProblemEvent, ...]]:
    """By problem, what schools planned and reported, oldest first."""
    columns = tables.problem_events.c
    wanted = columns.step.in_((Step.PLANNED.value, Step.REPORTED.value))
    return _by_problem(records.find(work, tables.problem_events, ProblemEvent, wanted, order=[columns.at, columns.id]))


def bases_of(work: Work, problem_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The records of these problems as they were issued."""
    columns = tables.problem_bases.c
    found: dict[str, dict[str, Any]] = {}
    for some in records.chunks(problem_ids):
        found.update(work.execute(select(columns.problem_id, columns.record).where(columns.problem_id.in_(some))).all())
    return found


def problem_refs(work: Work, beginning: str) -> dict[str, str]:
    """By reference, the problem that bears it; of the references that begin so."""
    columns = tables.problems.c
    rows = work.execute(select(columns.ref, columns.id).where(columns.ref.startswith(beginning, autoescape=True)))
    return dict(rows.all())


def _fetched(work: Work, sql: str, values: Sequence[str]) -> list[tuple[Any, ...]]:
    """All rows as SQLite keeps them, from the driver itself: through SQLAlchemy 10,000 rows take four times as long."""
    connection: Any = work.connection.driver_connection
    found: list[tuple[Any, ...]] = connection.execute(sql, values).fetchall()
    return found


def _of(problem_ids: list[str]) -> ColumnElement[bool]:
    return tables.problem_events.c.problem_id.in_(problem_ids)


def _by_problem(events: Iterable[ProblemEvent]) -> dict[str, tuple[ProblemEvent, ...]]:
    found: dict[str, list[ProblemEvent]] = {}
    for event in events:
        found.setdefault(event.problem_id, []).append(event)
    return {problem_id: tuple(each) for problem_id, each in found.items()}
