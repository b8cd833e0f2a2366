"""Sync: push, import, an idle round, a new laptop's base. Takes some minutes and 4 GB of disk."""

from __future__ import annotations

from collections.abc import Iterator

from bench import sync_base, sync_idle, sync_import, sync_push
from bench.measuring import Result
from bench.workplace import Workplace


def measure(place: Workplace) -> Iterator[Result]:
    """What each is, and against what, is told in docs/bench.md."""
    for part in (sync_push, sync_import, sync_base, sync_idle):
        yield from part.measure(place)
