"""Between the domain's frozen records and table rows: fields and columns bear the same names."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, delete, select
from sqlalchemy.dialects.sqlite import Insert, insert

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    R = TypeVar("R", bound=DataclassInstance)
else:
    R = TypeVar("R")

Work = Connection
"""One open transaction, as services hand it from one repository function to the next."""


def put(work: Work, table: Table, *records: DataclassInstance) -> None:
    """Insert each record, or replace the row with the same primary key."""
    put_rows(work, table, [{name: getattr(record, name) for name in _fields(type(record))} for record in records])


def put_values(work: Work, table: Table, values: dict[str, Any]) -> None:
    """Insert the row, or replace the columns named in `values` of the row with the same primary key."""
    put_rows(work, table, [values])


def put_rows(work: Work, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """The same for many rows, which all name the same columns."""
    if rows:
        work.execute(_upsert(table, tuple(rows[0])), rows)


def get(work: Work, table: Table, kind: type[R], *conditions: ColumnElement[bool]) -> R | None:
    """The one record that fits, or None."""
    row = work.execute(select(table).where(*conditions)).mappings().first()
    return None if row is None else kind(**row)


def find(
    work: Work,
    table: Table,
    kind: type[R],
    *conditions: ColumnElement[bool],
    order: Sequence[Any] = (),
) -> tuple[R, ...]:
    """Every record that fits, in the order of the columns named."""
    rows = work.execute(select(table).where(*conditions).order_by(*order)).mappings()
    return tuple(kind(**row) for row in rows)


def remove(work: Work, table: Table, *conditions: ColumnElement[bool]) -> int:
    """Delete the rows that fit and return how many there were."""
    return work.execute(delete(table).where(*conditions)).rowcount


def chunks(values: Iterable[str], size: int = 500) -> Iterable[list[str]]:
    """Split a long list of identifiers for SQL `IN`, whose parameters SQLite limits."""
    batch: list[str] = []
    for value in values:
        batch.append(value)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


@cache
def _upsert(table: Table, names: tuple[str, ...]) -> Insert:
    """Built once: to build such a statement takes longer than to run it."""
    keys = [column.name for column in table.primary_key]
    statement = insert(table)
    rest = {name: statement.excluded[name] for name in names if name not in keys}
    return (
        statement.on_conflict_do_update(index_elements=keys, set_=rest) if rest else statement.on_conflict_do_nothing()
    )


@cache
def _fields(kind: type[DataclassInstance]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))
