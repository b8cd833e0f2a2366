"""The shared folder as sync sees it: list, read, and a put that may be repeated and never overwrites."""

from __future__ import annotations

import contextlib
import copy
import time
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import NoReturn, TypeVar

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.sync import names
from jiandu_desktop.sync.disk import Disk, Failure, LocalDisk, discard, failure_of
from jiandu_desktop.sync.lanes import Lanes, OneLane

CHUNK = 1024 * 1024
FIRST_WAIT = 0.1
LONGEST_WAIT = 30.0
LONGEST_PIECE = 0.5
PATIENCE = 30.0
"""Seconds of waiting, all tries of one call together, before a passing error counts as lasting."""
TRIES = 4
"""How often a whole file is written anew after a failed flush or a read-back that differs."""

_IGNORE_LIST = ".stignore"
_T = TypeVar("_T")


class Mode(StrEnum):
    """How files are published: by rename, directly (create-only shares, GVFS), or not at all."""

    RENAME = "rename"
    DIRECT = "direct"
    READ_ONLY = "read-only"


class Folder:
    """One shared folder reached from one device.

    Every method raises Trouble: `folder-missing`, `folder-unreachable`, `folder-full`, `folder-read-only`,
    `folder-name-refused`, `folder-spoils`. `sleep` and `disk` are handed in so that tests need no time and no luck.
    """

    def __init__(
        self,
        root: Path,
        *,
        device: str = "",
        mode: Mode = Mode.RENAME,
        disk: Disk | None = None,
        sleep: Callable[[float], None] = time.sleep,
        check: Callable[[], None] = lambda: None,
        lanes: Lanes | None = None,
        careful: bool = True,
    ) -> None:
        self.root = root
        self.mode = mode
        self.disk: Disk = disk if disk is not None else LocalDisk()
        self._mark = f".{(device or 'office0')[:6]}"
        self._sleep = sleep
        self.lanes: Lanes = lanes if lanes is not None else OneLane()
        self.careful = careful
        """Whether photos too are read back whole after writing (sticks); else their length is asked. What an office
        confirms it has read in any case."""
        self.check = check
        """Called between chunks and before each wait; whatever it raises leaves nothing half-done behind."""

    @property
    def mark(self) -> str:
        """Six characters that end names which are this device's alone."""
        return self._mark.removeprefix(".")

    @property
    def shown(self) -> str:
        """The path as the user knows it."""
        return str(self.root)

    def exists(self) -> bool:
        """Whether the folder itself can be listed now."""
        try:
            self._patiently(lambda: self.disk.names(self.root), reading=True)
        except _NOTHING_THERE:
            return False
        return True

    def list(self, folder: str) -> tuple[str, ...]:
        """The names in a folder of ours ("" = the root), sorted; none where it does not exist."""
        path = self._path(folder)
        try:
            return tuple(sorted(self._patiently(lambda: self.disk.names(path), reading=True)))
        except _NOTHING_THERE:
            return ()

    def read(self, path: str, limit: int) -> bytes | None:
        """The bytes of a file, or None where there is none; at most `limit` + 1 of them, so that excess shows."""
        return self._read(self._path(path), limit)

    def read_listed(self, folder: str, name: str, limit: int) -> bytes | None:
        """As `read`, for a name that `list` gave and that may be a copy named by a cloud client."""
        return self._read(self._path(folder) / name, limit) if names.is_plain(name) else None

    def size(self, path: str) -> int | None:
        """Length in bytes, or None where there is no such file."""
        target = self._path(path)
        try:
            return self._patiently(lambda: self.disk.size(target), reading=True)
        except _NOTHING_THERE:
            return None

    def put(
        self, path: str, data: bytes, *, mine: bool, careful: bool = True, entry: bool = True, finish: bool = True
    ) -> int:
        """Make `path` hold exactly `data`, flushed and read back; returns the bytes written (0 = it was there).

        A different file under the name is removed only if it is `mine`; else Trouble `folder-name-taken`. To `finish`
        means to replace also the mere beginning of these bytes where files are written directly. Not
        `careful`: of a file just written the length is asked for. Without `entry` its name is left to the system to
        flush: for photos, which an office must have read anyway before anything relies on them.
        """
        return self._put(self._path(path), data, mine=mine, careful=careful, entry=entry, finish=finish)

    def put_readable(self, parts: tuple[str, ...], data: bytes, *, mine: bool = False) -> int:
        """As `put`, for the readable tree: names in the user's language, already made safe; an existing file with the
        name raises Trouble `folder-name-taken` unless it holds the same bytes or is `mine`."""
        return self._put(self._readable(parts), data, mine=mine)

    def read_readable(self, parts: tuple[str, ...], limit: int) -> bytes | None:
        """As `read`, for the readable tree: only to see whether what stands there is what was written."""
        return self._read(self._readable(parts), limit)

    def clear_readable(self, parts: tuple[str, ...]) -> None:
        """Remove half-written files of this device from a folder of the readable tree, left by a round that was killed:
        where another device has written the same document since, nothing else would ever meet them."""
        path = self.root.joinpath(*parts)
        with contextlib.suppress(*_NOTHING_THERE):
            for name in self._patiently(lambda: self.disk.names(path), reading=True):
                if name.endswith(self._mark + names.PART) and names.is_plain(name):
                    discard(self.disk, path / name)

    def put_ignore_list(self, content: bytes) -> None:
        """The one file whose name is not ours to choose: what Syncthing is to leave alone. Helpful, never needed."""
        with contextlib.suppress(Trouble):
            self._put(self.root / _IGNORE_LIST, content, mine=False)

    def remove_mine(self, path: str) -> None:
        """Remove a file of this device; one that is gone or held is left to the next time."""
        discard(self.disk, self._path(path))

    def make_top_folders(self) -> None:
        """The folders that every shared folder has; the only ones made before there is a root file."""
        for name in names.TOP_FOLDERS:
            with contextlib.suppress(FileExistsError):
                self._present(partial(self.disk.make_folder, self.root / name))

    def checked_by(self, check: Callable[[], None]) -> Folder:
        """The same folder, asking `check` whether to go on."""
        same = copy.copy(self)
        same.check = check
        return same

    # -- writing

    def _put(
        self, target: Path, data: bytes, *, mine: bool, careful: bool = True, entry: bool = True, finish: bool = True
    ) -> int:
        if self.mode is Mode.READ_ONLY:
            raise Trouble("folder-read-only", path=self.shown)
        flushed = True
        for _ in range(TRIES):
            found = self._read(target, len(data))
            if found == data:
                return 0
            if found is not None:
                # Written directly, a file that was cut short holds the beginning of these very bytes.
                cut_short = finish and self.mode is Mode.DIRECT and data.startswith(found)
                if not (mine or cut_short):
                    raise Trouble("folder-name-taken", path=str(target))
                self._remove(target)
            try:
                self._publish(target, data, entry=entry)
            except _NotFlushed:
                flushed = False
                continue
            if self._is_written(target, data, careful=careful):
                return len(data)
        raise Trouble("folder-spoils" if flushed else "folder-unreachable", path=self.shown, file=target.name)

    def _is_written(self, target: Path, data: bytes, *, careful: bool) -> bool:
        if careful:
            return self._read(target, len(data)) == data
        try:
            return self._patiently(lambda: self.disk.size(target), reading=True) == len(data)
        except _NOTHING_THERE:
            return False

    def _publish(self, target: Path, data: bytes, *, entry: bool) -> None:
        """Write and flush the bytes and give them their name."""
        direct = self.mode is Mode.DIRECT
        written = target if direct else target.with_name(target.name + self._mark + names.PART)
        try:
            self._write(written, data)
            if not direct:
                self._present(lambda: self._rename(written, target))
                if entry:
                    self._present(lambda: self.disk.sync_folder(target.parent))
        except _Taken:
            # The name is somebody's by now: what stands there is looked at anew, not removed.
            raise
        except Exception:
            # Cancelled, full, gone: no half file may stay under its name. A kill cannot do this; the next put does.
            discard(self.disk, written)
            raise

    def _write(self, path: Path, data: bytes) -> None:
        handle = self._present(lambda: self._create(path))
        try:
            view = memoryview(data)
            while view:
                self.check()
                view = view[self._write_some(handle, bytes(view[:CHUNK])) :]
            self.check()
            self._flush(handle)
        except BaseException:
            with contextlib.suppress(OSError):
                self.disk.close(handle)
            raise
        try:
            self.disk.close(handle)
        except OSError as error:
            raise _NotFlushed from error

    def _flush(self, handle: int) -> None:
        try:
            self.disk.sync(handle)
        except OSError as error:
            # After a failed fsync the pages count as clean: trying again on this handle proves nothing.
            if failure_of(error) is Failure.SPACE:
                self._give_up(error)
            raise _NotFlushed from error

    def _write_some(self, handle: int, data: bytes) -> int:
        return self._present(lambda: self.disk.write(handle, data))

    def _create(self, path: Path) -> int:
        try:
            return self.disk.create(path)
        except FileNotFoundError:
            self._make_folder(path.parent)
            return self.disk.create(path)
        except FileExistsError as error:
            # A `.part` of ours from a try that was killed; under the final name the next look decides what it is.
            if path.suffix != names.PART:
                raise _Taken from error
            self._remove(path)
            return self.disk.create(path)

    def _rename(self, old: Path, new: Path) -> None:
        try:
            self.disk.rename(old, new)
        except (FileNotFoundError, FileExistsError) as error:
            # The reply to an earlier try may have been lost, or a scanner took the file: what stands there decides.
            raise _NotFlushed from error

    def _remove(self, path: Path) -> None:
        with contextlib.suppress(FileNotFoundError):
            self._patiently(lambda: self.disk.remove(path))

    def _make_folder(self, path: Path) -> None:
        """Make a folder, and those above it; but never inside an empty mount point where the share should be."""
        if path == self.root or (path.parent == self.root and not self._has_marker()):
            raise Trouble("folder-missing", path=self.shown)
        with contextlib.suppress(FileExistsError):
            try:
                self.disk.make_folder(path)
            except FileNotFoundError:
                self._make_folder(path.parent)
                self.disk.make_folder(path)

    def _has_marker(self) -> bool:
        return any(names.parse_root(name) is not None for name in self.list(""))

    # -- reading and patience

    def _read(self, path: Path, limit: int) -> bytes | None:
        try:
            return self._patiently(lambda: self.disk.read(path, limit), reading=True)
        except _NOTHING_THERE:
            return None

    def _readable(self, parts: tuple[str, ...]) -> Path:
        if not parts or not all(names.is_plain(part) for part in parts):
            raise ValueError(f"not a safe path: {parts}")
        return self.root.joinpath(*parts)

    def _path(self, path: str) -> Path:
        if path and not names.is_ours(path):
            raise ValueError(f"not a name of ours: {path!r}")
        return self.root.joinpath(*path.split("/")) if path else self.root

    def _present(self, call: Callable[[], _T]) -> _T:
        """As `_patiently`, where absence means that the folder has gone away under us."""
        try:
            return self._patiently(call)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise Trouble("folder-missing", path=self.shown) from error
        except (FileExistsError, IsADirectoryError) as error:
            raise Trouble("folder-name-taken", path=self.shown) from error

    def _patiently(self, call: Callable[[], _T], *, reading: bool = False) -> _T:
        """Call, again and again while the error may pass; absence comes through, the rest becomes Trouble."""
        wait, waited = FIRST_WAIT, 0.0
        while True:
            try:
                return call()
            except (*_NOTHING_THERE, FileExistsError):
                raise
            except OSError as error:
                if failure_of(error) is not Failure.TRANSIENT or waited >= PATIENCE:
                    self._give_up(error, reading=reading)
                self._pause(wait)
                waited += wait
                wait = min(wait * 2, LONGEST_WAIT)

    def _pause(self, seconds: float) -> None:
        """Wait in pieces, so that cancelling is not kept waiting."""
        while seconds > 0:
            self.check()
            self._sleep(min(seconds, LONGEST_PIECE))
            seconds -= LONGEST_PIECE

    def _give_up(self, error: OSError, *, reading: bool = False) -> NoReturn:
        code = _CODES[failure_of(error)]
        if getattr(error, "winerror", None) == 5:
            code = "folder-read-only"
        if reading and code == "folder-read-only":
            code = "folder-no-access"
        name = Path(str(error.filename)).name if error.filename else ""
        raise Trouble(code, path=self.shown, file=name, reason=error.strerror or str(error)) from error


_NOTHING_THERE = (FileNotFoundError, NotADirectoryError, IsADirectoryError)
_CODES = {
    Failure.ABSENT: "folder-missing",
    Failure.EXISTS: "folder-name-taken",
    Failure.TRANSIENT: "folder-unreachable",
    Failure.SPACE: "folder-full",
    Failure.PERMISSION: "folder-read-only",
    Failure.NAME: "folder-name-refused",
}


class _NotFlushed(Exception):
    """The bytes did not get safely under their name; they must be written anew."""


class _Taken(_NotFlushed):
    """Somebody else has made a file of this name since it was looked for."""
