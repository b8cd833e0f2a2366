"""An office's own wording (文书模板) laid over the program's: placeholders filled from what the document knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from jiandu_desktop.documents import wording
from jiandu_desktop.documents.told import OfficeWords
from jiandu_desktop.domain.document import PressingLetter, PrintedDocument, RectificationNotice
from jiandu_desktop.domain.document.template import PLACEHOLDER, Blank

INSPECTION_ENDING = "特此通知。"


Paper = TypeVar("Paper", bound=PrintedDocument)


def as_issued(document: Paper) -> Paper:
    """The document with the issuer that its kind's template names."""
    office = document.office.issuing(document.kind)
    return document if office == document.office else replace(document, office=office)


def words_for(document: PrintedDocument) -> OfficeWords:
    """Headings, ending and further signatories of a document's kind."""
    own = document.office.template(document.kind)
    return OfficeWords(headings=dict(own.headings), ending=_sentence(own.ending, document), signatories=own.signatories)


def opening(document: PrintedDocument, built_in: str) -> str:
    """What stands before all else; `built_in` where the office words it no other way."""
    return _sentence(document.office.template(document.kind).opening, document) or built_in


def demands(document: PrintedDocument, built_in: Sequence[str]) -> list[str]:
    """What is asked for, an item each; `built_in` where the office words it no other way."""
    own = document.office.template(document.kind).demand
    return [_sentence(line, document) for line in own] if own else list(built_in)


def _sentence(text: str, document: PrintedDocument) -> str:
    values = _values(document)
    return wording.sentence(PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)) if text else ""


def _values(document: PrintedDocument) -> dict[str, str]:
    """What each placeholder says here; what a document does not know is left out of what its kind may use."""
    office = document.office.issuing(document.kind)
    known: dict[Blank, str] = {
        Blank.OFFICE: office.name,
        Blank.OURSELVES: office.calls_itself,
        Blank.DATE: wording.day(document.dated),
        Blank.NUMBER: wording.number_text(document.number),
    }
    for blank, name in ((Blank.SCHOOL, "addressee"), (Blank.TASK, "task")):
        if said := getattr(document, name, ""):
            known[blank] = wording.clause(said)
    visit = getattr(document, "visit", None)
    if visit is not None:
        known |= {
            Blank.SCHOOL: wording.clause(visit.school),
            Blank.TASK: wording.clause(visit.task),
            Blank.VISITED: wording.days(visit.visited),
            Blank.INSPECTORS: wording.listed(visit.inspectors),
            Blank.COMPANIONS: wording.listed(visit.companions) or "学校有关人员",
            Blank.MATTERS: wording.listed(visit.matters) or "有关工作",
        }
    problems = getattr(document, "problems", None)
    if problems is not None:
        known[Blank.COUNT] = str(len(problems))
    if isinstance(document, RectificationNotice):
        known |= {Blank.PLAN_DAYS: str(document.plan_days), Blank.REPORT_DAYS: str(document.report_days)}
    if isinstance(document, PressingLetter):
        known[Blank.SUBJECT] = wording.clause(document.subject)
        by = document.answer_by
        known[Blank.ANSWER_BY] = wording.day(by) if by is not None else "收到后尽快"
    return {blank.value: said for blank, said in known.items()}
