"""A plan is read line by line: who goes where, with which checklist, until when; other tables by their heads."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jiandu_desktop.domain.assignment import PlanRow, VisitKind
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.spreadsheets import Column, Kind, read_inspectors, read_plan, read_records, read_table
from tests.support.workbooks import write_rows

TODAY = date(2026, 11, 21)
HEADS = ("学校", "督导任务", "督导类型", "督导表单", "责任督学", "完成时限")
LINE = ("城关镇第一小学", "秋季开学督导", "经常性督导", "开学检查", "周明远、马华", date(2026, 11, 24))


def test_a_plan_gives_lines_whose_first_inspector_leads(tmp_path: Path) -> None:
    reading = read_plan(write_rows(tmp_path / "计划.xlsx", ["11 月计划"], HEADS, LINE), today=TODAY)
    assert reading.rows == (
        (
            3,
            PlanRow(
                school="城关镇第一小学",
                task="秋季开学督导",
                kind=VisitKind.ROUTINE,
                checklist="开学检查",
                inspectors=("周明远", "马华"),
                due=date(2026, 11, 24),
            ),
        ),
    )


def test_the_code_is_taken_before_the_name(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "计划.xlsx", ("学校代码", *HEADS), ("0312000101", *LINE), (None, *LINE))
    assert [row.school for row in read_plan(path).records] == ["0312000101", "城关镇第一小学"]


def test_a_school_merged_over_its_tasks_holds_for_each(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "计划.xlsx", HEADS, LINE, (None, "食品安全", "专项", *LINE[3:]))
    workbook = load_workbook(path)
    workbook.active.merge_cells("A2:A3")
    workbook.save(path)
    assert [(row.school, row.kind) for row in read_plan(path).records] == [
        ("城关镇第一小学", VisitKind.ROUTINE),
        ("城关镇第一小学", VisitKind.SPECIAL),
    ]


def test_a_year_is_supplied_and_said(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "计划.xlsx", HEADS, (*LINE[:5], "12月5日前"))
    reading = read_plan(path, today=TODAY)
    assert reading.records[0].due == date(2026, 12, 5)
    assert "按 2026-12-05 导入" in reading.notices[0].sentence()
    assert [fault.code for fault in read_plan(path).faults] == ["row-date-no-year"]


def test_bad_lines_are_named_and_the_good_ones_kept(tmp_path: Path) -> None:
    path = write_rows(
        tmp_path / "计划.xlsx",
        HEADS,
        LINE,
        LINE,
        (None, *LINE[1:]),
        (*LINE[:2], "巡视", *LINE[3:5], "尽快"),
        (*LINE[:1], "防溺水", None, *LINE[3:4], " ", None),
        (*LINE[:1], "校车", None, *LINE[3:]),
    )
    reading = read_plan(path, today=TODAY)
    assert [(fault.row, fault.column, fault.code) for fault in reading.faults] == [
        (3, "", "row-duplicate-line"),
        (4, "学校代码或学校", "row-missing"),
        (5, "督导类型", "row-unknown-choice"),
        (5, "完成时限", "row-not-date"),
        (6, "责任督学", "row-missing"),
        (6, "完成时限", "row-missing"),
    ]
    assert [(number, row.kind) for number, row in reading.rows] == [(2, VisitKind.ROUTINE), (7, VisitKind.ROUTINE)]
    assert [(notice.code, notice.row) for notice in reading.notices] == [("note-kind-assumed", 7)]
    assert all(fault.sentence().startswith("「计划.xlsx」工作表“Sheet1”第 ") for fault in reading.faults)


def test_a_plan_without_kinds_says_so_once(tmp_path: Path) -> None:
    heads, lines = (*HEADS[:2], *HEADS[3:]), [(f"第{n}小学", LINE[1], *LINE[3:]) for n in range(3)]
    reading = read_plan(write_rows(tmp_path / "计划.xlsx", heads, *lines))
    assert {row.kind for row in reading.records} == {VisitKind.ROUTINE}
    assert [notice.sentence() for notice in reading.notices] == [
        "「计划.xlsx」工作表“Sheet1”没有写督导类型，全部按“经常性督导”导入。"
    ]


def test_a_plan_is_not_taken_for_a_list_of_inspectors(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        read_inspectors(write_rows(tmp_path / "计划.xlsx", HEADS, LINE))
    assert caught.value.code == "sheet-no-header"


def test_a_plan_without_checklists_names_the_missing_column(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        read_plan(write_rows(tmp_path / "计划.xlsx", HEADS[1:3], LINE[1:3]))
    assert caught.value.values["missing"] == "表单、督学、期限、学校代码或学校"


def test_any_table_can_be_asked_for_by_columns(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.xlsx", ["项目", "数值（元）"], ["保险", "1,186.5"], ["其他", "不详"])
    reading = read_table(path, [Column("item", "项目"), Column("money", "数值", kind=Kind.NUMBER)])
    assert reading.rows == ((2, {"item": "保险", "money": 1186.5}),)
    assert [fault.code for fault in reading.faults] == ["row-not-number"]


def test_records_are_keyed_by_their_heads(tmp_path: Path) -> None:
    moment = datetime.combine(date(2026, 10, 18), time(9, 30))
    path = write_rows(
        tmp_path / "历史.xlsx",
        ["往次督导"],
        [" 学校 代码", "日期", "得分", "时间", "备注"],
        ["0312", date(2026, 10, 18), 92.0, moment, None],
        [],
        [312, "2026-10-19", 88.5, None, "  好 的 "],
        sheet="历史",
    )
    workbook = load_workbook(path)
    workbook.active["A5"].number_format = "0000"
    workbook.save(path)
    assert read_records(path, "历史", required=["学校代码", "日期"]) == [
        {"学校代码": "0312", "日期": date(2026, 10, 18), "得分": 92, "时间": moment, "备注": None},
        {"学校代码": "0312", "日期": "2026-10-19", "得分": 88.5, "时间": None, "备注": "好的"},
    ]


@pytest.mark.parametrize(
    ("sheet", "required", "code"),
    [
        ("别的", [], "sheet-no-sheet"),
        ("历史", ["学校", "得分"], "sheet-missing-column"),
        ("历史", ["学校", "日期"], "sheet-bad-rows"),
    ],
)
def test_records_that_cannot_be_trusted_are_refused(tmp_path: Path, sheet: str, required: list[str], code: str) -> None:
    path = write_rows(tmp_path / "历史.xlsx", ["学校", "日期"], ["城关一小", None], sheet="历史")
    with pytest.raises(Trouble) as caught:
        read_records(path, sheet, required)
    assert caught.value.code == code
