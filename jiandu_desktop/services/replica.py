"""Sync's view of the local store: journal, cursors and stored bytes, each call one durable transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.services.arrivals import take_in
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.store import Store, row_of
from jiandu_desktop.storage import journal
from jiandu_desktop.sync.operation import BlobRef, Draft, Op, Role
from jiandu_desktop.sync.refusal import Refusal
from jiandu_desktop.sync.replica import (
    NOTHING,
    Arrival,
    Consequences,
    Device,
    Membership,
    MissingBlob,
    OwnSegment,
    Position,
    Wants,
)

if TYPE_CHECKING:
    from jiandu_desktop.storage.records import Work


class StoredReplica:
    """A `sync.replica.Replica` over SQLite; `changes` gathers what applied segments touched."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.changes = Changes()

    def membership(self) -> Membership:
        return self._store.membership()

    def record(self, drafts: Sequence[Draft], consequences: Consequences = NOTHING) -> tuple[Op, ...]:
        with self._store.writing() as work:
            made = self._store.record(work, drafts)
            _settle(work, consequences)
        return made

    def unfrozen_ops(self) -> Sequence[Op]:
        with self._store.reading() as work:
            return tuple(_op(row) for row in journal.unfrozen(work, self.membership().device))

    def freeze(self, segment: OwnSegment, raw: bytes) -> None:
        device = self.membership().device
        row = journal.SegmentRow(
            device=device,
            seq=segment.seq,
            digest=segment.digest,
            content=raw,
            first_op=segment.first_op,
            last_op=segment.last_op,
        )
        with self._store.writing() as work:
            journal.freeze(work, row, [_blob(ref, device, segment.seq, stored=True) for ref in segment.blobs])

    def own_segments(self) -> Sequence[OwnSegment]:
        device = self.membership().device
        with self._store.reading() as work:
            blobs: dict[int, list[BlobRef]] = {}
            for row in journal.blobs_of(work, device):
                blobs.setdefault(row.seq, []).append(_ref(row))
            return tuple(
                OwnSegment(
                    seq=row.seq,
                    digest=row.digest,
                    first_op=row.first_op,
                    last_op=row.last_op,
                    blobs=tuple(blobs.get(row.seq, ())),
                    sent=row.sent,
                )
                for row in journal.segments(work, device)
            )

    def own_segment_bytes(self, seq: int) -> bytes:
        found = self.segment_bytes(self.membership().device, seq)
        if found is None:
            raise LookupError(seq)
        return found

    def mark_segment_sent(self, seq: int) -> None:
        with self._store.writing() as work:
            journal.mark_segment_sent(work, self.membership().device, seq)

    def unsent_blobs(self) -> Sequence[BlobRef]:
        with self._store.reading() as work:
            return tuple(_ref(row) for row in journal.blobs_of(work, self.membership().device) if not row.sent)

    def mark_blob_sent(self, name: str) -> None:
        with self._store.writing() as work:
            journal.mark_blob(work, name, sent=True)

    def mark_blob_unsent(self, name: str) -> None:
        with self._store.writing() as work:
            journal.mark_blob(work, name, sent=False)

    def read_blob(self, name: str) -> bytes | None:
        try:
            return self._store.media.read(name)
        except Trouble:
            return None

    def store_blob(self, ref: BlobRef, data: bytes) -> None:
        self._store.media.keep(data)
        with self._store.writing() as work:
            journal.mark_blob(work, ref.name, stored=True)
        self.changes |= Changes(checklists=ref.role == "checklist")

    def missing_blobs(self, roles: Collection[str] | None) -> Sequence[MissingBlob]:
        with self._store.reading() as work:
            rows = journal.missing_blobs(work, roles)
        return tuple(MissingBlob(row.device, row.seq, _ref(row)) for row in rows)

    def positions(self) -> Mapping[str, Position]:
        with self._store.reading() as work:
            return {device: Position(*where) for device, where in journal.positions(work).items()}

    def devices(self) -> Mapping[str, Device]:
        with self._store.reading() as work:
            return {row.device: _device(row) for row in journal.devices(work)}

    def apply(self, arrival: Arrival) -> None:
        segment = arrival.segment
        row = journal.SegmentRow(
            device=segment.device,
            seq=segment.seq,
            digest=segment.digest,
            content=arrival.raw,
            first_op=segment.first_op,
            last_op=segment.last_op,
            sent=True,
        )
        with self._store.writing() as work:
            known = journal.known_operations(work, [op.op_id for op in segment.ops])
            fresh = [op for op in segment.ops if op.op_id not in known]
            journal.add_operations(work, [row_of(op, segment.seq) for op in fresh])
            has = self._store.media.has
            blobs = [_blob(ref, segment.device, segment.seq, stored=has(ref.name)) for ref in segment.blobs]
            journal.freeze(work, row, blobs)
            journal.put_position(work, segment.device, segment.seq, segment.digest)
            _settle(work, arrival.consequences)
            changed = take_in(work, fresh)
        self.changes |= changed

    def segment_bytes(self, device: str, seq: int) -> bytes | None:
        with self._store.reading() as work:
            row = journal.segment(work, device, seq)
        return None if row is None else row.content

    def acknowledged(self) -> Mapping[str, int]:
        with self._store.reading() as work:
            return journal.acknowledged(work)

    def wants(self) -> Mapping[str, Wants]:
        with self._store.reading() as work:
            rows = journal.wants(work)
        return {
            publisher: Wants(frozenset(blobs), frozenset((device, seq) for device, seq in pairs))
            for publisher, (blobs, pairs) in rows.items()
        }

    def keep_refusals(self, refusals: Sequence[Refusal]) -> None:
        now = self._store.clock()
        with self._store.writing() as work:
            journal.replace_refusals(
                work,
                [
                    journal.RefusalRow(name=each.name, code=each.code, facts=each.shown, seen_at=now)
                    for each in refusals
                ],
            )


def _settle(work: Work, consequences: Consequences) -> None:
    journal.put_devices(
        work,
        *(
            journal.DeviceRow(
                device=each.device,
                public_key=each.public_key,
                person=each.person,
                role=each.role.value,
                invitation=each.invitation,
                certified=each.certified,
                last_seq=each.last_seq,
            )
            for each in consequences.devices
        ),
    )
    for device, seq in consequences.acknowledged.items():
        journal.acknowledge(work, device, seq)
    if consequences.wants is not None:
        pairs = [[device, seq] for device, seq in sorted(consequences.wants.segments)]
        journal.put_wants(work, consequences.publisher, tuple(sorted(consequences.wants.blobs)), pairs)


def _op(row: journal.OperationRow) -> Op:
    return Op(row.op_id, row.hlc, row.parents, row.person, row.entity, row.kind, row.data)


def _ref(row: journal.BlobRow) -> BlobRef:
    return BlobRef(row.name, row.length, row.period, row.role)


def _blob(ref: BlobRef, device: str, seq: int, *, stored: bool) -> journal.BlobRow:
    return journal.BlobRow(
        name=ref.name, device=device, seq=seq, length=ref.length, period=ref.period, role=ref.role, stored=stored
    )


def _device(row: journal.DeviceRow) -> Device:
    return Device(
        device=row.device,
        public_key=row.public_key,
        person=row.person,
        role=Role(row.role),
        invitation=row.invitation,
        certified=row.certified,
        last_seq=row.last_seq,
    )
