"""What the theme checklists work out by themselves, against values worked out by hand."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from functools import cache

import pytest
from openpyxl import load_workbook

from jiandu_desktop.form_engine import Definition, Instance, load_form
from jiandu_desktop.paths import shipped_forms
from tests.conftest import BEIJING

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=BEIJING)


@cache
def checklist(name: str, **limits: str) -> Definition:
    """A shipped checklist as an office has it that has changed these thresholds, one cell each."""
    book = load_workbook(shipped_forms() / f"{name}.xlsx")
    sheet = book["survey"]
    heads = [cell.value for cell in sheet[1]]
    limits_by_name = {f"limit_{name}": value for name, value in limits.items()}
    for row in sheet.iter_rows(min_row=2):
        wanted = limits_by_name.get(str(row[heads.index("name")].value))
        if wanted is not None:
            row[heads.index("calculation")].value = wanted
    content = io.BytesIO()
    book.save(content)
    return load_form(content.getvalue())


def filled(definition: Definition, answers: Mapping[str, str], **school: str) -> dict[str, str]:
    """Values by item name after these answers."""
    prefill = {f"school_{name}": value for name, value in school.items()}
    visit = Instance(definition, now=lambda: NOW, prefill=prefill)
    refs = {item.name: ref for ref, item in definition.items.items()}
    for name, value in answers.items():
        visit.answer(refs[name], value)
    return {ref.rpartition("/")[2]: value for ref, value in visit.values().items()}


@pytest.mark.parametrize(
    ("pupils", "boarders", "gates", "limits", "wanted"),
    [
        ("99", "0", "1", {}, "1"),
        ("1000", "0", "1", {}, "2"),
        ("1001", "0", "1", {}, "3"),
        ("3100", "900", "2", {}, "7"),
        ("900", "0", "3", {"guards_gate": "2"}, "6"),
        ("2100", "0", "1", {"guards_large_permille": "2"}, "5"),
        ("2100", "600", "1", {"guards_permille": "3"}, "7"),
    ],
)
def test_guards_by_pupils_by_gates_and_by_boarders(
    pupils: str, boarders: str, gates: str, limits: Mapping[str, str], wanted: str
) -> None:
    values = filled(checklist("campus-safety", **limits), {"gates": gates}, pupils=pupils, boarders=boarders)
    assert values["guards_need"] == wanted


def test_the_number_of_pupils_is_asked_where_the_roster_has_none() -> None:
    answers = {"pupils_here": "640", "arrived": "634"}
    assert filled(checklist("term-opening"), answers, stage="小学")["return_rate"] == "99.1"


@pytest.mark.parametrize(
    ("stage", "at", "start", "judged"),
    [("小学", "08:20", "08:20", "yes"), ("小学", "08:10", "08:20", "no"), ("小学", "08:10", "08:00", "yes")],
)
def test_lessons_begin_no_earlier_than_the_office_says(stage: str, at: str, start: str, judged: str) -> None:
    definition = checklist("five-managements", start_primary=f"'{start}'")
    values = filled(definition, {"first_primary": f"{at}:00.000+08:00"}, stage=stage)
    assert values["start_primary"] == judged
    standard = next(item for item in definition.items.values() if item.name == "start_primary").inspection.standard
    assert start in standard


def test_who_is_absent_without_leave_is_counted() -> None:
    values = filled(checklist("dropout-control"), {"rolls": "512", "present": "505", "leave": "4"}, stage="小学")
    assert (values["unexplained"], values["rolls_agree"]) == ("3", "no")


def test_three_years_retention_and_disabled_children_at_school() -> None:
    answers = {"entered": "240", "graduated": "228", "disabled_all": "20", "disabled_in": "18"}
    values = filled(checklist("dropout-control"), answers, stage="初中")
    assert (values["retention"], values["retention_met"], values["disabled_rate"]) == ("95", "yes", "no")


def test_teachers_pay_against_civil_servants() -> None:
    values = filled(checklist("teacher-pay"), {"teacher_pay": "91990", "officer_pay": "92000"})
    # 99.99 % is less than all, and is not rounded up to it.
    assert (values["ratio"], values["level_met"]) == ("99.9", "no")


def test_psychology_teachers_by_pupils() -> None:
    definition = checklist("ideology-mind")
    found = [filled(definition, {}, pupils=pupils)["need_psy"] for pupils in ("300", "1000", "1001", "2400")]
    assert found == ["1", "1", "2", "3"]
