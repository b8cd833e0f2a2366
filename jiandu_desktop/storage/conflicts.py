"""Values of one field that were written without knowledge of each other, kept until a person has decided, and after."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from jiandu_desktop.storage import records, tables
from jiandu_desktop.storage.records import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRow:
    """One field of one record. `values` are [{"value", "person", "device", "at"}], the one that is shown first;
    `resolution` is the value chosen, `person` who chose it and `reason` why."""

    id: str
    entity: str
    kind: str
    field: str
    values: list[dict[str, Any]]
    found_at: datetime
    resolved_at: datetime | None = None
    resolution: Any = None
    reason: str = ""
    person: str = ""


def put(work: Work, row: ConflictRow) -> None:
    """Keep a contradiction; what is open and what was decided of it follows the row."""
    records.put_values(
        work,
        tables.conflicts,
        {name: getattr(row, name) for name in _FIELDS} | {"resolution": {"value": row.resolution}},
    )


def find(work: Work, conflict_id: str) -> ConflictRow | None:
    rows = _rows(work, tables.conflicts.c.id == conflict_id)
    return rows[0] if rows else None


def of_entity(work: Work, entity: str) -> tuple[ConflictRow, ...]:
    """Every contradiction there ever was about this record."""
    return _rows(work, tables.conflicts.c.entity == entity)


def unresolved(work: Work) -> tuple[ConflictRow, ...]:
    return _rows(work, tables.conflicts.c.resolved_at.is_(None))


def resolved(work: Work) -> tuple[ConflictRow, ...]:
    return _rows(work, tables.conflicts.c.resolved_at.is_not(None))


def disputed_problems(work: Work) -> tuple[str, ...]:
    """Problems of which the events leave more than one value standing."""
    columns = tables.problems.c
    return tuple(work.execute(select(columns.id).where(columns.conflicts != ()).order_by(columns.id)).scalars())


def resolve(work: Work, ids: Collection[str], *, at: datetime, person: str, reason: str, value: Any = None) -> None:
    """Note how these were decided."""
    columns = tables.conflicts.c
    work.execute(
        update(tables.conflicts)
        .where(columns.id.in_(ids))
        .values(resolved_at=at, person=person, reason=reason, resolution={"value": value})
    )


def _rows(work: Work, condition: Any) -> tuple[ConflictRow, ...]:
    order = [tables.conflicts.c.found_at, tables.conflicts.c.id]
    found = work.execute(select(tables.conflicts).where(condition).order_by(*order)).mappings()
    return tuple(ConflictRow(**{**row, "resolution": (row["resolution"] or {}).get("value")}) for row in found)


_FIELDS = ("id", "entity", "kind", "field", "values", "found_at", "resolved_at", "reason", "person")
