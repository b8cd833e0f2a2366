"""The frozen rows that lists and panels show, made once per query."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from jiandu_desktop.domain.assignment import Assignment
from jiandu_desktop.domain.paper_life import PaperState
from jiandu_desktop.domain.problem import Problem
from jiandu_desktop.domain.school import School, Stage
from jiandu_desktop.domain.visit import Visit
from jiandu_desktop.services.rows_today import AssignmentState, SyncState, TodayRow

if TYPE_CHECKING:
    from jiandu_desktop.domain.issued import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningVisit:
    """A visit under way: where it stands (item number) and since when."""

    visit_id: str
    task: str
    number: str
    at: datetime
    answered: int
    total: int
    veto_open: int
    problems: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LastAnswer:
    """What was answered to one item at the last visit; `label` is the answer in words."""

    value: str
    label: str
    note: str = ""
    failed: bool = False
    photos: tuple[str, ...] = ()
    day: date | None = None
    """Where it is another day than the visit's: when a problem was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastVisit:
    """The school's last finished visit; answers are by item name, empty where another checklist was used."""

    visit_id: str
    day: date
    task: str
    score: Decimal | None
    answers: dict[str, LastAnswer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolPanel:
    """The side panel about one school and, if any, one assignment of it."""

    school: School
    inspectors: tuple[str, ...]
    assignment: Assignment | None
    state: AssignmentState | None
    visit_id: str | None
    last: LastVisit | None
    running: RunningVisit | None
    open_problems: tuple[Problem, ...]
    last_document_id: str | None
    last_document_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolListRow:
    """One school in the list of all schools."""

    school: School
    initials: str
    open_problems: int
    last_visit: date | None
    inspectors: str
    next_due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """One visit in lists."""

    visit: Visit
    school: str
    stage: Stage
    initials: str
    inspectors: str
    problems: int
    open_problems: int
    documents: int
    photos: int
    sync_state: SyncState


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemRow:
    """One problem in the ledger; `days_left` is None where there is no date."""

    problem: Problem
    school: str
    stage: Stage
    area: str
    initials: str
    days_left: int | None
    photos: int
    inspectors: str
    visit_task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """One issued document in lists. `has_scan`: its signed copy came back, whatever happened since."""

    document: Document
    school: str
    initials: str
    sync_state: SyncState
    state: PaperState = PaperState.ISSUED
    has_scan: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolPage:
    """Everything about one school."""

    school: School
    inspectors: tuple[str, ...]
    assignments: tuple[TodayRow, ...]
    visits: tuple[VisitRow, ...]
    problems: tuple[ProblemRow, ...]
    documents: tuple[DocumentRow, ...]
