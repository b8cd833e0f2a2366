"""同步 in words: what a round did, what waits, what was refused and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from jiandu_desktop.domain.sentences import sentence
from jiandu_desktop.services.rows_today import SyncState
from jiandu_desktop.services.wire import from_wire
from jiandu_desktop.storage import journal

if TYPE_CHECKING:
    from jiandu_desktop.sync.folder import Mode
    from jiandu_desktop.sync.receipt import Receipt


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
    renewed: bool = False
    purged_photos: int = 0
    purged_bytes: int = 0
    refused: int = 0
    is_office: bool = False
    trouble: str = ""
    trouble_values: dict[str, str] = field(default_factory=dict)

    def is_news(self) -> bool:
        """Whether anything went or came that a person would want to hear of without having asked."""
        sent = self.sent_visits or self.sent_photos or self.sent_documents or self.sent_assignments
        came = self.arrived_visits or self.arrived_problems or self.arrived_assignments or self.arrived_checklists
        return bool(sent or came or self.arrived_schools or self.renewed or self.refused)

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
        parts = [sentence("sync-renewed", {})] if self.renewed else []
        parts += [sentence(code, {"what": what, "time": time}) for code, what in told.items() if what]
        if self.purged_photos:
            parts.append(sentence("sync-purged", {"count": self.purged_photos, "size": self.purged_bytes >> 20}))
        if self.refused:
            parts.append(sentence("sync-refused", {"refused": self.refused}))
        return "".join(parts or [sentence("sync-nothing-new", {"time": time})])


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
    told_by_office: tuple[RefusedFile, ...] = ()
    """Files of this laptop that the office does not take in, as it says itself."""


def report_of(receipt: Receipt, now: datetime, path: str, readable: int, *, is_office: bool) -> SyncReport:
    """The report of a round that left this receipt; `readable` are the copies written for colleagues."""
    return SyncReport(
        at=now,
        folder=path,
        sent_visits=receipt.sent.visits,
        sent_photos=receipt.sent.photos,
        sent_documents=receipt.sent.documents,
        sent_bytes=receipt.sent.bytes,
        sent_schools=receipt.sent.schools,
        sent_assignments=receipt.sent.assignments,
        sent_checklists=receipt.sent.checklists,
        arrived_schools=receipt.arrived.schools,
        arrived_assignments=receipt.arrived.assignments,
        arrived_checklists=receipt.arrived.checklists,
        arrived_visits=receipt.arrived.visits,
        arrived_problems=receipt.arrived.problems,
        waiting_visits=receipt.waiting.visits,
        readable=readable,
        is_office=is_office,
        refused=len(receipt.refused),
        renewed=receipt.renewed,
        trouble=receipt.trouble,
        trouble_values=dict(receipt.trouble_values),
    )


def line_of(receipt: journal.ReceiptRow) -> ReceiptLine:
    """An earlier round, as it was kept."""
    report = receipt.report
    return ReceiptLine(
        at=receipt.at,
        text=from_wire(SyncReport, report).sentence(),
        code=receipt.id.replace("-", "")[-6:].upper(),
        complete=not report["trouble"] and not report["refused"],
    )


def _counted(**counts: int) -> str:
    """「3 份记录、41 张照片」: what there is of each, in words; nothing is said of what there is none of."""
    return "、".join(sentence(f"count-{name}", {"count": count}) for name, count in counts.items() if count)
