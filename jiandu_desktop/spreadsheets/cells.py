"""From a cell as people fill it (full-width digits, stray spaces, text dates, lost zeros) to a value that is sure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_CJK = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
_SPACE_BETWEEN_CJK = re.compile(rf"(?<={_CJK})\s+(?={_CJK})")
_NARROW = {
    0x3000: " ",
    **{wide: chr(wide - 0xFEE0) for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))},
}
_NOTHING = frozenset({"", "-", "--", "—", "——", "/", "\\", "无"})
_EXACT_DIGITS = 15  # Excel keeps no more; later digits of a number have become zeros

_DECIMAL = re.compile(r"[+-]?\d+(\.\d+)?")
_COUNT_UNITS = re.compile(r"(人|名|个|位|所|班|生|床|册)+$")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_CLOCK = re.compile(r"[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_WEEKDAY = re.compile(r"\(?(周|星期)[一二三四五六日天]\)?$")
_BEFORE = re.compile(r"(之前|以前|前|截止|止)$")
_FULL_DATE = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?")
_SHORT_YEAR = re.compile(r"(\d{2})年(\d{1,2})月(\d{1,2})[日号]?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH_DAY = re.compile(r"(\d{1,2})[-./月](\d{1,2})[日号]?")
_MONTH_ONLY = re.compile(r"\d{4}[-./年]\d{1,2}月?(初|底|末|份|中旬|上旬|下旬)?")
_SERIALS = range(20_000, 80_000)  # 1954 … 2119: the day numbers Excel shows when a date lost its format


class UnreadableCell(Exception):
    """A cell whose meaning is not sure; `code` and `values` become a RowFault."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


def clean_text(text: str) -> str:
    """One line without invisible characters; digits, letters and spaces narrow; no spaces between Chinese characters.

    Chinese punctuation stays as it is: （分校） is part of a name.
    """
    seen = _INVISIBLE.sub("", text.replace("_x000D_", " ").translate(_NARROW))
    return _SPACE_BETWEEN_CJK.sub("", " ".join(seen.split()))


def shown(value: object, number_format: str = "General") -> str:
    """The cell's text as it stands in a message, at most 40 characters."""
    text = text_of(value, number_format)
    return text if len(text) <= 40 else text[:39] + "…"


def text_of(value: object, number_format: str = "General") -> str:
    """Any value as clean text; whole numbers without `.0`, dates as 2026-11-24."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _digits(value, number_format)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return clean_text(str(value))


def code_of(value: object, number_format: str = "General") -> str:
    """A code as text: leading zeros kept or given back after the number format, no spaces, narrow characters."""
    if value is None:
        return ""
    if isinstance(value, bool | date | time | timedelta):
        raise UnreadableCell("row-not-code", shown=shown(value, number_format))
    if isinstance(value, int | float):
        if abs(value) >= 10**_EXACT_DIGITS:
            raise UnreadableCell("row-code-damaged", shown=f"{value:g}")
        if value < 0 or value != int(value):
            raise UnreadableCell("row-not-code", shown=shown(value, number_format))
        return _digits(value, number_format)
    text = "".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", clean_text(str(value)))).split()).lstrip("'")
    if _SCIENTIFIC.fullmatch(text):
        raise UnreadableCell("row-code-damaged", shown=text)
    whole, _, fraction = text.partition(".")
    return whole if whole.isdecimal() and fraction and not fraction.strip("0") else text


def phone_of(value: object, number_format: str = "General") -> str:
    """Telephone numbers as written, digits and hyphens narrow; several in one cell stay together."""
    if isinstance(value, str):
        return " ".join(unicodedata.normalize("NFKC", clean_text(value)).split())
    return text_of(value, number_format)


def count_of(value: object, number_format: str = "General") -> int | None:
    """A whole number of things, 0 or more: 1186, "1,186 人", "１１８６"; blank, "-" and "无" are None (not known)."""
    number = number_of(value, number_format, code="row-not-integer")
    if number is None:
        return None
    if number != int(number):
        raise UnreadableCell("row-not-integer", shown=shown(value, number_format))
    if number < 0:
        raise UnreadableCell("row-negative", shown=shown(value, number_format))
    return int(number)


def number_of(value: object, number_format: str = "General", code: str = "row-not-number") -> int | float | None:
    """A number with thousands marks and a unit allowed; None when blank. Raises UnreadableCell(`code`)."""
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise UnreadableCell(code, shown=shown(value, number_format))
    text = "".join(unicodedata.normalize("NFKC", clean_text(value)).split())
    if text in _NOTHING:
        return None
    text = _COUNT_UNITS.sub("", text)
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    if not _DECIMAL.fullmatch(text) or len(text) > _EXACT_DIGITS + 2:
        raise UnreadableCell(code, shown=shown(value))
    number = float(text)
    return int(number) if number.is_integer() else number


def date_of(
    value: object, number_format: str = "General", today: date | None = None, epoch: datetime = WINDOWS_EPOCH
) -> tuple[date | None, bool]:
    """The day and whether its year was supplied from `today`; (None, False) when blank.

    Takes real dates, Excel's day numbers, 20261124 and the usual ways of writing; "11月24日" needs `today` and means
    the first such day that is not more than half a year past.
    """
    if value is None:
        return None, False
    if isinstance(value, datetime):
        return _sure(value.date(), value), False
    if isinstance(value, date):
        return _sure(value, value), False
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _day_number(value, epoch), False
    if not isinstance(value, str):
        raise UnreadableCell("row-not-date", shown=shown(value, number_format))
    text = _CLOCK.sub("", unicodedata.normalize("NFKC", clean_text(value)))
    text = _WEEKDAY.sub("", _BEFORE.sub("", "".join(text.split())))
    text = _BEFORE.sub("", text)
    if text in _NOTHING:
        return None, False
    if found := _FULL_DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text):
        return _day(value, int(found[1]), int(found[2]), int(found[3])), False
    if found := _SHORT_YEAR.fullmatch(text):
        return _day(value, 2000 + int(found[1]), int(found[2]), int(found[3])), False
    if text.isdecimal():
        return _day_number(int(text[:9]), epoch), False
    if found := _MONTH_DAY.fullmatch(text):
        if today is None:
            raise UnreadableCell("row-date-no-year", shown=shown(value))
        return _next_such_day(value, int(found[1]), int(found[2]), today), True
    if _MONTH_ONLY.fullmatch(text):
        raise UnreadableCell("row-date-no-day", shown=shown(value))
    raise UnreadableCell("row-not-date", shown=shown(value))


def names_of(value: object, number_format: str = "General") -> tuple[str, ...]:
    """Names separated by 、 ， , ； ; / or spaces, each once, roles in brackets left out.

    People widen a two-character name with a space (马　华): characters that stand alone are put together again.
    """
    if not isinstance(value, str):
        text = text_of(value, number_format)
        return (text,) if text else ()
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", value.replace("_x000D_", " ")))
    names: list[str] = []
    for part in re.split(r"[、,;/\n]+", re.sub(r"\([^()]*\)", " ", plain)):
        pieces = part.split()
        while len(pieces) > 1 and len(pieces[0]) == 1 and len(pieces[1]) == 1:
            names.append(pieces[0] + pieces[1])
            del pieces[:2]
        names.extend(pieces)
    return tuple(dict.fromkeys(names))


def choice_of(value: object, choices: Mapping[str, Any], known: tuple[str, ...], number_format: str = "General") -> Any:
    """The value that `choices` gives for the wording, spaces, case and codes around it apart; None when blank."""
    text = text_of(value, number_format)
    if not text:
        return None
    plain = choice_key(text)
    if plain not in choices:
        raise UnreadableCell("row-unknown-choice", shown=shown(value, number_format), known="、".join(known))
    return choices[plain]


def choice_key(text: str) -> str:
    """The form in which wordings are compared: no spaces, no brackets, no number before or after (211-小学)."""
    plain = "".join(unicodedata.normalize("NFKC", clean_text(text)).split()).casefold()
    plain = re.sub(r"\([^()]*\)", "", plain)
    return re.sub(r"^\d{2,}[-.、:_]?|[-.、:_]?\d{2,}$", "", plain)


def _digits(value: int | float, number_format: str) -> str:
    if isinstance(value, float) and (not value.is_integer() or abs(value) >= 1e16):
        return f"{value:.15g}"
    width = re.sub(r'["\\]|_.|;.*$', "", number_format)
    digits = str(int(value))
    return digits.zfill(len(width)) if width and not width.strip("0") else digits


def _sure(day: date, value: object) -> date:
    """A day of this or the last century; 1900-01-01 is what Excel makes of a stray 1."""
    if not 1901 <= day.year <= 2199:
        raise UnreadableCell("row-not-date", shown=shown(value))
    return day


def _day(value: object, year: int, month: int, day: int) -> date:
    try:
        return _sure(date(year, month, day), value)
    except ValueError as error:
        raise UnreadableCell("row-no-such-day", shown=shown(value)) from error


def _day_number(number: int | float, epoch: datetime) -> date:
    if int(number) in _SERIALS:
        moment = from_excel(int(number), epoch)
        if isinstance(moment, datetime):
            return moment.date()
    elif number == int(number) and (found := _COMPACT_DATE.fullmatch(str(int(number)))):
        return _day(number, int(found[1]), int(found[2]), int(found[3]))
    raise UnreadableCell("row-not-date", shown=shown(number))


def _next_such_day(value: object, month: int, day: int, today: date) -> date:
    candidate = _day(value, today.year, month, day)
    return candidate if candidate >= today - timedelta(days=183) else _day(value, today.year + 1, month, day)
