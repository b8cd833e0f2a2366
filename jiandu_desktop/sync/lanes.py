"""Several files under way at once: the caller brings the threads, the protocol only says what may run together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

Job = Callable[[], None]


class Lanes(Protocol):
    """Runs jobs that do not depend on each other."""

    @property
    def width(self) -> int:
        """How many may run at once, at least 1."""

    def run(self, jobs: Sequence[Job]) -> None:
        """Every job once, in any order; returns when all have ended and then raises the first one's error, if any."""


class OneLane:
    """One after the other on the caller's thread: tests, the simulator, slow sticks."""

    width = 1

    def run(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            job()
