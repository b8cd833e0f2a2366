"""Every answer to the database lane, in order, until it is durable; what could not be kept is tried again."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal, Slot

from jiandu_desktop.progress import Progress
from jiandu_desktop.ui.tasks import Lane, Tasks

FIRST_RETRY_MS, LAST_RETRY_MS = 500, 5000


@dataclass(slots=True)
class _Job:
    work: Callable[[], Any]
    done: Callable[[Any], None] | None
    refused: Callable[[Exception], None] | None
    key: str


class Saving(QObject):
    """A queue of small writes, one under way at a time, so that their order is the order they were made in.

    A job with `refused` (a photo that may be none) hands its error back and is dropped. Any other job that fails
    stays at the head and is tried again, for ever: an answer is not lost because a disk was full for a minute.
    """

    kept = Signal()
    """The queue has run dry: everything is durable."""

    stuck = Signal(object)
    """A write failed and will be tried again; carries the exception."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._queue: deque[_Job] = deque()
        self._under_way = False
        self._wait_ms = FIRST_RETRY_MS
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self._start)

    @property
    def idle(self) -> bool:
        return not self._queue

    def put(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        refused: Callable[[Exception], None] | None = None,
        key: str = "",
    ) -> None:
        """Queues `work`; `done` gets its result on the GUI thread. A later job with the same `key` replaces one that
        is still waiting: of several places only the last matters."""
        if key:
            waiting = [job for job in self._queue if job.key == key and job is not self._running()]
            for job in waiting:
                self._queue.remove(job)
        self._queue.append(_Job(work, done, refused, key))
        if not self._under_way and not self._retry.isActive():
            self._start()

    def flush(self, timeout_ms: int = 10_000) -> bool:
        """Waits until everything is durable; False when that could not be reached in time."""
        if self._retry.isActive():
            self._retry.stop()
            self._start()
        if self.idle:
            return True
        loop = QEventLoop()
        self.kept.connect(loop.quit)
        limit = QTimer()
        limit.setSingleShot(True)
        limit.timeout.connect(loop.quit)
        limit.start(timeout_ms)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        limit.stop()
        self.kept.disconnect(loop.quit)
        return self.idle

    def _running(self) -> _Job | None:
        return self._queue[0] if self._under_way and self._queue else None

    @Slot()
    def _start(self) -> None:
        if self._under_way or not self._queue or self._tasks.is_closed:
            return
        self._under_way = True
        work = self._queue[0].work

        def write(progress: Progress) -> Any:
            del progress
            return work()

        self._tasks.run(Lane.DATABASE, write, done=self._succeeded, failed=self._failed)

    @Slot(object)
    def _succeeded(self, result: object) -> None:
        job = self._queue.popleft()
        self._under_way = False
        self._wait_ms = FIRST_RETRY_MS
        try:
            if job.done is not None:
                job.done(result)
        finally:
            self._go_on()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._under_way = False
        job = self._queue[0]
        if job.refused is not None:
            self._queue.popleft()
            job.refused(error)
            self._go_on()
            return
        self.stuck.emit(error)
        self._retry.start(self._wait_ms)
        self._wait_ms = min(self._wait_ms * 2, LAST_RETRY_MS)

    def _go_on(self) -> None:
        if self._queue:
            self._start()
        else:
            self.kept.emit()
