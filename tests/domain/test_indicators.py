"""The seven indicators of a school and 差异系数 of a county, against values reckoned by hand and by their rules."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandu_desktop.domain.indicator import (
    Campus,
    Indicator,
    Lift,
    Missing,
    Reach,
    SchoolFigures,
    Section,
    SectionFigures,
    Standards,
    Verdict,
    Weighting,
    assess,
    counted_sections,
    county_of,
    lift_of,
    spread_of,
    values_of,
)
from jiandu_desktop.domain.school import Stage

RULE = Standards()
CAMPUS = Campus(
    teaching_rooms=Fraction(4000),
    indoor_sports=Fraction(400),
    gymnasium=Fraction(400),
    grounds=Fraction(7600),
    extra_grounds=Fraction(1000),
    equipment=Fraction(2_000_000),
    multimedia_rooms=23,
)


def primary(**changed: object) -> SchoolFigures:
    """1,000 pupils; every value exactly on its line but rooms (3.6 of 4.5), grounds (8), and backbone (1.2)."""
    persons = SectionFigures(pupils=1000, qualified=42, backbone=12, sport_art=9)
    return replace(
        SchoolFigures(school_id="s", stage=Stage.PRIMARY, sections={Section.PRIMARY: persons}, campus=CAMPUS), **changed
    )


def nine_year() -> SchoolFigures:
    """600 pupils of 小学 and 400 of 初中, so 600 + 440 weighted ones."""
    return SchoolFigures(
        school_id="n",
        stage=Stage.NINE_YEAR,
        sections={
            Section.PRIMARY: SectionFigures(pupils=600, qualified=30, backbone=6, sport_art=5),
            Section.JUNIOR: SectionFigures(pupils=400, qualified=22, backbone=3, sport_art=4),
        },
        campus=CAMPUS,
    )


def test_values_of_a_primary_school() -> None:
    values = values_of(primary(), RULE)[Section.PRIMARY]
    assert [str(float(values[each])) for each in Indicator] == ["4.2", "1.2", "0.9", "3.6", "8.0", "2000.0", "2.3"]
    (result,) = assess(primary(), RULE)
    assert result.readings[Indicator.QUALIFIED].reach is Reach.MET, "4.2 is met by exactly 42 of 1,000"
    assert result.readings[Indicator.TEACHING_ROOMS].reach is Reach.BELOW, "3.6 is 80 % of 4.5"
    assert result.verdict is Verdict.FAILED, "six are met, but the seventh is below 85 %"


def test_six_met_and_the_seventh_at_85_percent_is_enough() -> None:
    near = primary(campus=replace(CAMPUS, teaching_rooms=Fraction(4225)))
    (result,) = assess(near, RULE)
    assert result.readings[Indicator.TEACHING_ROOMS].value == Fraction("3.825")
    assert (result.count(Reach.MET), result.count(Reach.NEAR), result.verdict) == (6, 1, Verdict.MET)
    two = replace(near, campus=replace(near.campus, multimedia_rooms=22))
    assert assess(two, RULE)[0].verdict is Verdict.FAILED


def test_a_nine_year_school_is_split_by_weighted_pupils() -> None:
    values = values_of(nine_year(), RULE)
    assert values[Section.PRIMARY][Indicator.TEACHING_ROOMS] == Fraction(3600, 1040)
    assert values[Section.JUNIOR][Indicator.TEACHING_ROOMS] == Fraction(3600, 1040) * Fraction("1.1")
    assert values[Section.JUNIOR][Indicator.EQUIPMENT] == Fraction(2_000_000, 1040) * Fraction("1.1")
    assert values[Section.PRIMARY][Indicator.MULTIMEDIA] == Fraction(2300, 1040)
    assert values[Section.PRIMARY][Indicator.QUALIFIED] == 5, "persons belong to their own 学段"
    assert values[Section.JUNIOR][Indicator.QUALIFIED] == Fraction("5.5")


def test_senior_pupils_use_rooms_too() -> None:
    school = SchoolFigures(
        school_id="c",
        stage=Stage.COMPLETE,
        sections={Section.JUNIOR: SectionFigures(pupils=500)},
        campus=CAMPUS,
        senior_pupils=1000,
    )
    rooms = values_of(school, RULE)[Section.JUNIOR][Indicator.TEACHING_ROOMS]
    assert rooms == Fraction(3600) / (500 + 1000 * Fraction("1.2")), "一个初中生：一个高中生＝1：1.2"
    unknown = values_of(replace(school, senior_pupils=None), RULE)[Section.JUNIOR]
    assert unknown[Indicator.TEACHING_ROOMS] == Missing(("senior_pupils",))


def test_what_is_missing_is_named_and_never_zero() -> None:
    school = primary(campus=replace(CAMPUS, gymnasium=None, equipment=None))
    (result,) = assess(school, RULE)
    assert result.readings[Indicator.SPORTS_GROUNDS].missing == ("gymnasium",)
    assert result.readings[Indicator.EQUIPMENT].value is None
    better = replace(school, campus=replace(school.campus, teaching_rooms=Fraction(5000)))
    assert assess(better, RULE)[0].verdict is Verdict.UNKNOWN
    assert assess(school, RULE)[0].verdict is Verdict.FAILED, "nothing that is missing could mend the rooms"
    assert lift_of(school, Section.PRIMARY, Indicator.EQUIPMENT, RULE) == Missing(("equipment",))
    slip = primary(campus=replace(CAMPUS, indoor_sports=Fraction(5000)))
    assert isinstance(values_of(slip, RULE)[Section.PRIMARY][Indicator.TEACHING_ROOMS], Missing)


def test_allowances_count_only_where_they_may() -> None:
    persons = SectionFigures(pupils=80, qualified=4, backbone=1, sport_art=0, visiting_sport_art=1)
    small = SchoolFigures(school_id="r", stage=Stage.PRIMARY, sections={Section.PRIMARY: persons}, small_rural=True)
    assert values_of(small, RULE)[Section.PRIMARY][Indicator.SPORT_ART] == Fraction("1.25")
    assert values_of(replace(small, small_rural=False), RULE)[Section.PRIMARY][Indicator.SPORT_ART] == 0
    hundred = replace(small, sections={Section.PRIMARY: replace(persons, pupils=100)})
    assert values_of(hundred, RULE)[Section.PRIMARY][Indicator.SPORT_ART] == 0
    grounds = values_of(primary(dense_centre=True), RULE)[Section.PRIMARY][Indicator.SPORTS_GROUNDS]
    assert grounds == 9


def test_schools_that_are_not_judged() -> None:
    def point(pupils: int) -> SchoolFigures:
        return primary(stage=Stage.TEACHING_POINT, sections={Section.PRIMARY: SectionFigures(pupils=pupils)})

    assert counted_sections(point(49)) == ()
    assert counted_sections(point(50)) == (Section.PRIMARY,)
    assert counted_sections(primary(stage=Stage.SPECIAL)) == ()
    only_juniors = replace(nine_year(), sections={**nine_year().sections, Section.PRIMARY: SectionFigures(pupils=0)})
    assert counted_sections(only_juniors) == (Section.JUNIOR,)


def test_what_would_lift_it() -> None:
    school = primary(sections={Section.PRIMARY: SectionFigures(pupils=1003, qualified=35, backbone=12, sport_art=9)})
    assert lift_of(school, Section.PRIMARY, Indicator.QUALIFIED, RULE) == Lift(Fraction(8), Fraction(1))
    assert lift_of(school, Section.PRIMARY, Indicator.TEACHING_ROOMS, RULE) == Lift(
        Fraction("913.5"), Fraction("236.48")
    )
    # 九年一贯: 5.8 m² for each of 400 juniors, who have 440 of 1,040 parts, is 5483.64 m² for the school.
    assert lift_of(nine_year(), Section.JUNIOR, Indicator.TEACHING_ROOMS, RULE) == Lift(
        Fraction("1883.64"), Fraction("1061.10")
    )


def test_coefficient_reckoned_by_hand() -> None:
    # 100 pupils at 2 and 300 at 6: mean 5, S² = (1/4)·9 + (3/4)·1 = 3, S/mean = 0.3464…
    pairs = [(100, Fraction(2)), (300, Fraction(6))]
    spread = spread_of(pairs, Fraction("0.50"))
    assert (spread.mean, spread.coefficient, spread.within) == (5, Decimal("0.346"), True)
    plain = spread_of(pairs, Fraction("0.50"), Weighting.SCHOOLS)
    assert (plain.mean, plain.coefficient, plain.within) == (4, Decimal("0.500"), True)
    assert spread_of(pairs, Fraction("0.50"), unknown=1).within is None
    assert spread_of([], Fraction("0.50")).coefficient is None
    assert spread_of([(5, Fraction(0))], Fraction("0.50")).coefficient is None


def test_a_county_counts_the_sections_of_one_kind() -> None:
    county = county_of([primary(), nine_year(), primary(stage=Stage.SPECIAL)], Section.JUNIOR, RULE)
    assert county.spreads[Indicator.QUALIFIED].schools == 1
    assert county.overall == Decimal("0.000")
    both = county_of([primary(), nine_year()], Section.PRIMARY, RULE)
    # 42 of 1,000 and 30 of 600: mean 4.5, S² = (1000·0.09 + 600·0.25)/1600 = 0.15
    assert both.spreads[Indicator.QUALIFIED].coefficient == Decimal("0.086")
    lacking = county_of([primary(), replace(nine_year(), campus=Campus())], Section.PRIMARY, RULE)
    assert (lacking.spreads[Indicator.EQUIPMENT].unknown, lacking.spreads[Indicator.EQUIPMENT].within) == (1, None)


VALUES = st.integers(1, 1_000_000).map(lambda hundredths: Fraction(hundredths, 100))
SCHOOLS = st.lists(st.tuples(st.integers(1, 5000), VALUES), min_size=1, max_size=12)
LIMIT = Fraction("0.50")


@given(SCHOOLS, st.fractions(min_value=Fraction(1, 1000), max_value=1000), st.integers(2, 9), st.randoms())
def test_neither_scale_nor_order_nor_size_of_the_county_matters(
    schools: list[tuple[int, Fraction]], factor: Fraction, times: int, dice: object
) -> None:
    coefficient = spread_of(schools, LIMIT).coefficient
    assert spread_of([(pupils, value * factor) for pupils, value in schools], LIMIT).coefficient == coefficient
    assert spread_of([(pupils * times, value) for pupils, value in schools], LIMIT).coefficient == coefficient
    shuffled = list(schools)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert spread_of(shuffled, LIMIT).coefficient == coefficient


@given(SCHOOLS, VALUES)
def test_one_school_differs_from_nobody_and_merging_evens_out(
    schools: list[tuple[int, Fraction]], value: Fraction
) -> None:
    assert spread_of([(schools[0][0], value)], LIMIT).coefficient == 0
    before = spread_of(schools, LIMIT)
    pupils = sum(each for each, _ in schools[:2])
    merged = (pupils, sum((each * own for each, own in schools[:2]), Fraction(0)) / pupils)
    after = spread_of([merged, *schools[2:]], LIMIT)
    assert after.mean == before.mean
    assert after.coefficient is not None
    assert before.coefficient is not None
    assert after.coefficient <= before.coefficient
    twins = [(schools[0][0], value), (7, value), *schools[1:]]
    assert (
        spread_of([(schools[0][0] + 7, value), *schools[1:]], LIMIT).coefficient == spread_of(twins, LIMIT).coefficient
    )


@given(
    st.integers(1, 3000), st.integers(1, 3000), st.integers(0, 300), st.integers(0, 20_000), st.sampled_from(Section)
)
def test_what_is_lacking_is_enough_and_not_one_more(
    primaries: int, juniors: int, teachers: int, area: int, section: Section
) -> None:
    def school(qualified: Fraction, rooms: Fraction) -> SchoolFigures:
        persons = SectionFigures(qualified=int(qualified))
        return SchoolFigures(
            school_id="x",
            stage=Stage.NINE_YEAR,
            sections={
                Section.PRIMARY: replace(persons, pupils=primaries),
                Section.JUNIOR: replace(persons, pupils=juniors),
            },
            campus=Campus(teaching_rooms=rooms, indoor_sports=Fraction(0)),
        )

    had = (Fraction(teachers), Fraction(area))
    for place, (indicator, unit) in enumerate(
        ((Indicator.QUALIFIED, Fraction(1)), (Indicator.TEACHING_ROOMS, Fraction(1, 100)))
    ):
        line = RULE.line(indicator, section)
        lift = lift_of(school(*had), section, indicator, RULE)
        assert isinstance(lift, Lift)
        for lacking, wanted in ((lift.to_line, line), (lift.to_share, line * RULE.share)):
            more = [*had]
            more[place] += lacking
            reached = values_of(school(*more), RULE)[section][indicator]
            assert not isinstance(reached, Missing)
            assert reached >= wanted
            if lacking:
                more[place] -= unit
                short = values_of(school(*more), RULE)[section][indicator]
                assert not isinstance(short, Missing)
                assert short < wanted


@pytest.mark.parametrize("section", list(Section))
def test_the_limits_are_those_of_the_rule(section: Section) -> None:
    assert RULE.limits[section] == {Section.PRIMARY: Fraction(1, 2), Section.JUNIOR: Fraction(9, 20)}[section]
