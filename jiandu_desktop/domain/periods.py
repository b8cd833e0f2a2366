"""The periods that an office reckons by: week, month, term, year."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class Period(StrEnum):
    """Which days are counted."""

    WEEK = "week"
    MONTH = "month"
    TERM = "term"
    YEAR = "year"
    OWN = "own"


PERIOD_NAMES: dict[Period, str] = {
    Period.WEEK: "本周",
    Period.MONTH: "本月",
    Period.TERM: "本学期",
    Period.YEAR: "本年",
    Period.OWN: "自定",
}

_AUTUMN, _SPRING = 9, 2


def period_of(period: Period, today: date) -> tuple[date, date]:
    """First and last day, both included, of the period that `today` is in; OWN begins and ends today.

    Weeks begin on Monday. The school year begins on September 1; its second term on February 1, where both holidays
    belong to the term before them (a visit in the holidays looks at what the term left behind).
    """
    if period is Period.WEEK:
        monday = today - timedelta(days=today.weekday())
        return monday, monday + timedelta(days=6)
    if period is Period.MONTH:
        return _months(today.year, today.month, 1)
    if period is Period.YEAR:
        return _months(today.year, 1, 12)
    if period is Period.TERM:
        if _SPRING <= today.month < _AUTUMN:
            return _months(today.year, _SPRING, _AUTUMN - _SPRING)
        return _months(today.year if today.month >= _AUTUMN else today.year - 1, _AUTUMN, 12 - _AUTUMN + _SPRING)
    return today, today


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    after = month - 1 + count
    return date(year, month, 1), date(year + after // 12, after % 12 + 1, 1) - timedelta(days=1)
