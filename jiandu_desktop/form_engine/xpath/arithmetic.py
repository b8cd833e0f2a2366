"""The arithmetic of XPath §3.5: IEEE 754, where nothing is an error."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final


def _divide(left: float, right: float) -> float:
    if right == 0:
        if left == 0 or left != left:
            return math.nan
        return math.copysign(math.inf, left) * math.copysign(1.0, right)
    return left / right


def _remainder(left: float, right: float) -> float:
    """XPath §3.5: the sign of the dividend, as C's fmod has it."""
    if right == 0 or math.isinf(left):
        return math.nan
    return math.fmod(left, right)


ARITHMETIC: Final[Mapping[str, Callable[[float, float], float]]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "div": _divide,
    "mod": _remainder,
}
