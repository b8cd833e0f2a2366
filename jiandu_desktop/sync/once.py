"""One whole sync with one folder, in the order that loses nothing, and what became of my records."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress
from jiandu_desktop.sync import names
from jiandu_desktop.sync.folder import Folder
from jiandu_desktop.sync.fork import unknown_own
from jiandu_desktop.sync.look import Look, look
from jiandu_desktop.sync.packing import PACK_AFTER
from jiandu_desktop.sync.pull import pull
from jiandu_desktop.sync.push import go_on_after_fork, push
from jiandu_desktop.sync.receipt import Receipt, Stage
from jiandu_desktop.sync.replica import OwnSegment, Replica


def sync_once(
    folder: Folder,
    replica: Replica,
    progress: Progress,
    *,
    now: datetime,
    scrub: bool = False,
    pack_after: timedelta = PACK_AFTER,
) -> Receipt:
    """A laptop pushes first (its records are the only copy) and then pulls; an office pulls, then publishes its answer.

    What keeps a device from writing (read-only folder, an office's fork without the root key) does not keep it from
    reading: it is told in the receipt. Raises Cancelled; Trouble as `pull` and `push` do.
    """
    checked = folder.checked_by(progress.check)
    seen = look(checked, replica, scrub=scrub)

    def give() -> Receipt:
        try:
            return push(
                folder, replica, progress, now=now, seen=seen, listed=listed, scrub=scrub, pack_after=pack_after
            )
        except Trouble as trouble:
            return _only_writing(trouble, now)

    listed = checked.list(names.journal(replica.membership().device))
    if replica.membership().is_office:
        # What an office does after reading goes into its journal: it must be the right one before it reads.
        renewed = _renewed(checked, replica, seen, listed, now)
        listed = () if renewed.renewed else listed
        received = pull(folder, replica, progress, now=now, seen=seen, scrub=scrub)
        return merged(merged(renewed, received), give())
    before = Receipt(checked_at=now)
    if unknown_own(checked, replica, listed):
        # Whose history the office has confirmed must be known before one of two goes on under a new identity.
        before = pull(folder, replica, progress, now=now, seen=seen)
    given = merged(before, give())
    wanted_before = replica.wants()
    both = merged(given, pull(folder, replica, progress, now=now, seen=seen, scrub=scrub))
    if replica.wants() != wanted_before and not both.trouble:
        both = merged(both, push(folder, replica, progress, now=now))
    return both


def merged(first: Receipt, second: Receipt) -> Receipt:
    """One receipt of two steps of the same sync; what waits is what waited last."""
    return Receipt(
        checked_at=second.checked_at,
        sent=first.sent + second.sent,
        arrived=first.arrived + second.arrived,
        waiting=second.waiting or first.waiting,
        refused=first.refused + second.refused,
        acknowledged={**first.acknowledged, **second.acknowledged},
        trouble=first.trouble or second.trouble,
        trouble_values=first.trouble_values or second.trouble_values,
        renewed=first.renewed or second.renewed,
    )


def stage_of(op_number: int, own: Sequence[OwnSegment], confirmed: int) -> Stage:
    """Where my operation `op_number` is; `confirmed` is the highest of my segments that the office has confirmed.

    Says no more than is true: an operation that is in no segment, or in one not read back, is only saved here.
    """
    for each in own:
        if each.first_op <= op_number <= each.last_op:
            if each.seq <= confirmed:
                return Stage.CONFIRMED
            return Stage.IN_FOLDER if each.sent else Stage.SAVED
    return Stage.SAVED


_WRITING_ONLY = frozenset({"folder-read-only", "device-forked"})


def _renewed(folder: Folder, replica: Replica, seen: Look, listed: Collection[str], now: datetime) -> Receipt:
    try:
        return Receipt(checked_at=now, renewed=go_on_after_fork(folder, replica, seen, listed, now))
    except Trouble as trouble:
        return _only_writing(trouble, now)


def _only_writing(trouble: Trouble, now: datetime) -> Receipt:
    if trouble.code not in _WRITING_ONLY:
        raise trouble
    values = {name: str(value) for name, value in trouble.values.items()}
    return Receipt(checked_at=now, trouble=trouble.code, trouble_values=values)
