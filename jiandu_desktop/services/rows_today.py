"""The rows of 今日, apart from the others: the window's start waits for these alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from jiandu_desktop.domain.assignment import VisitKind
from jiandu_desktop.domain.school import Stage


class AssignmentState(StrEnum):
    """未开始 · 督导中 · 待签字 · 已完成."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    AWAITING_SIGNATURE = "awaiting_signature"
    DONE = "done"


class SyncState(StrEnum):
    """本机已保存 → 已放入共享文件夹 → 办公室已确认."""

    KEPT = "kept"
    IN_FOLDER = "in_folder"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayRow:
    """One assignment of this inspector; `initials` are pinyin first letters, `days_left` is negative when late."""

    assignment_id: str
    school_id: str
    school: str
    code: str
    initials: str
    stage: Stage
    area: str
    task: str
    kind: VisitKind
    due: date
    days_left: int
    open_problems: int
    last_visit: date | None
    state: AssignmentState
    visit_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TodaySummary:
    """The counts above the list; `late_assignments` are past their date and not done."""

    to_visit: int
    problems_due_today: int
    late_assignments: int
    late_problems: int
    open_problems: int
    waiting_uploads: int
    last_sync: datetime | None
