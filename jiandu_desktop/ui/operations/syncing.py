"""One round with the shared folder, shared by every place that offers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress, Step
from jiandu_desktop.services.program import Services
from jiandu_desktop.ui.tasks import Lane, Task, Tasks

if TYPE_CHECKING:
    from jiandu_desktop.services.exchange import SyncReport


OFFICE = "office"
"""`Profile.role` of the office's computer."""


class SyncController(QObject):
    """Runs at most one round at a time, on the folder's lane."""

    started = Signal()
    progressed = Signal(object)
    """A `progress.Step`."""

    finished = Signal(object)
    """The `SyncReport`, the `Trouble` that stood in the way, or None where it was cancelled."""

    def __init__(self, services: Services, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self._task: Task | None = None
        self.began_by_itself = False
        """Whether nobody asked for the round under way (or the last one): it is told in a line, or not at all."""

    @property
    def task(self) -> Task | None:
        """The round under way, for a line that follows its progress."""
        return self._task

    @property
    def is_running(self) -> bool:
        return self._task is not None

    def start(self, folder: str | None = None, *, by_itself: bool = False) -> None:
        """Starts a round with `folder`, or with the one used last; does nothing while one is under way.

        On the office's computer a round also lends numbers and publishes what is new.
        """
        if self._task is not None or self._tasks.is_closed:
            return
        self.began_by_itself = by_itself
        services = self._services

        def work(progress: Progress) -> SyncReport:
            if services.profile.current().role == OFFICE:
                return services.office.publish(progress, folder)
            return services.exchange.sync(progress, folder)

        self._task = self._tasks.run(
            Lane.FOLDER,
            work,
            done=self._end,
            failed=self._fail,
            cancelled=self._stop,
            progressed=self._step,
        )
        self.started.emit()

    def cancel(self) -> None:
        """Asks the round to stop; what is done stays done."""
        if self._task is not None:
            self._task.cancel()

    @Slot(object)
    def _step(self, step: Step) -> None:
        self.progressed.emit(step)

    @Slot()
    def _stop(self) -> None:
        self._end(None)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        if isinstance(error, Trouble):
            self._end(error)
            return
        self._end(None)
        self._tasks.failed_unheard.emit(error)

    @Slot(object)
    def _end(self, outcome: object) -> None:
        self._task = None
        self.finished.emit(outcome)
