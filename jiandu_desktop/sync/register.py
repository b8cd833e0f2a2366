"""A field that many may write: every value that nobody has overwritten knowingly, with who wrote it and when."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jiandu_desktop.sync.causality import History
from jiandu_desktop.sync.operation import Op


@dataclass(frozen=True, slots=True)
class Told:
    """One value and the operation that wrote it."""

    value: Any
    op: Op


def standing(ops: Iterable[Op], reads: Callable[[Op], bool] = lambda op: True) -> tuple[Op, ...]:
    """Of the operations that `reads` picks, those that no other of them was written in view of; in the order of op_id.

    More than one means that they were written without knowledge of each other.
    """
    history = History.of(ops)
    chosen = [op for op in history.ops.values() if reads(op)]
    overwritten = {above for op in chosen for above in history.above(op.op_id)}
    return tuple(sorted((op for op in chosen if op.op_id not in overwritten), key=lambda op: op.op_id))


def values_of(ops: Iterable[Op], field: str, fields: Callable[[Op], Mapping[str, Any]]) -> tuple[Told, ...]:
    """The values of one field that stand side by side; equal values count once, for the earlier operation by op_id.

    `fields` gives what an operation writes; one that does not write the field leaves it as it is. One value is the
    usual case, none means that nobody wrote it.
    """
    told: dict[str, Told] = {}
    for op in standing(ops, lambda op: field in fields(op)):
        value = fields(op)[field]
        told.setdefault(json.dumps(value, sort_keys=True, ensure_ascii=False), Told(value, op))
    return tuple(told.values())


def shown_first(told: Sequence[Told], rank: Callable[[str], int] = lambda device: 0) -> Told:
    """The value that is shown until a person decides: the same on every computer. Lower `rank` of the device first
    (between an office's computers), then the later stamp, then the op_id."""
    least = min(rank(each.op.device) for each in told)
    return max((each for each in told if rank(each.op.device) == least), key=lambda each: (each.op.hlc, each.op.op_id))


def is_deleted(ops: Iterable[Op], deletes: Callable[[Op], bool]) -> bool:
    """Whether a deletion stands alone: an edit that did not know of it, or came after it, beats it. The deletion stays
    in the history in any case."""
    last = standing(ops)
    return bool(last) and all(deletes(op) for op in last)
