"""Photos, documents and checklists in the folder: whole files named by their SHA-256, large ones in chunks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.sync import canonical, names
from jiandu_desktop.sync.folder import Folder
from jiandu_desktop.sync.operation import BlobRef, is_digest
from jiandu_desktop.sync.refusal import Why

MAX_BLOB: Final = 128 * 1024 * 1024
WHOLE: Final = 16 * 1024 * 1024
"""Up to this length bytes are one file and are sent anew after an interruption; above it they are cut."""
CHUNK: Final = 8 * 1024 * 1024
MAX_MANIFEST: Final = 64 * 1024


def put_blob(folder: Folder, ref: BlobRef, data: bytes, *, owner: bool) -> int:
    """Put verified bytes into the folder; returns the bytes written (0: all was there).

    The `owner` replaces a damaged file of its name. Anybody else leaves it and puts the bytes beside it. Chunks that
    are there already are not sent again; the list of chunks comes last. Raises Trouble as `Folder.put` does.
    """
    if ref.length <= WHOLE:
        return _put(folder, names.blob(ref), data, owner=owner)
    written = 0
    chunks: list[list[str | int]] = []
    for start in range(0, ref.length, CHUNK):
        piece = data[start : start + CHUNK]
        chunk = _chunk(ref, hashlib.sha256(piece).hexdigest(), len(piece))
        written += _put(folder, names.blob(chunk), piece, owner=owner)
        chunks.append([chunk.name, chunk.length])
    listed = canonical.to_bytes({"sha256": ref.name, "len": ref.length, "chunks": chunks})
    return written + _put(folder, names.manifest(ref), listed, owner=owner)


def read_blob(folder: Folder, ref: BlobRef) -> bytes | None:
    """The bytes, proven by their SHA-256, or None where they are not (or not yet whole) in the folder."""
    if ref.length > MAX_BLOB:
        return None
    if ref.length <= WHOLE:
        return _read(folder, ref)
    for manifest in _copies(folder, names.manifest(ref), MAX_MANIFEST):
        data = _assembled(folder, ref, manifest)
        if data is not None:
            return data
    return None


def has_blob(folder: Folder, ref: BlobRef) -> bool:
    """Whether the folder seems to hold the bytes: by name and length, without reading them."""
    if ref.length <= WHOLE:
        return folder.size(names.blob(ref)) == ref.length
    return folder.size(names.manifest(ref)) is not None


def fault_of(folder: Folder, ref: BlobRef) -> Why:
    """Why `read_blob` gave nothing."""
    if ref.length > MAX_BLOB:
        return Why.OVERSIZE
    size = folder.size(names.blob(ref) if ref.length <= WHOLE else names.manifest(ref))
    if size is None:
        return Why.MISSING
    return Why.INCOMPLETE if size < ref.length else Why.CORRUPT


def is_named(ref: BlobRef, data: bytes) -> bool:
    """Whether these are the bytes that the reference names."""
    return len(data) == ref.length and hashlib.sha256(data).hexdigest() == ref.name


def _put(folder: Folder, path: str, data: bytes, *, owner: bool) -> int:
    try:
        return folder.put(path, data, mine=owner, careful=folder.careful, entry=False)
    except Trouble as trouble:
        if owner or trouble.code != "folder-name-taken":
            raise
    # Nobody's file is ever changed: the whole bytes are laid beside it, under a name that is this device's alone.
    return folder.put(f"{path}-{folder.mark}", data, mine=True, careful=folder.careful, entry=False)


def _read(folder: Folder, ref: BlobRef) -> bytes | None:
    return next((data for data in _copies(folder, names.blob(ref), ref.length) if is_named(ref, data)), None)


def _assembled(folder: Folder, ref: BlobRef, manifest: bytes | None) -> bytes | None:
    """The bytes that the list of chunks leads to; the list itself proves nothing, the result does."""
    if manifest is None or len(manifest) > MAX_MANIFEST:
        return None
    try:
        listed = [(str(name), int(length)) for name, length in canonical.from_bytes(manifest)["chunks"]]
    except (ValueError, KeyError, TypeError):
        return None
    if sum(length for _, length in listed) != ref.length or not all(is_digest(name) for name, _ in listed):
        return None
    whole = bytearray()
    for name, length in listed:
        folder.check()
        piece = _read(folder, _chunk(ref, name, length)) if 0 < length <= CHUNK else None
        if piece is None:
            return None
        whole += piece
    data = bytes(whole)
    return data if is_named(ref, data) else None


def _chunk(ref: BlobRef, name: str, length: int) -> BlobRef:
    return BlobRef(name, length, ref.period, ref.role)


def _copies(folder: Folder, path: str, limit: int) -> Iterator[bytes]:
    """The owner's file, and where that was not what was looked for, those that others laid beside it."""
    data = folder.read(path, limit)
    if data is None:
        return
    yield data
    above, _, own = path.rpartition("/")
    for name in folder.list(above):
        if name.startswith(f"{own}-"):
            beside = folder.read_listed(above, name, limit)
            if beside is not None:
                yield beside
