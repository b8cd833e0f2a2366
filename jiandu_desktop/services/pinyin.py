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
    readings = [_letters_of(character) for character in text]
    spelled = map("".join, itertools.islice(itertools.product(*readings), MOST))
    return " ".join(dict.fromkeys(spelled))


@cache
def _letters_of(character: str) -> tuple[str, ...]:
    """The first letters of one character's readings; itself for a Latin letter or figure; "" for all else."""
    if character.isascii():
        return (character.lower() if character.isalnum() else "",)
    table = _table()
    place = table.find(character)
    if place < 0:
        return ("",)
    line = table.rfind("\n", 0, place) + 1
    return tuple(table[line : table.index("\t", line)])


@cache
def _table() -> str:
    """Lines of letters, a tab, and the characters that are read so: what resources/pinyin/make_initials.py took from
    pypinyin. Searched as it is: a county's names hold a few hundred characters, and a dictionary of all 42,000, let
    alone the library itself, takes longer to make than the window's other data to read."""
    return (resources() / "pinyin" / "initials.txt").read_text(encoding="utf-8")
