"""Problems (问题): what was found wrong, what is to be done, by whom, until when; and how far that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Grade(StrEnum):
    """问题等级, as several provinces grade what a visit finds (domain.md §1.4)."""

    MINOR = "minor"
    GENERAL = "general"
    SERIOUS = "serious"
    COMPLEX = "complex"


GRADE_NAMES: dict[Grade, str] = {
    Grade.MINOR: "小问题",
    Grade.GENERAL: "一般",
    Grade.SERIOUS: "严重",
    Grade.COMPLEX: "复杂",
}


class Handling(StrEnum):
    """How a problem is put right: on the spot (即知即改) or by a date (限期整改)."""

    ON_THE_SPOT = "on_the_spot"
    BY_DATE = "by_date"


HANDLING_NAMES: dict[Handling, str] = {Handling.ON_THE_SPOT: "即知即改", Handling.BY_DATE: "限期整改"}


class ProblemState(StrEnum):
    """How far a problem is. `found` belongs to a visit that is still open; `struck_off` ends it (销号)."""

    FOUND = "found"
    FIXED_ON_THE_SPOT = "fixed_on_the_spot"
    RECTIFYING = "rectifying"
    AWAITING_RECHECK = "awaiting_recheck"
    STRUCK_OFF = "struck_off"


PROBLEM_STATE_NAMES: dict[ProblemState, str] = {
    ProblemState.FOUND: "待下达",
    ProblemState.FIXED_ON_THE_SPOT: "已当场改",
    ProblemState.RECTIFYING: "整改中",
    ProblemState.AWAITING_RECHECK: "待复查",
    ProblemState.STRUCK_OFF: "已销号",
}

OPEN_STATES = frozenset({ProblemState.RECTIFYING, ProblemState.AWAITING_RECHECK})
"""States that count as 未销号 in lists; what was fixed on the spot is looked at again but is not owed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem with its four lists in one record: 问题 · 措施 · 责任 · 时限."""

    id: str
    visit_id: str
    school_id: str
    ref: str
    item: str
    matter: str
    text: str
    basis: str
    measure: str
    grade: Grade
    handling: Handling
    found_at: datetime
    state: ProblemState = ProblemState.FOUND
    due: date | None = None
    responsible: str = ""
    leader: str = ""
    confirmed: bool = False
    evidence_wanted: int = 0
    notice_number: str = ""
    veto: bool = False

    def missing(self) -> tuple[str, ...]:
        """Field names without which it cannot be issued: measure always; person and date when by a date."""
        wanted: list[tuple[str, object]] = [("text", self.text), ("measure", self.measure)]
        if self.handling is Handling.BY_DATE:
            wanted += [("responsible", self.responsible), ("due", self.due)]
        return tuple(name for name, value in wanted if not value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemEvent:
    """One step in a problem's life, never rewritten: who, when, on which laptop, why."""

    id: str
    problem_id: str
    step: str
    at: datetime
    person: str
    device: str
    note: str = ""
