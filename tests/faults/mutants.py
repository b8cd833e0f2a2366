"""Deliberate bugs in the protocol, each of which the simulator must notice: the check of the checks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest import mock

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.sync import (
    base,
    blobs,
    heal,
    look,
    names,
    once,
    packing,
    pull,
    push,
    register,
    retention,
    review,
    segment,
    trust,
)
from jiandu_desktop.sync.causality import History
from jiandu_desktop.sync.folder import Folder
from jiandu_desktop.sync.pull import _Pull
from jiandu_desktop.sync.push import _Push
from jiandu_desktop.sync.refusal import Refused, Why
from jiandu_desktop.sync.replica import Arrival, Position
from tests.faults.simulator import actor, ages
from tests.faults.simulator.memory import MemoryReplica

Patch = tuple[object, str, Any]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One bug: what it is called, and what is replaced by what."""

    name: str
    patches: tuple[Patch, ...]

    @contextmanager
    def at_work(self) -> Iterator[None]:
        with ExitStack() as stack:
            for owner, name, value in self.patches:
                stack.enter_context(mock.patch.object(owner, name, value))
            yield


def _always(value: object) -> Callable[..., Any]:
    return lambda *arguments, **named: value


# --- pushing ------------------------------------------------------------------------------------------------

_push_init, _put = _Push.__init__, Folder.put


def _believes_it_is_there(self: _Push, folder: Folder, replica: Any, progress: Any, seen: Any, listed: Any) -> None:
    own = {names.segment(each.seq, each.digest) for each in replica.own_segments()}
    _push_init(self, folder, replica, progress, seen, {*listed, *own})


def _overwrites(self: Folder, path: str, data: bytes, *, mine: bool, **more: Any) -> int:
    return _put(self, path, data, mine=True, **more)


def _clears_all_parts(self: _Push) -> None:
    for name in self._folder.list(names.HEADS):
        if name.endswith(names.PART):
            self._folder.remove_mine(f"{names.HEADS}/{name}")


def _ripe_when_sent(replica: Any, now: object, age: object) -> list[Any]:
    return [each for each in replica.own_segments() if each.sent]


def _removes_without_reading(folder: Folder, replica: Any, listed: Any, packs: list[Any], ripe: set[int]) -> int:
    me = replica.membership().device
    for first, last, _ in packs:
        for each in replica.own_segments():
            if first <= each.seq <= last and names.segment(each.seq, each.digest) in listed:
                folder.remove_mine(f"{names.journal(me)}/{names.segment(each.seq, each.digest)}")
    return 0


def _purges_what_was_sent(replica: MemoryReplica, *arguments: object, **named: object) -> None:
    for held in replica.held_blobs():
        if held.ref.name in replica.state.sent_blobs:
            replica.purge_blob(held.ref.name)


def _forgets_the_unsent(self: MemoryReplica, branch: Position, enrolment: Any) -> None:
    last = self.state.own[branch.seq].last_op if branch.seq else 0
    kept = [op for op in self.state.history if op.device != self.device or op.number <= last]
    self.state.history, self.state.known, self.state.by_entity = [], {}, {}
    for op in kept:
        self.insert(op)
    _renew(self, branch, enrolment)


_renew = MemoryReplica.renew


# --- pulling ------------------------------------------------------------------------------------------------

_decode, _prove, _note_gap, _admit, _read_journal = (
    segment.decode,
    _Pull._prove,
    _Pull._note_gap,
    trust.admit,
    _Pull._read_journal,
)


def _decodes_without_digest(data: bytes, repo_id: str) -> segment.Segment:
    content = data[:-96]
    return _decode(content + hashlib.sha256(content).digest() + data[-64:] if len(data) > 110 else data, repo_id)


def _trusts_the_name(self: _Pull, device: str, seq: int, name: str, packed: bytes | None) -> Arrival:
    try:
        return _prove(self, device, seq, name, packed)
    except Refused as refused:
        if refused.why is not Why.BAD_SIGNATURE or "found" not in refused.values:
            raise
        raw, found = self._decode(device, name)
        consequences = trust.admit(found, self._look.root, self._devices, self._now)
        return Arrival(segment=replace(found, device=device, seq=seq), raw=raw, consequences=consequences)


def _takes_heads_for_reading(self: _Pull, device: str, seq: int, last_listed: int) -> None:
    if self._look.seq_of(device) >= seq:
        position = Position(self._look.seq_of(device), self._position(device).digest)
        self._replica.state.positions[device] = self._positions[device] = position  # type: ignore[attr-defined]
    _note_gap(self, device, seq, last_listed)


def _takes_absence_for_deletion(self: _Pull, device: str, scrub: bool) -> None:
    replica: Any = self._replica
    if self._position(device).seq and not self._folder.list(names.journal(device)):
        kept = [op for op in replica.state.history if op.device != device]
        replica.state.history, replica.state.known, replica.state.by_entity = [], {}, {}
        for op in kept:
            replica.insert(op)
        replica.state.positions.pop(device)
        self._positions.pop(device)
    _read_journal(self, device, scrub)


def _admits_the_revoked(found: Any, root: Any, devices: Any, now: Any) -> Any:
    return _admit(found, root, {name: replace(each, last_seq=None) for name, each in devices.items()}, now)


def _applies_in_two_steps(self: MemoryReplica, *arrivals: Arrival) -> None:
    with self._transaction("apply"):
        for op in (op for arrival in arrivals for op in arrival.segment.ops):
            self.insert(op)
    known = set(self.state.known)
    _apply(self, *arrivals)
    assert known <= set(self.state.known)


_apply = MemoryReplica.apply


def _accepts_any_root(folder: Folder, **named: Any) -> Any:
    try:
        return _read_root(folder, **named)
    except Trouble:
        if not _roots:
            raise
        return _roots[0]


def _remembers_root(folder: Folder, **named: Any) -> Any:
    found = _accepts_any_root(folder, **named)
    _roots[:] = [found]
    return found


_read_root, _roots = look.read_root, list[Any]()


# --- the office ---------------------------------------------------------------------------------------------

_whole, _end = review._whole, base._end


def _confirms_early(replica: Any) -> dict[str, int]:
    return {device: seq + 1 for device, seq in _whole(replica).items()}


def _confirms_without_photos(replica: Any) -> dict[str, int]:
    return {device: position.seq for device, position in replica.positions().items()}


def _base_says_too_much(replica: Any) -> Any:
    end = _end(replica)
    ahead = {device: Position(position.seq + 1, position.digest) for device, position in end.positions.items()}
    return replace(end, positions=ahead)


def _latest(ops: Any, reads: Callable[[Any], bool] = bool) -> tuple[Any, ...]:
    chosen = [op for op in ops if reads(op)]
    return (max(chosen, key=lambda op: op.hlc),) if chosen else ()


def _by_the_clock(self: History) -> tuple[Any, ...]:
    return tuple(sorted(self.ops.values(), key=lambda op: (op.hlc, op.op_id)))


MUTANTS = (
    Mutant("no own-presence check", ((_Push, "__init__", _believes_it_is_there),)),
    Mutant("the office does not heal", ((pull, "put_back", _always(None)), (heal, "put_segment", _always(True)))),
    Mutant("no want list", ((push, "serve", _always(([], []))),)),
    Mutant("no flush", ((Folder, "_flush", _always(None)),)),
    Mutant("overwrites what exists", ((Folder, "put", _overwrites),)),
    Mutant("deletes others' half-written files", ((_Push, "_clear_parts", _clears_all_parts),)),
    Mutant("marks as sent without reading back", ((Folder, "_is_written", _always(True)),)),
    Mutant("no hash in the name", ((names, "segment", lambda seq, digest: f"{seq:08d}-{'0' * 16}.seg"),)),
    Mutant(
        "no fork check",
        (
            (push, "go_on_after_fork", _always(False)),
            (once, "unknown_own", _always(())),
            (_Pull, "_is_another_history", _always(False)),
        ),
    ),
    Mutant("a new identity forgets what was not sent", ((MemoryReplica, "renew", _forgets_the_unsent),)),
    Mutant("a confirmation of another history is believed", ((_Pull, "_is_another_history", _always(False)),)),
    Mutant(
        "former journals are not sent again", ((push, "resend_former", _always(None)), (heal, "formers", _always(())))
    ),
    Mutant("purges on upload", ((actor, "purge", _purges_what_was_sent),)),
    Mutant("purges what is not confirmed", ((retention, "purgeable", lambda replica, **named: _held(replica)),)),
    Mutant("packs before confirmation", ((packing, "_ripe", _ripe_when_sent),)),
    Mutant("removes originals without reading the pack", ((packing, "_remove_packed", _removes_without_reading),)),
    Mutant("no content check of photos", ((blobs, "is_named", _always(True)),)),
    Mutant(
        "no digest check of segments", ((segment, "decode", _decodes_without_digest), (ages, "_proved", _always(True)))
    ),
    Mutant("no signature check", ((ages, "_proved", _always(True)),)),
    Mutant("no role check", ((trust, "may_write", _always(True)),)),
    Mutant("revocation ignored", ((pull, "admit", _admits_the_revoked),)),
    Mutant("trusts the name, not the content", ((_Pull, "_prove", _trusts_the_name),)),
    Mutant("cursor from the head", ((_Pull, "_note_gap", _takes_heads_for_reading),)),
    Mutant("absent means deleted", ((_Pull, "_read_journal", _takes_absence_for_deletion),)),
    Mutant("operations applied twice", ((MemoryReplica, "apply", _applies_in_two_steps),)),
    Mutant("writes into any folder", ((look, "read_root", _remembers_root),)),
    Mutant("confirms early", ((review, "_whole", _confirms_early),)),
    Mutant("confirms without photos", ((review, "_whole", _confirms_without_photos),)),
    Mutant("a base says more than it holds", ((base, "_end", _base_says_too_much),)),
    Mutant(
        "wants what this folder lacks, and no more",
        ((review, "_still_wanted", lambda replica, missing, before: missing),),
    ),
    Mutant("the clock decides", ((History, "in_order", _by_the_clock),)),
    Mutant("the last write by the clock wins", ((register, "standing", _latest),)),
    Mutant("goes on from the wrong branch", ((push, "branch_of", lambda own, *others: _last(own)),)),
)


def _held(replica: Any) -> tuple[Any, ...]:
    return tuple(held.ref for held in replica.held_blobs())


def _last(own: Any) -> Position:
    return Position(own[-1].seq, own[-1].digest) if own else Position()
