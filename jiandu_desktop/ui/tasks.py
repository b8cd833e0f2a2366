"""Work off the window's thread: three lanes; a task succeeds, fails or is cancelled, and always finishes."""

from __future__ import annotations

import enum
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from jiandu_desktop.progress import Cancelled, Progress, Step

T = TypeVar("T")


class Lane(enum.Enum):
    """Where work runs. Database and folder have one worker each, so what touches them never overlaps."""

    DATABASE = "database"
    FOLDER = "folder"
    POOL = "pool"


class Task(QObject):
    """One piece of work under way. Lives on the window's thread; all its signals arrive there.

    Exactly one of `succeeded(result)`, `failed(exception)`, `cancelled()` fires, then `finished()`.
    """

    progressed = Signal(object)
    """A `jiandu_desktop.progress.Step`."""
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()

    def __init__(self, lane: Lane, progress: Progress, parent: QObject) -> None:
        super().__init__(parent)
        self.lane = lane
        self._progress = progress
        self._done = False

    @property
    def is_done(self) -> bool:
        return self._done

    def cancel(self) -> None:
        """Asks the work to stop at its next check; it still ends through one of the signals."""
        self._progress.cancel()

    @Slot(object)
    def take_step(self, step: Step) -> None:
        if not self._done:
            self.progressed.emit(step)

    @Slot(object, object)
    def take_end(self, outcome: _Outcome, value: object) -> None:
        self._done = True
        try:
            if outcome is _Outcome.SUCCEEDED:
                self.succeeded.emit(value)
            elif outcome is _Outcome.FAILED:
                self.failed.emit(value)
            else:
                self.cancelled.emit()
        finally:
            self.finished.emit()


SPENT = 64
"""Jobs that are kept after their end: when that many others have ended, no worker is still leaving one of them."""


class Tasks(QObject):
    """Runs work in lanes. One per window; `shutdown()` before the database is closed."""

    failed_unheard = Signal(object)
    """The exception of a task that was started without `failed`: nothing may go wrong in silence."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools = {lane: QThreadPool(self) for lane in Lane}
        for lane in (Lane.DATABASE, Lane.FOLDER):
            self._pools[lane].setMaxThreadCount(1)
            self._pools[lane].setExpiryTimeout(-1)
        self._running: dict[Task, _Job] = {}
        self._spent: deque[_Job] = deque(maxlen=SPENT)
        self._closed = False

    @property
    def is_closed(self) -> bool:
        """Whether `shutdown()` was called: no more work is taken."""
        return self._closed

    def run(
        self,
        lane: Lane,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], Any] | None = None,
        failed: Callable[[Exception], Any] | None = None,
        cancelled: Callable[[], Any] | None = None,
        progressed: Callable[[Step], Any] | None = None,
        finished: Callable[[], Any] | None = None,
    ) -> Task:
        """Starts `work` in `lane`; the callbacks are called on the window's thread.

        Without `failed`, an exception goes to `failed_unheard`. Raises RuntimeError after `shutdown()`.
        """
        if self._closed:
            raise RuntimeError("the program is closing; no more work is taken")
        carrier = _Carrier()
        progress = Progress(carrier.stepped.emit)
        task = Task(lane, progress, self)
        if progressed is not None:
            task.progressed.connect(progressed)
        if done is not None:
            task.succeeded.connect(done)
        task.failed.connect(failed if failed is not None else self.failed_unheard.emit)
        if cancelled is not None:
            task.cancelled.connect(cancelled)
        if finished is not None:
            task.finished.connect(finished)
        task.finished.connect(self._forget)
        carrier.stepped.connect(task.take_step, Qt.ConnectionType.QueuedConnection)
        carrier.ended.connect(task.take_end, Qt.ConnectionType.QueuedConnection)
        job = _Job(work, progress, carrier)
        self._running[task] = job
        self._pools[lane].start(job)
        return task

    def is_idle(self, lane: Lane | None = None) -> bool:
        """Whether nothing runs or waits in `lane` (in any, for None), its callbacks included."""
        return not any(lane is None or task.lane is lane for task in self._running)

    def shutdown(self, wait_ms: int = 30_000) -> bool:
        """Cancels the folder and pool lanes, lets the database lane finish, waits; True if all ended.

        The database lane is never cut off: an answer that was given must reach the disk.
        """
        self._closed = True
        for task in self._running:
            if task.lane is not Lane.DATABASE:
                task.cancel()
        ended = [pool.waitForDone(wait_ms) for pool in self._pools.values()]
        return all(ended)

    @Slot()
    def _forget(self) -> None:
        task = self.sender()
        if isinstance(task, Task):
            job = self._running.pop(task, None)
            if job is not None:
                # Its last signal is heard before the worker has left `run`: were the job let go here, the worker would
                # be the one to destroy it, and with it a QObject of this thread.
                job.forget_work()
                self._spent.append(job)
            task.deleteLater()


class _Outcome(enum.Enum):
    SUCCEEDED = 1
    FAILED = 2
    CANCELLED = 3


class _Carrier(QObject):
    """Carries signals from worker to task; kept apart because a runnable must not itself be a QObject."""

    stepped = Signal(object)
    ended = Signal(object, object)


class _Job(QRunnable):
    def __init__(self, work: Callable[[Progress], Any], progress: Progress, carrier: _Carrier) -> None:
        super().__init__()
        self.setAutoDelete(False)  # Python owns it, through Tasks._running
        self._work = work
        self._progress = progress
        self._carrier = carrier

    def run(self) -> None:
        outcome, value = _Outcome.CANCELLED, None
        try:
            self._progress.check()
            value = self._work(self._progress)
            outcome = _Outcome.SUCCEEDED
        except Cancelled:
            pass
        except Exception as error:  # noqa: BLE001 - whatever the work raises is handed to whoever asked for it
            outcome, value = _Outcome.FAILED, error
        self._carrier.ended.emit(outcome, value)

    def forget_work(self) -> None:
        """Let go of what the work held; called on the window's thread once the work is done."""
        del self._work
