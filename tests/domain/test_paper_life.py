"""Where a document stands follows from what happened to it, whatever arrived first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jiandu_desktop.domain.paper_life import PAPER_STATE_NAMES, PaperEvent, PaperState, PaperStep, state_of

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def event(place: int, step: PaperStep) -> PaperEvent:
    return PaperEvent(id=f"{place:03}", document_id="d", number="1", step=step, at=NOON + timedelta(minutes=place))


@given(st.data(), st.lists(st.sampled_from(list(PaperStep)), max_size=8))
def test_the_order_of_arrival_changes_nothing_and_nothing_undoes_a_voiding(
    data: st.DataObject, steps: list[PaperStep]
) -> None:
    events = [event(place, step) for place, step in enumerate(steps)]
    state = state_of(events)
    assert state_of(data.draw(st.permutations(events))) is state
    if PaperStep.VOIDED in steps:
        assert state is PaperState.VOIDED
    elif PaperStep.SUPERSEDED in steps:
        assert state is PaperState.SUPERSEDED
    elif PaperStep.RETURNED not in steps and PaperStep.REFUSED not in steps:
        assert state is PaperState.ISSUED
    assert PAPER_STATE_NAMES[state]


def test_a_school_that_signs_after_all_has_signed() -> None:
    assert state_of([event(1, PaperStep.REFUSED), event(2, PaperStep.RETURNED)]) is PaperState.RETURNED
    assert state_of([event(1, PaperStep.RETURNED), event(2, PaperStep.REFUSED)]) is PaperState.REFUSED
