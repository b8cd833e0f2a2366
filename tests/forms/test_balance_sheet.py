"""The school sheet of 义务教育优质均衡: its figures are those one gets by hand, and odd ones are asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiandu_desktop.form_engine import Definition, load_form
from tests.forms.answers import FACTS
from tests.forms.sheet import Sheet, with_limit

WORKBOOK = Path(__file__).parents[2] / "forms" / "balance-school.xlsx"
BY_HAND = {
    # 720 pupils in the primary part and 466 in the junior part stand for 720 + 466 × 1.1 = 1232.6 primary pupils.
    "a1_primary": 40 / 720 * 100,
    "a1_junior": 30 / 466 * 100,
    "a2_primary": 8 / 720 * 100,
    "a2_junior": 5 / 466 * 100,
    "a3_primary": 7 / 720 * 100,
    "a3_junior": 5 / 466 * 100,
    "a4_primary": 5.51679,  # (7200 − 400) ÷ 1232.6
    "a4_junior": 6.06847,  # the same × 1.1
    "a5_primary": 9.73552,  # (1000 + 11000) ÷ 1232.6
    "a5_junior": 10.70907,
    "a6_primary": 2433.87961,  # 3,000,000 元 ÷ 1232.6
    "a6_junior": 2677.26757,
    "a7_primary": 2.43388,  # 30 × 100 ÷ 1232.6
    "a7_junior": 2.67727,
}


@pytest.fixture(scope="module")
def definition() -> Definition:
    return load_form(WORKBOOK.read_bytes())


@pytest.fixture
def nine_year(definition: Definition) -> Sheet:
    return Sheet(definition, **FACTS["balance-school"])


def test_a_nine_year_schools_seven_values_are_those_of_the_hand(nine_year: Sheet) -> None:
    assert {name: nine_year.number(name) for name in BY_HAND} == pytest.approx(BY_HAND, rel=1e-5)
    assert {nine_year[f"{name}_met"] for name in BY_HAND} == {"yes"}
    assert (nine_year["resource_primary"], nine_year["resource_junior"]) == ("yes", "yes")
    assert nine_year["a6_junior_shown"] == "2677.27"


def test_one_value_at_85_percent_is_allowed_and_a_second_is_not(nine_year: Sheet) -> None:
    nine_year.answer(teaching_area="6000")  # 5600 ÷ 1232.6 × 1.1 = 4.998, between 4.93 and 5.8
    assert (nine_year["a4_primary_met"], nine_year["a4_junior_met"], nine_year["resource_junior"]) == (
        "yes",
        "part",
        "yes",
    )
    assert nine_year["lack_a4_junior"] == "900"  # 5.8 × 1232.6 ÷ 1.1 − 5600 = 899.2
    nine_year.answer(equipment_value="250")  # 2231 元, between 2125 and 2500
    assert (nine_year["a6_junior_met"], nine_year["resource_junior"]) == ("part", "no")
    assert nine_year.problem("resource_junior").startswith("初中七项资源配置指标只有5项达标")
    assert nine_year["resource_primary"] == "yes"


def test_below_85_percent_the_problem_says_what_is_lacking(nine_year: Sheet) -> None:
    nine_year.answer(media_rooms="20")
    # 2.3 × 1232.6 ÷ 100 = 28.35 rooms for the primary part's line, 2.4 × 1232.6 ÷ 110 = 26.9 for the junior part's.
    assert (nine_year["lack_a7_primary"], nine_year["lack_a7_junior"]) == ("9", "7")
    assert nine_year.problem("a7_primary_met") == (
        "小学每百名学生拥有网络多媒体教室数为1.62间，标准为2.3间，未达到标准的85%，全校还缺9间。"
    )


def test_a_complete_school_shares_its_rooms_with_the_senior_part(definition: Definition) -> None:
    sheet = Sheet(definition, school_kind="complete", pupils_junior="600", pupils_senior="500")
    sheet.answer(teaching_area="5000", indoor_sports_area="0")
    assert sheet.number("a4_junior") == pytest.approx(2500 / 600)  # 600 : 500 × 1.2, so that half of it is theirs
    assert sheet["a4_primary"] == ""


def test_a_twelve_year_school_is_split_in_three(definition: Definition) -> None:
    sheet = Sheet(definition, school_kind="twelve_year", pupils_primary="400", pupils_junior="300")
    sheet.answer(teaching_area="5000", indoor_sports_area="0")
    assert sheet["a4_primary"] == ""  # the senior pupils are not known yet, which is not none
    sheet.answer(pupils_senior="200")
    assert sheet.number("a4_primary") == pytest.approx(5000 / 994)
    assert sheet.number("a4_junior") == pytest.approx(5500 / 994)


def test_teachers_who_come_by_count_in_small_village_schools_only(definition: Definition) -> None:
    sheet = Sheet(definition, school_kind="primary", place="village", pupils_primary="80", arts_sports_primary="0")
    sheet.answer(arts_sports_visiting_primary="1")
    assert sheet["a3_primary"] == "1.25"
    sheet.answer(pupils_primary="100")
    assert sheet["a3_primary"] == "0"


def test_leased_grounds_count_in_dense_city_centres_only(nine_year: Sheet) -> None:
    nine_year.answer(place="city", city_centre="yes", converted_sports_area="500", rented_sports_area="732.6")
    assert nine_year.number("a5_primary") == pytest.approx(12000 / 1232.6 + 1)
    nine_year.answer(city_centre="no")
    assert nine_year.number("a5_primary") == pytest.approx(12000 / 1232.6)


@pytest.mark.parametrize(("classes", "rooms"), [("12", "1"), ("13", "2"), ("24", "2"), ("25", "3")])
def test_a_room_for_music_and_one_for_art_per_twelve_classes(definition: Definition, classes: str, rooms: str) -> None:
    assert Sheet(definition, school_kind="primary", classes_primary=classes)["need_rooms"] == rooms


def test_older_schools_and_small_village_classes_may_have_smaller_rooms(definition: Definition) -> None:
    sheet = Sheet(definition, school_kind="junior", place="town", built_year="2017", largest_class_junior="28")
    assert (sheet["need_music_area"], sheet["need_art_area"]) == ("96", "90")
    sheet.answer(built_year="2016")
    assert (sheet["need_music_area"], sheet["need_art_area"]) == ("73", "67")
    sheet.answer(place="village")
    assert sheet["need_music_area"] == "61"
    sheet.answer(school_kind="primary", largest_class_primary="28")
    assert sheet["need_music_area"] == "54"


def test_older_schools_and_those_of_migrants_may_be_larger(definition: Definition) -> None:
    sheet = Sheet(definition, school_kind="primary", pupils_primary="2350", built_year="2011", migrants="1175")
    assert (sheet["need_size"], sheet["size_ok"]) == ("2000", "no")
    sheet.answer(migrants="1176")
    assert (sheet["need_size"], sheet["size_ok"]) == ("2400", "yes")
    sheet.answer(migrants="0", built_year="2010")
    assert sheet["size_ok"] == "yes"


def test_a_school_below_a_hundred_is_funded_as_a_hundred(definition: Definition) -> None:
    sheet = Sheet(definition, school_kind="primary", pupils_primary="60", funds_paid="5")
    assert (sheet["need_funds"], sheet["funds_ok"]) == ("7.2", "no")
    sheet.answer(funds_paid="7.2")
    assert sheet["funds_ok"] == "yes"


def test_the_seventh_red_line_is_a_switch(definition: Definition) -> None:
    seventh = "veto_training"
    assert not Sheet(definition).instance.node(Sheet(definition).refs[seventh]).relevant
    changed = load_form(with_limit(WORKBOOK, "limit_seventh_veto", "'yes'"))
    assert Sheet(changed).instance.node(Sheet(changed).refs[seventh]).relevant


def test_a_county_that_wants_more_changes_one_cell(nine_year: Sheet) -> None:
    changed = Sheet(load_form(with_limit(WORKBOOK, "limit_a7_primary", "3")), **FACTS["balance-school"])
    assert (nine_year["a7_primary_met"], changed["a7_primary_met"]) == ("yes", "no")
    standard = changed.instance.node(changed.refs["a7_primary_met"]).item.inspection.standard
    assert standard.startswith("不低于3间")


@pytest.mark.parametrize(
    ("answers", "asked_about", "says"),
    [
        ({"pupils_primary": "-3"}, "pupils_primary", "0到20000人之间"),
        ({"sports_field_area": "1000000000000"}, "sports_field_area", "0到300000平方米之间"),
        ({"teachers_primary": "721"}, "teachers_primary", "720人"),
        ({"qualified_junior": "41"}, "qualified_junior", "40人"),
        ({"pupils_junior": "800"}, "pupils_junior", "1520人"),
        ({"indoor_sports_area": "7201"}, "indoor_sports_area", "7200平方米"),
        ({"over_classes_primary": "2"}, "over_classes_primary", "对得上"),
        ({"largest_class_primary": "39"}, "largest_class_primary", "720人"),
        ({"training_spent": "106"}, "training_spent", "105万元"),
        ({"built_year": "1026"}, "built_year", "1850到2100年"),
        ({"graduates": "0", "moved_in": "3"}, "moved_in", "毕业学生"),
    ],
)
def test_odd_figures_are_asked_about_with_the_reason(
    nine_year: Sheet, answers: dict[str, str], asked_about: str, says: str
) -> None:
    assert nine_year.warning(asked_about) == ""
    nine_year.answer(**answers)
    assert says in nine_year.warning(asked_about)
