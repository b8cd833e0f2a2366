"""Changes of the data, told on the window's thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from jiandu_desktop.services.changes import ChangeFeed, Changes


class ChangesRelay(QObject):
    """Hears the change feed on the worker that made a change and passes it on as a signal."""

    changed = Signal(object)
    """A `services.changes.Changes`."""

    _heard = Signal(object)

    def __init__(self, feed: ChangeFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        self._stop = feed.subscribe(self._hear)

    def close(self) -> None:
        """Hears no more; before the relay goes, because the feed may live longer."""
        self._stop()

    def _hear(self, changes: Changes) -> None:
        self._heard.emit(changes)
