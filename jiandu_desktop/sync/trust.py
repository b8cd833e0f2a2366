"""Who may write what: a proven segment is admitted by the office's certificate or a valid enrolment, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import from_text
from jiandu_desktop.sync.fork import is_proven
from jiandu_desktop.sync.identity import KEY_BYTES, device_id
from jiandu_desktop.sync.invitation import ENROL, Invitation, read_invitation
from jiandu_desktop.sync.operation import Draft, Op, Role, is_device, is_digest, may_write
from jiandu_desktop.sync.refusal import Refused, Why
from jiandu_desktop.sync.replica import Consequences, Device, Wants
from jiandu_desktop.sync.root import Root
from jiandu_desktop.sync.segment import Segment

GRACE = timedelta(days=60)
"""A laptop that accepted in time may be away this long before the office first reads it."""

CERTIFIED = "device.certified"
REVOKED = "device.revoked"
ACK = "ack"
WANT = "want"
DEVICE_WANT = "device.want"
FORK = "fork:"
"""Begins the `invitation` of a device that goes on for another one."""


def admit(segment: Segment, root: Root, devices: Mapping[str, Device], now: datetime) -> Consequences:
    """What the segment means for sync, once its writer is known to be allowed everything in it.

    Raises Refused: unknown_device, revoked_device, bad_role (which kind, whose), invitation_expired, _used, _forged.
    """
    writer, changed = _writer(segment, root, devices, now)
    if writer.last_seq is not None and segment.seq > writer.last_seq:
        raise Refused(Why.REVOKED_DEVICE, person=writer.person, last_seq=str(writer.last_seq))
    for op in segment.ops:
        if not may_write(writer.role, op.kind):
            raise Refused(Why.BAD_ROLE, kind=op.kind, person=writer.person)
        if writer.role is Role.INSPECTOR and op.person != writer.person:
            raise Refused(Why.BAD_ROLE, kind=op.kind, person=op.person)
    if writer.role is Role.INSPECTOR:
        return Consequences(devices=changed, wants=_device_wants(segment.ops), publisher=segment.device)
    return publisher_consequences(segment.ops, root, devices)


def publisher_consequences(ops: tuple[Op, ...], root: Root, devices: Mapping[str, Device]) -> Consequences:
    """Certificates, revocations, acknowledgements and wants in a publisher's operations.

    Raises Refused(corrupt) for one that is not as the functions below make it.
    """
    known = dict(devices)
    changed: dict[str, Device] = {}
    acknowledged: dict[str, int] = {}
    confirmed: dict[str, str] = {}
    wants: Wants | None = None
    try:
        for op in ops:
            if op.kind == CERTIFIED:
                device = _certified(op.data, known)
                changed.update({each.device: each for each in _displaced(device, known)})
            elif op.kind == REVOKED:
                device = _revoked(op.data, known)
            elif op.kind == ACK:
                digests = op.data.get("digests", {})
                for name, seq in _counts(op.data["upto"]).items():
                    if seq >= acknowledged.get(name, 0):
                        acknowledged[name] = seq
                        confirmed[name] = str(digests.get(name, ""))
                continue
            elif op.kind == WANT:
                wants = _wants(op.data)
                continue
            else:
                continue
            if root.is_publisher(device.device):
                raise ValueError("a publisher is named by the root file alone")
            known[device.device] = changed[device.device] = device
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused(Why.CORRUPT, detail=str(error)) from error
    publisher = ops[0].device if ops else ""
    return Consequences(
        devices=tuple(changed.values()),
        acknowledged=acknowledged,
        confirmed=confirmed,
        wants=wants,
        publisher=publisher,
    )


def certificate(device: Device) -> Draft:
    """The office's word that this device belongs to this person; it settles who of two used an invitation."""
    data = {
        "device": device.device,
        "public_key": device.public_key.hex(),
        "person": device.person,
        "invitation": device.invitation,
        "forked_from": device.forked_from,
    }
    return Draft(CERTIFIED, device.device, data)


def revocation(device: Device, last_seq: int, reason: str) -> Draft:
    """The office's word that nothing after `last_seq` counts (laptop lost, inspector left); earlier work stays."""
    return Draft(REVOKED, device.device, {"device": device.device, "last_seq": last_seq, "reason": reason})


def acknowledgement(upto: Mapping[str, int], digests: Mapping[str, str]) -> Draft:
    """The office has these segments and all their blobs, verified and durably stored; `digests` are those of the
    segments named, so that a laptop with another history does not take the word for its own."""
    return Draft(ACK, "ack", {"upto": dict(upto), "digests": dict(digests)})


def want_list(wants: Wants, *, office: bool = True) -> Draft:
    """The whole list of what this device misses now (an office: and does not take in); it replaces the one before."""
    data: dict[str, Any] = {
        "names": sorted(wants.blobs),
        "segments": [[device, seq] for device, seq in sorted(wants.segments)],
    }
    if office:
        data["quarantine"] = [[name, why] for name, why in sorted(wants.quarantined)]
    return Draft(WANT, "want", data) if office else Draft(DEVICE_WANT, "want", data)


def publishers(root: Root) -> dict[str, Device]:
    """The office's own computers, as devices; the signed root file alone says who they are."""
    return {
        each.device: Device(device=each.device, public_key=each.public_key, person="", role=Role.OFFICE, certified=True)
        for each in root.publishers
    }


def _writer(
    segment: Segment, root: Root, devices: Mapping[str, Device], now: datetime
) -> tuple[Device, tuple[Device, ...]]:
    """The device record of the writer, and the records that this segment adds."""
    office = publishers(root).get(segment.device)
    if office is not None:
        return office, ()
    known = devices.get(segment.device)
    if known is not None:
        return known, ()
    first = segment.ops[0]
    if first.kind != ENROL or segment.seq != 1:
        raise Refused(Why.UNKNOWN_DEVICE)
    if "forked_from" not in first.data:
        enrolled = _enrolled(segment, first, root, devices, now)
        return enrolled, (enrolled,)
    old = devices.get(str(first.data["forked_from"])) or _lost(segment, first, root, devices, now)
    forked = _forked(segment, first, old)
    return forked, (forked,) if old.device in devices else (old, forked)


def _lost(segment: Segment, op: Op, root: Root, devices: Mapping[str, Device], now: datetime) -> Device:
    """The device that another one goes on for, where its own journal was lost before anybody read it: its enrolment
    was then recorded anew and stands in the same segment."""
    for each in segment.ops[1:]:
        if each.kind == ENROL and "invitation" in each.data:
            key = _key(each)
            if key is not None and device_id(key) == op.data["forked_from"]:
                return _enrolled(replace(segment, device=device_id(key), public_key=key), each, root, devices, now)
    raise Refused(Why.UNKNOWN_DEVICE)


def _key(enrolment: Op) -> bytes | None:
    try:
        key = bytes.fromhex(str(enrolment.data["public_key"]))
    except (ValueError, KeyError):
        return None
    return key if len(key) == KEY_BYTES else None


def _forked(segment: Segment, op: Op, old: Device) -> Device:
    """The device that goes on for another one after a restore, if that one is not revoked and says so."""
    if old.last_seq is not None:
        raise Refused(Why.REVOKED_DEVICE, person=old.person, last_seq=str(old.last_seq))
    try:
        proof, branch = bytes.fromhex(str(op.data["proof"])), int(op.data["branch"])
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(Why.BAD_SIGNATURE) from error
    if op.person != old.person or not is_proven(old.public_key, segment.public_key, segment.repo_id, branch, proof):
        raise Refused(Why.BAD_SIGNATURE)
    return Device(
        device=segment.device,
        public_key=segment.public_key,
        person=old.person,
        role=Role.INSPECTOR,
        invitation=FORK + segment.device,
        forked_from=old.device,
    )


def _enrolled(segment: Segment, op: Op, root: Root, devices: Mapping[str, Device], now: datetime) -> Device:
    """The device that enrols, if its invitation is the office's, meant for this person, unused and in time."""
    try:
        invitation = read_invitation(str(op.data["invitation"]).encode("utf-8"))
        accepted_at = from_text(str(op.data["accepted_at"]))
        claimed = str(op.data["public_key"])
    except (Trouble, ValueError, KeyError) as error:
        raise Refused(Why.INVITATION_FORGED) from error
    if (invitation.root_key, invitation.repo_id) != (root.root_key, root.repo_id):
        raise Refused(Why.INVITATION_FORGED, person=invitation.person_name)
    if claimed != segment.public_key.hex() or op.person != invitation.person:
        raise Refused(Why.INVITATION_FORGED, person=invitation.person_name)
    if accepted_at > invitation.expires_at or now > invitation.expires_at + GRACE:
        raise Refused(Why.INVITATION_EXPIRED, person=invitation.person_name, until=f"{invitation.expires_at:%Y-%m-%d}")
    if _used(invitation, devices):
        raise Refused(Why.INVITATION_USED, person=invitation.person_name)
    return Device(
        device=segment.device,
        public_key=segment.public_key,
        person=invitation.person,
        role=Role.INSPECTOR,
        invitation=invitation.nonce,
    )


def _used(invitation: Invitation, devices: Mapping[str, Device]) -> bool:
    return any(device.invitation == invitation.nonce for device in devices.values())


def _certified(data: Mapping[str, Any], known: Mapping[str, Device]) -> Device:
    public_key = bytes.fromhex(data["public_key"])
    if len(public_key) != KEY_BYTES or device_id(public_key) != data["device"]:
        raise ValueError("certificate")
    before = known.get(data["device"])
    return Device(
        device=data["device"],
        public_key=public_key,
        person=str(data["person"]),
        role=Role.INSPECTOR,
        invitation=str(data["invitation"]),
        certified=True,
        last_seq=before.last_seq if before else None,
        forked_from=str(data.get("forked_from", "")),
    )


def _displaced(winner: Device, known: Mapping[str, Device]) -> list[Device]:
    """Devices that used the certified device's invitation too: what they wrote until now stays, no more is read."""
    return [
        replace(each, last_seq=0)
        for each in known.values()
        if each.invitation == winner.invitation and each.device != winner.device and not each.certified
    ]


def _revoked(data: Mapping[str, Any], known: Mapping[str, Device]) -> Device:
    last_seq = _counts({data["device"]: data["last_seq"]})[data["device"]]
    before = known[data["device"]]
    return replace(before, last_seq=last_seq if before.last_seq is None else min(last_seq, before.last_seq))


def _counts(value: Mapping[str, Any]) -> dict[str, int]:
    for device, seq in value.items():
        if not is_device(device) or not isinstance(seq, int) or isinstance(seq, bool) or seq < 0:
            raise ValueError("numbers per device")
    return dict(value)


def _wants(data: Mapping[str, Any]) -> Wants:
    names = [str(name) for name in data["names"]]
    if not all(is_digest(name) for name in names):
        raise ValueError("wanted names")
    segments = [(str(device), int(seq)) for device, seq in data["segments"]]
    quarantined = [(str(name), str(why)) for name, why in data.get("quarantine", ())]
    return Wants(frozenset(names), frozenset(segments), frozenset(quarantined))


def _device_wants(ops: tuple[Op, ...]) -> Wants | None:
    """The latest list of a laptop in these operations, None where there is none; raises Refused(corrupt)."""
    try:
        return next((_wants(op.data) for op in reversed(ops) if op.kind == DEVICE_WANT), None)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused(Why.CORRUPT, detail=str(error)) from error
