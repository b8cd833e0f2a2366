"""A named question of a page: asked off the window's thread, the newest answer wins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from jiandu_desktop.progress import Progress
from jiandu_desktop.ui.tasks import Lane, Tasks


class Query(QObject):
    """Asks `work` again and again; while one answer is under way, only the last of the later questions is kept.

    It belongs to the page that asks: with the page gone, nobody hears a late answer. A failure goes to
    `tasks.failed_unheard` unless someone is connected to `failed`.
    """

    answered = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        tasks: Tasks,
        work: Callable[..., Any],
        parent: QObject,
        lane: Lane = Lane.DATABASE,
        *,
        tells_failure: bool = False,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._work = work
        self._lane = lane
        self._tells_failure = tells_failure
        self._running = False
        self._next: tuple[Any, ...] | None = None

    @property
    def is_running(self) -> bool:
        return self._running

    def ask(self, *values: Any) -> None:
        """Asks with these values, now or as soon as the question before it is answered."""
        if self._tasks.is_closed:
            return
        if self._running:
            self._next = values
            return
        self._running = True
        work = self._work

        def answer(progress: Progress) -> Any:
            progress.check()
            return work(*values)

        self._tasks.run(self._lane, answer, done=self._done, failed=self._fail, cancelled=self._end)

    @Slot(object)
    def _done(self, answer: object) -> None:
        stale = self._next is not None
        self._end()
        if not stale:
            self.answered.emit(answer)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._end()
        if self._tells_failure:
            self.failed.emit(error)
        else:
            self._tasks.failed_unheard.emit(error)

    @Slot()
    def _end(self) -> None:
        self._running = False
        if self._next is not None:
            values, self._next = self._next, None
            self.ask(*values)
