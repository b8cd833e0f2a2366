"""Views of the ledger: what each asks of a problem, the numbers above them, and the views a user saved."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from jiandu_desktop.domain.problem import OPEN_STATES, ProblemState
from jiandu_desktop.services.preferences import Preferences


class View(StrEnum):
    """The views that everyone has; the values are also what other pages open the ledger with."""

    OPEN = "open"
    TODAY = "today"
    LATE = "late"
    RECHECK = "recheck"
    STRIKE_OFF = "strike_off"
    REBOUND = "rebound"
    NOBODY = "nobody"
    CONFLICT = "conflict"
    FOUND = "found"
    ON_THE_SPOT = "spot"
    STRUCK_OFF = "struck_off"
    EVERY = "all"


class Field(StrEnum):
    """What can be filtered by."""

    SCHOOL = "school"
    AREA = "area"
    MATTER = "matter"
    GRADE = "grade"
    PERSON = "person"
    DUE = "due"
    STATE = "state"
    SOURCE = "source"
    HANDLING = "handling"


class Due(StrEnum):
    """How near a date is; of what is no longer owed only the date itself counts."""

    NONE = "none"
    LATE = "late"
    TODAY = "today"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Mark:
    """One problem as far as views ask; packed as `storage.ledger.Marks` says."""

    state: ProblemState
    due: Due
    nobody: bool
    conflict: bool
    rebound: bool

    @property
    def open(self) -> bool:
        return self.state in OPEN_STATES


_STATES = tuple(ProblemState)
_DUES = tuple(Due)
MARKS = tuple(
    Mark(_STATES[code >> 5], _DUES[code >> 3 & 3], bool(code & 4), bool(code & 2), bool(code & 1))
    for code in range(len(_STATES) * 32)
)
"""Every mark by its code."""

_HOLDS: Mapping[View, Callable[[Mark], bool]] = {
    View.OPEN: lambda mark: mark.open,
    View.TODAY: lambda mark: mark.open and mark.due is Due.TODAY,
    View.LATE: lambda mark: mark.open and mark.due is Due.LATE,
    View.RECHECK: lambda mark: mark.state is ProblemState.AWAITING_RECHECK,
    View.STRIKE_OFF: lambda mark: mark.state is ProblemState.AWAITING_STRIKE_OFF,
    View.REBOUND: lambda mark: mark.rebound and mark.open,
    View.NOBODY: lambda mark: mark.nobody and (mark.open or mark.state is ProblemState.FOUND),
    View.CONFLICT: lambda mark: mark.conflict,
    View.FOUND: lambda mark: mark.state is ProblemState.FOUND,
    View.ON_THE_SPOT: lambda mark: mark.state is ProblemState.FIXED_ON_THE_SPOT,
    View.STRUCK_OFF: lambda mark: mark.state is ProblemState.STRUCK_OFF,
    View.EVERY: lambda mark: True,
}


@cache
def codes_of(view: View) -> frozenset[int]:
    """The codes of the marks that a view shows."""
    return frozenset(code for code, mark in enumerate(MARKS) if _HOLDS[view](mark))


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is shown: a view, of the inspector's own schools or all, one of `values` in each field, all `words`."""

    view: View = View.OPEN
    mine: bool = False
    values: Mapping[Field, frozenset[str]] = field(default_factory=dict)
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A view of the user's own: what is shown, by what it is grouped and sorted ("" for neither)."""

    name: str
    selection: Selection
    group: str = ""
    sort: str = ""
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """`total` is the sum of the others; `late` is part of `open` and stands beside."""

    total: int
    found: int
    open: int
    on_the_spot: int
    struck_off: int
    withdrawn: int
    late: int


def numbers(counts: Mapping[int, int]) -> Numbers:
    """The numbers above the ledger, from the number of problems by code."""

    def count(*states: ProblemState) -> int:
        return sum(each for code, each in counts.items() if MARKS[code].state in states)

    return Numbers(
        total=sum(counts.values()),
        found=count(ProblemState.FOUND),
        open=count(*OPEN_STATES),
        on_the_spot=count(ProblemState.FIXED_ON_THE_SPOT),
        struck_off=count(ProblemState.STRUCK_OFF),
        withdrawn=count(ProblemState.WITHDRAWN),
        late=sum(counts.get(code, 0) for code in codes_of(View.LATE)),
    )


def saved_views(preferences: Preferences) -> tuple[SavedView, ...]:
    """The user's own views, in the order in which they were made; one that cannot be read is left out."""
    return tuple(view for each in json.loads(preferences.get("ledger_views") or "[]") for view in _read(each))


def keep_views(preferences: Preferences, views: Iterable[SavedView]) -> None:
    """Keeps the user's own views; of two with one name, the later stays."""
    by_name = {view.name: view for view in views}
    kept = [_written(view) for view in by_name.values()]
    preferences.set("ledger_views", json.dumps(kept, ensure_ascii=False) if kept else "")


def _written(view: SavedView) -> dict[str, object]:
    shown = view.selection
    return {
        "name": view.name,
        "view": shown.view.value,
        "mine": shown.mine,
        "values": {key.value: sorted(values) for key, values in shown.values.items() if values},
        "words": shown.words,
        "group": view.group,
        "sort": view.sort,
        "descending": view.descending,
    }


def _read(kept: Mapping[str, object]) -> Sequence[SavedView]:
    """One view, or none where a newer version wrote what this one does not know."""
    values = kept.get("values")
    view, fields = kept.get("view"), values if isinstance(values, dict) else {}
    if view not in set(View) or not set(fields) <= set(Field):
        return ()
    return (
        SavedView(
            name=str(kept["name"]),
            selection=Selection(
                view=View(str(view)),
                mine=bool(kept.get("mine")),
                values={Field(key): frozenset(map(str, chosen)) for key, chosen in fields.items()},
                words=str(kept.get("words", "")),
            ),
            group=str(kept.get("group", "")),
            sort=str(kept.get("sort", "")),
            descending=bool(kept.get("descending")),
        ),
    )
