"""Figures nobody types: what was done and what became of it, by week, month, 责任区 or inspector.

Everything is counted from dated facts, so that a period's figures can be had again years later. A problem counts as
found on the day it was found, as closed on the day it was struck off; *overdue* is looked at on the last day of the
period. Withdrawn problems (申辩 upheld, record revised) are none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from statistics import median
from typing import Generic, TypeVar

from jiandu_desktop.domain.document import DocumentKind

Fact = TypeVar("Fact")


class GroupBy(StrEnum):
    """What the rows of the table are."""

    NOTHING = "nothing"
    WEEK = "week"
    MONTH = "month"
    AREA = "area"
    INSPECTOR = "inspector"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFact:
    """A finished visit; `people` are inspectors, `with_them` companions. The last three are figures of its record."""

    day: date
    school: str
    area: str
    people: tuple[str, ...]
    with_them: int = 0
    lessons: int = 0
    meetings: int = 0
    interviews: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFact:
    """An issued document."""

    day: date
    kind: DocumentKind
    area: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemFact:
    """A problem; `closed` is the day of its strike-off, or on which it was put right on the spot, never before `found`
    (of two laptops one may have its clock wrong)."""

    found: date
    area: str
    people: tuple[str, ...]
    due: date | None = None
    closed: date | None = None

    def __post_init__(self) -> None:
        if self.closed is not None and self.closed < self.found:
            object.__setattr__(self, "closed", self.found)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a table is counted from."""

    visits: Sequence[VisitFact] = ()
    documents: Sequence[DocumentFact] = ()
    problems: Sequence[ProblemFact] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """One row. `carried` were open when the period began: carried + found - closed = open.

    `closing_days` is the median of calendar days from finding to strike-off of what was closed in the period; `in_time`
    of `with_date` closed ones were closed on or before their date. None where there is nothing.
    """

    visits: int = 0
    schools: int = 0
    person_times: int = 0
    lessons: int = 0
    meetings: int = 0
    interviews: int = 0
    documents: Mapping[DocumentKind, int] = field(default_factory=dict)
    carried: int = 0
    found: int = 0
    closed: int = 0
    open: int = 0
    overdue: int = 0
    closing_days: float | None = None
    in_time: int = 0
    with_date: int = 0

    @property
    def rate_in_time(self) -> float | None:
        """Share (0–1) of what was closed in time among what had a date; None where nothing had."""
        return self.in_time / self.with_date if self.with_date else None


@dataclass(frozen=True, slots=True)
class CountRow:
    """A row of the table: `key` is "", an ISO week's Monday, a month's first day, an area or an inspector's id."""

    key: str
    counts: Counts


def count(facts: Facts, first: date, last: date, by: GroupBy = GroupBy.NOTHING) -> tuple[CountRow, ...]:
    """The rows from `first` to `last`, both included; weeks and months without any fact are there with zeros.

    Rows by inspector overlap: a visit of two counts for both; what nobody of ours found stands under "". All other rows
    add up to the one of NOTHING but for `schools` (visited in several months) and what is looked at on the last day.
    Raises ValueError for `last` before `first`.
    """
    if last < first:
        raise ValueError("a period ends after it begins")
    if by is GroupBy.NOTHING:
        return (CountRow("", _Tally(facts).counts(first, last)),)
    if by in (GroupBy.WEEK, GroupBy.MONTH):
        tally = _Tally(facts)
        return tuple(
            CountRow(start.isoformat(), tally.counts(max(start, first), min(end, last)))
            for start, end in _spans(first, last, by)
        )
    belongs = _area if by is GroupBy.AREA else _people
    visits, documents = _by_key(facts.visits, belongs), _by_key(facts.documents, belongs)
    problems = _by_key(facts.problems, belongs)
    return tuple(
        CountRow(
            key,
            _Tally(Facts(visits.get(key, ()), documents.get(key, ()), problems.get(key, ()))).counts(first, last),
        )
        for key in sorted(visits.keys() | documents.keys() | problems.keys())
    )


def _by_key(some: Sequence[Fact], belongs: Callable[[Fact], tuple[str, ...]]) -> dict[str, list[Fact]]:
    groups: dict[str, list[Fact]] = {}
    for fact in some:
        for key in belongs(fact):
            groups.setdefault(key, []).append(fact)
    return groups


def _area(fact: VisitFact | DocumentFact | ProblemFact) -> tuple[str, ...]:
    return (fact.area,)


def _people(fact: VisitFact | DocumentFact | ProblemFact) -> tuple[str, ...]:
    return fact.people or ("",)


def _spans(first: date, last: date, by: GroupBy) -> Iterable[tuple[date, date]]:
    start = first - timedelta(days=first.weekday()) if by is GroupBy.WEEK else first.replace(day=1)
    while start <= last:
        following = start + timedelta(days=7) if by is GroupBy.WEEK else (start + timedelta(days=31)).replace(day=1)
        yield start, following - timedelta(days=1)
        start = following


class _Tally:
    """Facts put in the order of their days once, so that a row of many weeks looks at its own facts alone."""

    def __init__(self, facts: Facts) -> None:
        self._visits = _Dated([(fact.day, fact) for fact in facts.visits])
        self._documents = _Dated([(fact.day, fact) for fact in facts.documents])
        closed = [(fact.closed, fact) for fact in facts.problems if fact.closed is not None]
        self._closed = _Dated(closed)
        self._found = sorted(fact.found for fact in facts.problems)
        # A problem is overdue from the day after its date, or from its finding if that was later, until it is closed.
        late = [
            (max(fact.found, fact.due + timedelta(days=1)), fact.closed)
            for fact in facts.problems
            if fact.due is not None
        ]
        self._late_from = sorted(start for start, _ in late)
        self._late_until = sorted(max(start, end) for start, end in late if end is not None)

    def counts(self, first: date, last: date) -> Counts:
        visits, before = self._visits.between(first, last), first - timedelta(days=1)
        closed = self._closed.between(first, last)
        dated = [fact for fact in closed if fact.due is not None]
        days = [(fact.closed - fact.found).days for fact in closed if fact.closed is not None]
        return Counts(
            visits=len(visits),
            schools=len({fact.school for fact in visits}),
            person_times=sum(len(fact.people) + fact.with_them for fact in visits),
            lessons=sum(fact.lessons for fact in visits),
            meetings=sum(fact.meetings for fact in visits),
            interviews=sum(fact.interviews for fact in visits),
            documents=_tally(fact.kind for fact in self._documents.between(first, last)),
            carried=self._open(before),
            found=_until(self._found, last) - _until(self._found, before),
            closed=len(closed),
            open=self._open(last),
            overdue=_until(self._late_from, last) - _until(self._late_until, last),
            closing_days=median(days) if days else None,
            in_time=sum(_in_time(fact) for fact in dated),
            with_date=len(dated),
        )

    def _open(self, day: date) -> int:
        """How many were open when `day` ended."""
        return _until(self._found, day) - _until(self._closed.days, day)


class _Dated(Generic[Fact]):
    """Facts by day."""

    def __init__(self, facts: list[tuple[date, Fact]]) -> None:
        ordered = sorted(facts, key=lambda each: each[0])
        self.days = [day for day, _ in ordered]
        self._facts = [fact for _, fact in ordered]

    def between(self, first: date, last: date) -> list[Fact]:
        return self._facts[_until(self.days, first - timedelta(days=1)) : _until(self.days, last)]


def _until(days: list[date], last: date) -> int:
    """How many of the ordered days are not after `last`."""
    return bisect_right(days, last)


def _in_time(fact: ProblemFact) -> bool:
    return fact.closed is not None and fact.due is not None and fact.closed <= fact.due


def _tally(values: Iterable[DocumentKind]) -> dict[DocumentKind, int]:
    counts: dict[DocumentKind, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts
