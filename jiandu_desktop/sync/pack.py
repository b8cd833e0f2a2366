"""A pack: many confirmed segments of one device in one file, each still proving itself by its own signature."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from jiandu_desktop.sync import canonical, names, segment
from jiandu_desktop.sync.folder import Folder
from jiandu_desktop.sync.identity import SIGNATURE_BYTES, DeviceKey, is_signed

MAGIC: Final = b"DDPK"
CONTAINER: Final = 1
DOMAIN: Final = "jiandu pack 1"
MAX_FILE: Final = 32 * 1024 * 1024
MAX_INDEX: Final = 1024 * 1024
MAX_SEGMENTS: Final = 5000

_PREFIX: Final = struct.Struct(">4sBI")
_TRAILER: Final = 32 + SIGNATURE_BYTES


class NotAPack(ValueError):
    """The bytes are no pack of this container, or its index cannot be read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One segment of a pack: its number, its digest and its encoded bytes."""

    seq: int
    digest: str
    raw: bytes


def encode(repo_id: str, entries: Sequence[Entry], key: DeviceKey) -> bytes:
    """The bytes of a pack of consecutive segments of `key`'s device; raises ValueError where it would be too large."""
    seqs = [entry.seq for entry in entries]
    if not entries or seqs != list(range(seqs[0], seqs[0] + len(seqs))) or len(seqs) > MAX_SEGMENTS:
        raise ValueError("a pack holds consecutive segments")
    index = canonical.to_bytes(
        {
            "repo_id": repo_id,
            "dev": key.device,
            "key": key.public.hex(),
            "segments": [[entry.seq, entry.digest, len(entry.raw)] for entry in entries],
        }
    )
    content = _PREFIX.pack(MAGIC, CONTAINER, len(index)) + index + b"".join(entry.raw for entry in entries)
    digest = hashlib.sha256(content).digest()
    whole = content + digest + key.sign(DOMAIN, digest)
    if len(whole) > MAX_FILE or len(index) > MAX_INDEX:
        raise ValueError("a pack must stay within the limits")
    return whole


def digest_of(whole: bytes) -> str:
    """The digest written in the trailer of encoded bytes."""
    return whole[-_TRAILER:-SIGNATURE_BYTES].hex()


def is_whole(data: bytes, public_key: bytes) -> bool:
    """Whether every byte is as its owner signed it: asked before the originals go."""
    written = data[-_TRAILER:-SIGNATURE_BYTES]
    return (
        len(data) > _TRAILER
        and hashlib.sha256(data[:-_TRAILER]).digest() == written
        and is_signed(public_key, DOMAIN, written, data[-SIGNATURE_BYTES:])
    )


def entries_of(data: bytes) -> tuple[Entry, ...]:
    """The segments that the index names, as far as the bytes reach; unproven: `segment.decode` proves each of them.

    Raises NotAPack.
    """
    if len(data) > MAX_FILE or len(data) < _PREFIX.size:
        raise NotAPack("length")
    magic, container, length = _PREFIX.unpack_from(data)
    if magic != MAGIC or container != CONTAINER or length > MAX_INDEX:
        raise NotAPack("container")
    at = _PREFIX.size + length
    try:
        listed = canonical.from_bytes(data[_PREFIX.size : at])["segments"]
        rows = [(int(seq), str(digest), int(size)) for seq, digest, size in listed]
    except (ValueError, KeyError, TypeError) as error:
        raise NotAPack(str(error)) from error
    found = []
    for seq, digest, size in rows[:MAX_SEGMENTS]:
        if not 0 < size <= segment.MAX_FILE or at + size > len(data):
            break
        found.append(Entry(seq, digest, data[at : at + size]))
        at += size
    return tuple(found)


def read_pack(folder: Folder, device: str, name: str) -> Mapping[int, bytes]:
    """Number → bytes of the segments in a pack that the folder listed; nothing where it cannot be read as one."""
    data = folder.read_listed(names.journal(device), name, MAX_FILE)
    try:
        return {entry.seq: entry.raw for entry in entries_of(data or b"")}
    except NotAPack:
        return {}
