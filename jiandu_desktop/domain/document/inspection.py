"""The facts of what is written around a visit: the notice before it, the record, the certificate, the opinion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiandu_desktop.domain.document.kinds import DocumentKind, DocumentNumber, Office
from jiandu_desktop.domain.document.visit_papers import NoticeProblem, ScoreSummary, VisitFacts
from jiandu_desktop.domain.visit import SchoolOpinion, Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSchool:
    """One school of a 督导通知书: until when it is visited (or on which day), and by whom; the first leads."""

    school: str
    when: str
    inspectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionNotice:
    """督导通知书: tells the schools before a visit what is looked at, when, how, by whom, and what to have ready.

    `opening`, `when`, `method` and `demand` (a line each) may be edited; `contents` are the sections of the checklist.
    """

    office: Office
    number: DocumentNumber | None
    dated: date
    addressee: str
    task: str
    schools: tuple[PlannedSchool, ...]
    opening: str = ""
    contents: tuple[str, ...] = ()
    when: str = ""
    method: str = ""
    demand: str = ""
    copies_to: tuple[str, ...] = ()
    replaces: str = ""
    sealed: bool = True

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.INSPECTION_NOTICE


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One item of a checklist as it was answered, in words; `photos` is how many prove it."""

    number: str
    label: str
    answer: str
    note: str = ""
    photos: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSection:
    """One section of a checklist; `score` as 8/10, empty where it is not scored."""

    number: str
    label: str
    rows: tuple[SheetRow, ...]
    score: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSheet:
    """督导记录表: the whole filled checklist as the office files it. `method` is the kind of inspection (专项督导)."""

    office: Office
    number: DocumentNumber | None
    dated: date
    visit: VisitFacts
    method: str
    checklist: str
    sections: tuple[SheetSection, ...] = ()
    score: ScoreSummary | None = None
    problems: tuple[NoticeProblem, ...] = ()
    opinion: SchoolOpinion = SchoolOpinion.UNSAID
    opinion_text: str = ""
    signatures: tuple[Signature, ...] = ()
    replaces: str = ""

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.RECORD_SHEET


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionOpinion:
    """督导意见书: the office's formal opinion after a visit (《教育督导条例》 art. 21): evaluation, problems, demands.

    `opening`, `evaluation`, `demand` and `advice` (the last two a line each) may be edited.
    """

    office: Office
    number: DocumentNumber | None
    dated: date
    visit: VisitFacts
    opening: str = ""
    evaluation: str = ""
    highlights: tuple[str, ...] = ()
    problems: tuple[NoticeProblem, ...] = ()
    demand: str = ""
    advice: str = ""
    copies_to: tuple[str, ...] = ()
    replaces: str = ""
    sealed: bool = True

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.INSPECTION_OPINION


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitCertificate:
    """入校督导工作证明: that inspectors were at a school, for the school's files; its lower part goes back (回执).

    `people` are name and number of the certificate (督学证); `stay` is from when to when; `method` the kind of
    inspection.
    """

    office: Office
    number: DocumentNumber | None
    dated: date
    visit: VisitFacts
    people: tuple[tuple[str, str], ...]
    stay: str
    method: str
    papers: tuple[tuple[str, str], ...] = ()
    """Kind and number of what was left at the school."""

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.VISIT_CERTIFICATE
