"""Pinyin initials, so that 城关二小 is found by typing cgex."""

from __future__ import annotations

import itertools
from functools import cache, lru_cache

from jiandu_desktop.paths import resources

MOST = 32
"""A name with many characters of several readings is not spelt out in every combination."""


@lru_cache(maxsize=32768)
def initials(text: str) -> str:
    """First letters of every reading of the whole text, words separated by spaces: 重庆 → "zq cq".

    Latin letters and digits stand for themselves, lower case; other characters are left out. The commonest readings
    come first.
    """
    known = _letters()
    readings = [known.get(character) or _plain(character) for character in text]
    spelled = map("".join, itertools.islice(itertools.product(*readings), MOST))
    return " ".join(dict.fromkeys(spelled))


@cache
def _letters() -> dict[str, str]:
    """Letters by character, from the table that resources/pinyin/make_initials.py took from pypinyin.

    The table is read in a few milliseconds; loading the library itself took a third of the whole program's start.
    """
    found: dict[str, str] = {}
    for line in (resources() / "pinyin" / "initials.txt").read_text(encoding="utf-8").splitlines():
        letters, _, characters = line.partition("\t")
        found.update(dict.fromkeys(characters, letters))
    return found


def _plain(character: str) -> tuple[str, ...]:
    return (character.lower(),) if character.isascii() and character.isalnum() else ("",)
