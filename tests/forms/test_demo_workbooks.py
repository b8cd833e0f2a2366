"""The demo county: its workbooks go through the importers as they are and fit the checklists and each other."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PIL import Image

from jiandu_desktop.domain.school import SchoolRow
from jiandu_desktop.form_engine import Definition, Instance, load_form
from jiandu_desktop.spreadsheets.rosters import read_inspectors, read_schools
from tests.conftest import StandingClock

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "resources" / "demo"
HANDLINGS = {"即知即改", "限期整改"}


@pytest.fixture(scope="module")
def schools() -> dict[str, SchoolRow]:
    reading = read_schools(DEMO / "roster.xlsx")
    assert not reading.faults
    return {school.code: school for _, school in reading.rows}


@pytest.fixture(scope="module")
def inspectors() -> dict[str, str]:
    reading = read_inspectors(DEMO / "inspectors.xlsx")
    assert not reading.faults
    return {inspector.name: inspector.area for _, inspector in reading.rows}


@pytest.fixture(scope="module")
def checklists() -> dict[str, Definition]:
    loaded = [load_form(path.read_bytes()) for path in sorted((ROOT / "forms").glob("*.xlsx"))]
    return {definition.title: definition for definition in loaded}


def test_the_roster_is_read_without_a_fault(schools: dict[str, SchoolRow]) -> None:
    assert len(schools) == 36
    assert {school.area for school in schools.values()} == {"城关责任区", "河川责任区"}
    assert any(code.startswith("0") for code in schools)
    assert max(len(school.name) for school in schools.values()) > 20


def test_the_inspectors_are_read_without_a_fault(inspectors: dict[str, str]) -> None:
    assert len(inspectors) == 6
    assert inspectors["周明元"] == "城关责任区"


def test_the_plan_names_what_there_is(
    schools: dict[str, SchoolRow], inspectors: dict[str, str], checklists: dict[str, Definition]
) -> None:
    plan = _rows("plan.xlsx", "督导计划", 3)
    names = {school.name for school in schools.values()}
    for row in plan:
        assert row["学校"] in names
        assert row["表单"] in checklists
        assert set(row["督学"].split("、")) <= inspectors.keys()
    ours = [row for row in plan if row["督学"].startswith("周明元")]
    days = [next(value for head, value in row.items() if head.startswith("期限")) for row in ours]
    assert len(ours) == 15
    assert (sum(day < 0 for day in days), days.count(0), max(days)) == (1, 2, 10)


def test_earlier_visits_fit_the_checklists(
    schools: dict[str, SchoolRow],
    inspectors: dict[str, str],
    checklists: dict[str, Definition],
    clock: StandingClock,
) -> None:
    visits = {row["编号"]: row for row in _rows("history.xlsx", "督导", 1)}
    lines = _rows("history.xlsx", "条目", 1)
    for number, visit in visits.items():
        assert set(visit["督学"].split("、")) <= inspectors.keys()
        assert 0 < visit["天前"] <= 70
        definition = checklists[visit["表单"]]
        refs = {item.name: item.ref for item in definition.items.values()}
        school = schools[visit["学校代码"]]
        facts = {
            "school_pupils": str(school.pupils),
            "school_teachers": str(school.teachers),
            "school_classes": str(school.classes),
            "school_boarders": str(school.boarders),
        }
        instance = Instance(definition, now=clock, prefill=facts)
        own = [line for line in lines if line["督导编号"] == number]
        for line in own:
            if line["答案"] is not None:
                instance.answer(refs[line["题目名"]], str(line["答案"]))
        for line in own:
            state = instance.node(refs[line["题目名"]])
            assert state.violation is None, line
            assert state.relevant, line
            assert state.failed == bool(line["处理"]), line
    assert {line["督导编号"] for line in lines} == visits.keys()


def test_earlier_problems_have_all_four_lists_and_their_photos() -> None:
    visits = {row["编号"]: row for row in _rows("history.xlsx", "督导", 1)}
    problems = [line for line in _rows("history.xlsx", "条目", 1) if line["处理"]]
    for line in problems:
        assert line["处理"] in HANDLINGS
        assert all(line[head] for head in ("问题", "措施", "责任人"))
        assert (line["整改天数"] is not None) == (line["处理"] == "限期整改")
        for name in (line["照片"] or "").split("、"):
            assert not name or (DEMO / "photos" / name).is_file()
    due = [line["整改天数"] - visits[line["督导编号"]]["天前"] for line in problems if line["整改天数"]]
    assert len(due) >= 20
    assert due.count(0) >= 1
    assert any(-5 <= day < 0 for day in due)


def test_photos_are_small_and_all_different() -> None:
    photos = sorted((DEMO / "photos").glob("*.jpg"))
    assert len(photos) >= 8
    assert len({hashlib.sha256(photo.read_bytes()).digest() for photo in photos}) == len(photos)
    for photo in photos:
        assert photo.stat().st_size <= 60 * 1024
        with Image.open(photo) as picture:
            assert (picture.format, picture.size) == ("JPEG", (1280, 960))


def _rows(file: str, sheet: str, header: int) -> list[dict[str, Any]]:
    rows = load_workbook(DEMO / file)[sheet].iter_rows(min_row=header, values_only=True)
    heads = [str(head) for head in next(rows)]
    return [dict(zip(heads, row, strict=True)) for row in rows if row[0] is not None]
