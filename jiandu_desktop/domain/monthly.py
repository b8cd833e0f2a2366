"""What the monthly index (督导目录) for colleagues tells: visits, documents, problems of one month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthVisit:
    """One visit of the month; `score` in points of a hundred, None where nothing is scored."""

    school: str
    task: str
    kind: str
    visited: date
    inspectors: str
    answered: int
    item_total: int
    problems: int
    score: Decimal | None
    vetoed: bool
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthDocument:
    """One document; `file` is its path from the index, with `/`, "" where its bytes are not here yet."""

    number: str
    kind: str
    school: str
    dated: date
    inspectors: str
    pages: int
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthProblem:
    """One problem found in the month, as it stands now."""

    school: str
    text: str
    grade: str
    measure: str
    responsible: str
    due: date | None
    state: str
    late: bool
    inspectors: str
    notice_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthBook:
    """`title` as 青禾县…督导室 2026年11月督导目录; `whose` says whose records these are."""

    title: str
    whose: str
    visits: tuple[MonthVisit, ...]
    documents: tuple[MonthDocument, ...]
    problems: tuple[MonthProblem, ...]
