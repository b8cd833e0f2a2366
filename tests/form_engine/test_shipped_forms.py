"""Every checklist that ships loads, scores, and is a checklist for ODK too."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyxform.xls2xform import convert

from jiandu_desktop.form_engine import Instance, load_form
from tests.support.checklists import clock

FORMS = sorted((Path(__file__).parents[2] / "forms").glob("*.xlsx"))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_shipped_checklist_can_be_filled_in_from_end_to_end(path: Path) -> None:
    made = load_form(path)
    visit = Instance(made, now=clock, prefill={"school_pupils": "1250", "school_name": "城关二小"})
    for _ in range(2):  # answers bring up further questions
        for section in made.sections:
            for ref in visit.section_items(section.ref):
                state = visit.node(ref)
                if state.choices and not state.readonly and not state.answered:
                    visit.answer(ref, state.choices[0].value)
    sheet = visit.score()
    # A record of talks is not scored.
    assert (sheet.possible > 0) == any(item.inspection.weight is not None for item in made.items.values())
    assert not sheet.veto_open
    assert Instance.from_xml(made, visit.to_xml(), now=clock).score() == sheet
    assert all(item.number for item in made.items.values() if item.kind == "select_one")


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_pyxform_accepts_a_shipped_checklist(path: Path) -> None:
    assert convert(xlsform=path, validate=False).xform


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_problem_text_of_a_shipped_checklist_fills_in_completely(path: Path) -> None:
    made = load_form(path)
    visit = Instance(made, now=clock, prefill={"school_pupils": "1250"})
    for section in made.sections:
        for ref in visit.section_items(section.ref):
            state = visit.node(ref)
            failing = [choice.value for choice in state.choices if choice.failed]
            if failing and not state.readonly:
                visit.answer(ref, failing[-1])
                proposal = visit.proposal(ref, note="备注")
                if proposal is not None:
                    assert proposal.text
                    assert "{" not in proposal.text + proposal.measure + proposal.basis
