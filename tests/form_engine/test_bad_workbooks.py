"""Workbooks as they come from offices, and as a hostile hand makes them: an answer at once, or a clear sentence."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.sentences import sentence
from jiandu_desktop.form_engine import Instance, load_form
from jiandu_desktop.form_engine.faults import FormFaults
from tests.support.checklists import END_GROUP, clock, q, workbook

GOOD = workbook([q("text", "a", "甲")])
SURVEY = "xl/worksheets/sheet1.xml"
ENTITIES = "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(12))
BOMB = f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{ENTITIES}]>'


def patched(part: str, change: Callable[[str], str]) -> bytes:
    """The good workbook with one part of its zip changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(entry, change(content.decode()).encode() if entry.filename == part else content)
    return out.getvalue()


def changed(change: Callable[[openpyxl.Workbook], object]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(GOOD))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def labels(content: bytes) -> list[str]:
    visit = Instance(load_form(content, file_name="表.xlsx"), now=clock)
    return [visit.node(ref).label for ref in visit.definition.items]


def _with_doctype(text: str, doctype: str, entity: str) -> str:
    return doctype + re.sub(r"<t>[^<]*</t>", f"<t>&{entity};</t>", re.sub(r"^<\?xml[^>]*\?>", "", text), count=1)


def _rich(book: openpyxl.Workbook) -> None:
    book["survey"]["C2"] = CellRichText("消防", TextBlock(InlineFont(b=True), "设施"))


def _hidden(book: openpyxl.Workbook) -> None:
    book.create_sheet("备注")["A1"] = "草稿"
    book["survey"].sheet_state = book["choices"].sheet_state = "hidden"


def _ghosts(text: str) -> str:
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="0"/></row>' for n in range(10, 1_048_577, 7))
    return text.replace("</sheetData>", rows + "</sheetData>").replace('ref="A1:C2"', 'ref="A1:XFD1048576"')


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (changed(_rich), "消防设施"),
        (changed(_hidden), "甲"),
        (patched(SURVEY, _ghosts), "甲"),
        (workbook([q("text", "a", "长" * 5_000)]), "长" * 5_000),
    ],
    ids=["rich text", "hidden sheets", "a million ghost rows", "a label of 5,000 letters"],
)
def test_what_offices_leave_in_a_workbook_does_not_matter(content: bytes, expected: str) -> None:
    assert labels(content) == [expected]


def test_a_formula_counts_with_the_value_that_excel_kept() -> None:
    formula = '<c r="C2" t="str"><f>"甲"&amp;"乙"</f><v>甲乙</v></c>'
    content = patched(SURVEY, lambda text: re.sub(r'<c r="C2".*?</c>', formula, text))
    assert labels(content) == ["甲乙"]


def test_chinese_headings_sheets_and_types_are_understood() -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in {
        "检查项": [
            ["题型", "名称", "标签", "必填", "权重"],
            ["单选 yn", "guards", "保安", "yes", "5"],
            ["整数", "n", "人数"],
        ],
        "选项": [["列表名", "名称", "标签", "得分", "不合格"], ["yn", "yes", "是", 1], ["yn", "no", "否", 0, "yes"]],
        "设置": [["标题", "编号", "版本"], ["安全", "safety", "1"]],
    }.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book["设置"]["D1"], book["设置"]["D2"] = "namespaces", 'jiandu="urn:jiandu:forms:1"'
    out = io.BytesIO()
    book.save(out)
    made = load_form(out.getvalue())
    assert [(item.name, item.kind) for item in made.items.values()] == [("guards", "select_one"), ("n", "integer")]
    assert (made.title, made.version) == ("安全", "1")
    visit = Instance(made, now=clock)
    visit.answer("/data/guards", "no")
    assert visit.score().percent == 0


@pytest.mark.parametrize("part", [SURVEY, "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"])
@pytest.mark.parametrize("doctype", [BOMB, '<!DOCTYPE x [<!ENTITY m SYSTEM "file:///etc/hostname">]>'])
def test_entities_neither_swell_nor_read_other_files(part: str, doctype: str) -> None:
    try:
        shown = labels(patched(part, lambda text: _with_doctype(text, doctype, "m")))
    except (Trouble, FormFaults):
        return
    assert all(len(label) < 100 for label in shown)


@pytest.mark.parametrize("depth", [70, 2_000])
def test_groups_too_deep_are_refused_with_the_row(depth: int) -> None:
    rows = [q("begin_group", f"g{i}", "组") for i in range(depth)] + [q("text", "a", "甲")]
    with pytest.raises(Trouble) as caught:
        load_form(workbook([*rows, *[dict(END_GROUP)] * depth]))
    assert caught.value.code == "form-groups-too-deep"
    assert "第 62 行" in sentence(caught.value.code, caught.value.values)


def test_forty_groups_within_groups_are_fine() -> None:
    rows = [q("begin_group", f"g{i}", "组") for i in range(40)] + [q("text", "a", "甲")]
    assert labels(workbook([*rows, *[dict(END_GROUP)] * 40]))[-1] == "甲"


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("(" * 10_000 + "1" + ")" * 10_000, "expression-too-deep"),
        ("regex(${a}, '((a{0,100}){0,100}){0,100}')", "bad-pattern"),
        ("1" + "+1" * 12_000 + "+", "expression-expected-name"),
    ],
)
def test_an_expression_that_no_person_wrote_is_refused_with_its_cell(formula: str, code: str) -> None:
    with pytest.raises(FormFaults) as caught:
        load_form(workbook([q("text", "a", "甲"), q("calculate", "b", "", calculation=formula)]))
    assert [(fault.sheet, fault.row, fault.code) for fault in caught.value.faults] == [("survey", 3, code)]


def test_a_sum_of_sixteen_thousand_numbers_is_computed() -> None:
    visit = Instance(load_form(workbook([q("calculate", "b", "", calculation="1" + "+1" * 16_000)])), now=clock)
    assert visit.node("/data/b").value == "16001"


@pytest.mark.parametrize("cut", [1, 100, 1_000, 3_000, 5_000])
def test_a_damaged_file_is_refused_with_a_sentence(cut: int) -> None:
    for content in (GOOD[:-cut], GOOD[cut:], GOOD[:cut] + bytes(64) + GOOD[cut + 64 :]):
        assert refusal(content) is None or "坏.xlsx" in (refusal(content) or "")


def refusal(content: bytes) -> str | None:
    try:
        load_form(content, file_name="坏.xlsx")
    except Trouble as trouble:
        return sentence(trouble.code, trouble.values)
    except FormFaults as faults:
        return f"{faults.faults} 坏.xlsx"
    return None
