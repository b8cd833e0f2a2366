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
    report goes with a proposal of 问责; `replaces` is the document that this one is issued in place of, and why;
    `document_ids` are those that a receipt (送达回证) is about.

    What is written around visits is about `visit_id`, about `assignment_ids` (督导通知书; `when` and `method` are its
    own), or about the days from `first` to `last` (督导报告; of the visits for one `task`, or of all). `evaluation` and
    `highlights` hold a line each; `public` asks for the version without persons, `photos` for so many to a page, 0 for
    none.
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
    visit_id: str = ""
    assignment_ids: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    task: str = ""
    when: str = ""
    method: str = ""
    evaluation: str = ""
    highlights: str = ""
    public: bool = False
    photos: int = 0
    level: Escalation | None = None
    replaces: str = ""
    replaces_reason: str = ""
