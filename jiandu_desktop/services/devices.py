"""电脑: who of the county's computers is in use, when it was last heard of, what waits, and how one is shut out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.inspector import Inspector
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.replica import StoredReplica
from jiandu_desktop.services.store import Store
from jiandu_desktop.storage import county, journal
from jiandu_desktop.sync.operation import Role
from jiandu_desktop.sync.review import revoke


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceLine:
    """One computer. `seen` is when its journal was last read here, `written` its own clock's word on its last record;
    `unconfirmed` are segments read but not confirmed (photos missing), `missing_blobs` the files that they wait for.
    `forked_from` is the identity that it had before a restore, "" for none."""

    device: str
    person: str
    office: bool
    app_version: str
    seen: datetime | None
    written: datetime | None
    certified: bool
    revoked: bool
    unconfirmed: int
    missing_blobs: int
    forked_from: str


class Devices:
    """The list on the office's computer; a laptop may look too, but only an office revokes."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rows(self) -> tuple[DeviceLine, ...]:
        """Every computer ever read, by person and then by when it was last heard of."""
        with self._store.reading() as work:
            people = {each.id: each.name for each in county.inspectors(work)}
            known = {each.device: each for each in journal.devices(work)}
            positions = journal.positions(work)
            confirmed = journal.acknowledged(work)
            reports = journal.reports(work)
            missing: dict[str, int] = {}
            for blob in journal.missing_blobs(work, None):
                missing[blob.device] = missing.get(blob.device, 0) + 1
        lines = []
        for device in {*known, *positions}:
            row, report = known.get(device), reports.get(device)
            lines.append(
                DeviceLine(
                    device=device,
                    person=people.get(row.person, row.person) if row else "",
                    office=row is None or row.role == Role.OFFICE.value,
                    app_version=report[0] if report else "",
                    seen=report[1] if report else None,
                    written=report[2] if report else None,
                    certified=row is None or row.certified,
                    revoked=row is not None and row.last_seq is not None,
                    unconfirmed=max(positions.get(device, (0, ""))[0] - confirmed.get(device, 0), 0) if row else 0,
                    missing_blobs=missing.get(device, 0),
                    forked_from=row.forked_from if row else "",
                )
            )
        return tuple(sorted(lines, key=lambda line: (not line.office, line.person, line.device)))

    def people(self) -> tuple[Inspector, ...]:
        """Whom the office may invite."""
        with self._store.reading() as work:
            return county.inspectors(work)

    def revoke(self, device: str, reason: str) -> DeviceLine:
        """Read nothing more of the computer whose identifier begins with `device`; what was read of it stays.

        Takes effect elsewhere with the next publication. Raises Trouble `not-office`, `device-unknown`,
        `device-ambiguous`, `device-is-office`, `conflict-needs-reason`.
        """
        if not self._store.membership().is_office:
            raise Trouble("not-office", path=str(self._store.folder.root))
        if not reason.strip():
            raise Trouble("conflict-needs-reason")
        found = [line for line in self.rows() if line.device.startswith(device)] if device else []
        if not found:
            raise Trouble("device-unknown", device=device)
        if len(found) > 1:
            raise Trouble("device-ambiguous", device=device, count=len(found))
        replica = StoredReplica(self._store)
        known = replica.devices().get(found[0].device)
        if found[0].office or known is None:
            raise Trouble("device-is-office", device=found[0].device)
        revoke(replica, known, reason.strip())
        self._store.publish(Changes(settings=True, sync=True))
        return next(line for line in self.rows() if line.device == found[0].device)
