"""ODK's functions on answers and texts: conditions, selections, checklists, joining, digests, identifiers."""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
import random
import secrets
import string
import uuid
from collections.abc import Callable
from typing import Any, Final

from jiandu_desktop.form_engine.xpath import patterns
from jiandu_desktop.form_engine.xpath.library import FunctionTable
from jiandu_desktop.form_engine.xpath.nodes import Node
from jiandu_desktop.form_engine.xpath.pattern_syntax import PatternFault
from jiandu_desktop.form_engine.xpath.scope import Context, NotComputable
from jiandu_desktop.form_engine.xpath.values import NAN, Value, to_boolean, to_number, to_string

ODK: Final = FunctionTable()
_LONGEST_TOKEN: Final = 10_000


@ODK.add("if", "b v v", "any", lazy=True)
def condition(c: Context, test: Callable[[Context], bool], yes: Callable[..., Any], no: Callable[..., Any]) -> Any:
    return yes(c) if test(c) else no(c)


@ODK.add("coalesce", "v v+", "any", lazy=True)
def coalesce(c: Context, *choices: Callable[[Context], Value]) -> Value:
    """The first value that is not blank; NaN is blank. The last stands if all are."""
    value: Value = ""
    for choice in choices:
        value = choice(c)
        if not _blank(value):
            break
    return value


def _blank(value: Value) -> bool:
    if isinstance(value, float):
        return math.isnan(value)
    return to_string(value) == ""


@ODK.add("once", "v", "any", lazy=True)
def once(c: Context, value: Callable[[Context], Value]) -> Value:
    """The answer that is there already; computed only while there is none."""
    there = c.node.string()
    if there:
        return there
    result = value(c)
    return "" if _blank(result) else result


@ODK.add("boolean-from-string", "s", "boolean")
def boolean_from_string(text: str) -> bool:
    return text == "1" or text.lower() == "true"


@ODK.add("regex", "s s", "boolean")
def regex(text: str, pattern: str) -> bool:
    """The whole text must match, as in JavaRosa."""
    try:
        return patterns.pattern(pattern).matches(text)
    except (PatternFault, patterns.TooLong) as error:
        raise NotComputable("regex", pattern) from error


@ODK.add("selected", "s s", "boolean")
def selected(answer: str, choice: str) -> bool:
    return choice.strip() in answer.split() or choice.strip() == answer.strip() == ""


@ODK.add("selected-at", "s n", "string")
def selected_at(answer: str, place: float) -> str:
    """Places count from 0."""
    words = answer.split()
    return words[int(place)] if 0 <= place < len(words) else ""


@ODK.add("count-selected", "s", "number")
def count_selected(answer: str) -> float:
    return float(len(answer.split()))


@ODK.add("ends-with", "s s", "boolean")
def ends_with(text: str, end: str) -> bool:
    return text.endswith(end)


@ODK.add("substr", "s n n?", "string")
def substr(text: str, start: float, end: float | None = None) -> str:
    """Places count from 0; negative ones from the end; what is no number counts as 0 (JavaRosa)."""
    return text[_place(start, text) : len(text) if end is None else _place(end, text)]


def _place(number: float, text: str) -> int:
    if math.isnan(number):
        return 0
    return int(max(-len(text), min(len(text), number)))


@ODK.add("join", "s v*", "string")
def join(mark: str, *values: Value) -> str:
    texts: list[str] = []
    for value in values:
        texts.extend([node.string() for node in value] if isinstance(value, list) else [to_string(value)])
    return mark.join(texts)


@ODK.add("count-non-empty", "ns", "number")
def count_non_empty(nodes: list[Node]) -> float:
    return float(sum(1 for node in nodes if node.string()))


@ODK.add("checklist", "n n v*", "boolean")
def checklist(least: float, most: float, *answers: Value) -> bool:
    """Whether the number of true answers lies within the bounds; -1 means no bound."""
    return _within(least, most, float(sum(1 for answer in _spread(answers) if to_boolean(answer))))


@ODK.add("weighted-checklist", "n n v*", "boolean", context=True)
def weighted_checklist(c: Context, least: float, most: float, *pairs: Value) -> bool:
    answers, weights = _spread(pairs[0::2]), _spread(pairs[1::2])
    earned = sum(
        to_number(weight, c.scope.zone) for answer, weight in zip(answers, weights, strict=False) if to_boolean(answer)
    )
    return _within(least, most, earned)


def _within(least: float, most: float, amount: float) -> bool:
    return (least < 0 or amount >= least) and (most < 0 or amount <= most)


def _spread(values: tuple[Value, ...]) -> list[Value]:
    spread: list[Value] = []
    for value in values:
        spread.extend([node.string() for node in value] if isinstance(value, list) else [value])
    return spread


_DIGESTS: Final = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


@ODK.add("digest", "s s s?", "string")
def digest(text: str, algorithm: str, encoding: str = "base64") -> str:
    name = _DIGESTS.get(algorithm.upper())
    if name is None:
        raise NotComputable("digest", algorithm)
    made = hashlib.new(name, text.encode()).digest()
    if encoding.lower() == "hex":
        return made.hex()
    if encoding.lower() == "base64":
        return base64.b64encode(made).decode("ascii")
    raise NotComputable("digest", encoding)


@ODK.add("base64-decode", "s", "string")
def base64_decode(text: str) -> str:
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8", errors="replace")
    except (binascii.Error, ValueError):
        return ""


@ODK.add("uuid", "n?", "string")
def new_uuid(length: float | None = None) -> str:
    """A random UUID, or that many letters and digits."""
    if length is None:
        return str(uuid.uuid4())
    count = int(length) if math.isfinite(length) else 0
    letters = string.ascii_letters + string.digits
    return "".join(secrets.choice(letters) for _ in range(min(max(count, 0), _LONGEST_TOKEN)))


@ODK.add("random", "", "number")
def random_number() -> float:
    return random.random()


@ODK.add("version", "", "string", context=True)
def version(c: Context) -> str:
    top = next(iter(c.scope.root.elements()), None)
    return (top.attribute("version") or "") if top is not None else ""


@ODK.add("string", "v?", "string", context=True)
def text(c: Context, value: Value | None = None) -> str:
    return c.node.string() if value is None else to_string(value)


@ODK.add("max", "v+", "number", context=True)
def largest(c: Context, *values: Value) -> float:
    return _extreme(c, values, max)


@ODK.add("min", "v+", "number", context=True)
def smallest(c: Context, *values: Value) -> float:
    return _extreme(c, values, min)


def _extreme(c: Context, values: tuple[Value, ...], pick: Callable[[list[float]], float]) -> float:
    numbers = [to_number(value, c.scope.zone) for value in _spread(values)]
    if not numbers or any(math.isnan(number) for number in numbers):
        return NAN
    return pick(numbers)
