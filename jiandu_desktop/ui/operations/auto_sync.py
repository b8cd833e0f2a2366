"""A round that begins by itself when a shared folder appears: looked for now and then, never in the way of work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from jiandu_desktop.progress import Progress
from jiandu_desktop.services.program import Services
from jiandu_desktop.ui.operations.syncing import SyncController
from jiandu_desktop.ui.tasks import Lane, Tasks

LOOK_MS = 20_000
"""Between two looks: a look costs a share one request."""


@dataclass(frozen=True, slots=True)
class Present:
    """The folders that can be reached, and whether a round is due though none appeared."""

    paths: tuple[str, ...]
    is_due: bool


class AutoSync(QObject):
    """Looks while the window is open; begins a round with the first folder that was not there at the last look.

    Not in the demo, not while a visit is being filled in (`is_busy`), not where the setting is off.
    """

    looked = Signal()
    """A look is over, whatever it led to."""

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        syncing: SyncController,
        is_busy: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._syncing, self._is_busy = services, tasks, syncing, is_busy
        self._before: frozenset[str] | None = None
        self._looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """From now on; the first look comes after the first pause, when the window is long there."""
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Looks once, off the window's thread and off the folder's lane: a dead share takes its time."""
        services = self._services
        may = bool(services.preferences.get("sync_by_itself")) and not self._is_busy() and not self._syncing.is_running
        if not may or self._looking or self._tasks.is_closed:
            return
        self._looking = True
        first = self._before is None

        def work(progress: Progress) -> Present | None:
            progress.check()
            if services.profile.current().is_demo:
                return None
            return Present(services.folders.present(), first and services.folders.is_round_old())

        self._tasks.run(Lane.POOL, work, done=self._seen, failed=self._ignore, finished=self._end)

    @Slot(object)
    def _seen(self, present: Present | None) -> None:
        if present is None:
            self._timer.stop()
            return
        before, self._before = self._before, frozenset(present.paths)
        appeared = [path for path in present.paths if before is not None and path not in before]
        if present.is_due and present.paths:
            appeared = [present.paths[0]]
        if appeared and not self._is_busy() and not self._syncing.is_running:
            self._syncing.start(appeared[0], by_itself=True)

    def _ignore(self, error: Exception) -> None:
        """A look that fails has seen nothing; whoever wants a round by hand is told why it does not work."""
        del error
        self._before = frozenset() if self._before is None else self._before

    @Slot()
    def _end(self) -> None:
        self._looking = False
        self.looked.emit()
