"""Which photos a laptop may give up: only what the office has confirmed, only when old, never what somebody misses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from jiandu_desktop.sync.operation import BlobRef
from jiandu_desktop.sync.replica import HeldBlob, Replica

KEEP_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Photos are kept for `keep_for` after their record was written, and longer while at least `enough_free` bytes are
    free on the local disk (0: given up as soon as they are old)."""

    keep_for: timedelta = KEEP_FOR
    enough_free: int = 0


def purgeable(replica: Replica, *, now: datetime, keep_for: timedelta = KEEP_FOR) -> tuple[BlobRef, ...]:
    """Photos that every rule but that of space allows to give up, the oldest first.

    Each segment of mine that names one must be confirmed (in the folder is not enough) and older than `keep_for` by the
    stamp of its last operation; what is on anybody's want list stays.
    """
    confirmed = replica.acknowledged()
    wanted = {name for wants in replica.wants().values() for name in wants.blobs}
    latest = int((now - keep_for).timestamp() * 1000)
    by_name: dict[str, list[HeldBlob]] = {}
    for held in replica.held_blobs():
        by_name.setdefault(held.ref.name, []).append(held)
    free_to_go = [
        every
        for name, every in by_name.items()
        if name not in wanted
        and all(each.seq <= confirmed.get(each.device, 0) and each.stamped_ms <= latest for each in every)
    ]
    return tuple(every[0].ref for every in sorted(free_to_go, key=_age))


def purge(replica: Replica, retention: Retention, *, now: datetime, free_bytes: int) -> tuple[BlobRef, ...]:
    """Give up what may go, as far as space is needed; returns what was given up. An office keeps everything."""
    if replica.membership().is_office:
        return ()
    gone = tuple(_needed(purgeable(replica, now=now, keep_for=retention.keep_for), retention.enough_free, free_bytes))
    for ref in gone:
        replica.purge_blob(ref.name)
    return gone


def _age(every: Sequence[HeldBlob]) -> tuple[int, str]:
    return max(each.stamped_ms for each in every), every[0].ref.name


def _needed(refs: Iterable[BlobRef], enough_free: int, free_bytes: int) -> Iterable[BlobRef]:
    for ref in refs:
        if enough_free and free_bytes >= enough_free:
            return
        free_bytes += ref.length
        yield ref
