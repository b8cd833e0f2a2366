"""Counters nobody types: the facts of `domain.counters`, gathered from what is on this laptop."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.counters import (
    CountRow,
    Counts,
    DocumentFact,
    Facts,
    GroupBy,
    ProblemFact,
    VisitFact,
    count,
)
from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, DocumentKind
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import ProblemState
from jiandu_desktop.domain.visit import Visit, VisitState
from jiandu_desktop.services.overview import Overview, read_overview
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.unit import read_unit
from jiandu_desktop.services.wire import to_wire
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

    def name(self, row: CountRow) -> str:
        """What a row is about, as an office says it."""
        if row is self.whole:
            return "合计"
        if self.by is GroupBy.WEEK:
            monday = max(date.fromisoformat(row.key), self.first)
            last = min(date.fromisoformat(row.key) + timedelta(days=6), self.last)
            return f"{monday:%m-%d} 至 {last:%m-%d}"
        if self.by is GroupBy.MONTH:
            month = date.fromisoformat(row.key)
            return f"{month.year}年{month.month}月"
        return self.names.get(row.key, row.key) or ("未分区" if self.by is GroupBy.AREA else "无督学")

    def kinds(self) -> tuple[DocumentKind, ...]:
        """The kinds of documents that were issued in the period, in the order of the kinds."""
        return tuple(kind for kind in DocumentKind if self.whole.counts.documents.get(kind))


Figure = int | float | None
GROUP_NAMES: dict[GroupBy, str] = {
    GroupBy.NOTHING: "合计",
    GroupBy.WEEK: "按周",
    GroupBy.MONTH: "按月",
    GroupBy.AREA: "按责任区",
    GroupBy.INSPECTOR: "按督学",
}


def figures(counts: Counts, kinds: Sequence[DocumentKind] = ()) -> tuple[tuple[str, Figure], ...]:
    """Every figure of a row with its title; `kinds` are the documents that get a column each."""
    return (
        ("督导次数", counts.visits),
        ("学校数", counts.schools),
        ("督学人次", counts.person_times),
        ("听课节数", counts.lessons),
        ("座谈场次", counts.meetings),
        ("访谈人数", counts.interviews),
        *((DOCUMENT_KIND_NAMES[kind], counts.documents.get(kind, 0)) for kind in kinds),
        ("期初未销号", counts.carried),
        ("新发现", counts.found),
        ("已销号", counts.closed),
        ("期末未销号", counts.open),
        ("其中逾期", counts.overdue),
        ("办结天数", counts.closing_days),
        ("按期办结率", counts.rate_in_time),
    )


def shown(title: str, value: Figure) -> str:
    """A figure as it is read: rates in percent, days with at most one decimal, — for nothing."""
    if value is None:
        return "—"
    return f"{value:.0%}" if title == "按期办结率" else f"{value:g}"


def as_json(table: CountTable) -> dict[str, Any]:
    """The table for other programs; keys of rows are dates, areas or inspectors' identifiers."""

    def row(each: CountRow) -> dict[str, Any]:
        values: dict[str, Any] = to_wire(each.counts)
        return {"key": each.key, "name": table.name(each), **values, "rate_in_time": each.counts.rate_in_time}

    return {
        "first": table.first.isoformat(),
        "last": table.last.isoformat(),
        "by": table.by.value,
        "rows": [row(each) for each in table.rows],
        "whole": row(table.whole),
    }


class Counting:
    """Counts when it is asked; nothing is stored, so no figure can be out of date."""

    def __init__(self, store: Store, checklists: Checklists) -> None:
        self._store = store
        self._checklists = checklists

    def table(self, first: date, last: date, by: GroupBy) -> CountTable:
        """The figures of a period, both days included; raises ValueError for `last` before `first`."""
        return self.tables(first, last, (by,))[0]

    def tables(self, first: date, last: date, groupings: Sequence[GroupBy]) -> tuple[CountTable, ...]:
        """The same by several groupings, from one reading. What is to come counts nothing: of a month that is not over
        the days until today are looked at."""
        view = read_overview(self._store)
        facts = Facts(
            visits=[self._visit(view, visit) for visit in _counted(view)],
            documents=_documents(view),
            problems=_problems(view),
        )
        names = {inspector.id: inspector.name for inspector in view.inspectors.values()}
        until = max(first, min(last, self._store.today()))
        whole = count(facts, first, until)[0]
        return tuple(
            CountTable(
                first=first,
                last=last,
                by=by,
                rows=count(facts, first, until, by),
                whole=whole,
                names=names,
            )
            for by in groupings
        )

    def write(self, path: Path, first: date, last: date) -> None:
        """The figures as a workbook, a sheet per grouping; raises Trouble `file-not-writable`, `disk-full`."""
        from jiandu_desktop.spreadsheets.counter_book import CounterSheet, write_counters

        tables = self.tables(first, last, tuple(by for by in GroupBy if by is not GroupBy.NOTHING))
        with self._store.reading() as work:
            office = read_unit(work).name
        titles = [title for title, _ in figures(tables[0].whole.counts, tables[0].kinds())]
        sheets = [
            CounterSheet(
                GROUP_NAMES[table.by],
                [(table.name(row), [value for _, value in figures(row.counts, table.kinds())]) for row in table.rows],
                [value for _, value in figures(table.whole.counts, table.kinds())],
            )
            for table in tables
        ]
        write_counters(path, office, first, last, self._store.today(), titles, sheets)

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
