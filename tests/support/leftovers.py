"""What a test left behind: threads, timers, workers and windows that would trouble the tests after it."""

from __future__ import annotations

import contextlib
import gc
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest

PATIENCE = 2.0  # seconds a thread that was told to end gets for it


def threads_left_by(before: set[threading.Thread]) -> list[str]:
    """Python threads that were not there before and do not end within `PATIENCE`."""
    deadline = time.monotonic() + PATIENCE
    for thread in set(threading.enumerate()) - before:
        # Not one of ours: Python's stand-in for a thread that Qt made.
        if not isinstance(thread, threading._DummyThread):
            thread.join(max(0.0, deadline - time.monotonic()))
    left = [
        thread
        for thread in set(threading.enumerate()) - before
        if thread.is_alive() and not isinstance(thread, threading._DummyThread)
    ]
    return [f"thread {thread.name}" for thread in left]


class QtLeftovers:
    """Watches one test for started QThreads and QTimers and for windows it opened and did not close."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        from PySide6.QtCore import QThread, QTimer

        self._started: list[weakref.ref[Any]] = []
        # Wrapped in functions, never Mock: a Mock in the place of a Qt method crashes PySide6 since 6.10.
        for kind in (QThread, QTimer):
            patch.setattr(kind, "start", self._recording(kind.start))
        self._windows = set(self._open_windows())

    def found(self) -> list[str]:
        """One line per thing left behind; what was marked for deletion is deleted first."""
        from PySide6.QtCore import QCoreApplication, QEvent, QThread, QThreadPool
        from PySide6.QtWidgets import QApplication
        from shiboken6 import isValid

        application = QApplication.instance()
        if application is None:
            return []
        lines = []
        if not QThreadPool.globalInstance().waitForDone(int(PATIENCE * 1000)):
            lines.append("work in the global QThreadPool")
        for reference in self._started:
            thing = reference()
            if thing is None or not isValid(thing):
                continue
            running = thing.isRunning() if isinstance(thing, QThread) else thing.isActive() and not thing.parent()
            if running:
                lines.append(f"running {_described(thing)}")
        for _ in range(2):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            application.processEvents()
        if set(self._open_windows()) - self._windows:
            gc.collect()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        lines += [f"window {_described(window)}" for window in set(self._open_windows()) - self._windows]
        return lines

    def _recording(self, start: Callable[..., None]) -> Callable[..., None]:
        def recorded(thing: Any, *arguments: Any) -> None:
            self._started.append(weakref.ref(thing))
            start(thing, *arguments)

        return recorded

    @staticmethod
    def _open_windows() -> Iterator[Any]:
        from PySide6.QtWidgets import QApplication

        if QApplication.instance() is None:
            return
        for window in QApplication.topLevelWidgets():
            # Pop-ups of a combo box and the like belong to their parent and end with it.
            if window.parent() is None:
                yield window


@contextlib.contextmanager
def none_left_behind(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails the test that leaves threads, timers or windows behind; Qt is watched where it is loaded."""
    before = set(threading.enumerate())
    qt = QtLeftovers(patch) if "PySide6.QtWidgets" in sys.modules else None
    yield
    lines = (qt.found() if qt else []) + threads_left_by(before)
    if lines:
        pytest.fail("the test left behind: " + "; ".join(sorted(lines)), pytrace=False)


def _described(thing: Any) -> str:
    name = thing.objectName()
    return f"{type(thing).__name__} {name!r}" if name else type(thing).__name__
