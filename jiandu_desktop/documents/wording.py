"""How a clerk writes it: dates, lists, sentence ends, full-width marks, numerals of headings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

from jiandu_desktop.domain.document import DocumentNumber

DRAFT_NUMBER = "（草稿，未编号）"

_DIGITS = "零一二三四五六七八九"
_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_ENDS = "。！？；…"
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff）》」』”]"


def number_text(number: DocumentNumber | None) -> str:
    return str(number) if number else DRAFT_NUMBER


def day(value: date) -> str:
    """2026年9月8日: Arabic, full year, no leading zero (§7.3.5.4)."""
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime) -> str:
    """9月15日11:26, for a signature."""
    return f"{value.month}月{value.day}日{value:%H:%M}"


def days(values: Sequence[date]) -> str:
    """2026年9月15日至16日; what first and last day share is said once."""
    first, last = min(values), max(values)
    if first == last:
        return day(first)
    if first.year != last.year:
        return f"{day(first)}至{day(last)}"
    if first.month != last.month:
        return f"{day(first)}至{last.month}月{last.day}日"
    return f"{day(first)}至{last.day}日"


def listed(values: Sequence[str]) -> str:
    return "、".join(tidy(value) for value in values if value)


def stacked(values: Sequence[str]) -> str:
    """Names under one another in a cell, so that none is divided."""
    return "\n".join(dict.fromkeys(tidy(value) for value in values if value))


def ordinal(value: int) -> str:
    """一, 十, 二十一 … of a heading; from 100 on in figures."""
    if value >= 100:
        return str(value)
    tens, ones = divmod(value, 10)
    text = ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")
    return text or _DIGITS[0]


def sentence(text: str) -> str:
    """`text` with one full stop at its end, whatever mark it was typed with."""
    text = tidy(text).rstrip("，、：；。. ")
    return text if not text or text[-1] in _ENDS else text + "。"


def lines(text: str) -> list[str]:
    """Typed text as paragraphs, each with a full stop."""
    return [sentence(line) for line in text.splitlines() if line.strip()]


def clause(text: str) -> str:
    """`text` without a mark at its end, to go on after it."""
    return tidy(text).rstrip("，、：；。. ！？")


def tidy(text: str) -> str:
    """Typed text as it is printed: one paragraph, no control characters, full-width marks beside Chinese."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(" " if char in "\n\r\t\u3000\xa0" else char for char in text)
    text = "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cf") and not _selects(char))
    text = re.sub(rf"(?<={_HAN})([,;:?!])", lambda mark: _FULL_WIDTH[mark[1]], text)
    text = re.sub(rf"(?<={_HAN})\.(?=\s|$)", "。", text)
    text = re.sub(r"\(([^()]*)\)", _brackets, text)
    text = re.sub(r'"([^"]*)"', _quotes, text)
    text = re.sub(rf"(?<={_HAN}) +(?={_HAN})", "", text)
    return re.sub(r" {2,}", " ", text).strip()


def _brackets(match: re.Match[str]) -> str:
    return f"（{match[1]}）" if re.search(_HAN, match[1]) else match[0]


def _quotes(match: re.Match[str]) -> str:
    return f"“{match[1]}”" if re.search(_HAN, match[1]) else match[0]


def _selects(char: str) -> bool:
    """Variation selectors draw nothing themselves."""
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
