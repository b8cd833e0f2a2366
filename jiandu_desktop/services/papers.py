"""文书: the issued documents, their bytes, their printing and whether a file is one of ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from jiandu_desktop.documents.render import RenderedPage, page_count, page_sizes, render_page
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.issued import Document
from jiandu_desktop.domain.paper_life import PaperStep
from jiandu_desktop.domain.visit import VisitState
from jiandu_desktop.paths import write_atomically
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.overview import document_rows, read_overview
from jiandu_desktop.services.rows import DocumentRow
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.verifying import Verdict, verify
from jiandu_desktop.storage import paper_events, visits

if TYPE_CHECKING:
    from jiandu_desktop.services.finishing import Finishing

__all__ = ["Papers", "RenderedPage", "Verdict", "page_count", "page_sizes", "render_page"]


class Papers:
    """What was issued stays as it was issued."""

    def __init__(self, store: Store, finishing: Callable[[], Finishing]) -> None:
        self._store = store
        self._finishing = finishing

    def rows(self) -> tuple[DocumentRow, ...]:
        """Every issued document, the newest first."""
        return tuple(document_rows(read_overview(self._store, problems="none")))

    def of_visit(self, visit_id: str) -> tuple[Document, ...]:
        """The documents of one visit in the order they are handed over."""
        with self._store.reading() as work:
            found = visits.documents(work, visit_id=visit_id)
        return tuple(sorted(found, key=lambda document: (document.issued_at, document.id)))

    def pdf(self, document_id: str) -> bytes:
        """The very bytes that were issued; raises Trouble `document-elsewhere` where another laptop holds them."""
        with self._store.reading() as work:
            document = visits.document(work, document_id)
        if not self._store.media.has(document.sha256):
            raise Trouble("document-elsewhere", number=document.number)
        return self._store.media.read(document.sha256)

    def save_as(self, document_id: str, path: Path) -> None:
        """Write the document to a file, with its electronic signature where it has one; raises Trouble
        `file-not-writable` or `disk-full`."""
        with self._store.reading() as work:
            events = paper_events.events(work, document_id)
        signed = [each.text("sha256") for each in events if each.step is PaperStep.CERTIFIED]
        if signed and self._store.media.has(signed[-1]):
            write_atomically(path, self._store.media.read(signed[-1]))
        else:
            write_atomically(path, self.pdf(document_id))

    def record_print(self, document_id: str, copies: int) -> Document:
        """Count what was printed; a visit that awaited ink is done once its paper exists."""
        with self._store.writing() as work:
            document = visits.document(work, document_id)
            document = replace(document, prints=document.prints + copies)
            visits.put_document(work, document)
            waiting = (
                bool(document.visit_id) and visits.visit(work, document.visit_id).state is VisitState.AWAITING_SIGNATURE
            )
        self._store.publish(Changes(documents=frozenset({document_id})))
        if waiting:
            self._finishing().mark_signed(document.visit_id)
        return document

    def verify(self, path: Path) -> Verdict:
        """Compare a file with what this computer knows to have been issued; raises Trouble `file-not-…`."""
        return verify(self._store, path)
