"""The office's part after reading: certify who enrolled, confirm what is whole, say what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from jiandu_desktop.sync import names, segment
from jiandu_desktop.sync.heal import formers
from jiandu_desktop.sync.operation import Draft, Op
from jiandu_desktop.sync.refusal import Refusal, Why
from jiandu_desktop.sync.replica import Consequences, Device, Position, Replica, Wants
from jiandu_desktop.sync.trust import acknowledgement, certificate, revocation, want_list

MOST_WANTED = 4000
MOST_TOLD = 500
"""Entries of a list: a hostile folder must not make the office's own records large. The rest follows later."""
TOLD = frozenset(Why) - {Why.INCOMPLETE, Why.MISSING, Why.NO_ACCESS, Why.FUTURE_SCHEMA}
"""Refusals that the owner should hear of; the others pass by themselves."""


def review(
    replica: Replica, missing_segments: frozenset[tuple[str, int]], refusals: Iterable[Refusal]
) -> tuple[Op, ...]:
    """Record what has changed since the last review; nothing changed, nothing recorded (an idle office stays idle)."""
    me = replica.membership()
    newcomers = [device for device in replica.devices().values() if not device.certified and device.last_seq is None]
    certified = tuple(replace(device, certified=True) for device in newcomers)
    drafts: list[Draft] = [certificate(device) for device in newcomers]

    known = replica.acknowledged()
    raised = {device: seq for device, seq in _whole(replica).items() if seq > known.get(device, 0)}
    # Who goes on under a new identity has not seen what was confirmed to the old one since its backup.
    former = {device.forked_from for device in newcomers} & set(known)
    told = {**{device: known[device] for device in former}, **raised}
    digests = {device: _digest(replica, device, seq) for device, seq in told.items()}
    if told:
        drafts.append(acknowledgement(told, digests))

    wanted_before = replica.wants().get(me.device, Wants())
    blobs = frozenset(sorted(missing.ref.name for missing in replica.missing_blobs(None))[:MOST_WANTED])
    told_now = {(each.name, each.why.value) for each in refusals if each.why in TOLD}
    wants = Wants(
        blobs,
        _still_wanted(replica, missing_segments, wanted_before),
        _still_told(replica, told_now, wanted_before, blobs),
    )
    is_news = wants != wanted_before or _speaks_for_the_first_time(replica)
    if is_news:
        drafts.append(want_list(wants))
    if not drafts:
        return ()
    return replica.record(
        drafts,
        Consequences(
            devices=certified,
            acknowledged=raised,
            confirmed={device: digests[device] for device in raised},
            wants=wants if is_news else None,
            publisher=me.device,
        ),
    )


def tell_wants(
    replica: Replica, missing_segments: frozenset[tuple[str, int]], missing_blobs: Collection[str] = ()
) -> tuple[Op, ...]:
    """A laptop's word on what it looked for and did not find whole, where that has changed; the owner or the office
    puts it back."""
    me = replica.membership()
    before = replica.wants().get(me.device, Wants())
    segments = _still_wanted(replica, missing_segments, before)
    wants = Wants(frozenset(sorted(missing_blobs)[:MOST_WANTED]), segments)
    if wants == before and not _speaks_for_the_first_time(replica):
        return ()
    return replica.record([want_list(wants, office=False)], Consequences(wants=wants, publisher=me.device))


def revoke(replica: Replica, device: Device, reason: str) -> tuple[Op, ...]:
    """Read nothing more of this device than the office has read by now; its earlier work stays."""
    last_seq = replica.positions().get(device.device, Position()).seq
    return replica.record(
        [revocation(device, last_seq, reason)],
        Consequences(devices=(replace(device, last_seq=last_seq),), publisher=replica.membership().device),
    )


def _still_wanted(replica: Replica, missing: frozenset[tuple[str, int]], before: Wants) -> frozenset[tuple[str, int]]:
    """What is missing in this folder, and what was missing in another and has not been read since: whoever works with
    two folders in turn would otherwise write a new list at every sync, for ever."""
    positions = replica.positions()
    unread = {(device, seq) for device, seq in before.segments if seq > positions.get(device, Position()).seq}
    return frozenset(sorted(missing | unread)[:MOST_WANTED])


def _still_told(
    replica: Replica, told: set[tuple[str, str]], before: Wants, missing: frozenset[str]
) -> frozenset[tuple[str, str]]:
    """Refused files of this folder, and those of another that nothing has come instead of since."""
    positions = replica.positions()
    for name, why in before.quarantined:
        *place, last = name.split("/")
        parsed = names.parse_segment(last)
        unread = parsed is not None and parsed[0] > positions.get(place[-1] if place else "", Position()).seq
        if unread or last in missing:
            told.add((name, why))
    return frozenset(sorted(told)[:MOST_TOLD])


def _speaks_for_the_first_time(replica: Replica) -> bool:
    """Whether a new identity has no list yet: the old one's last list may have been recorded anew, and would stand."""
    wants = replica.wants()
    return replica.membership().device not in wants and any(wants.get(device) for device in formers(replica))


def _whole(replica: Replica) -> Mapping[str, int]:
    """Per device, the last segment up to which every segment is applied and every blob of theirs is kept here."""
    upto = {device: position.seq for device, position in replica.positions().items()}
    for missing in replica.missing_blobs(None):
        upto[missing.device] = min(upto[missing.device], missing.seq - 1)
    return upto


def _digest(replica: Replica, device: str, seq: int) -> str:
    position = replica.positions().get(device, Position())
    if seq == position.seq:
        return position.digest
    raw = replica.segment_bytes(device, seq)
    return "" if raw is None else segment.digest_of(raw)
