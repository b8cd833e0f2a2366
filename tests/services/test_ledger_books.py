"""The office's ledger goes out, comes back with replies and corrections, and nothing is taken that nobody accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.ledger_layout import Layout
from jiandu_desktop.domain.problem import OPEN_STATES, Problem, ProblemState, Step
from jiandu_desktop.services.ledger_import import LedgerDifference
from jiandu_desktop.services.program import Services
from jiandu_desktop.spreadsheets.ledger_book import COLUMNS, MARK_TITLE
from tests.conftest import StandingClock
from tests.support.unit import found_unit
from tests.support.workbooks import write_rows

OLD = ("学校", "存在问题", "依据", "整改措施", "责任人", "整改时限", "整改情况")
ROWS = (
    (
        "城关镇第一小学",
        "消防通道堆放杂物",
        "《消防法》第二十八条",
        "清理通道，每日巡查",
        "王小明",
        "2026-12-01",
        "未整改",
    ),
    ("城关镇第一小学", "食堂留样记录不全", "", "补齐记录，专人负责", "李四", date(2026, 12, 5), "整改中"),
    ("城关镇初级中学", "班额超过标准", "", "分班", "赵五", "2026年12月10日", "未改"),
    ("河口镇中心幼儿园", "保安员无证上岗", "", "取证上岗", "孙六", "2026-10-01", "已整改"),
)


@pytest.fixture
def office(tmp_path: Path, clock: StandingClock) -> Iterator[Services]:
    services = found_unit(tmp_path, clock)
    old = write_rows(tmp_path / "省级反馈.xlsx", ("某省反馈问题清单",), OLD, *ROWS)
    services.old_lists.take(services.old_lists.look(old))
    yield services
    services.close()


def ledger(office: Services, path: Path, layout: Layout = Layout.JOINT) -> Path:
    office.ledger_export.write(path, layout)
    return path


def edit(path: Path, change: Callable[[Workbook], None]) -> Path:
    """As somebody edits it in Excel and saves."""
    book = load_workbook(path)
    change(book)
    book.save(path)
    return path


def column(sheet: Worksheet, key: str) -> int:
    title = COLUMNS[key].title
    return next(cell.column for row in sheet.iter_rows(min_row=3, max_row=4) for cell in row if cell.value == title)


def write(path: Path, text: str, **values: Any) -> Path:
    """Fill cells of the row about the problem `text`, in whatever sheet has the column."""

    def fill(book: Workbook) -> None:
        for sheet in book.worksheets:
            rows = [row for row in sheet.iter_rows(min_row=4) if any(cell.value == text for cell in row)]
            for key, value in values.items():
                if any(cell.value == COLUMNS[key].title for row in sheet.iter_rows(max_row=4) for cell in row):
                    for row in rows:
                        sheet.cell(row[0].row, column(sheet, key)).value = value

    return edit(path, fill)


def problem(office: Services, text: str) -> Problem:
    with office.store.glancing() as glance:
        return next(each for each in glance.problems() if each.text == text)


def taken(office: Services, path: Path) -> LedgerDifference:
    difference = office.ledger_import.compare(path)
    office.ledger_import.take(difference, difference.acceptable)
    return difference


def keys(difference: LedgerDifference) -> set[str]:
    return {each.title for each in difference.differences}


def test_an_unchanged_ledger_changes_nothing(office: Services, tmp_path: Path) -> None:
    for layout in Layout:
        difference = office.ledger_import.compare(ledger(office, tmp_path / f"{layout}.xlsx", layout))
        assert (difference.differences, difference.refused, difference.notices) == ((), (), ())
        assert difference.problems == difference.unchanged == 4


@pytest.mark.parametrize("layout", list(Layout))
def test_a_schools_reply_is_taken_as_plan_and_report_and_the_second_time_nothing_happens(
    office: Services, tmp_path: Path, layout: Layout
) -> None:
    path = ledger(office, tmp_path / "回表.xlsx", layout)
    write(
        path,
        "消防通道堆放杂物",
        plan="立即清理，设专人",
        report="已清理完毕\n附照片",
        done_on="2026.11.20",
        reporter="王小明",
    )
    difference = taken(office, path)
    assert keys(difference) == {"整改措施", "完成情况"}
    assert not difference.refused
    reply = problem(office, "消防通道堆放杂物")
    assert reply.state is ProblemState.AWAITING_RECHECK
    assert reply.measure == "立即清理，设专人"
    steps = office.steps.read(reply.id).events
    assert [event.step for event in steps[-2:]] == [Step.PLANNED, Step.REPORTED]
    assert steps[-1].data["done_on"] == "2026-11-20"
    assert "王小明" in steps[-1].note
    again = office.ledger_import.compare(path)
    assert again.differences == ()
    assert again.unchanged == 4
    fresh = office.ledger_import.compare(ledger(office, tmp_path / "再导出.xlsx", layout))
    assert fresh.differences == ()


def test_the_offices_corrections_are_amended_and_a_date_moves_only_with_a_reason(
    office: Services, tmp_path: Path
) -> None:
    path = ledger(office, tmp_path / "台账.xlsx")
    write(path, "食堂留样记录不全", responsible="钱七", due=date(2026, 12, 20), remark="电话催过")
    difference = office.ledger_import.compare(path)
    due = next(each for each in difference.differences if each.title == "期限")
    assert due.refused == "problem-step-needs-reason"
    assert due.old == "2026-12-05"
    assert due.new == "2026-12-20"
    assert {each.concerns for each in difference.differences} == {"李四"}
    write(path, "食堂留样记录不全", reason="等设备到货")
    taken(office, path)
    after = problem(office, "食堂留样记录不全")
    assert (after.responsible, after.due, after.extended) == ("钱七", date(2026, 12, 20), 1)
    assert office.ledger_import.compare(path).differences == ()


def test_only_what_is_accepted_is_taken(office: Services, tmp_path: Path) -> None:
    path = ledger(office, tmp_path / "台账.xlsx")
    write(path, "班额超过标准", responsible="周八", leader="吴局长")
    difference = office.ledger_import.compare(path)
    wanted = [each.key for each in difference.differences if each.title == "责任人"]
    office.ledger_import.take(difference, wanted)
    after = problem(office, "班额超过标准")
    assert (after.responsible, after.leader) == ("周八", "")
    with pytest.raises(Trouble, match="ledger-moved-on"):
        office.ledger_import.take(difference, difference.acceptable)


def test_what_changed_here_since_the_export_is_named_with_both_values_and_not_ticked(
    office: Services, tmp_path: Path
) -> None:
    path = ledger(office, tmp_path / "台账.xlsx")
    here = problem(office, "班额超过标准")
    office.steps.take(here.id, Step.AMENDED, note="换人", data={"set": {"responsible": "郑校长"}})
    write(path, "班额超过标准", responsible="周八")
    difference = office.ledger_import.compare(path)
    (conflict,) = difference.differences
    assert conflict.conflict
    assert (conflict.old, conflict.here, conflict.new) == ("赵五", "郑校长", "周八")
    assert difference.acceptable == ()
    office.ledger_import.take(difference, [conflict.key])
    assert problem(office, "班额超过标准").responsible == "周八"


def test_a_reply_about_a_problem_that_was_struck_off_meanwhile_says_why_it_is_refused(
    office: Services, tmp_path: Path
) -> None:
    path = ledger(office, tmp_path / "台账.xlsx")
    gone = problem(office, "班额超过标准")
    office.steps.take(gone.id, Step.WITHDRAWN, note="申辩成立")
    write(path, "班额超过标准", report="已经分班")
    (refused,) = office.ledger_import.compare(path).differences
    assert refused.refused == "problem-step-not-now"


def test_forged_copied_broken_and_strange_rows_are_refused_with_the_reason(office: Services, tmp_path: Path) -> None:
    path = ledger(office, tmp_path / "台账.xlsx")

    def spoil(book: Workbook) -> None:
        sheet = book.worksheets[0]
        mark = column(sheet, "mark")
        texts = {sheet.cell(row, column(sheet, "text")).value: row for row in range(5, sheet.max_row + 1)}
        first, second = texts["消防通道堆放杂物"], texts["食堂留样记录不全"]
        known = str(sheet.cell(first, mark).value)
        other = str(sheet.cell(second, mark).value)
        # The seal of another row, half an identifier, and a line that somebody added.
        sheet.cell(first, mark).value = known.rpartition(".")[0] + "." + other.rpartition(".")[2]
        sheet.cell(second, mark).value = other[:30]
        sheet.cell(sheet.max_row + 1, column(sheet, "text")).value = "新发现的问题"

    difference = office.ledger_import.compare(edit(path, spoil))
    assert len(difference.refused) == 3
    assert "对不上" in difference.refused[0]
    assert "残缺" in difference.refused[1]
    assert "没有标识" in difference.refused[2]
    assert "少了 2 个" in difference.notices[-1]


def test_a_ledger_of_another_computer_is_not_taken(office: Services, tmp_path: Path, clock: StandingClock) -> None:
    (tmp_path / "other").mkdir()
    other = found_unit(tmp_path / "other", clock)
    try:
        old = write_rows(tmp_path / "别处.xlsx", OLD, *ROWS)
        other.old_lists.take(other.old_lists.look(old))
        path = ledger(other, tmp_path / "别处台账.xlsx")
    finally:
        other.close()
    assert len(office.ledger_import.compare(path).refused) == 4


def test_sorted_renamed_shortened_and_extended_sheets_are_still_understood(office: Services, tmp_path: Path) -> None:
    path = write(ledger(office, tmp_path / "台账.xlsx"), "班额超过标准", remark="已约谈")

    def rearrange(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.title = "发学校用"
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
        for number, values in enumerate(sorted(rows[1:], key=lambda row: str(row[3])), start=5):
            for place, value in enumerate(values, start=1):
                sheet.cell(number, place).value = value
        sheet.delete_rows(8)
        sheet.cell(4, sheet.max_column + 1).value = "联系电话"
        sheet.cell(5, column(sheet, "text")).value = "改写过的问题"
        book.create_sheet("说明").cell(1, 1).value = "请于月底前填好"

    difference = office.ledger_import.compare(edit(path, rearrange))
    assert keys(difference) == {"备注"}
    assert not difference.refused
    told = "\n".join(difference.notices)
    assert "联系电话" in told
    assert "“问题”改动过" in told
    assert "说明" in told
    assert "少了 1 个" in told


def test_cells_that_cannot_be_read_are_named_and_merged_ones_are_filled(office: Services, tmp_path: Path) -> None:
    path = ledger(office, tmp_path / "台账.xlsx")

    def fill(book: Workbook) -> None:
        sheet = book.worksheets[0]
        report, done, person = (column(sheet, key) for key in ("report", "done_on", "reporter"))
        sheet.cell(5, report).value = "两项都改好了"
        sheet.merge_cells(start_row=5, end_row=6, start_column=report, end_column=report)
        sheet.cell(5, done).value = "11月底"
        sheet.cell(7, person).value = "=A1&B1"

    difference = office.ledger_import.compare(edit(path, fill))
    assert len(difference.differences) == 1
    assert difference.differences[0].row == 6
    assert "完成日期" in difference.refused[0]
    assert "公式" in difference.refused[1]


def test_the_same_problem_with_two_different_entries_is_refused(office: Services, tmp_path: Path) -> None:
    path = ledger(office, tmp_path / "台账.xlsx")

    def copy(book: Workbook) -> None:
        sheet = book.worksheets[0]
        values = [cell.value for cell in sheet[5]]
        for place, value in enumerate(values, start=1):
            sheet.cell(9, place).value = value
        sheet.cell(5, column(sheet, "responsible")).value = "甲"
        sheet.cell(9, column(sheet, "responsible")).value = "乙"

    difference = office.ledger_import.compare(edit(path, copy))
    assert difference.differences == ()
    assert "同一个问题" in difference.refused[0]


def test_a_workbook_without_identifiers_says_what_to_do(office: Services, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "别的表.xlsx", OLD, *ROWS)
    with pytest.raises(Trouble, match="ledger-no-marks") as trouble:
        office.ledger_import.compare(path)
    assert trouble.value.values["column"] == MARK_TITLE


def test_each_school_gets_its_own_workbook_of_what_it_owes(office: Services, tmp_path: Path) -> None:
    written = office.ledger_export.write_by_school(tmp_path / "发学校", Layout.REGISTER)
    assert sorted(path.name for path in written.files) == [
        "0312000101 城关镇第一小学 整改台账.xlsx",
        "0312000102 城关镇初级中学 整改台账.xlsx",
        "0312000103 河口镇中心幼儿园 整改台账.xlsx",
    ]
    assert written.problems == 4
    back = write(written.files[0], "消防通道堆放杂物", report="已清理")
    assert keys(taken(office, back)) == {"完成情况"}


def test_a_report_that_was_not_good_enough_is_asked_for_again(office: Services, tmp_path: Path) -> None:
    path = write(ledger(office, tmp_path / "一.xlsx"), "班额超过标准", report="已分班")
    taken(office, path)
    again = problem(office, "班额超过标准")
    office.steps.take(again.id, Step.RECHECKED, note="仍超", data={"result": "not_done", "where": "on_site"})
    second = ledger(office, tmp_path / "二.xlsx")
    assert office.ledger_import.compare(path).differences == ()
    write(second, "班额超过标准", report="已分班")
    assert keys(taken(office, second)) == {"完成情况"}
    assert problem(office, "班额超过标准").state is ProblemState.AWAITING_RECHECK


def test_nothing_to_export_is_said(tmp_path: Path, clock: StandingClock) -> None:
    services = found_unit(tmp_path, clock)
    try:
        with pytest.raises(Trouble, match="ledger-empty"):
            services.ledger_export.write(tmp_path / "x.xlsx", Layout.JOINT)
    finally:
        services.close()


def test_open_problems_alone_can_be_exported(office: Services, tmp_path: Path) -> None:
    ids = [problem(office, row[1]).id for row in ROWS]
    office.steps.take(ids[0], Step.WITHDRAWN, note="不属实")
    written = office.ledger_export.write(tmp_path / "x.xlsx", Layout.FOUR, ids, open_only=True)
    assert written.problems == 3
    assert all(problem(office, row[1]).state in OPEN_STATES for row in ROWS[1:])
