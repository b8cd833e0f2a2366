"""Assignments (督导任务): which school is to be visited with which checklist, by whom, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class VisitKind(StrEnum):
    """督导类型, after 《教育督导条例》 art. 11 (经常性, 专项, 综合) and the re-check that follows a notice."""

    ROUTINE = "routine"
    SPECIAL = "special"
    COMPREHENSIVE = "comprehensive"
    RECHECK = "recheck"


VISIT_KIND_NAMES: dict[VisitKind, str] = {
    VisitKind.ROUTINE: "经常性督导",
    VisitKind.SPECIAL: "专项督导",
    VisitKind.COMPREHENSIVE: "综合督导",
    VisitKind.RECHECK: "复查",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One line of a plan workbook, still in words: school by code or name, checklist by title or form id,
    inspectors by name or certificate number (the first leads)."""

    school: str
    task: str
    kind: VisitKind
    checklist: str
    inspectors: tuple[str, ...]
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A plan line resolved to identifiers. `inspector_ids[0]` leads the visit."""

    id: str
    school_id: str
    task: str
    kind: VisitKind
    form_id: str
    inspector_ids: tuple[str, ...]
    due: date
    withdrawn: bool = False
