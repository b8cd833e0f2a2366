"""今日: what this inspector has to do, and the panel about one school."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from jiandu_desktop.domain.problem import OPEN_STATES
from jiandu_desktop.domain.visit import VisitState
from jiandu_desktop.services.history import last_visit
from jiandu_desktop.services.overview import (
    Overview,
    document_rows,
    problem_rows,
    read_overview,
    school_rows,
    today_rows,
    visit_rows,
)
from jiandu_desktop.services.rows_today import AssignmentState, SyncState, TodayRow, TodaySummary
from jiandu_desktop.services.store import Store
from jiandu_desktop.storage import visits

if TYPE_CHECKING:
    from jiandu_desktop.services.checklists import Checklists
    from jiandu_desktop.services.rows import RunningVisit, SchoolListRow, SchoolPage, SchoolPanel


class Today:
    """The inspector's own list; an office, which is nobody's laptop, sees everyone's."""

    def __init__(self, store: Store, checklists: Callable[[], Checklists]) -> None:
        self._store = store
        self._checklists = checklists

    def rows(self, today: date) -> tuple[TodayRow, ...]:
        """Assignments, the most urgent first, done ones last."""
        view = read_overview(self._store, documents=False, problems="open")
        return tuple(today_rows(view, today, person=self._person()))

    def summary(self, today: date) -> TodaySummary:
        """The counts above the list."""
        return self.rows_and_summary(today)[1]

    def rows_and_summary(self, today: date) -> tuple[tuple[TodayRow, ...], TodaySummary]:
        """Both from one reading."""
        view = read_overview(self._store, documents=False, problems="open")
        rows = tuple(today_rows(view, today, person=self._person()))
        mine = {row.school_id for row in rows}
        undone = [row for row in rows if row.state is not AssignmentState.DONE]
        problems = [problem for problem in view.problems if problem.school_id in mine and problem.state in OPEN_STATES]
        with self._store.glancing() as glance:
            last_sync = glance.last_sync()
        summary = TodaySummary(
            to_visit=len(undone),
            problems_due_today=sum(problem.due == today for problem in problems),
            late_assignments=sum(row.days_left < 0 for row in undone),
            late_problems=sum(problem.due is not None and problem.due < today for problem in problems),
            open_problems=len(problems),
            waiting_uploads=sum(
                visit.state is not VisitState.DRAFT and view.sync_state(visit) is SyncState.KEPT
                for visit in view.visits
                if visit.device == view.device
            ),
            last_sync=last_sync,
        )
        return rows, summary

    def panel(self, school_id: str, assignment_id: str | None, today: date) -> SchoolPanel:
        """The side panel; raises LookupError for a school that is not ours."""
        from jiandu_desktop.services.rows import SchoolPanel

        view = read_overview(self._store, school_id=school_id)
        rows = today_rows(view, today, person=None, school_id=school_id)
        row = next((row for row in rows if row.assignment_id == assignment_id), None)
        assignment = next((each for each in view.assignments if each.id == assignment_id), None)
        own = [each for each in view.assignments if each.school_id == school_id]
        people = tuple(dict.fromkeys(person for each in own for person in each.inspector_ids))
        documents = document_rows(view, school_id)
        return SchoolPanel(
            school=view.schools[school_id],
            inspectors=tuple(view.inspectors[person].name for person in people if person in view.inspectors),
            assignment=assignment,
            state=row.state if row else None,
            visit_id=row.visit_id if row else None,
            last=last_visit(self._store, self._checklists(), school_id),
            running=self._running(view, school_id, row.visit_id if row else None),
            open_problems=tuple(
                problem for problem in view.problems if problem.school_id == school_id and problem.state in OPEN_STATES
            ),
            last_document_id=documents[0].document.id if documents else None,
            last_document_day=documents[0].document.issued_at.date() if documents else None,
        )

    def _person(self) -> str | None:
        with self._store.glancing() as glance:
            facts = glance.facts()
        return facts.get("person") if facts.get("role") == "inspector" else None

    def _running(self, view: Overview, school_id: str, visit_id: str | None) -> RunningVisit | None:
        from jiandu_desktop.services.rows import RunningVisit

        drafts = [visit for visit in view.visits if visit.school_id == school_id and visit.state is VisitState.DRAFT]
        visit = next((each for each in drafts if each.id == visit_id), None)
        if visit is None:
            return None
        with self._store.reading() as work:
            place, at = visits.place(work, visit.id), visits.place_time(work, visit.id)
            values = visits.answers(work, visit.id)
        definition = self._checklists().definition(visit.checklist_hash)
        item = definition.items.get(place.ref)
        return RunningVisit(
            visit_id=visit.id,
            task=visit.task,
            number=item.number if item else "",
            at=at or visit.started_at,
            answered=visit.answered,
            total=visit.item_total,
            veto_open=sum(each.inspection.veto and not values.get(ref) for ref, each in definition.items.items()),
            problems=sum(problem.visit_id == visit.id for problem in view.problems),
        )


class Schools:
    """All schools of the county, and everything about one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rows(self) -> tuple[SchoolListRow, ...]:
        """Every school, by code."""
        return tuple(school_rows(read_overview(self._store, documents=False, problems="open")))

    def page(self, school_id: str, today: date) -> SchoolPage:
        """Facts, visits, problems and documents of one school; raises KeyError for one that is not ours."""
        from jiandu_desktop.services.rows import SchoolPage

        view = read_overview(self._store, school_id=school_id)
        rows = today_rows(view, today, person=None, school_id=school_id)
        people = dict.fromkeys(
            person for each in view.assignments if each.school_id == school_id for person in each.inspector_ids
        )
        return SchoolPage(
            school=view.schools[school_id],
            inspectors=tuple(view.inspectors[person].name for person in people if person in view.inspectors),
            assignments=tuple(rows),
            visits=tuple(visit_rows(view, school_id)),
            problems=tuple(problem_rows(view, today, school_id)),
            documents=tuple(document_rows(view, school_id)),
        )
