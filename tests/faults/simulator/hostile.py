"""What a hostile hand puts into the folder: replays, forgeries, and a true laptop with a changed program."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from jiandu_desktop.sync import names, segment
from jiandu_desktop.sync.identity import DeviceKey
from jiandu_desktop.sync.operation import Draft, Op
from tests.faults.simulator.actor import Actor
from tests.faults.simulator.memory import MemoryReplica
from tests.faults.simulator.truth import REPO
from tests.faults.simulator.world import World, key


def replayed_segment(world: World) -> bool:
    """A true segment under the next number of another device's journal."""
    tree = world.choose(world.trees())
    segments = [entry.data for path, entry in tree.files() if path.startswith("dev/") and not entry.foreign]
    laptop = world.choose(world.laptops)
    return bool(segments) and _plant(world, laptop, world.choose(segments))


def forged_segment(world: World) -> bool:
    """The next segment of somebody, by a hand that lacks the key; or a laptop says what only offices may."""
    laptop = world.choose(world.laptops)
    own = laptop.replica.own_segments()
    if not own:
        return False
    if world.pick(2):
        return _rogue(world)
    raw = laptop.replica.own_segment_bytes(own[-1].seq)
    found = segment.decode(raw, REPO)
    ops = tuple(
        Op(f"{found.device}:{found.last_op + n + 1}", op.hlc, (), op.person, op.entity, op.kind, {"forged": True})
        for n, op in enumerate(found.ops)
    )
    thief = key("thief")
    fake = replace(found, seq=found.seq + 1, previous=found.digest, ops=ops, public_key=thief.public)
    signed_by_thief = segment.encode(fake, thief)
    # Under the true device's public key, with the thief's signature over it.
    content = signed_by_thief.replace(thief.public.hex().encode(), found.public_key.hex().encode())[:-96]
    return _plant(world, laptop, _closed(content, thief))


def _closed(content: bytes, hand: DeviceKey) -> bytes:
    """`content` with its digest and a signature of `hand`."""
    digest = hashlib.sha256(content).digest()
    return content + digest + hand.sign(segment.DOMAIN, digest)


def _plant(world: World, laptop: Actor, data: bytes) -> bool:
    own = laptop.replica.own_segments()
    seq = (own[-1].seq if own else 0) + 1
    path = f"dev/{laptop.device}/{names.segment(seq, segment.digest_of(data))}"
    if world.share.find(path) is not None:
        return False
    world.share.place(path, data)
    return True


def _rogue(world: World) -> bool:
    """A laptop with a true invitation and a changed program: it confirms, revokes and assigns."""
    if world.rogue is not None:
        return False
    rogue = world.join("rogue")
    world.actors.remove(rogue)
    world.rogue = rogue.replica
    victim = world.choose(world.laptops).device
    rogue.replica.record(
        [
            Draft("ack", "ack", {"upto": {victim: 99}}),
            Draft("assignment.made", "rogue", {}),
            Draft("device.revoked", victim, {"device": victim, "last_seq": 0, "reason": "rogue"}),
        ]
    )
    publish(world, world.rogue)
    return True


def publish(world: World, replica: MemoryReplica) -> None:
    """Put a journal into the folder as a program would that checks nothing."""
    me = replica.membership()
    previous = segment.FIRST_PREVIOUS
    ops = list(replica.unfrozen_ops())
    for seq, part in enumerate((ops[:1], ops[1:]), start=1):
        made = segment.Segment(
            repo_id=me.repo_id,
            device=me.device,
            public_key=me.key.public,
            seq=seq,
            previous=previous,
            ops=tuple(part),
            app_version="rogue",
        )
        raw = segment.encode(made, me.key)
        previous = segment.digest_of(raw)
        world.share.place(f"dev/{me.device}/{names.segment(seq, previous)}", raw)
        world.truth.crafted(raw)
