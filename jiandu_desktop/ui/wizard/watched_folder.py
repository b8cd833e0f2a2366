"""The folder into which the phone's cable or share drops its pictures: tells of each new one, once it is whole."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".bmp"})

POLL_MS = 1500
"""Shares and phones do not always tell of a new file, so the folder is read again at this interval."""


class WatchedFolder(QObject):
    """Emits `arrived` for every picture that appears after the watching began.

    A file counts as whole when its size has stayed the same from one look to the next: a phone writes slowly.
    """

    arrived = Signal(Path)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._known = set(self._sizes())
        self._growing: dict[Path, int] = {}
        self._watcher = QFileSystemWatcher(self)
        if folder.is_dir():
            self._watcher.addPath(str(folder))
        self._watcher.directoryChanged.connect(self.look)
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def stop(self) -> None:
        """No picture is told of any more."""
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Reads the folder; a new file is told of at the second look that finds it unchanged and not empty."""
        sizes = self._sizes()
        for path, size in sizes.items():
            if path in self._known:
                continue
            if size > 0 and self._growing.get(path) == size:
                self._known.add(path)
                self._growing.pop(path)
                self.arrived.emit(path)
            else:
                self._growing[path] = size
        self._known &= set(sizes)
        if self._growing:
            QTimer.singleShot(POLL_MS // 5, self, self.look)

    def _sizes(self) -> dict[Path, int]:
        try:
            return {
                path: path.stat().st_size
                for path in sorted(self._folder.iterdir())
                if path.suffix.lower() in PICTURE_SUFFIXES and path.is_file()
            }
        except OSError:
            # The phone was unplugged or the share is away: what was known stays known.
            return dict.fromkeys(self._known, -1) if hasattr(self, "_known") else {}
