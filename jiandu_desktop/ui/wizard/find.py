"""Ctrl+F: which items of the checklist a few letters mean — number, words, pinyin initials, `!` or `?`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

PROBLEMS, UNANSWERED = "!", "?"


@dataclass(frozen=True, slots=True)
class Findable:
    """One item as the search sees it; `words` are its label and hint, `initials` those of the label."""

    ref: str
    number: str
    words: str
    initials: str
    problem: bool
    unanswered: bool


def find(text: str, items: Iterable[Findable]) -> tuple[Findable, ...]:
    """The items meant, in the order of the checklist.

    `!` alone gives the problems and `?` the unanswered; followed by letters they narrow those. A number finds the
    item of exactly that number first, then those that begin with it.
    """
    wanted = _plain(text)
    mark, rest = (wanted[0], wanted[1:].strip()) if wanted[:1] in (PROBLEMS, UNANSWERED) else ("", wanted)
    if not mark and not rest:
        return ()
    pool = [item for item in items if (mark != PROBLEMS or item.problem) and (mark != UNANSWERED or item.unanswered)]
    if not rest:
        return tuple(pool)
    if rest[0].isdigit():
        numbered = [item for item in pool if item.number.startswith(rest)]
        numbered.sort(key=lambda item: item.number != rest)
        named = [item for item in pool if rest in _plain(item.words) and item not in numbered]
        return tuple(numbered + named)
    return tuple(item for item in pool if matches(rest, item.words, item.initials))


def matches(text: str, words: str, initials: str) -> bool:
    """Whether every part of `text` stands in the words, or in their pinyin initials if it is made of letters."""
    plain_words, plain_initials = _plain(words), initials.lower()
    return all(part in plain_words or (part.isascii() and part in plain_initials) for part in _plain(text).split())


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()
