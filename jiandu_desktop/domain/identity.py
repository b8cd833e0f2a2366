"""Identifiers and time: UUIDv7 for everything that is kept, and a clock that is handed in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
IdSource = Callable[[], str]


def system_clock() -> datetime:
    """The present, aware, with the offset of this laptop's zone (kept with every time that is stored)."""
    return datetime.now(UTC).astimezone()


def new_id(clock: Clock = system_clock) -> str:
    """A UUIDv7 (RFC 9562 §5.7) as 36 characters.

    Sorts by the millisecond it was made in, and within one program also by the order of making (§6.2, method 2), so
    that steps written in one transaction keep their order.
    """
    # Imported here: a start makes no identifier, and these two bring a dozen modules with them.
    import secrets
    from uuid import UUID

    global _last
    with _lock:
        milliseconds = int(clock().timestamp() * 1000) & ((1 << 48) - 1)
        fresh = milliseconds << 74 | secrets.randbits(73)
        _last = fresh if fresh > _last else _last + 1
        stamp, tail = _last >> 74, _last & ((1 << 74) - 1)
    value = stamp << 80 | 0x7 << 76 | (tail >> 62) << 64 | 0b10 << 62 | tail & ((1 << 62) - 1)
    return str(UUID(int=value))


_lock = threading.Lock()
_last = 0


def to_text(moment: datetime) -> str:
    """ISO 8601 with offset, to the millisecond; raises ValueError for a naive time."""
    if moment.tzinfo is None:
        raise ValueError("a naive time has no place in a record")
    return moment.isoformat(timespec="milliseconds")


def from_text(text: str) -> datetime:
    """The aware time written by `to_text`."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"no offset in {text!r}")
    return moment
