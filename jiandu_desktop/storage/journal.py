"""What travels: operations, frozen segments, references to stored bytes, and what is known of other devices."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from jiandu_desktop.storage import records, tables
from jiandu_desktop.storage.records import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationRow:
    """One operation as stored; `segment` is None while no segment carries it."""

    op_id: str
    device: str
    number: int
    hlc: str
    parents: tuple[str, ...]
    person: str
    entity: str
    kind: str
    data: dict[str, Any]
    segment: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRow:
    """Frozen bytes of one segment."""

    device: str
    seq: int
    digest: str
    content: bytes
    first_op: int
    last_op: int
    sent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BlobRow:
    """Stored bytes (SHA-256 `name`) that segment `seq` of `device` names."""

    name: str
    device: str
    seq: int
    length: int
    period: str
    role: str
    sent: bool = False
    stored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRow:
    """A device whose segments are read."""

    device: str
    public_key: bytes
    person: str
    role: str
    invitation: str
    certified: bool
    last_seq: int | None
    forked_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalRow:
    """A file of the folder that waits or was refused."""

    name: str
    code: str
    facts: dict[str, str]
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRow:
    """What one sync did."""

    id: str
    at: datetime
    folder: str
    report: dict[str, Any]


_RECEIVED = (
    "INSERT INTO operations (op_id, device, number, hlc, parents, person, entity, kind, data, segment)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

_KNOWN = "SELECT op_id FROM operations WHERE op_id IN (SELECT value FROM json_each(?))"
# Operations that came with the segment name it already, and a row is long.
_CARRIED = "UPDATE operations SET segment = ? WHERE device = ? AND number BETWEEN ? AND ? AND segment IS NOT ?"
_NAMED = (
    "INSERT INTO blob_refs (name, device, seq, length, period, role, sent, stored) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (name, device) DO NOTHING"
)
_BRIEFLY = "SELECT seq, digest, first_op, last_op, sent FROM segments WHERE device = ? ORDER BY seq"
KEPT_RECEIPTS = 1000
_THIN_RECEIPTS = (
    "DELETE FROM receipts WHERE id < (SELECT id FROM receipts ORDER BY id DESC LIMIT 1 OFFSET ?)"
    " AND id NOT IN (SELECT max(id) FROM receipts GROUP BY folder)"
)


def tail(work: Work, device: str) -> tuple[int, str]:
    """(number of my last operation or 0, the latest stamp of any operation or "")."""
    columns = tables.operations.c
    number = work.execute(select(func.max(columns.number)).where(columns.device == device)).scalar() or 0
    return number, work.execute(select(func.max(columns.hlc)).where(columns.device == device)).scalar() or ""


def about(work: Work, entity: str) -> tuple[OperationRow, ...]:
    """Every operation on this entity, by stamp."""
    columns = tables.operations.c
    return records.find(
        work, tables.operations, OperationRow, columns.entity == entity, order=[columns.hlc, columns.op_id]
    )


def of_kinds(work: Work, kinds: Collection[str]) -> tuple[OperationRow, ...]:
    """Every operation of these kinds, by stamp."""
    columns = tables.operations.c
    return records.find(
        work, tables.operations, OperationRow, columns.kind.in_(kinds), order=[columns.hlc, columns.op_id]
    )


def add_operations(work: Work, operations: Iterable[OperationRow]) -> None:
    records.put(work, tables.operations, *operations)


def add_received(work: Work, operations: Iterable[tuple[Any, ...]]) -> None:
    """Operations that are not stored yet, as the fields of `OperationRow`, parents and data as JSON text."""
    records.run(work, _RECEIVED, operations)


def known_operations(work: Work, op_ids: Iterable[str]) -> frozenset[str]:
    """Which of these are stored already."""
    return frozenset(row[0] for row in records.every(work, _KNOWN, (json.dumps(list(op_ids)),)))


def unfrozen(work: Work, device: str) -> tuple[OperationRow, ...]:
    """Own operations that no segment carries yet, in order."""
    columns = tables.operations.c
    return records.find(
        work,
        tables.operations,
        OperationRow,
        columns.device == device,
        columns.segment.is_(None),
        order=[columns.number],
    )


def segments_by_entity(work: Work, device: str) -> dict[str, int | None]:
    """Entity → segment of `device` that carries its newest operation (None: not frozen yet)."""
    columns = tables.operations.c
    rows = work.execute(
        select(columns.entity, columns.segment).where(columns.device == device).order_by(columns.number)
    )
    return dict(rows.all())


def freeze(work: Work, segment: SegmentRow, blobs: Iterable[tuple[str | int | bool, ...]]) -> None:
    """Keep a segment's bytes and note which operations it carries; `blobs` are the fields of `BlobRow` in their order.
    What an earlier segment of the device named keeps what is known of it."""
    records.put(work, tables.segments, segment)
    records.run(work, _CARRIED, [(segment.seq, segment.device, segment.first_op, segment.last_op, segment.seq)])
    records.run(work, _NAMED, blobs)


def segments(work: Work, device: str) -> tuple[SegmentRow, ...]:
    """Segments of one device, ascending, without their bytes (years of them would not fit the memory)."""
    return tuple(
        SegmentRow(
            device=device, seq=seq, digest=digest, content=b"", first_op=first_op, last_op=last_op, sent=bool(sent)
        )
        for seq, digest, first_op, last_op, sent in records.every(work, _BRIEFLY, (device,))
    )


def segment(work: Work, device: str, seq: int) -> SegmentRow | None:
    columns = tables.segments.c
    return records.get(work, tables.segments, SegmentRow, columns.device == device, columns.seq == seq)


def mark_segment_sent(work: Work, device: str, seq: int) -> None:
    columns = tables.segments.c
    work.execute(update(tables.segments).where(columns.device == device, columns.seq == seq).values(sent=True))


def blobs_of(work: Work, device: str, *, unsent_only: bool = False) -> tuple[BlobRow, ...]:
    """Stored bytes that this device's segments name, oldest segment first."""
    columns = tables.blob_refs.c
    conditions = [columns.device == device]
    if unsent_only:
        conditions.append(columns.sent.is_(False))
    return records.find(work, tables.blob_refs, BlobRow, *conditions, order=[columns.seq, columns.name])


def mark_blob(work: Work, name: str, *, sent: bool | None = None, stored: bool = False) -> None:
    """Note that the bytes were read back from a folder or are to go again, or that they are here."""
    values: dict[str, Any] = {}
    if sent is not None:
        values["sent"] = sent
    if stored:
        values["stored"] = True
    work.execute(update(tables.blob_refs).where(tables.blob_refs.c.name == name).values(**values))


def blobs_named(work: Work, names: Iterable[str]) -> tuple[BlobRow, ...]:
    """What any segment says of these bytes."""
    found: list[BlobRow] = []
    for batch in records.chunks(names):
        found += records.find(work, tables.blob_refs, BlobRow, tables.blob_refs.c.name.in_(batch))
    return tuple(found)


def missing_blobs(work: Work, roles: Collection[str] | None) -> tuple[BlobRow, ...]:
    """Bytes that others' segments name and that are not here."""
    columns = tables.blob_refs.c
    conditions = [columns.stored.is_(False)]
    if roles is not None:
        conditions.append(columns.role.in_(roles))
    return records.find(work, tables.blob_refs, BlobRow, *conditions, order=[columns.device, columns.seq])


def devices(work: Work) -> tuple[DeviceRow, ...]:
    return records.find(work, tables.devices, DeviceRow)


def put_devices(work: Work, *rows: DeviceRow) -> None:
    records.put(work, tables.devices, *rows)


def positions(work: Work) -> dict[str, tuple[int, str]]:
    """Device → (last applied segment, its digest)."""
    columns = tables.positions.c
    return {
        row.device: (row.seq, row.digest) for row in work.execute(select(columns.device, columns.seq, columns.digest))
    }


def put_position(work: Work, device: str, seq: int, digest: str) -> None:
    records.put_values(work, tables.positions, {"device": device, "seq": seq, "digest": digest})


def acknowledged(work: Work) -> dict[str, int]:
    """Device → highest segment an office has confirmed."""
    columns = tables.acknowledged.c
    return dict(work.execute(select(columns.device, columns.seq)).all())


def confirmed(work: Work) -> dict[str, str]:
    """Device → digest of that segment, where the office told it."""
    columns = tables.acknowledged.c
    return dict(work.execute(select(columns.device, columns.digest).where(columns.digest != "")).all())


def acknowledge(work: Work, device: str, seq: int, digest: str = "") -> None:
    """Raise the confirmed number; never lowers it."""
    if seq >= acknowledged(work).get(device, 0):
        records.put_values(work, tables.acknowledged, {"device": device, "seq": seq, "digest": digest})


def wants(work: Work) -> dict[str, tuple[tuple[str, ...], list[list[Any]], list[list[str]]]]:
    """Who wants → (blobs wanted, [device, segment] pairs wanted, [file, reason] pairs not taken in)."""
    columns = tables.wants.c
    rows = work.execute(select(columns.publisher, columns.blobs, columns.segments, columns.quarantined))
    return {row.publisher: (row.blobs, row.segments, row.quarantined) for row in rows}


def put_wants(
    work: Work, publisher: str, blobs: tuple[str, ...], pairs: list[list[Any]], quarantined: list[list[str]]
) -> None:
    values = {"publisher": publisher, "blobs": blobs, "segments": pairs, "quarantined": quarantined}
    records.put_values(work, tables.wants, values)


def put_report(work: Work, device: str, app_version: str, *, read_at: datetime, written_at: datetime) -> None:
    """What the last segment read of a device says of its program."""
    values = {"device": device, "app_version": app_version, "read_at": read_at, "written_at": written_at}
    records.put_values(work, tables.device_reports, values)


def reports(work: Work) -> dict[str, tuple[str, datetime, datetime]]:
    """Device → (version of its program, when its last segment was read here, when it was written there)."""
    rows = work.execute(select(tables.device_reports)).all()
    return {row.device: (row.app_version, row.read_at, row.written_at) for row in rows}


def refusals(work: Work) -> tuple[RefusalRow, ...]:
    return records.find(work, tables.refusals, RefusalRow, order=[tables.refusals.c.name])


def replace_refusals(work: Work, rows: Iterable[RefusalRow]) -> None:
    """The files that wait or were refused, as the last sync saw them; first-seen times are kept."""
    before = {row.name: row.seen_at for row in refusals(work)}
    if before:
        records.remove(work, tables.refusals)
    for row in rows:
        records.put_values(
            work,
            tables.refusals,
            {"name": row.name, "code": row.code, "facts": row.facts, "seen_at": before.get(row.name, row.seen_at)},
        )


def put_receipt(work: Work, receipt: ReceiptRow) -> None:
    """Note a sync; of the oldest, only the last one with each folder stays."""
    records.put(work, tables.receipts, receipt)
    records.run(work, _THIN_RECEIPTS, [(KEPT_RECEIPTS,)])


def receipts(work: Work) -> tuple[ReceiptRow, ...]:
    """What every sync did, the newest first."""
    return records.find(
        work, tables.receipts, ReceiptRow, order=[tables.receipts.c.at.desc(), tables.receipts.c.id.desc()]
    )
