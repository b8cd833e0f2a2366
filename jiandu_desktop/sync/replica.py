"""What sync asks of the store that owns the data: the journal, the bytes, the cursors. Implemented above this layer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from jiandu_desktop.sync.identity import DeviceKey
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

    @property
    def device(self) -> str:
        return self.key.device

    @property
    def is_office(self) -> bool:
        return self.role is Role.OFFICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A device whose segments are read. `invitation` is the nonce it enrolled with; `last_seq` is None, or the last
    segment that still counts after it was revoked."""

    device: str
    public_key: bytes
    person: str
    role: Role
    invitation: str = ""
    certified: bool = False
    last_seq: int | None = None


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
    blobs: tuple[BlobRef, ...]
    sent: bool = False


@dataclass(frozen=True, slots=True)
class MissingBlob:
    """Stored bytes that an applied segment names and that are not here yet."""

    device: str
    seq: int
    ref: BlobRef


@dataclass(frozen=True, slots=True)
class Wants:
    """What an office misses: blobs by name, segments by device and number."""

    blobs: frozenset[str] = frozenset()
    segments: frozenset[tuple[str, int]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.blobs or self.segments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """What operations mean for sync itself, to be stored in the same transaction as the operations.

    `devices` replace the records of the same device; `acknowledged` raises the numbers known per device (never lowers
    them); `wants`, where not None, replaces what the publisher `publisher` wanted before.
    """

    devices: tuple[Device, ...] = ()
    acknowledged: Mapping[str, int] = field(default_factory=dict)
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

    # -- my own journal

    def record(self, drafts: Sequence[Draft], consequences: Consequences = NOTHING) -> tuple[Op, ...]:
        """Append to my journal: give each draft the next number, a stamp (`hlc.next_stamp`) and my person."""

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

    def mark_blob_sent(self, name: str) -> None: ...

    def mark_blob_unsent(self, name: str) -> None: ...

    # -- stored bytes

    def read_blob(self, name: str) -> bytes | None:
        """The bytes kept under this SHA-256, or None; sync checks them before they leave."""

    def store_blob(self, ref: BlobRef, data: bytes) -> None:
        """Keep verified bytes, durably; they are then no longer missing."""

    def missing_blobs(self, roles: Collection[str] | None) -> Sequence[MissingBlob]:
        """Blobs named by applied segments of others and not kept here; `roles` None means of every role."""

    # -- journals of others

    def positions(self) -> Mapping[str, Position]:
        """How far each other device's journal is applied."""

    def devices(self) -> Mapping[str, Device]:
        """Devices known from applied or recorded operations."""

    def apply(self, arrival: Arrival) -> None:
        """In one transaction: the operations not yet known (by op_id), the position, the bytes, the consequences."""

    def segment_bytes(self, device: str, seq: int) -> bytes | None:
        """The bytes of an applied segment of another device; an office keeps them all, a laptop may return None."""

    # -- what the office says

    def acknowledged(self) -> Mapping[str, int]:
        """Highest segment per device that an office has confirmed, my own confirmations included."""

    def wants(self) -> Mapping[str, Wants]:
        """The latest want list of each publisher, my own included."""

    # -- what is to be shown

    def keep_refusals(self, refusals: Sequence[Refusal]) -> None:
        """Replace the list of files that wait or were refused."""
