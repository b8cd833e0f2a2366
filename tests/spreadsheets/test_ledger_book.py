"""The ledger's sheets as openpyxl reads them back: heads, dates, print setup, and nothing that a program would run."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.ledger_layout import Layout
from jiandu_desktop.spreadsheets.ledger_book import COLUMNS, MARK_TITLE, LedgerBook, LedgerLine, write_ledger
from jiandu_desktop.spreadsheets.ledger_reading import read_ledger
from tests.support.workbooks import patch_part, write_rows

TODAY = date(2026, 11, 21)


def line(ordinal: int = 1, **changed: Any) -> LedgerLine:
    values: dict[str, Any] = {
        "ordinal": ordinal,
        "school": "城关镇第一小学",
        "code": "0312000101",
        "area": "第一责任区",
        "matter": "校园安全",
        "text": "消防通道堆放杂物",
        "basis": "《消防法》第二十八条",
        "grade": "严重",
        "source": "督导发现",
        "found": date(2026, 11, 2),
        "number": "青教督改〔2026〕3号",
        "measure": "清理通道\n每日巡查",
        "unit": "城关镇第一小学",
        "responsible": "王小明",
        "supervising": "李督学",
        "leader": "赵局长",
        "chain": "钱县长、孙局长",
        "due": date(2026, 11, 16),
        "overdue": 5,
        "state": "整改中",
        "ended": None,
        "result": "整改中，退回 1 次",
        "mark": f"JD1.p{ordinal}.e1.seal",
    }
    return LedgerLine(**(values | changed))


def written(path: Path, layout: Layout, *lines: LedgerLine) -> Path:
    book = LedgerBook(office="青石县教育督导室", county="青石县", of="全县", made_on=TODAY, lines=lines or (line(),))
    write_ledger(path, book, layout)
    return path


def sheets(path: Path) -> list[Worksheet]:
    return list(load_workbook(path).worksheets)


def record(sheet: Worksheet, row: int = 0) -> dict[str, Any]:
    """The first row under the heads, by head."""
    titles = {column.title for column in COLUMNS.values()}
    head = next(n for n in range(1, 6) if len({cell.value for cell in sheet[n]} & titles) > 3)
    return {str(cell.value): sheet.cell(head + 1 + row, cell.column).value for cell in sheet[head]}


def test_the_four_lists_stand_on_one_sheet_or_on_four(tmp_path: Path) -> None:
    (joint,) = sheets(written(tmp_path / "a.xlsx", Layout.JOINT))
    assert [cell.value for cell in joint[3] if cell.value] == [
        *("问题清单", "措施清单", "责任清单", "时限清单", "学校填报"),
    ]
    four = sheets(written(tmp_path / "b.xlsx", Layout.FOUR))
    assert [sheet.title for sheet in four] == ["问题清单", "措施清单", "责任清单", "时限清单"]
    assert {record(sheet)["问题"] for sheet in four} == {"消防通道堆放杂物"}
    assert record(four[2])["包抓"] == "钱县长、孙局长"


def test_the_register_goes_from_the_problem_to_its_result(tmp_path: Path) -> None:
    (sheet,) = sheets(written(tmp_path / "a.xlsx", Layout.REGISTER, line(), line(2, basis="")))
    heads = list(record(sheet))
    wanted = ["问题", "依据", "责任单位", "责任人", "措施", "期限", "整改结果"]
    assert sorted(wanted, key=heads.index) == wanted
    assert sheet["A1"].value == "青石县教育督导室问题整改台账"
    head = str(sheet["A2"].value)
    for part in ("青石县", "学校：全县", "2026-11-21", "1 条没有写依据"):
        assert part in head


def test_dates_are_dates_and_figures_figures(tmp_path: Path) -> None:
    (sheet,) = sheets(written(tmp_path / "a.xlsx", Layout.JOINT))
    values = record(sheet)
    assert values["期限"].date() == date(2026, 11, 16)
    assert (values["逾期天数"], values["学校代码"], values["措施"]) == (5, "0312000101", "清理通道\n每日巡查")
    due = next(cell for cell in sheet[5] if cell.value == values["期限"])
    assert due.number_format == "yyyy-mm-dd"


@pytest.mark.parametrize("layout", list(Layout))
def test_every_sheet_prints_on_lying_paper_with_heads_and_page_numbers(tmp_path: Path, layout: Layout) -> None:
    for sheet in sheets(written(tmp_path / "a.xlsx", layout, *map(line, range(1, 60)))):
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows is not None
        assert "&P" in str(sheet.HeaderFooter.oddFooter.center.text) or "Page" in str(sheet.oddFooter.center.text)
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref.endswith(str(sheet.max_row))
        printed = str(sheet.print_area)
        mark = next(cell for row in sheet.iter_rows(max_row=4) for cell in row if cell.value == MARK_TITLE)
        assert sheet.column_dimensions[mark.column_letter].hidden
        assert mark.column_letter not in printed


def test_text_is_never_a_formula_and_survives_whatever_it_holds(tmp_path: Path) -> None:
    odd = ('=HYPERLINK("x")', "+1", "<b>&amp;</b>", "a\x07b", "长" * 40_000, "\ud800x", " 前后空格 ")
    path = written(tmp_path / "a.xlsx", Layout.JOINT, *(line(n, text=text) for n, text in enumerate(odd, 1)))
    (sheet,) = sheets(path)
    found = [record(sheet, row)["问题"] for row in range(len(odd))]
    assert found[:3] == list(odd[:3])
    assert (found[3], len(found[4]), found[5][1:], found[6]) == ("ab", 32_767, "x", " 前后空格 ")
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=30), min_size=1, max_size=4))
def test_any_text_comes_back_as_a_reader_sees_it(tmp_path: Path, texts: list[str]) -> None:
    path = written(tmp_path / "a.xlsx", Layout.FOUR, *(line(n, remark=text) for n, text in enumerate(texts, 1)))
    returned = read_ledger(path, today=TODAY)
    assert {row.mark for row in returned.rows} == {f"JD1.p{n}.e1.seal" for n in range(1, len(texts) + 1)}
    assert returned.sent == len(texts)
    assert not returned.faults


def test_a_ledger_saved_without_its_properties_is_read_all_the_same(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", Layout.JOINT)
    patch_part(path, "docProps/custom.xml", "JianduRows", "Other")
    assert read_ledger(path, today=TODAY).sent is None


def test_files_that_are_no_ledgers_say_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"%PDF-1.7")
    with pytest.raises(Trouble, match="sheet-not-workbook"):
        read_ledger(tmp_path / "a.xlsx", today=TODAY)
    with pytest.raises(Trouble, match="ledger-no-marks"):
        read_ledger(write_rows(tmp_path / "b.xlsx", ("学校", "问题")), today=TODAY)
    broken = written(tmp_path / "c.xlsx", Layout.JOINT)
    broken.write_bytes(broken.read_bytes()[:-400])
    with pytest.raises(Trouble, match="sheet-damaged"):
        read_ledger(broken, today=TODAY)


def test_the_file_is_whole_or_not_there(tmp_path: Path) -> None:
    target = tmp_path / "gone" / "a.xlsx"
    (tmp_path / "gone").write_text("a file where a folder should be")
    with pytest.raises(Trouble, match="file-not-writable"):
        written(target, Layout.JOINT)
