"""What the wizard gets to work on: one visit with all that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jiandu_desktop.domain.inspector import Inspector
from jiandu_desktop.domain.problem import Problem
from jiandu_desktop.domain.school import STAGE_NAMES, School
from jiandu_desktop.domain.visit import AnswerSource, Photo, Place, Visit
from jiandu_desktop.services.rows import LastVisit

if TYPE_CHECKING:
    from jiandu_desktop.form_engine import Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChange:
    """One answer as the form engine stores it; None clears it."""

    ref: str
    value: str | None
    source: AnswerSource = AnswerSource.BY_HAND


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many of the relevant items are answered, for lists that do not open the form."""

    answered: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenVisit:
    """All that the wizard needs of one visit.

    `last_saved`: where the checklist asks for it (`${last-saved#…}`), the answers of the newest visit that the same
    inspector finished with it, at whichever school. `self_ratings`: what the school says of itself (自评), by item.
    `owed`: its problems to be looked at on the way, none in a re-check, which asks for them itself; `owed_results`:
    what was found of them, by the problem's identifier.
    """

    visit: Visit
    school: School
    definition: Definition
    values: dict[str, str]
    notes: dict[str, str]
    self_ratings: dict[str, str]
    kept: frozenset[str]
    photos: tuple[Photo, ...]
    problems: tuple[Problem, ...]
    place: Place
    inspectors: tuple[Inspector, ...]
    prefill: dict[str, str]
    last_saved: dict[str, str]
    last: LastVisit | None
    open_problems: tuple[Problem, ...]
    people: tuple[str, ...]
    owed: tuple[Problem, ...] = ()
    owed_results: Mapping[str, str] = field(default_factory=dict)

    @property
    def phonenumber(self) -> str:
        """Of the inspector who leads (`phonenumber` in a checklist)."""
        return self.inspectors[0].phone if self.inspectors else ""


def prefill(definition: Definition, school: School, last: LastVisit | None) -> dict[str, str]:
    """Values for the form's hidden items: `school_…` from the roster, `last_<item>` from the last visit."""
    known = {
        "school_name": school.name,
        "school_code": school.code,
        "school_stage": STAGE_NAMES[school.stage],
        "school_pupils": school.pupils,
        "school_teachers": school.teachers,
        "school_classes": school.classes,
        "school_boarders": school.boarders,
        "school_head": school.head,
    }
    values = {name: str(value) for name, value in known.items() if value not in (None, "")}
    if last is not None:
        names = {item.name for item in definition.items.values()}
        for name, answer in last.answers.items():
            if f"last_{name}" in names:
                values[f"last_{name}"] = answer.value
    return values


def people_at(school: School, problems: Sequence[Problem]) -> tuple[str, ...]:
    """Names that were responsible here before, the head first."""
    head = [f"{school.head}（校长）"] if school.head else []
    newest_first = sorted(problems, key=lambda problem: problem.found_at, reverse=True)
    return tuple(dict.fromkeys([*head, *(each.responsible for each in newest_first if each.responsible)]))
