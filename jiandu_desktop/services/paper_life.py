"""What becomes of an issued document: the signed copy attached, a refusal, voiding, a formal number; all of it travels.

The PDF that was issued is never touched: each of these is an event beside it, and the state follows from the events.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.attachment import MEGABYTE, Wanted, media_type
from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, DocumentKind
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.paper_life import MOST_WITNESSES, PaperEvent, PaperState, PaperStep, state_of
from jiandu_desktop.domain.visit import VisitState
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.numbering import next_number
from jiandu_desktop.services.unit import read_unit
from jiandu_desktop.services.wire import to_wire
from jiandu_desktop.storage import paper_events, visits
from jiandu_desktop.sync.operation import BlobRef, Draft, period_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from jiandu_desktop.domain.issued import Document
    from jiandu_desktop.services.preferences import Preferences
    from jiandu_desktop.services.store import Store
    from jiandu_desktop.storage.records import Work

PROVISIONAL_MARK = "（待编号）"


class PaperLife:
    """Notes what happened to a paper, and gives back its signed copy."""

    def __init__(self, store: Store, preferences: Preferences, mark_signed: Callable[[str], object]) -> None:
        self._store = store
        self._preferences = preferences
        self._mark_signed = mark_signed

    def events(self, document_id: str) -> tuple[PaperEvent, ...]:
        """What happened to a document after it was issued, oldest first."""
        with self._store.reading() as work:
            return paper_events.events(work, document_id)

    def void(self, document_id: str, reason: str) -> PaperEvent:
        """作废: the document and its number stay in the register with the reason; its PDF stays readable.

        Problems keep their state: what the paper demanded is taken back or demanded anew by their own steps.
        Raises Trouble `paper-needs-reason`, `paper-voided`.
        """
        return self._happened(document_id, PaperStep.VOIDED, note=_reason(reason))

    def supersede(self, document_id: str, by: str, reason: str) -> PaperEvent:
        """被替代: another document takes its place. Raises Trouble as `void` does, LookupError for an unknown one."""
        with self._store.reading() as work:
            visits.document(work, by)
        return self._happened(document_id, PaperStep.SUPERSEDED, note=_reason(reason), data={"by": by})

    def refuse(self, document_id: str, reason: str, witnesses: Sequence[str] = ()) -> PaperEvent:
        """拒签 after the paper was issued: the reason and who saw it. The visit that awaited ink is done by it.

        Raises Trouble `paper-needs-reason`, `witnesses-too-many`, `paper-voided`.
        """
        names = [name.strip() for name in witnesses if name.strip()]
        if len(names) > MOST_WITNESSES:
            raise Trouble("witnesses-too-many", limit=MOST_WITNESSES)
        event = self._happened(document_id, PaperStep.REFUSED, note=_reason(reason), data={"witnesses": names})
        self._done_with_ink(document_id)
        return event

    def attach_signed(self, document_id: str, sources: Sequence[Path | tuple[str, bytes]]) -> PaperEvent:
        """签回: the signed paper, scanned or photographed, page by page or as one PDF.

        Raises Trouble `scan-…`, `photo-…`, `attachment-…`, `file-…`, `disk-full`, `paper-voided`; nothing is kept then.
        """
        from jiandu_desktop.documents.scans import join_scans

        scan = join_scans([self._taken_in(source) for source in sources])
        sha256 = self._store.media.keep(scan.pdf)
        now = self._store.clock()
        ref = BlobRef(sha256, len(scan.pdf), period_of(now), "scan")
        first = sources[0]
        name = first.name if isinstance(first, Path) else first[0]
        data = {"scan": sha256, "pages": scan.pages, "name": name}
        event = self._happened(document_id, PaperStep.RETURNED, data=data, blobs=(ref,))
        self._done_with_ink(document_id)
        return event

    def signed_copy(self, document_id: str) -> bytes | None:
        """The PDF of the newest signed copy, None where there is none.

        Raises Trouble `scan-elsewhere` where it lies on another computer, `media-lost`.
        """
        with self._store.reading() as work:
            document = visits.document(work, document_id)
            found = paper_events.events(work, document_id)
        scans = [each.text("scan") for each in found if each.step is PaperStep.RETURNED]
        if not scans:
            return None
        if not self._store.media.has(scans[-1]):
            raise Trouble("scan-elsewhere", number=document.number)
        return self._store.media.read(scans[-1])

    def give_number(self, document_id: str) -> PaperEvent:
        """补号: the next formal number for a document that went out with a provisional one; the paper stays as it is.

        Raises Trouble `paper-not-provisional`, `paper-numbered`, `no-numbers-left`, `paper-voided`.
        """
        now = self._store.clock()
        with self._store.writing() as work:
            document = visits.document(work, document_id)
            if not document.number.endswith(PROVISIONAL_MARK):
                raise Trouble("paper-not-provisional", number=document.number)
            formal = formal_number(paper_events.events(work, document_id))
            if formal:
                raise Trouble("paper-numbered", number=document.number, formal=formal)
            number, drafts = next_number(self._store, work, read_unit(work).office(), document.kind, now)
            if number.provisional:
                raise Trouble("no-numbers-left", kind=DOCUMENT_KIND_NAMES[document.kind])
            event, draft = noted(self._store, work, document, PaperStep.NUMBERED, data={"number": str(number)})
            self._store.record(work, [*drafts, draft])
        self._published(document)
        return event

    def void_next_number(self, kind: DocumentKind, reason: str) -> PaperEvent:
        """Take the next number out of use, because it was written by hand or spoilt on paper.

        Raises Trouble `paper-needs-reason`, `no-numbers-left`.
        """
        note, now, me = _reason(reason), self._store.clock(), self._store.membership()
        with self._store.writing() as work:
            number, drafts = next_number(self._store, work, read_unit(work).office(), kind, now)
            if number.provisional:
                raise Trouble("no-numbers-left", kind=DOCUMENT_KIND_NAMES[kind])
            event = PaperEvent(
                id=self._store.new_id(),
                document_id="",
                number=str(number),
                step=PaperStep.VOIDED,
                at=now,
                person=me.person,
                device=me.device,
                note=note,
            )
            paper_events.add(work, event)
            self._store.record(work, [*drafts, Draft("document.event", str(number), {"event": to_wire(event)})])
        self._store.publish(Changes(settings=True, sync=True))
        return event

    def _happened(
        self,
        document_id: str,
        step: PaperStep,
        *,
        note: str = "",
        data: Mapping[str, Any] | None = None,
        blobs: Sequence[BlobRef] = (),
    ) -> PaperEvent:
        with self._store.writing() as work:
            document = visits.document(work, document_id)
            if state_of(paper_events.events(work, document_id)) is PaperState.VOIDED:
                raise Trouble("paper-voided", number=document.number)
            event, draft = noted(self._store, work, document, step, note=note, data=data, blobs=blobs)
            self._store.record(work, [draft])
        self._published(document)
        return event

    def _published(self, document: Document) -> None:
        self._store.publish(Changes(documents=frozenset({document.id}), settings=True, sync=True))

    def _done_with_ink(self, document_id: str) -> None:
        with self._store.reading() as work:
            document = visits.document(work, document_id)
            waits = (
                bool(document.visit_id) and visits.visit(work, document.visit_id).state is VisitState.AWAITING_SIGNATURE
            )
        if waits:
            self._mark_signed(document.visit_id)

    def _taken_in(self, source: Path | tuple[str, bytes]) -> Any:
        from jiandu_desktop.documents.scans import ScannedFile
        from jiandu_desktop.services import attachments

        name = source.name if isinstance(source, Path) else source[0]
        picture = media_type(name).startswith("image/")
        arrived = attachments.take_in(
            source if isinstance(source, Path) else source[1],
            name,
            Wanted(kind="image") if picture else Wanted(kind="file", accept=".pdf"),
            taken=(),
            photo_limit=int(self._preferences.get("photo_limit_mb")) * MEGABYTE,
            zone=self._store.clock().tzinfo or UTC,
        )
        return ScannedFile(name, arrived.content)


def noted(
    store: Store,
    work: Work,
    document: Document,
    step: PaperStep,
    *,
    note: str = "",
    data: Mapping[str, Any] | None = None,
    blobs: Sequence[BlobRef] = (),
) -> tuple[PaperEvent, Draft]:
    """Keep an event within the caller's transaction; the draft tells the others."""
    me = store.membership()
    event = PaperEvent(
        id=store.new_id(),
        document_id=document.id,
        number=document.number,
        step=step,
        at=store.clock(),
        person=me.person,
        device=me.device,
        note=note,
        data=dict(data or {}),
    )
    paper_events.add(work, event)
    told: dict[str, Any] = {"event": to_wire(event)}
    if blobs:
        told["blobs"] = [ref.to_json() for ref in blobs]
    return event, Draft("document.event", document.id, told)


def superseded(store: Store, work: Work, visit_id: str, issued: Sequence[Document], reason: str) -> list[Draft]:
    """The documents of a record that a revision replaces give way to those of their kind, or to none."""
    drafts = []
    for old in visits.documents(work, visit_id=visit_id):
        new = next((each for each in issued if each.kind is old.kind), None)
        _, draft = noted(
            store, work, old, PaperStep.SUPERSEDED, note=reason, data={"by": new.id} if new is not None else {}
        )
        drafts.append(draft)
    return drafts


def formal_number(events: Sequence[PaperEvent]) -> str:
    """The formal number that a provisional one was given, "" before."""
    return next((each.text("number") for each in events if each.step is PaperStep.NUMBERED), "")


def _reason(text: str) -> str:
    if not text.strip():
        raise Trouble("paper-needs-reason")
    return text.strip()
