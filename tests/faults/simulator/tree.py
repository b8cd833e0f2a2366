"""The shared folder in memory: files and folders, what has reached the platter, old listings, letter case."""

from __future__ import annotations

import errno
import random
from collections.abc import Callable
from dataclasses import dataclass

FOREIGN = b"foreign "
TREND = 6
"""Old listings remembered per folder, for clients that show a stale one."""


@dataclass(slots=True)
class File:
    """`flushed` is what a power cut leaves of the content (None = nothing); `renamed_from` is the name that it falls
    back to as long as the folder itself is not flushed."""

    name: str
    data: bytes = b""
    flushed: bytes | None = None
    renamed_from: str | None = None
    direct: bool = False
    """Written under its own name: it may be whole and not yet flushed, and nobody can tell."""

    @property
    def foreign(self) -> bool:
        """Put there by somebody who has nothing to do with us."""
        return self.data.startswith(FOREIGN)


Listing = dict[str, File | None]


class Tree:
    """One folder tree; paths are relative, with `/`. A name maps to a file, or to None for a folder."""

    def __init__(self, name: str, *, folds_case: bool = False) -> None:
        self.name = name
        self.folds_case = folds_case
        self.capacity: int | None = None
        self.lies = False
        """Whether flushing is answered without being done (`strict sync = no`)."""
        self.refuses_rename = False
        """Create-only rights: nothing can be renamed or removed."""
        self.copies_on_rename = False
        self.used = 0
        self.folders: dict[str, Listing] = {"": {}}
        self.touched: dict[str, str] = {}
        """Who last removed or harmed a path: a device, or "" for third parties and power cuts."""
        self.dirty: set[str] = set()
        """Paths changed since a cloud client last looked."""
        self._trends: dict[str, list[tuple[float, list[str]]]] = {}
        self.now = 0.0

    # -- looking

    def fold(self, name: str) -> str:
        return name.casefold() if self.folds_case else name

    def listing(self, folder: str) -> Listing:
        found = self.folders.get(folder)
        if found is None:
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", folder)
        return found

    def names(self, folder: str) -> list[str]:
        return [entry.name if entry is not None else key for key, entry in self.listing(folder).items()]

    def old_names(self, folder: str, within: float, pick: Callable[[int], int]) -> list[str]:
        """A listing that was true at most `within` seconds ago."""
        fresh = self.names(folder)
        old = [names for moment, names in self._trends.get(folder, ()) if moment >= self.now - within]
        views = [*old, fresh]
        return views[pick(len(views))]

    def find(self, path: str) -> File | None:
        folder, _, name = path.rpartition("/")
        return self.folders.get(folder, {}).get(self.fold(name))

    def file(self, path: str) -> File:
        folder, _, name = path.rpartition("/")
        listing = self.listing(folder)
        key = self.fold(name)
        if key not in listing:
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", path)
        entry = listing[key]
        if entry is None:
            raise IsADirectoryError(errno.EISDIR, "Is a directory", path)
        return entry

    def files(self) -> list[tuple[str, File]]:
        """Every file with its path, in a fixed order."""
        return [
            (f"{folder}/{entry.name}" if folder else entry.name, entry)
            for folder in sorted(self.folders)
            for entry in self.folders[folder].values()
            if entry is not None
        ]

    def fingerprint(self) -> int:
        """Equal for equal contents within one run."""
        return hash(tuple(sorted((path, entry.data) for path, entry in self.files())))

    # -- changing

    def add(self, path: str, entry: File) -> File:
        folder, _, name = path.rpartition("/")
        listing = self.listing(folder)
        key = self.fold(name)
        if key in listing:
            raise FileExistsError(errno.EEXIST, "File exists", path)
        self._remember(folder)
        entry.name = name
        listing[key] = entry
        self.used += len(entry.data)
        self.dirty.add(path)
        return entry

    def remove(self, path: str, by: str = "") -> File:
        entry = self.file(path)
        folder, _, name = path.rpartition("/")
        self._remember(folder)
        del self.listing(folder)[self.fold(name)]
        self.used -= len(entry.data)
        self.touched[path] = by
        self.dirty.add(path)
        return entry

    def make_folder(self, path: str) -> None:
        folder, _, name = path.rpartition("/")
        listing = self.listing(folder)
        if self.fold(name) in listing:
            raise FileExistsError(errno.EEXIST, "File exists", path)
        self._remember(folder)
        listing[self.fold(name)] = None
        self.folders[path] = {}

    def change(self, path: str, entry: File, data: bytes) -> None:
        """New content of a file that stays where it is."""
        self.used += len(data) - len(entry.data)
        entry.data = data
        self.dirty.add(path)

    def place(self, path: str, data: bytes) -> None:
        """Third parties and cloud clients: put a file there, folders and all, whatever stood there before."""
        folder = path.rpartition("/")[0]
        self.make_folders(folder)
        if self.find(path) is not None:
            self.remove(path)
        self.add(path, File("", data, flushed=data))
        self.touched[path] = ""

    def make_folders(self, folder: str) -> None:
        parts = folder.split("/") if folder else []
        for depth in range(1, len(parts) + 1):
            above = "/".join(parts[:depth])
            if above not in self.folders:
                self.make_folder(above)

    def harm(self, path: str, data: bytes) -> None:
        """Rot, truncation: other bytes under the same name."""
        self.change(path, self.file(path), data)
        self.touched[path] = ""

    # -- power and backups

    def lose_power(self, rng: random.Random) -> int:
        """Unflushed bytes are gone, names may stay; returns how many files changed."""
        changed = 0
        for path, entry in self.files():
            back, entry.renamed_from = entry.renamed_from, None
            if back and rng.random() < 0.5 and self.find(back) is None:
                changed += 1
                self.remove(path)
                self.add(back, entry)
                self.touched[path] = self.touched[back] = ""
                continue
            if entry.flushed == entry.data:
                continue
            changed += 1
            if entry.flushed is None and rng.random() < 0.5:
                self.remove(path)
                continue
            kept = entry.flushed or b""
            short = entry.data[: rng.choice((0, 0, len(entry.data) // 2, max(len(entry.data) - 100, 0)))]
            self.harm(path, kept or short)
            entry.flushed = entry.data
        return changed

    def settle(self) -> None:
        """Everything written reaches the platter, as it does after some seconds in peace."""
        for listing in self.folders.values():
            for entry in listing.values():
                if entry is not None:
                    entry.flushed, entry.renamed_from = entry.data, None

    def backup(self) -> list[tuple[str, bytes]]:
        return [(path, entry.data) for path, entry in self.files() if not entry.foreign]

    def restore(self, backup: list[tuple[str, bytes]]) -> None:
        """Back to what the folder held; foreign files stay."""
        wanted = dict(backup)
        for path, entry in self.files():
            if not entry.foreign and wanted.get(path) != entry.data:
                self.remove(path)
        for path, data in backup:
            if self.find(path) is None:
                self.place(path, data)

    def _remember(self, folder: str) -> None:
        trend = self._trends.setdefault(folder, [])
        trend.append((self.now, self.names(folder)))
        del trend[:-TREND]
