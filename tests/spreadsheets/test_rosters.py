"""A roster is read as the bureau keeps it: columns in any order, merged cells, totals, and every bad row named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from jiandu_desktop.domain.school import STAGE_NAMES, SchoolRow, Stage
from jiandu_desktop.progress import Cancelled, Progress
from jiandu_desktop.spreadsheets import Reading, read_inspectors, read_schools
from tests.support.workbooks import SCHOOL_HEADS, SCHOOL_ROWS, patch_part, school, write_rows, write_schools

FIRST = SchoolRow(
    code="0312000101",
    name="城关镇第一小学",
    stage=Stage.PRIMARY,
    area="第一责任区",
    district="青石县",
    ownership="公办",
    phone="0398-5550101",
    pupils=1186,
)
_same_folder = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def said(reading: Reading[SchoolRow]) -> list[str]:
    return [fault.sentence() for fault in reading.faults]


def test_a_plain_roster_gives_rows_of_the_domain(tmp_path: Path) -> None:
    reading = read_schools(write_schools(tmp_path / "学校名册.xlsx"))
    assert reading.sheet == "学校数据"
    assert reading.rows[0] == (2, FIRST)
    assert [row.stage for row in reading.records] == [Stage.PRIMARY, Stage.JUNIOR, Stage.KINDERGARTEN]
    assert reading.faults == ()
    assert reading.notices == ()


def test_who_looks_after_a_school_is_read_from_the_county_down(tmp_path: Path) -> None:
    table = [(*SCHOOL_HEADS, "包抓领导"), (*SCHOOL_ROWS[0], "刘副县长，城关镇；县教育局"), (*SCHOOL_ROWS[1], None)]
    reading = read_schools(write_rows(tmp_path / "名册.xlsx", *table))
    assert reading.faults == ()
    assert [row.chain for row in reading.records] == [("刘副县长", "城关镇", "县教育局"), ()]


@_same_folder
@given(order=st.permutations(range(len(SCHOOL_HEADS))))
def test_columns_may_stand_in_any_order(tmp_path: Path, order: list[int]) -> None:
    table = [[row[place] for place in order] for row in (SCHOOL_HEADS, *SCHOOL_ROWS)]
    path = write_rows(tmp_path / "名册.xlsx", *table)
    first, second = read_schools(path), read_schools(path)
    assert first.rows[0] == (2, FIRST)
    assert first == second


@pytest.mark.parametrize(
    "heads",
    [
        ("学校标识码", "学校名称（全称）", "县区", "督学责任区", "办学类型", "举办者性质", "校长电话", "在校生数"),
        ("*学校\n代码", " 学校 名称 ", "区 县", "片区", "学校类型*", "公民办", "手机", "学生数（人）"),
        ("编号", "校名", "区县", "责任区：", "类别", "办学性质", "电话", "在校学生数[人]"),
        ("代码", "学校", "区县名称", "责任区", "学校类型【必填】", "办学性质", "联系电话", "幼儿数"),
    ],
)
def test_heads_are_known_under_their_usual_names(tmp_path: Path, heads: tuple[str, ...]) -> None:
    assert read_schools(write_rows(tmp_path / "名册.xlsx", heads, *SCHOOL_ROWS)).rows[0] == (2, FIRST)


def test_the_better_of_two_columns_is_taken(tmp_path: Path) -> None:
    path = write_rows(
        tmp_path / "名册.xlsx",
        ["编号", "学校代码", "名称", "学校名称", "学段", "备注", "学生数", "学生数"],
        [1, "001", "城关", "城关一小", "小学", "", 5, 6],
    )
    reading = read_schools(path)
    (row,) = reading.records
    assert (row.code, row.name, row.pupils) == ("001", "城关一小", 5)
    assert reading.ignored == ("编号", "名称", "备注", "学生数")
    assert [notice.code for notice in reading.notices] == ["note-repeated-column"]


def test_titles_notes_and_merged_districts_are_understood(tmp_path: Path) -> None:
    workbook = Workbook()
    cover = workbook.active
    assert cover is not None
    cover["A1"] = "说明：本表由教育局填报"
    sheet = workbook.create_sheet("名册")
    rows = [["青石县学校名册"], ["填报单位：教育局", None, "2026-11"], [], list(SCHOOL_HEADS)]
    rows += [
        list(school(学校代码=f"00{n}", 学校名称=f"第{n}小学", 区县名称="青石县" if n == 1 else None))
        for n in range(1, 4)
    ]
    rows += [["合计", "3 所", None, None, None, None, None, 3558], [], ["注：含教学点"]]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A1:H1")
    sheet.merge_cells("C5:C7")
    sheet.row_dimensions[6].hidden = True
    workbook.save(tmp_path / "名册.xlsx")
    reading = read_schools(tmp_path / "名册.xlsx")
    assert [(number, row.code, row.district) for number, row in reading.rows] == [
        (5, "001", "青石县"),
        (6, "002", "青石县"),
        (7, "003", "青石县"),
    ]
    assert [(notice.code, notice.row) for notice in reading.notices] == [("note-total-row", 8), ("note-remark-row", 10)]
    assert reading.faults == ()


def test_a_header_of_two_rows_is_one_header(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (
        ["学校代码", "学校名称", "学校类型", "学生数", None, None, "教师数"],
        [None, None, None, "小学", "初中", "合计", None],
        ["001", "河口学校", "九年一贯制", 300, 200, 500, 40],
    ):
        sheet.append(row)
    for merged in ("A1:A2", "B1:B2", "C1:C2", "D1:F1", "G1:G2"):
        sheet.merge_cells(merged)
    workbook.save(tmp_path / "名册.xlsx")
    ((number, row),) = read_schools(tmp_path / "名册.xlsx").rows
    assert (number, row.stage, row.pupils, row.teachers) == (3, Stage.NINE_YEAR, 500, 40)


def test_the_header_printed_again_on_each_page_is_passed_over(tmp_path: Path) -> None:
    path = write_schools(tmp_path / "名册.xlsx", SCHOOL_ROWS[0], SCHOOL_HEADS, SCHOOL_ROWS[1])
    reading = read_schools(path)
    assert [number for number, _ in reading.rows] == [2, 4]
    assert reading.notices == ()


def test_the_best_sheet_is_read_and_a_second_roster_is_mentioned(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "名册.xlsx", ["学校名称", "学校代码"], ["x", "y"], sheet="旧")
    workbook = load_workbook(path)
    for name in ("一区", "二区"):
        sheet = workbook.create_sheet(name)
        for row in (SCHOOL_HEADS, SCHOOL_ROWS[0]):
            sheet.append(list(row))
    workbook.save(path)
    reading = read_schools(path)
    assert reading.sheet == "一区"
    assert [notice.values["other"] for notice in reading.notices] == ["二区"]


def test_a_hidden_copy_does_not_win_over_the_sheet_that_is_seen(tmp_path: Path) -> None:
    workbook = Workbook()
    hidden = workbook.active
    assert hidden is not None
    hidden.sheet_state = "hidden"
    for sheet in (hidden, workbook.create_sheet("现用")):
        sheet.append(list(SCHOOL_HEADS))
        sheet.append(list(SCHOOL_ROWS[0]))
    workbook.save(tmp_path / "名册.xlsx")
    assert read_schools(tmp_path / "名册.xlsx").sheet == "现用"


def test_numbers_as_codes_get_their_zeros_back(tmp_path: Path) -> None:
    path = write_schools(
        tmp_path / "名册.xlsx", school(学校代码=312000101), school(学校代码=210102001.0, 学校名称="二小")
    )
    workbook = load_workbook(path)
    workbook.active["A2"].number_format = "0000000000"
    workbook.save(path)
    assert [row.code for row in read_schools(path).records] == ["0312000101", "210102001"]


def test_every_bad_row_is_named_with_its_reason(tmp_path: Path) -> None:
    path = write_schools(
        tmp_path / "学校名册.xlsx",
        school(),
        school(学校代码="0312000102", 学校名称="二小", 学生数="约三百"),
        school(学校代码="０３１２０００１０１", 学校名称="三小"),
        school(学校代码=None, 学校名称="四小", 学校类型="大学"),
        school(学校代码="0312000105", 学校名称=None),
        school(学校代码="0312000106", 学校名称="六小", 学生数="#N/A"),
    )
    reading = read_schools(path)
    assert [number for number, _ in reading.rows] == [2]
    assert said(reading) == [
        "「学校名册.xlsx」工作表“学校数据”第 3 行“学生数”：“约三百”不是整数。请改为数字，如 300；不清楚就空着。",
        "「学校名册.xlsx」工作表“学校数据”第 4 行“学校代码”：“0312000101”（三小）和第 2 行（城关镇第一小学）重复。"
        "请改正其中一行，或删去多余的一行。",
        "「学校名册.xlsx」工作表“学校数据”第 5 行“学校代码”：没有填。请补上；这一行如果不要，请整行删除。",
        "「学校名册.xlsx」工作表“学校数据”第 5 行“学校类型”：不认得“大学”。请改为下列之一："
        + "、".join(STAGE_NAMES.values())
        + "。",
        "「学校名册.xlsx」工作表“学校数据”第 6 行“学校名称”：没有填。请补上；这一行如果不要，请整行删除。",
        "「学校名册.xlsx」工作表“学校数据”第 7 行“学生数”：单元格显示错误值“#N/A”。请改好公式，或直接填写内容。",
    ]


def test_formulas_count_by_their_result_and_without_one_are_a_fault(tmp_path: Path) -> None:
    path = write_schools(
        tmp_path / "名册.xlsx", school(学生数="=1000+186"), school(学校代码="2", 学校名称="二小", 学生数="=900+34")
    )
    patch_part(path, "xl/worksheets/sheet1.xml", r"<f>1000\+186</f><v></v>", "<f>1000+186</f><v>1186</v>")
    reading = read_schools(path)
    assert reading.rows == ((2, FIRST),)
    assert [(fault.row, fault.code) for fault in reading.faults] == [(3, "row-formula-uncounted")]
    assert "保存一次" in said(reading)[0]


def test_one_name_under_two_codes_is_taken_with_a_notice(tmp_path: Path) -> None:
    reading = read_schools(write_schools(tmp_path / "名册.xlsx", school(), school(学校代码="9")))
    assert len(reading.rows) == 2
    assert [notice.code for notice in reading.notices] == ["note-same-name"]
    assert "第 2 行" in reading.notices[0].sentence()


@pytest.mark.parametrize(
    ("written", "stage"),
    [
        ("九年一贯制学校", Stage.NINE_YEAR),
        ("９年一贯制", Stage.NINE_YEAR),
        ("完 中", Stage.COMPLETE),
        ("211-小学", Stage.PRIMARY),
        ("初级中学（公办）", Stage.JUNIOR),
        ("民办幼儿园", Stage.KINDERGARTEN),
        ("职业高中", Stage.VOCATIONAL),
        ("特殊教育学校", Stage.SPECIAL),
        ("小学教学点", Stage.TEACHING_POINT),
        ("普通高中", Stage.SENIOR),
        ("十二年一贯制", Stage.TWELVE_YEAR),
        ("校外培训机构", Stage.TRAINING),
        ("教育行政部门", Stage.AUTHORITY),
    ],
)
def test_types_are_known_under_their_usual_names(tmp_path: Path, written: str, stage: Stage) -> None:
    (row,) = read_schools(write_schools(tmp_path / "名册.xlsx", school(学校类型=written))).records
    assert row.stage is stage


def test_a_header_without_rows_says_so(tmp_path: Path) -> None:
    reading = read_schools(write_rows(tmp_path / "名册.xlsx", SCHOOL_HEADS))
    assert reading.rows == ()
    assert [notice.code for notice in reading.notices] == ["note-no-rows"]


def test_fifty_thousand_schools_are_read_and_can_be_stopped(tmp_path: Path) -> None:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("学校数据")
    sheet.append(SCHOOL_HEADS)
    for number in range(50_000):
        sheet.append(school(学校代码=f"{number:010}", 学校名称=f"第{number}小学"))
    workbook.save(tmp_path / "名册.xlsx")
    assert len(read_schools(tmp_path / "名册.xlsx").rows) == 50_000
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        read_schools(tmp_path / "名册.xlsx", progress)


def test_inspectors_are_read_and_told_apart(tmp_path: Path) -> None:
    path = write_rows(
        tmp_path / "督学.xlsx",
        ["序号", "督学姓名", "证号", "责任区", "专兼职", "手机", "负责学段"],
        [1, "周明远", 17, "第一责任区", "专职", 13800000000, "小学、初中"],
        [2, "马　华", "018", "第一责任区", "兼职", "", ""],
        [3, "马华", "019", "第二责任区", "兼职", "", ""],
        [4, "刘桂兰", "018", "第二责任区", "", "", ""],
        [5, "周明远", None, "", "", "", ""],
    )
    reading = read_inspectors(path)
    assert [(row.name, row.certificate) for row in reading.records] == [
        ("周明远", "17"),
        ("马华", "018"),
        ("马华", "019"),
    ]
    assert reading.records[0].phone == "13800000000"
    assert [(fault.row, fault.code) for fault in reading.faults] == [
        (5, "row-duplicate-code"),
        (6, "row-duplicate-name"),
    ]
    assert [notice.code for notice in reading.notices] == ["note-same-name"]
