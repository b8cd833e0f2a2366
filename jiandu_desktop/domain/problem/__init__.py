"""Problems (问题): what was found wrong, what is to be done, by whom, until when; and how far that is."""

from __future__ import annotations

from jiandu_desktop.domain.problem.record import (
    FIELD_NAMES,
    GRADE_NAMES,
    HANDLING_NAMES,
    OPEN_STATES,
    PROBLEM_STATE_NAMES,
    SOURCE_NAMES,
    Grade,
    Handling,
    Problem,
    ProblemState,
    Source,
)
from jiandu_desktop.domain.problem.step import ESCALATION_NAMES, STEP_NAMES, Escalation, ProblemEvent, Recheck, Step

__all__ = [
    "ESCALATION_NAMES",
    "FIELD_NAMES",
    "GRADE_NAMES",
    "HANDLING_NAMES",
    "OPEN_STATES",
    "PROBLEM_STATE_NAMES",
    "SOURCE_NAMES",
    "STEP_NAMES",
    "Escalation",
    "Grade",
    "Handling",
    "Problem",
    "ProblemEvent",
    "ProblemState",
    "Recheck",
    "Source",
    "Step",
]
