"""The record of a document (文书) that was issued: its bytes lie in the media folder under their SHA-256."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jiandu_desktop.domain.document import DocumentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An issued document, frozen: what the school got can be printed again byte for byte. `prints` counts copies.

    `visit_id` and `school_id` are empty where it is about no visit or no one school; `problems` are identifiers of
    those it presses for, `addressee` whom it goes to where that is not the school, `device` the laptop that issued it.
    `words` is the SHA-256 of what it says as a record, from which a Word file is made; empty for what was issued
    before there was one.
    """

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
    addressee: str = ""
    problems: tuple[str, ...] = ()
    device: str = ""
    words: str = ""

    @property
    def has_slip(self) -> bool:
        """Whether a slip (现场告知单) goes with it: it is about problems that a visit found, or presses for some. A
        re-check looks at old problems, of which a list of new ones would say nothing."""
        return self.kind is not DocumentKind.RECHECK_OPINION and bool(self.visit_id or self.problems)
