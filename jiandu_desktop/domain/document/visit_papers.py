"""The facts of the documents that a visit ends with: the opinion, the notice, the list, and the re-check's opinion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiandu_desktop.domain.document.kinds import DocumentKind, DocumentNumber, Office
from jiandu_desktop.domain.document.pictures import Picture
from jiandu_desktop.domain.problem import Grade, Handling, Recheck
from jiandu_desktop.domain.visit import Approach, SchoolOpinion, Signature, Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeProblem:
    """One problem as a document tells it. `item` is the number on the checklist (6.2); `text` ends without a mark
    or with one, as it was typed; `evidence_count` is how many photos prove it."""

    ordinal: int
    item: str
    text: str
    basis: str = ""
    measure: str = ""
    grade: Grade = Grade.GENERAL
    handling: Handling = Handling.BY_DATE
    due: date | None = None
    responsible: str = ""
    leader: str = ""
    evidence_count: int = 0
    fixed: bool = False
    """Put right while the inspectors were still there (only with `Handling.ON_THE_SPOT`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSummary:
    """The score as the school reads it. `points` and `full` are decimal text (86.4 of 100); a veto (一票否决) makes
    the conclusion whatever the points are."""

    points: str
    full: str
    vetoes: tuple[str, ...] = ()
    unanswered: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """What every document of a visit begins with. `visited` holds the days on site, first and last (or one day);
    `task` is what the visit was for (秋季开学督导); `approach` and `timing` are how it was made (督导方式)."""

    school: str
    task: str
    visited: tuple[date, ...]
    inspectors: tuple[str, ...]
    companions: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    approach: Approach = Approach.OPEN
    timing: Timing = Timing.PLANNED

    def __post_init__(self) -> None:
        if not self.school or not self.visited:
            raise ValueError("a document needs a school and a day of visit")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackOpinion:
    """现场反馈意见书: told to the school before leaving and signed by both sides."""

    office: Office
    number: DocumentNumber | None
    visit: VisitFacts
    dated: date
    evaluation: str = ""
    highlights: tuple[str, ...] = ()
    score: ScoreSummary | None = None
    problems: tuple[NoticeProblem, ...] = ()
    advice: tuple[str, ...] = ()
    opinion: SchoolOpinion = SchoolOpinion.UNSAID
    opinion_text: str = ""
    signatures: tuple[Signature, ...] = ()
    replaces: str = ""
    sealed: bool = True

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.FEEDBACK_OPINION


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationNotice:
    """整改通知书: problems with basis, measure, person and date, and what the school is to hand in.

    `plan_days` are working days for the school's plan, `report_days` calendar days after the last date for its
    written report; both come from settings, since no national rule fixes them (domain.md §1.5). `pictures` are printed
    as the last annex.
    """

    office: Office
    number: DocumentNumber | None
    visit: VisitFacts
    dated: date
    problems: tuple[NoticeProblem, ...] = ()
    plan_days: int = 5
    report_days: int = 3
    attachments: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    pictures: tuple[Picture, ...] = ()
    photos_per_page: int = 2
    replaces: str = ""
    sealed: bool = True

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.RECTIFICATION_NOTICE


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemList:
    """问题清单: every problem of the visit in one table, lying (landscape) or upright."""

    office: Office
    number: DocumentNumber | None
    visit: VisitFacts
    dated: date
    problems: tuple[NoticeProblem, ...] = ()
    signatures: tuple[Signature, ...] = ()
    replaces: str = ""
    landscape: bool = True

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.PROBLEM_LIST


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckedProblem:
    """One problem as the re-check found it. `number` is the notice it stands in, `note` what was seen or is left to
    do; `new_due` the date from now on, None where the old one stays; `proof_count` how many photos prove it."""

    ordinal: int
    text: str
    result: Recheck
    number: str = ""
    due: date | None = None
    new_due: date | None = None
    note: str = ""
    proof_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckOpinion:
    """复查意见书: per problem the number it was issued under, the result, and what comes next."""

    office: Office
    number: DocumentNumber | None
    visit: VisitFacts
    dated: date
    problems: tuple[RecheckedProblem, ...] = ()
    found: tuple[NoticeProblem, ...] = ()
    advice: tuple[str, ...] = ()
    opinion: SchoolOpinion = SchoolOpinion.UNSAID
    opinion_text: str = ""
    signatures: tuple[Signature, ...] = ()
    replaces: str = ""
    sealed: bool = True

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.RECHECK_OPINION
