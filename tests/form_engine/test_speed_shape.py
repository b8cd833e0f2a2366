"""What keeps large checklists quick, seen by what is not computed."""

from __future__ import annotations

from typing import Any

import pytest

from bench import forms_made
from jiandu_desktop.form_engine import Instance, load_form
from jiandu_desktop.form_engine.runtime.fields import Field
from jiandu_desktop.form_engine.runtime.running import Running
from jiandu_desktop.form_engine.xform import expressions
from jiandu_desktop.form_engine.xform.graph import Rule
from tests.support.checklists import NOW, workbook


class Watched:
    """How many rules were computed since `seen` was last set to 0."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen = 0
        compute = Running._compute

        def counted(running: Running, rule: Rule, field: Field) -> None:
            self.seen += 1
            compute(running, rule, field)

        monkeypatch.setattr(Running, "_compute", counted)


def computed(size: int, watched: Watched) -> int:
    survey, choices, answers = forms_made.checklist(size)
    instance = Instance(load_form(workbook(survey, choices)), now=lambda: NOW)
    watched.seen = 0
    most = 0
    for ref, text in answers[:40]:
        before = watched.seen
        instance.answer(ref, text)
        most = max(most, watched.seen - before)
    return most


def test_an_answer_computes_what_depends_on_it_however_long_the_checklist(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(monkeypatch)
    assert computed(500, watched) == computed(100, watched) < 25


def test_rows_that_look_at_each_other_cost_as_many_steps_as_there_are_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(monkeypatch)
    counts = []
    for rows in (20, 80):
        survey, _ = forms_made.staff(rows)
        instance = Instance(load_form(workbook(survey, ())), now=lambda: NOW)
        watched.seen = 0
        instance.answer("/data/row[3]/hours", "12")
        counts.append(watched.seen)
    assert counts[1] < 4.2 * counts[0]


def test_formulas_that_differ_in_names_alone_are_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    survey: list[dict[str, Any]] = []
    for number in range(40):
        survey.append({"type": "integer", "name": f"a{number}", "label": "a"})
        survey.append({"type": "text", "name": f"b{number}", "label": "b", "relevant": f"${{a{number}}} > 3"})
    parsed = []
    parse = expressions.parse

    def noted(text: str) -> Any:
        parsed.append(text)
        return parse(text)

    monkeypatch.setattr(expressions, "parse", noted)
    instance = Instance(load_form(workbook(survey, ())), now=lambda: NOW)
    assert len(parsed) == 1
    instance.answer("/data/a7", "4")
    shown = [number for number in range(40) if instance.node(f"/data/b{number}").relevant]
    assert shown == [7]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("concat('/data/a = ', ${a})", "/data/a = 5"),
        ("string(/data/a = /data/b)", "false"),
        ("3 * ${a} - ${b}", "11"),
        ("count(/data/a[. = 5])", "1"),
        ("(${a})[1] + 1", "6"),
        ("/data/a/../b + ${a}", "9"),
        ("if(${a} > ${b}, ${a}, ${b}) div 2", "2.5"),
    ],
)
def test_a_path_is_taken_for_a_question_only_where_it_is_one(formula: str, expected: str) -> None:
    survey = [
        {"type": "integer", "name": "a", "label": "a"},
        {"type": "integer", "name": "b", "label": "b"},
        {"type": "calculate", "name": "c", "calculation": formula},
    ]
    instance = Instance(load_form(workbook(survey, ())), now=lambda: NOW)
    instance.answer("/data/a", "5")
    instance.answer("/data/b", "4")
    assert instance.node("/data/c").value == expected
