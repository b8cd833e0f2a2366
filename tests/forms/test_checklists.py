"""The routine checklists: an inspector can rely on their scores, their red lines and the wording they propose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandu_desktop.form_engine import Definition, Instance, NodeState, load_form

FORMS = Path(__file__).parents[2] / "forms"
WORKBOOKS = [FORMS / f"{name}.xlsx" for name in ("campus-safety", "kindergarten-routine", "routine")]
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=timezone(timedelta(hours=8)))
SCHOOL = {
    "school_name": "城关第二小学",
    "school_code": "2199003102",
    "school_stage": "小学",
    "school_pupils": "1186",
    "school_teachers": "71",
    "school_classes": "27",
    "school_boarders": "0",
}


@pytest.fixture(scope="module", params=WORKBOOKS, ids=lambda path: path.stem)
def workbook(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(scope="module")
def definition(workbook: Path) -> Definition:
    return load_form(workbook.read_bytes())


@pytest.fixture(scope="module")
def routine() -> Definition:
    return load_form((FORMS / "routine.xlsx").read_bytes())


def test_full_marks_are_one_hundred(definition: Definition) -> None:
    weights = [item.inspection.weight for item in definition.items.values() if item.inspection.weight is not None]
    assert sum(weights) == Decimal(100)


def test_red_lines_are_marked_and_must_be_answered(definition: Definition) -> None:
    blank = Instance(definition, now=lambda: NOW, prefill=SCHOOL)
    vetoes = [state for state in _all_items(blank) if state.item.inspection.veto]
    assert len(vetoes) >= 3
    for state in vetoes:
        assert state.required, state.item.name
        assert state.item.inspection.weight is None, state.item.name
        assert [choice.failed for choice in state.choices] == [False, True], state.item.name


def test_a_usual_visit_is_scored_by_shares_of_the_weight(routine: Definition) -> None:
    choices = {"exits": "no", "fire": "part", "homework": "part", "labs": "na"}
    instance = _filled(routine, SCHOOL, choices)
    weight = {item.name: item.inspection.weight or Decimal(0) for item in routine.items.values()}
    # No boarders and no school bus: these two items and the one not applicable leave both sides.
    possible = Decimal(100) - weight["dormitory"] - weight["bus"] - weight["labs"]
    earned = possible - weight["exits"] - (weight["fire"] + weight["homework"]) / 2
    sheet = instance.score()
    assert (sheet.earned, sheet.possible) == (earned, possible)
    assert sheet.percent == (earned / possible * 100).quantize(Decimal("0.1"))
    assert instance.progress().failed == 3


def test_missing_guards_are_named_by_number(routine: Definition) -> None:
    instance = _filled(routine, SCHOOL, {"guards": "1"})
    proposal = instance.proposal(_ref(routine, "guards_enough"))
    assert proposal is not None
    assert proposal.text == "专职保安配备不足\uff1a应配3名\uff0c实配1名。"


@given(pupils=st.integers(min_value=0, max_value=6000))
def test_guards_wanted_follow_the_number_of_pupils(pupils: int, routine: Definition) -> None:
    instance = Instance(routine, now=lambda: NOW, prefill={"school_pupils": str(pupils)})
    if pupils < 100:
        wanted = 1
    elif pupils <= 1000:
        wanted = 2
    else:
        wanted = 2 - (1000 - pupils) // 500
    assert instance.node(_ref(routine, "guards_need")).value == str(wanted)
    instance.answer(_ref(routine, "guards"), str(wanted))
    assert instance.node(_ref(routine, "guards_enough")).value == "yes"


def test_only_what_the_school_has_is_asked(routine: Definition) -> None:
    instance = Instance(routine, now=lambda: NOW, prefill=SCHOOL)
    assert not instance.node(_ref(routine, "dormitory")).relevant
    instance.answer(_ref(routine, "catering"), "none")
    instance.answer(_ref(routine, "bus_used"), "yes")
    assert not instance.node(_ref(routine, "samples")).relevant
    assert instance.node(_ref(routine, "bus")).relevant
    boarding = Instance(routine, now=lambda: NOW, prefill=SCHOOL | {"school_boarders": "208"})
    assert boarding.node(_ref(routine, "dormitory")).relevant


def test_a_drill_in_the_future_must_be_put_right(definition: Definition) -> None:
    instance = Instance(definition, now=lambda: NOW, prefill=SCHOOL)
    drill = _ref(definition, "last_drill")
    instance.answer(drill, "2026-11-25")
    violation = instance.node(drill).violation
    assert violation is not None
    assert not violation.soft
    assert violation.message
    instance.answer(drill, "2026-11-24")
    assert instance.node(drill).violation is None


def test_a_jump_in_the_guards_asks_to_be_checked(definition: Definition) -> None:
    instance = Instance(definition, now=lambda: NOW, prefill=SCHOOL | {"last_guards": "3"})
    guards = _ref(definition, "guards")
    instance.answer(guards, "12")
    violation = instance.node(guards).violation
    assert violation is not None
    assert violation.soft
    assert "3" in violation.message
    instance.answer(guards, "4")
    assert instance.node(guards).violation is None


def test_ready_wordings_stand_by(definition: Definition) -> None:
    with_phrases = [item for item in definition.items.values() if item.inspection.phrases]
    assert len(with_phrases) >= 10
    assert all(phrase.endswith("。") for item in with_phrases for phrase in item.inspection.phrases)


def _ref(definition: Definition, name: str) -> str:
    return next(item.ref for item in definition.items.values() if item.name == name)


def _all_items(instance: Instance) -> Iterator[NodeState]:
    """The items asked of the inspector, whether they appear now or not."""
    return (instance.node(item.ref) for item in instance.definition.items.values() if item.number)


def _filled(
    definition: Definition, school: Mapping[str, str], answers: Mapping[str, str] | None = None, worst: bool = False
) -> Instance:
    """Every item answered as well (or as badly) as it can be, `answers` by item name excepted."""
    instance = Instance(definition, now=lambda: NOW, prefill=school)
    wanted = {"bus_used": "yes" if worst else "no", "catering": "own"} | dict(answers or {})
    for section in definition.sections:
        for ref in instance.section_items(section.ref):
            state = instance.node(ref)
            if not state.readonly and state.item.kind != "image":
                instance.answer(ref, wanted.get(state.item.name) or _answer(state, worst))
        # Answers may have made more items appear.
        for ref in instance.section_items(section.ref):
            state = instance.node(ref)
            if not state.answered and not state.readonly and state.item.kind != "image":
                instance.answer(ref, wanted.get(state.item.name) or _answer(state, worst))
    return instance


def _answer(state: NodeState, worst: bool) -> str:
    if state.item.kind == "select_one":
        scored = [choice for choice in state.choices if choice.score is not None]
        ranked = sorted(scored, key=lambda choice: choice.score or Decimal(0)) or list(state.choices)
        return ranked[0 if worst else -1].value
    if state.item.kind == "integer":
        low, high = ("0", "50") if state.item.name == "largest_class" else ("0", "40")
        good = {"largest_class": "30", "guards": "3"}.get(state.item.name, high)
        return ({"largest_class": high}.get(state.item.name, low)) if worst else good
    return {
        "date": "2026-11-18",
        "select_multiple": state.choices[0].value if state.choices else "",
        "text": "每天下午开设棋类、合唱等社团。",
    }[state.item.kind]
