"""差异系数: how unequal a county's schools are in one indicator (教督〔2012〕3号)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from jiandu_desktop.domain.indicator.figures import SchoolFigures, Section, counted_sections
from jiandu_desktop.domain.indicator.standards import Indicator, Standards
from jiandu_desktop.domain.indicator.values import Missing, holding_of

_DIGITS = 40
_THREE = Decimal("0.001")


class Weighting(StrEnum):
    """`PUPILS`: each school weighs as its pupils do, as the rule says; `SCHOOLS`: each the same, only for comparing."""

    PUPILS = "pupils"
    SCHOOLS = "schools"


@dataclass(frozen=True, slots=True)
class Spread:
    """One indicator over the schools of one 学段.

    `mean` is Σx/ΣP (with `SCHOOLS`: the mean of the schools' values). `coefficient` is S/mean with three decimals, half
    up, as it is printed and judged; None without any school or with a mean of 0. `within` is None where it cannot be
    judged: nothing known, or a school's figure missing (`unknown` counts those schools).
    """

    mean: Fraction | None
    coefficient: Decimal | None
    limit: Fraction
    schools: int
    unknown: int

    @property
    def within(self) -> bool | None:
        if self.coefficient is None or self.unknown:
            return None
        return Fraction(self.coefficient) <= self.limit


@dataclass(frozen=True, slots=True)
class County:
    """All indicators of one 学段; `overall` is the mean of the seven coefficients (综合 of table Ⅲ), None if one is."""

    section: Section
    weighting: Weighting
    spreads: Mapping[Indicator, Spread]

    @property
    def overall(self) -> Decimal | None:
        known = [spread.coefficient for spread in self.spreads.values()]
        if any(each is None for each in known):
            return None
        total = sum((each for each in known if each is not None), Decimal(0))
        return (total / len(known)).quantize(_THREE, ROUND_HALF_UP)


def county_of(
    schools: Sequence[SchoolFigures], section: Section, standards: Standards, weighting: Weighting = Weighting.PUPILS
) -> County:
    """The spread of each indicator over the schools that have this 学段."""
    spreads = {}
    for indicator in Indicator:
        known: list[tuple[int, Fraction]] = []
        unknown = 0
        for figures in schools:
            if section not in counted_sections(figures):
                continue
            holding = holding_of(figures, section, indicator, standards)
            if isinstance(holding, Missing):
                unknown += 1
            else:
                known.append((holding.pupils, holding.value))
        spreads[indicator] = spread_of(known, standards.limits[section], weighting, unknown)
    return County(section, weighting, spreads)


def spread_of(
    schools: Iterable[tuple[int, Fraction]], limit: Fraction, weighting: Weighting = Weighting.PUPILS, unknown: int = 0
) -> Spread:
    """`schools` are pairs of pupils (> 0) and value. X̄ = Σx/ΣP, S = √Σ(P/ΣP)(x/P − X̄)², 差异系数 = S/X̄."""
    pairs = [(pupils if weighting is Weighting.PUPILS else 1, value) for pupils, value in schools]
    total = sum(weight for weight, _ in pairs)
    if not total:
        return Spread(None, None, limit, len(pairs), unknown)
    mean = sum((weight * value for weight, value in pairs), Fraction(0)) / total
    if not mean:
        return Spread(mean, None, limit, len(pairs), unknown)
    square = sum((weight * (value - mean) ** 2 for weight, value in pairs), Fraction(0)) / total / mean**2
    with localcontext() as context:
        context.prec = _DIGITS
        root = (Decimal(square.numerator) / Decimal(square.denominator)).sqrt()
        return Spread(mean, root.quantize(_THREE, ROUND_HALF_UP), limit, len(pairs), unknown)
