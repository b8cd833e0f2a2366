"""Days as people write them: 1121, 261121, 11.21, 11月21日, 十一月二十一日, 昨天, +15.

parse_day(text, today, ahead=True) -> date | None     None for what is no date
parse_month(text, today) -> date | None               the first of the month: 202611, 2026-11, 11月, 11
parse_year(text) -> date | None                       the first of January: 2026, 26, 2026年, 二〇二六年
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

_BACK = timedelta(days=183)
"""A day of the year that passed longer ago than this is taken for next year's, where days ahead are meant."""

_FULL = re.compile(r"(\d{4}|\d{2})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
_SHORT = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
_DIGITS = re.compile(r"(\d{4}|\d{2})?(\d{2})(\d{2})")
_DAYS = re.compile(r"([+-])\s*(\d{1,3})")
_MONTH = re.compile(r"(?:(\d{4}|\d{2})\s*[-./年]\s*|(\d{4}))?(\d{1,2})\s*月?")
_YEAR = re.compile(r"(\d{4}|\d{2})\s*年?")
_NAMED = {"今天": 0, "今日": 0, "昨天": -1, "前天": -2, "明天": 1, "后天": 2}
_FIGURES = str.maketrans("〇零一二三四五六七八九两", "001234567892")
_TENS = re.compile(r"(\d?)十(\d?)")


def parse_day(text: str, today: date, ahead: bool = True) -> date | None:
    """The day meant by `text`, seen from `today`; full-width and Chinese figures are taken too.

    A day without a year is the next such day within about half a year back where days ahead are meant (deadlines),
    else the one of this year.
    """
    words = _plain(text)
    if words in _NAMED:
        return today + timedelta(days=_NAMED[words])
    if found := _DAYS.fullmatch(words):
        return today + timedelta(days=int(found[1] + found[2]))
    if found := _FULL.fullmatch(words):
        return _day(_whole_year(found[1]), int(found[2]), int(found[3]))
    found = _SHORT.fullmatch(words) or _DIGITS.fullmatch(words)
    if found is None:
        return None
    *year, month, day = found.groups()
    if year and year[0]:
        return _day(_whole_year(year[0]), int(month), int(day))
    this_year = _day(today.year, int(month), int(day))
    if not ahead or (this_year is not None and this_year >= today - _BACK):
        return this_year
    return _day(today.year + 1, int(month), int(day)) or this_year


def parse_month(text: str, today: date) -> date | None:
    """The first day of the month meant."""
    found = _MONTH.fullmatch(_plain(text))
    if found is None:
        return None
    year = found[1] or found[2]
    return _day(_whole_year(year) if year else today.year, int(found[3]), 1)


def parse_year(text: str) -> date | None:
    """The first of January of the year meant."""
    found = _YEAR.fullmatch(_plain(text))
    return _day(_whole_year(found[1]), 1, 1) if found is not None else None


def _plain(text: str) -> str:
    """Half-width, and Chinese figures as digits: 二十一 is 21, 二〇二六 is 2026."""
    words = unicodedata.normalize("NFKC", text).strip().replace("。", ".")
    if words in _NAMED:
        return words
    words = words.translate(_FIGURES).replace("廿", "2十")
    return _TENS.sub(lambda found: f"{int(found[1] or 1) * 10 + int(found[2] or 0)}", words)


def _whole_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
