"""电子签名证书: the office's PKCS#12 file beside the data, and issued documents signed with it.

The file is kept as it was given, locked by its own password; the password is asked for each time and kept nowhere.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import from_text, to_text
from jiandu_desktop.domain.paper_life import PaperEvent, PaperState, PaperStep, state_of
from jiandu_desktop.paths import write_atomically
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.paper_life import noted
from jiandu_desktop.services.photos import bytes_of
from jiandu_desktop.storage import county, paper_events, visits
from jiandu_desktop.sync.operation import BlobRef, period_of

if TYPE_CHECKING:
    from jiandu_desktop.services.store import Store

FILE = "office-certificate.p12"
_FACT = "certificate"
REASON = "签发"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCertificate:
    """What is known of the certificate without its password; `name` is the file's name when it was chosen."""

    name: str
    subject: str
    issuer: str
    not_before: datetime
    not_after: datetime
    fingerprint: str


class Certificates:
    """Choosing, forgetting and signing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def current(self) -> KeptCertificate | None:
        """The certificate of this computer, None where none was chosen."""
        with self._store.glancing() as glance:
            known = glance.facts().get(_FACT)
        if not isinstance(known, dict) or not self._path.exists():
            return None
        return KeptCertificate(
            name=str(known["name"]),
            subject=str(known["subject"]),
            issuer=str(known["issuer"]),
            not_before=from_text(str(known["not_before"])),
            not_after=from_text(str(known["not_after"])),
            fingerprint=str(known["fingerprint"]),
        )

    def choose(self, path: Path, password: str) -> KeptCertificate:
        """Take a .p12 or .pfx; the password only proves that it is the right one.

        Raises Trouble `certificate-…`, `file-…`, `disk-full`; the certificate before stays then.
        """
        from jiandu_desktop.documents.certificates import LARGEST, must_hold, open_certificate

        content = bytes_of(path, path.name, LARGEST, "certificate-unreadable")
        facts = open_certificate(content, password, path.name)
        must_hold(facts, self._store.clock())
        write_atomically(self._path, content)
        if os.name != "nt":
            self._path.chmod(0o600)
        told = {
            "name": path.name,
            "subject": facts.subject,
            "issuer": facts.issuer,
            "not_before": to_text(facts.not_before),
            "not_after": to_text(facts.not_after),
            "fingerprint": facts.fingerprint,
        }
        with self._store.writing() as work:
            county.keep_fact(work, _FACT, told)
        self._store.publish(Changes(settings=True))
        kept = self.current()
        assert kept is not None
        return kept

    def forget(self) -> None:
        """No certificate any more; what was signed stays signed."""
        with self._store.writing() as work:
            county.forget_fact(work, _FACT)
        self._path.unlink(missing_ok=True)
        self._store.publish(Changes(settings=True))

    def sign(self, document_ids: Sequence[str], password: str) -> tuple[PaperEvent, ...]:
        """Sign issued documents: all of them, or none.

        Raises Trouble `certificate-missing`, `certificate-password`, `certificate-expired`, `paper-voided`,
        `document-elsewhere`, `disk-full`.
        """
        from jiandu_desktop.documents import certificates

        kept = self.current()
        if kept is None:
            raise Trouble("certificate-missing")
        now, content = self._store.clock(), self._path.read_bytes()
        facts = certificates.open_certificate(content, password, kept.name)
        certificates.must_hold(facts, now)
        made: list[PaperEvent] = []
        with self._store.writing() as work:
            for each in document_ids:
                document = visits.document(work, each)
                if state_of(paper_events.events(work, each)) is PaperState.VOIDED:
                    raise Trouble("paper-voided", number=document.number)
                if not self._store.media.has(document.sha256):
                    raise Trouble("document-elsewhere", number=document.number)
                issued = self._store.media.read(document.sha256)
                signed = certificates.sign(issued, content, password, kept.name, REASON)
                sha256 = self._store.media.keep(signed)
                event, draft = noted(
                    self._store,
                    work,
                    document,
                    PaperStep.CERTIFIED,
                    data={
                        "sha256": sha256,
                        "subject": facts.subject,
                        "issuer": facts.issuer,
                        "fingerprint": facts.fingerprint,
                    },
                    blobs=(BlobRef(sha256, len(signed), period_of(now), "document"),),
                )
                self._store.record(work, [draft])
                made.append(event)
        self._store.publish(Changes(documents=frozenset(document_ids), sync=True))
        return tuple(made)

    @property
    def _path(self) -> Path:
        return self._store.folder.root / FILE
