"""The facts of a 督导报告: figures, findings and evidence of a round of inspections, for government and public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiandu_desktop.domain.document.kinds import DocumentKind, DocumentNumber, Office
from jiandu_desktop.domain.document.pictures import Picture
from jiandu_desktop.domain.document.pressing import PressedProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One bar chart: labels with whole figures, the largest first; `unit` follows each figure (项, %)."""

    title: str
    bars: tuple[tuple[str, int], ...]
    unit: str = "项"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSchool:
    """A line of the annex of schools. `score` is in percent as text, empty where nothing was scored."""

    school: str
    area: str
    visits: int
    found: int
    closed: int
    overdue: int
    score: str = ""

    @property
    def rate(self) -> str:
        """Share closed, in percent without a fraction; a dash where nothing was found."""
        return f"{self.closed * 100 // self.found}%" if self.found else "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMatter:
    """What was found wrong in one matter: how often, at how many schools, and a few cases in words."""

    matter: str
    count: int
    schools: int
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionReport:
    """督导报告 with cover, contents, sections, charts, photos and annex tables.

    `subject` is what the round was (秋季开学督导); `organised`, `evaluation`, `highlights` and `advice` hold a
    paragraph or item a line and may be edited. `public` marks the version for publication (公示版), whose facts name
    no person (`veil.Veil` takes them out).
    """

    office: Office
    number: DocumentNumber | None
    dated: date
    subject: str
    first: date
    last: date
    addressee: str = ""
    organised: str = ""
    evaluation: str = ""
    highlights: str = ""
    figures: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    matters: tuple[ReportMatter, ...] = ()
    advice: str = ""
    schools: tuple[ReportSchool, ...] = ()
    problems: tuple[PressedProblem, ...] = ()
    pictures: tuple[Picture, ...] = ()
    photos_per_page: int = 6
    public: bool = False
    sealed: bool = True

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.INSPECTION_REPORT
