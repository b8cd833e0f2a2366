"""Weeks of an office and two laptops on one shared folder, under one clock: what journeys through the services need."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.ledger_layout import Layout
from jiandu_desktop.domain.problem import Problem, Recheck
from jiandu_desktop.domain.problem.life import Life
from jiandu_desktop.domain.recheck import due_item, note_item, problem_of, result_item
from jiandu_desktop.form_engine import Instance
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.finishing import Finished
from jiandu_desktop.services.ledger_import import LedgerDifference
from jiandu_desktop.services.open_visit import OpenVisit
from jiandu_desktop.services.program import Services
from jiandu_desktop.spreadsheets.ledger_book import COLUMNS
from jiandu_desktop.sync.operation import BlobRef
from tests.conftest import BEIJING, StandingClock
from tests.support.visiting import answer_everything, raise_problems, save


@dataclass(frozen=True)
class Term:
    """The office and the laptops `first` and `second`; each has a database of its own, `home` is for workbooks."""

    office: Services
    first: Services
    second: Services
    clock: StandingClock
    home: Path

    def at(self, month: int, day: int, hour: int = 9, *, year: int = 2026) -> date:
        """Set everybody's clock; returns the day."""
        self.clock.now = datetime(year, month, day, hour, 0, tzinfo=BEIJING)
        return self.clock.now.date()

    def all(self) -> tuple[Services, ...]:
        return self.office, self.first, self.second

    def meet(self) -> None:
        """Everybody looks at the shared folder until all of them know everything."""
        for services in (self.first, self.second, self.office, self.first, self.second, self.office):
            if services is self.office:
                services.office.publish(Progress())
            else:
                services.exchange.sync(Progress())

    def everywhere(self, problem_id: str) -> tuple[Problem, Life]:
        """The problem and its life, which must be the same on all three."""
        found = [services.steps.read(problem_id) for services in self.all()]
        assert all(each.problem == found[0].problem for each in found)
        assert all(each.life == found[0].life for each in found)
        assert all(each.events == found[0].events for each in found)
        return found[0].problem, found[0].life

    def papers(self, kind: DocumentKind) -> list[str]:
        """Numbers of the office's documents of a kind."""
        return [row.document.number for row in self.office.papers.rows() if row.document.kind is kind]


def photo(colour: str = "#557755") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return out.getvalue()


def proof(services: Services, colour: str = "#446688") -> list[BlobRef]:
    """A photo to prove a step with."""
    return [services.proofs.take_in(photo(colour), "整改后.jpg").ref]


def visit_with_problems(services: Services, assignment_id: str, dues: Sequence[date]) -> tuple[Finished, list[Problem]]:
    """Carry the assignment out with as many failed items as there are dates, each a problem that is due then."""
    opened = services.visits.start(assignment_id)
    instance = services.finishing.instance(opened)
    answer_everything(instance, _failing(instance, len(dues)))
    save(services, opened, instance)
    made = raise_problems(services, opened, instance)
    for problem, due in zip(made, dues, strict=True):
        services.visits.save_problem(replace(problem, due=due, supervising="吴桐", leader="何田（校长）"))
    finished = services.finishing.finish(opened.visit.id, instance)
    return finished, [services.steps.read(problem.id).problem for problem in made]


def recheck(
    services: Services,
    school_id: str,
    results: Mapping[str, tuple[Recheck, date | None]],
) -> Finished:
    """A re-check visit on site: what is done is shown by a photo, what is not gets a new date."""
    opened = services.visits.start_recheck(school_id, tuple(results))
    refs = {item.name: ref for ref, item in opened.definition.items.items()}
    assert {problem_of(name) for name in refs} - {""} == set(results)
    for problem_id, (result, _) in results.items():
        if result is Recheck.DONE:
            services.visits.add_photo(opened.visit.id, refs[result_item(problem_id)], photo(), "复查.jpg")
    instance = _judged(services, opened, refs, results)
    save(services, opened, instance)
    return services.finishing.finish(opened.visit.id, instance)


def write_reply(path: Path, replies: Mapping[str, Mapping[str, Any]]) -> None:
    """Fill in a ledger as a school does in Excel: by the text of the problem, then by the key of the column."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        heads = columns(sheet)
        for row in sheet.iter_rows(min_row=4):
            for key, value in replies.get(str(row[heads["text"] - 1].value), {}).items():
                if key in heads:
                    sheet.cell(row[0].row or 0, heads[key]).value = value
    book.save(path)


def columns(sheet: Worksheet) -> dict[str, int]:
    """Number of the column of every key, by its head."""
    titles = {column.title: key for key, column in COLUMNS.items()}
    for row in sheet.iter_rows(min_row=3, max_row=4):
        found = {titles[str(cell.value)]: cell.column for cell in row if cell.value in titles}
        if "mark" in found:
            return found
    raise AssertionError(f"no head in {sheet.title}")


def ledger_rows(path: Path) -> dict[str, list[dict[str, Any]]]:
    """A ledger as openpyxl reads it: per sheet its rows, each by the keys of the columns."""
    book = load_workbook(path)
    found = {}
    for sheet in book.worksheets:
        heads = columns(sheet)
        body = [row for row in sheet.iter_rows(min_row=4, values_only=True) if isinstance(row[0], int)]
        found[sheet.title] = [{key: row[place - 1] for key, place in heads.items()} for row in body]
    return found


def back_from_school(term: Term, school: str, replies: Mapping[str, Mapping[str, Any]]) -> LedgerDifference:
    """The office sends the school its workbook, the school fills it in, the office compares and takes what it may."""
    folder = term.home / f"发学校{term.clock.now:%m%d}"
    written = term.office.ledger_export.write_by_school(folder, Layout.REGISTER)
    path = next(path for path in written.files if school in path.name)
    write_reply(path, replies)
    difference = term.office.ledger_import.compare(path)
    term.office.ledger_import.take(difference, difference.acceptable)
    return difference


def _failing(instance: Instance, count: int) -> frozenset[str]:
    """Names of the first items that a third choice fails."""
    refs = (ref for section in instance.definition.sections for ref in instance.section_items(section.ref))
    found = [
        node.item.name
        for node in map(instance.node, refs)
        if node.item.kind == "select_one" and len(node.choices) > 2 and not node.readonly and node.choices[2].failed
    ]
    return frozenset(found[:count])


def _judged(
    services: Services,
    opened: OpenVisit,
    refs: Mapping[str, str],
    results: Mapping[str, tuple[Recheck, date | None]],
) -> Instance:
    instance = services.finishing.instance(opened)
    for problem_id, (result, due) in results.items():
        instance.answer(refs[result_item(problem_id)], result.value)
        if result is not Recheck.DONE:
            instance.answer(refs[note_item(problem_id)], "二楼东侧还没有清理")
        if due is not None:
            instance.answer(refs[due_item(problem_id)], due.isoformat())
    return instance
