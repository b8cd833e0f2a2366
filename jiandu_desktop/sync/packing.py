"""Rolling up: a device's old confirmed segments become one pack, so that its folder stays short for decades."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.sync import hlc, names, pack, segment
from jiandu_desktop.sync.folder import Folder, Mode
from jiandu_desktop.sync.pack import Entry
from jiandu_desktop.sync.replica import OwnSegment, Replica

PACK_AFTER: Final = timedelta(days=30)
"""Age of a laptop's confirmed segments at which they are rolled up."""
OFFICE_PACK_AFTER: Final = timedelta(days=90)
"""The same for an office's own segments, which nobody confirms."""
LEAST: Final = 8
"""Fewer segments than this are not worth a pack."""
MOST_BYTES: Final = 16 * 1024 * 1024


def roll_up(
    folder: Folder, replica: Replica, listed: Collection[str], *, now: datetime, older_than: timedelta = PACK_AFTER
) -> int:
    """Put a pack of what may be rolled up into the folder, and remove originals that an earlier call has packed.

    Originals go only by a pack that was listed before this call (so it has had time to reach others), that is whole
    now byte for byte, and only those that are in it with the same bytes, confirmed, and old. Returns how many were
    removed; a full folder packs nothing. `listed` are the names in my own journal.
    """
    me = replica.membership()
    if folder.mode is Mode.READ_ONLY:
        return 0
    age = max(older_than, OFFICE_PACK_AFTER) if me.is_office and older_than == PACK_AFTER else older_than
    ripe = _ripe(replica, now, age)
    packs = sorted((found.first, found.last, name) for name in listed if (found := names.parse_pack(name)))
    removed = _remove_packed(folder, replica, listed, packs, {each.seq for each in ripe})
    covered = {seq for first, last, _ in packs for seq in range(first, last + 1)}
    waiting = [each for each in ripe if each.seq not in covered]
    if len(waiting) >= LEAST:
        _pack(folder, replica, _run(replica, waiting))
    return removed


def _ripe(replica: Replica, now: datetime, age: timedelta) -> list[OwnSegment]:
    """My segments that every rule allows to roll up, from the first one on."""
    me = replica.membership()
    confirmed = replica.acknowledged().get(me.device, 0)
    latest = int((now - age).timestamp() * 1000)
    found = []
    for each in replica.own_segments():
        if not each.sent or (each.seq > confirmed and not me.is_office):
            break
        if stamp_of(replica.own_segment_bytes(each.seq), me.repo_id) > latest:
            break
        found.append(each)
    return found


def stamp_of(raw: bytes, repo_id: str) -> int:
    """When the last operation of a segment was written by its writer's clock, in ms since 1970 UTC."""
    return max(hlc.parse(op.hlc)[0] for op in segment.decode(raw, repo_id).ops)


def _run(replica: Replica, waiting: list[OwnSegment]) -> list[Entry]:
    """Consecutive segments from the first one waiting, as many as fit a pack."""
    entries: list[Entry] = []
    size = 0
    for each in waiting:
        raw = replica.own_segment_bytes(each.seq)
        size += len(raw)
        if entries and (each.seq != entries[-1].seq + 1 or size > MOST_BYTES or len(entries) == pack.MAX_SEGMENTS):
            break
        entries.append(Entry(each.seq, each.digest, raw))
    return entries


def _pack(folder: Folder, replica: Replica, entries: list[Entry]) -> None:
    me = replica.membership()
    whole = pack.encode(me.repo_id, entries, me.key)
    name = names.pack(entries[0].seq, entries[-1].seq, pack.digest_of(whole))
    try:
        folder.put(f"{names.journal(me.device)}/{name}", whole, mine=True)
    except Trouble as trouble:
        if trouble.code not in ("folder-full", "folder-read-only"):
            raise


def _remove_packed(
    folder: Folder, replica: Replica, listed: Collection[str], packs: list[tuple[int, int, str]], ripe: set[int]
) -> int:
    me = replica.membership()
    own = {each.seq: each for each in replica.own_segments()}
    # A copy under a cloud client's name is not ours to remove.
    ours = [name for name in listed if names.is_ours(name)]
    originals = {parsed: name for name in ours if (parsed := names.parse_segment(name)) is not None}
    removed = 0
    for first, last, name in packs:
        going = [
            each
            for seq in range(first, last + 1)
            if seq in ripe and (each := own.get(seq)) and (each.seq, each.digest[:16]) in originals
        ]
        if not going:
            continue
        data = folder.read_listed(names.journal(me.device), name, pack.MAX_FILE) or b""
        if not pack.is_whole(data, me.key.public):
            continue
        held = {entry.seq: entry.raw for entry in pack.entries_of(data)}
        for each in going:
            if held.get(each.seq) == replica.own_segment_bytes(each.seq):
                folder.remove_mine(f"{names.journal(me.device)}/{originals[(each.seq, each.digest[:16])]}")
                removed += 1
    return removed
