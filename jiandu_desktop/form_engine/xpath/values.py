"""The values of expressions and how one kind turns into another: XPath 1.0 §3–4, with ODK's dates on top."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

from jiandu_desktop.form_engine.xpath.nodes import Node

DAY: Final = 86_400_000.0  # milliseconds
NAN: Final = math.nan
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_PLAIN_NUMBER: Final = re.compile(r"[ \t\r\n]*-?(?:\d+(?:\.\d*)?|\.\d+)[ \t\r\n]*", re.ASCII)
_ANY_NUMBER: Final = re.compile(r"[ \t\r\n]*-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?[ \t\r\n]*", re.ASCII)
_DATE: Final = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:T(\d\d?):(\d\d?)(?::(\d\d?)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?)?", re.ASCII
)
_TIME: Final = re.compile(r"(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or date-time as ODK has them: one instant, shown in the form's zone; `at` None is no date at all."""

    at: datetime | None

    def days(self) -> float:
        """Days since 1970-01-01T00:00Z with fraction (ODK XForms: a date is a number of days)."""
        return NAN if self.at is None else (self.at - _EPOCH) / timedelta(days=1)

    def text(self) -> str:
        """`2026-11-21` at midnight, else with time, milliseconds and offset; empty for no date."""
        if self.at is None:
            return ""
        if self.at.time() == time():
            return self.at.date().isoformat()
        return self.at.isoformat(timespec="milliseconds")


class Shown(float):
    """A number that is written otherwise than it is reckoned with.

    A distance keeps its full precision inside an expression and is written with two decimals (ODK XForms).
    """

    __slots__ = ("written",)
    written: float

    def __new__(cls, value: float, written: float) -> Shown:
        made = super().__new__(cls, value)
        made.written = written
        return made


class Days(Shown):
    """A date as a number: it keeps the day's fraction and is written as whole days, as Collect stores it."""

    __slots__ = ()


Value = float | str | bool | list[Node] | Moment


def to_string(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return value[0].string() if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Moment):
        return value.text()
    return number_text(value)


def to_boolean(value: Value) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value == value and value != 0
    if isinstance(value, Moment):
        return value.at is not None
    return len(value) > 0


def to_number(value: Value, zone: tzinfo | None) -> float:
    """`zone` is where dates without offset lie; None keeps to XPath 1.0, which knows no dates."""
    if isinstance(value, float):
        return value
    if isinstance(value, str):
        return string_number(value, zone)
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, Moment):
        return value.days()
    return string_number(value[0].string(), zone) if value else NAN


def string_number(text: str, zone: tzinfo | None) -> float:
    if zone is None:
        return float(text) if _PLAIN_NUMBER.fullmatch(text) else NAN
    if _ANY_NUMBER.fullmatch(text):
        return float(text)
    if len(text) >= 10 and text[4] == "-":
        return moment_from_text(text, zone).days()
    return NAN


def number_text(value: float) -> str:
    """XPath §4.2 `string`: no exponent, no trailing zeros, shortest digits that mean the same number."""
    if isinstance(value, Shown):
        value = value.written
    if value != value:
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value):
        return str(int(value))
    shown = repr(value)
    if "e" in shown:
        shown = f"{value:.340f}".rstrip("0") if abs(value) < 1 else f"{value:f}"
        shown = _shortest(value) if abs(value) < 1 else shown
    return shown


def _shortest(value: float) -> str:
    mantissa, exponent = repr(abs(value)).split("e")
    digits = mantissa.replace(".", "")
    return ("-" if value < 0 else "") + "0." + "0" * (-int(exponent) - 1) + digits


def moment_from_text(text: str, zone: tzinfo) -> Moment:
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return Moment(None)
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    try:
        at = datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0),
            _microseconds(fraction), tzinfo=offset_zone(offset) if offset else zone,
        )  # fmt: skip
        return Moment(at.astimezone(zone))
    except (ValueError, OverflowError):
        return Moment(None)


def moment_from_days(days: float, zone: tzinfo) -> Moment:
    if not math.isfinite(days):
        return Moment(None)
    try:
        # To the millisecond, as the reference engines keep it: 1/86400 of a day has no exact fraction.
        return Moment((_EPOCH + timedelta(milliseconds=round(days * DAY))).astimezone(zone))
    except OverflowError:
        return Moment(None)


def to_moment(value: Value, zone: tzinfo) -> Moment:
    if isinstance(value, Moment):
        return value
    if isinstance(value, bool):
        return Moment(None)
    if isinstance(value, float):
        return moment_from_days(value, zone)
    text = to_string(value)
    moment = moment_from_text(text, zone)
    if moment.at is None and isinstance(value, list):
        return moment_from_days(string_number(text, zone), zone)
    return moment


def time_from_text(text: str, zone: tzinfo, day: date) -> time | None:
    """A time of day, moved into the form's zone where it carries an offset of its own (`day` settles summer time)."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, second, fraction, offset = found.groups()
    try:
        clock = time(int(hour), int(minute), int(second or 0), _microseconds(fraction))
        if not offset:
            return clock
        return datetime.combine(day, clock, offset_zone(offset)).astimezone(zone).time()
    except (ValueError, OverflowError):
        return None


def offset_zone(text: str) -> tzinfo:
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _microseconds(fraction: str | None) -> int:
    return int((fraction or "0")[:6].ljust(6, "0"))


def equal(left: Value, right: Value, zone: tzinfo | None) -> bool:
    """`=` of XPath §3.4."""
    if isinstance(left, list) or isinstance(right, list):
        return _any_equal(left, right, zone, wanted=True)
    return _same(left, right, zone)


def unequal(left: Value, right: Value, zone: tzinfo | None) -> bool:
    """`!=`: for node-sets, some pair differs; this is not the opposite of `=`."""
    if isinstance(left, list) or isinstance(right, list):
        return _any_equal(left, right, zone, wanted=False)
    return not _same(left, right, zone)


def _same(left: float | str | bool | Moment, right: float | str | bool | Moment, zone: tzinfo | None) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return to_number(left, zone) == to_number(right, zone)


def _any_equal(left: Value, right: Value, zone: tzinfo | None, *, wanted: bool) -> bool:
    if isinstance(left, list) and isinstance(right, list):
        texts = {node.string() for node in right}
        if wanted:
            return any(node.string() in texts for node in left)
        return bool(texts) and any(texts != {node.string()} for node in left)
    nodes, other = (left, right) if isinstance(left, list) else (right, left)
    if isinstance(other, bool):
        return (to_boolean(nodes) == other) is wanted
    assert isinstance(nodes, list)  # one of both is, by the caller's test
    assert not isinstance(other, list)
    if len(nodes) == 1:
        return _same(nodes[0].string(), other, zone) is wanted
    return any(_same(node.string(), other, zone) is wanted for node in nodes)


def ordered(operator: str, left: Value, right: Value, zone: tzinfo | None) -> bool:
    """`<`, `<=`, `>`, `>=`: as numbers, dates included; a node-set holds where one of its nodes does."""
    if isinstance(left, list):
        return any(ordered(operator, node.string(), right, zone) for node in left)
    if isinstance(right, list):
        return any(ordered(operator, left, node.string(), zone) for node in right)
    first, second = to_number(left, zone), to_number(right, zone)
    if operator == "<":
        return first < second
    if operator == "<=":
        return first <= second
    if operator == ">":
        return first > second
    return first >= second
