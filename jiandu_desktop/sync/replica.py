"""What sync asks of the store that owns the data: the journal, the bytes, the cursors. Implemented above this layer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, Self

from jiandu_desktop.sync.identity import KEY_BYTES, DeviceKey, device_id
from jiandu_desktop.sync.operation import BlobRef, Draft, Op, Role
from jiandu_desktop.sync.refusal import Refusal
from jiandu_desktop.sync.segment import FIRST_PREVIOUS, Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Who this program is in the county: its key, its person, and the office's repo and root key, pinned for good."""

    key: DeviceKey
    repo_id: str
    root_key: bytes
    person: str
    role: Role
    app_version: str
    root_number: int = 0
    """The newest root file ever seen (0: none yet); an older one in some folder is replaced by it."""
    root_file: bytes = field(default=b"", repr=False)

    @property
    def device(self) -> str:
        return self.key.device

    @property
    def is_office(self) -> bool:
        return self.role is Role.OFFICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A device whose segments are read. `invitation` is the nonce it enrolled with; `last_seq` is None, or the last
    segment that still counts after it was revoked; `forked_from` is the identity that it had before a restore."""

    device: str
    public_key: bytes
    person: str
    role: Role
    invitation: str = ""
    certified: bool = False
    last_seq: int | None = None
    forked_from: str = ""

    def to_json(self) -> dict[str, Any]:
        """The form in which it stands in an office's base."""
        return {
            "device": self.device,
            "public_key": self.public_key.hex(),
            "person": self.person,
            "role": self.role.value,
            "invitation": self.invitation,
            "certified": self.certified,
            "last_seq": self.last_seq,
            "forked_from": self.forked_from,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Raises ValueError, KeyError or TypeError for anything but what `to_json` gives."""
        key = bytes.fromhex(value["public_key"])
        if len(key) != KEY_BYTES or device_id(key) != value["device"]:
            raise ValueError("a device is named by its key")
        return cls(
            device=value["device"],
            public_key=key,
            person=str(value["person"]),
            role=Role(value["role"]),
            invitation=str(value["invitation"]),
            certified=bool(value["certified"]),
            last_seq=None if value["last_seq"] is None else int(value["last_seq"]),
            forked_from=str(value["forked_from"]),
        )


@dataclass(frozen=True, slots=True)
class Position:
    """How far a device's journal has been applied: its last segment's number and digest."""

    seq: int = 0
    digest: str = FIRST_PREVIOUS


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSegment:
    """A frozen segment of my own journal; the same bytes are sent at every try."""

    seq: int
    digest: str
    first_op: int
    last_op: int
    blobs: Sequence[BlobRef]
    sent: bool = False


@dataclass(frozen=True, slots=True)
class MissingBlob:
    """Stored bytes that an applied segment names and that are not here yet."""

    device: str
    seq: int
    ref: BlobRef


@dataclass(frozen=True, slots=True)
class Wants:
    """What a device misses: blobs by name, segments by device and number. `quarantined` are the files that an office
    does not take in, with the reason (a `Why`) of each."""

    blobs: frozenset[str] = frozenset()
    segments: frozenset[tuple[str, int]] = frozenset()
    quarantined: frozenset[tuple[str, str]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.blobs or self.segments)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBlob:
    """Bytes kept here that a segment of mine names: the newest of these segments, and the stamp (ms since 1970 UTC)
    of its last operation. `device` is mine or an identity that I had."""

    ref: BlobRef
    device: str
    seq: int
    stamped_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseEnd:
    """What holds once the last part of an office's base is taken: how far every journal is contained in it."""

    positions: Mapping[str, Position]
    devices: tuple[Device, ...]
    acknowledged: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """What operations mean for sync itself, to be stored in the same transaction as the operations.

    `devices` replace the records of the same device; `acknowledged` raises the numbers known per device (never lowers
    them), `confirmed` are the digests of the segments of these numbers where the office told them; `wants`, where not
    None, replaces what `publisher` (any device) wanted before.
    """

    devices: tuple[Device, ...] = ()
    acknowledged: Mapping[str, int] = field(default_factory=dict)
    confirmed: Mapping[str, str] = field(default_factory=dict)
    wants: Wants | None = None
    publisher: str = ""


NOTHING = Consequences()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A verified and admitted segment of another device, with its bytes as they came (the office heals with them)."""

    segment: Segment
    raw: bytes
    consequences: Consequences


class Replica(Protocol):
    """The owner's side of sync. Every method is one transaction, durable when it returns, and safe to repeat."""

    def membership(self) -> Membership: ...

    def keep_root(self, number: int, file: bytes) -> None:
        """Remember the newest root file that was seen; it comes back in `membership`."""

    # -- my own journal

    def record(self, drafts: Sequence[Draft], consequences: Consequences = NOTHING) -> tuple[Op, ...]:
        """Append to my journal: give each draft the next number, a stamp (`hlc.next_stamp`), my person, and as parents,
        where it names none, the operations on the same entity that no other one follows (`causality.heads`)."""

    def unfrozen_ops(self) -> Sequence[Op]:
        """My operations that are in no segment yet, in order."""

    def freeze(self, segment: OwnSegment, raw: bytes) -> None:
        """Keep the bytes of my next segment; its operations are no longer unfrozen."""

    def own_segments(self) -> Sequence[OwnSegment]:
        """All my segments, ascending."""

    def own_segment_bytes(self, seq: int) -> bytes: ...

    def mark_segment_sent(self, seq: int) -> None: ...

    def unsent_blobs(self) -> Sequence[BlobRef]:
        """Blobs of my frozen segments that were never read back from a folder, oldest segment first, each once."""

    def mark_blobs_sent(self, names: Collection[str]) -> None: ...

    def mark_blob_unsent(self, name: str) -> None: ...

    # -- my identity

    def spare_key(self) -> DeviceKey:
        """A key not yet in use, durably kept: the same one until `renew` has taken it into use."""

    def root_key(self) -> DeviceKey | None:
        """The office's root key where this computer holds it."""

    def renew(self, branch: Position, enrolment: Draft | None) -> None:
        """Become the device of `spare_key`, with an empty journal that begins with `enrolment`.

        My segments up to `branch` stay, as applied ones of another device whose position is `branch`. What I wrote
        after it, in frozen segments or not, is mine anew: recorded after the enrolment in its order, with its stamps
        and person, under new op_ids (also where it is named as a parent); the old operations and frozen bytes go.
        """

    # -- stored bytes

    def read_blob(self, name: str) -> bytes | None:
        """The bytes kept under this SHA-256, or None; sync checks them before they leave. May be called by several
        threads at once where the folder was given lanes."""

    def held_blobs(self) -> Sequence[HeldBlob]:
        """Photos of mine whose bytes are here, each once: what might be purged."""

    def purge_blob(self, name: str) -> None:
        """Forget the bytes, durably noting that this was done; they may be fetched again like those of others."""

    def store_blob(self, ref: BlobRef, data: bytes) -> None:
        """Keep verified bytes, durably; they are then no longer missing."""

    def blob_refs(self, names: Collection[str]) -> Sequence[BlobRef]:
        """References to these bytes among all segments known here, my own included, each name once."""

    def missing_blobs(self, roles: Collection[str] | None) -> Sequence[MissingBlob]:
        """Blobs named by applied segments of others and not kept here; `roles` None means of every role."""

    # -- journals of others

    def positions(self) -> Mapping[str, Position]:
        """How far each other device's journal is applied."""

    def devices(self) -> Mapping[str, Device]:
        """Devices known from applied or recorded operations."""

    def apply(self, *arrivals: Arrival) -> None:
        """Segments of one journal that follow each other, in one transaction: the operations not yet known (by op_id),
        the position, the bytes, the consequences.

        Raises Refused (senseless, or future_schema where a newer program wrote it) for records that make no sense:
        then nothing of the call is stored.
        """

    def segment_bytes(self, device: str, seq: int) -> bytes | None:
        """The bytes of an applied segment of another device; an office keeps them all, a laptop may return None."""

    # -- the office's base

    def base_parts(self) -> Iterator[bytes]:
        """Office: the records as they stand, cut into parts of a few MiB; opaque to sync, understood by `take_base`.
        Between the first part and the last nothing of others is applied."""

    def base_taken(self) -> tuple[str, int]:
        """Digest of the base under way or taken ("" for none) and how many parts of it are applied."""

    def take_base(self, digest: str, index: int, part: bytes, end: BaseEnd | None) -> None:
        """Apply part `index` (from 0) of a verified base and remember that; with the last one comes the `end`, whose
        numbers and devices are kept in the same transaction. Applying a part twice, or over an older base, is safe."""

    # -- what the office says

    def acknowledged(self) -> Mapping[str, int]:
        """Highest segment per device that an office has confirmed, my own confirmations included."""

    def confirmed(self) -> Mapping[str, str]:
        """Digest of the segment of that number, per device, where the office told it."""

    def wants(self) -> Mapping[str, Wants]:
        """The latest want list of each publisher, my own included."""

    # -- what is to be shown

    def keep_refusals(self, refusals: Sequence[Refusal]) -> None:
        """Replace the list of files that wait or were refused."""
