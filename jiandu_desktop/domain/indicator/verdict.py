"""Which of the seven a school meets, and whether that is enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from jiandu_desktop.domain.indicator.figures import SchoolFigures, Section
from jiandu_desktop.domain.indicator.standards import Indicator, Standards
from jiandu_desktop.domain.indicator.values import Missing, values_of


class Reach(StrEnum):
    """How far a value comes."""

    MET = "met"
    NEAR = "near"
    BELOW = "below"
    MISSING = "missing"


class Verdict(StrEnum):
    """综合评估 of one 学段. `UNKNOWN`: what is missing may still decide it."""

    MET = "met"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """One value beside its line; `value` is None exactly where `missing` names what was not given."""

    value: Fraction | None
    line: Fraction
    reach: Reach
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionResult:
    """One 学段 of one school."""

    section: Section
    readings: Mapping[Indicator, Reading]
    verdict: Verdict

    def count(self, reach: Reach) -> int:
        """How many of the seven reach so far."""
        return sum(reading.reach is reach for reading in self.readings.values())


def assess(figures: SchoolFigures, standards: Standards) -> tuple[SectionResult, ...]:
    """The result of each 学段 that is judged; values are compared as they are, not as they are printed."""
    found = []
    for section, values in values_of(figures, standards).items():
        readings = {
            indicator: _reading(value, standards.line(indicator, section), standards.share)
            for indicator, value in values.items()
        }
        found.append(SectionResult(section, readings, _verdict(readings, standards)))
    return tuple(found)


def _reading(value: Fraction | Missing, line: Fraction, share: Fraction) -> Reading:
    if isinstance(value, Missing):
        return Reading(None, line, Reach.MISSING, value.figures)
    if value >= line:
        return Reading(value, line, Reach.MET)
    return Reading(value, line, Reach.NEAR if value >= line * share else Reach.BELOW)


def _verdict(readings: Mapping[Indicator, Reading], standards: Standards) -> Verdict:
    """≥ `enough` met and the rest ≥ 85 %; failed as soon as nothing that is missing could mend it."""
    reaches = [reading.reach for reading in readings.values()]
    may_fail = len(reaches) - standards.enough
    if Reach.BELOW in reaches or reaches.count(Reach.NEAR) > may_fail:
        return Verdict.FAILED
    return Verdict.UNKNOWN if Reach.MISSING in reaches else Verdict.MET
