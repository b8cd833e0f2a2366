"""How long work tells where it is and learns that it should stop; knows no window."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """Where the work is: `done` of `total` units (bytes, files or rows; total 0 = unknown) and what it does now."""

    done: int
    total: int
    message: str = ""


class Cancelled(Exception):
    """The user asked to stop; whatever was being done has left nothing half-done."""


class Progress:
    """Handed to a long-running function: it reports steps and asks whether to go on."""

    def __init__(self, on_step: Callable[[Step], None] | None = None) -> None:
        self._on_step = on_step
        self._stop = threading.Event()

    def report(self, step: Step) -> None:
        """Tell the step; raises Cancelled if asked to stop, so that a loop that reports can be stopped."""
        self.check()
        if self._on_step is not None:
            self._on_step(step)

    def check(self) -> None:
        """Raise Cancelled if asked to stop."""
        if self._stop.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Ask the work to stop at its next check; may be called from any thread."""
        self._stop.set()
