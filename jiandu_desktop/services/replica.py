"""Sync's view of the local store: journal, cursors and stored bytes, each call one durable transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING, overload

from jiandu_desktop.services.arrivals import known_kinds, take_in
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.replica_rows import blob_row, device_of, received_row, ref_of, settle
from jiandu_desktop.services.store import Store, op_of, row_of
from jiandu_desktop.storage import bases, county, identities, journal, records
from jiandu_desktop.sync import hlc
from jiandu_desktop.sync.identity import DeviceKey
from jiandu_desktop.sync.operation import BlobRef, Draft, Op
from jiandu_desktop.sync.refusal import Refusal, Refused, Why
from jiandu_desktop.sync.replica import (
    NOTHING,
    Arrival,
    BaseEnd,
    Consequences,
    Device,
    HeldBlob,
    Membership,
    MissingBlob,
    OwnSegment,
    Position,
    Wants,
)

if TYPE_CHECKING:
    from jiandu_desktop.storage.records import Work

ROOT_KEY_FILE = "office-root.key"
PURGED_ROLES = frozenset({"photo", "file"})
"""What a laptop may give up: photos, films and sounds; documents are printed again offline, checklists are needed."""
_LAST_MS = 253_402_300_799_000  # the end of the year 9999

log = logging.getLogger(__name__)


class StoredReplica:
    """A `sync.replica.Replica` over SQLite; `changes` gathers what applied segments touched."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.changes = Changes()
        self._own: tuple[OwnSegment, ...] | None = None
        """My segments as last read; only this object changes them while it lives, and a sync asks for them often."""

    def membership(self) -> Membership:
        return self._store.membership()

    def record(self, drafts: Sequence[Draft], consequences: Consequences = NOTHING) -> tuple[Op, ...]:
        with self._store.writing() as work:
            made = self._store.record(work, drafts)
            settle(work, consequences)
        return made

    def keep_root(self, number: int, file: bytes) -> None:
        with self._store.writing() as work:
            county.keep_fact(work, "root_number", number)
            county.keep_fact(work, "root_file", file.hex())
        self._store.forget_membership()

    # -- my identity

    def spare_key(self) -> DeviceKey:
        return self._store.spare_key()

    def root_key(self) -> DeviceKey | None:
        path = self._store.folder.root / ROOT_KEY_FILE
        return DeviceKey.from_bytes(path.read_bytes()) if path.exists() else None

    def renew(self, branch: Position, enrolment: Draft | None) -> None:
        me, new = self.membership(), self.spare_key().device
        stamp = hlc.next_stamp("", int(self._store.clock().timestamp() * 1000))
        first = None
        if enrolment is not None:
            first = row_of(Op(f"{new}:1", stamp, (), me.person, enrolment.entity, enrolment.kind, dict(enrolment.data)))
        with self._store.writing() as work:
            identities.renew(work, me.device, new, branch=branch.seq, digest=branch.digest, first=first)
        self._own = None
        self._store.forget_membership()
        self.changes |= Changes(settings=True, sync=True)

    def unfrozen_ops(self) -> Sequence[Op]:
        with self._store.reading() as work:
            return tuple(op_of(row) for row in journal.unfrozen(work, self.membership().device))

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
            journal.freeze(work, row, [blob_row(ref, device, segment.seq, stored=True) for ref in segment.blobs])
        self._own = None

    def own_segments(self) -> Sequence[OwnSegment]:
        if self._own is None:
            device = self.membership().device
            blobs = cache(partial(self._blobs_by_segment, device))
            with self._store.reading() as work:
                self._own = tuple(
                    OwnSegment(
                        seq=row.seq,
                        digest=row.digest,
                        first_op=row.first_op,
                        last_op=row.last_op,
                        blobs=_Named(blobs, row.seq),
                        sent=row.sent,
                    )
                    for row in journal.segments(work, device)
                )
        return self._own

    def _blobs_by_segment(self, device: str) -> Mapping[int, Sequence[BlobRef]]:
        found: dict[int, list[BlobRef]] = {}
        with self._store.reading() as work:
            for row in journal.blobs_of(work, device):
                found.setdefault(row.seq, []).append(ref_of(row))
        return found

    def own_segment_bytes(self, seq: int) -> bytes:
        found = self.segment_bytes(self.membership().device, seq)
        if found is None:
            raise LookupError(seq)
        return found

    def mark_segment_sent(self, seq: int) -> None:
        with self._store.writing() as work:
            journal.mark_segment_sent(work, self.membership().device, seq)
        self._own = None

    def unsent_blobs(self) -> Sequence[BlobRef]:
        with self._store.reading() as work:
            own = journal.blobs_of(work, self.membership().device, unsent_only=True)
            rows = {row.name: row for row in (*own, *identities.unsent_of_former(work))}
        return tuple(ref_of(row) for row in rows.values())

    def mark_blobs_sent(self, names: Collection[str]) -> None:
        with self._store.writing() as work:
            for name in names:
                journal.mark_blob(work, name, sent=True)

    def mark_blob_unsent(self, name: str) -> None:
        with self._store.writing() as work:
            journal.mark_blob(work, name, sent=False)

    def read_blob(self, name: str) -> bytes | None:
        # Unproven: sync itself looks at the digest of what leaves, and hashing twice would halve its speed.
        try:
            return self._store.media.path(name).read_bytes()
        except OSError:
            return None

    def held_blobs(self) -> Sequence[HeldBlob]:
        with self._store.reading() as work:
            mine = (self.membership().device, *identities.former_devices(work))
            rows = identities.held(work, mine, PURGED_ROLES)
        return tuple(
            HeldBlob(ref=ref_of(row), device=row.device, seq=row.seq, stamped_ms=hlc.parse(stamp)[0])
            for row, stamp in rows
        )

    def purge_blob(self, name: str) -> None:
        with self._store.writing() as work:
            identities.purge(work, name, self._store.clock())
        self._store.media.path(name).unlink(missing_ok=True)

    def blob_refs(self, names: Collection[str]) -> Sequence[BlobRef]:
        with self._store.reading() as work:
            rows = {row.name: row for row in journal.blobs_named(work, sorted(names))}
        return tuple(ref_of(row) for row in rows.values())

    def store_blob(self, ref: BlobRef, data: bytes) -> None:
        self._store.media.keep(data, ref.name)
        with self._store.writing() as work:
            journal.mark_blob(work, ref.name, stored=True)
            identities.unpurge(work, ref.name)
        self.changes |= Changes(checklists=ref.role == "checklist")

    def missing_blobs(self, roles: Collection[str] | None) -> Sequence[MissingBlob]:
        with self._store.reading() as work:
            rows = journal.missing_blobs(work, roles)
        return tuple(MissingBlob(row.device, row.seq, ref_of(row)) for row in rows)

    def positions(self) -> Mapping[str, Position]:
        with self._store.reading() as work:
            return {device: Position(*where) for device, where in journal.positions(work).items()}

    def devices(self) -> Mapping[str, Device]:
        with self._store.reading() as work:
            return {row.device: device_of(row) for row in journal.devices(work)}

    def apply(self, *arrivals: Arrival) -> None:
        changed = Changes()
        last = arrivals[-1].segment
        try:
            with self._store.writing() as work:
                for arrival in arrivals:
                    changed |= self._apply(work, arrival)
                stamped = max((hlc.parse(op.hlc)[0] for each in arrivals for op in each.segment.ops), default=0)
                journal.put_report(
                    work,
                    last.device,
                    last.app_version,
                    read_at=self._store.clock(),
                    written_at=datetime.fromtimestamp(min(stamped, _LAST_MS) / 1000, UTC),
                )
        except _misfits() as error:
            log.warning("%s of %s makes no sense: %s", last.seq, last.device, type(error).__name__)
            raise Refused(self._why_senseless(error, last.app_version)) from error
        self.changes |= changed

    def _why_senseless(self, error: Exception, app_version: str) -> Why:
        """A newer program may write what this one cannot read: then the journal waits for the upgrade. And a laptop may
        read of a school before the office's own journal has come, as cloud clients deliver in any order."""
        if "FOREIGN KEY" in str(error) and not self.membership().is_office:
            return Why.INCOMPLETE
        return Why.FUTURE_SCHEMA if _numbers(app_version) > _numbers(self.membership().app_version) else Why.SENSELESS

    def _apply(self, work: Work, arrival: Arrival) -> Changes:
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
        known = journal.known_operations(work, [op.op_id for op in segment.ops])
        fresh = [op for op in segment.ops if op.op_id not in known]
        journal.add_received(work, [received_row(op, segment.seq) for op in fresh])
        has = self._store.media.has
        blobs = [blob_row(ref, segment.device, segment.seq, stored=has(ref.name)) for ref in segment.blobs]
        journal.freeze(work, row, blobs)
        journal.put_position(work, segment.device, segment.seq, segment.digest)
        settle(work, arrival.consequences)
        return take_in(work, fresh)

    def segment_bytes(self, device: str, seq: int) -> bytes | None:
        with self._store.reading() as work:
            row = journal.segment(work, device, seq)
        return None if row is None else row.content

    # -- the office's base

    def base_parts(self) -> Iterator[bytes]:
        return bases.parts(self._store.database)

    def base_taken(self) -> tuple[str, int]:
        with self._store.reading() as work:
            digest, count = county.fact(work, "base_taken") or ("", 0)
        return str(digest), int(count)

    def take_base(self, digest: str, index: int, part: bytes, end: BaseEnd | None) -> None:
        with self._store.writing() as work:
            bases.take(work.connection.driver_connection, part)
            county.keep_fact(work, "base_taken", [digest, index + 1])
            if end is not None:
                for device, at in end.positions.items():
                    journal.put_position(work, device, at.seq, at.digest)
                settle(work, Consequences(devices=end.devices, acknowledged=end.acknowledged))
                said = journal.of_kinds(work, [kind for kind in known_kinds() if kind.startswith("office.")])
                self.changes |= take_in(work, [op_of(row) for row in said])
        self.changes |= Changes(checklists=True, settings=True, sync=True)

    def acknowledged(self) -> Mapping[str, int]:
        with self._store.reading() as work:
            return journal.acknowledged(work)

    def confirmed(self) -> Mapping[str, str]:
        with self._store.reading() as work:
            return journal.confirmed(work)

    def wants(self) -> Mapping[str, Wants]:
        with self._store.reading() as work:
            rows = journal.wants(work)
        return {
            publisher: Wants(
                frozenset(blobs),
                frozenset((device, seq) for device, seq in pairs),
                frozenset((name, why) for name, why in told),
            )
            for publisher, (blobs, pairs, told) in rows.items()
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


class _Named(Sequence[BlobRef]):
    """What a segment names, read when somebody asks: of what is long confirmed nobody does."""

    def __init__(self, by_segment: Callable[[], Mapping[int, Sequence[BlobRef]]], seq: int) -> None:
        self._by_segment = by_segment
        self._seq = seq

    def _refs(self) -> Sequence[BlobRef]:
        return self._by_segment().get(self._seq, ())

    def __len__(self) -> int:
        return len(self._refs())

    @overload
    def __getitem__(self, place: int) -> BlobRef: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[BlobRef]: ...

    def __getitem__(self, place: int | slice) -> BlobRef | Sequence[BlobRef]:
        return self._refs()[place]


def after_restore(store: Store) -> None:
    """To be called once when the database was put back from a backup, before anything is written with it.

    A laptop takes a new identity at once: it cannot know which operations and document numbers the lost state had used,
    and so uses none of the old one's (its number blocks are given up). What was handed in comes back with the next
    sync. An office's computer does so at its next sync, as its new key must be named in the root file.
    """
    from jiandu_desktop.sync.fork import renew_after_restore

    if store.belongs():
        renew_after_restore(StoredReplica(store), store.clock())


def catch_up(store: Store) -> Changes:
    """After an upgrade: operations of kinds that the program before did not know are taken in now, from the journal."""
    kinds = known_kinds()
    with store.reading() as work:
        before = county.fact(work, "kinds")
    if before == sorted(kinds):
        return Changes()
    with store.writing() as work:
        fresh = kinds - set(before or kinds)
        changed = Changes()
        for row in journal.of_kinds(work, fresh) if fresh else ():
            try:
                with work.begin_nested():
                    changed |= take_in(work, [op_of(row)])
            except _misfits() as error:
                # It is kept in the journal; nobody else's records wait for it.
                log.warning("%s makes no sense: %s", row.op_id, type(error).__name__)
        county.keep_fact(work, "kinds", sorted(kinds))
    return changed


def _misfits() -> tuple[type[Exception], ...]:
    """What reading and storing a record raises whose fields are not what they should be."""
    return (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, *records.misfits())


def _numbers(version: str) -> tuple[int, ...]:
    """A program's version, to be compared; a laptop may claim any text."""
    return tuple(int(part) for part in version.split(".") if part.isascii() and part.isdigit() and len(part) < 9)
