"""What the record of one problem asks, read off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiandu_desktop.domain.problem import Problem, Step
from jiandu_desktop.domain.problem.escalation import Proposal
from jiandu_desktop.domain.problem.limits import Limit, limits_of
from jiandu_desktop.domain.visit import Photo
from jiandu_desktop.domain.working_days import HolidayList
from jiandu_desktop.services.problem_steps import ProblemLife, StepChoice
from jiandu_desktop.services.program import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """One problem as this laptop knows it now.

    `choices` are the steps of hand with the reason why not; `may_settle` that conflicts can be decided here; `photos`
    those of the visit that found it; `unit` is the office, `government` the second addressee of a 双报告.
    """

    today: date
    record: ProblemLife
    choices: tuple[StepChoice, ...]
    photos: tuple[Photo, ...]
    limits: tuple[Limit, ...]
    holidays: HolidayList
    proposal: Proposal | None
    device: str
    may_settle: bool
    government: str

    @property
    def problem(self) -> Problem:
        return self.record.problem

    def why_not(self, step: Step) -> str | None:
        """The code of the sentence why a step may not be taken, "" where it may, None where it is out of question."""
        return next((each.why for each in self.choices if each.step is step), None)


def read_record(services: Services, problem_id: str) -> RecordView:
    """Everything about one problem; raises LookupError for one that is not here."""
    record = services.steps.read(problem_id)
    today = services.store.today()
    me = services.store.membership()
    unit = services.profile.current()
    return RecordView(
        today=today,
        record=record,
        choices=services.steps.choices(problem_id),
        photos=services.problems.photos(problem_id) if record.problem.visit_id else (),
        limits=limits_of(record.problem.state, record.events, record.rules),
        holidays=services.deadlines.holidays(),
        proposal=services.escalations.proposal(record.problem, today),
        device=me.device,
        may_settle=me.role.value == "office",
        government=f"{unit.county}人民政府" if unit.county else "",
    )
