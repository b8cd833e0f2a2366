"""The office's base: everything it knows in verified parts, so that a new laptop need not read years of journals."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from jiandu_desktop.domain.identity import to_text
from jiandu_desktop.domain.translatable import QT_TRANSLATE_NOOP
from jiandu_desktop.progress import Progress, Step
from jiandu_desktop.sync import names, signed
from jiandu_desktop.sync.folder import Folder
from jiandu_desktop.sync.identity import device_id
from jiandu_desktop.sync.operation import is_device, is_digest
from jiandu_desktop.sync.replica import BaseEnd, Consequences, Device, Position, Replica
from jiandu_desktop.sync.root import Root
from jiandu_desktop.sync.trust import want_list

DOMAIN: Final = "jiandu base 1"
MAX_PART: Final = 16 * 1024 * 1024
MAX_PARTS: Final = 4000
KEPT: Final = 2
"""Bases that stay in the folder: a laptop may be in the middle of the one before."""

WRITING = QT_TRANSLATE_NOOP("progress", "正在为新电脑准备全部数据")
READING = QT_TRANSLATE_NOOP("progress", "正在取回全部数据")


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A verified list of parts (SHA-256 and length of each), and what holds once all are taken."""

    number: int
    digest: str
    made_at: str
    parts: tuple[tuple[str, int], ...]
    end: BaseEnd


def publish_base(folder: Folder, replica: Replica, progress: Progress, *, now: datetime) -> Base:
    """Office: put a new base into the folder and take away mine that are older than the one before.

    The list of parts goes last: a base that was cut short is none. Raises Cancelled; Trouble as `Folder.put` does.
    """
    folder = folder.checked_by(progress.check)
    me = replica.membership()
    # How far everything is read is asked before the records are: what comes between is applied twice, and harmless.
    end = _end(replica)
    there = folder.list(names.BASES)
    number = max((found[0] for name in there if (found := names.parse_base(name))), default=0) + 1
    parts: list[tuple[str, int]] = []
    for data in replica.base_parts():
        progress.report(Step(len(parts), 0, WRITING))
        if len(data) > MAX_PART:
            raise ValueError("a part of a base must stay within the limits")
        digest = hashlib.sha256(data).hexdigest()
        folder.put(names.base_part(number, digest), data, mine=True)
        parts.append((digest, len(data)))
    content: dict[str, Any] = {
        "type": "jiandu-base",
        "repo_id": me.repo_id,
        "number": number,
        "key": me.key.public.hex(),
        "made_at": to_text(now),
        "parts": [list(part) for part in parts],
        "positions": {device: [at.seq, at.digest] for device, at in end.positions.items()},
        "devices": [device.to_json() for device in end.devices],
        "acknowledged": dict(end.acknowledged),
    }
    whole = signed.seal(content, DOMAIN, me.key)
    digest = hashlib.sha256(whole).hexdigest()
    folder.put(names.base(number, digest), whole, mine=True)
    wants = replica.wants().get(me.device)
    if wants:
        # Who takes the base does not read the list again that stands before it.
        replica.record([want_list(wants)], Consequences(wants=wants, publisher=me.device))
    for name in there:
        _remove_old(folder, me.key.public, name, number)
    return Base(number=number, digest=digest, made_at=content["made_at"], parts=tuple(parts), end=end)


def take_base(folder: Folder, replica: Replica, progress: Progress, root: Root) -> bool:
    """A laptop that has read nothing yet takes the newest base; False where there is none that is whole.

    Every part is proven before it is applied, each in one transaction; after an interruption it goes on with the next
    part, or begins with a newer base. Raises Cancelled; Trouble as `Folder.read` does.
    """
    folder = folder.checked_by(progress.check)
    base = newest_base(folder, root)
    if base is None:
        return False
    begun, done = replica.base_taken()
    total = sum(length for _, length in base.parts)
    for index, (digest, length) in enumerate(base.parts):
        if begun == base.digest and index < done:
            continue
        progress.report(Step(sum(size for _, size in base.parts[:index]), total, READING))
        data = folder.read(names.base_part(base.number, digest), length)
        if data is None or len(data) != length or hashlib.sha256(data).hexdigest() != digest:
            return False
        last = index == len(base.parts) - 1
        replica.take_base(base.digest, index, data, base.end if last else None)
    return True


def newest_base(folder: Folder, root: Root) -> Base | None:
    """The base with the highest number that a publisher of this office has signed."""
    listed = [(found[0], name) for name in folder.list(names.BASES) if (found := names.parse_base(name))]
    for number, name in sorted(listed, reverse=True):
        data = folder.read_listed(names.BASES, name, signed.MAX_BYTES)
        base = None if data is None else _open(data, root)
        if base is not None and base.number == number:
            return base
    return None


def _end(replica: Replica) -> BaseEnd:
    me = replica.membership()
    positions = dict(replica.positions())
    for each in replica.own_segments():
        if not each.sent:
            break
        positions[me.device] = Position(each.seq, each.digest)
    return BaseEnd(
        positions=positions, devices=tuple(replica.devices().values()), acknowledged=dict(replica.acknowledged())
    )


def _open(data: bytes, root: Root) -> Base | None:
    try:
        key = bytes.fromhex(signed.content_of(data)["key"])
        content = signed.unseal(data, DOMAIN, key)
        if not root.is_publisher(device_id(key)) or content["repo_id"] != root.repo_id:
            return None
        parts = tuple((str(digest), int(length)) for digest, length in content["parts"])
        if len(parts) > MAX_PARTS or not all(is_digest(each) and 0 < size <= MAX_PART for each, size in parts):
            return None
        return Base(
            number=int(content["number"]),
            digest=hashlib.sha256(data).hexdigest(),
            made_at=str(content["made_at"]),
            parts=parts,
            end=_read_end(content),
        )
    except (signed.NotSigned, ValueError, KeyError, TypeError):
        return None


def _read_end(content: Mapping[str, Any]) -> BaseEnd:
    positions = {str(device): Position(int(seq), str(digest)) for device, (seq, digest) in content["positions"].items()}
    acknowledged = {str(device): int(seq) for device, seq in content["acknowledged"].items()}
    if not all(is_device(device) for device in (*positions, *acknowledged)):
        raise ValueError("devices of a base")
    return BaseEnd(
        positions=positions,
        devices=tuple(Device.from_json(each) for each in content["devices"]),
        acknowledged=acknowledged,
    )


def _remove_old(folder: Folder, mine: bytes, name: str, number: int) -> None:
    """A base of mine that is older than those kept: the list first, so that nobody begins with it."""
    found = names.parse_base(name)
    if found is None or found[0] > number - KEPT:
        return
    data = folder.read_listed(names.BASES, name, signed.MAX_BYTES)
    try:
        content = signed.unseal(data or b"", DOMAIN, mine)
        parts = [str(digest) for digest, _ in content["parts"]]
    except (signed.NotSigned, ValueError, KeyError, TypeError):
        return
    if names.is_ours(f"{names.BASES}/{name}") and all(is_digest(part) for part in parts):
        folder.remove_mine(f"{names.BASES}/{name}")
        for part in parts:
            folder.remove_mine(names.base_part(found[0], part))
