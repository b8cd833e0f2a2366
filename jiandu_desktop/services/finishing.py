"""Finishing a visit: numbers, documents, frozen record and journal entries in one transaction, or nothing at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from jiandu_desktop.documents.build import build
from jiandu_desktop.domain.document import (
    DOCUMENT_KIND_NAMES,
    BuiltDocument,
    DocumentKind,
    DocumentNumber,
    VerifyMark,
)
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.issued import Document
from jiandu_desktop.domain.problem import Handling, Problem, ProblemEvent, ProblemState, Step
from jiandu_desktop.domain.visit import AnswerSource, TrailEntry, Visit, VisitState
from jiandu_desktop.form_engine import Instance
from jiandu_desktop.services import frozen_record, lives, recheck
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.checklists import Checklists
from jiandu_desktop.services.completion import review
from jiandu_desktop.services.drafting import HEAD_ROLE, VisitPapers, draft, kinds_for
from jiandu_desktop.services.filling import Visits
from jiandu_desktop.services.issued_words import blobs_of
from jiandu_desktop.services.numbering import next_number
from jiandu_desktop.services.open_visit import OpenVisit
from jiandu_desktop.services.owed import take_owed_results
from jiandu_desktop.services.paper_life import superseded
from jiandu_desktop.services.preferences import Preferences
from jiandu_desktop.services.problem_steps import ProblemSteps
from jiandu_desktop.services.seals import seal_for
from jiandu_desktop.services.self_ratings import must_be_open
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.trail import REOPEN_MARK
from jiandu_desktop.services.unit import read_unit
from jiandu_desktop.services.wire import to_wire
from jiandu_desktop.storage import county, visits
from jiandu_desktop.storage.records import Work
from jiandu_desktop.sync.operation import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The frozen visit and its documents."""

    visit: Visit
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewDocument:
    """A document as it would be printed; without a number before the visit is frozen. `words` is what it says."""

    kind: DocumentKind
    title: str
    pdf: bytes
    pages: int
    missing: tuple[str, ...]
    words: bytes = b""


class Finishing:
    """Preview, freeze, sign afterwards, reopen."""

    def __init__(self, store: Store, checklists: Checklists, preferences: Preferences, filling: Visits) -> None:
        self._store = store
        self._checklists = checklists
        self._preferences = preferences
        self._filling = filling

    def instance(self, open_visit: OpenVisit) -> Instance:
        """The form engine's instance of a stored visit, for callers that have no wizard open."""
        return Instance(
            open_visit.definition,
            now=self._store.clock,
            username="、".join(inspector.name for inspector in open_visit.inspectors),
            deviceid=open_visit.visit.device,
            phonenumber=open_visit.phonenumber,
            prefill=open_visit.prefill,
            values=open_visit.values or None,
            last_saved=open_visit.last_saved,
        )

    def resume(self, visit_id: str) -> OpenVisit:
        """A stored visit with all that belongs to it; raises Trouble `media-lost` if its checklist is not here."""
        return self._filling.resume(visit_id)

    def papers_of(self, visit_id: str, instance: Instance) -> VisitPapers:
        """Everything that the documents of a visit tell."""
        with self._store.reading() as work:
            return self._papers(work, visits.visit(work, visit_id), instance)

    def preview(self, visit_id: str, instance: Instance) -> tuple[PreviewDocument, ...]:
        """Every document of the visit as a draft without a number."""
        with self._store.reading() as work:
            papers = self._papers(work, visits.visit(work, visit_id), instance)
        now = self._store.clock()
        return tuple(
            _shown(paper.kind, build(paper, issued_at=now, verify=None)) for paper in draft(papers, lambda kind: None)
        )

    def finish(self, visit_id: str, instance: Instance) -> Finished:
        """Freeze the visit and issue its documents.

        Raises Trouble `visit-not-ready` (must-fix lines are left), `visit-frozen`, `disk-full`; then nothing happened:
        no number is taken, nothing is frozen.
        """
        now = self._store.clock()
        with self._store.writing() as work:
            visit = must_be_open(work, visit_id)
            found = visits.problems(work, visit_id=visit_id)
            kept = visits.remarks(work, visit_id)[1]
            verdict = review(instance, found, visits.photos(work, visit_id=visit_id), kept)
            if not verdict.ready:
                raise Trouble("visit-not-ready", count=len(verdict.must_fix))
            frozen = self._freeze(work, visit, instance, now)
            issued, drafts = self._issue(work, frozen, instance, now)
            checklist = recheck.blob_of(self._store, frozen) if recheck.is_recheck(frozen) else None
            self._store.record(work, [*frozen_record.drafts(work, frozen, checklist), *drafts])
            looked_at: frozenset[str] = frozenset()
            if recheck.is_recheck(frozen):
                looked_at = recheck.take_results(work, ProblemSteps(self._store), frozen, instance)
            else:
                looked_at = take_owed_results(work, ProblemSteps(self._store), frozen)
        self._store.publish(
            Changes(
                visits=frozenset({visit_id}),
                schools=frozenset({visit.school_id}),
                problems=frozenset(problem.id for problem in found) | looked_at,
                documents=frozenset(document.id for document in issued),
                sync=True,
            )
        )
        return Finished(visit=frozen, documents=issued)

    def mark_signed(self, visit_id: str) -> Visit:
        """The paper was signed in ink (待签字 → 已完成)."""
        with self._store.writing() as work:
            visit = visits.visit(work, visit_id)
            if visit.state is not VisitState.AWAITING_SIGNATURE:
                return visit
            visit = replace(visit, state=VisitState.FINISHED)
            visits.put_visit(work, visit)
            self._store.record(work, [Draft("visit.signed", visit_id, {"visit": to_wire(visit)})])
        self._store.publish(Changes(visits=frozenset({visit_id}), sync=True))
        return visit

    def reopen(self, visit_id: str, reason: str) -> OpenVisit:
        """Begin a new revision of a frozen visit with its answers, notes and photos; the old record stays.

        Raises ValueError without a reason. The problems are taken over as new ones; those of the old record are
        closed by the revision when it is frozen.
        """
        if not reason.strip():
            raise ValueError("a revision needs a reason")
        with self._store.writing() as work:
            old = visits.visit(work, visit_id)
            if old.state is VisitState.DRAFT:
                raise ValueError("the visit is open")
            new = replace(
                old,
                id=self._store.new_id(),
                state=VisitState.DRAFT,
                finished_at=None,
                content_hash="",
                revision=old.revision + 1,
                revises=old.id,
                revision_reason=reason.strip(),
                score=None,
                vetoed=(),
                device=self._store.membership().device,
            )
            visits.put_visit(work, new)
            visits.copy_filling(work, old.id, new.id, self._store.new_id)
            opened = TrailEntry(
                ref=REOPEN_MARK,
                old=None,
                new=None,
                at=self._store.clock(),
                source=AnswerSource.REOPENED,
                person=self._store.membership().person,
                reason=new.revision_reason,
            )
            visits.write_trail(work, new.id, opened)
            for problem in visits.problems(work, visit_id=old.id):
                renewed = replace(
                    problem,
                    id=self._store.new_id(),
                    visit_id=new.id,
                    state=ProblemState.FOUND,
                    notice_number="",
                )
                visits.put_problem(work, renewed)
        self._store.publish(Changes(visits=frozenset({new.id}), schools=frozenset({new.school_id})))
        return self._filling.resume(new.id)

    def _freeze(self, work: Work, visit: Visit, instance: Instance, now: datetime) -> Visit:
        sheet = instance.score()
        counts = instance.progress()
        has_head = any(
            signature.role == HEAD_ROLE and (signature.strokes or signature.refused)
            for signature in visits.signatures(work, visit.id)
        )
        # What the engine holds is what was shown; calculated values belong to the record as well.
        visits.write_received_answers(work, visit.id, instance.values(), visits.trail(work, visit.id))
        frozen = replace(
            visit,
            state=VisitState.FINISHED if has_head else VisitState.AWAITING_SIGNATURE,
            finished_at=now,
            score=sheet.percent,
            vetoed=tuple(sheet.veto_hits),
            answered=counts.answered,
            item_total=counts.total,
        )
        if visit.revises:
            self._supersede(work, visit.revises)
        for problem in visits.problems(work, visit_id=visit.id):
            visits.put_problem(work, _issued(problem))
        visits.put_visit(work, frozen)
        frozen = replace(frozen, content_hash=frozen_record.digest(frozen_record.content(work, frozen)))
        visits.put_visit(work, frozen)
        return frozen

    def _supersede(self, work: Work, old_visit_id: str) -> None:
        """Open problems of the record that this revision replaces are closed by it, with a line that says so."""
        me = self._store.membership()
        for problem in visits.problems(work, visit_id=old_visit_id, open_only=True):
            event = self._event(problem, Step.SUPERSEDED, me.person, after=lives.life(work, problem.id).heads)
            self._store.record(work, [lives.add(work, event)])

    def _issue(
        self, work: Work, visit: Visit, instance: Instance, now: datetime
    ) -> tuple[tuple[Document, ...], list[Draft]]:
        papers = self._papers(work, visit, instance)
        me = self._store.membership()
        taken: dict[DocumentKind, DocumentNumber] = {}
        drafts: list[Draft] = []
        for kind in kinds_for(papers.problems, visit):
            taken[kind], used = next_number(self._store, work, papers.office, kind, now)
            drafts += used
        issued: list[Document] = []
        for paper in draft(papers, taken.get):
            document_id = self._store.new_id()
            mark = VerifyMark(laptop=me.device, document_id=document_id)
            built = build(paper, issued_at=now, verify=mark, seal=seal_for(self._store, work, paper.kind))
            document = Document(
                id=document_id,
                kind=paper.kind,
                number=str(taken[paper.kind]),
                visit_id=visit.id,
                school_id=visit.school_id,
                title=built.title or DOCUMENT_KIND_NAMES[paper.kind],
                issued_at=now,
                sha256=self._store.media.keep(built.pdf),
                pages=built.pages,
                device=me.device,
                words=self._store.media.keep(built.words),
            )
            visits.put_document(work, document)
            drafts.append(
                Draft(
                    "document.issued", document.id, {"document": to_wire(document), "blobs": blobs_of(document, built)}
                )
            )
            issued.append(document)
        if visit.revises:
            drafts += superseded(self._store, work, visit.revises, issued, visit.revision_reason)
        notice = taken.get(DocumentKind.RECTIFICATION_NOTICE)
        for problem in visits.problems(work, visit_id=visit.id):
            number = str(notice) if notice and problem.handling is Handling.BY_DATE else ""
            problem = replace(problem, notice_number=number)
            found = self._event(problem, Step.FOUND, me.person)
            step = Step.ISSUED if problem.handling is Handling.BY_DATE else Step.FIXED_ON_THE_SPOT
            then = self._event(problem, step, me.person, note=number, after=(found.id,))
            drafts.append(lives.issue(work, problem, found, then))
        return tuple(issued), drafts

    def _papers(self, work: Work, visit: Visit, instance: Instance) -> VisitPapers:
        unit = read_unit(work)
        people = {inspector.id: inspector for inspector in county.inspectors(work)}
        replaced = visits.documents(work, visit_id=visit.revises) if visit.revises else ()
        return VisitPapers(
            office=unit.office(),
            visit=visit,
            school=county.school(work, visit.school_id),
            inspectors=tuple(people[each] for each in visit.inspector_ids if each in people),
            instance=instance,
            problems=visits.problems(work, visit_id=visit.id),
            photos=visits.photos(work, visit_id=visit.id),
            signatures=visits.signatures(work, visit.id),
            copies_to=unit.copies_to,
            plan_days=int(self._preferences.get("plan_days")),
            report_days=int(self._preferences.get("report_days")),
            notice_photos=int(self._preferences.get("notice_photos")),
            photo_file=self._store.media.path,
            replaces=next((each.number for each in replaced), ""),
            rechecked=recheck.rechecked(work, instance) if recheck.is_recheck(visit) else (),
        )

    def _event(
        self, problem: Problem, step: Step, person: str, *, note: str = "", after: tuple[str, ...] = ()
    ) -> ProblemEvent:
        return ProblemEvent(
            id=self._store.new_id(),
            problem_id=problem.id,
            step=step.value,
            at=self._store.clock(),
            person=person,
            device=self._store.membership().device,
            note=note,
            role=self._store.membership().role.value,
            parents=after,
        )


def _issued(problem: Problem) -> Problem:
    by_date = problem.handling is Handling.BY_DATE
    return replace(
        problem,
        state=ProblemState.RECTIFYING if by_date else ProblemState.FIXED_ON_THE_SPOT,
        due=problem.due if by_date else None,
    )


def _shown(kind: DocumentKind, built: BuiltDocument) -> PreviewDocument:
    return PreviewDocument(
        kind=kind,
        title=built.title or DOCUMENT_KIND_NAMES[kind],
        pdf=built.pdf,
        pages=built.pages,
        missing=built.missing,
        words=built.words,
    )
