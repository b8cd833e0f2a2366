"""Events in an order in which every cause stands before its effects, with the past of each as a set of bits."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

from jiandu_desktop.domain.problem.step import ProblemEvent, Step


class History:
    """The events of one problem, each once.

    `events` is in a causal order that depends on nothing but the set itself. A parent that has not arrived is as if it
    had not been named. `circular` holds events that name each other as causes: only forgery makes such.
    """

    def __init__(self, events: Iterable[ProblemEvent]) -> None:
        known = {event.id: event for event in events}
        parents = {event.id: _parents(event, known) for event in known.values()}
        ordered = _causes_first(known, parents)
        self.events: tuple[ProblemEvent, ...] = tuple(known[each] for each in ordered)
        self.circular: tuple[ProblemEvent, ...] = tuple(
            known[each] for each in sorted(known.keys() - set(ordered), key=str)
        )
        self.everything = (1 << len(self.events)) - 1
        position = {each: index for index, each in enumerate(ordered)}
        self._past: list[int] = []
        for event in self.events:
            bits = 0
            for parent in parents[event.id]:
                at = position[parent]
                bits |= self._past[at] | 1 << at
            self._past.append(bits)

    def past(self, index: int) -> int:
        """Bits of everything that the event at `index` knew of."""
        return self._past[index]

    def newest(self, bits: int) -> list[int]:
        """Those of a set of events that no other of the set knew of, in order."""
        seen = 0
        found: list[int] = []
        for index in range(bits.bit_length() - 1, -1, -1):
            if bits >> index & 1:
                if not seen >> index & 1:
                    found.append(index)
                seen |= self._past[index]
        return found[::-1]


def _parents(event: ProblemEvent, known: dict[str, ProblemEvent]) -> set[str]:
    """The parents that are here; an event of the first program, which named none, follows its laptop's earlier ones."""
    if event.parents:
        return {parent for parent in event.parents if parent in known and parent != event.id}
    if event.step == Step.FOUND:
        return set()
    before = [
        each
        for each in known.values()
        if not each.parents
        and (each.device == event.device or each.step == Step.FOUND)
        and (each.step != Step.FOUND, each.at, each.id) < (True, event.at, event.id)
    ]
    return {max(before, key=lambda each: (each.step != Step.FOUND, each.at, each.id)).id} if before else set()


def _causes_first(known: dict[str, ProblemEvent], parents: dict[str, set[str]]) -> list[str]:
    waiting = {each: len(parents[each]) for each in known}
    effects: dict[str, list[str]] = {}
    for each, causes in parents.items():
        for cause in causes:
            effects.setdefault(cause, []).append(each)
    ready = [(known[each].at, each) for each, count in waiting.items() if count == 0]
    heapq.heapify(ready)
    ordered: list[str] = []
    while ready:
        _, each = heapq.heappop(ready)
        ordered.append(each)
        for effect in effects.get(each, ()):
            waiting[effect] -= 1
            if waiting[effect] == 0:
                heapq.heappush(ready, (known[effect].at, effect))
    return ordered
