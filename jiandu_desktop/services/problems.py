"""问题台账: every problem, how far it is, and the steps of its life."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from jiandu_desktop.domain.problem import ProblemEvent
from jiandu_desktop.domain.visit import Photo
from jiandu_desktop.services.overview import problem_rows, read_overview
from jiandu_desktop.services.rows import ProblemRow
from jiandu_desktop.services.store import Store
from jiandu_desktop.storage import county, lives, visits


class Problems:
    """Reading the ledger; problems are written where they are found (`services.filling`)."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rows(self, today: date) -> tuple[ProblemRow, ...]:
        """Every problem of a finished or open visit, the most urgent first."""
        return tuple(problem_rows(read_overview(self._store), today))

    def history(self, problem_id: str) -> tuple[ProblemEvent, ...]:
        """The steps of its life, oldest first; `person` is the name where it is known here."""
        with self._store.reading() as work:
            names = {inspector.id: inspector.name for inspector in county.inspectors(work)}
            events = lives.events(work, problem_id)
        return tuple(replace(event, person=names.get(event.person, event.person)) for event in events)

    def photos(self, problem_id: str) -> tuple[Photo, ...]:
        """The photos that prove it; their bytes may still lie on the laptop that took them."""
        with self._store.reading() as work:
            problem = visits.problem(work, problem_id)
            if problem is None:
                return ()
            return tuple(photo for photo in visits.photos(work, visit_id=problem.visit_id) if photo.ref == problem.ref)
