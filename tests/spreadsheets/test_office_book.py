"""The office opens a workbook with real dates, numbers and filters, and pages that print; no text in it can run."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from jiandu_desktop.domain.assignment import VisitKind
from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import Grade, Handling, ProblemState
from jiandu_desktop.domain.school import Stage
from jiandu_desktop.spreadsheets import (
    DocumentLine,
    Field,
    OfficeBook,
    ProblemLine,
    ScoreLine,
    TemplateKind,
    VisitLine,
    read_inspectors,
    read_plan,
    read_schools,
    write_office_book,
    write_table,
    write_template,
)
from tests.support.workbooks import read_back

BEIJING = timezone(timedelta(hours=8))
SHEETS = ["督导记录", "问题台账", "文书登记", "得分汇总"]
BOOK = OfficeBook(
    office="青石县人民政府教育督导室",
    made_on=date(2026, 11, 30),
    period="2026年11月",
    visits=(
        VisitLine(
            school_code="0312000101",
            school="城关镇第一小学",
            stage=Stage.PRIMARY,
            area="第一责任区",
            task="秋季开学督导",
            kind=VisitKind.ROUTINE,
            checklist="开学检查",
            visited=date(2026, 11, 21),
            inspectors=("周明远", "马华"),
            item_total=62,
            answered=62,
            problems=3,
            fixed_on_the_spot=1,
            score=Decimal("86.45"),
            vetoed=("6.2",),
            conclusion="不合格",
            opinion="同意",
            finished_at=datetime(2026, 11, 21, 16, 40, tzinfo=BEIJING),
            documents=("青教督意〔2026〕3号", "青教督改〔2026〕2号"),
        ),
    ),
    problems=(
        ProblemLine(
            school_code="0312000101",
            school="城关镇第一小学",
            area="第一责任区",
            matter="食品安全",
            text="=留样不足 125 克",
            basis="《学校食品安全与营养健康管理规定》",
            grade=Grade.SERIOUS,
            measure="配齐留样盒",
            unit="城关镇第一小学",
            responsible="李敏",
            due=date(2026, 11, 25),
            state=ProblemState.RECTIFYING,
            handling=Handling.BY_DATE,
            found=date(2026, 11, 21),
            inspectors=("周明远",),
            veto=True,
            photos=2,
        ),
    ),
    documents=(
        DocumentLine(
            number="青教督改〔2026〕2号",
            kind=DocumentKind.RECTIFICATION_NOTICE,
            school="城关镇第一小学",
            area="第一责任区",
            dated=date(2026, 11, 21),
            inspectors=("周明远",),
            state="已签发",
            pages=2,
            sha256="ab" * 32,
        ),
    ),
    scores=(
        ScoreLine(
            school_code="0312000101",
            school="城关镇第一小学",
            stage=Stage.PRIMARY,
            area="第一责任区",
            task="秋季开学督导",
            checklist="开学检查",
            visited=date(2026, 11, 21),
            section="食堂",
            points=Decimal("18.5"),
            full=Decimal(20),
        ),
        ScoreLine(
            school_code="0312000101",
            school="城关镇第一小学",
            stage=Stage.PRIMARY,
            area="第一责任区",
            task="秋季开学督导",
            checklist="开学检查",
            visited=date(2026, 11, 21),
            section="",
            points=None,
            full=Decimal(0),
            vetoed=("6.2",),
            conclusion="不合格",
        ),
    ),
)


def records(path: Path, sheet: str) -> list[dict[str, object]]:
    _, _, heads, *rows = read_back(path)[sheet]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_the_office_gets_real_dates_and_numbers(tmp_path: Path) -> None:
    path = tmp_path / "汇总.xlsx"
    write_office_book(path, BOOK)
    assert list(read_back(path)) == SHEETS
    (visit,) = records(path, "督导记录")
    assert visit["督导日期"] == datetime(2026, 11, 21, tzinfo=UTC).replace(tzinfo=None)
    assert visit["定稿时间"] == datetime(2026, 11, 21, 16, 40, tzinfo=UTC).replace(tzinfo=None)
    assert visit["得分"] == 86.45
    assert visit["学校代码"] == "0312000101"
    assert visit["督学"] == "周明远、马华"
    (problem,) = records(path, "问题台账")
    assert problem["逾期天数"] == 5
    assert (problem["等级"], problem["状态"], problem["处理方式"]) == ("严重", "整改中", "限期整改")
    assert problem["问题"] == "=留样不足 125 克"
    section, whole = records(path, "得分汇总")
    assert section["得分率"] == pytest.approx(0.925)
    assert (whole["部分"], whole["得分率"], whole["一票否决"], whole["结论"]) == ("全部", None, "6.2", "不合格")
    assert records(path, "文书登记")[0]["校验码"] == "ab" * 8


@pytest.mark.parametrize("book", [BOOK, OfficeBook(office="青石县督导室", made_on=date(2026, 11, 30))])
def test_every_sheet_filters_and_prints_also_when_it_is_empty(tmp_path: Path, book: OfficeBook) -> None:
    path = tmp_path / "汇总.xlsx"
    write_office_book(path, book)
    workbook = load_workbook(path)
    for sheet in workbook.worksheets:
        assert sheet["A1"].value == f"{book.office}{book.period}{sheet.title}"
        assert sheet.freeze_panes == "A4"
        assert sheet.auto_filter.ref == f"A3:{sheet.cell(3, sheet.max_column).column_letter}{sheet.max_row}"
        assert sheet.print_title_rows == "$3:$3"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert "&P" in sheet.oddFooter.center.text
        printed = load_workbook(path)[sheet.title].print_area
        assert printed.startswith(f"'{sheet.title}'!$A$1:")
        assert "序号" in [cell.value for cell in sheet[3]]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(), max_size=40), first=st.sampled_from(["", "=", "+", "-", "@", "=HYPERLINK("]))
def test_no_text_becomes_a_formula(tmp_path: Path, text: str, first: str) -> None:
    path = tmp_path / "导出.xlsx"
    write_table(path, "学校", ["名称"], [[first + text]])
    cell = load_workbook(path).worksheets[0]["A4"]
    assert cell.data_type != "f"
    if first:
        assert cell.quotePrefix
        assert str(cell.value).startswith(first)


def test_a_long_text_wraps_and_its_row_is_tall_enough(tmp_path: Path) -> None:
    path = tmp_path / "导出.xlsx"
    write_table(path, "问题", [Field("问题", width=20), "依据"], [["长" * 45, "短"], ["短", "短"]])
    sheet = load_workbook(path).worksheets[0]
    assert sheet["A4"].alignment.wrap_text
    assert sheet.row_dimensions[4].height >= 5 * 14
    assert sheet.row_dimensions[5].height < 20


def test_an_export_keeps_what_the_list_shows(tmp_path: Path) -> None:
    path = tmp_path / "导出.xlsx"
    columns = ["学校", Field("学生数", "#,##0"), "上次督导", "逾期", "备注"]
    write_table(path, "学校/名单", columns, [["城关一小", 1186, date(2026, 10, 18), True, None]])
    workbook = load_workbook(path)
    sheet = workbook.worksheets[0]
    assert sheet.title == "学校·名单"
    assert [cell.value for cell in sheet[4]][:2] == ["城关一小", 1186]
    assert sheet["C4"].is_date
    assert sheet["B4"].number_format == "#,##0"
    assert [cell.value for cell in sheet[4]][3:] == ["是", None]
    assert not list(tmp_path.glob("*.part"))


def test_a_workbook_open_in_excel_is_said_and_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "导出.xlsx"
    write_table(path, "学校", ["名称"], [["旧"]])

    def held(*_: object) -> Path:
        raise PermissionError(13, "The process cannot access the file")

    monkeypatch.setattr(Path, "replace", held)  # what Windows says while Excel holds the file
    with pytest.raises(Trouble) as caught:
        write_table(path, "学校", ["名称"], [["新"]])
    assert caught.value.code == "file-not-writable"
    assert read_back(path)["学校"][3] == ["旧"]
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(
    ("kind", "reader"),
    [
        (TemplateKind.SCHOOLS, read_schools),
        (TemplateKind.INSPECTORS, read_inspectors),
        (TemplateKind.PLAN, read_plan),
    ],
)
def test_a_template_reads_as_an_empty_table(tmp_path: Path, kind: TemplateKind, reader: object) -> None:
    path = tmp_path / "模板.xlsx"
    write_template(path, kind)
    assert callable(reader)
    reading = reader(path)
    assert reading.rows == reading.faults == reading.ignored == ()
    assert [notice.code for notice in reading.notices] == ["note-example-row", "note-no-rows"]
    assert load_workbook(path).sheetnames[1] == "说明"


def test_a_template_filled_in_is_read_and_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    write_template(path, TemplateKind.SCHOOLS)
    workbook = load_workbook(path)
    sheet = workbook.worksheets[0]
    for column, value in (("A", "0312000101"), ("B", "城关镇第一小学"), ("E", "小学")):
        sheet[f"{column}3"] = value
    workbook.save(path)
    assert [row.code for row in read_schools(path).records] == ["0312000101"]
    with pytest.raises(Trouble) as caught:
        write_template(path, TemplateKind.SCHOOLS)
    assert caught.value.code == "sheet-already-there"
