"""What an issued document says beside its PDF: kept and sent along with it, read where a Word file is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.sync.operation import BlobRef, period_of

if TYPE_CHECKING:
    from jiandu_desktop.domain.document import BuiltDocument
    from jiandu_desktop.domain.issued import Document
    from jiandu_desktop.services.store import Store


def blobs_of(document: Document, built: BuiltDocument) -> list[dict[str, Any]]:
    """The stored bytes that travel with a document that is being issued: the PDF, and what it says."""
    period = period_of(document.issued_at)
    return [
        BlobRef(document.sha256, len(built.pdf), period, "document").to_json(),
        BlobRef(document.words, len(built.words), period, "words").to_json(),
    ]


def words_of(store: Store, document: Document) -> bytes:
    """The record of what it says.

    Raises Trouble `document-wordless` for one that was issued before such a record was kept, `document-elsewhere` where
    another laptop holds it, `media-lost`.
    """
    if not document.words:
        raise Trouble("document-wordless", number=document.number)
    if not store.media.has(document.words):
        raise Trouble("document-elsewhere", number=document.number)
    return store.media.read(document.words)
