"""The folder into which the phone's cable or share drops its pictures: tells of each new one, once it is whole."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from jiandu_desktop.progress import Progress
from jiandu_desktop.ui.tasks import Lane, Tasks

PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".bmp"})

POLL_MS = 1500
"""Shares and phones do not always tell of a new file, so the folder is read again at this interval."""

SETTLE_MS = 300
"""Between the two looks that must find a file unchanged."""

_Seen = dict[Path, tuple[int, float]]
"""Size in bytes and time of last change by file; absent files are not there."""


class WatchedFolder(QObject):
    """Emits `arrived` for every picture that appears after the watching began.

    A file counts as whole when its size has stayed the same from one look to the next: a phone writes slowly. A
    folder that comes back (the phone was plugged in) brings only pictures taken since the watching began.
    """

    arrived = Signal(Path)
    vanished = Signal()
    returned = Signal()
    """A folder that had been read cannot be read any more; and it can again, in which pictures taken meanwhile come."""

    def __init__(self, folder: Path, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._tasks = tasks
        self._began = time.time()
        self._known: set[Path] = set()
        self._growing: dict[Path, int] = {}
        self._away = True
        self._was_here = False
        self._looking = False
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self.look)
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """No picture is told of any more."""
        self._timer.stop()
        self._growing.clear()

    @Slot()
    def look(self) -> None:
        """Reads the folder, off the window's thread: a share that hangs must not hang the window."""
        if self._looking or not self._timer.isActive() or self._tasks.is_closed:
            return
        self._looking = True
        folder = self._folder

        def read(progress: Progress) -> _Seen | None:
            del progress
            return pictures_in(folder)

        self._tasks.run(Lane.POOL, read, done=self._looked)

    @Slot(object)
    def _looked(self, seen: _Seen | None) -> None:
        self._looking = False
        if seen is None:
            if not self._away:
                self._away = True
                self.vanished.emit()
            return
        if self._away:
            self._away = False
            if self._was_here:
                self.returned.emit()
            self._was_here = True
            self._known |= {path for path, (_, changed) in seen.items() if changed < self._began}
            if not self._watcher.directories():
                self._watcher.addPath(str(self._folder))
        for path, (size, _) in seen.items():
            if path in self._known:
                continue
            if size > 0 and self._growing.get(path) == size:
                self._known.add(path)
                self._growing.pop(path)
                self.arrived.emit(path)
            else:
                self._growing[path] = size
        self._known &= set(seen)
        if self._growing:
            QTimer.singleShot(SETTLE_MS, self, self.look)


def pictures_in(folder: Path) -> _Seen | None:
    """The pictures of a folder with size and time; None while the folder cannot be read."""
    seen: _Seen = {}
    try:
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() in PICTURE_SUFFIXES and path.is_file():
                facts = path.stat()
                seen[path] = (facts.st_size, facts.st_mtime)
    except OSError:
        return None
    return seen
