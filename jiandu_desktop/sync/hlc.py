"""Hybrid logical clock stamps: wall time that never runs backwards; they only break ties and order nothing else."""

from __future__ import annotations

import re

MAX_AHEAD_MS = 10 * 60 * 1000
"""A stamp of another device further ahead than this is kept and shown, but never advances my own clock."""

_STAMP = re.compile(r"[0-9]{13}\.[0-9a-f]{4}")
_ZERO = "0000000000000.0000"


def next_stamp(last: str, wall_ms: int) -> str:
    """The stamp after `last` ("" for none) at wall time `wall_ms` (milliseconds since 1970 UTC)."""
    last_ms, counter = parse(last or _ZERO)
    if wall_ms > last_ms:
        return _text(wall_ms, 0)
    if counter == 0xFFFF:
        return _text(last_ms + 1, 0)
    return _text(last_ms, counter + 1)


def after_seeing(last: str, seen: str, wall_ms: int) -> str:
    """My last stamp after reading `seen`, so that what I write next sorts behind what I have read."""
    seen_ms, _ = parse(seen)
    return last if seen_ms > wall_ms + MAX_AHEAD_MS else max(last, seen)


def shown(stamp: str, observed_ms: int) -> tuple[int, bool]:
    """Milliseconds to show for a stamp that was read at `observed_ms`, and whether it had to be held back because it
    lies further ahead than a clock may be wrong. The stamp itself is kept as it came."""
    milliseconds, _ = parse(stamp)
    limit = observed_ms + MAX_AHEAD_MS
    return min(milliseconds, limit), milliseconds > limit


def parse(stamp: str) -> tuple[int, int]:
    """Milliseconds and counter; raises ValueError for anything that is not a stamp."""
    if not is_stamp(stamp):
        raise ValueError(f"not a stamp: {stamp!r}")
    return int(stamp[:13]), int(stamp[14:], 16)


def is_stamp(text: str) -> bool:
    """Whether this is 13 digits of milliseconds, a dot and 4 hexadecimal digits of counter."""
    return _STAMP.fullmatch(text) is not None


def _text(milliseconds: int, counter: int) -> str:
    return f"{max(milliseconds, 0):013d}.{counter:04x}"
