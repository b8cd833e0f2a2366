"""From a school's figures to the seven values of each 学段."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from jiandu_desktop.domain.indicator.figures import HAS_SENIOR, SchoolFigures, Section, counted_sections
from jiandu_desktop.domain.indicator.standards import OF_THE_CAMPUS, PER_HUNDRED, Indicator, Standards

SMALL_RURAL = range(50, 100)
"""Pupils of the 农村小规模学校 whose visiting sport and art teachers count."""


@dataclass(frozen=True, slots=True)
class Missing:
    """An unknown value: the names (`SectionFigures`, `Campus` and `SchoolFigures` fields) of what was not given."""

    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """What stands for one 学段: `amount` of the resource for its `pupils`.

    `whole` is the school's whole resource, in which others may share; the indicator is asked `per` 1 or 100 pupils.
    """

    amount: Fraction
    pupils: int
    whole: Fraction
    per: int = 1

    @property
    def value(self) -> Fraction:
        """The indicator: per pupil, or per hundred pupils."""
        return self.amount * self.per / self.pupils


def values_of(figures: SchoolFigures, standards: Standards) -> Mapping[Section, Mapping[Indicator, Fraction | Missing]]:
    """All values of the 学段 that are judged (`counted_sections`)."""
    found: dict[Section, dict[Indicator, Fraction | Missing]] = {}
    for section in counted_sections(figures):
        row = found[section] = {}
        for indicator in Indicator:
            holding = holding_of(figures, section, indicator, standards)
            row[indicator] = holding if isinstance(holding, Missing) else holding.value
    return found


def holding_of(
    figures: SchoolFigures, section: Section, indicator: Indicator, standards: Standards
) -> Holding | Missing:
    """The resource behind one value. A shared one is split by weighted pupils (1 : 1.1 : 1.32, 操作指南)."""
    persons = figures.of(section)
    per = 100 if indicator in PER_HUNDRED else 1
    whole = _resource(figures, section, indicator)
    if indicator not in OF_THE_CAMPUS:
        if isinstance(whole, Missing) or not persons.pupils:
            return _missing(whole, () if persons.pupils else ("pupils",))
        return Holding(whole, persons.pupils, whole, per)
    weighted = _weighted_pupils(figures, standards)
    if isinstance(whole, Missing) or isinstance(weighted, Missing) or not persons.pupils:
        return _missing(whole, weighted, () if persons.pupils else ("pupils",))
    mine = persons.pupils * standards.weight(section)
    return Holding(whole * mine / weighted, persons.pupils, whole, per)


def sharing(figures: SchoolFigures, section: Section, standards: Standards) -> Fraction | Missing:
    """This 学段's part of what the campus shares, in 0..1."""
    weighted, pupils = _weighted_pupils(figures, standards), figures.of(section).pupils
    if isinstance(weighted, Missing) or not pupils:
        return _missing(weighted, () if pupils else ("pupils",))
    return pupils * standards.weight(section) / weighted


def _weighted_pupils(figures: SchoolFigures, standards: Standards) -> Fraction | Missing:
    unknown: list[str] = []
    total = Fraction(0)
    for section in counted_sections(figures):
        pupils = figures.of(section).pupils
        if pupils is None:
            unknown.append("pupils")
        else:
            total += pupils * standards.weight(section)
    if figures.stage in HAS_SENIOR:
        if figures.senior_pupils is None:
            unknown.append("senior_pupils")
        else:
            total += figures.senior_pupils * standards.senior_weight
    return Missing(tuple(dict.fromkeys(unknown))) if unknown else total


def _resource(figures: SchoolFigures, section: Section, indicator: Indicator) -> Fraction | Missing:
    persons, campus = figures.of(section), figures.campus
    if indicator is Indicator.QUALIFIED:
        return _sum(qualified=persons.qualified)
    if indicator is Indicator.BACKBONE:
        return _sum(backbone=persons.backbone)
    if indicator is Indicator.SPORT_ART:
        own = _sum(sport_art=persons.sport_art)
        visiting = figures.small_rural and persons.pupils in SMALL_RURAL
        if isinstance(own, Missing) or not visiting:
            return own
        # An unknown number of visitors must not make a known one unknown: they are an allowance.
        return own + (persons.visiting_sport_art or 0)
    if indicator is Indicator.TEACHING_ROOMS:
        rooms = _sum(teaching_rooms=campus.teaching_rooms)
        indoor = _sum(indoor_sports=campus.indoor_sports)
        if isinstance(rooms, Missing) or isinstance(indoor, Missing):
            return _missing(rooms, indoor)
        # More sports space than there are rooms is a slip of the pen: unknown, not zero.
        return rooms - indoor if indoor <= rooms else Missing(("teaching_rooms", "indoor_sports"))
    if indicator is Indicator.SPORTS_GROUNDS:
        grounds = _sum(gymnasium=campus.gymnasium, grounds=campus.grounds)
        if isinstance(grounds, Missing) or not figures.dense_centre:
            return grounds
        return grounds + (campus.extra_grounds or 0)
    if indicator is Indicator.EQUIPMENT:
        return _sum(equipment=campus.equipment)
    return _sum(multimedia_rooms=campus.multimedia_rooms)


def _sum(**parts: Fraction | int | None) -> Fraction | Missing:
    unknown = tuple(name for name, part in parts.items() if part is None)
    return Missing(unknown) if unknown else Fraction(sum(part for part in parts.values() if part is not None))


def _missing(*found: Fraction | Missing | tuple[str, ...]) -> Missing:
    names: list[str] = []
    for each in found:
        if isinstance(each, Missing):
            names += each.figures
        elif isinstance(each, tuple):
            names += each
    return Missing(tuple(dict.fromkeys(names)))
