"""Reading what others published: the office first, every journal in order, each segment in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.translatable import QT_TRANSLATE_NOOP
from jiandu_desktop.progress import Progress, Step
from jiandu_desktop.sync import names, segment
from jiandu_desktop.sync.folder import Folder, Mode
from jiandu_desktop.sync.look import Look, is_head_true, look
from jiandu_desktop.sync.operation import BlobRef, is_device
from jiandu_desktop.sync.receipt import Count, Receipt
from jiandu_desktop.sync.refusal import Refusal, Refused, Why
from jiandu_desktop.sync.replica import Arrival, Device, Position, Replica
from jiandu_desktop.sync.review import review
from jiandu_desktop.sync.trust import admit, publishers

MAX_BLOB = 128 * 1024 * 1024
LAPTOP_ROLES = frozenset({"checklist"})
"""What a laptop fetches unasked; photos and documents of others come on demand."""

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
    seen = seen or look(folder, replica.membership())
    return _Pull(folder, replica, progress, seen, now).run(scrub, roles)


def fetch_blob(folder: Folder, replica: Replica, ref: BlobRef) -> bool:
    """Get one photo or document of somebody else on demand; False where it is not (or not yet whole) in the folder."""
    data = folder.read(names.blob(ref), min(ref.length, MAX_BLOB))
    if data is None or len(data) != ref.length or hashlib.sha256(data).hexdigest() != ref.name:
        return False
    replica.store_blob(ref, data)
    return True


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

    def run(self, scrub: bool, roles: Collection[str] | None) -> Receipt:
        targets = self._targets(scrub)
        for done, device in enumerate(targets):
            self._progress.report(Step(done, len(targets), READING))
            try:
                self._read_journal(device, scrub)
            except Trouble as trouble:
                if trouble.code != "folder-no-access":
                    raise
                self._refuse(Why.NO_ACCESS, names.journal(device), device)
        self._fetch_blobs(None if self._me.is_office else roles)
        if self._me.is_office:
            review(self._replica, frozenset(self._missing_segments))
        self._replica.keep_refusals(self._refusals)
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

    def _position(self, device: str) -> Position:
        return self._positions.get(device, Position())

    # -- journals

    def _read_journal(self, device: str, scrub: bool) -> None:
        """Apply the segments that follow on, as far as they go without a gap."""
        listed: dict[int, list[str]] = {}
        for name in self._folder.list(names.journal(device)):
            parsed = names.parse_segment(name)
            if parsed is not None:
                listed.setdefault(parsed[0], []).append(name)
        if scrub and self._me.is_office:
            self._put_back(device, listed)
        while True:
            seq = self._position(device).seq + 1
            candidates = listed.get(seq)
            if not candidates:
                break
            if not self._take(device, seq, candidates):
                return
            self._progress.check()
        self._note_gap(device, seq, max(listed, default=0))

    def _take(self, device: str, seq: int, candidates: list[str]) -> bool:
        """Apply segment `seq` from the first of its files that is whole; two different whole ones are a fork."""
        good: dict[str, Arrival] = {}
        refusals: list[Refusal] = []
        for name in sorted(candidates, key=lambda name: (len(name), name)):
            path = f"{names.journal(device)}/{name}"
            try:
                arrival = self._prove(device, seq, name)
                good[arrival.segment.digest] = arrival
            except Refused as refused:
                values = {"person": self._person(device), **refused.values}
                refusals.append(Refusal(refused.why, path, device, values))
        if len(good) != 1:
            # Copies that are damaged matter only where there is no whole one.
            self._refusals += refusals
            if not good and any(refusal.why in _WORTH_SENDING_AGAIN for refusal in refusals):
                self._missing_segments.add((device, seq))
            if good:
                self._refuse(Why.FORK, f"{names.journal(device)}/{candidates[0]}", device)
            return False
        (arrival,) = good.values()
        self._replica.apply(arrival)
        self._positions[device] = Position(seq, arrival.segment.digest)
        for each in arrival.consequences.devices:
            self._devices[each.device] = each
        self._arrived.segment(arrival.segment.ops, len(arrival.raw))
        return True

    def _prove(self, device: str, seq: int, name: str) -> Arrival:
        """The segment in a file, whole, signed, following on what is applied, and allowed; raises Refused."""
        raw, found = self._decode(device, name)
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

    def _put_back(self, device: str, listed: dict[int, list[str]]) -> None:
        """The office publishes again what it has applied and what is gone: the signature makes that safe for anyone."""
        if self._folder.mode is Mode.READ_ONLY:
            return
        for seq in range(1, self._position(device).seq + 1):
            if seq in listed:
                continue
            raw = self._replica.segment_bytes(device, seq)
            if raw is None:
                continue
            name = names.segment(seq, segment.digest_of(raw))
            try:
                self._folder.put(f"{names.journal(device)}/{name}", raw, mine=False)
            except Trouble as trouble:
                if trouble.code in ("folder-full", "folder-read-only"):
                    return
                if trouble.code != "folder-name-taken":
                    raise

    # -- blobs

    def _fetch_blobs(self, roles: Collection[str] | None) -> None:
        missing = {each.ref.name: each for each in self._replica.missing_blobs(roles)}
        total = sum(each.ref.length for each in missing.values())
        done = 0
        for each in missing.values():
            self._progress.report(Step(done, total, FETCHING))
            done += each.ref.length
            path = names.blob(each.ref)
            if each.ref.length > MAX_BLOB:
                self._refuse(Why.OVERSIZE, path, each.device)
                continue
            try:
                stored = fetch_blob(self._folder, self._replica, each.ref)
            except Trouble as trouble:
                if trouble.code != "folder-no-access":
                    raise
                self._refuse(Why.NO_ACCESS, path, each.device)
                continue
            if stored:
                self._arrived.blob(each.ref)
            else:
                self._refuse(self._blob_fault(each.ref), path, each.device)

    def _blob_fault(self, ref: BlobRef) -> Why:
        size = self._folder.size(names.blob(ref))
        if size is None:
            return Why.MISSING
        return Why.INCOMPLETE if size < ref.length else Why.CORRUPT

    def _refuse(self, why: Why, name: str, device: str) -> None:
        self._refusals.append(Refusal(why, name, device, {"person": self._person(device)}))

    def _person(self, device: str) -> str:
        known = self._devices.get(device)
        return known.person if known else ""
