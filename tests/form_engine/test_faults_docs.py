"""docs/forms.md is what officials go by: every column, type, function and formula in it is one that works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jiandu_desktop.form_engine.check.columns import CHOICES, INSPECTION, SETTINGS, SURVEY
from jiandu_desktop.form_engine.check.formulas import bad_expression
from jiandu_desktop.form_engine.check.remarks import APPEARANCES
from jiandu_desktop.form_engine.report import inspect_form
from jiandu_desktop.form_engine.xpath.functions import FORMS
from jiandu_desktop.spreadsheets.form_columns import (
    CHOICES_COLUMNS,
    INSPECTION_COLUMNS,
    SETTINGS_COLUMNS,
    SURVEY_COLUMNS,
)
from tests.support.checklists import SETTINGS as SMALL
from tests.support.checklists import YES_NO_NA, workbook

TEXT = (Path(__file__).parents[2] / "docs" / "forms.md").read_text(encoding="utf-8")
CODE = re.compile(r"`([^`]+)`")


def section(title: str) -> str:
    """The text below a heading, to the next heading of any kind."""
    found = re.search(rf"^##+ {re.escape(title)}.*?\n(.*?)(?=^##|\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert found is not None, title
    return found.group(1)


def first_cells(title: str) -> list[str]:
    """The code in the first column of the section's table."""
    rows = [line.split("|")[1] for line in section(title).splitlines() if line.startswith("| `")]
    return [CODE.findall(cell)[0] for cell in rows]


def formulas() -> list[str]:
    """Everything in the text that is written as a formula."""
    found = []
    for line in TEXT.splitlines():
        if line.startswith("|"):
            found += [code for code in CODE.findall(line) if re.search(r"\$\{|\(|^\. ", code)]
    return sorted(set(found))


def test_there_are_formulas_to_look_at() -> None:
    assert len(formulas()) > 20


@pytest.mark.parametrize("formula", formulas())
def test_every_formula_compiles(formula: str) -> None:
    assert bad_expression(formula) == []


def test_every_function_is_documented_and_every_documented_one_exists() -> None:
    said = set(CODE.findall(section("全部函数")))
    assert said == set(FORMS.functions)


def test_every_documented_type_works() -> None:
    types = first_cells("题型")
    assert len(types) > 25
    for kind in types:
        written = kind.replace("清单名", "ypn")
        end = [{"type": written.replace("begin", "end")}] if written.startswith("begin") else []
        inner = [{"type": "text", "name": "inner", "label": "内"}] if end else []
        row = {"type": written, "name": "q", "label": "题", "calculation": "1" if kind == "calculate" else None}
        told = inspect_form(workbook([row, *inner, *end], YES_NO_NA, SMALL), file_name="表.xlsx").errors
        assert [fault.code for fault in told if fault.code != "missing-file"] == [], kind


def test_every_column_is_documented_and_every_documented_one_exists() -> None:
    assert set(first_cells("列")) <= SURVEY
    assert {column.header for column in SURVEY_COLUMNS} <= set(first_cells("列"))
    assert first_cells("settings") == [column.header for column in SETTINGS_COLUMNS]
    assert set(first_cells("settings")) <= SETTINGS
    assert set(first_cells("六、督导列")) == set(INSPECTION)
    assert {column.header.rpartition(":")[2] for column in INSPECTION_COLUMNS} == set(INSPECTION)
    assert {column.header for column in CHOICES_COLUMNS} <= CHOICES
    for column in CHOICES_COLUMNS:
        assert f"{column.header} |" in section("五、choices：选项")


def test_every_documented_appearance_is_known() -> None:
    assert set(first_cells("显示方式")) <= APPEARANCES
