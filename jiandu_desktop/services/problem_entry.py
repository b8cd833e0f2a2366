"""登记问题: a problem that no visit of ours found: put down with its four lists, issued once nothing is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import (
    FIELD_NAMES,
    Grade,
    Handling,
    Problem,
    ProblemEvent,
    ProblemState,
    Source,
    Step,
)
from jiandu_desktop.domain.school import School
from jiandu_desktop.services import lives
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.deadlines import Deadlines
from jiandu_desktop.services.open_visit import people_at
from jiandu_desktop.services.preferences import Preferences
from jiandu_desktop.services.proofs import Proof, named
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.wire import from_wire, to_wire
from jiandu_desktop.storage import county, visits
from jiandu_desktop.storage import lives as stored

if TYPE_CHECKING:
    from jiandu_desktop.storage.records import Work

_DRAFT_PROOF = "entry_proof."
"""Facts that keep the photos of a problem that was put down and not yet issued; they stay on this laptop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """A problem to be put down: the record so far, what there is to choose from, and its photos."""

    problem: Problem
    schools: tuple[School, ...]
    people: tuple[str, ...]
    matters: tuple[str, ...]
    proofs: tuple[Proof, ...] = ()


class ProblemEntry:
    """Putting down, keeping and issuing problems of 自查, 举报, 上级反馈 and 数据监测."""

    def __init__(self, store: Store, preferences: Preferences, deadlines: Deadlines) -> None:
        self._store = store
        self._preferences = preferences
        self._deadlines = deadlines

    def begin(self, school_id: str = "", source: Source = Source.SELF_CHECK) -> EntryView:
        """A new record, filled in with what is known of the school; nothing is kept yet."""
        grade, now = Grade.GENERAL, self._store.clock()
        problem = Problem(
            id=self._store.new_id(),
            visit_id="",
            school_id=school_id,
            ref="",
            item="",
            matter="",
            text="",
            basis="",
            measure="",
            grade=grade,
            handling=Handling.BY_DATE,
            found_at=now,
            due=self._deadlines.last_day(now.date(), self._deadlines.days_for(grade)).day,
            leader=str(self._preferences.get("leader")),
            source=source,
        )
        return self._view(problem, ())

    def open(self, problem_id: str) -> EntryView:
        """A problem that was put down and not yet issued; raises LookupError, Trouble `problem-issued`."""
        with self._store.reading() as work:
            problem = self._draft(work, problem_id)
            kept = county.fact(work, _DRAFT_PROOF + problem_id) or []
        return self._view(problem, tuple(from_wire(Proof, each) for each in kept))

    def at_school(self, problem: Problem, school_id: str) -> EntryView:
        """The record moved to another school: unit, person and chain follow as long as nobody typed others."""
        before = self._view(problem, ())
        with self._store.reading() as work:
            school = county.school(work, school_id)
            here = visits.problems(work, school_id=school_id)
        people = people_at(school, here)
        old = before.people[0] if before.people else ""
        left = next((each for each in before.schools if each.id == problem.school_id), None)
        old_unit, old_chain = (left.name, left.chain) if left is not None else ("", ())
        told = (each.chain for each in sorted(here, key=lambda each: each.found_at)[::-1] if each.chain)
        chain = school.chain or next(told, ())
        problem = replace(
            problem,
            school_id=school_id,
            unit=school.name if problem.unit in ("", old_unit) else problem.unit,
            responsible=people[0] if people and problem.responsible in ("", old) else problem.responsible,
            chain=chain if problem.chain in ((), old_chain) else problem.chain,
        )
        return self._view(problem, ())

    def keep(self, problem: Problem, proofs: Sequence[Proof] = ()) -> Problem:
        """Keep it on this laptop as 待下达; raises Trouble `problem-school-unknown`, `problem-issued`."""
        kept = replace(problem, state=ProblemState.FOUND)
        with self._store.writing() as work:
            self._check_school(work, problem)
            if visits.problem(work, problem.id) is not None:
                self._draft(work, problem.id)
            visits.put_problem(work, kept)
            county.keep_fact(work, _DRAFT_PROOF + problem.id, to_wire(list(proofs)))
        self._tell(kept)
        return kept

    def drop(self, problem_id: str) -> None:
        """Forget one that was not issued; raises LookupError, Trouble `problem-issued`."""
        with self._store.writing() as work:
            problem = self._draft(work, problem_id)
            visits.remove_problem(work, problem_id)
            county.forget_fact(work, _DRAFT_PROOF + problem_id)
        self._tell(problem)

    def issue(self, problem: Problem, proofs: Sequence[Proof] = ()) -> Problem:
        """Issue it, or close it as put right on the spot; from then on only steps change it.

        Raises Trouble `problem-incomplete` naming what is missing, `problem-school-unknown`, `problem-issued`.
        """
        missing = problem.missing()
        if missing:
            raise Trouble("problem-incomplete", missing="、".join(FIELD_NAMES[name] for name in missing))
        by_date = problem.handling is Handling.BY_DATE
        with self._store.writing() as work:
            self._check_school(work, problem)
            if visits.problem(work, problem.id) is not None:
                self._draft(work, problem.id)
            # The projection must not run ahead of the record that others get.
            problem = replace(
                problem,
                confirmed=True,
                state=ProblemState.RECTIFYING if by_date else ProblemState.FIXED_ON_THE_SPOT,
                due=problem.due if by_date else None,
            )
            found = self._event(problem, Step.FOUND, problem.origin, proofs=proofs)
            step = Step.ISSUED if by_date else Step.FIXED_ON_THE_SPOT
            then = self._event(problem, step, "", after=(found.id,))
            self._store.record(work, [lives.issue(work, problem, found, then, blobs=[each.ref for each in proofs])])
            county.forget_fact(work, _DRAFT_PROOF + problem.id)
        self._tell(problem, sync=True)
        return problem

    def _draft(self, work: Work, problem_id: str) -> Problem:
        problem = visits.problem(work, problem_id)
        if problem is None:
            raise LookupError(problem_id)
        if problem.state is not ProblemState.FOUND or problem.visit_id:
            raise Trouble("problem-issued")
        return problem

    def _check_school(self, work: Work, problem: Problem) -> None:
        if problem.school_id not in {school.id for school in county.schools(work)}:
            raise Trouble("problem-school-unknown")

    def _view(self, problem: Problem, proofs: tuple[Proof, ...]) -> EntryView:
        with self._store.reading() as work:
            schools, matters = county.schools(work), stored.matters(work)
            here = visits.problems(work, school_id=problem.school_id)
        school = next((each for each in schools if each.id == problem.school_id), None)
        view = EntryView(
            problem=problem,
            schools=schools,
            people=people_at(school, here) if school is not None else (),
            matters=matters,
            proofs=proofs,
        )
        if school is None or problem.unit or problem.text:
            return view
        return replace(view, problem=_filled(view, school))

    def _event(
        self, problem: Problem, step: Step, note: str, *, after: tuple[str, ...] = (), proofs: Sequence[Proof] = ()
    ) -> ProblemEvent:
        me = self._store.membership()
        return ProblemEvent(
            id=self._store.new_id(),
            problem_id=problem.id,
            step=step.value,
            at=self._store.clock(),
            person=me.person,
            device=me.device,
            note=note,
            role=me.role.value,
            parents=after,
            proof=tuple(each.ref.name for each in proofs),
            data=named({}, proofs),
        )

    def _tell(self, problem: Problem, *, sync: bool = False) -> None:
        changes = Changes(problems=frozenset({problem.id}), schools=frozenset({problem.school_id}), sync=sync)
        self._store.publish(changes)


def _filled(view: EntryView, school: School) -> Problem:
    person = view.people[0] if view.people else ""
    problem = view.problem
    responsible, chain = problem.responsible or person, problem.chain or school.chain
    return replace(problem, unit=school.name, responsible=responsible, chain=chain)
