"""Rows of the journal's tables for what sync speaks of, and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from jiandu_desktop.storage import journal
from jiandu_desktop.sync import canonical
from jiandu_desktop.sync.operation import BlobRef, Op, Role
from jiandu_desktop.sync.replica import Consequences, Device

if TYPE_CHECKING:
    from jiandu_desktop.storage.records import Work


def settle(work: Work, consequences: Consequences) -> None:
    """Keep what operations mean for sync itself."""
    journal.put_devices(
        work,
        *(
            journal.DeviceRow(
                device=each.device,
                public_key=each.public_key,
                person=each.person,
                role=each.role.value,
                invitation=each.invitation,
                certified=each.certified,
                last_seq=each.last_seq,
                forked_from=each.forked_from,
            )
            for each in consequences.devices
        ),
    )
    for device, seq in consequences.acknowledged.items():
        journal.acknowledge(work, device, seq, consequences.confirmed.get(device, ""))
    if consequences.wants is not None:
        pairs = [[device, seq] for device, seq in sorted(consequences.wants.segments)]
        told = [[name, why] for name, why in sorted(consequences.wants.quarantined)]
        journal.put_wants(work, consequences.publisher, tuple(sorted(consequences.wants.blobs)), pairs, told)


def received_row(op: Op, segment: int) -> tuple[str | int, ...]:
    """The row of an operation that came in a segment: its data is kept as it was spelled there."""
    data = op.spelled or canonical.to_bytes(dict(op.data)).decode("utf-8")
    parents = json.dumps(op.parents, ensure_ascii=False)
    return op.op_id, op.device, op.number, op.hlc, parents, op.person, op.entity, op.kind, data, segment


def ref_of(row: journal.BlobRow) -> BlobRef:
    return BlobRef(row.name, row.length, row.period, row.role)


def blob_row(ref: BlobRef, device: str, seq: int, *, stored: bool) -> tuple[str | int | bool, ...]:
    """The fields of a `journal.BlobRow` that is not sent yet."""
    return ref.name, device, seq, ref.length, ref.period, ref.role, False, stored


def device_of(row: journal.DeviceRow) -> Device:
    return Device(
        device=row.device,
        public_key=row.public_key,
        person=row.person,
        role=Role(row.role),
        invitation=row.invitation,
        certified=row.certified,
        last_seq=row.last_seq,
        forked_from=row.forked_from,
    )
