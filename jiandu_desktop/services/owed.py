"""The school's open problems on any visit: 已改, 部分整改 or 未改 on the way, steps of their lives at 定稿."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from jiandu_desktop.domain.problem import Recheck
from jiandu_desktop.domain.recheck import RecheckResult
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.recheck import take_result
from jiandu_desktop.services.self_ratings import must_be_open
from jiandu_desktop.services.store import Store
from jiandu_desktop.storage import owed, visits

if TYPE_CHECKING:
    from jiandu_desktop.domain.visit import Visit
    from jiandu_desktop.services.problem_steps import ProblemSteps
    from jiandu_desktop.storage.records import Work


def keep_owed_result(store: Store, visit_id: str, problem_id: str, result: str) -> datetime:
    """Write what was found of a problem, "" for nothing; raises Trouble `visit-frozen`, ValueError for another word."""
    found = Recheck(result).value if result else ""
    with store.writing() as work:
        must_be_open(work, visit_id)
        owed.put_owed_result(work, visit_id, problem_id, found)
    store.publish(Changes(visits=frozenset({visit_id})))
    return store.clock()


def take_owed_results(work: Work, steps: ProblemSteps, visit: Visit) -> frozenset[str]:
    """Turn what was found into steps of the problems' lives; returns whose. One that is gone meanwhile is left out."""
    told = owed.owed_results(work, visit.id)
    taken = set()
    for problem_id, result in told.items():
        problem = visits.problem(work, problem_id)
        if problem is not None:
            take_result(
                work, steps, visit, problem, RecheckResult(problem_id=problem_id, ref="", result=Recheck(result))
            )
            taken.add(problem_id)
    return frozenset(taken)
