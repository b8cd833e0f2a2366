"""How many records contradict themselves: a count for the rail, before anything heavy is loaded."""

from __future__ import annotations

from jiandu_desktop.services.store import Store
from jiandu_desktop.storage.disputes import count_open


def count_disputes(store: Store) -> int:
    """Records that wait for somebody's decision; `Conflicts.view` tells what they are."""
    return count_open(store.database)
