"""The calls of one device on a tree: every one may fail, lie, come late or be the last; none may touch what is not its.

Implements `sync.disk.Disk`. The check of I8 (no file of another device is changed) stands here, at every call.
"""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from jiandu_desktop.sync import names, signed
from tests.faults.simulator.climate import Climate
from tests.faults.simulator.tree import File, Tree

MOST_CALLS = 20_000
"""Calls of one sync; more is an endless loop (I9)."""


class Killed(BaseException):
    """The process is dead: whatever it still tries is refused."""


class Surroundings(Protocol):
    """What a wire needs of the simulated world."""

    climate: Climate
    now: float
    authors: dict[str, set[str]]
    """Who has ever written a path."""

    def random(self) -> float: ...

    def pick(self, below: int) -> int: ...

    def turn(self, who: str, call: str, path: str) -> None:
        """Time passes, others may go on, things may happen to the folder."""

    def violated(self, invariant: str, message: str) -> None: ...

    def going(self, tree: Tree, path: str, data: bytes) -> None:
        """A file is about to be removed by its owner."""


class Wire:
    """One device's connection to one tree, for one sync; dead after a kill, deaf after a disconnection."""

    def __init__(
        self,
        world: Surroundings,
        tree: Tree,
        root: Path,
        identities: Callable[[], tuple[str, ...]],
        *,
        is_office: bool,
        read_only: bool = False,
    ) -> None:
        self._world = world
        self.tree = tree
        self._prefix = len(str(root)) + 1
        self._identities = identities
        self._is_office = is_office
        self._read_only = read_only
        self._open: dict[int, tuple[str, File]] = {}
        self._seen_absent: set[str] = set()
        self._misread: set[str] = set()
        self._next = 3
        self.calls = 0
        self.dead = False
        self._deaf = False

    @property
    def _device(self) -> str:
        return self._identities()[0]

    # -- looking

    def names(self, folder: Path) -> list[str]:
        path = self._call("names", folder)
        climate = self._world.climate
        if climate.strikes("stale listing"):
            self._present(path)
            return self.tree.old_names(path, 60.0, self._world.pick)
        found = self.tree.names(path)
        if path and climate.strikes("partial listing"):
            found = [name for name in found if self._world.random() > 0.2]
        return found

    def size(self, path: Path) -> int:
        return len(self.tree.file(self._call("size", path)).data)

    def modified(self, path: Path) -> float:
        self.tree.file(self._call("modified", path))
        return self._world.now

    def free_bytes(self, path: Path) -> int:
        self._call("free", path)
        return 10**9 if self.tree.capacity is None else max(self.tree.capacity - self.tree.used, 0)

    def read(self, path: Path, limit: int) -> bytes:
        where = self._call("read", path)
        if self.tree.find(where) is None:
            self._seen_absent.add(where)
        data = self.tree.file(where).data[: limit + 1]
        if self._world.climate.strikes("placeholder"):
            raise OSError(errno.EIO, "The file is not here yet", where)
        if data and self._world.climate.strikes("spoilt read"):
            at = self._world.pick(len(data))
            self._misread.add(where)
            return data[:at] + bytes([data[at] ^ 0x40]) + data[at + 1 :]
        return data

    # -- writing

    def create(self, path: Path) -> int:
        where = self._call("create", path, changes=True)
        self._may_create(where)
        entry = self.tree.add(where, File("", direct=not where.endswith(names.PART)))
        self._world.authors.setdefault(where.removesuffix(names.PART).rpartition(".")[0], set()).add(self._device)
        self._world.authors.setdefault(where, set()).add(self._device)
        if self._world.climate.strikes("lost reply"):
            raise OSError(errno.ETIMEDOUT, "Connection timed out", where)
        self._next += 1
        self._open[self._next] = (where, entry)
        return self._next

    def write(self, handle: int, data: bytes) -> int:
        where, entry = self._open[handle]
        self._call("write", where, changes=True, dying=lambda: self._append(where, entry, data[: len(data) // 2]))
        if self.tree.capacity is not None:
            room = self.tree.capacity - self.tree.used
            if room <= 0:
                raise OSError(errno.ENOSPC, "No space left on device", where)
            data = data[:room]
        if len(data) > 1 and self._world.climate.strikes("short write"):
            data = data[: 1 + self._world.pick(len(data) - 1)]
        self._append(where, entry, data)
        if self._world.climate.strikes("lost reply"):
            raise OSError(errno.ETIMEDOUT, "Connection timed out", where)
        return len(data)

    def sync(self, handle: int) -> None:
        where, entry = self._open[handle]
        self._call("sync", where)
        if self._world.climate.strikes("flush fails"):
            raise OSError(errno.EIO, "Input/output error", where)
        if not self.tree.lies:
            entry.flushed = entry.data

    def close(self, handle: int) -> None:
        if self.dead:
            raise Killed
        where, _ = self._open.pop(handle, ("", None))
        if where and self._world.climate.strikes("close fails"):
            raise OSError(errno.EIO, "Input/output error", where)

    def rename(self, old: Path, new: Path) -> None:
        source = self._call("rename", old, changes=True)
        target = self._relative(new)
        if not self._is_my_part(source.rpartition("/")[2]):
            self._world.violated("I8", f"{self._device} renames {source}, which is not a .part of its own")
        self._may_create(target)
        if self.tree.refuses_rename:
            raise PermissionError(errno.EACCES, "Permission denied", source)
        if self.tree.find(target) is not None:
            if target not in self._seen_absent:
                self._world.violated("I8", f"{self._device} renames onto {target} without having looked")
            raise FileExistsError(errno.EEXIST, "File exists", target)
        entry = self.tree.file(source)
        torn = self._world.climate.strikes("torn rename")
        if self.tree.copies_on_rename or torn:
            # Some mounts copy and delete; where they are interrupted, both names stay, the new one short.
            short = entry.data[: self._world.pick(len(entry.data) + 1)] if torn else entry.data
            self.tree.add(target, File("", short, direct=True))
            if torn:
                raise OSError(errno.ETIMEDOUT, "Connection timed out", source)
            self.tree.remove(source, self._device)
        else:
            self.tree.remove(source, self._device)
            entry.renamed_from = source
            self.tree.add(target, entry)
        if self._world.climate.strikes("lost reply"):
            raise OSError(errno.ETIMEDOUT, "Connection timed out", source)

    def remove(self, path: Path) -> None:
        where = self._call("remove", path, changes=True)
        entry = self.tree.file(where)
        self._may_remove(where, entry)
        if self.tree.refuses_rename:
            raise PermissionError(errno.EACCES, "Permission denied", where)
        if where not in self._misread:
            self._world.going(self.tree, where, entry.data)
        self.tree.remove(where, self._device)
        self._seen_absent.add(where)
        if self._world.climate.strikes("lost reply"):
            raise OSError(errno.ETIMEDOUT, "Connection timed out", where)

    def make_folder(self, path: Path) -> None:
        where = self._call("make folder", path, changes=True)
        self.tree.make_folder(where)
        if self._world.climate.strikes("lost reply"):
            raise OSError(errno.ETIMEDOUT, "Connection timed out", where)

    def sync_folder(self, path: Path) -> None:
        where = self._call("sync folder", path)
        self._present(where)
        if not self.tree.lies:
            for entry in self.tree.listing(where).values():
                if entry is not None:
                    entry.renamed_from = None

    # -- inside

    def _call(
        self, call: str, path: Path | str, *, changes: bool = False, dying: Callable[[], None] = lambda: None
    ) -> str:
        if self.dead:
            raise Killed
        where = path if isinstance(path, str) else self._relative(path)
        self.calls += 1
        if self.calls == MOST_CALLS:
            self._world.violated("I9", f"{self._device} made {MOST_CALLS} calls in one sync")
            self.dead = True
            raise Killed
        self._world.turn(self._device, call, where)
        climate = self._world.climate
        if climate.strikes("kill"):
            dying()
            self.dead = True
            raise Killed
        if climate.strikes("disconnect"):
            self._deaf = True
        if self._deaf:
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", where)
        if climate.strikes("transient"):
            raise OSError(errno.EAGAIN, "Resource temporarily unavailable", where)
        if changes and self._read_only:
            raise OSError(errno.EROFS, "Read-only file system", where)
        if call in ("read", "names") and climate.strikes("no access"):
            raise PermissionError(errno.EACCES, "Permission denied", where)
        return where

    def _present(self, folder: str) -> None:
        self.tree.listing(folder)

    def _relative(self, path: Path) -> str:
        return str(path)[self._prefix :].replace("\\", "/")

    def _append(self, where: str, entry: File, data: bytes) -> None:
        if self.tree.find(where) is entry:
            self.tree.change(where, entry, entry.data + data)
        else:
            entry.data += data

    def _is_my_part(self, name: str) -> bool:
        return name.endswith(tuple(f".{device[:6]}{names.PART}" for device in self._identities())) or (
            name.startswith(self._identities()) and name.endswith(names.PART)
        )

    def _may_create(self, where: str) -> None:
        """A device adds to its own journal and heads, to the blobs and the probes; an office puts back anybody's
        segments; only the readable tree and the two files at the top come from elsewhere."""
        area, _, rest = where.partition("/")
        mine = rest.startswith(self._identities()) or area == names.BLOBS or area.startswith((".stignore", "root-"))
        if not mine and not (self._is_office and area in (names.JOURNALS, names.BASES)):
            self._world.violated("I8", f"{self._device} creates {where}")

    def _may_remove(self, where: str, entry: File) -> None:
        area, _, rest = where.partition("/")
        name = where.rpartition("/")[2]
        if name.endswith(names.PART):
            allowed = self._is_my_part(name) or (area == names.JOURNALS and rest.startswith(self._identities()))
        elif area in (names.BLOBS, names.BASES):
            allowed = bool(self._world.authors.get(where, set()).intersection(self._identities()))
        elif area.startswith("root-"):
            allowed = not is_root(entry.data)
        else:
            # What a direct write of its own left unfinished in somebody else's journal, the office takes away again.
            unfinished = self._is_office and self._device in self._world.authors.get(where, set())
            allowed = rest.startswith(self._identities()) or unfinished
        if not allowed:
            self._world.violated("I8", f"{self._device} removes {where}, which is not its own")


def is_root(data: bytes) -> bool:
    """Whether this reads as a root file; half of one may be replaced."""
    try:
        return "publishers" in signed.content_of(data)
    except signed.NotSigned:
        return False


def is_proven(data: bytes) -> bool:
    """Whether the digest in the trailer of a segment or pack is that of the bytes before it."""
    return len(data) > 96 and hashlib.sha256(data[:-96]).digest() == data[-96:-64]
