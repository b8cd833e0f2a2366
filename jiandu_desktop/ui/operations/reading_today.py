"""What 今日 and the rail ask; apart from the other pages' questions because the window's start waits for these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from jiandu_desktop.services.program import Services
from jiandu_desktop.services.rows_today import TodayRow, TodaySummary

if TYPE_CHECKING:
    from jiandu_desktop.domain.issued import Document
    from jiandu_desktop.services.rows import SchoolPanel


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayView:
    """今日: the list, the counts above it, and where it is kept in step with."""

    now: datetime
    rows: tuple[TodayRow, ...]
    summary: TodaySummary
    folder: str

    @property
    def today(self) -> date:
        return self.now.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelView:
    """One school at the side of 今日, with the opinion that its last visit left."""

    today: date
    row: TodayRow
    panel: SchoolPanel
    opinion: Document | None


def read_today(services: Services) -> TodayView:
    """The inspector's list as it stands today."""
    now = services.store.clock()
    rows, summary = services.today.rows_and_summary(now.date())
    return TodayView(
        now=now,
        rows=rows,
        summary=summary,
        folder=services.store.folder_in_use(),
    )


def read_panel(services: Services, row: TodayRow) -> PanelView:
    """What stands at the side for one row of 今日."""
    from jiandu_desktop.domain.document import DocumentKind

    today = services.store.today()
    panel = services.today.panel(row.school_id, row.assignment_id, today)
    issued = services.papers.of_visit(panel.last.visit_id) if panel.last is not None else ()
    opinion = next((each for each in issued if each.kind is DocumentKind.FEEDBACK_OPINION), None)
    return PanelView(today=today, row=row, panel=panel, opinion=opinion)


def folder_is_there(folder: str) -> bool:
    """Whether the shared folder can be reached now; for the folder's lane, since a dead share takes its time."""
    return bool(folder) and Path(folder).is_dir()


def read_counts(services: Services) -> TodaySummary:
    """The counts on the rail."""
    return services.today.summary(services.store.today())
