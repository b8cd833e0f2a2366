"""The picture of a county's 资源配置 as it is shown and written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jiandu_desktop.domain.indicator import (
    County,
    Indicator,
    Lift,
    Missing,
    SchoolFigures,
    Section,
    SectionResult,
    Standards,
    Verdict,
    lift_of,
)
from jiandu_desktop.domain.school import School


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """One 学段 of one school; `result` is None where no finished sheet of the school is here."""

    school: School
    section: Section
    result: SectionResult | None
    figures: SchoolFigures | None = None
    visit_id: str = ""
    day: date | None = None
    answers: Mapping[str, str] | None = None

    @property
    def key(self) -> str:
        """Names the row in a table."""
        return f"{self.school.id}/{self.section.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All of it as of `day`; `county` are the answers of the county sheet, empty where there is none."""

    day: date
    office: str
    standards: Standards
    schools: tuple[School, ...]
    rows: tuple[IndicatorRow, ...]
    weighted: Mapping[Section, County]
    unweighted: Mapping[Section, County]
    county: Mapping[str, str]
    county_visit: str

    def of(self, section: Section) -> tuple[IndicatorRow, ...]:
        """The rows of one 学段, in the roster's order."""
        return tuple(row for row in self.rows if row.section is section)

    def lift(self, row: IndicatorRow, indicator: Indicator) -> Lift | Missing:
        """What the school lacks; everything is missing where there is no sheet."""
        if row.figures is None:
            return Missing(("pupils",))
        return lift_of(row.figures, row.section, indicator, self.standards)

    def met(self, section: Section) -> int:
        """Schools of this 学段 whose 综合评估 is met."""
        return sum(row.result is not None and row.result.verdict is Verdict.MET for row in self.of(section))
