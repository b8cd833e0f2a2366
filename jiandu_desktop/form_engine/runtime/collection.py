"""Garbage is not looked for while a form is being built."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """Thousands of objects come and none goes: looking for garbage in between would double the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # All that was made stands among the old objects at once, where the next whole search finds it; else the
            # first allocation from here on would look through every one of them.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
