"""Steps in a problem's life, taken by whoever sits at this laptop: checked first, kept at once, told to the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import Escalation, Problem, ProblemEvent, Recheck, Step
from jiandu_desktop.domain.problem.life import Life, life_of
from jiandu_desktop.domain.problem.order import History
from jiandu_desktop.domain.problem.rules import LifeRules
from jiandu_desktop.services import lives as laying
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.open_visit import people_at
from jiandu_desktop.services.store import Store
from jiandu_desktop.storage import county, lives, visits

if TYPE_CHECKING:
    from jiandu_desktop.domain.school import School
    from jiandu_desktop.storage.records import Work
    from jiandu_desktop.sync.operation import BlobRef


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemLife:
    """One problem with everything that happened to it, causes before effects.

    `names` are the people's by identifier; `people` were responsible at the school before, its head first; `task` is
    that of the visit that found it, with `inspectors` who made it.
    """

    problem: Problem
    events: tuple[ProblemEvent, ...]
    life: Life
    rules: LifeRules
    names: Mapping[str, str]
    school: School
    people: tuple[str, ...] = ()
    task: str = ""
    inspectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A problem of a bulk step that the rules would not let go on, with the code of the sentence why."""

    problem: Problem
    why: str


@dataclass(frozen=True, slots=True)
class StepChoice:
    """A step that somebody may want to take; `why` is the code of the sentence that says why not now, "" if it may."""

    step: Step
    why: str = ""


BY_HAND: tuple[Step, ...] = tuple(
    step
    for step in Step
    if step not in (Step.FOUND, Step.ISSUED, Step.FIXED_ON_THE_SPOT, Step.SUPERSEDED, Step.SETTLED)
)
"""Steps that are taken one by one; the others come with a visit, an entry, a revision or a conflict."""

_COMPLETE: Mapping[Step, Mapping[str, Any]] = {
    Step.RECHECKED: {"result": Recheck.NOT_DONE.value},
    Step.OBJECTION_DECIDED: {"upheld": False},
    Step.EXTENDED: {"set": {"due": "2000-01-01"}},
    Step.ESCALATED: {"level": Escalation.REMINDER.value},
}
"""What a step needs to be judged by its state and its person alone."""


class ProblemSteps:
    """What may be done to a problem now, and doing it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self, problem_id: str) -> ProblemLife:
        """The problem and its life; raises LookupError for one that is not here."""
        with self._store.reading() as work:
            problem = visits.problem(work, problem_id)
            if problem is None:
                raise LookupError(problem_id)
            events, rules, names = lives.events(work, problem_id), laying.read_rules(work), _names(work)
            school = county.school(work, problem.school_id)
            # The visit's own record may still be on its way.
            here = visits.visits(work, school_id=school.id) if problem.visit_id else ()
            visit = next((each for each in here if each.id == problem.visit_id), None)
            return ProblemLife(
                problem=problem,
                events=_told(events),
                life=life_of(events, rules),
                rules=rules,
                names=names,
                school=school,
                people=people_at(school, visits.problems(work, school_id=school.id)),
                task=visit.task if visit is not None else problem.origin,
                inspectors=tuple(names[each] for each in visit.inspector_ids if each in names) if visit else (),
            )

    def open_steps(self, problem_id: str) -> tuple[Step, ...]:
        """The steps that the state and the role of this laptop allow, in the order of `Step`."""
        with self._store.reading() as work:
            now = laying.life(work, problem_id)
            steps = laying.read_rules(work).steps
        role = self._store.membership().role.value
        return tuple(
            step
            for step, rule in steps.items()
            if rule.before is not None and now.state in rule.before and role in rule.roles
        )

    def choices(self, problem_id: str) -> tuple[StepChoice, ...]:
        """Every step that is taken by hand, with the reason where this person may not take it now.

        Empty for a problem that was not issued yet.
        """
        with self._store.reading() as work:
            before = lives.events(work, problem_id)
            rules = laying.read_rules(work)
        heads = life_of(before, rules).heads
        if not heads:
            return ()
        found = []
        for step in BY_HAND:
            trial = self._event(problem_id, step, "-", ("-",), _COMPLETE.get(step, {}), heads)
            found.append(StepChoice(step, _why(trial, before, rules)))
        return tuple(found)

    def take(
        self,
        problem_id: str,
        step: Step,
        *,
        note: str = "",
        proof: Sequence[BlobRef] = (),
        data: Mapping[str, Any] | None = None,
    ) -> Problem:
        """Take one step; `proof` names stored bytes that go along.

        Raises Trouble with the code of what the rules miss (`problem-second-person`, `problem-step-needs-proof`,
        `problem-step-not-now` …) and keeps nothing then.
        """
        with self._store.writing() as work:
            problem = self._take(work, problem_id, step, note, proof, data or {})
        self._store.publish(self._changes([problem]))
        return problem

    def take_many(
        self, problem_ids: Sequence[str], step: Step, *, note: str = "", data: Mapping[str, Any] | None = None
    ) -> tuple[tuple[Problem, ...], tuple[Refused, ...]]:
        """The same step for many, in one transaction: (those that took it, those that may not)."""
        taken: list[Problem] = []
        refused: list[Refused] = []
        with self._store.writing() as work:
            for problem_id in problem_ids:
                try:
                    taken.append(self._take(work, problem_id, step, note, (), data or {}))
                except Trouble as trouble:
                    problem = visits.problem(work, problem_id)
                    if problem is None:
                        raise
                    refused.append(Refused(problem, trouble.code))
        self._store.publish(self._changes(taken))
        return tuple(taken), tuple(refused)

    def take_within(
        self,
        work: Work,
        problem_id: str,
        step: Step,
        *,
        note: str = "",
        proof: Sequence[BlobRef] = (),
        data: Mapping[str, Any] | None = None,
    ) -> Problem:
        """`take` inside a caller's transaction (a re-check visit, an import); the caller publishes the change."""
        return self._take(work, problem_id, step, note, proof, data or {})

    def _take(
        self, work: Work, problem_id: str, step: Step, note: str, proof: Sequence[BlobRef], data: Mapping[str, Any]
    ) -> Problem:
        before = lives.events(work, problem_id)
        rules = laying.read_rules(work)
        heads = life_of(before, rules).heads
        event = self._event(problem_id, step, note.strip(), tuple(ref.name for ref in proof), data, heads)
        why = _why(event, before, rules)
        if why:
            raise Trouble(why)
        self._store.record(work, [laying.add(work, event, proof)])
        problem = visits.problem(work, problem_id)
        if problem is None:
            raise LookupError(problem_id)
        return problem

    def _event(
        self,
        problem_id: str,
        step: Step,
        note: str,
        proof: tuple[str, ...],
        data: Mapping[str, Any],
        heads: tuple[str, ...],
    ) -> ProblemEvent:
        me = self._store.membership()
        return ProblemEvent(
            id=self._store.new_id(),
            problem_id=problem_id,
            step=step.value,
            at=self._store.clock(),
            person=me.person,
            device=me.device,
            note=note,
            role=me.role.value,
            parents=heads,
            proof=proof,
            data=data,
        )

    def _changes(self, problems: Sequence[Problem]) -> Changes:
        return Changes(
            problems=frozenset(problem.id for problem in problems),
            schools=frozenset(problem.school_id for problem in problems),
            sync=bool(problems),
        )


def _told(events: Sequence[ProblemEvent]) -> tuple[ProblemEvent, ...]:
    """Causes before effects, whatever the clocks of the laptops said."""
    history = History(events)
    return history.events + history.circular


def _names(work: Work) -> dict[str, str]:
    """People's names by identifier; whoever works at the office's own computer is the office."""
    return {"office": "督导室", **{inspector.id: inspector.name for inspector in county.inspectors(work)}}


def _why(event: ProblemEvent, before: Sequence[ProblemEvent], rules: LifeRules) -> str:
    """The code of the sentence why the rules do not allow this step, "" where they do."""
    disputed = life_of([*before, event], rules).disputed
    return next((each.why for each in disputed if each.event.id == event.id), "")
