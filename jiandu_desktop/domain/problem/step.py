"""The steps of a problem's life, each kept for ever: who, when, on which laptop, why, with which proof."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Step(StrEnum):
    """What can happen to a problem (domain.md §1.4–1.7)."""

    FOUND = "found"
    FIXED_ON_THE_SPOT = "fixed_on_the_spot"
    ISSUED = "issued"
    PLANNED = "planned"
    REPORTED = "reported"
    RECHECKED = "rechecked"
    STRUCK_OFF = "struck_off"
    STRIKE_OFF_REFUSED = "strike_off_refused"
    OBJECTED = "objected"
    OBJECTION_DECIDED = "objection_decided"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    EXTENDED = "extended"
    AMENDED = "amended"
    ESCALATED = "escalated"
    HANDED_OVER = "handed_over"
    RECEIPTED = "receipted"
    NOTED = "noted"
    SETTLED = "settled"


STEP_NAMES: dict[Step, str] = {
    Step.FOUND: "发现",
    Step.FIXED_ON_THE_SPOT: "当场改正",
    Step.ISSUED: "下达",
    Step.PLANNED: "收到整改方案",
    Step.REPORTED: "学校报告整改",
    Step.RECHECKED: "复查",
    Step.STRUCK_OFF: "销号",
    Step.STRIKE_OFF_REFUSED: "退回",
    Step.OBJECTED: "学校申辩",
    Step.OBJECTION_DECIDED: "申辩处理",
    Step.REOPENED: "反弹",
    Step.WITHDRAWN: "撤销",
    Step.SUPERSEDED: "随修订结束",
    Step.EXTENDED: "延期",
    Step.AMENDED: "更正",
    Step.ESCALATED: "督促",
    Step.HANDED_OVER: "移交",
    Step.RECEIPTED: "回执",
    Step.NOTED: "补充",
    Step.SETTLED: "裁定",
}


class Recheck(StrEnum):
    """Result of a re-check: 已改 / 部分 / 未改."""

    DONE = "done"
    PARTIAL = "partial"
    NOT_DONE = "not_done"


class Escalation(StrEnum):
    """How hard an office presses, in rising order (domain.md §1.7, §5); a person decides on each."""

    REMINDER = "reminder"
    WARNING = "warning"
    SUPERVISION = "supervision"
    CIRCULAR = "circular"
    TALK = "talk"
    ACCOUNTABILITY = "accountability"


ESCALATION_NAMES: dict[Escalation, str] = {
    Escalation.REMINDER: "提醒",
    Escalation.WARNING: "预警",
    Escalation.SUPERVISION: "督办",
    Escalation.CIRCULAR: "通报",
    Escalation.TALK: "约谈",
    Escalation.ACCOUNTABILITY: "问责建议",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemEvent:
    """One step, never rewritten.

    `parents` are the events that its author had seen last: who knew of what, without any clock. `proof` names photos
    and files by SHA-256. `role` is "office" or "inspector", as the signature of the laptop shows, not as it claims.
    `data` by step: rechecked {"result", "where": "on_site"|"document", "visit"}; objection_decided {"upheld"};
    escalated {"level", "document"}; planned {"milestones": [{"day", "text"}]}; handed_over {"to", "document"};
    settled {"state"}; and `{"set": {field: new value}}` where a step changes fields of the record (dates as ISO text).
    """

    id: str
    problem_id: str
    step: str
    at: datetime
    person: str
    device: str
    note: str = ""
    role: str = "inspector"
    parents: tuple[str, ...] = ()
    proof: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)

    def sets(self) -> Mapping[str, Any]:
        """The fields of the record that this step changes, with their new values as they travel."""
        found = self.data.get("set", {})
        return found if isinstance(found, Mapping) else {}
