"""The system calls that sync makes on the shared folder, one method each, so that tests can break every one of them."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from enum import StrEnum
from pathlib import Path
from typing import Protocol


class Disk(Protocol):
    """Calls on absolute paths; every one raises OSError as the system does."""

    def names(self, folder: Path) -> list[str]: ...

    def size(self, path: Path) -> int: ...

    def modified(self, path: Path) -> float:
        """Seconds since 1970, by the clock of whoever keeps the folder."""

    def read(self, path: Path, limit: int) -> bytes:
        """At most `limit` + 1 bytes from the start."""

    def create(self, path: Path) -> int:
        """Open a new file for writing; FileExistsError where the name is taken."""

    def write(self, handle: int, data: bytes) -> int:
        """Write some of `data` and return how much."""

    def sync(self, handle: int) -> None: ...

    def close(self, handle: int) -> None: ...

    def rename(self, old: Path, new: Path) -> None: ...

    def remove(self, path: Path) -> None: ...

    def make_folder(self, path: Path) -> None: ...

    def sync_folder(self, path: Path) -> None: ...

    def free_bytes(self, path: Path) -> int: ...


class LocalDisk:
    """The operating system: local paths, mounted shares, UNC paths and sticks alike."""

    def names(self, folder: Path) -> list[str]:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries]

    def size(self, path: Path) -> int:
        return path.stat().st_size

    def modified(self, path: Path) -> float:
        return path.stat().st_mtime

    def read(self, path: Path, limit: int) -> bytes:
        with path.open("rb") as source:
            return source.read(limit + 1)

    def create(self, path: Path) -> int:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)

    def write(self, handle: int, data: bytes) -> int:
        return os.write(handle, data)

    def sync(self, handle: int) -> None:
        os.fsync(handle)

    def close(self, handle: int) -> None:
        os.close(handle)

    def rename(self, old: Path, new: Path) -> None:
        # Never onto an existing name (some CIFS clients fail, POSIX would overwrite): the caller has looked, and
        # only one device writes this name. MoveFileEx without REPLACE_EXISTING refuses by itself on Windows.
        old.rename(new)

    def remove(self, path: Path) -> None:
        path.unlink()

    def make_folder(self, path: Path) -> None:
        path.mkdir()

    def sync_folder(self, path: Path) -> None:
        if os.name == "nt":
            return
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            # Network mounts cannot sync a folder; anything else (EIO) is a real failure.
            if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
                raise
        finally:
            os.close(handle)

    def free_bytes(self, path: Path) -> int:
        return shutil.disk_usage(path).free


class Failure(StrEnum):
    """What an error of the folder means for what to do next."""

    ABSENT = "absent"
    EXISTS = "exists"
    TRANSIENT = "transient"
    SPACE = "space"
    PERMISSION = "permission"
    NAME = "name"


_BY_WINERROR = {
    **dict.fromkeys((2, 3), Failure.ABSENT),
    **dict.fromkeys((80, 183), Failure.EXISTS),
    **dict.fromkeys((5, 32, 33, 53, 59, 64, 67, 121, 1224, 1231, 1236), Failure.TRANSIENT),
    **dict.fromkeys((39, 112, 1295), Failure.SPACE),
    **dict.fromkeys((19,), Failure.PERMISSION),
    **dict.fromkeys((123, 206), Failure.NAME),
}
_BY_ERRNO = {
    **dict.fromkeys((errno.ENOENT, errno.ENOTDIR), Failure.ABSENT),
    **dict.fromkeys((errno.EEXIST,), Failure.EXISTS),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), Failure.SPACE),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), Failure.PERMISSION),
    **dict.fromkeys((errno.ENAMETOOLONG, errno.EILSEQ), Failure.NAME),
}


def failure_of(error: OSError) -> Failure:
    """The class of an error. Windows says ACCESS_DENIED while a virus scanner or reader holds the file, so 5 is tried
    again there; what nobody has listed (EIO, ESTALE, ETIMEDOUT, a dropped mount) may pass too."""
    code = getattr(error, "winerror", None)
    if isinstance(code, int) and code:
        return _BY_WINERROR.get(code, Failure.TRANSIENT)
    return _BY_ERRNO.get(error.errno or 0, Failure.TRANSIENT)


def discard(disk: Disk, path: Path) -> None:
    """Remove a file of ours that may not be there; what cannot be removed is met again at the next try."""
    with contextlib.suppress(OSError):
        disk.remove(path)
