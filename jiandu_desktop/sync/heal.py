"""Putting back what the folder lost: an office what it has read, everybody what others ask for and is kept here."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.sync import names, segment
from jiandu_desktop.sync.blobs import is_named, put_blob
from jiandu_desktop.sync.folder import Folder, Mode
from jiandu_desktop.sync.operation import BlobRef
from jiandu_desktop.sync.pack import read_pack
from jiandu_desktop.sync.replica import Position, Replica

PATROL_DAYS = 30
"""Every applied segment is read again by the office once in so many days, a share of them each day."""
_DAY = 86_400


def put_back(folder: Folder, replica: Replica, device: str, listed: Collection[str], now: datetime) -> None:
    """The office publishes again what it has applied of a journal and what vanished or rotted: the signature makes
    that safe for anyone. A damaged file stays, the whole one is laid beside it under a name of its own."""
    if folder.mode is Mode.READ_ONLY:
        return
    position = replica.positions().get(device, Position())
    present = {parsed for name in listed if (parsed := names.parse_segment(name)) is not None}
    packed = {seq for name in listed if (pack := names.parse_pack(name)) for seq in range(pack.first, pack.last + 1)}
    today = int(now.timestamp()) // _DAY
    for seq in range(1, position.seq + 1):
        on_patrol = (seq + today) % PATROL_DAYS == 0
        if seq in packed and not on_patrol:
            continue
        raw = replica.segment_bytes(device, seq)
        if raw is None:
            continue
        digest = segment.digest_of(raw)
        if (seq, digest[:16]) in present and not on_patrol:
            continue
        if raw not in _copies(folder, device, listed, seq) and not put_segment(folder, replica, device, seq, raw):
            return


def serve(folder: Folder, replica: Replica) -> tuple[list[BlobRef], list[int]]:
    """What others ask for and is kept here goes into the folder again; returns what was written: references, and
    numbers of my own segments. Raises Trouble as `Folder.put` does."""
    me = replica.membership()
    # Who goes on under a new identity, or was revoked, will never say that its old list is settled.
    silent = {me.device, *(each.forked_from for each in replica.devices().values())}
    silent |= {each.device for each in replica.devices().values() if each.last_seq is not None}
    lists = [wants for device, wants in replica.wants().items() if device not in silent and wants]
    blobs = {name for wants in lists for name in wants.blobs}
    if not lists:
        return [], []
    own = {each.seq: each for each in replica.own_segments()}
    owned = {ref.name for each in own.values() for ref in each.blobs}
    written: list[BlobRef] = []
    for ref in replica.blob_refs(blobs) if blobs else ():
        data = replica.read_blob(ref.name)
        if data is not None and is_named(ref, data) and put_blob(folder, ref, data, owner=ref.name in owned):
            written.append(ref)
    numbers: list[int] = []
    listed: dict[str, tuple[str, ...]] = {}
    for device, seq in sorted({pair for wants in lists for pair in wants.segments}):
        mine = device == me.device and seq in own
        raw = replica.own_segment_bytes(seq) if mine else replica.segment_bytes(device, seq)
        if raw is None or not (mine or me.is_office or device in formers(replica)):
            continue
        if device not in listed:
            listed[device] = folder.list(names.journal(device))
        if raw in _copies(folder, device, listed[device], seq):
            # Whole, be it in a pack: an original laid beside it would only be removed again.
            continue
        if mine:
            name = f"{names.journal(device)}/{names.segment(seq, own[seq].digest)}"
            if folder.put(name, raw, mine=True):
                numbers.append(seq)
        else:
            put_segment(folder, replica, device, seq, raw)
    return written, numbers


def formers(replica: Replica) -> tuple[str, ...]:
    """The identities that this device had before it was restored, the latest first: its first operations say so."""
    repo_id = replica.membership().repo_id
    own = replica.own_segments()
    raw = replica.own_segment_bytes(own[0].seq) if own else None
    found: list[str] = []
    while raw is not None:
        before = segment.decode(raw, repo_id).ops[0].data.get("forked_from")
        if not isinstance(before, str) or before in found:
            break
        found.append(before)
        raw = replica.segment_bytes(before, 1)
    return tuple(found)


def resend_former(folder: Folder, replica: Replica) -> None:
    """What stands under my former identities, is not confirmed and is gone from the folder goes there again: nobody
    else has it, and without it an office does not even know for whom I go on. Raises Trouble as `Folder.put` does."""
    confirmed, positions = replica.acknowledged(), replica.positions()
    if all(position.seq <= confirmed.get(device, 0) for device, position in positions.items()):
        return
    for device in formers(replica):
        last, first = positions.get(device, Position()).seq, confirmed.get(device, 0) + 1
        listed = folder.list(names.journal(device)) if first <= last else ()
        present = {parsed for name in listed if (parsed := names.parse_segment(name)) is not None}
        for name in listed:
            if name.endswith(names.PART) and names.is_ours(name):
                folder.remove_mine(f"{names.journal(device)}/{name}")
        for seq in range(first, last + 1):
            raw = replica.segment_bytes(device, seq)
            if raw is not None and (seq, segment.digest_of(raw)[:16]) not in present:
                put_segment(folder, replica, device, seq, raw)


def put_segment(folder: Folder, replica: Replica, device: str, seq: int, raw: bytes) -> bool:
    """Another device's segment as it came; False where the folder takes nothing more."""
    name = names.segment(seq, segment.digest_of(raw))
    mine = replica.membership().device
    beside = f"{name.removesuffix('.seg')}-{mine[:6]}.seg"
    for each in (name, beside):
        try:
            folder.put(f"{names.journal(device)}/{each}", raw, mine=each == beside, finish=False)
        except Trouble as trouble:
            if trouble.code in ("folder-full", "folder-read-only"):
                return False
            if trouble.code != "folder-name-taken":
                raise
        else:
            break
    return True


def _copies(folder: Folder, device: str, listed: Collection[str], seq: int) -> Iterator[bytes]:
    """Everything that the folder holds of this number."""
    for name in sorted(listed):
        parsed = names.parse_segment(name)
        if parsed is not None and parsed[0] == seq:
            yield folder.read_listed(names.journal(device), name, segment.MAX_FILE) or b""
        pack = names.parse_pack(name)
        if pack is not None and pack.first <= seq <= pack.last:
            yield read_pack(folder, device, name).get(seq, b"")
