"""ODK's functions on dates and times. Dates without offset lie in the form's zone."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from jiandu_desktop.form_engine.xpath.library import FunctionTable
from jiandu_desktop.form_engine.xpath.scope import Context
from jiandu_desktop.form_engine.xpath.values import (
    NAN,
    Days,
    Moment,
    Value,
    time_from_text,
    to_moment,
    to_number,
    to_string,
)

DATES: Final = FunctionTable()
_MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_WEEKDAYS: Final = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def zone_of(c: Context) -> tzinfo:
    return c.scope.zone or UTC


@DATES.add("today", "", "any", context=True)
def today(c: Context) -> Moment:
    return Moment(_now(c).replace(hour=0, minute=0, second=0, microsecond=0))


@DATES.add("now", "", "any", context=True)
def now(c: Context) -> Moment:
    return Moment(_now(c))


def _now(c: Context) -> datetime:
    return c.scope.now().astimezone(zone_of(c))


@DATES.add("date", "v", "any", context=True)
def date_of(c: Context, value: Value) -> Moment:
    return to_moment(value, zone_of(c))


@DATES.add("date-time", "v", "any", context=True)
def date_time_of(c: Context, value: Value) -> Moment:
    return to_moment(value, zone_of(c))


@DATES.add("decimal-date-time", "v", "number", context=True)
def decimal_date_time(c: Context, value: Value) -> float:
    """Days since 1970-01-01T00:00Z."""
    return to_moment(value, zone_of(c)).days()


@DATES.add("decimal-time", "v", "number", context=True)
def decimal_time(c: Context, value: Value) -> float:
    """Fraction of the day, from midnight in the form's zone."""
    clock = time_from_text(to_string(value), zone_of(c), _now(c).date())
    if clock is None:
        at = to_moment(value, zone_of(c)).at if "-" in to_string(value)[:5] else None
        if at is None:
            return NAN
        clock = at.time()
    return (((clock.hour * 60 + clock.minute) * 60 + clock.second) * 1000 + clock.microsecond // 1000) / 86_400_000


@DATES.add("format-date", "v s", "string", context=True)
def format_date(c: Context, value: Value, pattern: str) -> str:
    return _formatted(c, value, pattern)


@DATES.add("format-date-time", "v s", "string", context=True)
def format_date_time(c: Context, value: Value, pattern: str) -> str:
    return _formatted(c, value, pattern)


@DATES.add("number", "v?", "number", context=True)
def number(c: Context, value: Value | None = None) -> float:
    """As in XPath; a date is its days since 1970-01-01T00:00Z, written as whole days."""
    given: Value = [c.node] if value is None else value
    if isinstance(given, float):
        return given
    result = to_number(given, c.scope.zone)
    text = to_string(given)
    if math.isfinite(result) and (isinstance(given, Moment) or (len(text) >= 10 and text[4] == "-")):
        return Days(result, float(math.floor(result)))
    return result


def _week(at: datetime) -> int:
    """Of the year, weeks beginning on Sundays and the one with New Year's Day being the first, as JavaRosa counts."""
    first = at.date().replace(month=1, day=1)
    sunday = at.date() - timedelta(days=(at.weekday() + 1) % 7)
    if (sunday + timedelta(days=6)).year > at.year:
        return 1
    return ((sunday - (first - timedelta(days=(first.weekday() + 1) % 7))).days // 7) + 1


def _formatted(c: Context, value: Value, pattern: str) -> str:
    """`%Y %y %m %n %b %d %e %H %h %M %S %3 %a %W` of the ODK XForms specification; other letters stay as they are."""
    at = to_moment(value, zone_of(c)).at
    if at is None:
        clock = time_from_text(to_string(value), zone_of(c), _now(c).date())
        if clock is None:
            return ""
        at = datetime.combine(_now(c).date(), clock, zone_of(c))
    shown = {
        "Y": f"{at.year:04}", "y": f"{at.year % 100:02}", "m": f"{at.month:02}", "n": str(at.month),
        "b": _MONTHS[at.month - 1], "d": f"{at.day:02}", "e": str(at.day), "H": f"{at.hour:02}", "h": str(at.hour),
        "M": f"{at.minute:02}", "S": f"{at.second:02}", "3": f"{at.microsecond // 1000:03}",
        "a": _WEEKDAYS[at.weekday()], "W": str(_week(at)), "%": "%",
    }  # fmt: skip
    parts = pattern.split("%")
    out = [parts[0]]
    skip = False
    for part in parts[1:]:
        if skip:
            out.append(part)
            skip = False
        elif part == "":
            out.append("%")
            skip = True
        else:
            out.append(shown.get(part[0], "%" + part[0]) + part[1:])
    return "".join(out)
