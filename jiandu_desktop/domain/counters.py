"""Figures nobody types: what was done and what became of it, by week, month, 责任区 or inspector.

Everything is counted from dated facts, so that a period's figures can be had again years later. A problem counts as
found on the day it was found, as closed on the day it was struck off; *overdue* is looked at on the last day of the
period. Withdrawn problems (申辩 upheld, record revised) are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from statistics import median

from jiandu_desktop.domain.document import DocumentKind


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
    """A problem; `closed` is the day of its strike-off, or on which it was put right on the spot."""

    found: date
    area: str
    people: tuple[str, ...]
    due: date | None = None
    closed: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a table is counted from."""

    visits: Sequence[VisitFact] = ()
    documents: Sequence[DocumentFact] = ()
    problems: Sequence[ProblemFact] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """One row. `closing_days` is the median of calendar days from finding to strike-off of what was closed in the
    period; `in_time` of `with_date` closed ones were closed on or before their date. None where there is nothing."""

    visits: int = 0
    schools: int = 0
    person_times: int = 0
    lessons: int = 0
    meetings: int = 0
    interviews: int = 0
    documents: Mapping[DocumentKind, int] = field(default_factory=dict)
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

    Rows by inspector overlap: a visit of two counts for both. All other rows add up to the one of NOTHING but for
    `schools` (visited in several months) and what is looked at on the last day. Raises ValueError for `last` before
    `first`.
    """
    if last < first:
        raise ValueError("a period ends after it begins")
    if by is GroupBy.NOTHING:
        return (CountRow("", _counts(facts, first, last)),)
    if by in (GroupBy.WEEK, GroupBy.MONTH):
        return tuple(
            CountRow(start.isoformat(), _counts(facts, max(start, first), min(end, last)))
            for start, end in _spans(first, last, by)
        )
    keys: dict[str, None] = {}
    belongs = _area if by is GroupBy.AREA else _people
    everything: list[VisitFact | DocumentFact | ProblemFact] = [*facts.visits, *facts.documents, *facts.problems]
    for fact in everything:
        keys.update(dict.fromkeys(belongs(fact)))
    return tuple(
        CountRow(
            key,
            _counts(
                Facts(
                    [fact for fact in facts.visits if key in belongs(fact)],
                    [fact for fact in facts.documents if key in belongs(fact)],
                    [fact for fact in facts.problems if key in belongs(fact)],
                ),
                first,
                last,
            ),
        )
        for key in sorted(keys)
    )


def _area(fact: VisitFact | DocumentFact | ProblemFact) -> tuple[str, ...]:
    return (fact.area,)


def _people(fact: VisitFact | DocumentFact | ProblemFact) -> tuple[str, ...]:
    return fact.people


def _spans(first: date, last: date, by: GroupBy) -> Iterable[tuple[date, date]]:
    start = first - timedelta(days=first.weekday()) if by is GroupBy.WEEK else first.replace(day=1)
    while start <= last:
        following = start + timedelta(days=7) if by is GroupBy.WEEK else (start + timedelta(days=31)).replace(day=1)
        yield start, following - timedelta(days=1)
        start = following


def _counts(facts: Facts, first: date, last: date) -> Counts:
    visits = [fact for fact in facts.visits if first <= fact.day <= last]
    closed = [fact for fact in facts.problems if fact.closed is not None and first <= fact.closed <= last]
    dated = [fact for fact in closed if fact.due is not None]
    still_open = [fact for fact in facts.problems if fact.found <= last and (fact.closed is None or fact.closed > last)]
    return Counts(
        visits=len(visits),
        schools=len({fact.school for fact in visits}),
        person_times=sum(len(fact.people) + fact.with_them for fact in visits),
        lessons=sum(fact.lessons for fact in visits),
        meetings=sum(fact.meetings for fact in visits),
        interviews=sum(fact.interviews for fact in visits),
        documents=_tally(fact.kind for fact in facts.documents if first <= fact.day <= last),
        found=sum(first <= fact.found <= last for fact in facts.problems),
        closed=len(closed),
        open=len(still_open),
        overdue=sum(fact.due is not None and fact.due < last for fact in still_open),
        closing_days=median((fact.closed - fact.found).days for fact in closed if fact.closed) if closed else None,
        in_time=sum(_in_time(fact) for fact in dated),
        with_date=len(dated),
    )


def _in_time(fact: ProblemFact) -> bool:
    return fact.closed is not None and fact.due is not None and fact.closed <= fact.due


def _tally(values: Iterable[DocumentKind]) -> dict[DocumentKind, int]:
    counts: dict[DocumentKind, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts
