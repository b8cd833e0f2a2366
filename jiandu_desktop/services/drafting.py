"""From a visit to the words of its documents: what the record holds, nothing that somebody would have to retype."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from jiandu_desktop.domain.document import (
    DocumentKind,
    DocumentNumber,
    FeedbackOpinion,
    NoticeProblem,
    Office,
    Picture,
    PrintedDocument,
    ProblemList,
    RecheckedProblem,
    RecheckOpinion,
    RectificationNotice,
    ScoreSummary,
    VisitFacts,
)
from jiandu_desktop.domain.inspector import Inspector
from jiandu_desktop.domain.problem import Handling, Problem
from jiandu_desktop.domain.school import School
from jiandu_desktop.domain.visit import Photo, Signature, Visit
from jiandu_desktop.form_engine import Instance
from jiandu_desktop.services.recheck import is_recheck, results

INSPECTOR_ROLE, HEAD_ROLE = "inspector", "head"
ROLE_NAMES = {INSPECTOR_ROLE: "督学", HEAD_ROLE: "学校负责人"}
"""What is stored of a signature's role, and how the paper names it."""
HIGHLIGHTS, ADVICE, EVALUATION = "highlights", "advice", "evaluation"
"""Names of text items that a checklist may hold; their lines go into the opinion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPapers:
    """A visit with all that its documents tell."""

    office: Office
    visit: Visit
    school: School
    inspectors: tuple[Inspector, ...]
    instance: Instance
    problems: tuple[Problem, ...]
    photos: tuple[Photo, ...]
    signatures: tuple[Signature, ...]
    copies_to: tuple[str, ...] = ()
    plan_days: int = 5
    report_days: int = 3
    replaces: str = ""
    rechecked: tuple[Problem, ...] = ()
    """The problems that a re-check looked at."""
    notice_photos: int = 0
    """Photos on a page behind the notice; 0 leaves them out."""
    photo_file: Callable[[str], Path] | None = None
    """Where the bytes of a photo lie, by their SHA-256."""


_Maker = Callable[["VisitPapers", tuple[NoticeProblem, ...], DocumentNumber | None], PrintedDocument]


def kinds_for(problems: Sequence[Problem], visit: Visit) -> tuple[DocumentKind, ...]:
    """Every visit ends with an opinion; problems by a date add the notice, any problem adds the list.

    A re-check ends with its own opinion, and with a notice where new problems are to be put right by a date.
    """
    if is_recheck(visit):
        by_date = any(problem.handling is Handling.BY_DATE for problem in problems)
        notice = (DocumentKind.RECTIFICATION_NOTICE,) if by_date else ()
        return (DocumentKind.RECHECK_OPINION, *notice)
    kinds = [DocumentKind.FEEDBACK_OPINION]
    if any(problem.handling is Handling.BY_DATE for problem in problems):
        kinds.append(DocumentKind.RECTIFICATION_NOTICE)
    if problems:
        kinds.append(DocumentKind.PROBLEM_LIST)
    return tuple(kinds)


def draft(
    papers: VisitPapers, number_of: Callable[[DocumentKind], DocumentNumber | None]
) -> tuple[PrintedDocument, ...]:
    """The documents of a visit in the order they are handed over; a number of None makes a draft that says so."""
    makers: dict[DocumentKind, _Maker] = {
        DocumentKind.FEEDBACK_OPINION: _opinion,
        DocumentKind.RECTIFICATION_NOTICE: _notice,
        DocumentKind.PROBLEM_LIST: _list,
        DocumentKind.RECHECK_OPINION: _recheck_opinion,
    }
    ordered = _ordered(papers)
    return tuple(makers[kind](papers, ordered, number_of(kind)) for kind in kinds_for(papers.problems, papers.visit))


def opinion(papers: VisitPapers, number: DocumentNumber | None) -> FeedbackOpinion:
    """What the 现场反馈意见书 tells of a visit; the record, the certificate and the formal opinion tell it again."""
    return _opinion(papers, _ordered(papers), number)


def _opinion(
    papers: VisitPapers, problems: tuple[NoticeProblem, ...], number: DocumentNumber | None
) -> FeedbackOpinion:
    return FeedbackOpinion(
        office=papers.office,
        number=number,
        visit=_facts(papers),
        dated=_day(papers),
        evaluation=" ".join(_lines(papers, EVALUATION)),
        highlights=_lines(papers, HIGHLIGHTS),
        score=_score(papers),
        problems=problems,
        advice=_lines(papers, ADVICE),
        opinion=papers.visit.opinion,
        opinion_text=papers.visit.opinion_text,
        signatures=_places(papers),
        replaces=papers.replaces,
    )


def _notice(
    papers: VisitPapers, problems: tuple[NoticeProblem, ...], number: DocumentNumber | None
) -> RectificationNotice:
    by_date = [problem for problem in problems if problem.handling is Handling.BY_DATE]
    return RectificationNotice(
        office=papers.office,
        number=number,
        visit=_facts(papers),
        dated=_day(papers),
        problems=tuple(_renumbered(by_date)),
        plan_days=papers.plan_days,
        report_days=papers.report_days,
        copies_to=papers.office.copies_for(DocumentKind.RECTIFICATION_NOTICE, papers.copies_to),
        signatures=_receipt(papers),
        pictures=tuple(_evidence(papers)) if papers.notice_photos else (),
        photos_per_page=papers.notice_photos or 2,
        replaces=papers.replaces,
    )


def _list(papers: VisitPapers, problems: tuple[NoticeProblem, ...], number: DocumentNumber | None) -> ProblemList:
    return ProblemList(
        office=papers.office,
        number=number,
        visit=_facts(papers),
        dated=_day(papers),
        problems=problems,
        signatures=_places(papers),
        replaces=papers.replaces,
    )


def _recheck_opinion(
    papers: VisitPapers, problems: tuple[NoticeProblem, ...], number: DocumentNumber | None
) -> RecheckOpinion:
    pictures = Counter(photo.ref for photo in papers.photos if photo.is_picture)
    known = {problem.id: problem for problem in papers.rechecked}
    told = [each for each in results(papers.instance) if each.problem_id in known]
    return RecheckOpinion(
        office=papers.office,
        number=number,
        visit=_facts(papers),
        dated=_day(papers),
        problems=tuple(
            RecheckedProblem(
                ordinal=place,
                text=known[each.problem_id].text,
                result=each.result,
                number=known[each.problem_id].notice_number,
                due=known[each.problem_id].due,
                new_due=each.new_due,
                note=each.note,
                proof_count=pictures[each.ref],
            )
            for place, each in enumerate(told, start=1)
        ),
        found=problems,
        opinion=papers.visit.opinion,
        opinion_text=papers.visit.opinion_text,
        signatures=_places(papers),
        replaces=papers.replaces,
    )


def _places(papers: VisitPapers) -> tuple[Signature, ...]:
    """A place for every inspector and the school's head: signed on screen, or free for ink."""
    given = {(signature.role, signature.name): signature for signature in papers.signatures}
    wanted = [(INSPECTOR_ROLE, inspector.name) for inspector in papers.inspectors]
    wanted.append((HEAD_ROLE, papers.school.head))
    return tuple(
        place
        for role, name in wanted
        for place in _with_witnesses(ROLE_NAMES[role], given.get((role, name), Signature(role=role, name=name)))
    )


def _with_witnesses(role: str, given: Signature) -> tuple[Signature, ...]:
    """The place of one person; of somebody who refused to sign also those of the witnesses, for ink."""
    return (replace(given, role=role), *(Signature(role="见证人", name=name) for name in given.witnesses))


def _receipt(papers: VisitPapers) -> tuple[Signature, ...]:
    """The notice is signed for by the school alone (签收)."""
    name = papers.school.head
    head = next((each for each in papers.signatures if (each.role, each.name) == (HEAD_ROLE, name)), None)
    return _with_witnesses("签收人", head or Signature(role=HEAD_ROLE, name=name))


def _facts(papers: VisitPapers) -> VisitFacts:
    first, last = papers.visit.started_at.date(), _day(papers)
    return VisitFacts(
        school=papers.school.name,
        task=papers.visit.task,
        visited=(first,) if first == last else (first, last),
        inspectors=tuple(inspector.name for inspector in papers.inspectors),
        companions=tuple(name for name in papers.visit.companions.replace(",", "、").split("、") if name.strip()),
        matters=_looked_at(papers),
        approach=papers.visit.approach,
        timing=papers.visit.timing,
    )


def _looked_at(papers: VisitPapers) -> tuple[str, ...]:
    """The 督导事项 of the items that were shown, in the checklist's order; its sections where it names no matters.

    A re-check's sections are states of problems, not what was looked at.
    """
    if is_recheck(papers.visit):
        return ()
    instance, definition = papers.instance, papers.instance.definition
    shown = [instance.node(ref) for section in definition.sections for ref in instance.section_items(section.ref)]
    touched = {node.item.inspection.matter for node in shown}
    matters = tuple(label for key, label in definition.matters.items() if key in touched)
    return matters or tuple(section.label for section in definition.sections)


def _day(papers: VisitPapers) -> date:
    return (papers.visit.finished_at or papers.visit.started_at).date()


def _score(papers: VisitPapers) -> ScoreSummary | None:
    sheet = papers.instance.score()
    if sheet.percent is None and not sheet.veto_hits:
        return None
    return ScoreSummary(
        points=str(sheet.percent or 0),
        full="100",
        vetoes=tuple(papers.instance.node(ref).label for ref in sheet.veto_hits),
        unanswered=sheet.unanswered,
    )


def _lines(papers: VisitPapers, name: str) -> tuple[str, ...]:
    for ref, item in papers.instance.definition.items.items():
        if item.name == name and item.kind == "text":
            node = papers.instance.node(ref)
            return tuple(line.strip() for line in node.value.splitlines() if line.strip()) if node.relevant else ()
    return ()


def _evidence(papers: VisitPapers) -> Iterator[Picture]:
    """The photos of the problems that the notice tells, under the number that each has there."""
    if papers.photo_file is None:
        return
    by_date = [problem for problem in _in_order(papers) if problem.handling is Handling.BY_DATE]
    for place, problem in enumerate(by_date, start=1):
        for photo in papers.photos:
            if photo.ref == problem.ref and photo.is_picture and not photo.after:
                caption = f"问题{place}：{problem.text}"
                yield Picture(path=papers.photo_file(photo.sha256), caption=caption, sha256=photo.sha256)


def _in_order(papers: VisitPapers) -> list[Problem]:
    """Problems in the order of the checklist."""
    order = {
        ref: place
        for place, ref in enumerate(
            ref for section in papers.instance.definition.sections for ref in papers.instance.section_items(section.ref)
        )
    }
    return sorted(papers.problems, key=lambda problem: (order.get(problem.ref, len(order)), problem.found_at))


def _ordered(papers: VisitPapers) -> tuple[NoticeProblem, ...]:
    """The same as the documents tell them."""
    pictures: dict[str, list[Photo]] = {}
    for photo in papers.photos:
        pictures.setdefault(photo.ref, []).append(photo)
    return tuple(
        NoticeProblem(
            ordinal=place,
            item=problem.item,
            text=problem.text,
            basis=problem.basis,
            measure=problem.measure,
            grade=problem.grade,
            handling=problem.handling,
            due=problem.due,
            responsible=problem.responsible,
            leader=problem.leader,
            evidence_count=len(pictures.get(problem.ref, ())),
            fixed=problem.handling is Handling.ON_THE_SPOT,
        )
        for place, problem in enumerate(_in_order(papers), start=1)
    )


def _renumbered(problems: Sequence[NoticeProblem]) -> list[NoticeProblem]:
    return [replace(problem, ordinal=place) for place, problem in enumerate(problems, start=1)]
