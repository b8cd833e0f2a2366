"""I1–I11 of the design after peace has come, each a check of its own that says what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from jiandu_desktop.sync import names, register
from jiandu_desktop.sync.causality import History, heads
from tests.faults.simulator.actor import Actor
from tests.faults.simulator.truth import fact_of, name_of, spelled
from tests.faults.simulator.world import World


def check_all(world: World) -> None:
    """Everything that must hold at the end; what must hold at every moment is checked where it happens."""
    world.survey()
    for check in CHECKS:
        check(world)


def nothing_is_lost(world: World) -> None:
    """I1: every fact that anybody still held when the faults stopped is at the office, with its photos."""
    if world.truth.doubled & world.truth.offices:
        return
    # A limit that docs/sync.md names: of two computers with one copied disk, one is restored besides, and the office
    # has taken the other's line; what stood on its own line under the old identity is in the folder and nowhere else.
    struck = world.climate.struck
    copied_and_restored = struck["laptop cloned"] and (struck["laptop restored"] or struck["former journal deleted"])
    office = world.office.replica
    there = {number for op in office.ops if (number := fact_of(op)) is not None}
    for number, fact in world.truth.facts.items():
        if number in there or number in world.truth.gone_facts:
            continue
        if copied_and_restored and fact.device in world.truth.doubled:
            continue
        world.violated("I1", f"fact {number} ({fact.kind}) of {fact.person} never reached the office")
    for op in office.ops:
        for ref in op.blobs:
            if ref.name not in office.state.blobs and ref.name not in world.truth.gone_blobs:
                world.violated("I1", f"{ref.role} {ref.name[:8]} of {op.entity} never reached the office")


def everything_is_once(world: World) -> None:
    """I2."""
    for actor in world.honest:
        once = {(op.hlc, fact_of(op)): op for op in actor.replica.ops if fact_of(op) is not None}.values()
        for count in (Counter(op.op_id for op in actor.replica.ops), Counter(fact_of(op) for op in once)):
            twice = [key for key, times in count.items() if times > 1]
            if twice:
                world.violated("I2", f"{actor.name} has {twice[:3]} more than once")


def nothing_is_changed(world: World) -> None:
    """I3: word for word and byte for byte."""
    for actor in world.honest:
        for op in actor.replica.ops:
            number = fact_of(op)
            if number is not None and world.truth.facts[number].spelled != spelled(op):
                world.violated("I3", f"{actor.name} has fact {number} in other words")
        for name, data in actor.replica.state.blobs.items():
            if name_of(data) != name:
                world.violated("I3", f"{actor.name} keeps other bytes under {name[:8]}")


def replicas_agree(world: World) -> None:
    """I6, I7: everybody knows the same history; what somebody alone knew and lost to a thief does not count."""
    office = world.office
    if world.truth.doubled & world.truth.offices:
        return
    doubled = {number for number, fact in world.truth.facts.items() if fact.device in world.truth.doubled}
    known = _history(world, office) - doubled
    for actor in world.honest[1:]:
        mine = _history(world, actor) - doubled
        if mine != known:
            missing, extra = sorted(known - mine)[:3], sorted(mine - known)[:3]
            world.violated("I6", f"{actor.name} lacks {missing} and has {extra} beyond the office")


def histories_have_one_order(world: World) -> None:
    """I6 for what several people wrote on one thing: the same order everywhere, and never against the parents."""
    office = world.office.replica.state.by_entity
    for actor in world.honest:
        for entity, ops in actor.replica.state.by_entity.items():
            if not entity.startswith(("problem-", "visit-")) or len(ops) < 2:
                continue
            order = [op.op_id for op in History.of(ops).in_order()]
            if actor.is_office:
                world.truth.exercised["things written on concurrently"] += len(heads(ops)) > 1
            if {op.op_id for op in ops} == {op.op_id for op in office.get(entity, ())}:
                expected = [op.op_id for op in History.of(office[entity]).in_order()]
                if order != expected or heads(ops) != heads(office[entity]):
                    world.violated("I6", f"{actor.name} puts {entity} in another order than the office")
            chosen = [op for op in ops if "state" in op.data]
            history = History.of(ops)
            last = [op for op in chosen if not any(history.is_before(op.op_id, other.op_id) for other in chosen)]
            told = {each.value for each in register.values_of(ops, "state", lambda op: op.data)}
            if told != {op.data["state"] for op in last}:
                world.violated(
                    "I7", f"{actor.name} shows {told} for {entity}; nobody has overwritten {len(last)} values"
                )
            place = {op_id: index for index, op_id in enumerate(order)}
            for op in ops:
                earlier = [place.get(parent, -1) for parent in op.parents]
                if max(earlier, default=-1) > place[op.op_id]:
                    world.violated("I6", f"{actor.name} puts {op.op_id} before what it was written in view of")


def all_is_confirmed(world: World) -> None:
    """I1's other half: every laptop hears that its journal has arrived."""
    gone = world.truth.gone_blobs
    if world.truth.doubled & world.truth.offices:
        return
    for actor in world.honest[1:]:
        own = actor.replica.own_segments()
        lost = [each.seq for each in own if any(ref.name in gone for ref in each.blobs)]
        reachable = min(lost) - 1 if lost else (own[-1].seq if own else 0)
        if actor.replica.acknowledged().get(actor.device, 0) < reachable:
            told = actor.replica.acknowledged().get(actor.device, 0)
            world.violated("I1", f"{actor.name} waits for confirmation of {told + 1}–{reachable}")
        if actor.replica.unfrozen_ops():
            world.violated("I1", f"{actor.name} has records that are in no segment")


def nothing_half_is_left(world: World) -> None:
    """Row 1: own half-written files are cleared away by the next push."""
    parts = [
        path
        for tree in world.trees()
        for path, entry in tree.files()
        if path.endswith(".part") and names.is_ours(path) and not entry.foreign
    ]
    mine = tuple(place + actor.device for actor in world.honest for place in ("dev/", "head/"))
    left = [path for path in parts if path.startswith(mine)]
    if left:
        world.violated("I9", f"half-written files stay: {left[:3]}")


CHECKS: tuple[Callable[[World], None], ...] = (
    nothing_is_lost,
    everything_is_once,
    nothing_is_changed,
    replicas_agree,
    histories_have_one_order,
    all_is_confirmed,
    nothing_half_is_left,
)


def _facts(actor: Actor) -> list[int]:
    return [number for op in actor.replica.ops if (number := fact_of(op)) is not None]


def _history(world: World, actor: Actor) -> set[int]:
    return {number for number in _facts(actor) if number not in world.truth.gone_facts}
