"""Between the domain's frozen records and table rows: fields and columns bear the same names."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, delete, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, ProgrammingError

from jiandu_desktop.storage.driver import driver

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    R = TypeVar("R", bound=DataclassInstance)
else:
    R = TypeVar("R")

Work = Connection
"""One open transaction, as services hand it from one repository function to the next."""


def put(work: Work, table: Table, *records: DataclassInstance) -> None:
    """Insert each record, or replace the row with the same primary key."""
    if records:
        kind = type(records[0])
        _upsert(table, _fields(kind)).run(work, map(_values(kind), records))


def put_values(work: Work, table: Table, values: dict[str, Any]) -> None:
    """Insert the row, or replace the columns named in `values` of the row with the same primary key."""
    put_rows(work, table, [values])


def put_rows(work: Work, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """The same for many rows, which all name the same columns."""
    if rows:
        names = tuple(rows[0])
        values = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)
        _upsert(table, names).run(work, map(values, rows))


def run(work: Work, sql: str, rows: Iterable[Sequence[Any]]) -> None:
    """One statement for many rows by the driver itself, which takes a tenth of what SQLAlchemy takes for a row; the
    values are such as SQLite keeps."""
    connection: Any = work.connection.driver_connection
    connection.executemany(sql, rows)


def every(work: Work, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows that a query by the driver itself gives, as SQLite keeps them."""
    connection: Any = work.connection.driver_connection
    rows: list[tuple[Any, ...]] = connection.execute(sql, values).fetchall()
    return rows


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


def misfits() -> tuple[type[Exception], ...]:
    """What SQLite and SQLAlchemy say of values that do not fit their columns, or that name what is not there."""
    found = driver()
    errors = (found.IntegrityError, found.InterfaceError, found.ProgrammingError, found.DataError)
    return (*errors, IntegrityError, InterfaceError, ProgrammingError, DataError)


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


class _Upsert:
    """The statement that inserts or replaces rows of these columns, and what makes SQLite's values of ours.

    Built once: to build it takes longer than to run it, and most transactions consist of such statements.
    """

    def __init__(self, table: Table, names: tuple[str, ...]) -> None:
        keys = [column.name for column in table.primary_key]
        quoted, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" for _ in names)
        changes = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name not in keys)
        action = f"({', '.join(keys)}) DO UPDATE SET {changes}" if changes else "DO NOTHING"
        self._sql = f"INSERT INTO {table.name} ({quoted}) VALUES ({marks}) ON CONFLICT {action}"
        dialect = sqlite.dialect()
        makers = [table.columns[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
        self._makers = [(place, maker) for place, maker in enumerate(makers) if maker is not None]

    def run(self, work: Work, rows: Iterable[tuple[Any, ...]]) -> None:
        run(work, self._sql, map(self._ready, rows))

    def _ready(self, row: tuple[Any, ...]) -> list[Any]:
        ready = list(row)
        for place, make in self._makers:
            ready[place] = make(ready[place])
        return ready


@cache
def _upsert(table: Table, names: tuple[str, ...]) -> _Upsert:
    return _Upsert(table, names)


@cache
def _fields(kind: type[DataclassInstance]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


@cache
def _values(kind: type[DataclassInstance]) -> Callable[[DataclassInstance], tuple[Any, ...]]:
    """What a record holds, in the order of its fields."""
    names = _fields(kind)
    return attrgetter(*names) if len(names) > 1 else lambda record: (getattr(record, names[0]),)
