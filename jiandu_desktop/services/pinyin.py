"""Pinyin initials, so that 城关二小 is found by typing cgex."""

from __future__ import annotations

import itertools
from functools import lru_cache

from pypinyin import Style, pinyin

MOST = 16
"""A name with many characters of several readings is not spelt out in every combination."""


@lru_cache(maxsize=32768)
def initials(text: str) -> str:
    """First letters of every reading of the whole text, words separated by spaces: 重庆 → "cq zq".

    Latin letters and digits stand for themselves, lower case; other characters are left out.
    """
    readings = pinyin(text, style=Style.FIRST_LETTER, heteronym=True, errors=_keep_plain, strict=False)
    letters = [sorted({each.lower() for each in options if each}) or [""] for options in readings]
    spelled = ("".join(combination) for combination in itertools.islice(itertools.product(*letters), MOST))
    return " ".join(dict.fromkeys(spelled))


def _keep_plain(text: str) -> str:
    return "".join(letter for letter in text if letter.isascii() and letter.isalnum()).lower()
