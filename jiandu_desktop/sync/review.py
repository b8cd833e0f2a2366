"""The office's part after reading: certify who enrolled, confirm what is whole, say what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from jiandu_desktop.sync.operation import Draft, Op
from jiandu_desktop.sync.replica import Consequences, Device, Replica, Wants
from jiandu_desktop.sync.trust import acknowledgement, certificate, revocation, want_list


def review(replica: Replica, missing_segments: frozenset[tuple[str, int]]) -> tuple[Op, ...]:
    """Record what has changed since the last review; nothing changed, nothing recorded (an idle office stays idle)."""
    me = replica.membership()
    newcomers = [device for device in replica.devices().values() if not device.certified and device.last_seq is None]
    certified = tuple(replace(device, certified=True) for device in newcomers)
    drafts: list[Draft] = [certificate(device) for device in newcomers]

    confirmed = replica.acknowledged()
    raised = {device: seq for device, seq in _whole(replica).items() if seq > confirmed.get(device, 0)}
    if raised:
        drafts.append(acknowledgement(raised))

    blobs = frozenset(missing.ref.name for missing in replica.missing_blobs(None))
    wants = Wants(blobs, missing_segments)
    wanted_before = replica.wants().get(me.device, Wants())
    if wants != wanted_before:
        drafts.append(want_list(wants))
    if not drafts:
        return ()
    return replica.record(
        drafts,
        Consequences(
            devices=certified,
            acknowledged=raised,
            wants=wants if wants != wanted_before else None,
            publisher=me.device,
        ),
    )


def revoke(replica: Replica, device: Device, reason: str) -> tuple[Op, ...]:
    """Read nothing more of this device than the office has read by now; its earlier work stays."""
    last_seq = replica.positions()[device.device].seq
    return replica.record(
        [revocation(device, last_seq, reason)],
        Consequences(devices=(replace(device, last_seq=last_seq),), publisher=replica.membership().device),
    )


def _whole(replica: Replica) -> Mapping[str, int]:
    """Per device, the last segment up to which every segment is applied and every blob of theirs is kept here."""
    upto = {device: position.seq for device, position in replica.positions().items()}
    for missing in replica.missing_blobs(None):
        upto[missing.device] = min(upto[missing.device], missing.seq - 1)
    return upto
