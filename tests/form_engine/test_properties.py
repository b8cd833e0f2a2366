"""What holds for any checklist and any answers."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jiandu_desktop.form_engine import Definition, Instance
from tests.support.checklists import END_GROUP, clock, definition, q

ANSWERS = ("yes", "part", "no", "na", "")


def _rows(weights: list[int], links: list[int]) -> list[dict[str, Any]]:
    """A checklist of selects; each may depend on an earlier one, by relevance, by calculation or by its group."""
    rows: list[dict[str, Any]] = []
    for place, (weight, link) in enumerate(zip(weights, links, strict=True)):
        earlier = f"a{link % place}" if place else ""
        given: dict[str, Any] = {"j_weight": weight} if weight else {}
        if earlier and link % 3 == 1:
            given["relevant"] = f"${{{earlier}}} != 'no'"
        if earlier and link % 3 == 2:
            given["constraint"] = f"not(. = 'yes' and ${{{earlier}}} = 'no')"
        if link % 5 == 0:
            group = {"relevant": f"${{{earlier}}} != 'part'"} if earlier else {}
            rows += [q("begin_group", f"g{place}", "组", **group), q("select_one ypn", f"a{place}", "题", **given)]
            rows.append(dict(END_GROUP))
        else:
            rows.append(q("select_one ypn", f"a{place}", f"题 ${{{earlier}}}" if earlier else "题", **given))
    names = " + ".join(f"(${{a{place}}} = 'yes')" for place in range(len(weights)))
    return [*rows, q("calculate", "good", "", calculation=names)]


@st.composite
def checklists(draw: st.DrawFn) -> Definition:
    size = draw(st.integers(2, 7))
    weights = draw(st.lists(st.integers(0, 9), min_size=size, max_size=size))
    links = draw(st.lists(st.integers(0, 29), min_size=size, max_size=size))
    return definition(*_rows(weights, links))


def _refs(made: Definition) -> list[str]:
    return [item.ref for item in made.items.values() if item.kind == "select_one"]


def _picture(visit: Instance) -> dict[str, Any]:
    return {ref: visit.node(ref) for ref in visit.definition.items}


@settings(max_examples=40, deadline=None)
@given(checklists(), st.data())
def test_the_order_of_answers_does_not_matter(made: Definition, data: st.DataObject) -> None:
    refs = _refs(made)
    answers = {ref: data.draw(st.sampled_from(ANSWERS)) for ref in refs}
    orders = [refs, data.draw(st.permutations(refs))]
    pictures = []
    for order in orders:
        visit = Instance(made, now=clock)
        for ref in order:
            visit.answer(ref, answers[ref])
        pictures.append((_picture(visit), visit.score(), visit.violations()))
    assert pictures[0] == pictures[1]


@settings(max_examples=40, deadline=None)
@given(checklists(), st.data())
def test_taking_an_answer_back_restores_everything_and_names_what_changed(
    made: Definition, data: st.DataObject
) -> None:
    visit = Instance(made, now=clock)
    refs = _refs(made)
    for ref in refs:
        visit.answer(ref, data.draw(st.sampled_from(ANSWERS)))
    before = _picture(visit)
    ref = data.draw(st.sampled_from(refs))
    old = visit.node(ref).value
    changed = visit.answer(ref, data.draw(st.sampled_from(ANSWERS)))
    after = _picture(visit)
    assert {name for name in before if before[name] != after[name]} <= changed
    assert {name for name in changed if before[name] == after[name]} <= {ref}
    visit.answer(ref, old)
    assert _picture(visit) == before


@settings(max_examples=40, deadline=None)
@given(checklists(), st.data())
def test_the_score_lies_between_nothing_and_all_and_na_counts_on_neither_side(
    made: Definition, data: st.DataObject
) -> None:
    visit = Instance(made, now=clock)
    for ref in _refs(made):
        visit.answer(ref, data.draw(st.sampled_from(ANSWERS)))
    sheet = visit.score()
    assert 0 <= sheet.earned <= sheet.possible
    assert sheet.percent is None or 0 <= sheet.percent <= 100
    assert sheet.possible == sum(section.possible for section in sheet.sections)
    states = [visit.node(ref) for ref in _refs(made)]
    counted = [state for state in states if state.relevant and state.item.inspection.weight is not None]
    assert sheet.possible == sum(
        state.item.inspection.weight or 0 for state in counted if state.answered and not state.not_applicable
    )
    assert sheet.unanswered == sum(not state.answered for state in counted)


@settings(max_examples=40, deadline=None)
@given(checklists(), st.data())
def test_values_restore_the_same_picture(made: Definition, data: st.DataObject) -> None:
    visit = Instance(made, now=clock)
    for ref in _refs(made):
        visit.answer(ref, data.draw(st.sampled_from(ANSWERS)))
    again = Instance(made, now=clock, values=visit.values())
    assert _picture(again) == _picture(visit)
    assert again.score() == visit.score()
