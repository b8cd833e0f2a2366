"""A school's figures and the rule's, read by item name from the 优质均衡 sheets (forms/balance-*.xlsx)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from jiandu_desktop.domain.indicator import Campus, Indicator, SchoolFigures, Section, SectionFigures, Standards
from jiandu_desktop.domain.school import Stage

SCHOOL_FORM = "balance-school"
COUNTY_FORM = "balance-county"

_KINDS = {
    "primary": Stage.PRIMARY,
    "junior": Stage.JUNIOR,
    "nine_year": Stage.NINE_YEAR,
    "complete": Stage.COMPLETE,
    "twelve_year": Stage.TWELVE_YEAR,
}
_TEN_THOUSAND = 10_000
"""The sheet asks for 万元, the rule speaks of 元."""
_GREATEST_FIGURE = 40
"""Characters; a longer number is no figure of a school, and arithmetic on it would take long."""


def school_figures(school_id: str, stage: Stage, answers: Mapping[str, str]) -> SchoolFigures:
    """`answers` by item name; `stage` is the roster's, which the sheet's own school kind goes before."""
    kind = _KINDS.get(answers.get("school_kind", ""), stage)
    if stage is Stage.TEACHING_POINT and kind is Stage.PRIMARY:
        kind = stage

    def part(section: Section) -> SectionFigures:
        def persons(name: str) -> int | None:
            return _count(answers, f"{name}_{section.value}")

        return SectionFigures(
            pupils=persons("pupils"),
            qualified=persons("qualified"),
            backbone=persons("backbone"),
            sport_art=persons("arts_sports"),
            visiting_sport_art=persons("arts_sports_visiting"),
        )

    equipment = figure(answers, "equipment_value")
    extra = [figure(answers, name) for name in ("converted_sports_area", "rented_sports_area")]
    return SchoolFigures(
        school_id=school_id,
        stage=kind,
        sections={section: part(section) for section in Section},
        campus=Campus(
            teaching_rooms=figure(answers, "teaching_area"),
            indoor_sports=figure(answers, "indoor_sports_area"),
            gymnasium=figure(answers, "sports_hall_area"),
            grounds=figure(answers, "sports_field_area"),
            extra_grounds=sum((each for each in extra if each is not None), Fraction(0)),
            equipment=None if equipment is None else equipment * _TEN_THOUSAND,
            multimedia_rooms=_count(answers, "media_rooms"),
        ),
        senior_pupils=_count(answers, "pupils_senior"),
        small_rural=answers.get("rural_small") == "yes",
        dense_centre=answers.get("city_centre") == "yes",
    )


def standards_of(*sheets: Mapping[str, str]) -> Standards:
    """The rule with the limits that stand in the sheets' rows `limit_…`; the national ones where there are none."""
    answers = {name: value for sheet in sheets for name, value in sheet.items() if name.startswith("limit_")}
    plain = Standards()

    def limit(name: str, otherwise: Fraction) -> Fraction:
        found = figure(answers, f"limit_{name}")
        return otherwise if found is None else found

    return Standards(
        lines={
            indicator: {
                section: limit(f"a{place}_{section.value}", plain.line(indicator, section)) for section in Section
            }
            for place, indicator in enumerate(Indicator, start=1)
        },
        share=limit("share", plain.share),
        enough=int(limit("met", Fraction(plain.enough))),
        limits={section: limit(f"cv_{section.value}", plain.limits[section]) for section in Section},
        junior_weight=limit("weight_junior", plain.junior_weight),
        senior_weight=limit("weight_senior", plain.senior_weight),
    )


def figure(answers: Mapping[str, str], name: str) -> Fraction | None:
    """A number that is 0 or more; None for what was not given and for what is none."""
    text = answers.get(name, "").strip()
    if not text or len(text) > _GREATEST_FIGURE or "/" in text or "e" in text.lower():
        return None
    try:
        number = Fraction(text)
    except ValueError:
        return None
    return number if number >= 0 else None


def _count(answers: Mapping[str, str], name: str) -> int | None:
    number = figure(answers, name)
    return int(number) if number is not None and number.denominator == 1 else None
