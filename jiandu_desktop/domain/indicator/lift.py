"""What would lift a school: how many teachers, m², rooms or 元 it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from jiandu_desktop.domain.indicator.figures import SchoolFigures, Section
from jiandu_desktop.domain.indicator.standards import OF_THE_CAMPUS, RESOURCE_UNITS, Indicator, Standards
from jiandu_desktop.domain.indicator.values import Missing, holding_of, sharing


@dataclass(frozen=True, slots=True)
class Lift:
    """What the *school* lacks of a resource, in persons, m², 元 or rooms, rounded up to what can be counted.

    `to_line` makes the value meet its line, `to_share` brings it to 85 % of it; 0 where it is there already. For what
    a 一贯制 school shares, this is what the whole school needs so that the 学段's part suffices.
    """

    to_line: Fraction
    to_share: Fraction


def lift_of(figures: SchoolFigures, section: Section, indicator: Indicator, standards: Standards) -> Lift | Missing:
    """What is lacking for one value, the pupils staying as they are."""
    holding = holding_of(figures, section, indicator, standards)
    if isinstance(holding, Missing):
        return holding
    line = standards.line(indicator, section)
    # The part of the whole is asked of the pupils, not of the amounts: a school that has nothing yet shares it as well.
    portion = sharing(figures, section, standards) if indicator in OF_THE_CAMPUS else Fraction(1)
    if isinstance(portion, Missing):
        return portion

    def lacking(wanted: Fraction) -> Fraction:
        needed = wanted * holding.pupils / holding.per / portion
        unit = RESOURCE_UNITS[indicator]
        return max(ceil((needed - holding.whole) / unit) * unit, Fraction(0))

    return Lift(lacking(line), lacking(line * standards.share))
