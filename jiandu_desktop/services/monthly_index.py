"""The index of each month beside the readable papers: 2026-11 督导目录.xlsx, one writer per file, never read back.

The office (whose computer holds the root key) writes the index of everything under the plain name; every other computer
writes one of its own under a name that bears its own mark, so that nobody ever writes another's file.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from jiandu_desktop.domain.assignment import VISIT_KIND_NAMES
from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.monthly import MonthBook, MonthDocument, MonthProblem, MonthVisit
from jiandu_desktop.domain.problem import GRADE_NAMES, OPEN_STATES, PROBLEM_STATE_NAMES
from jiandu_desktop.domain.visit import VisitState
from jiandu_desktop.services.overview import Overview, read_overview
from jiandu_desktop.services.replica import StoredReplica
from jiandu_desktop.services.unit import read_unit
from jiandu_desktop.services.wire import to_wire
from jiandu_desktop.storage import county
from jiandu_desktop.sync.tree import TOP, Readable, path_of, safe_name, write_own

if TYPE_CHECKING:
    from jiandu_desktop.domain.issued import Document
    from jiandu_desktop.domain.problem import Problem
    from jiandu_desktop.domain.visit import Visit
    from jiandu_desktop.progress import Progress
    from jiandu_desktop.services.changes import Changes
    from jiandu_desktop.services.store import Store
    from jiandu_desktop.sync.folder import Folder

INDEX = "督导目录"
OWN_INDEXES = "各人目录"
"""Folder of the month for indexes that are not the office's own."""


def readable_of(document: Document, schools: dict[str, str]) -> Readable:
    """How a document stands in the readable tree."""
    return Readable(
        sha256=document.sha256,
        day=document.issued_at.date(),
        school=schools.get(document.school_id) or document.addressee or document.title,
        title=f"{DOCUMENT_KIND_NAMES[document.kind]} {document.number}",
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    """Whose index it is: `mark` is "" for the office's own, `person` "" for all records."""

    name: str
    mark: str
    person: str


def write_indexes(store: Store, folder: Folder, progress: Progress, changed: Changes, *, again: bool) -> int:
    """Write the months that have changed since they were last written to this folder; how many.

    Looked at are the months that a round can have touched (`changed`); with `again` all of them, and those that stand
    there are put right where somebody changed, renamed or removed them. An index that somebody has open is left to the
    next round. Raises Cancelled and what ends a round (folder gone).
    """
    key = f"index.{folder.root}"
    with store.reading() as work:
        facts = county.facts(work)
        unit = read_unit(work).name
    known: dict[str, list[str]] = dict(facts.get(key) or {})
    # The same folder may be mounted elsewhere today: what was written anywhere counts as ours.
    everywhere = [months for name, months in facts.items() if name.startswith("index.")]
    writer = _writer(store, unit)
    written = 0
    view = read_overview(store)
    months = None if again else _months(view, changed, store.today())
    for month, book in _books(store, view, writer, unit, months):
        progress.check()
        state = hashlib.sha256(json.dumps(to_wire(book), sort_keys=True).encode()).hexdigest()
        before = known.get(month, ["", ""])
        if before[0] == state and not again:
            continue
        parts = _place(month, writer)
        try:
            stands = folder.read_readable(parts, 1 << 25) if before[0] == state else None
            if stands is not None and hashlib.sha256(stands).hexdigest() == before[1]:
                continue
            content = _content(store, book)
            written += write_own(folder, parts, content, {each[month][1] for each in everywhere if month in each})
        except Trouble as trouble:
            if trouble.code in ("folder-missing", "folder-unreachable", "folder-full"):
                raise
            continue
        with store.writing() as work:
            known[month] = [state, hashlib.sha256(content).hexdigest()]
            county.keep_fact(work, key, known)
    return written


def _content(store: Store, book: MonthBook) -> bytes:
    from jiandu_desktop.spreadsheets.month_book import month_book

    return month_book(book, store.clock())


def _writer(store: Store, unit: str) -> _Writer:
    me = store.membership()
    if me.is_office:
        holds_root = StoredReplica(store).root_key() is not None
        return _Writer(unit, "" if holds_root else me.device[:6], "")
    with store.reading() as work:
        names = {each.id: each.name for each in county.inspectors(work)}
    return _Writer(names.get(me.person, ""), me.device[:6], me.person)


def _place(month: str, writer: _Writer) -> tuple[str, ...]:
    if not writer.mark:
        return (TOP, month, f"{month} {INDEX}.xlsx")
    whose = writer.name if writer.person else "督导室"
    return (TOP, month, OWN_INDEXES, safe_name(f"{month} {INDEX}（{whose} {writer.mark}）", ".xlsx"))


def _months(view: Overview, changed: Changes, today: date) -> frozenset[str]:
    """What a round can have touched: this month and the last one, and the months of what arrived."""
    last = today.replace(day=1) - timedelta(days=1)
    dates = [each.started_at for each in view.visits if each.id in changed.visits]
    dates += [each.found_at for each in view.problems if each.id in changed.problems]
    dates += [each.issued_at for each in view.documents if each.id in changed.documents]
    return frozenset({_month(today), _month(last), *map(_month, dates)})


def _books(
    store: Store, view: Overview, writer: _Writer, unit: str, months: frozenset[str] | None
) -> Iterator[tuple[str, MonthBook]]:
    """Month by month, in order; without drafts, and of a laptop what its own inspector took part in."""
    finished = (visit for visit in view.latest_visits() if visit.state is not VisitState.DRAFT)
    visits = {each.id: each for each in finished if not writer.person or writer.person in each.inspector_ids}
    counts = _Counts(
        Counter(each.visit_id for each in view.problems), Counter(each.visit_id for each in view.documents)
    )
    held: dict[str, tuple[list[Visit], list[Document], list[Problem]]] = {}
    for visit in visits.values():
        held.setdefault(_month(visit.started_at), ([], [], []))[0].append(visit)
    for document in view.documents:
        if not writer.person or document.visit_id in visits:
            held.setdefault(_month(document.issued_at), ([], [], []))[1].append(document)
    for problem in view.problems:
        if problem.visit_id in visits or not (writer.person or problem.visit_id):
            held.setdefault(_month(problem.found_at), ([], [], []))[2].append(problem)
    whose = f"{writer.name}的记录" if writer.person else "全部已收到的记录"
    today = store.today()
    for month in sorted(held):
        if months is not None and month not in months:
            continue
        of_visits, of_documents, of_problems = held[month]
        yield (
            month,
            MonthBook(
                title=f"{unit}{month[:4]}年{int(month[5:])}月{INDEX}",
                whose=whose,
                visits=tuple(_visit(view, each, counts) for each in sorted(of_visits, key=_when)),
                documents=tuple(_documents(store, view, of_documents, writer)),
                problems=tuple(_problems(view, visits, of_problems, today)),
            ),
        )


@dataclass(frozen=True, slots=True)
class _Counts:
    problems: Counter[str]
    documents: Counter[str]


def _visit(view: Overview, visit: Visit, counts: _Counts) -> MonthVisit:
    return MonthVisit(
        school=view.schools[visit.school_id].name,
        task=visit.task,
        kind=VISIT_KIND_NAMES[visit.kind],
        visited=visit.started_at.date(),
        inspectors=view.names(visit.inspector_ids),
        answered=visit.answered,
        item_total=visit.item_total,
        problems=counts.problems[visit.id],
        score=visit.score,
        vetoed=bool(visit.vetoed),
        documents=counts.documents[visit.id],
    )


def _documents(store: Store, view: Overview, found: list[Document], writer: _Writer) -> Iterator[MonthDocument]:
    by_id = {visit.id: visit for visit in view.visits}
    schools = {school.id: school.name for school in view.schools.values()}
    up = "../" if writer.mark else ""
    for document in sorted(found, key=lambda each: (each.issued_at, each.id)):
        visit = by_id.get(document.visit_id)
        file = up + "/".join(path_of(readable_of(document, schools))[2:]) if store.media.has(document.sha256) else ""
        yield MonthDocument(
            number=document.number,
            kind=DOCUMENT_KIND_NAMES[document.kind],
            school=schools.get(document.school_id, document.addressee),
            dated=document.issued_at.date(),
            inspectors="" if visit is None else view.names(visit.inspector_ids),
            pages=document.pages,
            file=file,
        )


def _problems(view: Overview, visits: dict[str, Visit], found: list[Problem], today: date) -> Iterator[MonthProblem]:
    for problem in sorted(found, key=lambda each: (each.found_at, each.id)):
        visit = visits.get(problem.visit_id)
        yield MonthProblem(
            school=view.schools[problem.school_id].name,
            text=problem.text,
            grade=GRADE_NAMES[problem.grade],
            measure=problem.measure,
            responsible=problem.responsible,
            due=problem.due,
            state=PROBLEM_STATE_NAMES[problem.state],
            late=problem.due is not None and problem.due < today and problem.state in OPEN_STATES,
            inspectors="" if visit is None else view.names(visit.inspector_ids),
            notice_number=problem.notice_number,
        )


def _month(at: date) -> str:
    return f"{at:%Y-%m}"


def _when(visit: Visit) -> tuple[datetime, str]:
    return visit.started_at, visit.id
