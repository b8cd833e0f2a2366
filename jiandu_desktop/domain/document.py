"""What a document (文书) says, before it is laid out: kinds, numbers, the office, and the facts of each kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiandu_desktop.domain.problem import Grade, Handling
from jiandu_desktop.domain.visit import SchoolOpinion, Signature


class DocumentKind(StrEnum):
    """The kinds a visit ends with. The value is what is stored; the Chinese names stand below."""

    FEEDBACK_OPINION = "feedback_opinion"
    RECTIFICATION_NOTICE = "rectification_notice"
    PROBLEM_LIST = "problem_list"


DOCUMENT_KIND_NAMES: dict[DocumentKind, str] = {
    DocumentKind.FEEDBACK_OPINION: "现场反馈意见书",
    DocumentKind.RECTIFICATION_NOTICE: "整改通知书",
    DocumentKind.PROBLEM_LIST: "问题清单",
}

NUMBER_MARKS: dict[DocumentKind, str] = {
    DocumentKind.FEEDBACK_OPINION: "督意",
    DocumentKind.RECTIFICATION_NOTICE: "督改",
    DocumentKind.PROBLEM_LIST: "督单",
}
"""文种 in a number, after the office's code letters: 青教 + 督改 + 〔2026〕17号."""


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """发文字号 as in GB/T 9704-2012 §7.2.5: full year in 〔〕, no leading zero, no 第.

    `laptop` is empty for a number of the office's own counter. Where a laptop has used up its block, `laptop` names
    it and `ordinal` counts that laptop's provisional numbers: such a number can never be taken for a real one.
    """

    prefix: str
    year: int
    ordinal: int
    laptop: str = ""

    def __post_init__(self) -> None:
        if self.ordinal < 1 or not self.prefix:
            raise ValueError(f"no such document number: {self.prefix!r} {self.ordinal}")

    @property
    def provisional(self) -> bool:
        return bool(self.laptop)

    def __str__(self) -> str:
        if self.provisional:
            return f"{self.prefix}〔{self.year}〕临-{self.laptop}-{self.ordinal}号（待编号）"
        return f"{self.prefix}〔{self.year}〕{self.ordinal}号"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The issuer (发文机关): its full name for the red head, its code letters (机关代字) for numbers, who to ask."""

    name: str
    code_letters: str
    contact: str = ""
    telephone: str = ""

    def number_prefix(self, kind: DocumentKind) -> str:
        return self.code_letters + NUMBER_MARKS[kind]

    @property
    def calls_itself(self) -> str:
        """我室, 我办, 我局 …: the issuer's word for itself inside the text."""
        for ending, word in (
            ("办公室", "我办"),
            ("室", "我室"),
            ("局", "我局"),
            ("委员会", "我委"),
            ("中心", "我中心"),
        ):
            if self.name.endswith(ending):
                return word
        return "我单位"


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
    `task` is what the visit was for (秋季开学督导)."""

    school: str
    task: str
    visited: tuple[date, ...]
    inspectors: tuple[str, ...]
    companions: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()

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
    written report; both come from settings, since no national rule fixes them (domain.md §1.5).
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


PrintedDocument = FeedbackOpinion | RectificationNotice | ProblemList
"""What `documents.build` lays out. `number=None` is a draft and says so; `replaces` is the number it takes over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyMark:
    """Whose laptop made a document, so that its paper can be checked later: goes into metadata, not on the page."""

    laptop: str
    document_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltDocument:
    """A finished PDF. `sha256` is of the whole file; `missing` are characters no font had, shown as their codes."""

    pdf: bytes
    pages: int
    sha256: str
    title: str
    missing: tuple[str, ...] = ()
