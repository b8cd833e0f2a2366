"""The record of a document (文书) that was issued: its bytes lie in the media folder under their SHA-256."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jiandu_desktop.domain.document import DocumentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An issued document, frozen: what the school got can be printed again byte for byte. `prints` counts copies."""

    id: str
    kind: DocumentKind
    number: str
    visit_id: str
    school_id: str
    title: str
    issued_at: datetime
    sha256: str
    pages: int
    prints: int = 0
