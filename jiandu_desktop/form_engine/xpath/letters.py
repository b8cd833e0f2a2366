"""Sets of letters as a pattern needs them: flat bounds `(low, end, low, end …)`, ends excluded, in order."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import Final

Letters = tuple[int, ...]

_LAST: Final = 0x110000
_BASIC: Final = 0x10000
_FURTHER_HAN: Final = (0x20000, 0x33480)
ALL: Final[Letters] = (0, _LAST)


def has(letters: Letters, letter: str) -> bool:
    return bisect_right(letters, ord(letter)) % 2 == 1


def single(letter: str) -> Letters:
    return (ord(letter), ord(letter) + 1)


def is_single(letters: Letters) -> bool:
    return len(letters) == 2 and letters[1] == letters[0] + 1


def joined(one: Letters, other: Letters) -> Letters:
    return _merged(one, other, lambda a, b: a or b)


def both(one: Letters, other: Letters) -> Letters:
    return _merged(one, other, lambda a, b: a and b)


def without(one: Letters, other: Letters) -> Letters:
    return _merged(one, other, lambda a, b: a and not b)


def either_case(letters: Letters) -> Letters:
    """With the other case of a–z and A–Z, as Java's `(?i)` has it."""
    lower = both(letters, CLASSES["lower"])
    upper = both(letters, CLASSES["upper"])
    return joined(joined(letters, tuple(at - 32 for at in lower)), tuple(at + 32 for at in upper))


def _merged(one: Letters, other: Letters, rule: Callable[[bool, bool], bool]) -> Letters:
    bounds: list[int] = []
    inside = False
    for at in sorted({*one, *other}):
        now = rule(bisect_right(one, at) % 2 == 1, bisect_right(other, at) % 2 == 1)
        if now != inside:
            bounds.append(at)
            inside = now
    return tuple(bounds)


def _of(*ranges: str) -> Letters:
    found: Letters = ()
    for text in ranges:
        found = joined(found, (ord(text[0]), ord(text[-1]) + 1))
    return found


_DIGIT: Final = _of("09")
_WORD: Final = _of("09", "AZ", "az", "__")
_SPACE: Final = _of(" ", "\t\r")
# As in Java: d, w and s mean ASCII only.
CLASSES: Final[dict[str, Letters]] = {
    "d": _DIGIT,
    "w": _WORD,
    "s": _SPACE,
    "D": without(ALL, _DIGIT),
    "W": without(ALL, _WORD),
    "S": without(ALL, _SPACE),
    "lower": _of("az"),
    "upper": _of("AZ"),
}
NO_LINE_END: Final = without(ALL, _of("\n", "\r", "\x85", "\u2028\u2029"))
_POSIX: Final[dict[str, Letters]] = {
    "Alpha": _of("AZ", "az"),
    "Alnum": _of("AZ", "az", "09"),
    "Digit": _DIGIT,
    "Lower": _of("az"),
    "Upper": _of("AZ"),
    "Space": _SPACE,
    "Punct": _of("!/", ":@", "[`", "{~"),
    "ASCII": (0, 128),
    "XDigit": _of("09", "af", "AF"),
}
_CATEGORIES: Final = frozenset(("L", "Lu", "Ll", "Lo", "N", "Nd", "P", "S", "Z", "Zs", "M"))


@lru_cache(maxsize=32)
def named(name: str) -> Letters | None:
    r"""What `\p{name}` stands for; None for an unknown name."""
    if name in _POSIX:
        return _POSIX[name]
    plain = name.removeprefix("Is")
    if plain in ("Han", "script=Han"):
        return joined(_found(lambda letter: unicodedata.name(letter, "").startswith("CJK UNIFIED")), _FURTHER_HAN)
    if plain in ("Alphabetic", "Letter"):
        plain = "L"
    if plain not in _CATEGORIES:
        return None
    found = _found(lambda letter: unicodedata.category(letter).startswith(plain))
    return joined(found, _FURTHER_HAN) if plain in ("L", "Lo") else found


def _found(test: Callable[[str], bool]) -> Letters:
    bounds = [0] if test("\0") else []
    bounds.extend(at for before, at in pairwise(range(_BASIC)) if test(chr(before)) != test(chr(at)))
    return tuple(bounds) if len(bounds) % 2 == 0 else (*bounds, _BASIC)
