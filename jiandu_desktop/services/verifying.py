"""核验: whether a file is a document of ours, what of it was changed, what its signature proves; without a network."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.paper_life import PaperEvent, PaperStep
from jiandu_desktop.domain.sentences import sentence
from jiandu_desktop.services.photos import bytes_of
from jiandu_desktop.storage import paper_events, visits

if TYPE_CHECKING:
    from jiandu_desktop.documents.comparing import Difference
    from jiandu_desktop.documents.verify import Verified
    from jiandu_desktop.domain.issued import Document
    from jiandu_desktop.services.store import Store

LARGEST = 256 << 20


@dataclass(frozen=True, slots=True)
class Detail:
    """One line below the verdict; `code` has its sentence in domain.sentences."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a PDF is a document of ours, byte for byte; `code` has its sentence in domain.sentences.

    `verify-genuine`, `verify-changed`, `verify-consistent` (whole in itself, but not in the register here),
    `verify-unknown`; `details` are what differs, what the signature proves, and what became of the document.
    """

    code: str
    document: Document | None = None
    details: tuple[Detail, ...] = ()

    def lines(self) -> tuple[str, ...]:
        """The whole answer in sentences, the verdict first; the same on the page and on the command line."""
        number = self.document.number if self.document is not None else ""
        return (sentence(self.code, {"number": number}), *(sentence(each.code, each.values) for each in self.details))


def verify(store: Store, path: Path) -> Verdict:
    """Compare a file with what this computer knows to have been issued; raises Trouble `file-not-…`."""
    content = bytes_of(path, path.name, LARGEST, "verify-too-large")
    with store.reading() as work:
        known = visits.documents(work)
        events = paper_events.events(work)
    by_id = {document.id: document for document in known}
    digests = {document.sha256: document for document in known}
    signed = {
        each.text("sha256"): by_id[each.document_id]
        for each in events
        if each.step is PaperStep.CERTIFIED and each.document_id in by_id
    }
    proof = _proof(content, events)
    digest = hashlib.sha256(content).hexdigest()
    if digest in digests or digest in signed:
        ours = digests.get(digest) or signed[digest]
        return Verdict(code="verify-genuine", document=ours, details=(*proof, *_fate(ours, events, by_id)))
    said = _read_back(content, path)
    if said is None:
        return Verdict(code="verify-unknown", details=proof)
    document = by_id.get(said.facts.document_id)
    if document is None:
        return Verdict(code="verify-consistent" if said.unchanged else "verify-unknown", details=proof)
    if said.unchanged and hashlib.sha256(said.issued).hexdigest() == document.sha256:
        # Somebody signed the file we issued; every page shows what it showed.
        return Verdict(code="verify-genuine", document=document, details=(*proof, *_fate(document, events, by_id)))
    told = _differences(store, document, content, said)
    return Verdict(code="verify-changed", document=document, details=(*told, *proof))


def _read_back(content: bytes, path: Path) -> Verified | None:
    from jiandu_desktop.documents.verify import read_back

    try:
        return read_back(content, path.name)
    except Trouble:
        return None


def _proof(content: bytes, events: Sequence[PaperEvent]) -> tuple[Detail, ...]:
    """What the electronic signature says, where there is one."""
    if b"/ByteRange" not in content:
        return ()
    from jiandu_desktop.documents.certificates import last_signature

    found = last_signature(content)
    if found is None:
        return (Detail("verify-signature-unreadable"),)
    when = found.signed_at
    values = {
        "signer": found.signer,
        "issuer": found.issuer,
        "at": f"{when:%Y-%m-%d %H:%M}" if when is not None else "？",
        "day": f"{found.not_after:%Y-%m-%d}",
    }
    if not found.intact:
        return (Detail("verify-signature-broken", values),)
    lines = [Detail("verify-signature-good", values)]
    if when is not None and not found.not_before <= when <= found.not_after:
        lines.append(Detail("verify-signature-expired", values))
    ours = {each.text("fingerprint") for each in events if each.step is PaperStep.CERTIFIED}
    known = "verify-signer-known" if found.fingerprint in ours else "verify-signer-unknown"
    return (*lines, Detail(known, values))


def _fate(document: Document, events: Sequence[PaperEvent], by_id: Mapping[str, Document]) -> tuple[Detail, ...]:
    """What became of the document since: a voided paper is genuine and yet not in force."""
    lines = []
    for event in events:
        if event.document_id != document.id:
            continue
        values = {"day": f"{event.at:%Y-%m-%d}", "reason": event.note}
        if event.step is PaperStep.VOIDED:
            lines.append(Detail("verify-voided", values))
        elif event.step is PaperStep.SUPERSEDED:
            by = by_id.get(event.text("by"))
            lines.append(Detail("verify-superseded", {**values, "by": by.number if by is not None else "新的记录"}))
        elif event.step is PaperStep.NUMBERED:
            lines.append(Detail("verify-numbered", {**values, "number": event.text("number")}))
    return tuple(lines)


def _differences(store: Store, document: Document, content: bytes, said: Verified) -> tuple[Detail, ...]:
    lines = []
    for code, ours, theirs in (
        ("verify-other-number", document.number, said.facts.number),
        ("verify-other-title", document.title, said.title),
    ):
        if ours != theirs:
            lines.append(Detail(code, {"ours": ours, "theirs": theirs}))
    if not store.media.has(document.sha256):
        return (*lines, Detail("verify-no-original"))
    from jiandu_desktop.documents.comparing import differences

    try:
        found = differences(store.media.read(document.sha256), content)
    except Trouble:
        return (*lines, Detail("verify-torn"))
    lines += [_shown(each) for each in found]
    return tuple(lines) or (Detail("verify-same-to-the-eye"),)


def _shown(difference: Difference) -> Detail:
    values = {"page": str(difference.page), "ours": difference.ours, "theirs": difference.theirs}
    return Detail(difference.code, values)
