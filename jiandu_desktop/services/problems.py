"""问题台账: every problem, how far it is, and the steps of its life."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from jiandu_desktop.domain.problem import ProblemEvent
from jiandu_desktop.domain.visit import Photo
from jiandu_desktop.services.overview import problem_rows, read_overview
from jiandu_desktop.services.rows import ProblemRow
from jiandu_desktop.services.school_names import spellings
from jiandu_desktop.services.store import Store
from jiandu_desktop.storage import county, lives, visits

if TYPE_CHECKING:
    from jiandu_desktop.services.ledger import Coded, Details, Ledger


class Problems:
    """Reading the ledger; problems are written where they are found (`services.filling`)."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rows(self, today: date) -> tuple[ProblemRow, ...]:
        """Every problem of a finished or open visit, the most urgent first."""
        return tuple(problem_rows(read_overview(self._store), today))

    def ledger(self, today: date) -> Ledger:
        """Every problem as the window's table wants them: at once what is seen first, `details` after it."""
        from jiandu_desktop.services.ledger import Ledger, LedgerSchool
        from jiandu_desktop.storage import ledger as columns

        with self._store.glancing() as glance:
            marks = columns.read_marks(glance, today)
            facts, assignments = glance.facts(), glance.assignments()
            known = {school.id: school for school in glance.schools()}
        person = facts.get("person") if facts.get("role") == "inspector" else None
        ids = _texts(marks.schools, marks.count)
        schools = sorted((known[each] for each in set(ids)), key=lambda school: (school.name, school.id))
        places = {school.id: place for place, school in enumerate(schools)}
        return Ledger(
            today=today,
            ids=_of_one_width(marks.ids, marks.count),
            schools=[LedgerSchool(each.id, each.name, each.area, spellings(each.name)) for each in schools],
            school=list(map(places.__getitem__, ids)),
            marks=columns.codes(marks.marks),
            days=columns.day_codes(marks.days),
            mine=frozenset(
                each.school_id for each in assignments if person is not None and person in each.inspector_ids
            ),
        )

    def details(self, ledger: Ledger) -> Details | None:
        """The other half of a ledger's columns; None where problems have come or gone since it was read."""
        from jiandu_desktop.services.ledger import Details
        from jiandu_desktop.storage import ledger as columns

        with self._store.glancing() as glance:
            words = columns.read_words(glance)
        if not ledger.same_as(_of_one_width(words.ids, ledger.count)):
            return None
        return Details(
            matter=_coded(_texts(words.matters, ledger.count)),
            person=_coded(_texts(words.persons, ledger.count)),
            grade=columns.codes(words.grades),
            source=columns.codes(words.sources),
            handling=columns.codes(words.handlings),
            texts=_texts(words.texts, ledger.count),
        )

    def rows_of(self, ids: Sequence[str], today: date) -> dict[str, ProblemRow]:
        """Some problems with everything that a row shows, by identifier; what is not here is left out."""
        rows: dict[str, ProblemRow] = {}
        for first in range(0, len(ids), _AT_ONCE):
            rows.update(self._rows_of(ids[first : first + _AT_ONCE], today))
        return rows

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

    def _rows_of(self, ids: Sequence[str], today: date) -> dict[str, ProblemRow]:
        with self._store.glancing() as glance:
            problems = glance.problems_of(ids)
            schools = {school.id: school for school in glance.schools_of([each.school_id for each in problems])}
            names = {inspector.id: inspector.name for inspector in glance.inspectors()}
            found_at = sorted({each.visit_id for each in problems if each.visit_id})
            of_visit = glance.people_and_tasks(found_at)
            photos = glance.photo_counts_of(found_at)
        rows = {}
        for problem in problems:
            school = schools[problem.school_id]
            people, task = of_visit.get(problem.visit_id, ((), problem.origin))
            rows[problem.id] = ProblemRow(
                problem=problem,
                school=school.name,
                stage=school.stage,
                area=school.area,
                initials=spellings(school.name),
                days_left=None if problem.due is None else (problem.due - today).days,
                photos=photos.get((problem.visit_id, problem.ref), 0),
                inspectors="、".join(names[each] for each in people if each in names),
                visit_task=task,
            )
        return rows


_AT_ONCE = 500
"""Problems per query."""


def _texts(joined: str, count: int) -> list[str]:
    from jiandu_desktop.storage.ledger import SEPARATOR

    return joined.split(SEPARATOR) if count else []


def _of_one_width(joined: str, count: int) -> str:
    """Identifiers of ours are all of one width; a foreign one is filled up with spaces."""
    from jiandu_desktop.storage.ledger import SEPARATOR

    wide = joined.find(SEPARATOR) if count > 1 else len(joined)
    if len(joined) == (wide + 1) * count - 1 and joined[wide :: wide + 1] == SEPARATOR * (count - 1):
        return joined
    ids = joined.split(SEPARATOR)
    wide = max(map(len, ids))
    return SEPARATOR.join(each.ljust(wide) for each in ids)


def _coded(texts: Sequence[str]) -> Coded:
    """Names by number, sorted; the empty one last."""
    from jiandu_desktop.services.ledger import Coded

    names = sorted(set(texts), key=lambda name: (not name, name))
    places = {name: place for place, name in enumerate(names)}
    return Coded(list(map(places.__getitem__, texts)), names)
