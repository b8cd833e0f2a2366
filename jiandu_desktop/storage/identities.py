"""A device that goes on under a new identity: what the old one published stays its own, the rest is written anew."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from jiandu_desktop.storage import county, journal, records, tables
from jiandu_desktop.storage.journal import BlobRow, OperationRow
from jiandu_desktop.storage.records import Work

FORMER = "former_devices"
"""The fact that lists the identities which this data folder had before."""


def former_devices(work: Work) -> tuple[str, ...]:
    return tuple(county.fact(work, FORMER) or ())


def renew(work: Work, old: str, new: str, *, branch: int, digest: str, first: OperationRow | None) -> None:
    """In the caller's transaction: segments of `old` up to `branch` become those of another device, which is applied up
    to there; its later operations become unfrozen ones of `new`, behind `first` (its enrolment)."""
    operations, segments, blobs = tables.operations.c, tables.segments.c, tables.blob_refs.c
    kept = journal.segment(work, old, branch)
    last = kept.last_op if kept is not None else 0
    later = records.find(
        work,
        tables.operations,
        OperationRow,
        operations.device == old,
        operations.number > last,
        order=[operations.number],
    )
    start = 1 if first is None else 2
    names = {row.op_id: f"{new}:{number}" for number, row in enumerate(later, start)}
    records.remove(work, tables.operations, operations.device == old, operations.number > last)
    records.remove(work, tables.segments, segments.device == old, segments.seq > branch)
    records.remove(work, tables.blob_refs, blobs.device == old, blobs.seq > branch)
    work.execute(update(tables.segments).where(segments.device == old).values(sent=True))
    anew = [
        replace(
            row,
            op_id=names[row.op_id],
            device=new,
            number=number,
            parents=tuple(names.get(parent, parent) for parent in row.parents),
            segment=None,
        )
        for number, row in enumerate(later, start)
    ]
    journal.add_operations(work, [*([first] if first is not None else []), *anew])
    if branch:
        journal.put_position(work, old, branch, digest)
    _hand_over(work, old, new, {row.entity for row in later})
    county.keep_fact(work, FORMER, [*former_devices(work), old])
    county.keep_fact(work, "device", new)
    county.keep_fact(work, "spare_device", "")


def unsent_of_former(work: Work) -> tuple[BlobRow, ...]:
    """Bytes that are here and that a former identity named and never read back from a folder."""
    columns = tables.blob_refs.c
    former = former_devices(work)
    if not former:
        # Nearly always; asked with nobody's names SQLite would go through all that is stored.
        return ()
    return records.find(
        work,
        tables.blob_refs,
        BlobRow,
        columns.device.in_(former),
        columns.stored.is_(True),
        columns.sent.is_(False),
        order=[columns.seq, columns.name],
    )


def held(work: Work, devices: Collection[str], roles: Collection[str]) -> Sequence[tuple[BlobRow, str]]:
    """Bytes here that segments of these devices name, with the latest stamp of that segment's operations."""
    columns, operations = tables.blob_refs.c, tables.operations.c
    stamps = (
        select(operations.device, operations.segment, func.max(operations.hlc).label("stamp"))
        .where(operations.device.in_(devices))
        .group_by(operations.device, operations.segment)
        .subquery()
    )
    rows = work.execute(
        select(tables.blob_refs, stamps.c.stamp)
        .join(stamps, (stamps.c.device == columns.device) & (stamps.c.segment == columns.seq))
        .where(columns.device.in_(devices), columns.role.in_(roles), columns.stored.is_(True))
        .order_by(columns.device, columns.seq, columns.name)
    ).mappings()
    names = [column.name for column in tables.blob_refs.columns]
    return [(BlobRow(**{name: row[name] for name in names}), row["stamp"]) for row in rows]


def purge(work: Work, name: str, at: datetime) -> None:
    """Note that bytes are given up here; they count as not stored from now on."""
    records.put_values(work, tables.purged, {"name": name, "at": at})
    work.execute(update(tables.blob_refs).where(tables.blob_refs.c.name == name).values(stored=False))


def unpurge(work: Work, name: str) -> None:
    """The bytes are here again."""
    records.remove(work, tables.purged, tables.purged.c.name == name)


def purged(work: Work) -> frozenset[str]:
    """Names of bytes that were given up here and not fetched again."""
    return frozenset(work.execute(select(tables.purged.c.name)).scalars())


def _hand_over(work: Work, old: str, new: str, entities: Collection[str]) -> None:
    """Drafts, and what is written anew, belong to the new identity."""
    visits, documents = tables.visits.c, tables.documents.c
    work.execute(update(tables.visits).where(visits.device == old, visits.finished_at.is_(None)).values(device=new))
    for batch in records.chunks(entities):
        for table, columns in ((tables.visits, visits), (tables.documents, documents)):
            condition: Any = (columns.device == old) & columns.id.in_(batch)
            work.execute(update(table).where(condition).values(device=new))
