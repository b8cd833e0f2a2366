"""A replica in memory: the contract of `sync.replica.Replica`, transactions that die, and snapshots for old backups."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Protocol

from jiandu_desktop.sync import hlc
from jiandu_desktop.sync.causality import UNCHAINED, heads
from jiandu_desktop.sync.identity import DeviceKey
from jiandu_desktop.sync.operation import BlobRef, Draft, Op
from jiandu_desktop.sync.refusal import Refusal
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


class Witness(Protocol):
    """Told of every fact at the moment it becomes durable."""

    def recorded(self, replica: MemoryReplica, ops: Sequence[Op], consequences: Consequences) -> None: ...

    def froze(self, replica: MemoryReplica, own: OwnSegment, raw: bytes) -> None: ...

    def applied(self, replica: MemoryReplica, arrival: Arrival, fresh: Sequence[Op]) -> None: ...

    def marked_segment(self, replica: MemoryReplica, own: OwnSegment) -> None: ...

    def marked_blob(self, replica: MemoryReplica, name: str) -> None: ...

    def renewed(self, replica: MemoryReplica) -> None: ...

    def purged(self, replica: MemoryReplica, name: str) -> None: ...

    def based(self, replica: MemoryReplica, end: BaseEnd) -> None: ...


@dataclass
class State:
    """Everything that a backup of a laptop holds. The values are never changed in place, so copies are shallow."""

    membership: Membership
    history: list[Op] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)
    unfrozen: list[Op] = field(default_factory=list)
    own: dict[int, OwnSegment] = field(default_factory=dict)
    own_raw: dict[int, bytes] = field(default_factory=dict)
    sent_blobs: dict[str, None] = field(default_factory=dict)
    blobs: dict[str, bytes] = field(default_factory=dict)
    needed: dict[tuple[str, str, int], MissingBlob] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    segments: dict[tuple[str, int], bytes] = field(default_factory=dict)
    devices: dict[str, Device] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)
    confirmed: dict[str, str] = field(default_factory=dict)
    wants: dict[str, Wants] = field(default_factory=dict)
    mine: dict[int, None] = field(default_factory=dict)
    """Numbers of the facts that this device put down itself."""
    former: tuple[str, ...] = ()
    retired: dict[tuple[str, int], OwnSegment] = field(default_factory=dict)
    """Segments of the identities before."""
    spare: DeviceKey | None = None
    base: tuple[str, int] = ("", 0)
    by_entity: dict[str, tuple[Op, ...]] = field(default_factory=dict)
    number: int = 0
    stamp: str = ""

    def copy(self) -> State:
        return State(**{name: copy.copy(value) for name, value in vars(self).items()})


class MemoryReplica:
    """Implements `Replica`. `gate` is passed at both ends of every transaction and may raise there."""

    def __init__(
        self,
        membership: Membership,
        clock: Callable[[], float],
        witness: Witness,
        gate: Callable[[str], None],
        new_key: Callable[[], DeviceKey],
        root_key: DeviceKey | None = None,
    ) -> None:
        self.state = State(membership)
        self._new_key = new_key
        self._root_key = root_key
        self.refusals: tuple[Refusal, ...] = ()
        self._clock = clock
        self._witness = witness
        self._gate = gate

    def membership(self) -> Membership:
        return self.state.membership

    @property
    def device(self) -> str:
        return self.state.membership.device

    @property
    def ops(self) -> list[Op]:
        """Every operation stored here, in the order of arrival."""
        return self.state.history

    # -- my own journal

    def record(self, drafts: Sequence[Draft], consequences: Consequences = NOTHING) -> tuple[Op, ...]:
        made: list[Op] = []
        with self._transaction("record"):
            state = self.state
            me = state.membership
            wall = int(self._clock() * 1000)
            for draft in drafts:
                state.number += 1
                state.stamp = hlc.next_stamp(state.stamp, wall)
                op_id = f"{me.device}:{state.number}"
                parents = draft.parents or self._heads(draft)
                op = Op(op_id, state.stamp, parents, me.person, draft.entity, draft.kind, draft.data)
                made.append(op)
                self.insert(op)
                if "fact" in op.data:
                    state.mine[op.data["fact"]] = None
            state.unfrozen += made
            self._keep(consequences)
            self._witness.recorded(self, made, consequences)
        return tuple(made)

    def unfrozen_ops(self) -> Sequence[Op]:
        return list(self.state.unfrozen)

    def freeze(self, segment: OwnSegment, raw: bytes) -> None:
        with self._transaction("freeze"):
            self.state.own[segment.seq] = segment
            self.state.own_raw[segment.seq] = raw
            self.state.unfrozen = [op for op in self.state.unfrozen if op.number > segment.last_op]
            self._witness.froze(self, segment, raw)

    def own_segments(self) -> Sequence[OwnSegment]:
        return [self.state.own[seq] for seq in sorted(self.state.own)]

    def own_segment_bytes(self, seq: int) -> bytes:
        return self.state.own_raw[seq]

    def mark_segment_sent(self, seq: int) -> None:
        with self._transaction("mark segment"):
            own = self.state.own[seq]
            self.state.own[seq] = replace(own, sent=True)
            self._witness.marked_segment(self, own)

    def unsent_blobs(self) -> Sequence[BlobRef]:
        sent = self.state.sent_blobs
        found = {ref.name: ref for own in self.own_segments() for ref in own.blobs if ref.name not in sent}
        return list(found.values())

    def mark_blobs_sent(self, names: Collection[str]) -> None:
        with self._transaction("mark blobs"):
            for name in names:
                self.state.sent_blobs[name] = None
                self._witness.marked_blob(self, name)

    def mark_blob_unsent(self, name: str) -> None:
        with self._transaction("unmark blob"):
            self.state.sent_blobs.pop(name, None)

    # -- my identity

    def keep_root(self, number: int, file: bytes) -> None:
        with self._transaction("keep root"):
            self.state.membership = replace(self.state.membership, root_number=number, root_file=file)

    def spare_key(self) -> DeviceKey:
        spare = self.state.spare
        # A backup may hold a spare key that was taken into use after it.
        if spare is None or spare.device in self.state.positions or spare.device in self.state.devices:
            with self._transaction("spare key"):
                self.state.spare = self._new_key()
        assert self.state.spare is not None
        return self.state.spare

    def root_key(self) -> DeviceKey | None:
        return self._root_key

    def renew(self, branch: Position, enrolment: Draft | None) -> None:
        with self._transaction("renew"):
            state = self.state
            old, key = state.membership.device, self.spare_key()
            last = state.own[branch.seq].last_op if branch.seq else 0
            mine = [op for op in state.history if op.device == old and op.number > last]
            kept = [op for op in state.history if op.device != old or op.number <= last]
            for seq, own in state.own.items():
                if seq <= branch.seq:
                    state.segments[old, seq] = state.own_raw[seq]
                    state.retired[old, seq] = own
                    self._need(old, seq, own.blobs)
            if branch.seq:
                state.positions[old] = branch
            state.membership = replace(state.membership, key=key)
            state.former, state.spare = (old, *state.former), None
            state.own, state.own_raw = {}, {}
            state.history, state.known, state.by_entity, state.unfrozen = [], {}, {}, []
            for op in kept:
                self.insert(op)
            first = 1 if enrolment is None else 2
            names = {op.op_id: f"{key.device}:{number}" for number, op in enumerate(mine, first)}
            if enrolment is not None:
                stamp = hlc.next_stamp(state.stamp, int(self._clock() * 1000))
                me = state.membership
                op = Op(f"{key.device}:1", stamp, (), me.person, enrolment.entity, enrolment.kind, enrolment.data)
                state.unfrozen.append(op)
            for op in mine:
                parents = tuple(names.get(parent, parent) for parent in op.parents)
                state.unfrozen.append(replace(op, op_id=names[op.op_id], parents=parents))
            for op in state.unfrozen:
                self.insert(op)
            state.number = len(state.unfrozen)
            self._witness.renewed(self)

    # -- stored bytes

    def read_blob(self, name: str) -> bytes | None:
        return self.state.blobs.get(name)

    def store_blob(self, ref: BlobRef, data: bytes) -> None:
        with self._transaction("store blob"):
            self.state.blobs[ref.name] = data

    def held_blobs(self) -> Sequence[HeldBlob]:
        state = self.state
        held: dict[str, HeldBlob] = {}
        journals = [*state.retired.items(), *(((self.device, seq), own) for seq, own in sorted(state.own.items()))]
        for (device, seq), own in journals:
            last = state.history[state.known[f"{device}:{own.last_op}"]]
            for ref in own.blobs:
                if ref.role == "photo" and ref.name in state.blobs:
                    stamp = hlc.parse(last.hlc)[0]
                    held[ref.name] = HeldBlob(ref=ref, device=device, seq=seq, stamped_ms=stamp)
        return list(held.values())

    def purge_blob(self, name: str) -> None:
        with self._transaction("purge"):
            del self.state.blobs[name]
            self._witness.purged(self, name)

    def blob_refs(self, names: Collection[str]) -> Sequence[BlobRef]:
        found = {ref.name: ref for own in self.own_segments() for ref in own.blobs if ref.name in names}
        for (name, _, _), each in self.state.needed.items():
            if name in names:
                found.setdefault(name, each.ref)
        return [found[name] for name in sorted(found)]

    def capture(self, data: bytes) -> str:
        """Keep a photo that was taken on this laptop; returns its name."""
        name = hashlib.sha256(data).hexdigest()
        self.state.blobs[name] = data
        return name

    def missing_blobs(self, roles: Collection[str] | None) -> Sequence[MissingBlob]:
        return [
            each
            for key, each in sorted(self.state.needed.items(), key=lambda item: (item[0][1:], item[0][0]))
            if key[0] not in self.state.blobs and (roles is None or each.ref.role in roles)
        ]

    # -- journals of others

    def positions(self) -> Mapping[str, Position]:
        return dict(self.state.positions)

    def devices(self) -> Mapping[str, Device]:
        return dict(self.state.devices)

    def apply(self, *arrivals: Arrival) -> None:
        with self._transaction("apply"):
            for arrival in arrivals:
                found = arrival.segment
                fresh = [op for op in found.ops if op.op_id not in self.state.known]
                for op in fresh:
                    self.insert(op)
                self.state.positions[found.device] = Position(found.seq, found.digest)
                self.state.segments.setdefault((found.device, found.seq), arrival.raw)
                self._need(found.device, found.seq, found.blobs)
                self._keep(arrival.consequences)
                self._witness.applied(self, arrival, fresh)

    def segment_bytes(self, device: str, seq: int) -> bytes | None:
        return self.state.segments.get((device, seq))

    # -- the office's base

    def base_parts(self) -> Iterator[bytes]:
        state = self.state
        ops = [op.to_json() for op in state.history]
        needed = [[each.device, each.seq, each.ref.to_json()] for each in state.needed.values()]
        needed += [[self.device, seq, ref.to_json()] for seq, own in state.own.items() for ref in own.blobs]
        for start in range(0, len(ops), 6):
            yield json.dumps({"ops": ops[start : start + 6]}).encode()
        yield json.dumps({"needed": needed}).encode()

    def base_taken(self) -> tuple[str, int]:
        return self.state.base

    def take_base(self, digest: str, index: int, part: bytes, end: BaseEnd | None) -> None:
        value = json.loads(part)
        with self._transaction("take base"):
            for body in value.get("ops", ()):
                op = Op.from_json(body)
                if op.op_id not in self.state.known:
                    self.insert(op)
            for device, seq, ref in value.get("needed", ()):
                self._need(device, seq, (BlobRef.from_json(ref),))
            self.state.base = (digest, index + 1)
            if end is not None:
                self.state.positions.update(end.positions)
                self._keep(Consequences(devices=end.devices, acknowledged=end.acknowledged))
                self._witness.based(self, end)

    # -- what the office says

    def acknowledged(self) -> Mapping[str, int]:
        return dict(self.state.acknowledged)

    def confirmed(self) -> Mapping[str, str]:
        return dict(self.state.confirmed)

    def wants(self) -> Mapping[str, Wants]:
        return dict(self.state.wants)

    def keep_refusals(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = tuple(refusals)

    # -- inside

    def insert(self, op: Op) -> None:
        """One operation into the history, once."""
        state = self.state
        state.known[op.op_id] = len(state.history)
        state.history.append(op)
        state.by_entity[op.entity] = (*state.by_entity.get(op.entity, ()), op)

    def _heads(self, draft: Draft) -> tuple[str, ...]:
        """What the operation is written in view of: everything known of its entity that nothing follows."""
        return () if draft.kind in UNCHAINED else heads(self.state.by_entity.get(draft.entity, ()))

    def _need(self, device: str, seq: int, blobs: Sequence[BlobRef]) -> None:
        for ref in blobs:
            self.state.needed.setdefault((ref.name, device, seq), MissingBlob(device, seq, ref))

    def _keep(self, consequences: Consequences) -> None:
        state = self.state
        for device in consequences.devices:
            state.devices[device.device] = device
        for name, seq in consequences.acknowledged.items():
            if seq >= state.acknowledged.get(name, 0):
                state.acknowledged[name] = seq
                if consequences.confirmed.get(name):
                    state.confirmed[name] = consequences.confirmed[name]
        if consequences.wants is not None:
            state.wants[consequences.publisher] = consequences.wants

    @contextmanager
    def _transaction(self, what: str) -> Iterator[None]:
        self._gate(f"{what}: begin")
        yield
        self._gate(f"{what}: committed")
