"""Four files under way at once: the threads that the sync core does not start itself."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from jiandu_desktop.sync.lanes import Job

STREAMS = 4
"""Hides the latency of a network drive; more would not be faster on a line of 100 Mb/s."""


class Threads:
    """A `sync.lanes.Lanes` over a pool that lives as long as one round."""

    def __init__(self, width: int = STREAMS) -> None:
        self.width = width
        self._pool = ThreadPoolExecutor(width, thread_name_prefix="sync")

    def run(self, jobs: Sequence[Job]) -> None:
        """Every job is waited for, so that nothing is written any more once an error is raised."""
        running = [self._pool.submit(job) for job in jobs]
        errors = [error for error in (each.exception() for each in running) if error is not None]
        if errors:
            raise errors[0]

    def close(self) -> None:
        """Wait for what is under way and end the threads."""
        self._pool.shutdown(wait=True)
