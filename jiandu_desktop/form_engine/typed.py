"""Answers by type: how one is written down, and whether a text is one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Final

_INTEGER: Final = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_POINT: Final = re.compile(r"-?\d+(\.\d+)?( -?\d+(\.\d+)?){1,3}", re.ASCII)


def written(kind: str, text: str) -> str:
    """The answer as it is kept: outer spaces off, full-width digits of a number made plain."""
    if kind in ("integer", "decimal", "range"):
        return unicodedata.normalize("NFKC", text).strip()
    if kind in ("select_multiple", "rank"):
        return " ".join(dict.fromkeys(text.split()))
    if kind in ("date", "time", "datetime", "select_one", "geopoint", "barcode"):
        return text.strip()
    return text


def fits(kind: str, text: str) -> bool:
    """Whether a filled text is an answer of that kind."""
    test = _TESTS.get(kind)
    return test is None or test(text)


def number_of(text: str) -> Decimal | None:
    """The number a text is; None for anything else, infinities included."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _parses(parse: Callable[[str], object]) -> Callable[[str], bool]:
    def test(text: str) -> bool:
        try:
            parse(text)
        except ValueError:
            return False
        return True

    return test


_TESTS: Final[Mapping[str, Callable[[str], bool]]] = {
    "integer": lambda text: _INTEGER.fullmatch(text) is not None,
    "decimal": lambda text: number_of(text) is not None,
    "range": lambda text: number_of(text) is not None,
    "date": _parses(lambda text: date.fromisoformat(text[:10])),
    "time": _parses(time.fromisoformat),
    "datetime": _parses(datetime.fromisoformat),
    "geopoint": lambda text: _POINT.fullmatch(text) is not None,
}
