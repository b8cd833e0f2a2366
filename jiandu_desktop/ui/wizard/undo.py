"""What can be taken back, the latest first: one step per answer, one per bulk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class Step:
    """`back` takes the step back; `ref` is the item it was about. Steps with the same `merge` that follow each other
    without another between are one: typing 12 is not typing 1 and then 12."""

    ref: str
    back: Callable[[], None]
    merge: str = ""


class UndoList:
    """The steps of this session in the room."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._open = ""

    def __len__(self) -> int:
        return len(self._steps)

    def push(self, step: Step) -> None:
        """Adds a step; a further key in the field that is still being typed in belongs to the step before."""
        if step.merge and step.merge == self._open:
            return
        self._open = step.merge
        self._steps.append(step)
        del self._steps[:-MOST_STEPS]

    def close(self) -> None:
        """The field was left: what is typed next is a step of its own."""
        self._open = ""

    def pop(self) -> Step | None:
        self._open = ""
        return self._steps.pop() if self._steps else None

    def clear(self) -> None:
        self._steps.clear()
        self._open = ""
