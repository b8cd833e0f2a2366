"""One reading of the whole database from which every list is made: thousands of rows, no query per row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from jiandu_desktop.domain.assignment import Assignment
from jiandu_desktop.domain.inspector import Inspector
from jiandu_desktop.domain.problem import OPEN_STATES, Problem
from jiandu_desktop.domain.school import School
from jiandu_desktop.domain.visit import Visit, VisitState
from jiandu_desktop.services.rows_today import AssignmentState, SyncState, TodayRow
from jiandu_desktop.services.school_names import spellings
from jiandu_desktop.services.store import Store

if TYPE_CHECKING:
    from jiandu_desktop.domain.issued import Document
    from jiandu_desktop.domain.paper_life import PaperStep
    from jiandu_desktop.services.rows import DocumentRow, ProblemRow, SchoolListRow, VisitRow

_STATE_OF = {
    VisitState.DRAFT: AssignmentState.IN_PROGRESS,
    VisitState.AWAITING_SIGNATURE: AssignmentState.AWAITING_SIGNATURE,
    VisitState.FINISHED: AssignmentState.DONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Schools, people, assignments, visits, problems and documents as they stand at one moment."""

    schools: dict[str, School]
    inspectors: dict[str, Inspector]
    assignments: tuple[Assignment, ...]
    visits: tuple[Visit, ...]
    problems: tuple[Problem, ...]
    documents: tuple[Document, ...]
    photo_counts: dict[tuple[str, str], int]
    device: str
    carried: dict[str, int | None]
    sent: frozenset[int]
    acknowledged: int
    paper_steps: dict[str, list[PaperStep]]
    counted: dict[str, tuple[int, int]] | None = None
    """By visit, how many problems it found and how many are open, where the problems themselves were not read."""

    def latest_visits(self) -> tuple[Visit, ...]:
        """Visits without those that a later revision replaced."""
        replaced = {visit.revises for visit in self.visits if visit.revises}
        return tuple(visit for visit in self.visits if visit.id not in replaced)

    def sync_state(self, visit: Visit) -> SyncState:
        """How far the frozen record of a visit has come; one of another laptop is here because the folder had it."""
        if visit.device != self.device:
            return SyncState.IN_FOLDER
        return self._own_state(visit.id)

    def document_state(self, document: Document) -> SyncState:
        """The same for a document that was issued."""
        return SyncState.IN_FOLDER if document.device != self.device else self._own_state(document.id)

    def _own_state(self, entity: str) -> SyncState:
        segment = self.carried.get(entity)
        if segment is None:
            return SyncState.KEPT
        if segment <= self.acknowledged:
            return SyncState.CONFIRMED
        return SyncState.IN_FOLDER if segment in self.sent else SyncState.KEPT

    def names(self, inspector_ids: tuple[str, ...]) -> str:
        """Names joined the Chinese way."""
        return "、".join(self.inspectors[each].name for each in inspector_ids if each in self.inspectors)

    def open_by_school(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for problem in self.problems:
            if problem.state in OPEN_STATES:
                counts[problem.school_id] = counts.get(problem.school_id, 0) + 1
        return counts

    def last_days(self) -> dict[str, date]:
        """Day of the last finished visit by school."""
        days: dict[str, date] = {}
        for visit in self.visits:
            if visit.finished_at is not None:
                day = visit.started_at.date()
                days[visit.school_id] = max(day, days.get(visit.school_id, day))
        return days


def read_overview(
    store: Store,
    *,
    documents: bool = True,
    problems: Literal["all", "open", "counted", "none"] = "all",
    school_id: str = "",
) -> Overview:
    """Read everything the lists need in one consistent view.

    A list need not wait for what it does not show: documents, closed problems (a county has 100,000 after some years),
    or problems of other schools than `school_id`. "counted" gives their numbers by visit alone.
    """
    device = store.device()
    with store.glancing() as glance:
        is_read = problems in ("all", "open")
        wanted = glance.problems(school_id=school_id, only_open=problems == "open") if is_read else ()
        return Overview(
            schools={school.id: school for school in glance.schools()},
            inspectors={inspector.id: inspector for inspector in glance.inspectors()},
            assignments=glance.assignments(),
            visits=glance.visits(),
            problems=wanted,
            documents=glance.documents() if documents else (),
            photo_counts=glance.photo_counts(),
            device=device,
            carried=glance.segments_by_entity(device),
            sent=glance.sent_segments(device),
            acknowledged=glance.acknowledged(device),
            counted=glance.problems_by_visit() if problems == "counted" else None,
            paper_steps=glance.paper_steps() if documents else {},
        )


def today_rows(view: Overview, today: date, *, person: str | None, school_id: str | None = None) -> list[TodayRow]:
    """Assignments of `person` (None: everyone's), the most urgent first, done ones last."""
    open_counts, last_days = view.open_by_school(), view.last_days()
    by_assignment = {visit.assignment_id: visit for visit in reversed(view.latest_visits()) if visit.assignment_id}
    rows = []
    for assignment in view.assignments:
        if person is not None and person not in assignment.inspector_ids:
            continue
        if school_id is not None and assignment.school_id != school_id:
            continue
        school = view.schools[assignment.school_id]
        visit = by_assignment.get(assignment.id)
        rows.append(
            TodayRow(
                assignment_id=assignment.id,
                school_id=school.id,
                school=school.name,
                code=school.code,
                initials=spellings(school.name),
                stage=school.stage,
                area=school.area,
                task=assignment.task,
                kind=assignment.kind,
                due=assignment.due,
                days_left=(assignment.due - today).days,
                open_problems=open_counts.get(school.id, 0),
                last_visit=last_days.get(school.id),
                state=_STATE_OF[visit.state] if visit else AssignmentState.NOT_STARTED,
                visit_id=visit.id if visit else None,
            )
        )
    return sorted(rows, key=lambda row: (row.state is AssignmentState.DONE, row.due, row.code))


def school_rows(view: Overview) -> list[SchoolListRow]:
    """Every school, by code."""
    from jiandu_desktop.services.rows import SchoolListRow

    open_counts, last_days = view.open_by_school(), view.last_days()
    done = {visit.assignment_id for visit in view.visits if visit.state is not VisitState.DRAFT}
    due: dict[str, date] = {}
    people: dict[str, dict[str, None]] = {}
    for assignment in view.assignments:
        if assignment.id not in done:
            due[assignment.school_id] = min(assignment.due, due.get(assignment.school_id, assignment.due))
        people.setdefault(assignment.school_id, {}).update(dict.fromkeys(assignment.inspector_ids))
    return [
        SchoolListRow(
            school=school,
            initials=spellings(school.name),
            open_problems=open_counts.get(school.id, 0),
            last_visit=last_days.get(school.id),
            inspectors=view.names(tuple(people.get(school.id, ()))),
            next_due=due.get(school.id),
        )
        for school in view.schools.values()
    ]


def visit_rows(view: Overview, school_id: str | None = None) -> list[VisitRow]:
    """Visits, the newest first."""
    from jiandu_desktop.services.rows import VisitRow

    found = view.counted if view.counted is not None else _counted(view.problems)
    issued: dict[str, int] = {}
    for document in view.documents:
        issued[document.visit_id] = issued.get(document.visit_id, 0) + 1
    pictures: dict[str, int] = {}
    for (visit_id, _), count in view.photo_counts.items():
        pictures[visit_id] = pictures.get(visit_id, 0) + count
    return [
        VisitRow(
            visit=visit,
            school=view.schools[visit.school_id].name,
            stage=view.schools[visit.school_id].stage,
            initials=spellings(view.schools[visit.school_id].name),
            inspectors=view.names(visit.inspector_ids),
            problems=found.get(visit.id, (0, 0))[0],
            open_problems=found.get(visit.id, (0, 0))[1],
            documents=issued.get(visit.id, 0),
            photos=pictures.get(visit.id, 0),
            sync_state=view.sync_state(visit),
        )
        for visit in view.visits
        if school_id in (None, visit.school_id)
    ]


def _counted(problems: Iterable[Problem]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for problem in problems:
        count, owed = found.get(problem.visit_id, (0, 0))
        found[problem.visit_id] = count + 1, owed + (problem.state in OPEN_STATES)
    return found


def problem_rows(view: Overview, today: date, school_id: str | None = None) -> list[ProblemRow]:
    """Problems, the most urgent first."""
    from jiandu_desktop.services.rows import ProblemRow

    by_id = {visit.id: visit for visit in view.visits}
    return [
        ProblemRow(
            problem=problem,
            school=view.schools[problem.school_id].name,
            stage=view.schools[problem.school_id].stage,
            area=view.schools[problem.school_id].area,
            initials=spellings(view.schools[problem.school_id].name),
            days_left=None if problem.due is None else (problem.due - today).days,
            photos=view.photo_counts.get((problem.visit_id, problem.ref), 0),
            inspectors=view.names(by_id[problem.visit_id].inspector_ids) if problem.visit_id in by_id else "",
            visit_task=by_id[problem.visit_id].task if problem.visit_id in by_id else problem.origin,
        )
        for problem in view.problems
        if school_id in (None, problem.school_id)
    ]


def document_rows(view: Overview, school_id: str | None = None) -> list[DocumentRow]:
    """Issued documents, the newest first."""
    from jiandu_desktop.domain.paper_life import PaperStep, state_after
    from jiandu_desktop.services.rows import DocumentRow

    names = {school.id: school.name for school in view.schools.values()}
    return [
        DocumentRow(
            document=document,
            school=names.get(document.school_id, document.addressee),
            initials=spellings(names.get(document.school_id, document.addressee)),
            sync_state=view.document_state(document),
            state=state_after(view.paper_steps.get(document.id, ())),
            has_scan=PaperStep.RETURNED in view.paper_steps.get(document.id, ()),
        )
        for document in view.documents
        if school_id in (None, document.school_id)
    ]
