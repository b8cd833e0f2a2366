"""The county's picture from real school sheets: the form and the picture reckon the same, and the tables say it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jiandu_desktop.cli import make_parser, run
from jiandu_desktop.domain.identity import new_id
from jiandu_desktop.domain.indicator import Indicator, Lift, Reach, Section, Verdict
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.services.balance_county import filled, met
from jiandu_desktop.services.balance_picture import Picture
from jiandu_desktop.services.program import Services, open_services
from jiandu_desktop.services.unit import Unit
from tests.conftest import BEIJING, StandingClock
from tests.forms.answers import FACTS, NINE_YEAR, SCHOOLS
from tests.support.three_ways import Way, visit_in
from tests.support.workbooks import write_rows

FORM = Path(__file__).parents[2] / "forms" / "balance-school.xlsx"
COUNTY_FORM = FORM.with_name("balance-county.xlsx")
SECOND, BLANK = "城关第二小学", "城关第三小学"
ROSTER = (
    *SCHOOLS,
    ("2199000003", SECOND, "小学", 500, 30, 12, 0, "李明"),
    ("2199000004", BLANK, "小学", 300, 20, 8, 0, "张华"),
    ("2199000005", "青石县特殊教育学校", "特殊教育学校", 60, 20, 6, 0, "赵云"),
)
PRIMARY = {
    **{name: value for name, value in FACTS["balance-school"].items() if "junior" not in name},
    "school_kind": "primary",
    "pupils_primary": "500",
    "teachers_primary": "30",
    "qualified_primary": "20",
    "teaching_area": "2350",
    "indoor_sports_area": "100",
}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    home = tmp_path_factory.mktemp("balance")
    clock = StandingClock(datetime(2026, 11, 20, 10, 0, tzinfo=BEIJING))
    services = open_services(DataFolder(home / "data"), clock=clock, new_id=new_id)
    (home / "shared").mkdir()
    services.profile.found_office(home / "shared", Unit(name="青石县教育督导室", code_letters="青教", county="青石县"))
    services.importing.schools(write_rows(home / "roster.xlsx", *ROSTER))
    services.office.add_form(FORM)
    services.office.add_form(COUNTY_FORM)
    schools = {row.school.name: row.school.id for row in services.schools.rows()}
    visit_in(services, schools[NINE_YEAR], FORM.stem, Way.GOOD, FACTS[FORM.stem])
    visit_in(services, schools[SECOND], FORM.stem, Way.GOOD, {**PRIMARY, "qualified_primary": "5"})
    clock.advance(days=1)
    visit_in(services, schools[SECOND], FORM.stem, Way.GOOD, PRIMARY)
    visit_in(services, schools[BLANK], COUNTY_FORM.stem, Way.GOOD, {**FACTS[COUNTY_FORM.stem], "burden": "no"})
    yield services
    services.close()


@pytest.fixture(scope="module")
def picture(county: Services) -> Picture:
    return county.indicators.picture()


def test_the_sheet_on_the_spot_and_the_countys_picture_say_the_same(picture: Picture) -> None:
    rows = [row for row in picture.rows if row.result is not None]
    assert [(row.school.name, row.section) for row in rows] == [
        (NINE_YEAR, Section.PRIMARY),
        (NINE_YEAR, Section.JUNIOR),
        (SECOND, Section.PRIMARY),
    ]
    for row in rows:
        assert row.answers is not None
        assert row.result is not None
        for place, (indicator, reading) in enumerate(row.result.readings.items(), start=1):
            shown = row.answers[f"a{place}_{row.section.value}"]
            assert reading.value is not None
            assert abs(float(shown) - float(reading.value)) < 0.006, (row.school.name, indicator)
            told = {"yes": Reach.MET, "part": Reach.NEAR, "no": Reach.BELOW}
            assert told[row.answers[f"a{place}_{row.section.value}_met"]] is reading.reach


def test_the_newest_sheet_counts_and_an_older_day_sees_the_older_one(county: Services, picture: Picture) -> None:
    row = next(row for row in picture.rows if row.school.name == SECOND)
    assert row.result is not None
    assert row.result.readings[Indicator.QUALIFIED].value == 4
    assert row.result.verdict is Verdict.FAILED or row.result.count(Reach.NEAR) <= 1
    assert picture.lift(row, Indicator.QUALIFIED) == Lift(Fraction(1), Fraction(0))
    before = county.indicators.picture(picture.day - timedelta(days=1))
    old = next(row for row in before.rows if row.school.name == SECOND)
    assert old.result is not None
    assert old.result.readings[Indicator.QUALIFIED].value == 1


def test_a_school_without_a_sheet_is_missing_and_no_special_school_is_asked(picture: Picture) -> None:
    names = [row.school.name for row in picture.of(Section.PRIMARY)]
    assert names == [NINE_YEAR, SECOND, BLANK]
    spread = picture.weighted[Section.PRIMARY].spreads[Indicator.QUALIFIED]
    assert (spread.schools, spread.unknown, spread.within) == (2, 1, None)
    # 40 of 720 and 20 of 500, weighted by pupils, by hand: mean 60/1220, S/mean = 0.1555…
    assert spread.coefficient == Decimal("0.156")
    assert picture.unweighted[Section.PRIMARY].spreads[Indicator.QUALIFIED].coefficient == Decimal("0.163")


def test_the_official_tables_can_be_handed_in(county: Services, picture: Picture, tmp_path: Path) -> None:
    county.indicators.write(tmp_path / "tables.xlsx")
    book = load_workbook(tmp_path / "tables.xlsx")
    assert [name for name in book.sheetnames if name.startswith("表Ⅱ")] == ["表Ⅱ-1", "表Ⅱ-2（小学）", "表Ⅱ-2（初中）"]
    schools = book["表Ⅱ-2（小学）"]
    rows = {row[1].value: row for row in schools.iter_rows(min_row=4) if row[1].value}
    assert rows[SECOND][6].value == 4
    assert rows[SECOND][6].number_format == "0.00"
    assert rows[BLANK][6].value is None, "what is missing is empty, never 0"
    assert rows[BLANK][13].value == "缺数据"
    spreads = book["表Ⅲ"]
    assert [spreads["C5"].value, spreads["C5"].number_format] == [pytest.approx(0.156), "0.000"]
    notes = "".join(str(row[0].value) for row in spreads.iter_rows(min_row=10) if row[0].value)
    assert "小学有 1 所学校缺数据" in notes
    assert "教督〔2012〕3号" in notes
    assert "只供比较" in notes
    support = {row[0]: row[1:] for row in book["表Ⅳ"].iter_rows(min_row=4, values_only=True)}
    told, verdict, *_ = next(row for title, row in support.items() if str(title).startswith("9．"))
    trained, teachers = (FACTS[COUNTY_FORM.stem][name] for name in ("trained", "teachers"))
    assert f"完成360学时培训的教师 {trained} 人，全县教师 {teachers} 人" in str(told)
    assert verdict == "达标"
    quality = {str(row[0])[:2]: row[2] for row in book["表Ⅴ"].iter_rows(min_row=4, values_only=True)}
    assert (quality["8．"], quality["1．"]) == ("未达标", "达标")
    assert book["表Ⅵ"]["B4"].value == int(FACTS[COUNTY_FORM.stem]["sent"])
    basics = {row[1]: row[2] for row in book["表Ⅰ"].iter_rows(min_row=4, values_only=True)}
    assert (basics["小学（所）"], basics["特殊教育学校（所）"], basics["人口总数（万人）"]) == (2, 1, None)
    assert basics["小学在校学生数（人）"] == 1220


def test_what_the_county_has_not_reported_is_a_blank_to_write_in() -> None:
    assert filled("{teachers} 人，占 {rate%}%，语文 {level_chinese} 级", {}) == "＿＿ 人，占 ＿＿%，语文 ＿＿ 级"
    assert filled("占 {rate%}%，{pay} 元", {"rate": "98.25", "pay": "1234.5"}) == "占 98.3%，1234.50 元"
    assert [met({"a": "yes"}, ("a", "b")), met({"a": "no"}, ("a", "b")), met({"a": "yes", "b": "na"}, ("a", "b"))] == [
        "缺数据",
        "未达标",
        "达标",
    ]


def test_scripts_get_the_same_from_the_command_line(
    county: Services, picture: Picture, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = make_parser().parse_args(["indicators", "--json"])
    clock = StandingClock(datetime(2026, 11, 21, 12, 0, tzinfo=BEIJING))
    data = county.store.folder
    assert run(chosen, data, clock=clock, new_id=new_id) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["weighted"]["primary"]["qualified_teachers"]["coefficient"] == "0.156"
    values = {(school["name"], school["section"]): school["values"] for school in told["schools"]}
    assert values[(SECOND, "primary")]["qualified_teachers"] == 4
    assert values[(BLANK, "primary")] == {}
