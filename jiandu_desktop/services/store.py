"""What every service works on: the database, the media, the clock, this laptop's identity, and the change feed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jiandu_desktop import __version__
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import Clock, IdSource
from jiandu_desktop.paths import DataFolder, write_atomically
from jiandu_desktop.services.changes import ChangeFeed, Changes
from jiandu_desktop.services.media import Media
from jiandu_desktop.storage import county, journal
from jiandu_desktop.storage.engine import Database
from jiandu_desktop.storage.glance import Glance
from jiandu_desktop.storage.schema.runner import open_database

if TYPE_CHECKING:
    from jiandu_desktop.storage.records import Work
    from jiandu_desktop.sync.identity import DeviceKey
    from jiandu_desktop.sync.operation import Draft, Op
    from jiandu_desktop.sync.replica import Membership


class Store:
    """One user's data, open. `clock` and `new_id` are handed in so that tests and the demo can set them."""

    def __init__(self, folder: DataFolder, clock: Clock, new_id: IdSource) -> None:
        self.folder = folder.make()
        self.clock = clock
        self.new_id = new_id
        self.media = Media(folder.media)
        self.feed = ChangeFeed()
        self.database: Database = open_database(folder.database, folder.backups, clock)
        self._membership: Membership | None = None

    def close(self) -> None:
        """Give the database file back."""
        self.database.close()

    def today(self) -> date:
        return self.clock().date()

    @contextmanager
    def writing(self) -> Iterator[Work]:
        with self.database.writing() as work:
            yield work

    @contextmanager
    def reading(self) -> Iterator[Work]:
        with self.database.reading() as work:
            yield work

    @contextmanager
    def glancing(self) -> Iterator[Glance]:
        """For lists: whole tables at once, and before anything else of the database is loaded."""
        with self.database.glancing() as glance:
            yield glance

    def publish(self, changes: Changes) -> None:
        """Tell everyone who shows data; call it after the transaction was committed."""
        self.feed.publish(changes)

    def belongs(self) -> bool:
        """Whether this data folder belongs to a unit yet (demo bureaus do)."""
        with self.glancing() as glance:
            return "repo_id" in glance.facts()

    def membership(self) -> Membership:
        """Who this program is in its county; raises Trouble `not-joined` before it belongs to one."""
        if self._membership is None:
            from jiandu_desktop.sync.identity import DeviceKey
            from jiandu_desktop.sync.operation import Role
            from jiandu_desktop.sync.replica import Membership

            with self.glancing() as glance:
                facts = glance.facts()
            path = self._key_path(str(facts.get("device", "")))
            if "repo_id" not in facts or not path.exists():
                raise Trouble("not-joined")
            self._membership = Membership(
                key=DeviceKey.from_bytes(path.read_bytes()),
                repo_id=facts["repo_id"],
                root_key=bytes.fromhex(facts["root_key"]),
                person=facts["person"],
                role=Role(facts["role"]),
                app_version=__version__,
                root_number=int(facts.get("root_number", 0)),
                root_file=bytes.fromhex(facts.get("root_file", "")),
            )
        return self._membership

    def forget_membership(self) -> None:
        """Read it anew at the next asking: the key or the root file have changed."""
        self._membership = None

    def device(self) -> str:
        """This laptop's identifier, "" before it belongs to a unit; without the key that it is the digest of."""
        if self._membership is not None:
            return self._membership.device
        with self.glancing() as glance:
            facts = glance.facts()
        if "repo_id" not in facts:
            return ""
        return str(facts["device"]) if "device" in facts else self.membership().device

    def folder_in_use(self) -> str:
        """The shared folder used last, "" before there is one."""
        with self.glancing() as glance:
            return str(glance.facts().get("folder") or "")

    def make_key(self) -> DeviceKey:
        """The laptop's key, made and kept at the first call; only the user may read the file."""
        from jiandu_desktop.sync.identity import DeviceKey

        if self.folder.key.exists():
            return DeviceKey.from_bytes(self.folder.key.read_bytes())
        return _keep_key(self.folder.key, DeviceKey.generate())

    def spare_key(self) -> DeviceKey:
        """A key for the time when this laptop must take a new identity; the same one until it is in use.

        A database that was put back may name one that the county knows already: whoever used it wrote in its name.
        """
        from jiandu_desktop.sync.identity import DeviceKey

        with self.reading() as work:
            device = str(county.fact(work, "spare_device") or "")
            used = device in journal.positions(work) or any(each.device == device for each in journal.devices(work))
        path = self._key_path(device)
        if device and path.exists() and not used:
            return DeviceKey.from_bytes(path.read_bytes())
        key = DeviceKey.generate()
        _keep_key(self.folder.root / f"device-{key.device}.key", key)
        with self.writing() as work:
            county.keep_fact(work, "spare_device", key.device)
        return key

    def _key_path(self, device: str) -> Path:
        """Where the key of one of this folder's identities lies: the first one, and each that came after."""
        later = self.folder.root / f"device-{device}.key"
        return later if device and later.exists() else self.folder.key

    def record(self, work: Work, drafts: Sequence[Draft]) -> tuple[Op, ...]:
        """Append to the journal within the caller's transaction: number, stamp, person, and as parents, where the draft
        names none, every operation on the same thing that no other one follows."""
        from jiandu_desktop.sync import hlc
        from jiandu_desktop.sync.causality import heads
        from jiandu_desktop.sync.operation import Op

        if not drafts:
            return ()
        me = self.membership()
        number, stamp = journal.tail(work, me.device)
        wall = int(self.clock().timestamp() * 1000)
        made: list[Op] = []
        for draft in drafts:
            number += 1
            seen = self._in_view(work, draft)
            for each in seen:
                stamp = hlc.after_seeing(stamp, each.hlc, wall)
            stamp = hlc.next_stamp(stamp, wall)
            op = Op(
                op_id=f"{me.device}:{number}",
                hlc=stamp,
                parents=draft.parents or heads(seen),
                person=me.person,
                entity=draft.entity,
                kind=draft.kind,
                data=draft.data,
            )
            journal.add_operations(work, [row_of(op)])
            made.append(op)
        return tuple(made)

    def _in_view(self, work: Work, draft: Draft) -> list[Op]:
        """The operations on the draft's entity, which it is written in view of."""
        from jiandu_desktop.sync.causality import UNCHAINED

        return [] if draft.kind in UNCHAINED else [op_of(row) for row in journal.about(work, draft.entity)]


def _keep_key(path: Path, key: DeviceKey) -> DeviceKey:
    """Only the user may read the file."""
    write_atomically(path, key.to_bytes())
    if os.name != "nt":
        path.chmod(0o600)
    return key


def op_of(row: journal.OperationRow) -> Op:
    """The operation that the journal's table keeps."""
    from jiandu_desktop.sync.operation import Op

    return Op(row.op_id, row.hlc, row.parents, row.person, row.entity, row.kind, row.data)


def row_of(op: Op, segment: int | None = None) -> journal.OperationRow:
    """An operation as the journal's table keeps it."""
    return journal.OperationRow(
        op_id=op.op_id,
        device=op.device,
        number=op.number,
        hlc=op.hlc,
        parents=op.parents,
        person=op.person,
        entity=op.entity,
        kind=op.kind,
        data=dict(op.data),
        segment=segment,
    )
