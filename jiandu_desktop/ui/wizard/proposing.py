"""From a failed answer to the problem that its card shows: filled from the checklist, the school and the settings."""

from __future__ import annotations

from dataclasses import replace

from jiandu_desktop.domain.identity import Clock, new_id
from jiandu_desktop.domain.problem import Grade, Handling, Problem
from jiandu_desktop.services.deadlines import Deadline, Deadlines
from jiandu_desktop.services.open_visit import OpenVisit
from jiandu_desktop.services.preferences import Preferences
from jiandu_desktop.ui.wizard.paper import Paper

TYPED = ("text", "measure", "responsible", "unit", "supervising", "leader")
"""Fields of a problem that are typed on its card."""


class Proposer:
    """Makes problems for one visit. Days count from the day of the visit, in calendar or working days as it is set."""

    def __init__(
        self, paper: Paper, open_visit: OpenVisit, preferences: Preferences, deadlines: Deadlines, clock: Clock
    ) -> None:
        self._paper, self._open, self._preferences, self._clock = paper, open_visit, preferences, clock
        self._deadlines = deadlines
        self._found_on = open_visit.visit.started_at.date()
        self._proposed: dict[str, tuple[str, str]] = {}

    def propose(self, ref: str, note: str) -> Problem:
        """A new problem for the failed item."""
        proposal = self._paper.proposal(ref, note)
        grade = Grade(proposal.grade) if proposal.grade in set(Grade) else Grade.GENERAL
        days = proposal.days if proposal.days is not None else self._preferences.days_for(grade)
        self._proposed[ref] = (proposal.text, proposal.measure)
        return Problem(
            id=new_id(self._clock),
            visit_id=self._open.visit.id,
            school_id=self._open.visit.school_id,
            ref=ref,
            item=self._paper.item(ref).number,
            # Lists, letters and counters name the matter; only the checklist knows its code.
            matter=self._open.definition.matters.get(proposal.matter, proposal.matter),
            text=proposal.text,
            basis=proposal.basis,
            measure=proposal.measure,
            grade=grade,
            handling=Handling.BY_DATE if days > 0 else Handling.ON_THE_SPOT,
            found_at=self._clock(),
            due=self._deadlines.last_day(self._found_on, days).day if days > 0 else None,
            responsible=self._open.people[0] if self._open.people else "",
            leader=str(self._preferences.get("leader")),
            unit=self._open.school.name,
            supervising=self._open.inspectors[0].name if self._open.inspectors else "",
            chain=self._open.school.chain,
            evidence_wanted=proposal.evidence,
            veto=self._paper.is_veto(ref),
        )

    def follow(self, problem: Problem, note: str) -> Problem:
        """A proposed text that nobody touched follows the answers it quotes; any other stays as it is."""
        proposed = self._proposed.get(problem.ref)
        if proposed is None or problem.confirmed or (problem.text, problem.measure) != proposed:
            return problem
        proposal = self._paper.proposal(problem.ref, note)
        self._proposed[problem.ref] = (proposal.text, proposal.measure)
        return replace(problem, text=proposal.text, measure=proposal.measure)

    def handled(self, problem: Problem) -> Problem:
        """On the spot takes the date away; by a date gives the one the checklist or the settings say."""
        if problem.handling is Handling.ON_THE_SPOT:
            return replace(problem, due=None)
        if problem.due is not None:
            return problem
        return replace(problem, due=self._deadline(problem).day)

    def is_moved(self, problem: Problem) -> bool:
        """Whether its date is the proposed one and was moved off a day off (顺延)."""
        proposed = self._deadline(problem)
        return proposed.moved and problem.due == proposed.day

    def _deadline(self, problem: Problem) -> Deadline:
        days = self._paper.days(problem.ref) or self._preferences.days_for(problem.grade)
        return self._deadlines.last_day(self._found_on, days)
