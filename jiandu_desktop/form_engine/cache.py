"""What is slow to make of a workbook, kept on the disk: its XForm and what only the sheets know; damaged, made anew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from jiandu_desktop import __version__
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.paths import write_atomically

_FORMAT: Final = 2  # raise it when what is kept, or how it is made from a workbook, changes
_LARGEST: Final = 120_000_000  # bytes of one entry
_MOST: Final = 64  # entries; the oldest go


@dataclass(frozen=True, slots=True)
class Prepared:
    """A checked workbook, ready to be parsed.

    `lists`: those of the sheet external_choices, as (columns, rows). `files`: SHA-256 of every list beside the
    workbook that was looked through, by name.
    """

    xform: str
    matters: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: frozenset[str] = frozenset()
    lists: Mapping[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


def kept(folder: Path, digest: str) -> Prepared | None:
    """The entry of a workbook by its SHA-256; None where there is none, or one that is not what was written."""
    try:
        path = _path(folder, digest)
        if path.stat().st_size > _LARGEST:
            return None
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if head != _head(digest, body):
        return None
    try:
        return _read(json.loads(body))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def keep(folder: Path, digest: str, prepared: Prepared) -> None:
    """Write an entry; that it cannot be written (disk full, folder read-only) only costs time later."""
    content = {
        "xform": prepared.xform,
        "matters": dict(prepared.matters),
        "phrases": {name: list(wordings) for name, wordings in prepared.phrases.items()},
        "notes": sorted(prepared.notes),
        "lists": prepared.lists,
        "files": dict(prepared.files),
    }
    body = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    if len(body) > _LARGEST - 200:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = sorted(folder.glob("*.form"), key=lambda path: path.stat().st_mtime)
        for path in others[: max(0, len(others) - _MOST + 1)]:
            path.unlink(missing_ok=True)
        write_atomically(_path(folder, digest), _head(digest, body) + b"\n" + body)
    except (OSError, Trouble):
        return


def _path(folder: Path, digest: str) -> Path:
    return folder / f"{digest}.form"


def _head(digest: str, body: bytes) -> bytes:
    """Whose entry it is, made by which program, and the hash of what follows."""
    return f"jiandu-form {_FORMAT} {__version__} {digest} {hashlib.sha256(body).hexdigest()}".encode()


def _read(content: Any) -> Prepared:
    if not isinstance(content["xform"], str):
        raise TypeError("xform")
    return Prepared(
        xform=content["xform"],
        matters={str(name): str(label) for name, label in content["matters"].items()},
        phrases={str(name): tuple(map(str, wordings)) for name, wordings in content["phrases"].items()},
        notes=frozenset(map(str, content["notes"])),
        lists={
            str(name): (tuple(map(str, columns)), tuple(tuple(map(str, row)) for row in rows))
            for name, (columns, rows) in content["lists"].items()
        },
        files={str(name): str(digest) for name, digest in content["files"].items()},
    )
