"""A regular expression's text → syntax tree, in the dialect of Java that ODK's `regex()` documents."""

from __future__ import annotations

from dataclasses import dataclass
from string import hexdigits
from typing import Final

from jiandu_desktop.form_engine.xpath import letters
from jiandu_desktop.form_engine.xpath.letters import Letters

DEEPEST: Final = 40  # groups within groups
MOST_TIMES: Final = 1_000  # in {m,n}


class PatternFault(Exception):
    """The text is no pattern, or one that cannot run within bounds; `at` is the offset (0-based), `found` the part."""

    def __init__(self, at: int, found: str) -> None:
        super().__init__(at, found)
        self.at = at
        self.found = found


@dataclass(frozen=True, slots=True)
class One:
    """One letter out of a set."""

    letters: Letters


@dataclass(frozen=True, slots=True)
class Row:
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Either:
    options: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Times:
    part: Part
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """A condition on the place between two letters: start end line-start line-end word no-word."""

    kind: str


@dataclass(frozen=True, slots=True)
class Look:
    """What follows (or goes before) must, or must not, match."""

    part: Part
    ahead: bool
    wanted: bool


Part = One | Row | Either | Times | Place | Look

_PLACES: Final = {"b": "word", "B": "no-word", "A": "start", "z": "end", "Z": "end"}
_LOOKS: Final = {"=": (True, True), "!": (True, False), "<=": (False, True), "<!": (False, False)}  # ahead, wanted
_SIGNS: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "a": "\a", "e": "\x1b", "v": "\v", "0": "\0"}


def parse_pattern(text: str) -> Part:
    """Raises PatternFault. Back references, possessive and atomic groups are refused: they are not regular."""
    reader = _Reader(text)
    part = reader.either(0)
    if reader.at < len(text):
        raise PatternFault(reader.at, text[reader.at])
    return part


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self._flags: frozenset[str] = frozenset()

    def either(self, depth: int) -> Part:
        if depth > DEEPEST:
            raise PatternFault(self.at, "(")
        flags = self._flags
        options = [self._row(depth)]
        while self._take("|"):
            options.append(self._row(depth))
        self._flags = flags
        return options[0] if len(options) == 1 else Either(tuple(options))

    def _row(self, depth: int) -> Part:
        parts: list[Part] = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            part = self._one(depth)
            if part is not None:
                parts.append(self._times(part))
        return parts[0] if len(parts) == 1 else Row(tuple(parts))

    def _times(self, part: Part) -> Part:
        while self.at < len(self.text):
            start, sign = self.at, self.text[self.at]
            bounds: tuple[int, int | None] | None = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(sign)
            if bounds is not None:
                self.at += 1
            elif sign == "{":
                bounds = self._bounds()
            if bounds is None:
                return part
            if not self._take("?") and self._take("+"):
                raise PatternFault(start, self.text[start : self.at])  # possessive
            least, most = bounds
            if least > MOST_TIMES or (most is not None and (most > MOST_TIMES or most < least)):
                raise PatternFault(start, self.text[start : self.at])
            part = Times(part, least, most)
        return part

    def _bounds(self) -> tuple[int, int | None]:
        close = self.text.find("}", self.at)
        low, comma, high = self.text[self.at + 1 : max(close, self.at)].partition(",")
        if close < 0 or not low.isdecimal() or (high and not high.isdecimal()) or len(low) > 6 or len(high) > 6:
            raise PatternFault(self.at, self.text[self.at : close + 1] or "{")
        self.at = close + 1
        return int(low), int(high) if high else None if comma else int(low)

    def _one(self, depth: int) -> Part | None:
        sign = self.text[self.at]
        if sign == "(":
            return self._group(depth)
        if sign == "[":
            self.at += 1
            return One(self._set(depth))
        if sign == "\\":
            return self._escaped()
        if sign in "*+?":
            raise PatternFault(self.at, sign)
        self.at += 1
        if sign == ".":
            return One(letters.ALL if "s" in self._flags else letters.NO_LINE_END)
        if sign in "^$":
            kind = "start" if sign == "^" else "end"
            return Place(f"line-{kind}" if "m" in self._flags else kind)
        return One(self._cased(letters.single(sign)))

    def _group(self, depth: int) -> Part | None:
        start = self.at
        self.at += 1
        look = None
        flags = self._flags
        if self._take("?"):
            look = next((way for opening, way in _LOOKS.items() if self._take(opening)), None)
            if look is None and not self._take(":") and not self._named() and self._flagged(start):
                return None
        part = self.either(depth + 1)
        if not self._take(")"):
            raise PatternFault(start, "(")
        self._flags = flags
        return part if look is None else Look(part, *look)

    def _named(self) -> bool:
        start = self.at
        self._take("P")
        close = self.text.find(">", self.at)
        if self._take("<") and close > 0 and self.text[self.at : close].isidentifier():
            self.at = close + 1
            return True
        self.at = start
        return False

    def _flagged(self, start: int) -> bool:
        """`(?i)` for the rest of the group around (then there is no group here), or `(?i:` for this one."""
        wanted, flags = True, set(self._flags)
        while self.at < len(self.text):
            sign = self.text[self.at]
            self.at += 1
            if sign in ":)":
                self._flags = frozenset(flags)
                return sign == ")"
            if sign == "-":
                wanted = False
            elif sign in "ismu":
                (flags.add if wanted else flags.discard)(sign)
            else:
                break
        raise PatternFault(start, self.text[start : self.at])

    def _escaped(self) -> Part:
        sign = self.text[self.at + 1 : self.at + 2]
        if sign in _PLACES and sign:
            self.at += 2
            return Place(_PLACES[sign])
        if sign == "Q":
            close = self.text.find("\\E", self.at)
            quoted = self.text[self.at + 2 : close if close > 0 else len(self.text)]
            self.at = close + 2 if close > 0 else len(self.text)
            return Row(tuple(One(self._cased(letters.single(letter))) for letter in quoted))
        return One(self._cased(self._letter_or_class()))

    def _letter_or_class(self) -> Letters:
        """What a backslash begins, within a set or outside."""
        start = self.at
        sign = self.text[self.at + 1 : self.at + 2]
        self.at += 2
        if sign in letters.CLASSES and sign:
            return letters.CLASSES[sign]
        if sign in ("p", "P"):
            found = letters.named(self._property())
            if found is None:
                raise PatternFault(start, self.text[start : self.at])
            return letters.without(letters.ALL, found) if sign == "P" else found
        if sign in ("x", "u"):
            digits = self.text[self.at : self.at + (2 if sign == "x" else 4)]
            self.at += len(digits)
            if len(digits) < (2 if sign == "x" else 4) or any(digit not in hexdigits for digit in digits):
                raise PatternFault(start, self.text[start : self.at])
            return letters.single(chr(int(digits, 16)))
        if sign in _SIGNS and sign:
            return letters.single(_SIGNS[sign])
        if not sign or (sign.isascii() and sign.isalnum()):
            raise PatternFault(start, self.text[start : self.at])
        return letters.single(sign)

    def _property(self) -> str:
        r"""The name in `\p{name}` or `\pL`."""
        if not self._take("{"):
            self.at += 1
            return self.text[self.at - 1 : self.at]
        start = self.at
        close = self.text.find("}", start)
        self.at = close + 1 if close > 0 else len(self.text)
        return self.text[start : self.at - 1]

    def _set(self, depth: int) -> Letters:
        """After the opening bracket: letters, ranges, classes, sets within sets, `&&`."""
        start = self.at - 1
        if depth > DEEPEST:
            raise PatternFault(start, "[")
        turned = self._take("^")
        found: Letters = ()
        kept: Letters | None = None
        first = True
        while True:
            if self.at >= len(self.text):
                raise PatternFault(start, "[")
            if not first and self._take("]"):  # a bracket that comes first is a letter
                break
            if self.text.startswith("&&", self.at):
                self.at += 2
                kept = found if kept is None else letters.both(kept, found)
                found = ()
            elif self._take("["):
                found = letters.joined(found, self._set(depth + 1))
            else:
                found = letters.joined(found, self._range())
            first = False
        if kept is not None:
            found = letters.both(kept, found)
        found = self._cased(found)
        return letters.without(letters.ALL, found) if turned else found

    def _range(self) -> Letters:
        start = self.at
        low = self._set_letter()
        ahead = self.text[self.at : self.at + 2]
        if len(ahead) < 2 or ahead[0] != "-" or ahead[1] in "]" or ahead == "-[" or not letters.is_single(low):
            return low
        self.at += 1
        high = self._set_letter()
        if not letters.is_single(high) or high[0] < low[0]:
            raise PatternFault(start, self.text[start : self.at])
        return (low[0], high[1])

    def _set_letter(self) -> Letters:
        if self.text[self.at] == "\\":
            return self._letter_or_class()
        self.at += 1
        return letters.single(self.text[self.at - 1])

    def _cased(self, found: Letters) -> Letters:
        return letters.either_case(found) if "i" in self._flags else found

    def _take(self, sign: str) -> bool:
        if self.text.startswith(sign, self.at):
            self.at += len(sign)
            return True
        return False
