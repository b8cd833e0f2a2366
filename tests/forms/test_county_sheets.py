"""County sheets and the kindergarten sheet: rates as one works them out by hand, and figures that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiandu_desktop.form_engine import Definition, load_form
from tests.forms.answers import FACTS
from tests.forms.sheet import Sheet, with_limit

FORMS = Path(__file__).parents[2] / "forms"


@pytest.fixture(scope="module")
def definitions() -> dict[str, Definition]:
    names = ("balance-county", "preschool-county", "preschool-kindergarten")
    return {name: load_form((FORMS / f"{name}.xlsx").read_bytes()) for name in names}


@pytest.fixture
def county(definitions: dict[str, Definition]) -> Sheet:
    return Sheet(definitions["balance-county"], **FACTS["balance-county"])


@pytest.fixture
def preschool(definitions: dict[str, Definition]) -> Sheet:
    return Sheet(definitions["preschool-county"], **FACTS["preschool-county"])


@pytest.fixture
def kindergarten(definitions: dict[str, Definition]) -> Sheet:
    return Sheet(definitions["preschool-kindergarten"], **FACTS["preschool-kindergarten"])


def test_a_spread_is_met_up_to_its_line_and_names_the_indicator_beyond_it(county: Sheet) -> None:
    county.answer(cv_a5_primary="0.5", cv_a5_junior="0.451")
    assert (county["cv_a5_primary_ok"], county["cv_a5_junior_ok"]) == ("yes", "no")
    assert county.problem("cv_a5_junior_ok") == "初中生均体育运动场馆面积的差异系数为0.451，超过0.45。"


def test_three_years_retention_takes_those_who_moved_and_died_into_account(county: Sheet) -> None:
    # (2880 − 60 + 70) ÷ (2900 − 1) = 99.69 %; with 2700 who finish 93.48 %.
    assert county["consolidation_rate"] == "99.69"
    county.answer(graduates="2700")
    assert (county["consolidation_rate"], county["consolidation_ok"]) == ("93.48", "no")


def test_one_subject_below_level_three_fails_the_monitoring(county: Sheet) -> None:
    assert county["monitor_ok"] == "yes"
    county.answer(level_arts="two", gap_maths="0.15")
    assert (county["weak_subjects"], county["monitor_ok"]) == ("2", "no")


def test_pay_below_the_civil_servants_is_a_problem_with_both_figures(county: Sheet) -> None:
    county.answer(civil_pay="93000")
    assert county["pay_rate"] == "98.92"
    assert "92000元" in county.problem("pay_ok")
    assert "93000元" in county.problem("pay_ok")


def test_the_sheet_of_the_county_has_its_seventh_red_line_as_a_switch(county: Sheet) -> None:
    changed = Sheet(load_form(with_limit(FORMS / "balance-county.xlsx", "limit_seventh_veto", "'yes'")))
    shown = [sheet.instance.node(sheet.refs["veto_training"]).relevant for sheet in (county, changed)]
    assert shown == [False, True]


def test_coverage_counts_public_and_inclusive_places(preschool: Sheet) -> None:
    # 8100 ÷ 9000 = 90 %, (5000 + 2200) ÷ 8100 = 88.89 %, 5000 ÷ 8100 = 61.73 %.
    assert (preschool["enrolment_rate"], preschool["inclusive_rate"], preschool["public_rate"]) == (
        "90",
        "88.89",
        "61.73",
    )
    preschool.answer(children_public="4049", children_inclusive="2430")
    # 49.99 % and 79.99 %: just below 50 and 80.
    assert (preschool["public_ok"], preschool["inclusive_ok"]) == ("no", "no")


def test_fifteen_children_to_a_teacher_and_not_one_more(kindergarten: Sheet) -> None:
    kindergarten.answer(children="255", teachers="17")
    assert kindergarten["ratio_ok"] == "yes"
    kindergarten.answer(children="256")
    assert kindergarten["ratio_ok"] == "no"


@pytest.mark.parametrize(
    ("teachers", "carers", "enough"), [("16", "8", "yes"), ("24", "0", "yes"), ("15", "9", "no"), ("20", "4", "no")]
)
def test_two_teachers_and_a_carer_or_three_teachers_to_a_class(
    kindergarten: Sheet, teachers: str, carers: str, enough: str
) -> None:
    kindergarten.answer(classes="8", teachers=teachers, carers=carers)
    assert kindergarten["per_class_ok"] == enough


def test_private_kindergartens_are_not_asked_about_public_money(kindergarten: Sheet) -> None:
    kindergarten.answer(nature="private")
    shown = {name: kindergarten.instance.node(kindergarten.refs[name]).relevant for name in ("funds", "profit")}
    assert shown == {"funds": False, "profit": True}


@pytest.mark.parametrize(
    ("sheet", "answers", "asked_about", "says"),
    [
        ("county", {"rotated": "901"}, "rotated", "900人"),
        ("county", {"migrant_bought": "400"}, "migrant_bought", "1300人"),
        ("county", {"cv_a1_primary": "31"}, "cv_a1_primary", "0到3"),
        ("county", {"civil_pay": "9.1"}, "civil_pay", "92000元"),
        ("preschool", {"children_inclusive": "4000"}, "children_inclusive", "5000人"),
        ("preschool", {"accidents": "-1"}, "accidents", "0到1000起"),
        ("preschool", {"education_budget": "1000000000000"}, "education_budget", "0到10000000万元"),
        ("kindergarten", {"classes_small": "4"}, "classes_fit", "9个"),
        ("kindergarten", {"teachers": "241"}, "teachers", "240人"),
        ("kindergarten", {"funds": "140000"}, "funds", "单位是万元"),
    ],
)
def test_figures_that_do_not_add_up_are_asked_about(
    request: pytest.FixtureRequest, sheet: str, answers: dict[str, str], asked_about: str, says: str
) -> None:
    filled: Sheet = request.getfixturevalue(sheet)
    assert filled.warning(asked_about) == ""
    filled.answer(**answers)
    assert says in filled.warning(asked_about)


def test_more_children_than_a_number_can_hold_must_be_put_right_and_the_bounds_are_told(preschool: Sheet) -> None:
    preschool.answer(age_group="1000000000000")
    violation = preschool.instance.node(preschool.refs["age_group"]).violation
    assert violation is not None
    assert (violation.soft, "0到500000人" in violation.message) == (False, True)
