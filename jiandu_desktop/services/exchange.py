"""同步: one round with the shared folder, what it did in words, and how far each visit has come."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.sentences import sentence
from jiandu_desktop.domain.visit import VisitState
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.overview import read_overview
from jiandu_desktop.services.rounds import (
    FolderReport,
    ReceiptLine,
    RefusedFile,
    SyncOverview,
    SyncReport,
    WaitingVisit,
    line_of,
    report_of,
)
from jiandu_desktop.services.rows_today import SyncState
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.unit import read_unit
from jiandu_desktop.services.wire import to_wire
from jiandu_desktop.storage import county, journal

if TYPE_CHECKING:
    from jiandu_desktop.sync.folder import Folder, Mode
    from jiandu_desktop.sync.receipt import Receipt

__all__ = ["Exchange", "FolderReport", "ReceiptLine", "RefusedFile", "SyncOverview", "SyncReport", "WaitingVisit"]

# What a round needs is imported where one begins: the window's start only asks for the folder's name.

_PROBE_AGE = timedelta(days=7)
_SCRUB_AGE = timedelta(days=1)


class Exchange:
    """Rounds with the shared folder; runs on the folder's lane and never on the window's thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def folder(self) -> str:
        """The shared folder used last, "" before there is one."""
        return self._store.folder_in_use()

    def set_folder(self, path: str) -> None:
        """Use another folder of the same office (a share at the office, a stick on the road)."""
        from jiandu_desktop.services.shared_folders import SharedFolders

        SharedFolders(self._store).use(path)

    def probe(self, path: str) -> FolderReport:
        """Try a folder; raises Trouble as `sync.root.read_root` does for one that is not this office's."""
        from jiandu_desktop.services.mounts import Place, place_of
        from jiandu_desktop.sync.disk import LocalDisk
        from jiandu_desktop.sync.folder import Folder
        from jiandu_desktop.sync.probe import probe
        from jiandu_desktop.sync.root import read_root

        me = self._store.membership()
        root = read_root(Folder(Path(path), device=me.device), repo_id=me.repo_id, root_key=me.root_key)
        now = self._store.clock()
        found = probe(Path(path), LocalDisk(), device=me.device, nonce=secrets.token_hex(4), now=now)
        with self._store.writing() as work:
            careful = not found.reads_back or place_of(Path(path))[0] is not Place.NETWORK
            known = {"mode": found.mode.value, "at": to_wire(now), "careful": careful}
            county.keep_fact(work, f"probe.{path}", known)
            if root.number >= int(county.fact(work, "root_number") or 0):
                county.keep_fact(work, "root_file", root.file.hex())
                county.keep_fact(work, "root_number", root.number)
        self._store.forget_membership()
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
        from jiandu_desktop.services.replica import StoredReplica, catch_up
        from jiandu_desktop.services.threads import Threads
        from jiandu_desktop.sync.folder import Folder
        from jiandu_desktop.sync.once import sync_once

        path = folder or self.folder()
        if not path:
            raise Trouble("no-folder")
        now = self._store.clock()
        with self._store.reading() as work:
            facts = county.facts(work)
        replica = StoredReplica(self._store)
        replica.changes |= catch_up(self._store)
        mode, careful = self._mode(path, facts, now)
        me = self._store.membership()
        scrubbed = facts.get(f"scrub.{path}")
        scrub = scrubbed is None or now - datetime.fromisoformat(scrubbed) > _SCRUB_AGE
        threads = Threads()
        target = Folder(Path(path), device=me.device, mode=mode, check=progress.check, lanes=threads, careful=careful)
        try:
            receipt = sync_once(target, replica, progress, now=now, scrub=scrub)
            return self._noted(receipt, target, progress, facts, now, replica.changes, scrub=scrub)
        finally:
            threads.close()
            self._store.publish(replica.changes | Changes(sync=True))

    def may_edit_shared(self) -> str | None:
        """Why this program may not change problems and other shared records, in a sentence; None where it may.

        Visits are filled in, finished and handed in all the same.
        """
        from jiandu_desktop.sync.root import FORMAT, open_root

        with self._store.glancing() as glance:
            known = glance.facts().get("root_file")
        root = open_root(bytes.fromhex(known)) if known else None
        if root is None or root.may_write:
            return None
        return sentence("shared-edits-need-upgrade", {"needed": root.min_writer, "known": FORMAT})

    def fetch(self, sha256: str, folder: str | None = None) -> None:
        """Get a photo or document whose bytes are not (or no longer) here from the shared folder.

        Raises Trouble `media-not-in-folder` where it is not there: it is then asked for with the next round; and as
        `sync` does.
        """
        from jiandu_desktop.services.replica import StoredReplica
        from jiandu_desktop.sync.folder import Folder
        from jiandu_desktop.sync.look import look
        from jiandu_desktop.sync.pull import fetch_blob

        path = folder or self.folder()
        if not path:
            raise Trouble("no-folder")
        replica = StoredReplica(self._store)
        target = Folder(Path(path), device=self._store.membership().device)
        look(target, replica)
        refs = replica.blob_refs([sha256])
        if not any(fetch_blob(target, replica, ref) for ref in refs):
            raise Trouble("media-not-in-folder")
        self._store.publish(Changes(sync=True))

    def bytes_of(self, sha256: str) -> bytes:
        """A photo's bytes: from this computer, else from the shared folder, where they are kept from then on.

        Raises Trouble `media-lost`, and as `fetch` does.
        """
        try:
            return self._store.media.read(sha256)
        except Trouble:
            if not self.folder():
                raise
        self.fetch(sha256)
        return self._store.media.read(sha256)

    def state(self) -> SyncOverview:
        """What waits, what was done, what was refused."""
        view = read_overview(self._store, problems="none")
        with self._store.reading() as work:
            path = str(county.fact(work, "folder") or "")
            unit = read_unit(work)
            receipts = journal.receipts(work)[:50]
            refusals = journal.refusals(work)
            told = {pair[0]: pair[1] for _, _, pairs in journal.wants(work).values() for pair in pairs}
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
        lines = tuple(line_of(receipt) for receipt in receipts)
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
            told_by_office=tuple(
                RefusedFile(name=name, reason=_refusal_sentence(why, name, view.device), seen_at=self._store.clock())
                for name, why in sorted(told.items())
                if view.device and view.device in name
            ),
        )

    def _noted(
        self,
        receipt: Receipt,
        target: Folder,
        progress: Progress,
        facts: Mapping[str, Any],
        now: datetime,
        changed: Changes,
        *,
        scrub: bool,
    ) -> SyncReport:
        """After the round itself: the readable copies, room on this disk, and the line in the list of rounds."""
        from jiandu_desktop.services.retention import make_room
        from jiandu_desktop.sync.folder import Mode

        path, readable = str(target.root), 0
        if target.mode is not Mode.READ_ONLY and not receipt.trouble:
            from jiandu_desktop.services.readable_copies import write_copies

            readable = write_copies(self._store, target, progress, again=scrub)
            if scrub or changed or receipt.sent.bytes:
                from jiandu_desktop.services.monthly_index import write_indexes

                write_indexes(self._store, target, progress, changed, again=scrub)
        purged = make_room(self._store) if scrub and not receipt.trouble else ()
        report = replace(
            report_of(receipt, now, path, readable, is_office=self._store.membership().is_office),
            purged_photos=len(purged),
            purged_bytes=sum(ref.length for ref in purged),
        )
        with self._store.writing() as work:
            if scrub:
                county.keep_fact(work, f"scrub.{path}", to_wire(now))
            if not facts.get("folder"):
                county.keep_fact(work, "folder", path)
            journal.put_receipt(
                work, journal.ReceiptRow(id=self._store.new_id(), at=now, folder=path, report=to_wire(report))
            )
        return report

    def _mode(self, path: str, facts: Mapping[str, Any], now: datetime) -> tuple[Mode, bool]:
        """How files are published there, and whether photos too are read back whole (sticks, and what spoils files)."""
        from jiandu_desktop.sync.folder import Mode

        known = facts.get(f"probe.{path}")
        if known is None or now - datetime.fromisoformat(known["at"]) > _PROBE_AGE or known["mode"] == "read-only":
            self.probe(path)
            with self._store.reading() as work:
                known = county.fact(work, f"probe.{path}")
        return Mode(known["mode"]), bool(known.get("careful", True))


def _refusal_sentence(why: str, name: str, device: str) -> str:
    from jiandu_desktop.sync.refusal import Refusal, Why

    refusal = Refusal(Why(why) if why in set(Why) else Why.CORRUPT, name, device)
    return sentence(refusal.code, refusal.shown)
