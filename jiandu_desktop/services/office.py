"""督导室: what the office's own computer does beside importing: checklists, publishing, lending numbers, collecting."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from jiandu_desktop.domain.document import NUMBER_MARKS
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import from_text
from jiandu_desktop.domain.inspector import Inspector
from jiandu_desktop.form_engine import load_form
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.exchange import Exchange, SyncReport
from jiandu_desktop.services.joining import Joining
from jiandu_desktop.services.numbering import BLOCK_SIZE, lend
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.unit import read_unit
from jiandu_desktop.services.wire import to_wire
from jiandu_desktop.storage import county, journal, numbers
from jiandu_desktop.storage.county import Checklist
from jiandu_desktop.sync.operation import BlobRef, Draft, Role, period_of

if TYPE_CHECKING:
    from jiandu_desktop.sync.base import Base

BASE_SEGMENTS = 200
BASE_AGE = timedelta(days=30)
"""Segments read from laptops from which on a base is published, and how often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedForm:
    """What adding a checklist did; `new` is False where this very workbook was there already."""

    title: str
    version: str
    items: int
    new: bool


class Office:
    """Only for the office's own data folder; every method raises Trouble `not-office` elsewhere."""

    def __init__(self, store: Store, exchange: Exchange, joining: Joining) -> None:
        self._store = store
        self._exchange = exchange
        self._joining = joining

    def check(self) -> None:
        """Raise Trouble `not-office` unless this data folder is an office's."""
        with self._store.reading() as work:
            if county.fact(work, "role") != Role.OFFICE.value:
                raise Trouble("not-office", path=str(self._store.folder.root))

    def add_form(self, path: Path) -> AddedForm:
        """Put a checklist in force with the files that belong to it; the visits that used an older version keep it.

        The files lie beside the workbook or in its folder `NAME-media`. Raises `form_engine.FormFaults` with every
        fault of the workbook, and Trouble for what is no workbook, `checklist-files-changed` for new files under an old
        version.
        """
        self.check()
        definition = load_form(path)
        content = path.read_bytes()
        counted = sum(item.kind not in ("hidden", "calculate", "note") for item in definition.items.values())
        with self._store.reading() as work:
            known = county.current_checklist(work, definition.form_id)
        files = definition.files()
        attachments = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        if known is not None and known.file_hash == definition.file_hash:
            if attachments != known.attachments:
                raise Trouble("checklist-files-changed", title=known.title, version=known.version)
            return AddedForm(title=known.title, version=known.version, items=known.item_count, new=False)
        now = self._store.clock()
        sha256 = self._store.media.keep(content)
        refs = [BlobRef(sha256, len(content), period_of(now), "checklist")]
        for each in files.values():
            refs.append(BlobRef(self._store.media.keep(each), len(each), period_of(now), "checklist"))
        checklist = Checklist(
            file_hash=sha256,
            form_id=definition.form_id,
            version=definition.version,
            title=definition.title,
            item_count=counted,
            added_at=now,
            attachments=attachments,
        )
        with self._store.writing() as work:
            county.put_checklist(work, checklist)
            data = {"checklist": to_wire(checklist), "blobs": [ref.to_json() for ref in refs]}
            self._store.record(work, [Draft("checklist.put", definition.form_id, data)])
        self._store.publish(Changes(checklists=True))
        return AddedForm(title=definition.title, version=definition.version, items=counted, new=True)

    def inspector(self, name: str) -> Inspector:
        """An inspector by name or certificate number; raises Trouble `inspector-unknown` or `inspector-ambiguous`."""
        with self._store.reading() as work:
            found = [each for each in county.inspectors(work) if name in (each.name, each.certificate)]
        if not found:
            raise Trouble("inspector-unknown", inspector=name)
        if len(found) > 1:
            raise Trouble("inspector-ambiguous", inspector=name, count=len(found))
        return found[0]

    def invite(self, name: str, out: Path) -> Path:
        """Write an invitation for one laptop of this inspector."""
        self.check()
        return self._joining.invite(self.inspector(name), out)

    def publish(self, progress: Progress, folder: str | None = None) -> SyncReport:
        """Read what laptops handed in, lend numbers to those that run short, and publish everything that is new."""
        self.check()
        report = self._exchange.sync(progress, folder)
        if self._lend_numbers():
            # What was lent is of use only once it lies in the folder.
            self._exchange.sync(progress, folder)
        if not report.trouble and self._is_base_due():
            self.base(progress, folder)
        return report

    def base(self, progress: Progress, folder: str | None = None) -> Base:
        """Put everything that the office knows into the folder, for laptops that join later.

        Raises Trouble `not-office`, `no-folder` and what writing to the folder meets.
        """
        from jiandu_desktop.services.replica import StoredReplica
        from jiandu_desktop.sync.base import publish_base
        from jiandu_desktop.sync.folder import Folder
        from jiandu_desktop.sync.look import look

        self.check()
        path = folder or self._exchange.folder()
        if not path:
            raise Trouble("no-folder")
        replica = StoredReplica(self._store)
        target = Folder(Path(path), device=self._store.membership().device)
        look(target, replica)
        made = publish_base(target, replica, progress, now=self._store.clock())
        with self._store.writing() as work:
            county.keep_fact(work, "base_at", to_wire(self._store.clock()))
        return made

    def _is_base_due(self) -> bool:
        """Monthly, once there is so much that reading it piece by piece takes a new laptop long."""
        with self._store.reading() as work:
            at = county.fact(work, "base_at")
            read = sum(seq for seq, _ in journal.positions(work).values())
        return read >= BASE_SEGMENTS and (at is None or self._store.clock() - from_text(at) >= BASE_AGE)

    def _lend_numbers(self) -> bool:
        """Lend each laptop a block of every kind that it runs short of; the blocks of a prefix never overlap."""
        now = self._store.clock()
        with self._store.writing() as work:
            office = read_unit(work).office()
            prefixes = [office.number_prefix(kind) for kind in NUMBER_MARKS]
            order = {person.id: place for place, person in enumerate(county.inspectors(work))}
            laptops = [each for each in journal.devices(work) if each.role == Role.INSPECTOR.value]
            laptops.sort(key=lambda laptop: (order.get(laptop.person, len(order)), laptop.device))
            drafts: list[Draft] = []
            for prefix in prefixes:
                lent = [each for each in numbers.blocks(work, prefix=prefix) if each.year == now.year]
                for laptop in laptops:
                    left = sum(block.left for block in lent if block.device == laptop.device)
                    if left >= BLOCK_SIZE // 2 or laptop.last_seq is not None:
                        continue
                    drafts.append(lend(self._store, work, laptop.device, prefix, now.year))
            self._store.record(work, drafts)
        return bool(drafts)
