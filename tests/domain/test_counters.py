"""The figures of a week, a month, a 责任区 or an inspector, and that they add up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandu_desktop.domain.counters import DocumentFact, Facts, GroupBy, ProblemFact, VisitFact, count
from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.periods import Period, period_of

FIRST, LAST = date(2026, 9, 1), date(2026, 10, 31)
DAYS = st.dates(date(2026, 8, 1), date(2026, 11, 30))
AREAS = st.sampled_from(["东区", "西区", ""])
PEOPLE = st.lists(st.sampled_from(["李", "赵", "王"]), min_size=1, max_size=3, unique=True).map(tuple)


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    problems = []
    for _ in range(draw(st.integers(0, 8))):
        found = draw(DAYS)
        closed = draw(st.none() | st.integers(0, 60).map(lambda days, found=found: found + timedelta(days=days)))
        problems.append(
            ProblemFact(found=found, area=draw(AREAS), people=draw(PEOPLE), due=draw(st.none() | DAYS), closed=closed)
        )
    return Facts(
        visits=[
            VisitFact(day=draw(DAYS), school=draw(st.sampled_from("abc")), area=draw(AREAS), people=draw(PEOPLE))
            for _ in range(draw(st.integers(0, 6)))
        ],
        documents=[
            DocumentFact(
                day=draw(DAYS),
                kind=draw(st.sampled_from(list(DocumentKind))),
                area=draw(AREAS),
                people=draw(PEOPLE),
            )
            for _ in range(draw(st.integers(0, 5)))
        ],
        problems=problems,
    )


@given(facts(), st.sampled_from([GroupBy.WEEK, GroupBy.MONTH, GroupBy.AREA]))
def test_the_rows_add_up_to_the_whole(given_facts: Facts, by: GroupBy) -> None:
    (whole,) = count(given_facts, FIRST, LAST)
    rows = [row.counts for row in count(given_facts, FIRST, LAST, by)]
    for name in ("visits", "person_times", "found", "closed", "in_time", "with_date"):
        assert sum(getattr(row, name) for row in rows) == getattr(whole.counts, name)
    for kind in DocumentKind:
        assert sum(row.documents.get(kind, 0) for row in rows) == whole.counts.documents.get(kind, 0)
    if by is GroupBy.AREA:
        assert sum(row.overdue for row in rows) == whole.counts.overdue
        assert sum(row.open for row in rows) == whole.counts.open


@given(facts())
def test_what_is_open_at_the_end_was_open_or_found_and_not_closed(given_facts: Facts) -> None:
    (before,) = count(given_facts, date(2026, 1, 1), FIRST - timedelta(days=1))
    (whole,) = count(given_facts, FIRST, LAST)
    assert before.counts.open + whole.counts.found - whole.counts.closed == whole.counts.open


def test_two_inspectors_share_a_visit_and_the_median_is_of_days() -> None:
    given_facts = Facts(
        visits=[VisitFact(day=date(2026, 9, 2), school="a", area="东区", people=("李", "赵"), with_them=1, lessons=2)],
        problems=[
            ProblemFact(
                found=date(2026, 9, 2),
                area="东区",
                people=("李", "赵"),
                due=date(2026, 9, 10),
                closed=date(2026, 9, 9),
            ),
            ProblemFact(
                found=date(2026, 9, 2),
                area="东区",
                people=("李",),
                due=date(2026, 9, 10),
                closed=date(2026, 9, 20),
            ),
            ProblemFact(found=date(2026, 9, 2), area="东区", people=("李",), due=date(2026, 10, 1)),
        ],
    )
    rows = {row.key: row.counts for row in count(given_facts, FIRST, LAST, GroupBy.INSPECTOR)}
    assert (rows["李"].visits, rows["赵"].visits, rows["李"].person_times) == (1, 1, 3)
    assert rows["李"].closing_days == pytest.approx(12.5)
    assert rows["李"].rate_in_time == pytest.approx(0.5)
    assert (rows["李"].overdue, rows["赵"].overdue) == (1, 0)


def test_weeks_begin_on_monday_and_empty_ones_are_there() -> None:
    rows = count(Facts(), date(2026, 9, 2), date(2026, 9, 15), GroupBy.WEEK)
    assert [row.key for row in rows] == ["2026-08-31", "2026-09-07", "2026-09-14"]
    assert all(row.counts.closing_days is None and row.counts.rate_in_time is None for row in rows)


@given(facts())
def test_what_was_open_and_came_less_what_was_closed_is_open(given_facts: Facts) -> None:
    for row in (*count(given_facts, FIRST, LAST), *count(given_facts, FIRST, LAST, GroupBy.WEEK)):
        found = row.counts
        assert found.carried + found.found - found.closed == found.open
        assert 0 <= found.overdue <= found.open


@given(facts(), DAYS)
def test_overdue_is_what_is_open_past_its_date_on_the_last_day(given_facts: Facts, last: date) -> None:
    (row,) = count(given_facts, last, last)
    still = [
        each for each in given_facts.problems if each.found <= last and (each.closed is None or each.closed > last)
    ]
    assert row.counts.open == len(still)
    assert row.counts.overdue == sum(each.due is not None and each.due < last for each in still)


def test_a_term_begins_in_september_and_in_february() -> None:
    autumn = (date(2026, 9, 1), date(2027, 1, 31))
    assert period_of(Period.TERM, date(2026, 11, 21)) == period_of(Period.TERM, date(2027, 1, 20)) == autumn
    assert period_of(Period.TERM, date(2028, 2, 29)) == (date(2028, 2, 1), date(2028, 8, 31))
    assert period_of(Period.WEEK, date(2026, 11, 22)) == (date(2026, 11, 16), date(2026, 11, 22))
    assert period_of(Period.MONTH, date(2028, 2, 3)) == (date(2028, 2, 1), date(2028, 2, 29))
    assert period_of(Period.YEAR, date(2026, 12, 31)) == (date(2026, 1, 1), date(2026, 12, 31))
    assert period_of(Period.OWN, date(2026, 11, 21)) == (date(2026, 11, 21), date(2026, 11, 21))
