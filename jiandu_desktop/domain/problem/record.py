"""Problems (问题): what was found wrong, what is to be done, by whom, until when; and how far that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Grade(StrEnum):
    """问题等级, as several provinces grade what a visit finds (domain.md §1.4)."""

    MINOR = "minor"
    GENERAL = "general"
    SERIOUS = "serious"
    COMPLEX = "complex"


GRADE_NAMES: dict[Grade, str] = {
    Grade.MINOR: "小问题",
    Grade.GENERAL: "一般",
    Grade.SERIOUS: "严重",
    Grade.COMPLEX: "复杂",
}


class Handling(StrEnum):
    """How a problem is put right: on the spot (即知即改) or by a date (限期整改)."""

    ON_THE_SPOT = "on_the_spot"
    BY_DATE = "by_date"


HANDLING_NAMES: dict[Handling, str] = {Handling.ON_THE_SPOT: "即知即改", Handling.BY_DATE: "限期整改"}


class ProblemState(StrEnum):
    """How far a problem is: derived from its events (`life.life_of`), never set by hand."""

    FOUND = "found"
    FIXED_ON_THE_SPOT = "fixed_on_the_spot"
    RECTIFYING = "rectifying"
    OBJECTED = "objected"
    AWAITING_RECHECK = "awaiting_recheck"
    AWAITING_STRIKE_OFF = "awaiting_strike_off"
    STRUCK_OFF = "struck_off"
    WITHDRAWN = "withdrawn"


PROBLEM_STATE_NAMES: dict[ProblemState, str] = {
    ProblemState.FOUND: "待下达",
    ProblemState.FIXED_ON_THE_SPOT: "已当场改",
    ProblemState.RECTIFYING: "整改中",
    ProblemState.OBJECTED: "申辩中",
    ProblemState.AWAITING_RECHECK: "待复查",
    ProblemState.AWAITING_STRIKE_OFF: "待销号",
    ProblemState.STRUCK_OFF: "已销号",
    ProblemState.WITHDRAWN: "已撤销",
}

OPEN_STATES = frozenset(
    {
        ProblemState.RECTIFYING,
        ProblemState.OBJECTED,
        ProblemState.AWAITING_RECHECK,
        ProblemState.AWAITING_STRIKE_OFF,
    }
)
"""States that count as 未销号 in lists; what was fixed on the spot is looked at again but is not owed."""


class Source(StrEnum):
    """Where a problem comes from (问题来源)."""

    INSPECTION = "inspection"
    SELF_CHECK = "self_check"
    REPORT = "report"
    SUPERIOR = "superior"
    DATA = "data"


SOURCE_NAMES: dict[Source, str] = {
    Source.INSPECTION: "督导发现",
    Source.SELF_CHECK: "学校自查",
    Source.REPORT: "群众举报",
    Source.SUPERIOR: "上级反馈",
    Source.DATA: "数据监测",
}


FIELD_NAMES: dict[str, str] = {
    "text": "问题",
    "basis": "依据",
    "grade": "等级",
    "measure": "措施",
    "unit": "责任单位",
    "responsible": "责任人",
    "supervising": "监督责任人",
    "leader": "领导责任人",
    "chain": "包抓",
    "due": "期限",
    "state": "状态",
}
"""Fields of the record as an office names them: what is missing, what was corrected, what is in conflict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem with its four lists in one record: 问题 · 措施 · 责任 · 时限.

    `visit_id` is empty for one that no visit of ours found (an old list, a report). `responsible` answers for putting
    it right (主体责任), `supervising` for seeing to it (监督责任), `leader` above them (领导责任); `chain` names who
    looks after the school from the county down (包抓).

    The last six follow from its events, as `state` does (`life.Life`): `level` is the highest `Escalation`, `conflicts`
    the fields that wait for a decision, `ended` the day of the strike-off or of being put right on the spot.
    """

    id: str
    visit_id: str
    school_id: str
    ref: str
    item: str
    matter: str
    text: str
    basis: str
    measure: str
    grade: Grade
    handling: Handling
    found_at: datetime
    state: ProblemState = ProblemState.FOUND
    due: date | None = None
    responsible: str = ""
    leader: str = ""
    confirmed: bool = False
    evidence_wanted: int = 0
    notice_number: str = ""
    veto: bool = False
    source: Source = Source.INSPECTION
    origin: str = ""
    unit: str = ""
    supervising: str = ""
    chain: tuple[str, ...] = ()
    returned: int = 0
    rebounds: int = 0
    extended: int = 0
    level: str = ""
    conflicts: tuple[str, ...] = ()
    ended: date | None = None

    def missing(self) -> tuple[str, ...]:
        """Field names without which it cannot be issued: measure always; person and date when by a date."""
        wanted: list[tuple[str, object]] = [("text", self.text), ("measure", self.measure)]
        if self.handling is Handling.BY_DATE:
            wanted += [("responsible", self.responsible), ("due", self.due)]
        return tuple(name for name, value in wanted if not value)
