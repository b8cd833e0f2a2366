"""The program's own opening and demands with placeholders in place of facts, for the 文书模板 to be edited from.

They are not written down a second time: documents about made-up facts are worded, and the facts replaced.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from jiandu_desktop.documents import (
    feedback_opinion,
    inspection_words,
    letter_words,
    recheck_opinion,
    rectification_notice,
    told,
    wording,
)
from jiandu_desktop.documents.composing import Composer
from jiandu_desktop.documents.fonts import font_book
from jiandu_desktop.domain.document import (
    DocumentKind,
    FeedbackOpinion,
    InspectionNotice,
    InspectionOpinion,
    NoticeProblem,
    Office,
    PlannedSchool,
    PressedProblem,
    PressingLetter,
    RecheckOpinion,
    RectificationNotice,
    VisitFacts,
)
from jiandu_desktop.domain.document.template import Blank

_DATED, _VISITED, _ANSWER_BY = date(1901, 2, 3), date(1902, 3, 4), date(1903, 4, 5)
_PLAN_DAYS, _REPORT_DAYS = 7777, 8888


@cache
def sample(kind: DocumentKind) -> tuple[str, tuple[str, ...]]:
    """Opening and demands of a kind, as it is worded where there is one problem; empty where the kind has none.

    A circular opens with the figures of its ranking, for which there are no placeholders.
    """
    opening, demands = _said(kind)
    if kind is DocumentKind.CIRCULAR:
        opening = ""
    return _blanked(opening), tuple(_blanked(line) for line in demands)


def _said(kind: DocumentKind) -> tuple[str, list[str]]:
    if kind in letter_words.WORDS:
        letter = PressingLetter(
            kind=kind,
            office=_office(),
            number=None,
            dated=_DATED,
            addressee=_name(Blank.SCHOOL),
            subject=_name(Blank.SUBJECT),
            problems=(PressedProblem(ordinal=1, school=_name(Blank.SCHOOL), text="问题"),),
            answer_by=_ANSWER_BY,
        )
        return letter_words.default_opening(letter), letter_words.default_demand(letter).splitlines()
    if kind is DocumentKind.INSPECTION_NOTICE:
        notice = InspectionNotice(
            office=_office(),
            number=None,
            dated=_DATED,
            addressee=_name(Blank.SCHOOL),
            task=_name(Blank.TASK),
            schools=(PlannedSchool(school=_name(Blank.SCHOOL), when=""),),
        )
        return inspection_words.notice_opening(notice), inspection_words.notice_demand(notice).splitlines()
    if kind is DocumentKind.INSPECTION_OPINION:
        opinion = InspectionOpinion(office=_office(), number=None, dated=_DATED, visit=_visit(), problems=_problems())
        return inspection_words.opinion_opening(opinion), []
    return _of_a_visit(kind)


def _of_a_visit(kind: DocumentKind) -> tuple[str, list[str]]:
    """Worded by laying a document out, and reading what its manuscript was told."""
    composer = Composer(font_book())
    match kind:
        case DocumentKind.FEEDBACK_OPINION:
            feedback = FeedbackOpinion(office=_office(), number=None, visit=_visit(), dated=_DATED)
            feedback_opinion.lay_out(feedback, composer, origin=False)
        case DocumentKind.RECHECK_OPINION:
            recheck = RecheckOpinion(office=_office(), number=None, visit=_visit(), dated=_DATED)
            recheck_opinion.lay_out(recheck, composer, origin=False)
        case DocumentKind.RECTIFICATION_NOTICE:
            notice = RectificationNotice(
                office=_office(),
                number=None,
                visit=_visit(),
                dated=_DATED,
                problems=_problems(),
                plan_days=_PLAN_DAYS,
                report_days=_REPORT_DAYS,
            )
            rectification_notice.lay_out(notice, composer, origin=False)
        case _:
            return "", []
    said = composer.parts[0].said
    opening = next(each.text for each in said if isinstance(each, told.Paragraph))
    at = next(
        (i for i, each in enumerate(said) if isinstance(each, told.Heading) and "要求" in each.heading), len(said)
    )
    return opening, [re.sub(r"^\d+\.", "", each.text) for each in said[at:] if isinstance(each, told.Paragraph)]


def _office() -> Office:
    return Office(name=_name(Blank.OFFICE) + "室", code_letters="字")


def _visit() -> VisitFacts:
    return VisitFacts(
        school=_name(Blank.SCHOOL),
        task=_name(Blank.TASK),
        visited=(_VISITED,),
        inspectors=(_name(Blank.INSPECTORS),),
        companions=(_name(Blank.COMPANIONS),),
        matters=(_name(Blank.MATTERS),),
    )


def _problems() -> tuple[NoticeProblem, ...]:
    return (NoticeProblem(ordinal=1, item="1", text="问题", due=_ANSWER_BY),)


def _name(blank: Blank) -> str:
    return "{" + blank.value + "}"


def _blanked(text: str) -> str:
    facts = {
        wording.day(_DATED): Blank.DATE,
        wording.day(_VISITED): Blank.VISITED,
        wording.day(_ANSWER_BY): Blank.ANSWER_BY,
        str(_PLAN_DAYS): Blank.PLAN_DAYS,
        str(_REPORT_DAYS): Blank.REPORT_DAYS,
        "我室": Blank.OURSELVES,
    }
    for fact, blank in facts.items():
        text = text.replace(fact, _name(blank))
    return re.sub(r"(?<!\d)[01]项", _name(Blank.COUNT) + "项", text)
