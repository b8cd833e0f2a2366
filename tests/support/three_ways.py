"""A visit filled in completely, in one of three ways: all is well, as it usually is, or everything is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from jiandu_desktop.domain.issued import Document
from jiandu_desktop.domain.problem import Grade, Handling, Problem
from jiandu_desktop.domain.visit import AnswerSource, Place, Visit
from jiandu_desktop.form_engine import Instance, NodeState
from jiandu_desktop.services.open_visit import AnswerChange, OpenVisit, Tally
from jiandu_desktop.services.program import Services

_ROUNDS = 8  # an answer may bring up items that stand before it
_NUMBERS = ("10", "1", "0", "2", "5", "3", "50", "100", "500", "2000", "2010")
_EVERY = 7  # every seventh judgement of a usual visit is a weak one


class Way(StrEnum):
    """How the school is found."""

    GOOD = "good"
    TYPICAL = "typical"
    WORST = "worst"


@dataclass(frozen=True)
class Round:
    """A finished visit as it stands in the database, beside what the form said just before."""

    visit: Visit
    documents: tuple[Document, ...]
    instance: Instance
    problems: tuple[Problem, ...]
    unfilled: tuple[str, ...]
    """Labels of items without an answer."""
    violated: tuple[str, ...]


def fill_in(instance: Instance, way: Way, said: Mapping[str, str]) -> None:
    """Answer everything that is asked; `said` by item name goes before what is found out from choices and rules."""
    _add_rows(instance)
    weak = 0
    for _ in range(_ROUNDS):
        before = instance.values()
        for section in instance.definition.sections:
            for ref in instance.section_items(section.ref):
                state = instance.node(ref)
                name = state.item.name
                if (
                    state.readonly
                    or not state.relevant
                    or (state.answered and said.get(name, state.value) == state.value)
                ):
                    continue
                if name in said:
                    instance.answer(ref, said[name])
                elif state.item.kind in ("select_one", "select_multiple", "rank"):
                    weak += state.item.inspection.weight is not None
                    instance.answer(ref, _chosen(state, way, weak))
                else:
                    _write(instance, state, way)
        if instance.values() == before:
            return


def visit_in(services: Services, school_id: str, form_id: str, way: Way, said: Mapping[str, str]) -> Round:
    """Start, fill in, raise every problem with its photos wanted, finish."""
    opened = services.visits.start_free(school_id, form_id, "专项督导")
    instance = services.finishing.instance(opened)
    fill_in(instance, way, said)
    unfilled, violated = _left_over(instance)
    counts = instance.progress()
    changes = [
        AnswerChange(ref=ref, value=value, source=AnswerSource.BY_HAND)
        for ref, value in instance.values().items()
        if value
    ]
    services.visits.save_answers(opened.visit.id, changes, Place(), Tally(answered=counts.answered, total=counts.total))
    problems = _raise_problems(services, opened, instance)
    finished = services.finishing.finish(opened.visit.id, instance)
    return Round(finished.visit, finished.documents, instance, problems, unfilled, violated)


def asked(instance: Instance) -> tuple[NodeState, ...]:
    """Every item on the screen, section by section."""
    sections = instance.definition.sections
    return tuple(instance.node(ref) for section in sections for ref in instance.section_items(section.ref))


def _add_rows(instance: Instance) -> None:
    for section in instance.definition.sections:
        for repeat in instance.repeats(section.ref):
            if not repeat.rows and not repeat.fixed:
                instance.add_repeat(repeat.ref)


def _chosen(state: NodeState, way: Way, weak: int) -> str:
    judged = [choice for choice in state.choices if choice.failed or choice.score is not None]
    if not judged:
        return state.choices[0].value
    if state.item.kind != "select_one":
        wanted = way is Way.WORST
        return " ".join(choice.value for choice in state.choices if choice.failed is wanted) or state.choices[0].value
    ranked = sorted(judged, key=lambda choice: (not choice.failed, choice.score or Decimal(0)))
    if way is Way.WORST:
        return ranked[0].value
    if way is Way.TYPICAL and not state.item.inspection.veto and weak % _EVERY == 1:
        return next((choice.value for choice in reversed(ranked) if choice.failed), ranked[-1].value)
    return ranked[-1].value


def _write(instance: Instance, state: NodeState, way: Way) -> None:
    kind = state.item.kind
    if kind in ("integer", "decimal", "range"):
        _first_that_fits(instance, state.ref, _NUMBERS if way is not Way.WORST else ("0", *_NUMBERS))
    elif kind in ("date", "datetime"):
        day = "2026-11-18" if way is not Way.WORST else "2026-01-05"
        _first_that_fits(instance, state.ref, (day if kind == "date" else f"{day}T09:00:00.000+08:00", "2026-11-18"))
    else:
        plain = {"text": "情况属实。", "time": "08:30:00.000+08:00", "acknowledge": "OK"}
        if kind in plain:
            instance.answer(state.ref, plain[kind])


def _first_that_fits(instance: Instance, ref: str, values: tuple[str, ...]) -> None:
    for value in values:
        instance.answer(ref, value)
        if instance.node(ref).violation is None:
            return


def _left_over(instance: Instance) -> tuple[tuple[str, ...], tuple[str, ...]]:
    shown = [state for state in asked(instance) if state.item.kind not in ("note", "image", "file", "audio", "video")]
    unfilled = tuple(state.item.name for state in shown if not state.answered)
    return unfilled, tuple(f"{state.item.name}: {state.violation}" for state in shown if state.violation)


def _raise_problems(services: Services, opened: OpenVisit, instance: Instance) -> tuple[Problem, ...]:
    now = services.store.clock()
    save: Callable[[Problem], Problem] = services.visits.save_problem
    made = []
    for state in asked(instance):
        proposal = instance.proposal(state.ref)
        if not state.failed or proposal is None:
            continue
        made.append(
            save(
                Problem(
                    id=services.store.new_id(),
                    visit_id=opened.visit.id,
                    school_id=opened.school.id,
                    ref=state.ref,
                    item=state.item.number,
                    matter=opened.definition.matters.get(proposal.matter, proposal.matter),
                    text=proposal.text,
                    basis=proposal.basis,
                    measure=proposal.measure,
                    grade=Grade(proposal.grade or "general"),
                    handling=Handling.BY_DATE,
                    found_at=now,
                    due=now.date() + timedelta(days=proposal.days or 15),
                    responsible="陈立（总务主任）",
                    confirmed=True,
                    veto=state.veto_hit,
                )
            )
        )
    return tuple(made)
