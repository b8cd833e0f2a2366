"""A replica on disk for tests of sync: SQLite and a folder of blobs, the shortest thing that keeps the contract."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

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

_TABLES = """
create table if not exists op (op_id text primary key, dev text, n integer, stamp text, frozen integer, body text);
create table if not exists own (seq integer primary key, digest text, first_op integer, last_op integer,
                                blobs text, sent integer default 0, raw blob);
create table if not exists sent_blob (name text primary key);
create table if not exists position (dev text primary key, seq integer, digest text);
create table if not exists segment (dev text, seq integer, raw blob, primary key (dev, seq));
create table if not exists needed (name text, dev text, seq integer, ref text, role text, primary key (name, dev, seq));
create table if not exists device (dev text primary key, body text);
create table if not exists ack (dev text primary key, seq integer, digest text);
create table if not exists purged (name text primary key);
create table if not exists fact (name text primary key, value text);
create table if not exists want (publisher text primary key, body text);
"""


class DiskReplica:
    """Implements `sync.replica.Replica`. `before_commit` is called inside every transaction: raise there to 'kill'."""

    def __init__(
        self,
        home: Path,
        membership: Membership,
        clock: Callable[[], datetime],
        before_commit: Callable[[], None] = lambda: None,
    ) -> None:
        self.home = home
        self.refusals: tuple[Refusal, ...] = ()
        self.before_commit = before_commit
        self.office_root_key: DeviceKey | None = None
        self._membership = membership
        self._clock = clock
        (home / "blobs").mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(home / "replica.db", isolation_level=None)
        self._db.execute("pragma journal_mode=wal")
        self._db.execute("pragma synchronous=off")
        self._db.executescript(_TABLES)
        if key := self._fact("key"):
            self._membership = replace(membership, key=DeviceKey.from_bytes(bytes.fromhex(key)))
        if number := self._fact("root_number"):
            file = bytes.fromhex(self._fact("root_file"))
            self._membership = replace(self._membership, root_number=int(number), root_file=file)

    def close(self) -> None:
        self._db.close()

    def membership(self) -> Membership:
        return self._membership

    def keep_root(self, number: int, file: bytes) -> None:
        with self._transaction():
            self._keep_fact("root_number", str(number))
            self._keep_fact("root_file", file.hex())
        self._membership = replace(self._membership, root_number=number, root_file=file)

    # -- my identity

    def spare_key(self) -> DeviceKey:
        """Follows from the key before it and the place, so that clones part and a failing test fails again."""
        seed = self._membership.key.to_bytes() + str(self.home).encode()
        return DeviceKey.from_bytes(hashlib.sha256(seed).digest())

    def root_key(self) -> DeviceKey | None:
        return self.office_root_key

    def renew(self, branch: Position, enrolment: Draft | None) -> None:
        old, spare = self._membership.device, self.spare_key()
        me = replace(self._membership, key=spare)
        with self._transaction():
            last = self._db.execute("select last_op from own where seq = ?", (branch.seq,)).fetchone()
            rows = self._db.execute(
                "select body from op where dev = ? and n > ? order by n", (old, last[0] if last else 0)
            )
            mine = [Op.from_json(json.loads(body)) for (body,) in rows.fetchall()]
            names = {op.op_id: f"{me.device}:{n}" for n, op in enumerate(mine, 1 if enrolment is None else 2)}
            for seq, raw, blobs in self._db.execute(
                "select seq, raw, blobs from own where seq <= ?", (branch.seq,)
            ).fetchall():
                self._db.execute("insert or ignore into segment values (?, ?, ?)", (old, seq, raw))
                for ref in json.loads(blobs):
                    row = (ref["name"], old, seq, json.dumps(ref), ref["role"])
                    self._db.execute("insert or ignore into needed values (?, ?, ?, ?, ?)", row)
            self._db.execute("delete from own")
            self._db.execute("delete from op where dev = ? and n > ?", (old, last[0] if last else 0))
            if branch.seq:
                self._db.execute("insert or replace into position values (?, ?, ?)", (old, branch.seq, branch.digest))
            stamp = hlc.next_stamp("", int(self._clock().timestamp() * 1000))
            if enrolment is not None:
                first = Op(f"{me.device}:1", stamp, (), me.person, enrolment.entity, enrolment.kind, enrolment.data)
                self._insert(first, frozen=False)
            for op in mine:
                parents = tuple(names.get(parent, parent) for parent in op.parents)
                self._insert(replace(op, op_id=names[op.op_id], parents=parents), frozen=False)
            self._keep_fact("key", spare.to_bytes().hex())
        self._membership = me

    # -- my own journal

    def record(self, drafts: Sequence[Draft], consequences: Consequences = NOTHING) -> tuple[Op, ...]:
        wall = int(self._clock().timestamp() * 1000)
        me = self._membership
        made: list[Op] = []
        with self._transaction():
            last = "select coalesce(max(n), 0), coalesce(max(stamp), '') from op where dev = ?"
            number, stamp = self._db.execute(last, (me.device,)).fetchone()
            for draft in drafts:
                number += 1
                stamp = hlc.next_stamp(stamp, wall)
                parents = draft.parents or self._heads(draft)
                op = Op(f"{me.device}:{number}", stamp, parents, me.person, draft.entity, draft.kind, draft.data)
                self._insert(op, frozen=False)
                made.append(op)
            self._keep(consequences)
        return tuple(made)

    def unfrozen_ops(self) -> Sequence[Op]:
        rows = self._db.execute(
            "select body from op where dev = ? and frozen = 0 order by n", (self._membership.device,)
        )
        return [Op.from_json(json.loads(body)) for (body,) in rows]

    def freeze(self, segment: OwnSegment, raw: bytes) -> None:
        blobs = json.dumps([ref.to_json() for ref in segment.blobs])
        with self._transaction():
            self._db.execute(
                "insert into own (seq, digest, first_op, last_op, blobs, raw) values (?, ?, ?, ?, ?, ?)",
                (segment.seq, segment.digest, segment.first_op, segment.last_op, blobs, raw),
            )
            self._db.execute(
                "update op set frozen = 1 where dev = ? and n between ? and ?",
                (self._membership.device, segment.first_op, segment.last_op),
            )

    def own_segments(self) -> Sequence[OwnSegment]:
        rows = self._db.execute("select seq, digest, first_op, last_op, blobs, sent from own order by seq")
        return [
            OwnSegment(
                seq=seq,
                digest=digest,
                first_op=first,
                last_op=last,
                blobs=tuple(BlobRef.from_json(ref) for ref in json.loads(blobs)),
                sent=bool(sent),
            )
            for seq, digest, first, last, blobs, sent in rows
        ]

    def own_segment_bytes(self, seq: int) -> bytes:
        (raw,) = self._db.execute("select raw from own where seq = ?", (seq,)).fetchone()
        return bytes(raw)

    def mark_segment_sent(self, seq: int) -> None:
        with self._transaction():
            self._db.execute("update own set sent = 1 where seq = ?", (seq,))

    def unsent_blobs(self) -> Sequence[BlobRef]:
        sent = {name for (name,) in self._db.execute("select name from sent_blob")}
        found = {ref.name: ref for each in self.own_segments() for ref in each.blobs if ref.name not in sent}
        return list(found.values())

    def mark_blobs_sent(self, names: Collection[str]) -> None:
        with self._transaction():
            self._db.executemany("insert or ignore into sent_blob values (?)", [(name,) for name in names])

    def mark_blob_unsent(self, name: str) -> None:
        with self._transaction():
            self._db.execute("delete from sent_blob where name = ?", (name,))

    # -- stored bytes

    def read_blob(self, name: str) -> bytes | None:
        path = self.home / "blobs" / name
        return path.read_bytes() if path.exists() else None

    def store_blob(self, ref: BlobRef, data: bytes) -> None:
        self.keep_blob(data)

    def held_blobs(self) -> Sequence[HeldBlob]:
        held: dict[str, HeldBlob] = {}
        for seq, last, blobs in self._db.execute("select seq, last_op, blobs from own order by seq").fetchall():
            device = self._membership.device
            (stamp,) = self._db.execute("select stamp from op where dev = ? and n = ?", (device, last)).fetchone()
            for ref in (BlobRef.from_json(each) for each in json.loads(blobs)):
                if ref.role == "photo" and self.read_blob(ref.name) is not None:
                    held[ref.name] = HeldBlob(ref=ref, device=device, seq=seq, stamped_ms=hlc.parse(stamp)[0])
        return list(held.values())

    def purge_blob(self, name: str) -> None:
        with self._transaction():
            self._db.execute("insert or ignore into purged values (?)", (name,))
        (self.home / "blobs" / name).unlink(missing_ok=True)

    def blob_refs(self, names: Collection[str]) -> Sequence[BlobRef]:
        found = {ref.name: ref for each in self.own_segments() for ref in each.blobs if ref.name in names}
        for (ref,) in self._db.execute("select ref from needed"):
            each = BlobRef.from_json(json.loads(ref))
            if each.name in names:
                found.setdefault(each.name, each)
        return [found[name] for name in sorted(found)]

    def keep_blob(self, data: bytes) -> str:
        """Put bytes into the store as capturing a photo does; returns their name."""
        name = hashlib.sha256(data).hexdigest()
        (self.home / "blobs" / name).write_bytes(data)
        return name

    def missing_blobs(self, roles: Collection[str] | None) -> Sequence[MissingBlob]:
        rows = self._db.execute("select dev, seq, ref, role from needed order by dev, seq, name").fetchall()
        return [
            MissingBlob(dev, seq, BlobRef.from_json(json.loads(ref)))
            for dev, seq, ref, role in rows
            if (roles is None or role in roles) and not (self.home / "blobs" / json.loads(ref)["name"]).exists()
        ]

    # -- journals of others

    def positions(self) -> Mapping[str, Position]:
        rows = self._db.execute("select dev, seq, digest from position")
        return {dev: Position(seq, digest) for dev, seq, digest in rows}

    def devices(self) -> Mapping[str, Device]:
        return {
            dev: Device.from_json(json.loads(body)) for dev, body in self._db.execute("select dev, body from device")
        }

    def apply(self, *arrivals: Arrival) -> None:
        with self._transaction():
            for arrival in arrivals:
                found = arrival.segment
                for op in found.ops:
                    self._insert(op, frozen=True)
                self._db.execute(
                    "insert or replace into position values (?, ?, ?)", (found.device, found.seq, found.digest)
                )
                self._db.execute(
                    "insert or ignore into segment values (?, ?, ?)", (found.device, found.seq, arrival.raw)
                )
                for ref in found.blobs:
                    self._db.execute(
                        "insert or ignore into needed values (?, ?, ?, ?, ?)",
                        (ref.name, found.device, found.seq, json.dumps(ref.to_json()), ref.role),
                    )
                self._keep(arrival.consequences)

    def segment_bytes(self, device: str, seq: int) -> bytes | None:
        row = self._db.execute("select raw from segment where dev = ? and seq = ?", (device, seq)).fetchone()
        return bytes(row[0]) if row else None

    # -- the office's base

    def base_parts(self) -> Iterator[bytes]:
        rows = self._db.execute("select body from op order by dev, n").fetchall()
        needed = self._db.execute("select name, dev, seq, ref, role from needed order by dev, seq, name").fetchall()
        own = [
            [ref["name"], self._membership.device, seq, json.dumps(ref), ref["role"]]
            for seq, blobs in self._db.execute("select seq, blobs from own")
            for ref in json.loads(blobs)
        ]
        for start in range(0, len(rows), 20):
            yield json.dumps({"ops": [json.loads(body) for (body,) in rows[start : start + 20]]}).encode()
        yield json.dumps({"needed": [list(row) for row in needed] + own}).encode()

    def base_taken(self) -> tuple[str, int]:
        return self._fact("base"), int(self._fact("base_parts") or 0)

    def take_base(self, digest: str, index: int, part: bytes, end: BaseEnd | None) -> None:
        value = json.loads(part)
        with self._transaction():
            for op in value.get("ops", ()):
                self._insert(Op.from_json(op), frozen=True)
            for row in value.get("needed", ()):
                self._db.execute("insert or ignore into needed values (?, ?, ?, ?, ?)", row)
            self._keep_fact("base", digest)
            self._keep_fact("base_parts", str(index + 1))
            if end is not None:
                for dev, position in end.positions.items():
                    row = (dev, position.seq, position.digest)
                    self._db.execute("insert or replace into position values (?, ?, ?)", row)
                self._keep(Consequences(devices=end.devices, acknowledged=end.acknowledged))

    # -- what the office says

    def acknowledged(self) -> Mapping[str, int]:
        return dict(self._db.execute("select dev, seq from ack").fetchall())

    def confirmed(self) -> Mapping[str, str]:
        return dict(self._db.execute("select dev, digest from ack where digest <> ''").fetchall())

    def wants(self) -> Mapping[str, Wants]:
        found: dict[str, Wants] = {}
        for publisher, body in self._db.execute("select publisher, body from want"):
            value = json.loads(body)
            segments = frozenset((dev, seq) for dev, seq in value["segments"])
            told = frozenset((name, why) for name, why in value["quarantined"])
            found[publisher] = Wants(frozenset(value["blobs"]), segments, told)
        return found

    def keep_refusals(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = tuple(refusals)

    # -- for the tests

    def ops(self, kind: str = "") -> list[Op]:
        """Every operation known here, by identifier."""
        rows = self._db.execute("select body from op order by dev, n")
        return [op for (body,) in rows if (op := Op.from_json(json.loads(body))).kind.startswith(kind)]

    def state_hash(self, kinds: Iterable[str] = ("",)) -> str:
        """One digest of all operations of these kinds: equal on two replicas that know the same."""
        texts = [json.dumps(op.to_json(), sort_keys=True) for op in self.ops() if op.kind.startswith(tuple(kinds))]
        return hashlib.sha256("\n".join(texts).encode()).hexdigest()

    def _heads(self, draft: Draft) -> tuple[str, ...]:
        if draft.kind in UNCHAINED:
            return ()
        rows = self._db.execute("select body from op where json_extract(body, '$.entity') = ?", (draft.entity,))
        return heads(Op.from_json(json.loads(body)) for (body,) in rows)

    def _fact(self, name: str) -> str:
        row = self._db.execute("select value from fact where name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def _keep_fact(self, name: str, value: str) -> None:
        self._db.execute("insert or replace into fact values (?, ?)", (name, value))

    def _insert(self, op: Op, *, frozen: bool) -> None:
        self._db.execute(
            "insert or ignore into op values (?, ?, ?, ?, ?, ?)",
            (op.op_id, op.device, op.number, op.hlc, frozen, json.dumps(op.to_json())),
        )

    def _keep(self, consequences: Consequences) -> None:
        for device in consequences.devices:
            self._db.execute(
                "insert or replace into device values (?, ?)", (device.device, json.dumps(device.to_json()))
            )
        for name, seq in consequences.acknowledged.items():
            self._db.execute(
                "insert into ack values (?, ?, ?) on conflict (dev) do update set seq = excluded.seq,"
                " digest = excluded.digest where excluded.seq >= seq",
                (name, seq, consequences.confirmed.get(name, "")),
            )
        if consequences.wants is not None:
            wants = consequences.wants
            told = sorted(wants.quarantined)
            body = {"blobs": sorted(wants.blobs), "segments": sorted(wants.segments), "quarantined": told}
            self._db.execute("insert or replace into want values (?, ?)", (consequences.publisher, json.dumps(body)))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("begin immediate")
        try:
            yield
            self.before_commit()
        except BaseException:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")
