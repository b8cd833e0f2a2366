"""What each step needs and where it leads: the rules of the life cycle as data, with defaults from domain.md §1.5."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jiandu_desktop.domain.problem.record import OPEN_STATES, ProblemState
from jiandu_desktop.domain.problem.step import Step

OFFICE = "office"
INSPECTOR = "inspector"

_ANYONE = frozenset({OFFICE, INSPECTOR})
_THE_OFFICE = frozenset({OFFICE})
_ISSUED = OPEN_STATES | {ProblemState.FIXED_ON_THE_SPOT}
_ENDED = frozenset({ProblemState.STRUCK_OFF, ProblemState.FIXED_ON_THE_SPOT, ProblemState.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRule:
    """When a step may be taken: in which states, by whom, and what must come with it.

    `leads_to` is None for a step that leaves the state alone, or whose state depends on its result.
    `before` is None for the step that begins a life.
    """

    before: frozenset[ProblemState] | None
    leads_to: ProblemState | None = None
    roles: frozenset[str] = _ANYONE
    needs_note: bool = False
    needs_proof: bool = False


DEFAULT_STEPS: Mapping[Step, StepRule] = {
    Step.FOUND: StepRule(before=None, leads_to=ProblemState.FOUND),
    Step.ISSUED: StepRule(before=frozenset({ProblemState.FOUND}), leads_to=ProblemState.RECTIFYING),
    Step.FIXED_ON_THE_SPOT: StepRule(before=frozenset({ProblemState.FOUND}), leads_to=ProblemState.FIXED_ON_THE_SPOT),
    Step.PLANNED: StepRule(before=frozenset({ProblemState.RECTIFYING, ProblemState.OBJECTED})),
    Step.REPORTED: StepRule(
        before=frozenset({ProblemState.RECTIFYING}), leads_to=ProblemState.AWAITING_RECHECK, needs_note=True
    ),
    Step.RECHECKED: StepRule(
        before=frozenset({ProblemState.RECTIFYING, ProblemState.AWAITING_RECHECK, ProblemState.FIXED_ON_THE_SPOT})
    ),
    Step.STRUCK_OFF: StepRule(before=frozenset({ProblemState.AWAITING_STRIKE_OFF}), leads_to=ProblemState.STRUCK_OFF),
    Step.STRIKE_OFF_REFUSED: StepRule(
        before=frozenset({ProblemState.AWAITING_STRIKE_OFF}), leads_to=ProblemState.RECTIFYING, needs_note=True
    ),
    Step.OBJECTED: StepRule(
        before=frozenset({ProblemState.RECTIFYING, ProblemState.AWAITING_RECHECK}),
        leads_to=ProblemState.OBJECTED,
        needs_note=True,
    ),
    Step.OBJECTION_DECIDED: StepRule(before=frozenset({ProblemState.OBJECTED}), roles=_THE_OFFICE, needs_note=True),
    Step.REOPENED: StepRule(before=_ENDED, leads_to=ProblemState.RECTIFYING, needs_note=True),
    Step.WITHDRAWN: StepRule(before=_ISSUED, leads_to=ProblemState.WITHDRAWN, roles=_THE_OFFICE, needs_note=True),
    Step.SUPERSEDED: StepRule(before=frozenset(ProblemState), leads_to=ProblemState.WITHDRAWN),
    Step.EXTENDED: StepRule(before=OPEN_STATES, roles=_THE_OFFICE, needs_note=True),
    Step.AMENDED: StepRule(before=_ISSUED, needs_note=True),
    Step.ESCALATED: StepRule(before=OPEN_STATES, needs_note=True),
    Step.HANDED_OVER: StepRule(before=OPEN_STATES, needs_note=True),
    Step.RECEIPTED: StepRule(before=frozenset(ProblemState)),
    Step.NOTED: StepRule(before=frozenset(ProblemState)),
    Step.SETTLED: StepRule(before=frozenset(ProblemState), roles=_THE_OFFICE, needs_note=True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeRules:
    """The rules of one office; every limit is a setting (domain.md §1.5: provinces differ).

    Limits are days: a limit that has passed is shown and proposed for, it never makes a step void, because clocks of
    laptops are no witnesses. `second_person`: whoever found the result good may not strike it off.
    """

    steps: Mapping[Step, StepRule] = field(default_factory=lambda: DEFAULT_STEPS)
    second_person: bool = True
    recheck_days: int = 30
    objection_days: int = 15
    decision_days: int = 30
    answer_days: int = 10


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One limit: its name in `LifeRules`, as an office calls it, and what it means."""

    name: str
    title: str
    meaning: str


LIMITS: tuple[LimitLine, ...] = (
    LimitLine("recheck_days", "复查期限（天）", "学校报告整改后，几天内复查"),
    LimitLine("objection_days", "申辩期限（天）", "下达后，学校几天内可以申辩"),
    LimitLine("decision_days", "申辩处理期限（天）", "收到申辩后，几天内答复"),
    LimitLine("answer_days", "公文反馈期限（天）", "提醒函、督办函等发出后，几天内反馈；自然日或工作日同“整改期限”"),
    LimitLine("second_person", "销号须由第二人", "判定“已改”的人不能自己销号；填“是”或“否”"),
)
"""What an office may set of `LifeRules`; who may do what stays as the program ships it."""

FIELD_STEPS: Mapping[str, frozenset[Step]] = {
    "due": frozenset({Step.EXTENDED, Step.RECHECKED, Step.REOPENED, Step.STRIKE_OFF_REFUSED, Step.SETTLED}),
    "text": frozenset({Step.AMENDED, Step.SETTLED}),
    "basis": frozenset({Step.AMENDED, Step.SETTLED}),
    "measure": frozenset({Step.AMENDED, Step.PLANNED, Step.REOPENED, Step.SETTLED}),
    "grade": frozenset({Step.AMENDED, Step.SETTLED}),
    "responsible": frozenset({Step.AMENDED, Step.PLANNED, Step.REOPENED, Step.SETTLED}),
    "leader": frozenset({Step.AMENDED, Step.SETTLED}),
    "supervising": frozenset({Step.AMENDED, Step.SETTLED}),
    "unit": frozenset({Step.AMENDED, Step.SETTLED}),
    "chain": frozenset({Step.AMENDED, Step.SETTLED}),
}
"""Fields of the record that may change after it was issued, and by which steps. A date moves only with a reason."""
