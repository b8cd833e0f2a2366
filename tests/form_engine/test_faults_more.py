"""What pyxform leaves or stops at is told too: conditions that never hold, odd parameters, missing translations …"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiandu_desktop.form_engine import FormFaults, load_form
from jiandu_desktop.form_engine.check.formulas import bad_expression, marked
from jiandu_desktop.form_engine.report import FormReport, inspect_form
from tests.support.checklists import END_GROUP, END_REPEAT, SETTINGS, YES_NO_NA, q, workbook

FORMS = sorted((Path(__file__).parents[2] / "forms").glob("*.xlsx"))


def report(*survey: Any, choices: Any = YES_NO_NA, settings: Any = SETTINGS) -> FormReport:
    # The lists of the tiny checklist are used by none of these rows: that is another test's matter.
    found = inspect_form(workbook(survey, choices, settings), file_name="表.xlsx")
    assert all("?}" not in fault.sentence() and "“?”" not in fault.sentence() for fault in found.errors)
    return found


def codes(found: FormReport) -> list[str]:
    told = [*found.errors, *found.warnings]
    return [fault.code for fault in told if fault.code != "unused-list"]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_shipped_checklist_has_no_fault_and_no_warning(path: Path) -> None:
    found = inspect_form(path)
    assert [fault.sentence() for fault in (*found.errors, *found.warnings)] == []
    assert found.questions > 10


CHOICE = q("select_one ypn", "a", "甲")
ROWS = [
    (q("text", "t", "乙", relevant="${a} = 'yess'"), "condition-unknown-answer"),
    (q("text", "t", "乙", relevant="selected(${a}, 'maybe')"), "condition-unknown-answer"),
    (q("text", "t", "乙", relevant="false()"), "never-shown"),
    (q("text", "t", "乙", relevant="1 = 2 and ${a} = 'yes'"), "never-shown"),
    (q("text", "t", "乙", relevant="${a} = 'yes' and ${a} = 'no'"), "never-shown"),
    (q("text", "t", "乙", trigger="a"), "bad-trigger"),
    (q("text", "t", "乙", relevant="a = 'yes'"), "bare-name"),
    (q("text", "t", "乙", required="是"), "bad-yes-no"),
    (q("text", "t", "乙", default="tody()"), "expression-unknown-function"),
    (q("calculate", "t", ""), "missing-calculation"),
    (q("text", "t", "乙", constraint=". != ''"), "no-constraint-message"),
    (q("text", "t", "乙", constraint_message="不对"), "message-without-constraint"),
    (q("integer", "t", "乙", choice_filter="x = 1"), "filter-without-list"),
    (q("select_one ypn", "t", "乙", choice_filter="twon = 1"), "unknown-choice-column"),
    (q("integer", "t", "乙", repeat_count="3"), "count-outside-repeat"),
    (q("range", "t", "乙", parameters="start=1 end=1"), "bad-range"),
    (q("range", "t", "乙", parameters="start=1 end=9 step=0"), "bad-range"),
    (q("range", "t", "乙", parameters="begin=1"), "unknown-parameter"),
    (q("range", "t", "乙", parameters="从1到9"), "bad-parameters"),
    (q("integer", "t", "乙", parameters="rows=3"), "no-parameters"),
    (q("select_one ypn", "t", "乙", parameters="randomize=yes"), "parameter-other-word"),
    (q("select_one ypn", "t", "乙", parameters="seed=3"), "seed-without-randomize"),
    (q("audio", "t", "乙", parameters="quality=best"), "parameter-other-word"),
    (q("range", "t", "乙", parameters="start=1 end=9 step=2 tick_interval=3"), "bad-tick-interval"),
    (q("range", "t", "乙", parameters="start=1 end=9 step=1 placeholder=30"), "bad-placeholder"),
    (q("select_one ypn or_other", "t", "乙", choice_filter="name = 'a'"), "other-with-filter"),
    (q("audit", "trail", ""), "bad-audit-name"),
    (q("Text", "t", "乙"), "type-in-capitals"),
    (q("begin", "t", "乙"), "unknown-type"),
    (q("integer", "t", "乙", default="很多"), "default-not-number"),
    (q("select_one ypn", "t", "乙", default="符合"), "default-not-offered"),
    (q("text", "meta", "乙"), "reserved-name"),
    (q("text", "A", "乙"), "name-differs-in-case"),
    (q("text", "题目", "乙"), "name-not-ascii"),
    (q("text", "t", "长" * 301), "long-label"),
    (q("text", "t", "乙", appearance="mutliline"), "unknown-appearance"),
    (q("hidden", "t", "乙", required="yes"), "required-not-asked"),
    (q("integer", "t", "乙", j_soft="yes"), "soft-without-constraint"),
    (q("date", "t", "乙", j_unit="人"), "unit-wrong-type"),
    (q("select_one matters", "t", "乙", j_veto="yes"), "problem-without-failed"),
    (q("text", "t", "${aa} 多少"), "unknown-reference"),
]


@pytest.mark.parametrize(("row", "code"), ROWS, ids=[f"{place}-{code}" for place, (_, code) in enumerate(ROWS)])
def test_one_slip_is_one_fault(row: Any, code: str) -> None:
    assert codes(report(CHOICE, row)) == [code]


def test_the_place_in_a_formula_is_marked() -> None:
    found = report(CHOICE, q("text", "t", "乙", relevant="${a} = 'yes' && ${a} != ''"))
    assert [fault.code for fault in found.errors] == ["expression-unknown-sign"]
    said = found.errors[0].sentence()
    assert "【&】" in said
    assert "并且写 and" in said
    assert said.startswith("工作表“survey”第 3 行 D 列（relevant）：")


def test_every_wrong_call_of_a_formula_is_told() -> None:
    found = bad_expression("iff(1, 2, 3) + round() + countselected(.)")
    assert [(code, values["name"]) for code, values in found] == [
        ("expression-unknown-function", "iff"),
        ("expression-wrong-arguments", "round"),
        ("expression-unknown-function", "countselected"),
    ]
    assert found[0][1]["hint"] == "是不是“if”？"
    assert found[2][1]["hint"] == "是不是“count-selected”？"


def test_a_group_that_never_appears_is_told_once() -> None:
    found = report(
        CHOICE,
        q("begin_group", "g", "组", relevant="false()"),
        q("text", "t", "乙", relevant="${a} = 'yes'"),
        END_GROUP,
        q("begin_group", "h", "组", relevant="${a} = 'yes'"),
        q("text", "u", "丙", relevant="${a} = 'no'"),
        END_GROUP,
    )
    assert [(fault.code, fault.row) for fault in found.warnings if fault.code == "never-shown"] == [
        ("never-shown", 3),
        ("never-shown", 7),
    ]


def test_a_forgotten_end_is_told_where_it_belongs_and_nowhere_else() -> None:
    found = report(q("begin_group", "g", "组"), q("begin_repeat", "r", "份"), q("text", "t", "甲"), END_GROUP)
    assert [(fault.code, fault.row) for fault in found.errors] == [("unclosed-group", 3)]


def test_a_name_in_two_groups_cannot_be_meant() -> None:
    found = report(
        *(q("begin_group", "g", "组"), q("text", "t", "甲"), END_GROUP),
        *(q("begin_repeat", "r", "份"), q("text", "t", "乙"), END_REPEAT),
        q("note", "n", "${t}"),
    )
    assert [(fault.code, fault.row) for fault in found.errors] == [("ambiguous-reference", 8)]


def test_a_repeat_has_a_number_of_rows_that_can_be() -> None:
    found = report(q("begin_repeat", "r", "份", repeat_count="-1"), q("text", "t", "甲"), END_REPEAT)
    assert codes(found) == ["bad-repeat-count"]


def test_choices_that_clash_are_told() -> None:
    choices = [
        {"list_name": "l", "name": "a", "label": "甲", "key": "2"},
        {"list_name": "l", "name": "b", "label": "乙"},
        {"list_name": "spare", "name": "c", "label": "丙"},
    ]
    found = report(q("select_one l", "t", "选"), choices=choices)
    assert [(fault.code, fault.row) for fault in found.warnings] == [("key-of-a-place", 2), ("unused-list", 4)]


def test_references_in_other_sheets_are_looked_up_too() -> None:
    choices = [{"list_name": "l", "name": "a", "label": "${nobody}"}]
    found = report(q("select_one l", "t", "选"), choices=choices, settings={**SETTINGS, "instance_name": "${tt} + ("})
    assert [(fault.code, fault.sheet, fault.row) for fault in found.errors] == [
        ("unknown-reference", "choices", 2),
        ("unknown-reference", "settings", 2),
    ]


def test_a_misspelt_list_is_one_fault_and_an_unknown_name_hides_no_other_slip() -> None:
    choices = [{"list_name": "found", "name": "a", "label": "甲"}]
    found = report(
        q("select_one fuond", "guards", "选"), q("text", "u", "字", relevant="${gaurds} => 1"), choices=choices
    )
    assert [(fault.code, fault.row) for fault in (*found.errors, *found.warnings)] == [
        ("unknown-list", 2),
        ("unknown-reference", 3),
        ("expression-expected-name", 3),
    ]
    assert "是不是“${guards}”？" in found.errors[1].words()


def test_a_misspelt_head_is_one_fault() -> None:
    row = {"tpye": "text", "name": "a", "label": "甲"}
    told = [(fault.code, fault.letter, fault.values["hint"]) for fault in report(row).errors]
    assert told == [("unknown-column", "A", "是不是“type”？")]


def test_columns_that_stand_twice_are_told() -> None:
    row = {"type": "text", "name": "a", "label": "甲", "relevant": "true()", "relevance": "true()"}
    assert codes(report(row)) == ["column-twice"]


def test_missing_translations_are_warnings() -> None:
    rows = [
        {"type": "text", "name": f"t{place}", "label::中文": "甲", "label::English": "" if place else "A"}
        for place in range(3)
    ]
    choices = [{"list_name": "matters", "name": "a", "label::中文": "甲", "label::English": "A"}]
    found = report(*rows, choices=choices, settings={**SETTINGS, "default_language": "法文"})
    assert not found.errors
    told = [fault.code for fault in found.warnings if fault.sheet == "survey"]
    assert told == ["missing-translation", "missing-translation"]
    assert "unknown-default-language" in codes(found)


def test_files_that_are_not_beside_the_workbook_are_told(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook([q("note", "n", "看图", image="a.png"), q("note", "m", "看图", image="b.png")]))
    folder = tmp_path / "表-media"
    folder.mkdir()
    (folder / "a.png").write_bytes(b"x")
    told = [fault for fault in inspect_form(path).warnings if fault.code == "missing-media"]
    assert [(fault.row, fault.values["name"]) for fault in told] == [(3, "b.png")]


def test_a_list_that_is_not_beside_the_workbook_is_told_with_everything_else(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook([q("select_one_from_file 学校.csv", "s", "学校"), q("integr", "n", "数")]))
    assert [(fault.code, fault.row) for fault in inspect_form(path).errors] == [
        ("missing-file", 2),
        ("unknown-type", 3),
    ]
    (tmp_path / "学校.csv").write_text("name,label\na,甲\n", encoding="utf-8")
    assert [fault.code for fault in inspect_form(path).errors] == ["unknown-type"]


def test_what_excel_hides_is_told() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook([q("text", "a", "甲"), q("text", "b", "乙", hint="看")])))
    book["survey"].row_dimensions[3].hidden = True
    book["survey"].column_dimensions["D"].hidden = True
    book["survey"]["C2"] = '="甲"'
    book["choices"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    told = {fault.code: fault.sentence() for fault in inspect_form(out.getvalue(), file_name="表.xlsx").warnings}
    assert {"hidden-sheet", "hidden-rows", "hidden-columns", "formula-cells"} <= told.keys()
    assert "第 3 行是隐藏的" in told["hidden-rows"]
    assert "D 列是隐藏的" in told["hidden-columns"]
    assert "C2" in told["formula-cells"]


def test_odd_settings_are_warnings() -> None:
    found = report(q("text", "a", "甲"), settings={**SETTINGS, "form_id": "安全 检查"})
    assert codes(found) == ["odd-setting"]
    assert found.definition is not None


def test_warnings_do_not_keep_a_checklist_from_being_used() -> None:
    assert load_form(workbook([q("text", "题目", "甲", constraint=". != ''")])).title == "小表"
    with pytest.raises(FormFaults) as caught:
        load_form(workbook([q("text", "题目", "甲", constraint=". !! ''")]))
    assert [fault.code for fault in caught.value.faults] == ["expression-unknown-sign"]


@given(st.text(max_size=60), st.integers(min_value=0, max_value=59))
def test_a_marked_formula_shows_the_sign_at_the_place(text: str, at: int) -> None:
    said = marked(text, at)
    assert said.count("【") >= 1
    if at < len(text) and not text[at].isspace():
        assert f"【{text[at]}】" in said


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="${}ab'()=<>&|+-*/ .,0123456789不", max_size=40))
def test_whatever_stands_in_a_cell_is_answered_with_sentences(text: str) -> None:
    for fault in inspect_form(workbook([CHOICE, q("text", "t", "乙", relevant=text)]), file_name="表.xlsx").errors:
        assert fault.sentence()
