"""From plan and record to the papers around a visit: the notice before it, its record, the certificate, the opinion.

`draft` fills in what is known, a person edits, `gather` reads the facts once and gives the paper for any number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jiandu_desktop.domain.assignment import VISIT_KIND_NAMES, Assignment
from jiandu_desktop.domain.document import (
    ABOUT_A_VISIT,
    DOCUMENT_KIND_NAMES,
    DocumentKind,
    DocumentNumber,
    InspectionNotice,
    InspectionOpinion,
    InspectionPaper,
    PlannedSchool,
    RecordSheet,
    SheetRow,
    SheetSection,
    VisitCertificate,
)
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.services import drafting
from jiandu_desktop.services.letter_draft import LetterDraft
from jiandu_desktop.services.report_papers import ReportPapers
from jiandu_desktop.services.unit import read_unit
from jiandu_desktop.storage import county, visits

if TYPE_CHECKING:
    from jiandu_desktop.domain.school import School
    from jiandu_desktop.form_engine import Instance, NodeState
    from jiandu_desktop.form_engine.state import SectionScore
    from jiandu_desktop.services.checklists import Checklists
    from jiandu_desktop.services.drafting import VisitPapers
    from jiandu_desktop.services.finishing import Finishing
    from jiandu_desktop.services.open_visit import OpenVisit
    from jiandu_desktop.services.store import Store
    from jiandu_desktop.services.unit import Unit

Numbered = Callable[[DocumentNumber | None], InspectionPaper]
"""The paper under a number, or as a draft."""

_UNASKED = ("note", "calculate", "hidden")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filled:
    """A finished visit with everything that its papers tell."""

    opened: OpenVisit
    papers: VisitPapers
    instance: Instance


class InspectionPapers:
    """Everything that is written about visits themselves; `Letters` numbers and keeps it."""

    def __init__(self, store: Store, checklists: Checklists, finishing: Callable[[], Finishing]) -> None:
        self._store = store
        self._checklists = checklists
        self._finishing = finishing
        self._reports = ReportPapers(store, checklists)

    def draft(self, draft: LetterDraft) -> LetterDraft:
        """The draft with what a clerk would write; one without a visit or assignments stays empty."""
        if draft.kind is DocumentKind.INSPECTION_REPORT:
            return self._reports.draft(draft)
        if not self.is_complete(draft):
            return draft
        if draft.kind is DocumentKind.INSPECTION_NOTICE:
            return self._notice_draft(draft)
        filled = self._filled(draft.visit_id)
        draft = replace(draft, addressee=filled.papers.school.name, subject=filled.papers.visit.task)
        if draft.kind is not DocumentKind.INSPECTION_OPINION:
            return draft
        opinion = drafting.opinion(filled.papers, None)
        draft = replace(
            draft,
            copies_to=filled.papers.copies_to,
            evaluation=_evaluation(filled),
            highlights="\n".join(opinion.highlights),
            advice="\n".join(opinion.advice),
        )
        return self.reworded(draft)

    def reworded(self, draft: LetterDraft) -> LetterDraft:
        """Opening and demand as they would be worded now; a report's words follow its period alone."""
        from jiandu_desktop.documents import inspection_words

        if draft.kind is DocumentKind.INSPECTION_REPORT or not self.is_complete(draft):
            return draft
        paper = self.gather(draft)(None)
        if isinstance(paper, InspectionNotice):
            opening, demand = inspection_words.notice_opening(paper), inspection_words.notice_demand(paper)
        elif isinstance(paper, InspectionOpinion):
            papers = self._filled(draft.visit_id).papers
            opening = inspection_words.opinion_opening(paper)
            demand = inspection_words.opinion_demand(paper, papers.plan_days, papers.report_days)
        else:
            return draft
        return replace(draft, opening=opening, demand=demand)

    @staticmethod
    def is_complete(draft: LetterDraft) -> bool:
        """Whether it is known what the paper is about."""
        if draft.kind in ABOUT_A_VISIT:
            return bool(draft.visit_id)
        if draft.kind is DocumentKind.INSPECTION_NOTICE:
            return bool(draft.assignment_ids)
        return draft.first is not None and draft.last is not None

    def schools(self, draft: LetterDraft) -> set[str]:
        """Identifiers of the schools it is about; empty for a report."""
        with self._store.reading() as work:
            if draft.kind in ABOUT_A_VISIT:
                return {visits.visit(work, draft.visit_id).school_id}
            return {county.assignment(work, each).school_id for each in draft.assignment_ids}

    def gather(self, draft: LetterDraft) -> Numbered:
        """The paper that the draft asks for.

        Raises Trouble `letter-needs-visit` or `letter-needs-assignment`, `media-lost` where the visit's checklist is
        not here; LookupError for a visit or an assignment that is not.
        """
        if not self.is_complete(draft):
            about = draft.kind in ABOUT_A_VISIT
            raise Trouble("letter-needs-visit" if about else "letter-needs-assignment")
        if draft.kind is DocumentKind.INSPECTION_REPORT:
            return self._reports.gather(draft)
        if draft.kind is DocumentKind.INSPECTION_NOTICE:
            notice = self._notice(draft)
            return lambda number: replace(notice, number=number)
        filled = self._filled(draft.visit_id)
        paper: RecordSheet | VisitCertificate | InspectionOpinion
        if draft.kind is DocumentKind.RECORD_SHEET:
            paper = self._sheet(filled)
        elif draft.kind is DocumentKind.VISIT_CERTIFICATE:
            paper = self._certificate(filled)
        else:
            paper = self._opinion(filled, draft)
        return lambda number: replace(paper, number=number)

    def _filled(self, visit_id: str) -> _Filled:
        finishing = self._finishing()
        opened = finishing.resume(visit_id)
        instance = finishing.instance(opened)
        return _Filled(opened=opened, papers=finishing.papers_of(visit_id, instance), instance=instance)

    # --- before the visit ---------------------------------------------------------------------------------------------

    def _notice_draft(self, draft: LetterDraft) -> LetterDraft:
        from jiandu_desktop.documents.inspection_words import METHOD

        with self._store.reading() as work:
            planned = [county.assignment(work, each) for each in draft.assignment_ids]
            schools = {school.id: school for school in county.schools(work)}
            unit = read_unit(work)
        names = [schools[each.school_id].name for each in planned]
        dates = {each.due for each in planned}
        draft = replace(
            draft,
            addressee=names[0] if len(names) == 1 else "各有关学校",
            subject=planned[0].task,
            copies_to=unit.office().copies_for(draft.kind, unit.copies_to),
            when=_until(planned[0]) if len(dates) == 1 else "见下表",
            method=METHOD,
        )
        return self.reworded(draft)

    def _notice(self, draft: LetterDraft) -> InspectionNotice:
        with self._store.reading() as work:
            planned = [county.assignment(work, each) for each in draft.assignment_ids]
            people = {inspector.id: inspector.name for inspector in county.inspectors(work)}
            schools: dict[str, School] = {school.id: school for school in county.schools(work)}
            unit: Unit = read_unit(work)
        return InspectionNotice(
            office=unit.office(),
            number=None,
            dated=self._store.today(),
            addressee=draft.addressee.strip(),
            task=draft.subject,
            schools=tuple(
                PlannedSchool(
                    school=schools[each.school_id].name,
                    when=_until(each),
                    inspectors=tuple(people[who] for who in each.inspector_ids if who in people),
                )
                for each in planned
            ),
            opening=draft.opening,
            contents=self._contents(planned),
            when=draft.when,
            method=draft.method,
            demand=draft.demand,
            copies_to=draft.copies_to,
        )

    def _contents(self, planned: list[Assignment]) -> tuple[str, ...]:
        """The sections of the checklists that are in force; of one that has not arrived here nothing can be said."""
        labels: dict[str, None] = {}
        for form_id in dict.fromkeys(each.form_id for each in planned):
            try:
                checklist = self._checklists.current(form_id)
                sections = self._checklists.definition(checklist.file_hash).sections
            except (Trouble, LookupError):
                continue
            labels.update(dict.fromkeys(section.label for section in sections))
        return tuple(labels)

    # --- after the visit ----------------------------------------------------------------------------------------------

    def _sheet(self, filled: _Filled) -> RecordSheet:
        papers, opened = filled.papers, filled.opened
        scores = {each.ref: each for each in filled.instance.score().sections}
        sections = []
        for section in opened.definition.sections:
            nodes = map(filled.instance.node, filled.instance.section_items(section.ref))
            rows = tuple(_row(opened, node) for node in nodes if node.item.kind not in _UNASKED)
            if rows:
                score = _score(scores.get(section.ref))
                sections.append(SheetSection(number=section.number, label=section.label, rows=rows, score=score))
        opinion = drafting.opinion(papers, None)
        return RecordSheet(
            office=papers.office,
            number=None,
            dated=self._store.today(),
            visit=opinion.visit,
            method=VISIT_KIND_NAMES[papers.visit.kind],
            checklist=f"{opened.definition.title} {opened.definition.version}".strip(),
            sections=tuple(sections),
            score=opinion.score,
            problems=opinion.problems,
            opinion=opinion.opinion,
            opinion_text=opinion.opinion_text,
            signatures=opinion.signatures,
        )

    def _certificate(self, filled: _Filled) -> VisitCertificate:
        papers, visit = filled.papers, filled.papers.visit
        with self._store.reading() as work:
            issued = visits.documents(work, visit_id=visit.id)
        end = visit.finished_at or visit.started_at
        begin = visit.started_at
        day = f"{begin.year}年{begin.month}月{begin.day}日{begin:%H:%M}"
        until = f"{end:%H:%M}" if begin.date() == end.date() else f"{end.month}月{end.day}日{end:%H:%M}"
        return VisitCertificate(
            office=papers.office,
            number=None,
            dated=self._store.today(),
            visit=drafting.opinion(papers, None).visit,
            people=tuple((each.name, each.certificate) for each in papers.inspectors),
            stay=f"{day}至{until}",
            method=VISIT_KIND_NAMES[visit.kind],
            papers=tuple(
                (DOCUMENT_KIND_NAMES[each.kind], each.number) for each in issued if each.kind not in ABOUT_A_VISIT
            ),
        )

    def _opinion(self, filled: _Filled, draft: LetterDraft) -> InspectionOpinion:
        told = drafting.opinion(filled.papers, None)
        return InspectionOpinion(
            office=filled.papers.office,
            number=None,
            dated=self._store.today(),
            visit=told.visit,
            opening=draft.opening,
            evaluation=draft.evaluation,
            highlights=tuple(line.strip() for line in draft.highlights.splitlines() if line.strip()),
            problems=told.problems,
            demand=draft.demand,
            advice=draft.advice,
            copies_to=draft.copies_to,
        )


def _until(assignment: Assignment) -> str:
    day = assignment.due
    return f"{day.year}年{day.month}月{day.day}日前"


def _evaluation(filled: _Filled) -> str:
    """What the checklist says of the whole, the score, and how many items were looked at: what is known."""
    from jiandu_desktop.documents.phrases import score_sentence

    told = drafting.opinion(filled.papers, None)
    counts = filled.instance.progress()
    lines = [told.evaluation, score_sentence(told.score) if told.score else ""]
    lines.append(f"本次督导按照检查表查看了{counts.answered}项内容，发现问题{len(told.problems)}项")
    return "\n".join(line for line in lines if line)


def _row(opened: OpenVisit, node: NodeState) -> SheetRow:
    from jiandu_desktop.form_engine.migrate import words

    return SheetRow(
        number=node.item.number,
        label=node.label or node.item.name,
        answer=words(node, node.value),
        note=opened.notes.get(node.ref, ""),
        photos=sum(photo.ref == node.ref and photo.is_picture for photo in opened.photos),
    )


def _score(score: SectionScore | None) -> str:
    """8/10 without needless zeros; empty where nothing of the section was scored."""
    if score is None or not score.possible:
        return ""
    return "/".join(f"{points.normalize():f}" for points in (score.earned, score.possible))
