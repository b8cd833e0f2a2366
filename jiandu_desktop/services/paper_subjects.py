"""What a paper around visits can be about: finished visits, planned tasks, the tasks of a period."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from jiandu_desktop.domain.visit import VisitState
from jiandu_desktop.services.overview import Overview, read_overview
from jiandu_desktop.services.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSubject:
    """A finished visit (`day` it began) or a planned task (`day` it is due), in words."""

    id: str
    day: date
    school: str
    task: str
    people: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSubjects:
    """Finished visits, the newest first; tasks that were not begun yet, the most urgent first."""

    visits: tuple[PaperSubject, ...]
    assignments: tuple[PaperSubject, ...]


def paper_subjects(store: Store) -> PaperSubjects:
    """Everything that may be chosen in 新文书."""
    view = read_overview(store, documents=False)
    done = [visit for visit in view.latest_visits() if visit.state is not VisitState.DRAFT]
    begun = {visit.assignment_id for visit in view.visits}
    planned = [each for each in view.assignments if not each.withdrawn and each.id not in begun]
    return PaperSubjects(
        visits=tuple(
            _subject(view, each.id, each.started_at.date(), each.school_id, each.task, each.inspector_ids)
            for each in sorted(done, key=lambda visit: visit.started_at, reverse=True)
        ),
        assignments=tuple(
            _subject(view, each.id, each.due, each.school_id, each.task, each.inspector_ids)
            for each in sorted(planned, key=lambda each: (each.due, view.schools[each.school_id].code))
        ),
    )


def tasks_of(store: Store, first: date, last: date) -> tuple[str, ...]:
    """What finished visits of a period were for, the most frequent first: a report may be about one of them."""
    view = read_overview(store, documents=False)
    counts = Counter(
        visit.task
        for visit in view.latest_visits()
        if visit.state is not VisitState.DRAFT and first <= visit.started_at.date() <= last
    )
    return tuple(task for task, _ in counts.most_common())


def _subject(
    view: Overview, subject_id: str, day: date, school_id: str, task: str, people: tuple[str, ...]
) -> PaperSubject:
    return PaperSubject(
        id=subject_id, day=day, school=view.schools[school_id].name, task=task, people=view.names(people)
    )
