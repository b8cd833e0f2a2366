"""An issued document in other shapes than its PDF: as a Word file to be edited on, as a slip from a receipt printer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, DocumentKind
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import Handling
from jiandu_desktop.paths import write_atomically
from jiandu_desktop.services import letter_facts
from jiandu_desktop.services.issued_words import words_of
from jiandu_desktop.services.unit import read_unit
from jiandu_desktop.storage import county, visits

if TYPE_CHECKING:
    from datetime import datetime

    from jiandu_desktop.domain.document.slip import Slip
    from jiandu_desktop.domain.issued import Document
    from jiandu_desktop.services.store import Store


class PaperFiles:
    """Writes them; the document itself stays as it was issued."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def word(self, document_id: str) -> bytes:
        """The Word file of an issued document, the same bytes each time.

        Raises Trouble `document-wordless`, `document-elsewhere`, `words-unreadable`, `media-lost`.
        """
        document = self._document(document_id)
        return self._word(words_of(self._store, document), document.issued_at)

    def save_word(self, document_id: str, path: Path) -> None:
        """Write it to a file; raises besides Trouble `file-not-writable` or `disk-full`, and leaves nothing half."""
        write_atomically(path, self.word(document_id))

    def save_draft_word(self, words: bytes, path: Path) -> None:
        """Write a draft, known by what it says (`BuiltDocument.words`), as a Word file."""
        write_atomically(path, self._word(words, self._store.clock()))

    def slip(self, document_id: str, width: int) -> bytes:
        """The 现场告知单 that goes with a document, as a PDF for paper of `width` mm (80 or 58).

        Raises Trouble `document-elsewhere` where the document's bytes are not here: its code is taken from them;
        `document-slipless` for a document that no slip goes with (`Document.has_slip`).
        """
        from jiandu_desktop.documents.slip import build_slip

        return build_slip(self._slip(document_id), width, issued_at=self._document(document_id).issued_at)

    def save_slip(self, document_id: str, width: int, path: Path) -> None:
        """Write the slip to a file."""
        write_atomically(path, self.slip(document_id, width))

    def name(self, document: Document, ending: str) -> str:
        """A file name for it (school, kind, number, in this order) that every system takes."""
        from jiandu_desktop.sync.tree import safe_name

        with self._store.reading() as work:
            known = {school.id: school.name for school in county.schools(work)} if document.school_id else {}
        whom = known.get(document.school_id, document.addressee)
        return safe_name(
            " ".join(part for part in (whom, DOCUMENT_KIND_NAMES[document.kind], document.number) if part), ending
        )

    def _document(self, document_id: str) -> Document:
        with self._store.reading() as work:
            return visits.document(work, document_id)

    def _slip(self, document_id: str) -> Slip:
        from jiandu_desktop.documents.verify import read_back
        from jiandu_desktop.domain.document.slip import Slip, SlipProblem

        with self._store.reading() as work:
            document = visits.document(work, document_id)
            if not document.has_slip:
                raise Trouble("document-slipless", number=document.number)
            unit = read_unit(work)
            if document.visit_id:
                found = visits.problems(work, visit_id=document.visit_id)
                names = {each.id: each.name for each in county.inspectors(work)}
                who = tuple(
                    names[each] for each in visits.visit(work, document.visit_id).inspector_ids if each in names
                )
            else:
                found, who = letter_facts.read(work, document.problems), ()
            whom = county.school(work, document.school_id).name if document.school_id else document.addressee
        if document.kind is DocumentKind.RECTIFICATION_NOTICE:
            found = tuple(each for each in found if each.handling is Handling.BY_DATE)
        if not self._store.media.has(document.sha256):
            raise Trouble("document-elsewhere", number=document.number)
        said = read_back(self._store.media.read(document.sha256), document.number)
        return Slip(
            office=unit.office(),
            title=DOCUMENT_KIND_NAMES[document.kind],
            school=whom,
            dated=said.facts.dated,
            number=document.number,
            inspectors=who,
            problems=tuple(
                SlipProblem(
                    text=each.text,
                    measure=each.measure,
                    due=each.due if each.handling is Handling.BY_DATE else None,
                    responsible=each.responsible,
                )
                for each in found
            ),
            qr=said.qr_text,
        )

    def _word(self, words: bytes, at: datetime) -> bytes:
        from jiandu_desktop.documents import told
        from jiandu_desktop.documents.word.writing import write_word

        return write_word(told.from_json(words), at, self._store.media.path)
