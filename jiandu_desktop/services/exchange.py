"""同步: one round with the shared folder, what it did in words, and how far each visit has come."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.sentences import sentence
from jiandu_desktop.domain.visit import VisitState
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.overview import read_overview
from jiandu_desktop.services.rows_today import SyncState
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.unit import read_unit
from jiandu_desktop.services.wire import from_wire, to_wire
from jiandu_desktop.storage import county, journal, visits

if TYPE_CHECKING:
    from jiandu_desktop.sync.folder import Folder, Mode
    from jiandu_desktop.sync.receipt import Receipt

# What a round needs is imported where one begins: the window's start only asks for the folder's name.

_PROBE_AGE = timedelta(days=7)
_SCRUB_AGE = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderReport:
    """What the folder can do, and the sentence that tells it."""

    mode: Mode
    sentence: str
    free_bytes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What one round did, counted after reading back. `trouble` is the code of what cut it short, "" for nothing."""

    at: datetime
    folder: str
    sent_visits: int = 0
    sent_photos: int = 0
    sent_documents: int = 0
    sent_bytes: int = 0
    sent_schools: int = 0
    sent_assignments: int = 0
    sent_checklists: int = 0
    arrived_schools: int = 0
    arrived_assignments: int = 0
    arrived_checklists: int = 0
    arrived_visits: int = 0
    arrived_problems: int = 0
    waiting_visits: int = 0
    readable: int = 0
    refused: int = 0
    is_office: bool = False
    trouble: str = ""
    trouble_values: dict[str, str] = field(default_factory=dict)

    def sentence(self) -> str:
        """The one line that the sync page and the command line show."""
        if self.trouble:
            return sentence(self.trouble, self.trouble_values)
        time = f"{self.at:%H:%M}"
        told = {
            "sync-sent": _counted(visits=self.sent_visits, photos=self.sent_photos, documents=self.sent_documents),
            "sync-published": _counted(
                schools=self.sent_schools, checklists=self.sent_checklists, assignments=self.sent_assignments
            ),
            "sync-arrived-plan": _counted(
                schools=self.arrived_schools,
                checklists=self.arrived_checklists,
                assignments=self.arrived_assignments,
            ),
            "sync-collected" if self.is_office else "sync-arrived-visits": _counted(
                visits=self.arrived_visits, problems=self.arrived_problems
            ),
        }
        parts = [sentence(code, {"what": what, "time": time}) for code, what in told.items() if what]
        if self.refused:
            parts.append(sentence("sync-refused", {"refused": self.refused}))
        return "".join(parts or [sentence("sync-nothing-new", {"time": time})])


def _counted(**counts: int) -> str:
    """「3 份记录、41 张照片」: what there is of each, in words; nothing is said of what there is none of."""
    return "、".join(sentence(f"count-{name}", {"count": count}) for name, count in counts.items() if count)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingVisit:
    """A visit of this laptop that the office has not confirmed yet."""

    visit_id: str
    school: str
    task: str
    photos: int
    documents: int
    state: SyncState


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """One earlier round, newest first; `code` is short enough to say on the telephone."""

    at: datetime
    text: str
    code: str
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFile:
    """A file in the folder that waits or was refused, and why."""

    name: str
    reason: str
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncOverview:
    """The sync page."""

    folder: str
    office: str
    last: datetime | None
    waiting: tuple[WaitingVisit, ...]
    receipts: tuple[ReceiptLine, ...]
    refused: tuple[RefusedFile, ...]


class Exchange:
    """Rounds with the shared folder; runs on the folder's lane and never on the window's thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def folder(self) -> str:
        """The shared folder used last, "" before there is one."""
        return self._store.folder_in_use()

    def set_folder(self, path: str) -> None:
        """Use another folder of the same office (a share at the office, a stick on the road)."""
        with self._store.writing() as work:
            county.keep_fact(work, "folder", path)
        self._store.publish(Changes(sync=True))

    def probe(self, path: str) -> FolderReport:
        """Try a folder; raises Trouble as `sync.root.read_root` does for one that is not this office's."""
        from jiandu_desktop.sync.disk import LocalDisk
        from jiandu_desktop.sync.folder import Folder
        from jiandu_desktop.sync.probe import probe
        from jiandu_desktop.sync.root import read_root

        me = self._store.membership()
        root = read_root(Folder(Path(path), device=me.device), repo_id=me.repo_id, root_key=me.root_key)
        now = self._store.clock()
        found = probe(Path(path), LocalDisk(), device=me.device, nonce=secrets.token_hex(4), now=now)
        with self._store.writing() as work:
            county.keep_fact(work, f"probe.{path}", {"mode": found.mode.value, "at": to_wire(now)})
            county.keep_fact(work, "root_file", root.file.hex())
        free = "?" if found.free_bytes is None else found.free_bytes // (1 << 20)
        return FolderReport(
            mode=found.mode,
            sentence=sentence(f"folder-mode-{found.mode.value}", {"path": path, "free": free}),
            free_bytes=found.free_bytes,
        )

    def prepare_stick(self, path: str) -> None:
        """Make a blank stick one more folder of the office, with the root file that this laptop knows.

        A folder that has a root is left as it is. Raises Trouble `folder-missing`, `folder-not-jiandu` (this laptop
        has never seen the office's folder), `folder-full` and whatever else writing meets.
        """
        from jiandu_desktop.sync.folder import Folder
        from jiandu_desktop.sync.root import lay_root

        with self._store.reading() as work:
            known = county.fact(work, "root_file")
        if known is None:
            raise Trouble("folder-not-jiandu", path=path)
        lay_root(Folder(Path(path), device=self._store.membership().device), bytes.fromhex(known))

    def sync(self, progress: Progress, folder: str | None = None) -> SyncReport:
        """One round; safe to cancel at any byte and to repeat.

        Raises Cancelled, and Trouble for a folder that is missing, another office's, newer, or gone half-way: what
        was done until then stays done and is not done twice.
        """
        from jiandu_desktop.services.replica import StoredReplica
        from jiandu_desktop.sync.folder import Folder, Mode
        from jiandu_desktop.sync.once import sync_once

        path = folder or self.folder()
        if not path:
            raise Trouble("no-folder")
        me = self._store.membership()
        now = self._store.clock()
        with self._store.reading() as work:
            facts = county.facts(work)
        target = Folder(Path(path), device=me.device, mode=self._mode(path, facts, now), check=progress.check)
        scrubbed = facts.get(f"scrub.{path}")
        scrub = scrubbed is None or now - datetime.fromisoformat(scrubbed) > _SCRUB_AGE
        replica = StoredReplica(self._store)
        try:
            receipt = sync_once(target, replica, progress, now=now, scrub=scrub)
            readable = 0
            if target.mode is not Mode.READ_ONLY and not receipt.trouble:
                readable = self._write_tree(target, progress, again=scrub)
            report = _report(receipt, now, path, readable, is_office=me.is_office)
            with self._store.writing() as work:
                if scrub:
                    county.keep_fact(work, f"scrub.{path}", to_wire(now))
                if not facts.get("folder"):
                    county.keep_fact(work, "folder", path)
                journal.put_receipt(
                    work,
                    journal.ReceiptRow(id=self._store.new_id(), at=now, folder=path, report=to_wire(report)),
                )
        finally:
            self._store.publish(replica.changes | Changes(sync=True))
        return report

    def state(self) -> SyncOverview:
        """What waits, what was done, what was refused."""
        view = read_overview(self._store)
        with self._store.reading() as work:
            path = str(county.fact(work, "folder") or "")
            unit = read_unit(work)
            receipts = journal.receipts(work)[:50]
            refusals = journal.refusals(work)
        waiting = []
        for visit in view.visits:
            state = view.sync_state(visit)
            if visit.device != view.device or visit.state is VisitState.DRAFT or state is SyncState.CONFIRMED:
                continue
            waiting.append(
                WaitingVisit(
                    visit_id=visit.id,
                    school=view.schools[visit.school_id].name,
                    task=visit.task,
                    photos=sum(n for (visit_id, _), n in view.photo_counts.items() if visit_id == visit.id),
                    documents=sum(document.visit_id == visit.id for document in view.documents),
                    state=state,
                )
            )
        lines = tuple(_line(receipt) for receipt in receipts)
        return SyncOverview(
            folder=path,
            office=unit.name,
            last=next((line.at for line in lines if line.complete), None),
            waiting=tuple(waiting),
            receipts=lines,
            refused=tuple(
                RefusedFile(name=each.name, reason=sentence(each.code, each.facts), seen_at=each.seen_at)
                for each in refusals
            ),
        )

    def _mode(self, path: str, facts: Mapping[str, Any], now: datetime) -> Mode:
        from jiandu_desktop.sync.folder import Mode

        known = facts.get(f"probe.{path}")
        if known is None or now - datetime.fromisoformat(known["at"]) > _PROBE_AGE or known["mode"] == "read-only":
            return self.probe(path).mode
        return Mode(known["mode"])

    def _write_tree(self, folder: Folder, progress: Progress, *, again: bool) -> int:
        """Readable copies of documents whose bytes are here; every one again now and then, in case one was lost."""
        from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES
        from jiandu_desktop.services.replica import StoredReplica
        from jiandu_desktop.sync.tree import Readable, write_tree

        key = f"tree.{folder.root}"
        with self._store.reading() as work:
            known = set() if again else set(county.fact(work, key) or ())
            schools = {school.id: school.name for school in county.schools(work)}
            todo = [each for each in visits.documents(work) if each.id not in known]
        if not todo:
            return 0
        readables = [
            Readable(
                sha256=each.sha256,
                day=each.issued_at.date(),
                school=schools[each.school_id],
                title=f"{DOCUMENT_KIND_NAMES[each.kind]} {each.number}",
            )
            for each in todo
        ]
        done = write_tree(folder, readables, StoredReplica(self._store).read_blob, progress)
        absent = set(done.absent)
        with self._store.writing() as work:
            before = set(county.fact(work, key) or ())
            written = {each.id for each in todo if each.sha256 not in absent}
            county.keep_fact(work, key, sorted(before | written))
        return len(done.written)


def _report(receipt: Receipt, now: datetime, path: str, readable: int, *, is_office: bool) -> SyncReport:
    return SyncReport(
        at=now,
        folder=path,
        sent_visits=receipt.sent.visits,
        sent_photos=receipt.sent.photos,
        sent_documents=receipt.sent.documents,
        sent_bytes=receipt.sent.bytes,
        sent_schools=receipt.sent.schools,
        sent_assignments=receipt.sent.assignments,
        sent_checklists=receipt.sent.other_blobs,
        arrived_schools=receipt.arrived.schools,
        arrived_assignments=receipt.arrived.assignments,
        arrived_checklists=receipt.arrived.other_blobs,
        arrived_visits=receipt.arrived.visits,
        arrived_problems=receipt.arrived.problems,
        waiting_visits=receipt.waiting.visits,
        readable=readable,
        is_office=is_office,
        refused=len(receipt.refused),
        trouble=receipt.trouble,
        trouble_values=dict(receipt.trouble_values),
    )


def _line(receipt: journal.ReceiptRow) -> ReceiptLine:
    report = receipt.report
    return ReceiptLine(
        at=receipt.at,
        text=from_wire(SyncReport, report).sentence(),
        code=receipt.id.replace("-", "")[-6:].upper(),
        complete=not report["trouble"] and not report["refused"],
    )
