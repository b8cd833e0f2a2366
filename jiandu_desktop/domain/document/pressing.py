"""The facts of the documents that press for problems: letters, warnings, circulars, talks, forms and lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiandu_desktop.domain.document.kinds import DocumentKind, DocumentNumber, Office
from jiandu_desktop.domain.problem import Grade
from jiandu_desktop.domain.visit import Signature

LETTER_FORMAT = frozenset(
    {
        DocumentKind.WORK_TIP,
        DocumentKind.REMINDER,
        DocumentKind.SUPERVISION,
        DocumentKind.CONSULTATION,
        DocumentKind.HANDOVER,
        DocumentKind.COPY_NOTICE,
    }
)
"""Kinds set in 信函格式 (GB/T 9704-2012 §10.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PressedProblem:
    """One problem as such a document tells it. `days_over` is 0 before its date and where it has none; `state` is in
    words; `done` what the school reported; `proof_count` photos and files that prove it was put right."""

    ordinal: int
    school: str
    text: str
    matter: str = ""
    basis: str = ""
    grade: Grade = Grade.GENERAL
    measure: str = ""
    number: str = ""
    found: date | None = None
    due: date | None = None
    days_over: int = 0
    responsible: str = ""
    leader: str = ""
    unit: str = ""
    supervising: str = ""
    source: str = ""
    state: str = ""
    returned: int = 0
    evidence_count: int = 0
    proof_count: int = 0
    done: str = ""


class WarningLevel(StrEnum):
    """预警级别, from the mildest (domain.md §3.2)."""

    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"


WARNING_LEVEL_NAMES: dict[WarningLevel, str] = {
    WarningLevel.YELLOW: "黄色预警",
    WarningLevel.ORANGE: "橙色预警",
    WarningLevel.RED: "红色预警",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """What a 预警通知 says besides: the figure as it is, the threshold it passed, and when the warning is lifted."""

    level: WarningLevel = WarningLevel.YELLOW
    figure: str = ""
    threshold: str = ""
    lifting: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Who is talked to, by whom, when and where; empty text leaves room for ink."""

    person: str = ""
    when: str = ""
    place: str = ""
    by: str = ""
    recorder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A school's figures in a circular; `rank` as the rule gives it, equal figures share one."""

    rank: int
    school: str
    found: int
    closed: int
    overdue: int

    @property
    def rate(self) -> str:
        """Share closed, in percent without a fraction; a dash where nothing was found."""
        return f"{self.closed * 100 // self.found}%" if self.found else "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class PressingLetter:
    """A letter, notice, circular or report about problems: `kind` decides its format and its wording.

    `subject` is what it is about (校园消防隐患整改). `opening`, `demand` (a line each) and `advice` are what a person
    may edit; empty parts are left out. `answer_by` is the date asked for. `warned`, `talk` and `standings` belong to
    the warning, the talk and the circular. `signer` stands in the head of a report to a higher body (签发人).
    """

    kind: DocumentKind
    office: Office
    number: DocumentNumber | None
    dated: date
    addressee: str
    subject: str
    problems: tuple[PressedProblem, ...] = ()
    opening: str = ""
    demand: str = ""
    advice: str = ""
    answer_by: date | None = None
    warned: Warned | None = None
    talk: Talk | None = None
    standings: tuple[Standing, ...] = ()
    ranking_rule: str = ""
    signer: str = ""
    attachments: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()
    replaces: str = ""
    sealed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkRecord:
    """约谈记录: a form filled in before the talk as far as is known, the rest by pen."""

    office: Office
    number: DocumentNumber | None
    dated: date
    addressee: str
    subject: str
    talk: Talk = Talk()
    problems: tuple[PressedProblem, ...] = ()
    demand: str = ""
    signatures: tuple[Signature, ...] = ()

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.TALK_RECORD


@dataclass(frozen=True, slots=True, kw_only=True)
class StruckOff:
    """One sheet of the 销号单. `recheck` says who found it how and when; `decision` what the office decided."""

    problem: PressedProblem
    recheck: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeOffForm:
    """销号单: a sheet per problem with what was done, its proof, and places for three opinions."""

    office: Office
    number: DocumentNumber | None
    dated: date
    addressee: str
    sheets: tuple[StruckOff, ...]

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.STRIKE_OFF_FORM


@dataclass(frozen=True, slots=True, kw_only=True)
class FourLists:
    """四个清单 (问题、措施、责任、时限): one table that joins all four, or `separate` ones one after another."""

    office: Office
    number: DocumentNumber | None
    dated: date
    addressee: str
    problems: tuple[PressedProblem, ...] = ()
    separate: bool = False

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.FOUR_LISTS


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReceipt:
    """送达回证: which documents were handed to whom; signed by who received and who delivered."""

    office: Office
    number: DocumentNumber | None
    dated: date
    addressee: str
    papers: tuple[tuple[str, str], ...] = ()
    """Title and number of each document."""

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.RECEIPT
