"""Which of two operations was written in view of the other: by the parents they name, never by a clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from jiandu_desktop.sync.operation import Op

UNCHAINED = frozenset({"ack", "want", "device.want"})
"""Kinds that replace what the same device said before: their order is that of its journal, parents would only grow."""


def heads(ops: Iterable[Op]) -> tuple[str, ...]:
    """The op_ids that no other of these names as a parent, sorted: what the next operation is written in view of."""
    every = list(ops)
    followed = {parent for op in every for parent in op.parents}
    return tuple(sorted({op.op_id for op in every} - followed))


@dataclass(slots=True)
class History:
    """The operations on one entity, ready to be asked about their order.

    Within one device the number orders; between devices the parents do. A parent that is not here counts for nothing.
    """

    ops: Mapping[str, Op]
    _above: dict[str, frozenset[str]] = field(default_factory=dict)
    _direct: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, ops: Iterable[Op]) -> History:
        return cls({op.op_id: op for op in ops})

    def is_before(self, first: str, second: str) -> bool:
        """Whether `second` was written in view of `first`, directly or by way of others."""
        return first in self.above(second)

    def are_concurrent(self, first: str, second: str) -> bool:
        """Whether neither was written in view of the other."""
        return first != second and not self.is_before(first, second) and not self.is_before(second, first)

    def above(self, op_id: str) -> frozenset[str]:
        """Everything that `op_id` was written in view of."""
        if op_id in self._above:
            return self._above[op_id]
        direct = self._direct = self._direct or self._direct_parents()
        found: set[str] = set()
        waiting = list(direct.get(op_id, ()))
        while waiting:
            each = waiting.pop()
            if each not in found:
                found.add(each)
                waiting.extend(self._above.get(each, direct.get(each, ())))
        # A circle of parents can only be forged: nothing is before itself.
        self._above[op_id] = frozenset(found - {op_id})
        return self._above[op_id]

    def in_order(self) -> tuple[Op, ...]:
        """Every operation after those it was written in view of; concurrent ones by stamp, then op_id: the same on
        every computer, whatever the order of arrival."""
        done: dict[str, Op] = {}
        waiting = sorted(self.ops.values(), key=lambda op: (op.hlc, op.op_id))
        while waiting:
            ready = [op for op in waiting if all(parent in done for parent in self.above(op.op_id))]
            # Of a forged circle nothing is ready: it is taken as it stands.
            first = ready[0] if ready else waiting[0]
            done[first.op_id] = first
            waiting.remove(first)
        return tuple(done.values())

    def _direct_parents(self) -> dict[str, set[str]]:
        direct = {op_id: {parent for parent in op.parents if parent in self.ops} for op_id, op in self.ops.items()}
        by_device: dict[str, list[Op]] = {}
        for op in self.ops.values():
            by_device.setdefault(op.device, []).append(op)
        for own in by_device.values():
            own.sort(key=lambda op: op.number)
            for earlier, later in pairwise(own):
                direct[later.op_id].add(earlier.op_id)
        return direct


def concurrent(first: Op, second: Op, among: Iterable[Op] = ()) -> bool:
    """Whether neither of two operations on one entity was written in view of the other, given all `among` them."""
    return History.of([*among, first, second]).are_concurrent(first.op_id, second.op_id)
