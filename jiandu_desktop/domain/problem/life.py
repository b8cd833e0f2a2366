"""A problem's life as a function of the set of its events: any order, any duplication, any split gives one result.

Who knew of what is told by the events' parents alone; no clock decides anything. Where laptops went on without each
other, "not closed" wins and both are shown until a person decides (design: sync, conflict rules). A step that the rules
do not allow where its author stood is kept and shown as disputed; it moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jiandu_desktop.domain.problem.order import History
from jiandu_desktop.domain.problem.record import Grade, Problem, ProblemState
from jiandu_desktop.domain.problem.rules import FIELD_STEPS, LifeRules, StepRule
from jiandu_desktop.domain.problem.step import Escalation, ProblemEvent, Recheck, Step

MOST_OPEN_FIRST: tuple[ProblemState, ...] = (
    ProblemState.RECTIFYING,
    ProblemState.OBJECTED,
    ProblemState.AWAITING_RECHECK,
    ProblemState.AWAITING_STRIKE_OFF,
    ProblemState.FIXED_ON_THE_SPOT,
    ProblemState.FOUND,
    ProblemState.WITHDRAWN,
    ProblemState.STRUCK_OFF,
)
"""Of concurrent states the first of these holds until a person decides: what is not closed is never forgotten."""


_STEPS = frozenset(each.value for each in Step)


@dataclass(frozen=True, slots=True)
class Disputed:
    """A step that the rules do not allow, with the code of the sentence that says why."""

    event: ProblemEvent
    why: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field (or "state") that laptops set differently without knowing of each other: the last event of each."""

    field: str
    events: tuple[ProblemEvent, ...]
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What follows from the events. `fields` holds what they changed of the record, as it travels.

    `heads` are the events nobody has answered yet: the parents of the next step. `ended`: the day of the strike-off,
    or of being put right on the spot. `returned` counts re-checks and
    strike-offs that were not good enough, `rebounds` how often it came back (反弹).
    """

    state: ProblemState | None
    heads: tuple[str, ...]
    fields: Mapping[str, Any]
    returned: int = 0
    rebounds: int = 0
    extended: int = 0
    level: Escalation | None = None
    ended: date | None = None
    conflicts: tuple[Conflict, ...] = ()
    disputed: tuple[Disputed, ...] = ()

    def applied_to(self, base: Problem) -> Problem:
        """The record as issued, with its state and what the events changed."""
        changed: dict[str, Any] = {name: _typed(name, value) for name, value in self.fields.items()}
        return replace(
            base,
            state=self.state or base.state,
            returned=self.returned,
            rebounds=self.rebounds,
            extended=self.extended,
            level=self.level.value if self.level else "",
            conflicts=tuple(each.field for each in self.conflicts),
            ended=self.ended,
            **changed,
        )


def life_of(events: Iterable[ProblemEvent], rules: LifeRules | None = None) -> Life:
    """The life that these events tell; the order and number of copies in which they are given does not matter."""
    return _Reading(History(events), rules or LifeRules()).life()


class _Reading:
    """One pass over the events, causes before effects; `legal` and `state` of an event look at its own past alone."""

    def __init__(self, history: History, rules: LifeRules) -> None:
        self._history = history
        self._rules = rules
        self._result: dict[int, ProblemState] = {}
        """Bit of a legal event that moves the state → the state it leaves."""
        self._moving = 0
        """Their bits together."""
        self._found_good = 0
        """Bits of the re-checks whose result was good."""
        self._legal = 0
        """Bits of all legal events."""
        self._disputed: list[Disputed] = []
        for index, event in enumerate(history.events):
            past = history.past(index)
            why = self._objection(event, past)
            if why is not None:
                self._disputed.append(Disputed(event, why))
                continue
            bit = 1 << index
            self._legal |= bit
            state = self._leaves(event, self._rule(event))
            if event.step == Step.RECHECKED and event.data["result"] == Recheck.DONE:
                self._found_good |= bit
            if state is not None:
                self._moving |= bit
                self._result[bit] = state

    def life(self) -> Life:
        history = self._history
        everything = history.everything
        fields: dict[str, Any] = {}
        conflicts: list[Conflict] = []
        states = self._state_heads(everything)
        if len({self._result[1 << index] for index in states}) > 1:
            conflicts.append(self._conflict("state", states))
        for name in FIELD_STEPS:
            heads = history.newest(self._setting(name) & everything)
            if not heads:
                continue
            values = [history.events[index].sets()[name] for index in heads]
            fields[name] = values[0]
            if any(value != values[0] for value in values):
                conflicts.append(self._conflict(name, heads))
        level = [Escalation(each.data["level"]) for each in self._steps(Step.ESCALATED)]
        return Life(
            state=self._state(everything),
            heads=tuple(history.events[index].id for index in history.newest(everything)),
            fields=fields,
            returned=sum(_not_good(each) for each in self._steps(Step.RECHECKED, Step.STRIKE_OFF_REFUSED)),
            rebounds=len(self._steps(Step.REOPENED)),
            extended=len(self._steps(Step.EXTENDED)),
            level=max(level, key=list(Escalation).index, default=None),
            ended=self._ended(states),
            conflicts=tuple(conflicts),
            disputed=(*self._disputed, *(Disputed(each, "problem-no-cause") for each in history.circular)),
        )

    # --- what an event may do ---------------------------------------------------------------------------------

    def _rule(self, event: ProblemEvent) -> StepRule:
        return self._rules.steps[Step(event.step)]

    def _objection(self, event: ProblemEvent, past: int) -> str | None:
        """Why this step is not allowed where its author stood, as a sentence's code; None if it is."""
        if event.step not in _STEPS:
            return "problem-step-unknown"
        rule, state = self._rule(event), self._state(past)
        if (rule.before is None) != (state is None) or (rule.before is not None and state not in rule.before):
            return "problem-step-not-now"
        if event.role not in rule.roles:
            return "problem-step-office-only"
        if (rule.needs_note or "due" in event.sets()) and not event.note.strip():
            return "problem-step-needs-reason"
        if rule.needs_proof and not event.proof:
            return "problem-step-needs-proof"
        if not _readable(event):
            return "problem-step-unreadable"
        if any(Step(event.step) not in FIELD_STEPS.get(name, ()) for name in event.sets()):
            return "problem-field-fixed"
        return self._special_objection(event, past)

    def _special_objection(self, event: ProblemEvent, past: int) -> str | None:
        step = Step(event.step)
        if step is Step.RECHECKED and event.data["result"] == Recheck.DONE:
            # Who says it is good shows it: photos or papers, or the re-check visit whose record is signed.
            if not event.proof and not event.data.get("visit"):
                return "problem-step-needs-proof"
        elif step is Step.STRUCK_OFF and self._rules.second_person:
            good = [self._history.events[index] for index in self._history.newest(self._found_good & past)]
            if any(each.person == event.person for each in good):
                return "problem-second-person"
        elif step is Step.EXTENDED and "due" not in event.sets():
            return "problem-step-unreadable"
        elif step is Step.SETTLED and "state" in event.data:
            offered = {self._result[1 << index] for index in self._state_heads(past)}
            if event.data["state"] not in offered:
                return "problem-step-not-now"
        return None

    def _leaves(self, event: ProblemEvent, rule: StepRule) -> ProblemState | None:
        """The state a legal event leaves, None for one that does not move it."""
        step = Step(event.step)
        if step is Step.RECHECKED:
            done = event.data["result"] == Recheck.DONE
            return ProblemState.AWAITING_STRIKE_OFF if done else ProblemState.RECTIFYING
        if step is Step.OBJECTION_DECIDED:
            return ProblemState.WITHDRAWN if event.data["upheld"] else ProblemState.RECTIFYING
        if step is Step.SETTLED:
            return ProblemState(event.data["state"]) if "state" in event.data else None
        return rule.leads_to

    # --- looking at a past ------------------------------------------------------------------------------------

    def _state_heads(self, past: int) -> list[int]:
        """The newest events of a past that move the state."""
        return self._history.newest(self._moving & past)

    def _state(self, past: int) -> ProblemState | None:
        found = {self._result[1 << index] for index in self._state_heads(past)}
        return next((state for state in MOST_OPEN_FIRST if state in found), None)

    def _ended(self, states: list[int]) -> date | None:
        """The day on which the steps that hold ended it, None while it is open."""
        if self._state(self._history.everything) not in (ProblemState.STRUCK_OFF, ProblemState.FIXED_ON_THE_SPOT):
            return None
        return max(self._history.events[index].at.date() for index in states)

    def _setting(self, name: str) -> int:
        bits = 0
        for index, event in enumerate(self._history.events):
            if self._legal >> index & 1 and name in event.sets():
                bits |= 1 << index
        return bits

    def _steps(self, *steps: Step) -> list[ProblemEvent]:
        return [
            event
            for index, event in enumerate(self._history.events)
            if self._legal >> index & 1 and event.step in steps
        ]

    def _conflict(self, name: str, heads: list[int]) -> Conflict:
        events = tuple(self._history.events[index] for index in heads)
        values = tuple(
            str(self._result[1 << index]) if name == "state" else self._history.events[index].sets()[name]
            for index in heads
        )
        return Conflict(name, events, values)


def _not_good(event: ProblemEvent) -> bool:
    return event.step == Step.STRIKE_OFF_REFUSED or event.data.get("result") != Recheck.DONE


def _readable(event: ProblemEvent) -> bool:
    """Whether `data` holds what the step says and every field can become what the record wants."""
    data = event.data
    try:
        for name, value in event.sets().items():
            _typed(name, value)
        if event.step == Step.RECHECKED:
            Recheck(data["result"])
        elif event.step == Step.ESCALATED:
            Escalation(data["level"])
        elif event.step == Step.OBJECTION_DECIDED:
            return isinstance(data["upheld"], bool)
        elif event.step == Step.SETTLED and "state" in data:
            ProblemState(data["state"])
    except (KeyError, TypeError, ValueError):
        return False
    return True


def _typed(name: str, value: Any) -> Any:
    """A field's value as the record holds it; raises ValueError or TypeError for what it cannot be."""
    if name == "due":
        return None if value is None else date.fromisoformat(value)
    if name == "grade":
        return Grade(value)
    if name == "chain":
        if not all(isinstance(each, str) for each in value):
            raise TypeError("chain")
        return tuple(value)
    if not isinstance(value, str):
        raise TypeError(name)
    return value
