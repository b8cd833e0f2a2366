"""What can be taken back and done again, the latest first: one step per answer, one per bulk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

MOST_STEPS = 200

Way: TypeAlias = Callable[[], "Way"]
"""Changes the visit and returns the way back from there: what undoes gives what does again, and the other way round."""


@dataclass(frozen=True, slots=True)
class Step:
    """`back` takes the step back; `ref` is the item it was about. Steps with the same `merge` that follow each other
    without another between are one: typing 12 is not typing 1 and then 12."""

    ref: str
    back: Way
    merge: str = ""


class UndoList:
    """The steps of this session in the room, and those that were taken back and may be done again."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._undone: list[Step] = []
        self._open = ""

    def __len__(self) -> int:
        return len(self._steps)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def push(self, step: Step) -> None:
        """Adds a step; a further key in the field that is still being typed in belongs to the step before."""
        self._undone.clear()
        if step.merge and step.merge == self._open:
            return
        self._open = step.merge
        self._steps.append(step)
        del self._steps[:-MOST_STEPS]

    def close(self) -> None:
        """The field was left: what is typed next is a step of its own."""
        self._open = ""

    def undo(self) -> str:
        """Takes the last step back; returns the item it was about, "" when there was none."""
        return self._go(self._steps, self._undone)

    def redo(self) -> str:
        """Does again what was taken back last; returns the item likewise."""
        return self._go(self._undone, self._steps)

    def _go(self, here: list[Step], there: list[Step]) -> str:
        self._open = ""
        if not here:
            return ""
        step = here.pop()
        there.append(Step(step.ref, step.back()))
        return step.ref
