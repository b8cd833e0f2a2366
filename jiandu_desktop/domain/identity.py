"""Identifiers and time: UUIDv7 for everything that is kept, and a clock that is handed in."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

Clock = Callable[[], datetime]
IdSource = Callable[[], str]


def system_clock() -> datetime:
    """The present, aware, with the offset of this laptop's zone (kept with every time that is stored)."""
    return datetime.now(UTC).astimezone()


def new_id(clock: Clock = system_clock) -> str:
    """A UUIDv7 (RFC 9562 §5.7) as 36 characters: sorts by the millisecond it was made in."""
    milliseconds = int(clock().timestamp() * 1000) & ((1 << 48) - 1)
    random_bits = secrets.randbits(74)
    value = milliseconds << 80 | 0x7 << 76 | (random_bits >> 62) << 64 | 0b10 << 62 | random_bits & ((1 << 62) - 1)
    return str(UUID(int=value))


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
