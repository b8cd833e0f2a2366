"""The nearest known word to a misspelt one, offered as a question."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Final

_CLOSE: Final = 0.7


def nearest(name: str, known: Iterable[str], close: float = _CLOSE) -> str:
    """The nearest known word whatever its case; "" where none is near (`close`: 1 is the same word)."""
    words = list(known)
    by_folded = {word.lower(): word for word in reversed(words)}
    near = difflib.get_close_matches(name.lower(), list(by_folded), 1, close)
    return by_folded[near[0]] if near else ""


def suggestion(name: str, known: Iterable[str], prefix: str = "", close: float = _CLOSE) -> str:
    """A question that offers the nearest known word, or nothing."""
    found = nearest(name, known, close)
    return f"是不是“{prefix}{found}”？" if found else ""
