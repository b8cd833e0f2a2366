"""What somebody wants to write: which kind, about which problems; light, so that every page may wish it."""

from __future__ import annotations

from dataclasses import dataclass

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.problem import Escalation


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWish:
    """`kind` None leaves the choice to the room; without `problem_ids` a school is chosen there. `document_ids` are
    the documents that a 送达回证 is about; `level` goes with a proposal."""

    kind: DocumentKind | None = None
    problem_ids: tuple[str, ...] = ()
    addressee: str = ""
    document_ids: tuple[str, ...] = ()
    level: Escalation | None = None
