"""Reading what others published: the office first, every journal in order, each segment in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.translatable import QT_TRANSLATE_NOOP
from jiandu_desktop.progress import Progress, Step
from jiandu_desktop.sync import names, segment
from jiandu_desktop.sync.base import newest_base, take_base
from jiandu_desktop.sync.blobs import fault_of, read_blob
from jiandu_desktop.sync.folder import Folder
from jiandu_desktop.sync.fork import renew_identity, unknown_own
from jiandu_desktop.sync.heal import put_back
from jiandu_desktop.sync.look import Look, is_head_true, look
from jiandu_desktop.sync.operation import BlobRef, is_device
from jiandu_desktop.sync.pack import read_pack
from jiandu_desktop.sync.receipt import Count, Receipt
from jiandu_desktop.sync.refusal import Refusal, Refused, Why
from jiandu_desktop.sync.replica import Arrival, Consequences, Device, Position, Replica
from jiandu_desktop.sync.review import review, tell_wants
from jiandu_desktop.sync.trust import admit, publishers

LAPTOP_ROLES = frozenset({"checklist", "seal"})
"""What a laptop fetches unasked; photos and documents of others come on demand."""

WORTH_A_BASE = 20
"""Segments in all journals together above which a laptop that has read nothing looks for a base."""
APPLIED_AT_ONCE = 16
"""Segments of one journal that are applied in one transaction: a flush each would cost more than what is in them."""

READING = QT_TRANSLATE_NOOP("progress", "正在读取共享文件夹")
FETCHING = QT_TRANSLATE_NOOP("progress", "正在取回照片和文书")

_WORTH_SENDING_AGAIN = frozenset({Why.INCOMPLETE, Why.CORRUPT, Why.BAD_SIGNATURE, Why.MISSING})
"""Faults of the file; what is wrong with its content would be wrong again."""


def pull(
    folder: Folder,
    replica: Replica,
    progress: Progress,
    *,
    now: datetime,
    seen: Look | None = None,
    scrub: bool = False,
    roles: Collection[str] | None = LAPTOP_ROLES,
) -> Receipt:
    """Apply what is new; may be cancelled between any two segments or blobs and repeated at will.

    `scrub` also lists the journals whose heads say nothing new (heads may be lost; once a day is enough) and lets an
    office put back what vanished. `roles` are the blobs a laptop fetches, None for all; an office fetches all. At the
    end an office writes into its own journal what it certifies, confirms and misses (the next push publishes it).
    Raises Cancelled; Trouble as `Folder` and `read_root` do. One bad file never stops the journals of others.
    """
    folder = folder.checked_by(progress.check)
    seen = seen or look(folder, replica, scrub=scrub)
    return _Pull(folder, replica, progress, seen, now).run(scrub, roles)


def fetch_blob(folder: Folder, replica: Replica, ref: BlobRef) -> bool:
    """Get one photo or document on demand; False where it is not (or not yet whole) in the folder: then this device
    asks for it, and whoever has it puts it there at the next sync."""
    data = read_blob(folder, ref)
    if data is not None:
        replica.store_blob(ref, data)
        return True
    if not replica.membership().is_office:
        mine = replica.wants().get(replica.membership().device)
        tell_wants(replica, mine.segments if mine else frozenset(), {ref.name, *(mine.blobs if mine else ())})
    return False


class _Pull:
    """One pull: what is known, what arrived, what waits and why."""

    def __init__(self, folder: Folder, replica: Replica, progress: Progress, seen: Look, now: datetime) -> None:
        self._folder = folder
        self._replica = replica
        self._progress = progress
        self._look = seen
        self._now = now
        self._me = replica.membership()
        self._positions = dict(replica.positions())
        self._devices: dict[str, Device] = dict(replica.devices())
        self._arrived = Count()
        self._refusals: list[Refusal] = []
        self._missing_segments: set[tuple[str, int]] = set()
        self._newcomers = False
        self._proven: list[Arrival] = []
        """Segments of the journal being read that follow on what is applied and are not applied yet."""
        self._is_restored = False
        self._open_pack: tuple[tuple[str, str], Mapping[int, bytes]] = (("", ""), {})

    def run(self, scrub: bool, roles: Collection[str] | None) -> Receipt:
        if not self._positions and not self._me.is_office and self._is_worth_a_base():
            base = newest_base(self._folder, self._look.root)
            if base is not None and self._is_another_history(base.end.positions.get(self._me.device)):
                self._go_on_anew()
            take_base(self._folder, self._replica, self._progress, self._look.root)
            self._positions = dict(self._replica.positions())
            self._devices = dict(self._replica.devices())
        self._read_journals(self._targets(scrub), scrub)
        strangers = sorted({each.device for each in self._refusals if each.why is Why.UNKNOWN_DEVICE})
        if any(device in self._devices for device in strangers) or self._newcomers:
            # Who goes on for another device, or was vouched for, may stand earlier in the order than that.
            self._refusals = [each for each in self._refusals if each.why is not Why.UNKNOWN_DEVICE]
            self._read_journals(strangers, scrub)
        self._fetch_blobs(None if self._me.is_office else roles)
        missing = frozenset(self._missing_segments)
        if self._me.is_office:
            review(self._replica, missing, self._refusals)
        elif scrub:
            asked = self._replica.wants().get(self._me.device)
            known = {ref.name for ref in self._still_missing(asked.blobs if asked else frozenset())}
            tell_wants(self._replica, missing, known)
        self._replica.keep_refusals(self._refusals)
        if self._is_restored and not self._me.is_office and not self._is_shown():
            self._go_on_anew()
        return Receipt(
            checked_at=self._now,
            arrived=self._arrived.tally(),
            refused=tuple(self._refusals),
            acknowledged=dict(self._replica.acknowledged()),
        )

    def _targets(self, scrub: bool) -> list[str]:
        """Devices with something new by their heads (or all, on a scrub), publishers first: they vouch for the rest."""
        heads = self._look.heads
        found = [device for device in heads if self._look.seq_of(device) > self._position(device).seq]
        if scrub:
            found = [name for name in self._folder.list(names.JOURNALS) if is_device(name)]
        vouching = publishers(self._look.root)
        return sorted(set(found) - {self._me.device}, key=lambda device: (device not in vouching, device))

    def _is_worth_a_base(self) -> bool:
        """Whether there is so much to read that a listing of bases is no waste."""
        return sum(self._look.seq_of(device) for device in self._look.heads) > WORTH_A_BASE

    def _read_journals(self, targets: list[str], scrub: bool) -> None:
        for done, device in enumerate(targets):
            self._progress.report(Step(done, len(targets), READING))
            try:
                self._read_journal(device, scrub)
            except Trouble as trouble:
                if trouble.code != "folder-no-access":
                    raise
                self._refuse(Why.NO_ACCESS, names.journal(device), device)

    def _position(self, device: str) -> Position:
        return self._positions.get(device, Position())

    # -- journals

    def _read_journal(self, device: str, scrub: bool) -> None:
        """Apply the segments that follow on, as far as they go without a gap."""
        found = self._folder.list(names.journal(device))
        listed: dict[int, list[str]] = {}
        for name in found:
            parsed = names.parse_segment(name)
            if parsed is not None:
                listed.setdefault(parsed[0], []).append(name)
        packs = sorted({(pack.first, pack.last, name) for name in found if (pack := names.parse_pack(name))})
        if scrub and self._me.is_office:
            put_back(self._folder, self._replica, device, found, self._now)
        last = max((max(listed, default=0), *(last for _, last, _ in packs)))
        try:
            while True:
                seq = self._position(device).seq + 1
                candidates = listed.get(seq, [])
                packed = self._packed(device, seq, packs)
                if not (candidates or packed):
                    break
                if not self._take(device, seq, listed, packed):
                    return
                self._progress.check()
        finally:
            # Also where the folder went away or somebody cancelled: what is proven need not be read again.
            makes_sense = self._apply()
        if makes_sense:
            self._note_gap(device, seq, last)

    def _apply(self) -> bool:
        """Store what is proven; False where the records of a segment make no sense: it holds its journal there."""
        proven, self._proven = self._proven, []
        if not proven:
            return True
        try:
            self._replica.apply(*proven)
        except Refused:
            return self._apply_singly(proven)
        for arrival in proven:
            self._arrived.segment(arrival.segment.ops, len(arrival.raw))
        return True

    def _apply_singly(self, proven: list[Arrival]) -> bool:
        for arrival in proven:
            found = arrival.segment
            try:
                self._replica.apply(arrival)
            except Refused as refused:
                self._positions = dict(self._replica.positions())
                self._devices = dict(self._replica.devices())
                path = f"{names.journal(found.device)}/{names.segment(found.seq, found.digest)}"
                self._refuse(refused.why, path, found.device)
                return False
            self._arrived.segment(found.ops, len(arrival.raw))
        return True

    def _packed(self, device: str, seq: int, packs: list[tuple[int, int, str]]) -> Mapping[str, bytes]:
        """Segment `seq` as it stands in packs, by pack; the pack read last is kept, as its neighbours come next."""
        found: dict[str, bytes] = {}
        for first, last, name in packs:
            if first <= seq <= last:
                if self._open_pack[0] != (device, name):
                    self._open_pack = ((device, name), read_pack(self._folder, device, name))
                if seq in self._open_pack[1]:
                    found[name] = self._open_pack[1][seq]
                    break
        return found

    def _take(self, device: str, seq: int, listed: Mapping[int, list[str]], packed: Mapping[str, bytes]) -> bool:
        """Apply segment `seq` from the first of its files that is whole; two different whole ones are a fork."""
        candidates = sorted(listed.get(seq, ()), key=lambda name: (len(name), name))
        good: dict[str, Arrival] = {}
        refusals: list[Refusal] = []
        for name in (*candidates, *packed):
            path = f"{names.journal(device)}/{name}"
            try:
                arrival = self._prove(device, seq, name, packed.get(name))
                good[arrival.segment.digest] = arrival
            except Refused as refused:
                values = {"person": self._person(device), **refused.values}
                refusals.append(Refusal(refused.why, path, device, values))
        if len(good) > 1:
            good = self._official(device, seq, good, listed)
        if len(good) != 1:
            # Copies that are damaged matter only where there is no whole one.
            self._refusals += refusals
            if not good and any(refusal.why in _WORTH_SENDING_AGAIN for refusal in refusals):
                self._missing_segments.add((device, seq))
            if good:
                self._refuse(Why.FORK, f"{names.journal(device)}/{[*candidates, *packed][0]}", device)
            return False
        (arrival,) = good.values()
        arrival = replace(arrival, consequences=self._meant_for_me(arrival.consequences))
        self._proven.append(arrival)
        self._positions[device] = Position(seq, arrival.segment.digest)
        for each in arrival.consequences.devices:
            self._devices[each.device] = each
            self._newcomers = True
        return len(self._proven) < APPLIED_AT_ONCE or self._apply()

    def _official(
        self, device: str, seq: int, good: dict[str, Arrival], listed: Mapping[int, list[str]]
    ) -> dict[str, Arrival]:
        """Of two histories of one device (a disk was copied), the one that counts under its identity: an office takes
        the first by digest and confirms it, a laptop waits for that word. The owner of the other, who sees the same
        files, writes it anew under a new identity: neither is lost."""
        if self._me.is_office:
            digest = min(good)
            return {digest: good[digest]}
        upto, digest = self._replica.acknowledged().get(device, 0), self._replica.confirmed().get(device, "")
        while upto > seq and digest:
            # From the confirmed segment back along the chain to the two that are in question.
            found = {each.digest: each.previous for each in self._decoded(device, listed.get(upto, ()))}
            upto, digest = upto - 1, found.get(digest, "")
        return {digest: good[digest]} if upto == seq and digest in good else good

    def _decoded(self, device: str, candidates: Iterable[str]) -> Iterator[segment.Segment]:
        for name in candidates:
            try:
                yield self._decode(device, name)[1]
            except Refused:
                continue

    def _meant_for_me(self, consequences: Consequences) -> Consequences:
        """Without a confirmation for another history of mine (a clone's, or from before a restore)."""
        seq = consequences.acknowledged.get(self._me.device)
        digest = consequences.confirmed.get(self._me.device, "")
        if seq is None or not digest:
            return consequences
        if not self._is_another_history(Position(seq, digest)):
            return consequences
        self._is_restored = True
        others = {device: upto for device, upto in consequences.acknowledged.items() if device != self._me.device}
        return replace(consequences, acknowledged=others)

    def _is_another_history(self, mine: Position | None) -> bool:
        """Whether somebody has read a segment of mine that I do not have: then I was restored, or am a copy."""
        own = {(each.seq, each.digest) for each in self._replica.own_segments()}
        return mine is not None and (mine.seq, mine.digest) not in own

    def _is_shown(self) -> bool:
        """Whether the folder shows my other history: then the next push sees where the two part."""
        listed = self._folder.list(names.journal(self._me.device))
        return bool(unknown_own(self._folder, self._replica, listed))

    def _go_on_anew(self) -> None:
        """The numbers of my journal are taken, though the folder does not show by what: go on under a new identity
        from the last segment that was surely confirmed to me; said twice is better than lost."""
        device = self._me.device
        sure = Position(self._replica.acknowledged().get(device, 0), self._replica.confirmed().get(device, ""))
        branch = Position() if self._is_another_history(sure) else sure
        renew_identity(self._folder, self._replica, self._look.root, branch, self._now)
        self._me = self._replica.membership()

    def _prove(self, device: str, seq: int, name: str, packed: bytes | None) -> Arrival:
        """The segment in a file, whole, signed, following on what is applied, and allowed; raises Refused."""
        if packed is None:
            raw, found = self._decode(device, name)
        else:
            raw, found = packed, segment.decode(packed, self._look.root.repo_id)
        if found.device != device or found.seq != seq:
            # A true segment under another device's folder or number: replayed, not published.
            raise Refused(Why.BAD_SIGNATURE, found=f"{found.device}/{found.seq}")
        if found.previous != self._position(device).digest:
            raise Refused(Why.FORK, seq=str(seq))
        consequences = admit(found, self._look.root, self._devices, self._now)
        return Arrival(segment=found, raw=raw, consequences=consequences)

    def _decode(self, device: str, name: str) -> tuple[bytes, segment.Segment]:
        """Read and decode; what does not prove itself is read a second time, as a line may spoil a read."""
        for attempt in (1, 2):
            try:
                raw = self._folder.read_listed(names.journal(device), name, segment.MAX_FILE)
            except Trouble as trouble:
                if trouble.code != "folder-no-access":
                    raise
                raise Refused(Why.NO_ACCESS) from trouble
            if raw is None:
                raise Refused(Why.MISSING)
            try:
                return raw, segment.decode(raw, self._look.root.repo_id)
            except Refused as refused:
                if attempt == 2 or refused.why is not Why.CORRUPT:
                    raise
        raise AssertionError("two attempts end in a value or a refusal")

    def _note_gap(self, device: str, seq: int, last_listed: int) -> None:
        """Say what is missing when later segments are here, or a true head speaks of them."""
        path = f"{names.journal(device)}/{seq:08d}"
        if last_listed > seq:
            self._missing_segments.add((device, seq))
            self._refuse(Why.MISSING, path, device)
            return
        promised = [head for head in self._look.heads.get(device, ()) if head.seq >= seq]
        if any(is_head_true(self._folder, head, self._look.root.repo_id) for head in promised):
            self._missing_segments.add((device, seq))
            self._refuse(Why.MISSING, path, device)

    # -- blobs

    def _fetch_blobs(self, roles: Collection[str] | None) -> None:
        missing = {each.ref.name: each for each in self._replica.missing_blobs(roles)}
        total = sum(each.ref.length for each in missing.values())
        done = 0
        for each in missing.values():
            self._progress.report(Step(done, total, FETCHING))
            done += each.ref.length
            path = names.blob(each.ref)
            try:
                data = read_blob(self._folder, each.ref)
            except Trouble as trouble:
                if trouble.code != "folder-no-access":
                    raise
                self._refuse(Why.NO_ACCESS, path, each.device)
                continue
            if data is not None:
                self._replica.store_blob(each.ref, data)
                self._arrived.blob(each.ref)
            else:
                self._refuse(fault_of(self._folder, each.ref), path, each.device)

    def _still_missing(self, wanted: Collection[str]) -> list[BlobRef]:
        """Of what this laptop asked for, the bytes that are still not here; what came in the meantime is fetched."""
        refs = [ref for ref in self._replica.blob_refs(wanted) if self._replica.read_blob(ref.name) is None]
        missing = []
        for ref in refs:
            data = read_blob(self._folder, ref)
            if data is None:
                missing.append(ref)
            else:
                self._replica.store_blob(ref, data)
                self._arrived.blob(ref)
        return missing

    def _refuse(self, why: Why, name: str, device: str) -> None:
        self._refusals.append(Refusal(why, name, device, {"person": self._person(device)}))

    def _person(self, device: str) -> str:
        known = self._devices.get(device)
        return known.person if known else ""
