"""From what a document says to its PDF: the one entry of this package for making documents."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from jiandu_desktop.documents import feedback_opinion, problem_list, rectification_notice, wording
from jiandu_desktop.documents.composing import Composer
from jiandu_desktop.documents.fonts import FontBook, font_book
from jiandu_desktop.documents.layout import Page
from jiandu_desktop.documents.origin import OriginFacts
from jiandu_desktop.domain.document import (
    BuiltDocument,
    FeedbackOpinion,
    PrintedDocument,
    ProblemList,
    RectificationNotice,
    VerifyMark,
)


def build(
    document: PrintedDocument, *, issued_at: datetime, verify: VerifyMark | None, fonts: FontBook | None = None
) -> BuiltDocument:
    """The PDF of `document`. The same document, time, mark and fonts give the same bytes.

    `issued_at` must be aware. `verify` puts facts into the metadata and a QR code beside the signature; drafts
    (`verify=None`) bear neither. Raises Trouble `font-unusable` where not even the bundled fonts can be read.
    """
    if issued_at.tzinfo is None:
        raise ValueError("a document is issued at an aware time")
    from jiandu_desktop.documents import pdf  # ReportLab: 0.2 s that only those who build should wait for

    fonts = fonts or font_book()
    composer = Composer(fonts)
    pages = _pages(document, composer, origin=verify is not None)
    title = document_title(document)
    number = wording.number_text(document.number)
    metadata = pdf.Metadata(title=title, author=document.office.name, subject=number, issued_at=issued_at)
    content = pdf.draw(fonts, pages, metadata, _facts(document, number, verify, issued_at))
    return BuiltDocument(
        pdf=content,
        pages=len(pages),
        sha256=sha256(content).hexdigest(),
        title=title,
        missing=tuple(composer.missing),
    )


def document_title(document: PrintedDocument) -> str:
    """The title in one line, for lists and for the metadata."""
    match document:
        case FeedbackOpinion():
            return "".join(feedback_opinion.title_lines(document))
        case RectificationNotice():
            return "".join(rectification_notice.title_lines(document))
        case ProblemList():
            return "".join(problem_list.title_lines(document))


def _pages(document: PrintedDocument, composer: Composer, *, origin: bool) -> list[Page]:
    match document:
        case FeedbackOpinion():
            return feedback_opinion.lay_out(document, composer, origin=origin)
        case RectificationNotice():
            return rectification_notice.lay_out(document, composer, origin=origin)
        case ProblemList():
            return problem_list.lay_out(document, composer, origin=origin)


def _facts(
    document: PrintedDocument, number: str, verify: VerifyMark | None, issued_at: datetime
) -> OriginFacts | None:
    if verify is None:
        return None
    return OriginFacts(
        kind=document.kind.value,
        number=number,
        school=document.visit.school,
        dated=document.dated,
        office=document.office.name,
        laptop=verify.laptop,
        document_id=verify.document_id,
        issued_at=issued_at,
    )
