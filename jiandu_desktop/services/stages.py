"""The stages of one round with the shared folder, as the steps of its progress tell them."""

from __future__ import annotations

from enum import IntEnum

from jiandu_desktop.progress import Step
from jiandu_desktop.sync.pull import FETCHING, READING
from jiandu_desktop.sync.push import CHECKING, SENDING
from jiandu_desktop.sync.tree import WRITING


class SyncStage(IntEnum):
    """A laptop packs and looks (打包), sends and reads back each file (上传), takes in what is new (收取), and files
    readable copies of the documents (归档); after that all of it has been checked."""

    PACKING = 0
    SENDING = 1
    RECEIVING = 2
    FILING = 3


_STAGES = {
    CHECKING: SyncStage.PACKING,
    SENDING: SyncStage.SENDING,
    READING: SyncStage.RECEIVING,
    FETCHING: SyncStage.RECEIVING,
    WRITING: SyncStage.FILING,
}


def stage_of(step: Step) -> SyncStage | None:
    """The stage a step belongs to; None for a step that names none."""
    return _STAGES.get(step.message)


def counts_bytes(step: Step) -> bool:
    """Whether `done` and `total` of the step are bytes (else they are files)."""
    return step.message in (SENDING, FETCHING)
