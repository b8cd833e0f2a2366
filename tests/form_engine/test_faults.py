"""An official who made mistakes in a checklist reads all of them at once, each with its cell and what to write."""

from __future__ import annotations

import re
from typing import Any

import pytest

from jiandu_desktop.domain.sentences import TEMPLATES, sentence
from jiandu_desktop.form_engine import Fault, FormFaults, load_form
from tests.support.checklists import END_GROUP, SETTINGS, YES_NO_NA, q, workbook


def faults(*survey: Any, choices: Any = YES_NO_NA, settings: Any = SETTINGS) -> tuple[Fault, ...]:
    with pytest.raises(FormFaults) as caught:
        load_form(workbook(survey, choices, settings), file_name="坏表.xlsx")
    for fault in caught.value.faults:
        said = fault.sentence()
        assert re.search("[\u4e00-\u9fff]", said)
        assert "?}" not in said
    return caught.value.faults


def one(*survey: Any, **given: Any) -> tuple[str, str, int | None, str | None]:
    found = faults(*survey, **given)
    assert len(found) == 1, found
    return found[0].code, found[0].sheet, found[0].row, found[0].column


def test_everything_that_is_wrong_is_listed_at_once() -> None:
    found = faults(
        q("select_one ypn", "a", "甲", relevant="${b} > ", j_weight="x", j_vetoo="yes", j_days=0, j_grade="bad",
          j_matter="saftey", j_phrases="p", j_problem="{nope}", j_failed="maybe"),
        q("integr", "b", "乙", constraint="foo(1)"),
        q("text", "", "丙"),
        q("text", "1x", "丁"),
        q("text", "a", "戊", relevant="${zz} = 1"),
        q("calculate", "c1", "", calculation="${c2} + 1"),
        q("calculate", "c2", "", calculation="${c1}"),
        q("select_one nolist", "d", "己", relevent="1"),
        q("begin_group", "g", "组"),
        choices=[
            *YES_NO_NA, {"list_name": "ypn", "name": "yes", "label": "又是", "score": 2, "failed": "?", "key": "12"},
        ],
        settings={"form_title": "表", "form_id": "t", "version": ""},
    )  # fmt: skip
    where = {(fault.code, fault.sheet, fault.row, fault.column) for fault in found}
    assert where == {
        ("unknown-inspection-column", "survey", 1, "bind::jiandu:vetoo"),
        ("unknown-column", "survey", 1, "relevent"),
        ("expression-expected-name", "survey", 2, "relevant"),
        ("bad-weight", "survey", 2, "bind::jiandu:weight"),
        ("bad-whole-number", "survey", 2, "bind::jiandu:days"),
        ("bad-grade", "survey", 2, "bind::jiandu:grade"),
        ("unknown-matter", "survey", 2, "bind::jiandu:matter"),
        ("unknown-list", "survey", 2, "bind::jiandu:phrases"),
        ("unknown-blank", "survey", 2, "bind::jiandu:problem"),
        ("failed-unknown-answer", "survey", 2, "bind::jiandu:failed"),
        ("unknown-type", "survey", 3, "type"),
        ("expression-unknown-function", "survey", 3, "constraint"),
        ("missing-name", "survey", 4, "name"),
        ("bad-name", "survey", 5, "name"),
        ("duplicate-name", "survey", 6, "name"),
        ("unknown-reference", "survey", 6, "relevant"),
        ("cycle", "survey", 7, "calculation"),
        ("unknown-list", "survey", 9, "type"),
        ("unclosed-group", "survey", 10, "type"),
        ("duplicate-choice", "choices", 9, "name"),
        ("bad-score", "choices", 9, "score"),
        ("bad-yes-no", "choices", 9, "failed"),
        ("bad-key", "choices", 9, "key"),
        ("missing-setting", "settings", 2, "version"),
        ("missing-namespace", "settings", 2, "namespaces"),
    }
    order = [(["survey", "choices", "settings"].index(fault.sheet), fault.row) for fault in found]
    assert order == sorted(order)


def test_the_whole_list_is_one_readable_message() -> None:
    with pytest.raises(FormFaults) as caught:
        load_form(workbook([q("integr", "a", "甲")]), file_name="坏表.xlsx")
    said = sentence(caught.value.code, caught.value.values)
    assert said.startswith("检查表“坏表.xlsx”有 1 处需要改正")
    assert "工作表“survey”第 2 行 A 列（type）：不认识的题型“integr”。是不是“integer”？" in said


def test_a_missing_sheet_or_column_is_named() -> None:
    assert one(q("select_one ypn", "a", "甲"), choices=[])[:2] == ("missing-sheet", "")
    assert one(q("text", "a", "甲"), settings={})[:2] == ("missing-sheet", "")
    assert one({"type": "text", "name": "a", "hint": "甲"}) == ("missing-column", "survey", 1, None)


def test_a_circle_through_three_questions_shows_its_path() -> None:
    found = faults(
        q("calculate", "a", "", calculation="${b}"),
        q("text", "b", "乙", relevant="${c} != ''"),
        q("calculate", "c", "", calculation="${a}"),
    )
    assert [fault.code for fault in found] == ["cycle"]
    assert found[0].values["path"] == "a → b → c → a"


def test_a_circle_written_as_a_path_is_found_too() -> None:
    code, sheet, row, _ = one(
        q("calculate", "a", "", calculation="/data/b + 1"), q("calculate", "b", "", calculation="/data/a + 1")
    )
    assert (code, sheet, row) == ("cycle", "survey", 2)


def test_a_group_that_depends_on_a_question_inside_it_is_a_circle() -> None:
    found = faults(q("begin_group", "g", "组", relevant="${x} = 1"), q("integer", "x", "数"), END_GROUP)
    assert [fault.code for fault in found] == ["cycle"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (q("text", "t", "字", j_weight=5), "weight-wrong-type"),
        (q("select_one matters", "t", "选", j_weight=5), "weight-without-score"),
        (q("integer", "t", "数", j_veto="maybe"), "bad-yes-no"),
        (q("integer", "t", "数", j_evidence="many"), "bad-whole-number"),
        (q("integer", "t", "数", j_problem="缺${t}"), "dollar-blank"),
        (q("integer", "t", "数", relevant="selected(${t})"), "expression-wrong-arguments"),
        (q("integer", "t", "数", relevant="$t > 1"), "expression-variable"),
        (q("integer", "t", "共${t 名"), "open-reference"),
        (q("text", "t", "号", constraint="if(true(), regex(., '[0-9'), 1)"), "bad-pattern"),
        (q("osm", "t", "选"), "unsupported-type"),
        (q("select_one_from_file a.doc", "t", "选"), "bad-choice-file"),
        (q("select_one", "t", "选"), "missing-list"),
        (q("range", "t", "度", parameters="start=a"), "parameter-not-number"),
    ],
)
def test_each_slip_has_its_own_sentence(row: Any, code: str) -> None:
    assert code in [fault.code for fault in faults(row)]


def test_remarks_beside_a_checklist_are_left_alone() -> None:
    row = {**q("text", "a", "甲"), "备注": "问过教育局", "#old": "x"}
    assert load_form(workbook([row])).title == "小表"


def test_every_code_that_the_checks_use_has_a_sentence() -> None:
    from pathlib import Path

    import jiandu_desktop.form_engine

    source = "".join(
        path.read_text(encoding="utf-8") for path in Path(jiandu_desktop.form_engine.__file__).parent.rglob("*.py")
    )
    known = {code.removeprefix("form-fault-") for code in TEMPLATES if code.startswith("form-fault-")}
    used = {code for code in known if f'"{code}"' in source}
    assert known == used
