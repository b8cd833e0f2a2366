"""What pages ask: named queries over the services, each a plain function that gives frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from jiandu_desktop.domain.problem import ProblemEvent
from jiandu_desktop.domain.visit import Photo
from jiandu_desktop.services.pinyin import initials
from jiandu_desktop.services.program import Services
from jiandu_desktop.services.rows import (
    DocumentRow,
    ProblemRow,
    SchoolListRow,
    SchoolPage,
    VisitRow,
)
from jiandu_desktop.services.rows_today import AssignmentState, TodayRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jiandu_desktop.services.checklists import ChecklistRow, ClauseRow
    from jiandu_desktop.services.ledger import Details, Ledger
    from jiandu_desktop.services.versions import Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolsView:
    """学校: every school."""

    today: date
    rows: tuple[SchoolListRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolView:
    """Everything about one school, and the checklists with which a visit of one's own can begin."""

    today: date
    page: SchoolPage
    checklists: tuple[ChecklistRow, ...]
    last_score: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitsView:
    """督导记录: every visit; `revised` are those that a later revision replaced, `mine` those I may write to, `offers`
    the drafts whose checklist has another version in force."""

    today: date
    rows: tuple[VisitRow, ...]
    revised: frozenset[str]
    mine: frozenset[str]
    offers: Mapping[str, Offer]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemView:
    """One problem at the side of the ledger."""

    today: date
    row: ProblemRow
    events: tuple[ProblemEvent, ...]
    photos: tuple[Photo, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersView:
    """文书: every issued document."""

    now: datetime
    rows: tuple[DocumentRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One item with its clause, and the text in which it is searched."""

    row: ClauseRow
    haystack: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryView:
    """资料: checklists in force, and their clauses; `is_office` that checklists can be added here."""

    checklists: tuple[ChecklistRow, ...]
    clauses: tuple[Clause, ...]
    is_office: bool


def read_schools(services: Services) -> SchoolsView:
    """Every school of the county."""
    return SchoolsView(today=services.store.today(), rows=services.schools.rows())


def read_school(services: Services, school_id: str) -> SchoolView:
    """Everything about one school; raises KeyError for one that is not ours."""
    today = services.store.today()
    page = services.schools.page(school_id, today)
    score = next((row.visit.score for row in page.visits if row.visit.score is not None), None)
    return SchoolView(
        today=today,
        page=page,
        checklists=tuple(row for row in services.library.rows() if row.here),
        last_score="" if score is None else f"{score}",
    )


def open_assignment(page: SchoolPage) -> TodayRow | None:
    """The most urgent assignment of a school that is not done."""
    open_states = (AssignmentState.NOT_STARTED, AssignmentState.IN_PROGRESS)
    return next((row for row in page.assignments if row.state in open_states), None)


def read_visits(services: Services) -> VisitsView:
    """Every visit, the newest first."""
    rows = services.visits.rows()
    person = services.profile.current().person
    me = person.id if person is not None else ""
    device = services.store.membership().device
    return VisitsView(
        today=services.store.today(),
        rows=rows,
        revised=frozenset(row.visit.revises for row in rows if row.visit.revises),
        mine=frozenset(row.visit.id for row in rows if row.visit.device == device or me in row.visit.inspector_ids),
        offers=services.versions.offers(),
    )


def read_ledger(services: Services, whole: bool) -> Ledger:
    """Every problem, the most urgent first; `whole` waits for what filters and search need as well."""
    ledger = services.problems.ledger(services.store.today())
    if whole:
        ledger.take(services.problems.details(ledger))
    return ledger


def read_details(services: Services, ledger: Ledger) -> tuple[Ledger, Details | None]:
    """The other half of a ledger, with the ledger that it belongs to."""
    return ledger, services.problems.details(ledger)


def read_problem(services: Services, row: ProblemRow) -> ProblemView:
    """The steps of one problem's life and the photos that prove it."""
    return ProblemView(
        today=services.store.today(),
        row=row,
        events=services.problems.history(row.problem.id),
        photos=services.problems.photos(row.problem.id),
    )


def read_papers(services: Services) -> PapersView:
    """Every issued document, the newest first."""
    return PapersView(now=services.store.clock(), rows=services.papers.rows())


def read_library(services: Services) -> LibraryView:
    """The checklists in force and every clause they rest on, ready to be searched by words and initials."""
    return LibraryView(
        checklists=services.library.rows(),
        clauses=tuple(Clause(row=row, haystack=_haystack(row)) for row in services.library.clauses()),
        is_office=services.profile.current().role == "office",
    )


def _haystack(row: ClauseRow) -> str:
    words = (row.number, row.label, row.basis, row.standard, row.section)
    return "\n".join([*words, *(initials(part) for text in words[1:4] for part in _phrases(text))])


def _phrases(text: str) -> list[str]:
    """The text cut at its marks: initials of a whole sentence would run across them."""
    cut = "".join(letter if letter.isalnum() else " " for letter in text)
    return cut.split()
