"""A disk that fails on purpose: killed at call n, full at byte k, gone, read-only, with stale or partial listings."""

from __future__ import annotations

import errno
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from jiandu_desktop.sync.disk import LocalDisk


class Killed(BaseException):
    """The process is dead: no cleaning up happens, every later call dies too."""


class FaultyDisk(LocalDisk):
    """The real disk underneath, with the faults that are set. `calls` counts what was asked, `written` the bytes."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.steps = 0
        self.written = 0
        self.kill_at: int | None = None
        self.tear = False
        self.capacity: int | None = None
        self.gone_at: int | None = None
        self.read_only = False
        self.fail_next: dict[str, list[OSError]] = {}
        self.edit_names: Callable[[Path, list[str]], list[str]] = lambda folder, names: names
        self._open: set[int] = set()

    @property
    def listings(self) -> int:
        return self.calls["names"]

    def forget(self) -> None:
        """Count from zero again."""
        self.calls.clear()
        self.steps = self.written = 0

    def leave(self) -> None:
        """The system closes what a dead process held open."""
        for handle in self._open:
            os.close(handle)
        self._open.clear()

    def names(self, folder: Path) -> list[str]:
        self._step("names")
        return self.edit_names(folder, super().names(folder))

    def size(self, path: Path) -> int:
        self._step("size")
        return super().size(path)

    def modified(self, path: Path) -> float:
        self._step("modified")
        return super().modified(path)

    def read(self, path: Path, limit: int) -> bytes:
        self._step("read")
        return super().read(path, limit)

    def create(self, path: Path) -> int:
        self._step("create", changes=True)
        handle = super().create(path)
        self._open.add(handle)
        return handle

    def write(self, handle: int, data: bytes) -> int:
        half = data[: len(data) // 2] if self.tear else b""
        self._step("write", changes=True, dying=lambda: super(FaultyDisk, self).write(handle, half))
        if self.capacity is not None:
            room = self.capacity - self.written
            if room <= 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            data = data[:room]
        done = super().write(handle, data)
        self.written += done
        return done

    def sync(self, handle: int) -> None:
        self._step("sync", changes=True)
        super().sync(handle)

    def close(self, handle: int) -> None:
        # Closing is not a step: a dead process's files are closed by the system, see `leave`.
        if handle in self._open:
            self._open.discard(handle)
            super().close(handle)

    def rename(self, old: Path, new: Path) -> None:
        assert not new.exists(), "sync must never rename onto an existing name"
        self._step("rename", changes=True)
        super().rename(old, new)

    def remove(self, path: Path) -> None:
        self._step("remove", changes=True)
        freed = path.stat().st_size
        super().remove(path)
        self.written -= freed

    def make_folder(self, path: Path) -> None:
        self._step("make_folder", changes=True)
        super().make_folder(path)

    def sync_folder(self, path: Path) -> None:
        self._step("sync_folder")
        super().sync_folder(path)

    def _step(self, call: str, *, changes: bool = False, dying: Callable[[], object] = lambda: None) -> None:
        self.steps += 1
        self.calls[call] += 1
        if self.kill_at is not None and self.steps >= self.kill_at:
            if self.steps == self.kill_at:
                dying()
            raise Killed
        if self.gone_at is not None and self.steps >= self.gone_at:
            raise FileNotFoundError(errno.ENOENT, "No such file or directory")
        if self.fail_next.get(call):
            raise self.fail_next[call].pop(0)
        if self.read_only and changes:
            raise OSError(errno.EROFS, "Read-only file system")
