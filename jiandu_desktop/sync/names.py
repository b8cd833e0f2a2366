"""Names of the files in the shared folder: `[a-z0-9.-]` only, so that every system and every stick can hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiandu_desktop.sync.operation import BlobRef

HEADS = "head"
JOURNALS = "dev"
BLOBS = "blob"
PROBES = "probe"
BASES = "base"
TOP_FOLDERS = (HEADS, JOURNALS, BLOBS, PROBES)
PART = ".part"

MAX_NAME = 80
MAX_PATH = 110

_OURS = re.compile(r"[a-z0-9-][a-z0-9.-]{0,79}")
_PLAIN = re.compile(r"[^/\\:\x00-\x1f]+")
# What is listed may be spelled in capitals by a client or a stick that folds case: there our own file is "there" for
# its owner, who does not send it again, so readers must know it too.
_SEGMENT = re.compile(r"([0-9]{8})-([0-9a-f]{16})[^/\\]*\.seg", re.IGNORECASE | re.ASCII)
_PACK = re.compile(r"([0-9]{8})-([0-9]{8})-([0-9a-f]{16})[^/\\]*\.pack", re.IGNORECASE | re.ASCII)
_BASE = re.compile(r"([0-9]{4})-([0-9a-f]{16})[^/\\]*\.base", re.IGNORECASE | re.ASCII)
_HEAD = re.compile(r"([a-z2-7]{16})\.([0-9]{8})\.([0-9a-f]{8})", re.IGNORECASE | re.ASCII)
_ROOT = re.compile(r"root-([0-9]{4})[^/\\]*\.json", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class HeadName:
    """What the name of a head says: this device has published up to `seq`, whose digest begins with `start`."""

    device: str
    seq: int
    start: str

    def __str__(self) -> str:
        return f"{self.device}.{self.seq:08d}.{self.start}"


@dataclass(frozen=True, slots=True)
class PackName:
    """What the name of a pack says: it holds the segments `first` to `last`, and its digest begins with `start`."""

    first: int
    last: int
    start: str

    def __str__(self) -> str:
        return f"{self.first:08d}-{self.last:08d}-{self.start}.pack"


def is_ours(path: str) -> bool:
    """Whether a relative path with `/` is one that we would make; nothing else is ever written or built from a file."""
    return len(path) <= MAX_PATH and all(_OURS.fullmatch(part) and not part.endswith(".") for part in path.split("/"))


def is_plain(name: str) -> bool:
    """Whether a name that the folder itself listed is safe to open: one path component, no tricks."""
    return _PLAIN.fullmatch(name) is not None and name not in (".", "..")


def journal(device: str) -> str:
    """The folder of a device's segments."""
    return f"{JOURNALS}/{device}"


def segment(seq: int, digest: str) -> str:
    """The file name of a segment: its number and the start of its digest, so that a clone never overwrites."""
    return f"{seq:08d}-{digest[:16]}.seg"


def parse_segment(name: str) -> tuple[int, str] | None:
    """Number and digest start of anything that looks like a segment, copies made by cloud clients included."""
    found = _SEGMENT.fullmatch(name)
    return (int(found[1]), found[2].lower()) if found and is_plain(name) else None


def pack(first: int, last: int, digest: str) -> PackName:
    return PackName(first, last, digest[:16])


def parse_pack(name: str) -> PackName | None:
    """What anything that looks like a pack says of itself, copies made by cloud clients included."""
    found = _PACK.fullmatch(name)
    return PackName(int(found[1]), int(found[2]), found[3].lower()) if found and is_plain(name) else None


def base(number: int, digest: str) -> str:
    """The path of an office's base: the signed list of its parts."""
    return f"{BASES}/{number:04d}-{digest[:16]}.base"


def parse_base(name: str) -> tuple[int, str] | None:
    """Number and digest start of anything that looks like a base."""
    found = _BASE.fullmatch(name)
    return (int(found[1]), found[2].lower()) if found and is_plain(name) else None


def base_part(number: int, digest: str) -> str:
    """The path of one part of a base; like a blob, it is named by the SHA-256 of its bytes."""
    return f"{BASES}/{number:04d}/{digest}"


def head(device: str, seq: int, digest: str) -> HeadName:
    return HeadName(device, seq, digest[:8])


def parse_head(name: str) -> HeadName | None:
    found = _HEAD.fullmatch(name)
    return HeadName(found[1].lower(), int(found[2]), found[3].lower()) if found else None


def root(number: int) -> str:
    return f"root-{number:04d}.json"


def parse_root(name: str) -> int | None:
    """The number of a root file, conflict copies included."""
    found = _ROOT.fullmatch(name)
    return int(found[1]) if found and is_plain(name) else None


def blob(ref: BlobRef) -> str:
    """The path of stored bytes: by quarter and the first two digits, about 700 names per folder at full size."""
    return f"{BLOBS}/{ref.period}/{ref.name[:2]}/{ref.name}"


def manifest(ref: BlobRef) -> str:
    """The path of the list of chunks of stored bytes that are too large for one file."""
    return f"{blob(ref)}.chunks"
