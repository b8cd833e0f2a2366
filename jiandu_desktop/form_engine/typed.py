"""Answers by type: how one is written down, and whether a text is one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

_OFFSET: Final = r"(?:Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?"
_CLOCK: Final = re.compile(rf"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{{1,9}})?{_OFFSET}", re.ASCII)
_DATE: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?)?", re.ASCII)

THRESHOLD: Final = re.compile(r"""\s*(-?[0-9]+(?:\.[0-9]+)?|'[^']*'|"[^"]*")\s*""")
"""The formula of a threshold: a bare number or a quoted text."""


def written(kind: str, text: str) -> str:
    """The answer as a user means it: outer spaces off, full-width digits of a number made plain."""
    if kind in ("integer", "decimal", "range"):
        return unicodedata.normalize("NFKC", text).strip()
    if kind in ("select_multiple", "rank"):
        return " ".join(dict.fromkeys(text.split()))
    if kind == "time" and text.strip().count(":") == 1:
        return f"{text.strip()}:00"
    if kind in ("date", "time", "datetime", "select_one", "geopoint"):
        return text.strip()
    return text


def canonical(data_type: str, control: str, text: str) -> str:
    """The text as an instance keeps it (types of XForms binds); "" where it is no answer of that type."""
    if control == "trigger":
        return "OK" if text else ""
    rule = _CANONICAL.get(data_type)
    return text if rule is None or not text else rule(text)


def _integer(text: str) -> str:
    """Within 32 bits, as every ODK tool keeps it; a fraction is cut off."""
    value = number_of(text)
    return str(int(value)) if value is not None and -(2**31) <= value < 2**31 else ""


def _decimal(text: str) -> str:
    """With a fraction, as JavaRosa writes it and Collect stores it (`89.0`); `shown` takes the zero off again."""
    value = number_of(text)
    if value is None:
        return ""
    plain = format(value.normalize(), "f")
    return plain if "." in plain else f"{plain}.0"


def shown(kind: str, text: str) -> str:
    """An instance's text as a user reads it."""
    return text.removesuffix(".0") if kind in ("decimal", "range") else text


def _date(text: str) -> str:
    found = _DATE.fullmatch(text)
    if found is None:
        return ""
    try:
        return date.fromisoformat(found.group(1)).isoformat()
    except ValueError:
        return ""


def _time(text: str) -> str:
    return text if _CLOCK.fullmatch(text) else ""


def _datetime(text: str) -> str:
    day, _, clock = text.partition("T")
    return text if _date(day) and (not clock or _time(clock)) else ""


def within(text: str, parameters: Mapping[str, str]) -> bool:
    """Whether a number lies within `start` and `end` of a range; those may stand in either order."""
    value, first, last = (number_of(part) for part in (text, parameters.get("start", ""), parameters.get("end", "")))
    return value is None or first is None or last is None or min(first, last) <= value <= max(first, last)


def _points(text: str) -> str:
    """`latitude longitude altitude accuracy`, several separated by semicolons."""
    points = [_point(piece) for piece in text.split(";") if piece.strip()]
    return ";".join(points) if all(points) else ""


def _point(text: str) -> str:
    numbers = [number_of(word) for word in text.split()]
    if not 2 <= len(numbers) <= 4 or None in numbers:
        return ""
    values = [float(number) for number in numbers if number is not None]
    if not (-90 <= values[0] <= 90 and -180 <= values[1] <= 180):
        return ""
    return " ".join(str(value) for value in values)


def _several_points(least: int) -> Callable[[str], str]:
    def rule(text: str) -> str:
        found = _points(text)
        return found if found.count(";") + 1 >= least else ""

    return rule


def number_of(text: str) -> Decimal | None:
    """The number a text is; None for anything else, infinities included."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


_CANONICAL: Final[Mapping[str, Callable[[str], str]]] = {
    "int": _integer,
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "time": _time,
    "dateTime": _datetime,
    "geopoint": _point,
    "geotrace": _several_points(2),
    "geoshape": _several_points(3),
}
