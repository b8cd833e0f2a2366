"""The entry of this package: documents in, PDFs out. Importing it costs nothing; the first document pays 0.3 s."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from jiandu_desktop.domain.document import BuiltDocument, PrintedDocument, VerifyMark

if TYPE_CHECKING:
    from jiandu_desktop.documents.fonts import FontBook
    from jiandu_desktop.domain.seal import Seal


def build(
    document: PrintedDocument,
    *,
    issued_at: datetime,
    verify: VerifyMark | None,
    fonts: FontBook | None = None,
    seal: Seal | None = None,
) -> BuiltDocument:
    """The PDF of `document`. The same document, time, mark and fonts give the same bytes; any thread may call.

    `issued_at` must be aware. `verify` puts facts into the metadata and a QR code beside the signature; drafts
    (`verify=None`) bear neither, and no `seal` either, which else is pressed where the document has a place for it.
    `fonts` are those of this computer unless a test says otherwise.
    Raises Trouble `font-unusable` where not even the bundled fonts can be read.
    """
    if issued_at.tzinfo is None:
        raise ValueError("a document is issued at an aware time")
    from jiandu_desktop.documents.assembling import assemble
    from jiandu_desktop.documents.fonts import font_book

    return assemble(document, issued_at, verify, fonts or font_book(), seal if verify is not None else None)


def document_title(document: PrintedDocument) -> str:
    """The title in one line, for lists and for the metadata."""
    from jiandu_desktop.documents import assembling

    return assembling.document_title(document)
