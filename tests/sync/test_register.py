"""Who knew of what: causes before clocks, every value that nobody overwrote knowingly, the same on every computer.

Rows 45 (registers), 46, 48, 51 of the fault catalogue (docs/faults.md).
"""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiandu_desktop.sync import hlc
from jiandu_desktop.sync.causality import History, concurrent, heads
from jiandu_desktop.sync.operation import Draft, Op
from jiandu_desktop.sync.register import is_deleted, shown_first, standing, values_of
from tests.support.county import County

DEVICES = ("a" * 16, "b" * 16, "c" * 16)


def op(device: int, number: int, *parents: str, hlc_ms: int = 0, **fields: object) -> Op:
    stamp = f"{hlc_ms:013d}.0000"
    return Op(f"{DEVICES[device]}:{number}", stamp, parents, "li", "p1", "problem.put", {"set": fields})


def fields(each: Op) -> dict[str, object]:
    return dict(each.data["set"])


@st.composite
def histories(draw: st.DrawFn) -> list[Op]:
    """What three laptops write about one record, each in view of some of the rest."""
    made: list[Op] = []
    counts = [0, 0, 0]
    for _ in range(draw(st.integers(1, 10))):
        device = draw(st.integers(0, 2))
        seen = [each for each in made if each.device == DEVICES[device] or draw(st.booleans())]
        counts[device] += 1
        values = {name: draw(st.integers(0, 2)) for name in ("due", "text") if draw(st.booleans())}
        made.append(op(device, counts[device], *heads(seen), hlc_ms=draw(st.integers(0, 5)), **values))
    return made


@pytest.mark.fault(45)
@settings(max_examples=200, deadline=None)
@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_and_copies_change_nothing(made: list[Op], order: random.Random) -> None:
    again = [*made, *made[:3]]
    order.shuffle(again)
    assert heads(again) == heads(made)
    assert [each.op_id for each in History.of(again).in_order()] == [each.op_id for each in History.of(made).in_order()]
    for name in ("due", "text"):
        before, after = values_of(made, name, fields), values_of(again, name, fields)
        assert [each.value for each in before] == [each.value for each in after]
        if before:
            assert shown_first(before).op == shown_first(after).op


@settings(max_examples=200, deadline=None)
@given(histories())
def test_causes_come_first_and_nothing_is_both_before_and_beside(made: list[Op]) -> None:
    history = History.of(made)
    place = {each.op_id: number for number, each in enumerate(history.in_order())}
    for one, two in itertools.permutations(made, 2):
        before, after = history.is_before(one.op_id, two.op_id), history.is_before(two.op_id, one.op_id)
        assert not (before and after)
        assert concurrent(one, two, made) == (not before and not after)
        if before:
            assert place[one.op_id] < place[two.op_id]
    last = {each.op_id for each in standing(made)}
    assert last == {each.op_id for each in made} - {above for each in made for above in history.above(each.op_id)}, (
        "what stands is what nobody wrote in view of"
    )


def test_both_values_stay_until_somebody_has_seen_both() -> None:
    first = op(0, 1, due="5")
    mine, theirs = op(0, 2, first.op_id, due="6"), op(1, 1, first.op_id, due="7", hlc_ms=9)
    told = values_of([first, mine, theirs], "due", fields)
    assert [each.value for each in told] == ["6", "7"]
    decided = op(2, 1, mine.op_id, theirs.op_id, due="7")
    assert [each.value for each in values_of([first, mine, theirs, decided], "due", fields)] == ["7"]


def test_who_does_not_write_a_field_does_not_overwrite_it() -> None:
    first = op(0, 1, due="5", text="a")
    mine, theirs = op(0, 2, first.op_id, due="6"), op(1, 1, first.op_id, text="b")
    every = [first, mine, theirs]
    assert [each.value for each in values_of(every, "due", fields)] == ["6"]
    assert [each.value for each in values_of(every, "text", fields)] == ["b"]


def test_a_later_clock_does_not_overwrite() -> None:
    first = op(0, 1, due="5", hlc_ms=10**12)
    second = op(1, 1, first.op_id, due="6", hlc_ms=5)
    assert [each.value for each in values_of([first, second], "due", fields)] == ["6"]


def test_between_office_computers_the_first_named_counts_then_the_later_stamp() -> None:
    one, two, three = op(0, 1, due="1", hlc_ms=9), op(1, 1, due="2", hlc_ms=1), op(2, 1, due="3", hlc_ms=2)
    told = values_of([one, two, three], "due", fields)
    rank = {DEVICES[0]: 2, DEVICES[1]: 1, DEVICES[2]: 1}
    assert shown_first(told, rank.__getitem__).value == "3"
    assert shown_first(told).value == "1"


@pytest.mark.fault(46)
def test_an_edit_beats_a_deletion_that_did_not_know_of_it() -> None:
    """Row 46, in every order."""
    first = op(0, 1, text="a")
    deleted = op(0, 2, first.op_id, deleted=True)
    beside, before, after = (
        op(1, 1, first.op_id, text="b"),
        op(1, 1, text="b"),
        op(1, 1, deleted.op_id, text="c"),
    )

    def gone(*ops: Op) -> set[bool]:
        orders = itertools.permutations(ops)
        return {is_deleted(each, lambda one: bool(fields(one).get("deleted"))) for each in orders}

    assert gone(first, deleted) == {True}
    assert gone(first, deleted, beside) == {False}
    assert gone(first, deleted, before) == {False}
    assert gone(first, deleted, after) == {False}


def test_forged_circles_of_parents_end() -> None:
    one, two = op(0, 1, f"{DEVICES[1]}:1"), op(1, 1, f"{DEVICES[0]}:1")
    assert len(History.of([one, two]).in_order()) == 2
    assert heads([one, two]) == ()


@pytest.mark.fault(51)
def test_a_far_future_stamp_is_shown_held_back_and_does_not_spread() -> None:
    """Row 51."""
    now = 1_795_000_000_000
    poisoned = f"{now + 10**10:013d}.0000"
    assert hlc.shown(poisoned, now) == (now + hlc.MAX_AHEAD_MS, True)
    assert hlc.shown(f"{now:013d}.0007", now) == (now, False)
    assert hlc.after_seeing("", poisoned, now) == ""


def test_each_operation_names_all_that_its_writer_had_seen(county: County) -> None:
    li, wang = county.laptop("li"), county.laptop("wang")
    for member in (li, wang):
        member.replica.record([Draft("problem.put", "p1", {})])
        member.sync()
    county.settle()
    (made,) = county.office.replica.record([Draft("problem.put", "p1", {})])
    assert set(made.parents) == {each.op_id for each in li.replica.ops("problem.")}
    assert len(made.parents) == 2
    (third,) = li.replica.record([Draft("problem.put", "p1", {})])
    assert made.op_id not in third.parents
    assert concurrent(made, third, county.office.replica.ops("problem."))
