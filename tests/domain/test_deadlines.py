"""Working days, schedules planned backwards, and what is proposed when a date has passed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandu_desktop.domain.problem import Escalation, Grade, Handling, Problem, ProblemState
from jiandu_desktop.domain.problem.escalation import Standing, propose
from jiandu_desktop.domain.working_days import HolidayList, planned_backwards, read_days

SHIPPED = Path(__file__).parents[2] / "resources" / "calendar" / "holidays.csv"
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@pytest.fixture(scope="module")
def holidays() -> HolidayList:
    return read_days(SHIPPED.read_text(encoding="utf-8").splitlines())


def test_the_national_holiday_is_not_counted_and_the_worked_saturday_is(holidays: HolidayList) -> None:
    assert holidays.after(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert holidays.after(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert holidays.between(date(2026, 9, 30), date(2026, 10, 10)) == 3
    assert holidays.last_day(date(2026, 9, 28), 5, working=False) == date(2026, 10, 8)


def test_a_year_without_a_notice_follows_the_weekends_and_says_so(holidays: HolidayList) -> None:
    assert holidays.after(date(2031, 10, 1), 1) == date(2031, 10, 2)
    assert not holidays.covers(date(2031, 10, 1))
    assert holidays.covers(date(2026, 1, 1))


@given(DAYS, st.integers(0, 120))
def test_counting_forth_and_back_agree(start: date, days: int) -> None:
    holidays = read_days(SHIPPED.read_text(encoding="utf-8").splitlines())
    end = holidays.after(start, days)
    assert holidays.between(start, end) == days
    assert days == 0 or holidays.is_working_day(end)
    assert holidays.after(holidays.before(end, days), days) == end or not holidays.is_working_day(start)


@given(DAYS, st.integers(0, 200), st.lists(st.integers(1, 9), min_size=1, max_size=8))
def test_a_schedule_planned_backwards_keeps_order_and_ends_on_the_last_day(
    start: date, length: int, weights: list[int]
) -> None:
    due = start + timedelta(days=length)
    plan = planned_backwards(start, due, [(f"{n}", weight) for n, weight in enumerate(weights)], HolidayList())
    assert [each.text for each in plan] == [f"{n}" for n in range(len(weights))]
    assert [each.day for each in plan] == sorted(each.day for each in plan)
    assert start <= plan[0].day
    assert plan[-1].day == due


def test_a_line_that_cannot_be_read_is_named() -> None:
    with pytest.raises(ValueError, match="line 2"):
        read_days(["2026-01-01,off", "2026-01-02,maybe"])


def _problem(**rest: object) -> Problem:
    values: dict[str, object] = {
        "id": "p",
        "visit_id": "v",
        "school_id": "s",
        "ref": "/data/a",
        "item": "1",
        "matter": "safety",
        "text": "灭火器过期",
        "basis": "",
        "measure": "更换",
        "grade": Grade.GENERAL,
        "handling": Handling.BY_DATE,
        "found_at": datetime(2026, 9, 1, tzinfo=UTC),
        "state": ProblemState.RECTIFYING,
        "due": date(2026, 9, 15),
        **rest,
    }
    return Problem(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "level"),
    [
        (date(2026, 9, 15), None),
        (date(2026, 9, 16), Escalation.REMINDER),
        (date(2026, 9, 23), Escalation.WARNING),
        (date(2026, 9, 30), Escalation.SUPERVISION),
        (date(2026, 12, 15), Escalation.ACCOUNTABILITY),
    ],
)
def test_the_longer_overdue_the_harder_the_step_that_is_proposed(day: date, level: Escalation | None) -> None:
    found = propose(_problem(), Standing(), day)
    assert (found.level if found else None) == level


def test_what_was_done_is_not_proposed_again_and_the_reason_is_told() -> None:
    overdue = date(2026, 9, 24)
    assert propose(_problem(), Standing(level=Escalation.WARNING), overdue) is None
    found = propose(_problem(), Standing(level=Escalation.REMINDER, returned=2), overdue)
    assert found is not None
    assert found.level is Escalation.SUPERVISION
    assert [(rule.cause.value, figure) for rule, figure in found.reasons] == [("returned", 2)]


def test_nothing_is_proposed_for_what_waits_for_its_second_person() -> None:
    waiting = _problem(state=ProblemState.AWAITING_STRIKE_OFF)
    assert propose(waiting, Standing(returned=2), date(2027, 1, 1)) is None


def test_nothing_is_proposed_for_what_is_closed() -> None:
    closed = _problem(state=ProblemState.STRUCK_OFF, veto=True)
    assert propose(closed, Standing(rebounds=3), date(2027, 1, 1)) is None
