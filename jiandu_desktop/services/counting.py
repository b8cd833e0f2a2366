"""Counters nobody types: the facts of `domain.counters`, gathered from what is on this laptop."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from jiandu_desktop.domain.counters import CountRow, DocumentFact, Facts, GroupBy, ProblemFact, VisitFact, count
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import ProblemState
from jiandu_desktop.domain.visit import Visit, VisitState
from jiandu_desktop.services.overview import Overview, read_overview
from jiandu_desktop.services.store import Store
from jiandu_desktop.storage import visits

if TYPE_CHECKING:
    from jiandu_desktop.services.checklists import Checklists

FIGURES = ("lessons", "meetings", "interviews")
"""Keys in the column `bind::jiandu:indicator` whose numbers are 听课节数, 座谈场次 and 访谈人数."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountTable:
    """The rows asked for and the whole; `names` says how a key is read (an inspector's name)."""

    first: date
    last: date
    by: GroupBy
    rows: tuple[CountRow, ...]
    whole: CountRow
    names: dict[str, str]


class Counting:
    """Counts when it is asked; nothing is stored, so no figure can be out of date."""

    def __init__(self, store: Store, checklists: Checklists) -> None:
        self._store = store
        self._checklists = checklists

    def table(self, first: date, last: date, by: GroupBy) -> CountTable:
        """The figures of a period, both days included; raises ValueError for `last` before `first`."""
        view = read_overview(self._store)
        facts = Facts(
            visits=[self._visit(view, visit) for visit in _counted(view)],
            documents=_documents(view),
            problems=_problems(view),
        )
        return CountTable(
            first=first,
            last=last,
            by=by,
            rows=count(facts, first, last, by),
            whole=count(facts, first, last)[0],
            names={inspector.id: inspector.name for inspector in view.inspectors.values()},
        )

    def _visit(self, view: Overview, visit: Visit) -> VisitFact:
        figures = self._figures(visit)
        return VisitFact(
            day=visit.started_at.date(),
            school=visit.school_id,
            area=view.schools[visit.school_id].area,
            people=visit.inspector_ids,
            with_them=len([name for name in re.split(r"[、,，;；\s]+", visit.companions) if name]),
            **figures,
        )

    def _figures(self, visit: Visit) -> dict[str, int]:
        """Sums of the numbers that a checklist marks as figures of the counters; none where it marks none."""
        try:
            items = self._checklists.definition(visit.checklist_hash).items
        except Trouble:
            # The checklist has not arrived here: its visit counts, its figures cannot be known.
            return {}
        marked = {ref: item.inspection.indicator for ref, item in items.items() if item.inspection.indicator in FIGURES}
        if not marked:
            return {}
        sums = dict.fromkeys(FIGURES, 0)
        with self._store.reading() as work:
            answers = visits.answers(work, visit.id)
        for ref, value in answers.items():
            key = marked.get(re.sub(r"\[\d+\]", "", ref))
            if key is not None:
                sums[key] += _whole(value)
        return sums


def _counted(view: Overview) -> list[Visit]:
    return [visit for visit in view.latest_visits() if visit.state is not VisitState.DRAFT]


def _documents(view: Overview) -> list[DocumentFact]:
    by_id = {visit.id: visit for visit in view.visits}
    found = []
    for document in view.documents:
        visit = by_id.get(document.visit_id)
        school = view.schools.get(document.school_id)
        found.append(
            DocumentFact(
                day=document.issued_at.date(),
                kind=document.kind,
                area="" if school is None else school.area,
                people=() if visit is None else visit.inspector_ids,
            )
        )
    return found


def _problems(view: Overview) -> list[ProblemFact]:
    by_id = {visit.id: visit for visit in view.visits}
    return [
        ProblemFact(
            found=problem.found_at.date(),
            area=view.schools[problem.school_id].area,
            people=by_id[problem.visit_id].inspector_ids if problem.visit_id in by_id else (),
            due=problem.due,
            closed=problem.ended,
        )
        for problem in view.problems
        if problem.state not in (ProblemState.FOUND, ProblemState.WITHDRAWN)
    ]


def _whole(value: str) -> int:
    try:
        return int(Decimal(value))
    except (InvalidOperation, ValueError):
        return 0
