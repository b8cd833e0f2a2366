"""What a person decides of a document about problems, before it is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiandu_desktop.domain.document import DocumentKind, Standing, Talk, Warned
from jiandu_desktop.domain.problem import Escalation


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDraft:
    """What a person decides of a document; the rest follows the record when it is laid out.

    `also_to` are further addressees that each get a copy under a number of their own (双报告); `level` is set where a
    report goes with a proposal of 问责; `document_ids` are those that a receipt (送达回证) is about.
    """

    kind: DocumentKind
    problem_ids: tuple[str, ...] = ()
    addressee: str = ""
    also_to: tuple[str, ...] = ()
    subject: str = ""
    opening: str = ""
    demand: str = ""
    advice: str = ""
    answer_by: date | None = None
    copies_to: tuple[str, ...] = ()
    warned: Warned | None = None
    talk: Talk | None = None
    standings: tuple[Standing, ...] = ()
    ranking_rule: str = ""
    signer: str = ""
    separate: bool = False
    document_ids: tuple[str, ...] = ()
    level: Escalation | None = None
