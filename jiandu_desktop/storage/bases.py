"""The records of an office as parts of a base, and a base's parts as records of a new laptop; by the driver itself.

A part is zlib over JSON: a list of [table, columns, rows] with the values as SQLite keeps them. Rows that belong to one
visit stand together as [visit, [rest of row …]]. Unknown tables and columns of a later program are left out.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from jiandu_desktop.storage import tables
from jiandu_desktop.storage.engine import Database

PART_BYTES: Final = 4 * 1024 * 1024
"""Plain bytes after which a part is closed."""
MAX_PLAIN: Final = 64 * 1024 * 1024
_BATCH: Final = 2000
_OF_FINISHED: Final = "visit_id IN (SELECT id FROM visits WHERE finished_at IS NOT NULL)"


@dataclass(frozen=True, slots=True)
class _Source:
    """What of a table goes into a base; `grouped` by visit; `keep` says that a row known already stays as it is."""

    table: str
    condition: str = "1"
    grouped: bool = False
    keep: bool = False


SOURCES: Final = (
    _Source("schools"),
    _Source("inspectors"),
    _Source("checklists"),
    _Source("assignments"),
    _Source("visits", "finished_at IS NOT NULL"),
    _Source("answers", _OF_FINISHED, grouped=True),
    _Source("remarks", _OF_FINISHED, grouped=True),
    _Source("signatures", _OF_FINISHED, grouped=True),
    _Source("photos", _OF_FINISHED),
    _Source("problems", "visit_id NOT IN (SELECT id FROM visits WHERE finished_at IS NULL)"),
    _Source("problem_bases"),
    _Source("problem_events"),
    _Source("documents"),
    _Source("paper_events", keep=True),
    _Source("number_blocks", keep=True),
    _Source("blob_refs", keep=True),
    _Source("operations", "kind LIKE 'office.%'", keep=True),
)
"""In the order of their references. Of what the office says of itself (unit, rules) the operations go along, to be
taken in at the end. What is left out: the trail of answers, which stays with owner and office."""

_HEADS: Final = (
    "SELECT op_id, device, number, hlc, '[]' AS parents, person, entity, 'base.head' AS kind, '{}' AS data,"
    " segment FROM operations AS o WHERE kind LIKE 'problem.%' AND NOT EXISTS"
    " (SELECT 1 FROM operations AS p, json_each(p.parents) WHERE p.entity = o.entity AND json_each.value = o.op_id)"
)
"""Of the problems' operations only the newest ones, without content: what a later change is written in view of."""


def parts(database: Database) -> Iterator[bytes]:
    """The records as they stand, in one consistent view."""
    with database.connection() as connection:
        connection.execute("BEGIN")
        try:
            yield from _packed(_stretches(connection))
        finally:
            connection.execute("ROLLBACK")


def take(connection: Any, part: bytes) -> None:
    """Apply one part inside the caller's transaction of the driver; raises ValueError for what is no such part."""
    stream = zlib.decompressobj()
    plain = stream.decompress(part, MAX_PLAIN)
    if not stream.eof:
        raise ValueError("a part of a base is too large")
    known = {source.table: source for source in SOURCES}
    for name, columns, rows in json.loads(plain):
        if name in known:
            _insert(connection, known[name], columns, rows)


def _stretches(connection: Any) -> Iterator[tuple[str, list[str], list[Any]]]:
    for source in SOURCES:
        columns = [column.name for column in tables.metadata.tables[source.table].columns]
        if source.grouped:
            columns = ["visit_id", *(name for name in columns if name != "visit_id")]
        order = "visit_id" if source.grouped else "1"
        listed = ", ".join(f'"{column}"' for column in columns)
        cursor = connection.execute(f"SELECT {listed} FROM {source.table} WHERE {source.condition} ORDER BY {order}")
        rows = _by_visit(cursor) if source.grouped else (list(row) for row in cursor)
        yield from _batches(source.table, columns, rows)
    columns = ["op_id", "device", "number", "hlc", "parents", "person", "entity", "kind", "data", "segment"]
    yield from _batches("operations", columns, (list(row) for row in connection.execute(_HEADS)))


def _batches(name: str, columns: list[str], rows: Iterable[Any]) -> Iterator[tuple[str, list[str], list[Any]]]:
    batch: list[Any] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield name, columns, batch
            batch = []
    if batch:
        yield name, columns, batch


def _by_visit(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[Any]]:
    current: list[Any] = []
    for visit_id, *rest in rows:
        if not current or current[0] != visit_id:
            if current:
                yield current
            current = [visit_id, []]
        current[1].append(rest)
    if current:
        yield current


def _packed(stretches: Iterable[tuple[str, list[str], list[Any]]]) -> Iterator[bytes]:
    texts: list[str] = []
    size = 0
    for stretch in stretches:
        text = json.dumps(stretch, ensure_ascii=False, separators=(",", ":"))
        if texts and size + len(text) > PART_BYTES:
            yield _pack(texts)
            texts, size = [], 0
        texts.append(text)
        size += len(text)
    # An office without records has a base too: its last part says how far everything is read.
    yield _pack(texts)


def _pack(texts: list[str]) -> bytes:
    return zlib.compress(("[" + ",".join(texts) + "]").encode("utf-8"), 6)


def _insert(connection: Any, source: _Source, columns: list[str], rows: list[Any]) -> None:
    table = tables.metadata.tables[source.table]
    chosen = [place for place, column in enumerate(columns) if column in table.columns]
    named = [columns[place] for place in chosen]
    keys = [column.name for column in table.primary_key]
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in named if name not in keys)
    action = "NOTHING" if source.keep or not changes else f"UPDATE SET {changes}"
    quoted, marks = ", ".join(f'"{name}"' for name in named), ", ".join("?" for _ in named)
    flat = _flat(rows) if source.grouped else rows
    ready = flat if len(chosen) == len(columns) else ([row[place] for place in chosen] for row in flat)
    if source.table == "blob_refs":
        ready = _elsewhere(named, ready)
    connection.executemany(
        f"INSERT INTO {source.table} ({quoted}) VALUES ({marks}) ON CONFLICT ({', '.join(keys)}) DO {action}", ready
    )


def _flat(rows: Iterable[Any]) -> Iterator[list[Any]]:
    for visit_id, rest in rows:
        for each in rest:
            yield [visit_id, *each]


def _elsewhere(columns: list[str], rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
    """The office has these bytes, this laptop has not."""
    changes: Mapping[str, int] = {"stored": 0, "sent": 1}
    for row in rows:
        yield [changes.get(column, value) for column, value in zip(columns, row, strict=True)]
