"""What a shared folder can do, found out by trying it on small files of our own, and how it is therefore used."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jiandu_desktop.sync import names
from jiandu_desktop.sync.disk import Disk, Failure, discard, failure_of
from jiandu_desktop.sync.folder import Mode

_SAMPLE = bytes(range(256)) * 16
_SPEED_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """The result. `skew_seconds` is the folder's clock minus this laptop's, None where nothing could be written;
    `free_bytes` None where the folder does not say; `refusal` is the system's word where writing failed. `exclusive`:
    a taken name is refused to a second writer; `lists_at_once`: a new file is in the next listing. Times are None
    unless a timer was given: seconds of one listing, and MB (2^20 bytes) per second of writing and flushing."""

    mode: Mode
    skew_seconds: float | None
    free_bytes: int | None
    is_gvfs: bool
    reads_back: bool
    keeps_case: bool
    refusal: str = ""
    full: bool = False
    exclusive: bool = True
    lists_at_once: bool = True
    list_seconds: float | None = None
    write_mb_per_second: float | None = None


def probe(
    root: Path, disk: Disk, *, device: str, nonce: str, now: datetime, timer: Callable[[], float] | None = None
) -> Probe:
    """Try the folder at `root`; leaves nothing behind. `nonce` is [a-z0-9] and new each time. With a `timer` (seconds
    from any beginning) 8 MiB are written to learn the speed.

    A failure is a finding, not an error; the caller has already seen that the folder is there (`root.read_root`).
    """
    base = root / names.PROBES
    first, second = base / f"{device}-{nonce}{names.PART}", base / f"{device}-{nonce}"
    free = _free(root, disk)
    gvfs = is_gvfs(root)
    takes_parts = True
    try:
        _make(base, disk)
        _clear(base, device, disk)
        try:
            _write(first, disk)
        except OSError as error:
            if failure_of(error) is Failure.SPACE:
                raise
            # Some servers refuse names like `.part` (veto lists) and nothing else.
            discard(disk, first)
            takes_parts, first = False, base / f"{device}-{nonce}-0"
            _write(first, disk)
    except OSError as error:
        discard(disk, first)
        full = failure_of(error) is Failure.SPACE
        return Probe(
            mode=Mode.RENAME if full else Mode.READ_ONLY,
            skew_seconds=None,
            free_bytes=free,
            is_gvfs=gvfs,
            reads_back=False,
            keeps_case=True,
            refusal=error.strerror or str(error),
            full=full,
        )
    try:
        exclusive = not _creates_again(first, disk)
        return Probe(
            exclusive=exclusive,
            lists_at_once=_is_listed(first, disk),
            list_seconds=None if timer is None else _listing_time(base, disk, timer),
            write_mb_per_second=None if timer is None else _speed(base / f"{device}-{nonce}-8", disk, timer),
            mode=Mode.RENAME if takes_parts and not gvfs and _renames(first, second, disk) else Mode.DIRECT,
            skew_seconds=_skew(first, second, disk, now),
            free_bytes=free,
            is_gvfs=gvfs,
            reads_back=_reads_back(first, second, disk),
            keeps_case=not _is_there(base / f"{device}-{nonce}".upper(), disk),
        )
    finally:
        discard(disk, first)
        discard(disk, second)


def is_gvfs(root: Path) -> bool:
    """Whether the path leads through GNOME's FUSE mount, where renames are strange (KeePassXC #803, #11098)."""
    parts = root.absolute().parts
    return any(part == "gvfs" or part.startswith(("smb-share:", "sftp:", "dav:")) for part in parts)


def _make(base: Path, disk: Disk) -> None:
    try:
        disk.names(base)
    except FileNotFoundError:
        disk.make_folder(base)


def _clear(base: Path, device: str, disk: Disk) -> None:
    """Trial files of this device from a trial that was killed."""
    for name in disk.names(base):
        if name.startswith(f"{device}-") and names.is_ours(name):
            discard(disk, base / name)


def _creates_again(path: Path, disk: Disk) -> bool:
    try:
        handle = disk.create(path)
    except OSError:
        return False
    disk.close(handle)
    return True


def _is_listed(path: Path, disk: Disk) -> bool:
    try:
        return path.name in disk.names(path.parent)
    except OSError:
        return False


def _listing_time(base: Path, disk: Disk, timer: Callable[[], float]) -> float | None:
    start = timer()
    try:
        disk.names(base)
    except OSError:
        return None
    return timer() - start


def _speed(path: Path, disk: Disk, timer: Callable[[], float]) -> float | None:
    start = timer()
    try:
        _write(path, disk, _SAMPLE * (_SPEED_BYTES // len(_SAMPLE)))
    except OSError:
        return None
    finally:
        discard(disk, path)
    return (_SPEED_BYTES >> 20) / max(timer() - start, 1e-6)


def _write(path: Path, disk: Disk, content: bytes = _SAMPLE) -> None:
    handle = disk.create(path)
    try:
        view = memoryview(content)
        while view:
            view = view[disk.write(handle, bytes(view)) :]
        disk.sync(handle)
    finally:
        disk.close(handle)


def _renames(first: Path, second: Path, disk: Disk) -> bool:
    try:
        disk.rename(first, second)
    except OSError:
        return False
    return True


def _skew(first: Path, second: Path, disk: Disk, now: datetime) -> float | None:
    for path in (second, first):
        try:
            return disk.modified(path) - now.timestamp()
        except OSError:
            continue
    return None


def _reads_back(first: Path, second: Path, disk: Disk) -> bool:
    wanted = hashlib.sha256(_SAMPLE).digest()
    for path in (second, first):
        try:
            return hashlib.sha256(disk.read(path, len(_SAMPLE))).digest() == wanted
        except OSError:
            continue
    return False


def _is_there(path: Path, disk: Disk) -> bool:
    try:
        disk.size(path)
    except OSError:
        return False
    return True


def _free(root: Path, disk: Disk) -> int | None:
    try:
        return disk.free_bytes(root)
    except OSError:
        return None
