"""Marks of a visit: earned ÷ possible over the relevant, scored, answered items; N/A leaves both sides."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from jiandu_desktop.form_engine.definition import Definition
from jiandu_desktop.form_engine.state import NodeState, ScoreSheet, SectionScore
from jiandu_desktop.form_engine.typed import number_of

_ZERO: Final = Decimal(0)
_ONE: Final = Decimal(1)


def score(definition: Definition, states: Iterable[NodeState]) -> ScoreSheet:
    """`states`: all relevant items. Percent has one decimal, half up."""
    earned: dict[str, Decimal] = {}
    possible: dict[str, Decimal] = {}
    total: dict[str, Decimal] = {}
    unanswered: dict[str, int] = {}
    hits: list[str] = []
    still_open: list[str] = []
    for state in states:
        inspection, section = state.item.inspection, state.item.section_ref
        if inspection.veto:
            if state.veto_hit:
                hits.append(state.ref)
            elif not state.answered:
                still_open.append(state.ref)
        if inspection.weight is None:
            continue
        if not state.answered:
            unanswered[section] = unanswered.get(section, 0) + 1
            total[section] = total.get(section, _ZERO) + inspection.weight
            continue
        marks = marks_of(state)
        if marks is None:
            continue
        earned[section] = earned.get(section, _ZERO) + marks
        possible[section] = possible.get(section, _ZERO) + inspection.weight
        total[section] = total.get(section, _ZERO) + inspection.weight
    all_earned, all_possible = sum(earned.values(), _ZERO), sum(possible.values(), _ZERO)
    missing = sum(unanswered.values())
    percent = (all_earned * 100 / all_possible).quantize(Decimal("0.1"), ROUND_HALF_UP) if all_possible else None
    return ScoreSheet(
        sections=tuple(
            SectionScore(
                ref=section.ref,
                earned=earned.get(section.ref, _ZERO),
                possible=possible.get(section.ref, _ZERO),
                weight_total=total.get(section.ref, _ZERO),
                unanswered=unanswered.get(section.ref, 0),
            )
            for section in definition.sections
        ),
        earned=all_earned,
        possible=all_possible,
        percent=percent,
        provisional=missing > 0,
        unanswered=missing,
        veto_hits=tuple(hits),
        veto_open=tuple(still_open),
    )


def marks_of(state: NodeState) -> Decimal | None:
    """Marks of one answered item, 0 … weight; None for N/A.

    A choice earns its share of the weight; several choices add up, to the full weight at most. Of a number
    (integer, decimal, range, calculate) the number itself is the marks, kept within 0 … weight.
    """
    weight = state.item.inspection.weight
    if weight is None:
        return None
    if state.item.kind in ("select_one", "select_multiple"):
        given = set(state.value.split())
        shares = [choice.score for choice in state.choices if choice.value in given and choice.score is not None]
        if not shares:
            return None
        return weight * min(_ONE, max(_ZERO, sum(shares, _ZERO)))
    number = number_of(state.value)
    return None if number is None else min(weight, max(_ZERO, number))
