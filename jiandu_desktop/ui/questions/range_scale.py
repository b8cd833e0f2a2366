"""The values a range question offers: from start to end by steps, upwards or downwards, exact in decimals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Self

MOST_STEPS = 100_000
"""A range of more values is no scale any more; its step is taken as one that leaves this many."""


@dataclass(frozen=True, slots=True)
class Scale:
    """`first` lies at the left (or bottom), `last` at the other end; `step` is always positive."""

    first: Decimal
    last: Decimal
    step: Decimal

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> Self:
        """From the parameters `start`, `end` and `step` of XLSForm (1, 10 and 1 where missing or no numbers)."""
        first = _number(parameters.get("start", ""), Decimal(1))
        last = _number(parameters.get("end", ""), Decimal(10))
        step = abs(_number(parameters.get("step", ""), Decimal(1))) or Decimal(1)
        return cls(first, last, max(step, abs(last - first) / MOST_STEPS))

    @property
    def steps(self) -> int:
        """How many steps lie between the ends; a last one that is not whole is left out."""
        return int(abs(self.last - self.first) / self.step)

    def value(self, place: int) -> Decimal:
        """The value `place` steps from the first."""
        place = min(max(place, 0), self.steps)
        return self.first + self.step * place * (1 if self.last >= self.first else -1)

    def place(self, value: Decimal) -> int:
        """The place nearest to a value."""
        share = abs(value - self.first) / self.step
        before = (value < self.first) is (self.last >= self.first) and value != self.first
        return 0 if before else min(round(share), self.steps)

    def holds(self, value: Decimal) -> bool:
        """Whether the value is one of those on offer."""
        return self.value(self.place(value)) == value

    def places(self) -> int:
        """Digits after the point that its values need."""
        exponents = [number.normalize().as_tuple().exponent for number in (self.first, self.step)]
        return max(0, *(-exponent for exponent in exponents if isinstance(exponent, int)))

    def words(self, value: Decimal) -> str:
        """A value as it is written: 0.5, 10, -3."""
        return f"{value:.{self.places()}f}"


def number_of(text: str) -> Decimal | None:
    """The number a text is, None for none."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _number(text: str, missing: Decimal) -> Decimal:
    value = number_of(text.strip())
    return missing if value is None else value
