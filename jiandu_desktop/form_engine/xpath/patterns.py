"""Patterns of `regex()` matched in time that grows with the text alone: no pattern can hang a visit.

Python's `re` tries one way after another and needs years for `(a+)+b`; here all ways are walked at once (Thompson's
construction), and steps that were taken before are looked up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from jiandu_desktop.form_engine.xpath import letters
from jiandu_desktop.form_engine.xpath.letters import Letters
from jiandu_desktop.form_engine.xpath.pattern_syntax import (
    Either,
    One,
    Part,
    PatternFault,
    Place,
    Row,
    Times,
    parse_pattern,
)

LONGEST: Final = 2_000  # characters of a pattern
_MOST_STATES: Final = 5_000
_MOST_PARTS: Final = 20_000  # with repetitions written out
_MOST_STEPS: Final = 5_000_000  # states × letters of one match
_KEPT_STEPS: Final = 20_000


@lru_cache(maxsize=256)
def pattern(text: str) -> Pattern:
    """Raises PatternFault."""
    if len(text) > LONGEST:
        raise PatternFault(LONGEST, text[:20])
    return Pattern(parse_pattern(text))


class TooLong(Exception):
    """The text is too long for this pattern to answer at once."""


@dataclass(slots=True)
class _State:
    """Either letters lead to `following[0]`, or all of `following` are reached at once where `condition` holds."""

    letters: Letters | None
    condition: Place | _Looking | None
    following: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Looking:
    inner: Pattern
    ahead: bool
    wanted: bool


class Pattern:
    def __init__(self, part: Part, *, whole: bool = True) -> None:
        self._states: list[_State] = []
        self._conditional = False
        self._looks = False
        self._built = 0
        self._end = self._add(None)
        self._start = self._made(_bare(part) if whole else part, self._end)
        self._steps: dict[tuple[frozenset[int], str], frozenset[int]] = {}

    def matches(self, text: str) -> bool:
        """Whether the whole text matches; raises TooLong."""
        length = len(text)
        if length * len(self._states) * (length if self._looks else 1) > _MOST_STEPS:
            raise TooLong
        at = self._reached([self._start], text, 0)
        for place in range(length):
            if not at:
                break
            at = self._step(at, text, place)
        return self._end in at

    def _step(self, at: frozenset[int], text: str, place: int) -> frozenset[int]:
        letter = text[place]
        known = None if self._conditional else self._steps.get((at, letter))
        if known is not None:
            return known
        after = self._reached(self._taken(at, letter), text, place + 1)
        if not self._conditional:
            if len(self._steps) > _KEPT_STEPS:
                self._steps.clear()
            self._steps[(at, letter)] = after
        return after

    def _taken(self, at: Iterable[int], letter: str) -> list[int]:
        states = self._states
        return [
            states[number].following[0]
            for number in at
            if (wanted := states[number].letters) is not None and letters.has(wanted, letter)
        ]

    def _reached(self, start: Iterable[int], text: str, place: int) -> frozenset[int]:
        """With all that is reached from there without a letter."""
        found: set[int] = set()
        pending = list(start)
        while pending:
            number = pending.pop()
            if number in found:
                continue
            found.add(number)
            state = self._states[number]
            if state.letters is None and (state.condition is None or self._holds(state.condition, text, place)):
                pending.extend(state.following)
        return frozenset(number for number in found if number == self._end or self._states[number].letters is not None)

    def _holds(self, condition: Place | _Looking, text: str, place: int) -> bool:
        if isinstance(condition, _Looking):
            inner = condition.inner
            seen = inner.follows(text, place) if condition.ahead else inner.precedes(text, place)
            return seen is condition.wanted
        before, after = text[place - 1 : place] if place else "", text[place : place + 1]
        if condition.kind in ("word", "no-word"):
            here = [bool(letter) and letters.has(letters.CLASSES["w"], letter) for letter in (before, after)]
            return (here[0] != here[1]) is (condition.kind == "word")
        edge = before if condition.kind.endswith("start") else after
        return edge == "" or (condition.kind.startswith("line") and edge == "\n")

    def follows(self, text: str, place: int) -> bool:
        """Whether what stands from `place` on begins with a match."""
        at = self._reached([self._start], text, place)
        for following in range(place, len(text)):
            if self._end in at or not at:
                break
            at = self._step(at, text, following)
        return self._end in at

    def precedes(self, text: str, place: int) -> bool:
        """Whether what stands before `place` ends with a match."""
        at = self._reached([self._start], text, 0)
        for before in range(place):
            at = self._step(at, text, before) | self._reached([self._start], text, before + 1)
        return self._end in at

    # -- building, from the end to the beginning

    def _add(self, wanted: Letters | None, *following: int, condition: Place | _Looking | None = None) -> int:
        if len(self._states) >= _MOST_STATES:
            raise PatternFault(0, "{")
        self._states.append(_State(wanted, condition, list(following)))
        return len(self._states) - 1

    def _made(self, part: Part, then: int) -> int:
        """The state that begins `part` and goes on with `then`."""
        self._built += 1
        if self._built > _MOST_PARTS:
            raise PatternFault(0, "{")
        if isinstance(part, One):
            return self._add(part.letters, then)
        if isinstance(part, Row):
            for inner in reversed(part.parts):
                then = self._made(inner, then)
            return then
        if isinstance(part, Either):
            return self._add(None, *[self._made(option, then) for option in part.options])
        if isinstance(part, Times):
            return self._repeated(part, then)
        self._conditional = True
        if isinstance(part, Place):
            return self._add(None, then, condition=part)
        self._looks = True
        return self._add(None, then, condition=_Looking(Pattern(part.part, whole=False), part.ahead, part.wanted))

    def _repeated(self, part: Times, then: int) -> int:
        if part.most is None:
            again = self._add(None)
            self._states[again].following = [self._made(part.part, again), then]
            then = again
        else:
            end = then
            for _ in range(part.most - part.least):
                then = self._add(None, self._made(part.part, then), end)
        for _ in range(part.least):
            then = self._made(part.part, then)
        return then


def _bare(part: Part) -> Part:
    """Without `^` and `$` at the edges, which a match of the whole text implies: so its steps can be looked up."""
    if not isinstance(part, Row):
        return Row(()) if part in (Place("start"), Place("end")) else part
    parts = list(part.parts)
    while parts and parts[0] == Place("start"):
        del parts[0]
    while parts and parts[-1] == Place("end"):
        del parts[-1]
    return Row(tuple(parts))
