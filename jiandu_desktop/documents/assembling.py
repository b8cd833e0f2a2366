"""From what a document says to its PDF: pages laid out, drawn, marked and hashed."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from jiandu_desktop.documents import (
    feedback_opinion,
    forms,
    four_lists,
    inspection_notice,
    inspection_opinion,
    letter,
    office_words,
    pdf,
    problem_list,
    recheck_opinion,
    record_sheet,
    rectification_notice,
    report,
    visit_certificate,
    wording,
)
from jiandu_desktop.documents.composing import Composer
from jiandu_desktop.documents.fonts import FontBook
from jiandu_desktop.documents.layout import Page
from jiandu_desktop.documents.origin import OriginFacts
from jiandu_desktop.documents.told import Told
from jiandu_desktop.domain.document import (
    BuiltDocument,
    DeliveryReceipt,
    FeedbackOpinion,
    FourLists,
    InspectionNotice,
    InspectionOpinion,
    InspectionReport,
    PressingLetter,
    PrintedDocument,
    ProblemList,
    RecheckOpinion,
    RecordSheet,
    RectificationNotice,
    StrikeOffForm,
    TalkRecord,
    VerifyMark,
    VisitCertificate,
)
from jiandu_desktop.domain.seal import Seal


def assemble(
    document: PrintedDocument, issued_at: datetime, verify: VerifyMark | None, fonts: FontBook, seal: Seal | None = None
) -> BuiltDocument:
    """See `build.build`."""
    document = office_words.as_issued(document)
    composer = Composer(fonts)
    composer.words = office_words.words_for(document)
    pages = _pages(document, composer, origin=verify is not None)
    title = document_title(document)
    number = wording.number_text(document.number)
    metadata = pdf.Metadata(title=title, author=document.office.name, subject=number, issued_at=issued_at)
    content = pdf.draw(fonts, pages, metadata, _facts(document, number, verify, issued_at), seal)
    return BuiltDocument(
        pdf=content,
        pages=len(pages),
        sha256=sha256(content).hexdigest(),
        title=title,
        missing=tuple(composer.missing),
        words=Told(title=title, number=number, author=document.office.name, parts=tuple(composer.parts)).to_json(),
    )


def document_title(document: PrintedDocument) -> str:
    """See `build.document_title`."""
    match document:
        case FeedbackOpinion():
            return "".join(feedback_opinion.title_lines(document))
        case RectificationNotice():
            return "".join(rectification_notice.title_lines(document))
        case ProblemList():
            return "".join(problem_list.title_lines(document))
        case RecheckOpinion():
            return "".join(recheck_opinion.title_lines(document))
        case PressingLetter():
            return "".join(letter.title_lines(document))
        case FourLists():
            return "".join(four_lists.title_lines(document))
        case StrikeOffForm() | TalkRecord() | DeliveryReceipt():
            return forms.document_title(document)
        case InspectionNotice():
            return "".join(inspection_notice.title_lines(document))
        case InspectionOpinion():
            return "".join(inspection_opinion.title_lines(document))
        case RecordSheet():
            return "".join(record_sheet.title_lines(document))
        case VisitCertificate():
            return visit_certificate.document_title(document)
        case InspectionReport():
            return report.document_title(document)


def _pages(document: PrintedDocument, composer: Composer, *, origin: bool) -> list[Page]:
    match document:
        case FeedbackOpinion():
            return feedback_opinion.lay_out(document, composer, origin=origin)
        case RectificationNotice():
            return rectification_notice.lay_out(document, composer, origin=origin)
        case ProblemList():
            return problem_list.lay_out(document, composer, origin=origin)
        case RecheckOpinion():
            return recheck_opinion.lay_out(document, composer, origin=origin)
        case PressingLetter():
            return letter.lay_out(document, composer, origin=origin)
        case FourLists():
            return four_lists.lay_out(document, composer, origin=origin)
        case StrikeOffForm():
            return forms.lay_out_strike_off(document, composer, origin=origin)
        case TalkRecord():
            return forms.lay_out_talk(document, composer, origin=origin)
        case DeliveryReceipt():
            return forms.lay_out_receipt(document, composer, origin=origin)
        case InspectionNotice():
            return inspection_notice.lay_out(document, composer, origin=origin)
        case InspectionOpinion():
            return inspection_opinion.lay_out(document, composer, origin=origin)
        case RecordSheet():
            return record_sheet.lay_out(document, composer, origin=origin)
        case VisitCertificate():
            return visit_certificate.lay_out(document, composer, origin=origin)
        case InspectionReport():
            return report.lay_out(document, composer, origin=origin)


def _concerned(document: PrintedDocument) -> str:
    """Whom it goes to: the school of a visit, or the addressee."""
    match document:
        case PressingLetter() | TalkRecord() | StrikeOffForm() | FourLists() | DeliveryReceipt() | InspectionNotice():
            return document.addressee
        case InspectionReport():
            return document.addressee
        case _:
            return document.visit.school


def _facts(
    document: PrintedDocument, number: str, verify: VerifyMark | None, issued_at: datetime
) -> OriginFacts | None:
    if verify is None:
        return None
    return OriginFacts(
        kind=document.kind.value,
        number=number,
        school=_concerned(document),
        dated=document.dated,
        office=document.office.name,
        laptop=verify.laptop,
        document_id=verify.document_id,
        issued_at=issued_at,
    )
