"""What somebody wants to write: which kind, about which problems; light, so that every page may wish it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.problem import Escalation


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWish:
    """`kind` None leaves the choice to the room; without `problem_ids` a school is chosen there. `document_ids` are
    the documents that a 送达回证 is about; `level` goes with a proposal. `visit_id`, `assignment_ids`, and the days
    from `first` to `last` are what is written around visits is about. `replaces` is the document that a new one takes
    the place of, and why."""

    kind: DocumentKind | None = None
    problem_ids: tuple[str, ...] = ()
    addressee: str = ""
    document_ids: tuple[str, ...] = ()
    level: Escalation | None = None
    visit_id: str = ""
    assignment_ids: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    replaces: str = ""
    replaces_reason: str = ""
