"""新文书: what is written about problems and around visits, drafted from the record, issued with a number.

`draft` puts down what a clerk would write; a person edits it, looks at `preview`; `issue` takes the number, keeps the
PDF and notes the step in each problem's life, all in one transaction or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.document import (
    ABOUT_A_VISIT,
    DOCUMENT_KIND_NAMES,
    INSPECTION_KINDS,
    DocumentKind,
    DocumentNumber,
    PressingLetter,
    VerifyMark,
)
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.issued import Document
from jiandu_desktop.domain.paper_life import PaperStep
from jiandu_desktop.domain.problem import Escalation, Problem, Step
from jiandu_desktop.domain.sentences import sentence
from jiandu_desktop.services import letter_facts, lives
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.deadlines import Deadlines
from jiandu_desktop.services.finishing import PreviewDocument
from jiandu_desktop.services.issued_words import blobs_of
from jiandu_desktop.services.letter_draft import LetterDraft
from jiandu_desktop.services.letter_facts import Gathered
from jiandu_desktop.services.numbering import next_number
from jiandu_desktop.services.paper_life import noted
from jiandu_desktop.services.problem_steps import ProblemSteps
from jiandu_desktop.services.seals import seal_for
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.unit import read_unit
from jiandu_desktop.services.wire import to_wire
from jiandu_desktop.storage import visits
from jiandu_desktop.sync.operation import Draft

if TYPE_CHECKING:
    from jiandu_desktop.domain.document import PressingPaper, PrintedDocument
    from jiandu_desktop.services.inspection_papers import InspectionPapers, Numbered
    from jiandu_desktop.storage.records import Work

LEVELS: dict[DocumentKind, Escalation] = {
    DocumentKind.REMINDER: Escalation.REMINDER,
    DocumentKind.WARNING: Escalation.WARNING,
    DocumentKind.SUPERVISION: Escalation.SUPERVISION,
    DocumentKind.CIRCULAR: Escalation.CIRCULAR,
    DocumentKind.TALK_NOTICE: Escalation.TALK,
}
"""How hard each kind presses; the others leave a problem's level alone."""

KIND_OF_LEVEL: dict[Escalation, DocumentKind] = {
    **{level: kind for kind, level in LEVELS.items()},
    Escalation.ACCOUNTABILITY: DocumentKind.REPORT,
}
"""The document that goes with a proposed step; 问责 is never more than a report to those who may decide it."""

WITHOUT_PROBLEMS = INSPECTION_KINDS | {DocumentKind.WORK_TIP, DocumentKind.CIRCULAR, DocumentKind.RECEIPT}
"""Kinds that may be written about no single problem."""

TO_OTHERS = frozenset({DocumentKind.CONSULTATION, DocumentKind.HANDOVER, DocumentKind.COPY_NOTICE, DocumentKind.REPORT})
"""Kinds that go to another body than the school."""

WITHOUT_ADDRESSEE = frozenset({DocumentKind.INSPECTION_REPORT})
"""A report may go to nobody by name; its cover says what it is."""

_SILENT = INSPECTION_KINDS | {DocumentKind.FOUR_LISTS, DocumentKind.RECEIPT}
"""Kinds that are no step in a problem's life."""

RENEWABLE = frozenset(LEVELS) | TO_OTHERS | {DocumentKind.WORK_TIP}
"""Kinds that can be issued anew in place of one that was wrong; what a visit ends with is reopened with the visit."""

_ASKS_FOR_ANSWER = frozenset(DocumentKind) - TO_OTHERS | {DocumentKind.CONSULTATION, DocumentKind.HANDOVER}


class Letters:
    """Drafting, looking at and issuing what is written about problems."""

    def __init__(self, store: Store, deadlines: Deadlines, inspections: InspectionPapers) -> None:
        self._store, self._deadlines = store, deadlines
        self.inspections = inspections

    def draft(
        self,
        kind: DocumentKind,
        problem_ids: Sequence[str] = (),
        *,
        addressee: str = "",
        document_ids: Sequence[str] = (),
        level: Escalation | None = None,
    ) -> LetterDraft:
        """What a clerk would write: addressee, subject, opening, demand; every part may be edited.

        Raises LookupError for a problem that is not here.
        """
        today = self._store.today()
        with self._store.reading() as work:
            gathered = letter_facts.gather(work, problem_ids, today)
            unit = read_unit(work)
            handed = [visits.document(work, each) for each in document_ids]
            standings = letter_facts.standings(work, gathered, today) if kind is DocumentKind.CIRCULAR else ()
            answer_days = lives.read_rules(work).answer_days
        if not addressee:
            addressee = letter_facts.addressee(kind, gathered, unit, [each.school_id for each in handed], standings)
        made = LetterDraft(
            kind=kind,
            problem_ids=tuple(problem_ids),
            addressee=addressee,
            subject=letter_facts.subject(gathered),
            answer_by=self._deadlines.last_day(today, answer_days).day if kind in _ASKS_FOR_ANSWER else None,
            copies_to=unit.office().copies_for(kind, () if kind in TO_OTHERS else unit.copies_to),
            warned=letter_facts.warned(gathered) if kind is DocumentKind.WARNING else None,
            talk=letter_facts.talk(gathered) if kind in (DocumentKind.TALK_NOTICE, DocumentKind.TALK_RECORD) else None,
            standings=standings,
            ranking_rule=letter_facts.RANKING_RULE if kind is DocumentKind.CIRCULAR else "",
            document_ids=tuple(document_ids),
            level=level or LEVELS.get(kind),
        )
        return self.reworded(made)

    def begin(self, draft: LetterDraft) -> LetterDraft:
        """A paper around visits as a clerk would write it, about what `draft` names; empty while that is not known."""
        return self.inspections.draft(draft)

    def reworded(self, draft: LetterDraft) -> LetterDraft:
        """The draft with opening and demand as they would be worded now, after addressee or date changed."""
        from jiandu_desktop.documents import letter_words

        if draft.kind in INSPECTION_KINDS:
            return self.inspections.reworded(draft)
        with self._store.reading() as work:
            paper = self._paper(work, draft, None)
        if not isinstance(paper, PressingLetter):
            return draft
        return replace(draft, opening=letter_words.default_opening(paper), demand=letter_words.default_demand(paper))

    def preview(self, draft: LetterDraft) -> PreviewDocument:
        """The document as it would be printed, without a number."""
        from jiandu_desktop.documents.build import build

        if draft.kind in INSPECTION_KINDS:
            paper: PrintedDocument = self.inspections.gather(draft)(None)
        else:
            with self._store.reading() as work:
                paper = self._paper(work, draft, None)
        built = build(paper, issued_at=self._store.clock(), verify=None)
        return PreviewDocument(
            kind=draft.kind,
            title=built.title,
            pdf=built.pdf,
            pages=built.pages,
            missing=built.missing,
            words=built.words,
        )

    def issue(self, draft: LetterDraft) -> tuple[Document, ...]:
        """Issue it: one document for the addressee, and one for each of `also_to`.

        Raises Trouble `letter-needs-problems`, `letter-needs-visit`, `letter-needs-assignment`,
        `letter-needs-addressee`, `letter-problem-refused` (the rules do not let one of the problems take the step now),
        `disk-full`; then nothing happened and no number is gone.
        """
        name = DOCUMENT_KIND_NAMES[draft.kind]
        if not draft.problem_ids and draft.kind not in WITHOUT_PROBLEMS:
            raise Trouble("letter-needs-problems", kind=name)
        if not draft.addressee.strip() and draft.kind not in WITHOUT_ADDRESSEE:
            raise Trouble("letter-needs-addressee", kind=name)
        issued: list[Document] = []
        # What a visit's papers tell takes a while to read: it is done before the database is locked.
        gathered = self.inspections.gather(draft) if draft.kind in INSPECTION_KINDS else None
        about = self.inspections.schools(draft) if draft.kind in INSPECTION_KINDS else set()
        with self._store.writing() as work:
            for addressee in (draft.addressee, *draft.also_to):
                issued.append(self._issue(work, replace(draft, addressee=addressee), gathered, about))
            if draft.replaces:
                old, why = visits.document(work, draft.replaces), draft.replaces_reason
                by = {"by": issued[0].id}
                _, told = noted(self._store, work, old, PaperStep.SUPERSEDED, note=why, data=by)
                self._store.record(work, [told])
            self._take_steps(work, draft, issued[0])
            schools = about | {problem.school_id for problem in letter_facts.read(work, draft.problem_ids)}
        self._store.publish(
            Changes(
                documents=frozenset(each.id for each in issued) | ({draft.replaces} - {""}),
                problems=frozenset(draft.problem_ids),
                schools=frozenset(schools),
                visits=frozenset({draft.visit_id} - {""}),
                settings=True,
                sync=True,
            )
        )
        return tuple(issued)

    def report_addressees(self) -> tuple[str, str]:
        """双报告: the bureau and the government of the county."""
        with self._store.reading() as work:
            return letter_facts.higher_bodies(read_unit(work))

    def _issue(self, work: Work, draft: LetterDraft, gathered: Numbered | None, about: set[str]) -> Document:
        from jiandu_desktop.documents.build import build

        now, me = self._store.clock(), self._store.membership()
        number, drafts = next_number(self._store, work, read_unit(work).office(), draft.kind, now)
        document_id = self._store.new_id()
        paper = gathered(number) if gathered is not None else self._paper(work, draft, number)
        mark = VerifyMark(laptop=me.device, document_id=document_id)
        built = build(paper, issued_at=now, verify=mark, seal=seal_for(self._store, work, draft.kind))
        schools = about | {problem.school_id for problem in letter_facts.read(work, draft.problem_ids)}
        schools |= {visits.document(work, each).school_id for each in draft.document_ids}
        document = Document(
            id=document_id,
            kind=draft.kind,
            number=str(number),
            visit_id=draft.visit_id if draft.kind in ABOUT_A_VISIT else "",
            school_id=next(iter(schools)) if len(schools) == 1 else "",
            title=built.title,
            issued_at=now,
            sha256=self._store.media.keep(built.pdf),
            pages=built.pages,
            addressee=draft.addressee.strip(),
            problems=draft.problem_ids,
            device=me.device,
            words=self._store.media.keep(built.words),
        )
        visits.put_document(work, document)
        told = {"document": to_wire(document), "blobs": blobs_of(document, built)}
        self._store.record(work, [*drafts, Draft("document.issued", document.id, told)])
        return document

    def _take_steps(self, work: Work, draft: LetterDraft, document: Document) -> None:
        """The step that the document is in each problem's life; refused as a whole where one may not take it."""
        if draft.kind in _SILENT:
            return
        steps = ProblemSteps(self._store)
        step, data = _step(draft, document)
        note = f"{DOCUMENT_KIND_NAMES[draft.kind]}（{document.number}）"
        for problem in letter_facts.read(work, draft.problem_ids):
            try:
                steps.take_within(work, problem.id, step, note=note, data=data)
            except Trouble as trouble:
                raise Trouble(
                    "letter-problem-refused",
                    problem=_short(problem),
                    kind=DOCUMENT_KIND_NAMES[draft.kind],
                    why=sentence(trouble.code, trouble.values),
                ) from trouble

    def _paper(self, work: Work, draft: LetterDraft, number: DocumentNumber | None) -> PressingPaper:
        today = self._store.today()
        gathered: Gathered = letter_facts.gather(work, draft.problem_ids, today)
        paper = letter_facts.paper(work, draft, gathered, number, today)
        if draft.replaces and isinstance(paper, PressingLetter):
            return replace(paper, replaces=visits.document(work, draft.replaces).number)
        return paper


def _step(draft: LetterDraft, document: Document) -> tuple[Step, dict[str, Any]]:
    told = {"document": document.id, "number": document.number}
    if draft.replaces:
        # The step was taken by the document that this one replaces.
        return Step.NOTED, told
    if draft.kind in (DocumentKind.HANDOVER, DocumentKind.COPY_NOTICE):
        return Step.HANDED_OVER, {"to": document.addressee, **told}
    if draft.level is None:
        return Step.NOTED, told
    if draft.also_to:
        told["also_to"] = "、".join(draft.also_to)
    return Step.ESCALATED, {"level": draft.level.value, **told}


def _short(problem: Problem) -> str:
    return problem.text if len(problem.text) <= 30 else problem.text[:29] + "…"
