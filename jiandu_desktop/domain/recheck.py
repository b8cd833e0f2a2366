"""Re-check visits (复查): which problems are looked at again, and how the items of their checklist are named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jiandu_desktop.domain.problem import Problem, ProblemState, Recheck

FORM_ID = "jiandu-recheck"
"""The checklist of every re-check visit; its versions are the schools' problems, so none is ever the current one."""

TO_LOOK_AT = (
    ProblemState.AWAITING_RECHECK,
    ProblemState.RECTIFYING,
    ProblemState.FIXED_ON_THE_SPOT,
)
"""States in which a re-check may be taken, in the order of the checklist's sections."""

_RESULT, _DUE, _NOTE = "p_", "due_", "note_"
FOUND_ITEM = "found"
"""The item by which a new problem is entered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckResult:
    """What the re-check found of one problem; `new_due` moves its date, `note` says what was seen or is left."""

    problem_id: str
    ref: str
    result: Recheck
    new_due: date | None = None
    note: str = ""


def to_look_at(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those to be looked at, in the order of the checklist: reported ones, open ones by date, fixed on the spot."""
    wanted = [problem for problem in problems if problem.state in TO_LOOK_AT]
    return tuple(
        sorted(
            wanted,
            key=lambda each: (TO_LOOK_AT.index(each.state), each.due or date.max, each.found_at, each.id),
        )
    )


def result_item(problem_id: str) -> str:
    """The name of the item that asks for a problem's result: letters, figures and _ only, as a checklist demands."""
    return _RESULT + problem_id.replace("-", "")


def due_item(problem_id: str) -> str:
    """The item with the new date."""
    return _DUE + problem_id.replace("-", "")


def note_item(problem_id: str) -> str:
    """The item with what was seen or is left to do."""
    return _NOTE + problem_id.replace("-", "")


def problem_of(item_name: str) -> str:
    """The problem's identifier in the name of its result item; "" for another item."""
    figures = item_name.removeprefix(_RESULT)
    if figures == item_name or len(figures) != 32 or not all(sign in "0123456789abcdef" for sign in figures):
        return ""
    return "-".join((figures[:8], figures[8:12], figures[12:16], figures[16:20], figures[20:]))
