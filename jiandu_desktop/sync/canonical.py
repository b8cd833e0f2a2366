"""One spelling of JSON, so that the same facts are always the same bytes, and limits that hold before parsing."""

from __future__ import annotations

import json
import re
from typing import Any

MAX_DEPTH = 32
"""Deepest nesting that is parsed; our own records stay below 10."""


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
_STRINGS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_BRACKETS = re.compile(rb"[\[\]{}]")
_OPEN = ord("{")
_ONE_KIND = bytes.maketrans(b"[]", b"{}")
_NO_BRACKET_OR_QUOTE = bytes(set(range(256)) - set(b'[]{}"'))


class NotCanonical(ValueError):
    """The bytes are not the one spelling of a JSON object within the limits."""


def to_bytes(value: dict[str, Any]) -> bytes:
    """UTF-8 JSON with sorted keys, no spaces, no NaN; raises ValueError for lone surrogates and non-finite numbers."""
    return _ENCODER.encode(value).encode("utf-8")


def from_bytes(data: bytes, *, strict: bool = True) -> dict[str, Any]:
    """Parse one object; `strict` also demands that `to_bytes` gives these very bytes back.

    Strictness closes the doors that JSON leaves open: doubled keys, NaN, lone surrogates, two spellings of a number.
    Raises NotCanonical.
    """
    if depth(data) > MAX_DEPTH:
        raise NotCanonical("nested too deeply")
    try:
        value = _DECODER.decode(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise NotCanonical(str(error)) from error
    if not isinstance(value, dict):
        raise NotCanonical("not an object")
    if strict and not _spelled(value, data):
        raise NotCanonical("not the canonical spelling")
    return value


def depth(data: bytes) -> int:
    """The deepest nesting of brackets outside strings, counted without parsing, so that a bomb costs one pass."""
    if b"\\" in data:
        brackets = b"".join(_BRACKETS.findall(_STRINGS.sub(b"", data)))
    else:
        # Without escapes, a string with no bracket inside leaves two quotes side by side; if no quote is left once such
        # pairs are gone, no string has one. Else every second piece between quotes is a string.
        brackets = data.translate(None, _NO_BRACKET_OR_QUOTE).replace(b'""', b"")
        if b'"' in brackets:
            brackets = b"".join(data.split(b'"')[::2]).translate(None, _NO_BRACKET_OR_QUOTE)
    return _height(brackets.translate(_ONE_KIND))


def _height(brackets: bytes) -> int:
    """How deep braces nest. Well-formed ones vanish from inside out, a level at a time; a bomb, or what is no JSON, is
    counted."""
    height, left = 0, brackets
    while b"{}" in left and height <= MAX_DEPTH:
        left = left.replace(b"{}", b"")
        height += 1
    if not left:
        return height
    height = level = 0
    for bracket in brackets:
        level += 1 if bracket == _OPEN else -1
        height = max(height, level)
    return height


def _spelled(value: dict[str, Any], data: bytes) -> bool:
    try:
        return to_bytes(value) == data
    except ValueError:
        return False
