"""汇总: all that the laptops handed in, as one workbook."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from jiandu_desktop.domain.problem import Handling
from jiandu_desktop.domain.visit import SchoolOpinion, Visit, VisitState
from jiandu_desktop.form_engine import Definition, Instance
from jiandu_desktop.services.checklists import Checklists
from jiandu_desktop.services.overview import Overview, read_overview
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.unit import read_unit
from jiandu_desktop.spreadsheets import (
    DocumentLine,
    OfficeBook,
    ProblemLine,
    ScoreLine,
    VisitLine,
    write_office_book,
)
from jiandu_desktop.storage import visits

_OPINIONS = {SchoolOpinion.AGREES: "无异议", SchoolOpinion.OBJECTS: "有异议", SchoolOpinion.UNSAID: ""}


class Collecting:
    """Writes the office's workbook from the database; the folder is read by `Office.publish` before."""

    def __init__(self, store: Store, checklists: Checklists) -> None:
        self._store = store
        self._checklists = checklists

    def write(self, path: Path) -> OfficeBook:
        """Write 督导记录, 问题台账, 文书登记 and 得分汇总; raises Trouble `file-not-writable` or `disk-full`."""
        view = read_overview(self._store)
        with self._store.reading() as work:
            unit = read_unit(work)
        finished = [visit for visit in view.latest_visits() if visit.state is not VisitState.DRAFT]
        finished.sort(key=lambda visit: (visit.started_at, visit.id))
        today = self._store.today()
        book = OfficeBook(
            office=unit.name,
            made_on=today,
            period=f"截至{today.year}年{today.month}月{today.day}日",
            visits=tuple(self._visit(view, visit) for visit in finished),
            problems=tuple(self._problems(view)),
            documents=tuple(self._documents(view)),
            scores=tuple(line for visit in finished for line in self._scores(view, visit)),
        )
        write_office_book(path, book)
        return book

    def _visit(self, view: Overview, visit: Visit) -> VisitLine:
        school = view.schools[visit.school_id]
        found = [problem for problem in view.problems if problem.visit_id == visit.id]
        opinion = "：".join(filter(None, (_OPINIONS[visit.opinion], visit.opinion_text)))
        return VisitLine(
            school_code=school.code,
            school=school.name,
            stage=school.stage,
            area=school.area,
            task=visit.task,
            kind=visit.kind,
            checklist=self._checklists.definition(visit.checklist_hash).title,
            visited=visit.started_at.date(),
            inspectors=self._people(view, visit),
            companions=visit.companions,
            manner=visit.manner,
            item_total=visit.item_total,
            answered=visit.answered,
            problems=len(found),
            fixed_on_the_spot=sum(problem.handling is Handling.ON_THE_SPOT for problem in found),
            score=visit.score,
            vetoed=self._labels(visit),
            conclusion="一票否决，不通过" if visit.vetoed else "",
            opinion=opinion,
            photos=sum(count for (visit_id, _), count in view.photo_counts.items() if visit_id == visit.id),
            finished_at=visit.finished_at,
            revision=visit.revision,
            documents=tuple(each.number for each in view.documents if each.visit_id == visit.id),
        )

    def _problems(self, view: Overview) -> Iterator[ProblemLine]:
        by_id = {visit.id: visit for visit in view.visits}
        for problem in view.problems:
            visit, school = by_id.get(problem.visit_id), view.schools[problem.school_id]
            if visit is not None and visit.state is VisitState.DRAFT:
                continue
            yield ProblemLine(
                school_code=school.code,
                school=school.name,
                area=school.area,
                matter=problem.matter,
                text=problem.text,
                basis=problem.basis,
                grade=problem.grade,
                measure=problem.measure,
                unit=school.name,
                responsible=problem.responsible,
                due=problem.due,
                state=problem.state,
                handling=problem.handling,
                found=problem.found_at.date(),
                inspectors=() if visit is None else self._people(view, visit),
                leader=problem.leader,
                item=problem.item,
                task=problem.origin if visit is None else visit.task,
                notice_number=problem.notice_number,
                photos=view.photo_counts.get((problem.visit_id, problem.ref), 0),
                veto=problem.veto,
            )

    def _documents(self, view: Overview) -> Iterator[DocumentLine]:
        by_id = {visit.id: visit for visit in view.visits}
        replaced = {visit.revises for visit in view.visits if visit.revises and visit.finished_at}
        for document in sorted(view.documents, key=lambda each: (each.issued_at, each.id)):
            visit, school = by_id.get(document.visit_id), view.schools.get(document.school_id)
            yield DocumentLine(
                number=document.number,
                kind=document.kind,
                school=document.addressee if school is None else school.name,
                area="" if school is None else school.area,
                dated=document.issued_at.date(),
                inspectors=() if visit is None else self._people(view, visit),
                state="被替代" if document.visit_id in replaced else "已签发",
                task="" if visit is None else visit.task,
                pages=document.pages,
                problems=len(document.problems)
                or sum(bool(document.visit_id) and problem.visit_id == document.visit_id for problem in view.problems),
                sha256=document.sha256,
            )

    def _scores(self, view: Overview, visit: Visit) -> Iterator[ScoreLine]:
        school = view.schools[visit.school_id]
        instance = self._instance(visit)
        definition = instance.definition
        sheet = instance.score()
        titles = {section.ref: section.label for section in definition.sections}

        def line(section: str, points: Decimal | None, full: Decimal | None, refs: tuple[str, ...]) -> ScoreLine:
            nodes = [instance.node(ref) for ref in refs]
            return ScoreLine(
                school_code=school.code,
                school=school.name,
                stage=school.stage,
                area=school.area,
                task=visit.task,
                checklist=definition.title,
                visited=visit.started_at.date(),
                section=section,
                points=points,
                full=full,
                items=len(nodes),
                failed=sum(node.failed for node in nodes),
                not_applicable=sum(node.not_applicable for node in nodes),
                vetoed=tuple(node.label for node in nodes if node.veto_hit),
                conclusion="一票否决，不通过" if visit.vetoed and not section else "",
            )

        every: list[str] = []
        lines: list[ScoreLine] = []
        for section in sheet.sections:
            refs = instance.section_items(section.ref)
            every += refs
            if section.weight_total:
                scored = section.possible > 0
                lines.append(
                    line(
                        titles[section.ref],
                        section.earned if scored else None,
                        section.possible if scored else None,
                        refs,
                    )
                )
        total = sheet.percent
        yield line("", total, None if total is None else Decimal(100), tuple(every))
        yield from lines

    def _instance(self, visit: Visit) -> Instance:
        with self._store.reading() as work:
            values = visits.answers(work, visit.id)
        return Instance(self._checklists.definition(visit.checklist_hash), now=self._store.clock, values=values)

    def _labels(self, visit: Visit) -> tuple[str, ...]:
        definition: Definition = self._checklists.definition(visit.checklist_hash)
        instance = Instance(definition, now=self._store.clock)
        return tuple(instance.node(ref).label for ref in visit.vetoed if ref in definition.items)

    def _people(self, view: Overview, visit: Visit) -> tuple[str, ...]:
        return tuple(view.inspectors[each].name for each in visit.inspector_ids if each in view.inspectors)
