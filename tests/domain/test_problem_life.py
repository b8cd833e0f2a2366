"""A problem's life: what may happen when, and that laptops which went on without each other end up with the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiandu_desktop.domain.problem import OPEN_STATES, ProblemEvent, ProblemState, Step
from jiandu_desktop.domain.problem.life import MOST_OPEN_FIRST, Life, life_of
from jiandu_desktop.domain.problem.rules import DEFAULT_STEPS

BEGAN = datetime(2026, 9, 1, 8, tzinfo=UTC)


class Told:
    """Writes events one after the other; `seen` says whose view the next step is taken from."""

    def __init__(self) -> None:
        self.events: list[ProblemEvent] = []

    def __call__(
        self, step: Step | str, *, person: str = "李督学", seen: list[ProblemEvent] | None = None, **rest: Any
    ) -> ProblemEvent:
        known = self.events if seen is None else seen
        number = len(self.events)
        event = ProblemEvent(
            id=f"e{number:03d}",
            problem_id="p",
            step=str(step),
            at=BEGAN + timedelta(days=number),
            person=person,
            device=rest.pop("device", "laptop-a"),
            note=rest.pop("note", "原因"),
            parents=life_of(known).heads,
            **rest,
        )
        self.events.append(event)
        return event

    def life(self) -> Life:
        return life_of(self.events)


def issued() -> Told:
    told = Told()
    told(Step.FOUND)
    told(Step.ISSUED)
    return told


def done(told: Told, person: str = "李督学", **rest: Any) -> ProblemEvent:
    return told(Step.RECHECKED, person=person, data={"result": "done"}, proof=("sha",), **rest)


def test_the_whole_way_to_the_strike_off() -> None:
    told = issued()
    states = [told.life().state]
    for act in (
        lambda: told(Step.PLANNED, data={"set": {"measure": "先围挡后更换"}}),
        lambda: told(Step.REPORTED),
        lambda: told(Step.RECHECKED, data={"result": "partial"}),
        lambda: told(Step.REPORTED),
        lambda: done(told),
        lambda: told(Step.STRUCK_OFF, person="王主任"),
    ):
        act()
        states.append(told.life().state)
    assert states == [
        ProblemState.RECTIFYING,
        ProblemState.RECTIFYING,
        ProblemState.AWAITING_RECHECK,
        ProblemState.RECTIFYING,
        ProblemState.AWAITING_RECHECK,
        ProblemState.AWAITING_STRIKE_OFF,
        ProblemState.STRUCK_OFF,
    ]
    life = told.life()
    assert (life.returned, life.conflicts, life.disputed) == (1, (), ())
    assert life.fields["measure"] == "先围挡后更换"


def test_who_found_it_good_cannot_strike_it_off() -> None:
    told = issued()
    done(told)
    told(Step.STRUCK_OFF, person="李督学")
    assert told.life().state is ProblemState.AWAITING_STRIKE_OFF
    assert [each.why for each in told.life().disputed] == ["problem-second-person"]
    told(Step.STRUCK_OFF, person="王主任")
    assert told.life().state is ProblemState.STRUCK_OFF


def test_a_good_result_wants_proof_and_a_new_date_wants_a_reason_and_the_office() -> None:
    told = issued()
    told(Step.RECHECKED, data={"result": "done"})
    told(Step.EXTENDED, note="", role="office", data={"set": {"due": "2026-12-01"}})
    told(Step.EXTENDED, data={"set": {"due": "2026-12-01"}})
    told(Step.NOTED, data={"set": {"due": "2027-12-01"}})
    life = told.life()
    assert life.state is ProblemState.RECTIFYING
    assert [each.why for each in life.disputed] == [
        "problem-step-needs-proof",
        "problem-step-needs-reason",
        "problem-step-office-only",
        "problem-field-fixed",
    ]
    assert "due" not in life.fields
    told(Step.EXTENDED, role="office", data={"set": {"due": "2026-12-01"}})
    assert told.life().fields["due"] == "2026-12-01"


def test_an_objection_that_is_upheld_ends_it_and_one_that_is_not_lets_it_go_on() -> None:
    for upheld, state in ((True, ProblemState.WITHDRAWN), (False, ProblemState.RECTIFYING)):
        told = issued()
        told(Step.OBJECTED)
        assert told.life().state is ProblemState.OBJECTED
        told(Step.OBJECTION_DECIDED, role="office", data={"upheld": upheld})
        assert told.life().state is state


def test_what_comes_back_is_open_again_and_counted() -> None:
    told = issued()
    done(told)
    told(Step.STRUCK_OFF, person="王主任")
    told(Step.REOPENED)
    assert (told.life().state, told.life().rebounds) == (ProblemState.RECTIFYING, 1)


def test_struck_off_here_and_found_wanting_there_stays_open_until_somebody_decides() -> None:
    told = issued()
    done(told)
    both = list(told.events)
    told(Step.STRUCK_OFF, person="王主任", seen=both)
    told(Step.STRIKE_OFF_REFUSED, person="赵督学", seen=both, device="laptop-b")
    life = told.life()
    assert life.state is ProblemState.RECTIFYING
    assert [(each.field, set(each.values)) for each in life.conflicts] == [("state", {"struck_off", "rectifying"})]
    told(Step.SETTLED, person="办公室", role="office", data={"state": "struck_off"})
    assert (told.life().state, told.life().conflicts) == (ProblemState.STRUCK_OFF, ())


def test_two_dates_given_at_once_are_both_kept_until_the_office_chooses() -> None:
    told = issued()
    both = list(told.events)
    told(Step.EXTENDED, role="office", seen=both, data={"set": {"due": "2026-12-01"}})
    told(Step.EXTENDED, role="office", seen=both, data={"set": {"due": "2026-12-15"}}, device="office-b")
    (conflict,) = told.life().conflicts
    assert (conflict.field, set(conflict.values)) == ("due", {"2026-12-01", "2026-12-15"})
    told(Step.SETTLED, role="office", data={"set": {"due": "2026-12-15"}})
    assert (told.life().conflicts, told.life().fields["due"]) == ((), "2026-12-15")


@pytest.mark.fault(45)
def test_every_pair_of_concurrent_states_merges_to_the_more_open_one_whoever_comes_first() -> None:
    ways = {
        ProblemState.RECTIFYING: lambda told, seen: told(
            Step.RECHECKED, seen=seen, person="甲", data={"result": "not_done"}
        ),
        ProblemState.AWAITING_STRIKE_OFF: lambda told, seen: told(
            Step.RECHECKED, seen=seen, person="乙", data={"result": "done"}, proof=("x",)
        ),
        ProblemState.AWAITING_RECHECK: lambda told, seen: told(Step.REPORTED, seen=seen, person="丙"),
        ProblemState.OBJECTED: lambda told, seen: told(Step.OBJECTED, seen=seen, person="丁"),
        ProblemState.WITHDRAWN: lambda told, seen: told(Step.WITHDRAWN, seen=seen, role="office"),
    }
    for one, act in ways.items():
        for other, counter in ways.items():
            if one is other:
                continue
            told = issued()
            seen = list(told.events)
            act(told, seen)
            counter(told, seen)
            expected = min(one, other, key=MOST_OPEN_FIRST.index)
            assert life_of(told.events).state is expected
            assert life_of(reversed(told.events)).state is expected
            assert [each.field for each in told.life().conflicts] == ["state"]


def test_events_of_the_first_program_which_named_no_parents_follow_each_other() -> None:
    told = issued()
    old = [replace(event, parents=()) for event in told.events]
    assert life_of(old).state is ProblemState.RECTIFYING
    assert life_of(old).heads == ("e001",)
    recheck = replace(old[1], id="e2", step="rechecked", parents=("e001",), data={"result": "partial"})
    assert life_of([recheck, *old]).returned == 1


def test_forged_circles_and_unknown_steps_are_shown_and_move_nothing() -> None:
    told = issued()
    told("dance")
    told(Step.RECHECKED, data={"result": "perfect"})
    told(Step.AMENDED, data={"set": {"grade": "enormous"}})
    circle = [
        replace(told.events[1], id="x", step="struck_off", parents=("y",)),
        replace(told.events[1], id="y", step="struck_off", parents=("x",)),
    ]
    life = life_of([*told.events, *circle])
    assert life.state is ProblemState.RECTIFYING
    assert [each.why for each in life.disputed] == [
        "problem-step-unknown",
        "problem-step-unreadable",
        "problem-step-unreadable",
        "problem-no-cause",
        "problem-no-cause",
    ]


# --- any order, any duplication, any split ------------------------------------------------------------------


@st.composite
def histories(draw: st.DrawFn) -> list[ProblemEvent]:
    """What three laptops and the office may write, each knowing only what reached it until then."""
    told = issued()
    known: list[list[ProblemEvent]] = [list(told.events) for _ in range(3)]
    people = ("李督学", "赵督学", "王主任")
    for _ in range(draw(st.integers(1, 14))):
        who = draw(st.integers(0, 2))
        if draw(st.booleans()):
            whose = draw(st.integers(0, 2))
            known[who] = list({event.id: event for event in [*known[who], *known[whose]]}.values())
        step = draw(st.sampled_from(list(Step)))
        event = told(
            step,
            person=people[who],
            device=f"laptop-{who}",
            seen=known[who],
            role="office" if who == 2 else "inspector",
            note=draw(st.sampled_from(["", "原因"])),
            proof=draw(st.sampled_from([(), ("sha",)])),
            data=draw(
                st.sampled_from(
                    [
                        {},
                        {"result": "done"},
                        {"result": "not_done"},
                        {"upheld": True},
                        {"upheld": False},
                        {"level": "warning"},
                        {"state": "struck_off"},
                        {"state": "rectifying"},
                        {"set": {"due": "2026-12-01"}},
                        {"set": {"due": "2027-01-01"}},
                        {"set": {"measure": "重做"}},
                        {"result": "done", "set": {"due": "bad"}},
                    ]
                )
            ),
        )
        known[who].append(event)
    return told.events


@pytest.mark.fault(45)
@settings(max_examples=300, deadline=None)
@given(histories(), st.randoms(use_true_random=False), st.integers(0, 20))
def test_any_order_any_copies_and_any_split_give_one_life(
    events: list[ProblemEvent], random: Random, copies: int
) -> None:
    shuffled = [*events, *(random.choice(events) for _ in range(copies))]
    random.shuffle(shuffled)
    assert life_of(shuffled) == life_of(events)


@settings(max_examples=300, deadline=None)
@given(histories())
def test_nothing_is_closed_without_proof_and_a_second_person_and_no_date_moves_without_a_reason(
    events: list[ProblemEvent],
) -> None:
    life = life_of(events)
    refused = {each.event.id for each in life.disputed}
    legal = [event for event in events if event.id not in refused]
    if life.state is ProblemState.STRUCK_OFF:
        strikes = [event for event in legal if event.step == Step.STRUCK_OFF]
        good = [event for event in legal if event.step == Step.RECHECKED and event.data["result"] == "done"]
        assert any(one.person != other.person for one in strikes for other in good)
        assert all(event.proof or event.data.get("visit") for event in good)
    for event in legal:
        if "due" in event.sets():
            assert event.note
            date.fromisoformat(event.sets()["due"])
    assert {each.event.id for each in life.disputed} <= {event.id for event in events}
    assert life.state in {*OPEN_STATES, *ProblemState}


@settings(max_examples=200, deadline=None)
@given(histories())
def test_a_step_that_was_allowed_stays_allowed_whatever_else_arrives_later(events: list[ProblemEvent]) -> None:
    refused = {each.event.id for each in life_of(events).disputed}
    for cut in range(2, len(events)):
        early = {each.event.id for each in life_of(events[:cut]).disputed}
        assert early == refused & {event.id for event in events[:cut]}


@pytest.mark.parametrize("step", list(Step))
def test_every_step_has_a_rule(step: Step) -> None:
    assert step in DEFAULT_STEPS
