"""What really happened: every fact, photo and segment as it was made, and which of them nobody holds any more.

Facts are numbered by the simulator (`data["fact"]`), so that they are known again under another identity of the
laptop. What the protocol claims and applies is checked here the moment it becomes durable (I2–I5, I10).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from jiandu_desktop.sync import blobs, names, segment
from jiandu_desktop.sync.operation import BlobRef, Op
from jiandu_desktop.sync.replica import Arrival, BaseEnd, Consequences, OwnSegment
from jiandu_desktop.sync.segment import FIRST_PREVIOUS
from tests.faults.simulator.memory import MemoryReplica
from tests.faults.simulator.tree import Tree

PERIOD = "2026q4"
"""The quarter in which everything happens, as far as names of photos go."""
REPO = "0193f3a0-0000-7000-8000-000000000001"
OFFICE_ONLY = (
    "school.",
    "inspector.",
    "checklist.",
    "assignment.",
    "device.certified",
    "device.revoked",
    "ack",
    "want",
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that an inspector or the office put down. `spelled` is all of it that must never change."""

    number: int
    device: str
    person: str
    kind: str
    spelled: str
    blobs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """A segment that a true program signed."""

    device: str
    seq: int
    digest: str
    previous: str
    facts: tuple[int, ...]


@dataclass
class Truth:
    """The witness of all replicas, and the judge of what may be missing at the end."""

    violated: Callable[[str, str], None]
    facts: dict[int, Fact] = field(default_factory=dict)
    published: dict[bytes, Published] = field(default_factory=dict)
    blobs: dict[str, bytes] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)
    """What an office has really said, by device."""
    offices: set[str] = field(default_factory=set)
    exercised: Counter[str] = field(default_factory=Counter)
    """How often the parts of the protocol were really used."""
    thieves: set[str] = field(default_factory=set)
    gone_facts: set[int] = field(default_factory=set)
    """Nobody holds these any more, or a thief holds them: nothing can bring them back."""
    wording: dict[str, str] = field(default_factory=dict)
    doubled: set[str] = field(default_factory=set)
    """Devices that used a number twice, because no folder showed them what they had written before a restore: who
    read the first history never reads the second (docs/sync.md says so); the office must have all the same. Where the
    office itself is one, nothing can be demanded of anybody."""
    gone_blobs: set[str] = field(default_factory=set)
    tree_of: Callable[[MemoryReplica], Tree | None] = lambda replica: None
    office_replicas: Callable[[], Sequence[MemoryReplica]] = tuple

    # -- the witness

    def recorded(self, replica: MemoryReplica, ops: Sequence[Op], consequences: Consequences) -> None:
        for op in ops:
            if op.kind in ("ack", "want", "device.want", "device.certified", "device.revoked"):
                self.exercised[op.kind] += 1
            number = fact_of(op)
            if self.wording.setdefault(op.op_id, spelled(op)) != spelled(op):
                self.doubled.add(op.device)
            if number is not None and number not in self.facts:
                fact = Fact(number, op.device, op.person, op.kind, spelled(op), tuple(ref.name for ref in op.blobs))
                self.facts[number] = fact
        if replica.device in self.offices and consequences.acknowledged:
            self._confirmed(replica, dict(consequences.acknowledged))

    def froze(self, replica: MemoryReplica, own: OwnSegment, raw: bytes) -> None:
        found = segment.decode(raw, replica.membership().repo_id)
        facts = tuple(number for op in found.ops if (number := fact_of(op)) is not None)
        if own.digest != found.digest or own.seq != found.seq:
            self.violated("I3", f"{replica.device} keeps segment {own.seq} under another digest")
        self.published[raw] = Published(found.device, found.seq, found.digest, found.previous, facts)
        if self.wording.setdefault(f"{found.device}/{found.seq}", found.digest) != found.digest:
            self.doubled.add(found.device)
        self.exercised["segments"] += 1

    def crafted(self, raw: bytes) -> None:
        """A segment that an attacker signed with a key of his own."""
        found = segment.decode(raw, REPO)
        self.published[raw] = Published(found.device, found.seq, found.digest, found.previous, ())

    def applied(self, replica: MemoryReplica, arrival: Arrival, fresh: Sequence[Op]) -> None:
        found = arrival.segment
        known = self.published.get(arrival.raw)
        if known is None or known.device != found.device or known.seq != found.seq:
            self.violated("I3", f"{replica.device} took in {found.device}/{found.seq}, which nobody signed like that")
        for op in found.ops:
            if op.kind.startswith(OFFICE_ONLY) and op.device not in self.offices:
                self.violated("I3", f"{replica.device} took {op.kind} from the laptop {op.device}")
        last = replica.state.devices.get(found.device)
        if last is not None and last.last_seq is not None and found.seq > last.last_seq:
            self.violated("I3", f"{replica.device} took in {found.device}/{found.seq} after its revocation")
        for device, seq in arrival.consequences.acknowledged.items():
            if seq > self.acknowledged.get(device, 0):
                self.violated("I4", f"{replica.device} believes {device}/{seq} confirmed; no office has said so")

    def marked_segment(self, replica: MemoryReplica, own: OwnSegment) -> None:
        path = f"dev/{replica.device}/{own.seq:08d}-{own.digest[:16]}.seg"
        self._in_folder(replica, path, replica.state.own_raw[own.seq])

    def marked_blob(self, replica: MemoryReplica, name: str) -> None:
        refs = [ref for own in replica.state.own.values() for ref in own.blobs if ref.name == name]
        for ref in refs[:1]:
            for piece in pieces(self.blobs[name]):
                piece_ref = BlobRef(name_of(piece), len(piece), ref.period, ref.role)
                self._in_folder(replica, names.blob(piece_ref), piece)

    def renewed(self, replica: MemoryReplica) -> None:
        self.exercised["new identities"] += 1
        if replica.membership().is_office:
            self.offices.add(replica.device)

    def purged(self, replica: MemoryReplica, name: str) -> None:
        """I5: the only copy that may go is one that the office has confirmed and still has."""
        self.exercised["photos given up"] += 1
        if not any(name in office.state.blobs for office in self.office_replicas()):
            self.violated("I5", f"{replica.device} drops photo {name[:8]}, which no office has")

    def based(self, replica: MemoryReplica, end: BaseEnd) -> None:
        """A base brings no more than what its office had: nothing may count as read that is not there."""
        self.exercised["bases taken"] += 1
        for device, seq in end.acknowledged.items():
            if seq > self.acknowledged.get(device, 0):
                self.violated("I4", f"{replica.device} believes {device}/{seq} confirmed by a base; no office said so")

    def _in_folder(self, replica: MemoryReplica, path: str, data: bytes) -> None:
        """I10: "in the shared folder" was true when it was written down, unless somebody else was there since."""
        tree = self.tree_of(replica)
        if tree is None or tree.touched.get(path, replica.device) != replica.device:
            return
        entry = tree.find(path)
        if entry is None or entry.data != data:
            self.violated("I10", f"{replica.device} says {path} is in the folder; it is not")
        elif entry.flushed != data and not (tree.lies or tree.copies_on_rename or entry.direct):
            self.violated("I10", f"{replica.device} says {path} is safely in the folder; it was not flushed")

    def _confirmed(self, office: MemoryReplica, upto: dict[str, int]) -> None:
        """I4: what an office confirms it has, with every photo, this very moment."""
        for device, seq in upto.items():
            for number in range(self.acknowledged.get(device, 0) + 1, seq + 1):
                if (device, number) not in office.state.segments and number not in office.state.own:
                    self.violated("I4", f"the office confirms {device}/{number}, which it does not have")
            for (name, owner, number), _ in office.state.needed.items():
                if owner == device and number <= seq and name not in office.state.blobs:
                    self.violated("I4", f"the office confirms {device}/{number} without its photo {name[:8]}")
            self.acknowledged[device] = max(seq, self.acknowledged.get(device, 0))

    # -- what may be missing

    def survey(self, office: MemoryReplica, living: Sequence[MemoryReplica], trees: Sequence[Tree]) -> None:
        """After something was destroyed: note what no living laptop, no folder and no office holds any more."""
        safe = {number for op in office.ops if (number := fact_of(op)) is not None}
        self.gone_facts.update(
            number for number, fact in self.facts.items() if fact.device in self.thieves and number not in safe
        )
        open_facts = [number for number in self.facts if number not in safe and number not in self.gone_facts]
        # Half-written names do not count: nobody can know what they are.
        files = [file for tree in trees for file in tree.files() if not file[0].endswith(".part")]
        in_trees = {entry.data for path, entry in files if path.startswith(("dev/", "blob/"))}
        if open_facts:
            held = {number for replica in living for number in replica.state.mine}
            held |= self._reachable(office, living, in_trees)
            self.gone_facts.update(number for number in open_facts if number not in held)
        kept = set(office.state.blobs).union(*(replica.state.blobs for replica in living))
        for name, data in self.blobs.items():
            if name not in kept and not any(_holds(tree, data) for tree in trees):
                self.gone_blobs.add(name)
            elif name in self.gone_blobs:
                # Back from a backup of the folder.
                self.gone_blobs.discard(name)

    def _reachable(self, office: MemoryReplica, living: Sequence[MemoryReplica], files: set[bytes]) -> set[int]:
        """Facts in segments whose whole chain is still to be had somewhere."""
        raws = files.union(office.state.segments.values(), *(replica.state.own_raw.values() for replica in living))
        after: dict[tuple[str, str], list[Published]] = {}
        for raw in raws:
            found = self.published.get(raw)
            if found is not None and found.device not in self.doubled:
                after.setdefault((found.device, found.previous), []).append(found)
        facts: set[int] = set()
        ends = [(device, FIRST_PREVIOUS) for device in {device for device, _ in after}]
        while ends:
            device, digest = ends.pop()
            for each in after.pop((device, digest), ()):
                facts.update(each.facts)
                ends.append((device, each.digest))
        return facts


def fact_of(op: Op) -> int | None:
    number = op.data.get("fact")
    return number if isinstance(number, int) else None


def spelled(op: Op) -> str:
    """Everything of an operation but its number and its parents, which another identity of the laptop may change."""
    return json.dumps([op.hlc, op.person, op.entity, op.kind, op.data], sort_keys=True)


def _holds(tree: Tree, data: bytes) -> bool:
    """Whether these bytes can be had from a folder: every piece under its name, and the list of pieces."""
    refs = [(piece, BlobRef(name_of(piece), len(piece), PERIOD, "photo")) for piece in pieces(data)]
    if len(refs) > 1:
        listed = tree.find(names.manifest(BlobRef(name_of(data), len(data), PERIOD, "photo")))
        if listed is None or not all(ref.name.encode() in listed.data for _, ref in refs):
            return False
    found = [(piece, tree.find(names.blob(ref))) for piece, ref in refs]
    return all(entry is not None and entry.data == piece for piece, entry in found)


def pieces(data: bytes) -> list[bytes]:
    """What stands in the folder for these bytes: themselves, or their chunks."""
    if len(data) <= blobs.WHOLE:
        return [data]
    return [data[start : start + blobs.CHUNK] for start in range(0, len(data), blobs.CHUNK)]


def name_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
