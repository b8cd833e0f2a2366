"""What a visit finds of the school's open problems on the way becomes a step of their lives when it is frozen."""

from __future__ import annotations

import pytest

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import ProblemState, Recheck, Step
from jiandu_desktop.services.program import Services
from tests.services.test_recheck import a_school_with_problems
from tests.support.visiting import answer_everything, save


def test_a_visit_judges_the_open_problems_of_its_school_on_the_way(laptop: Services) -> None:
    school_id = a_school_with_problems(laptop, 3)
    form_id = laptop.library.rows()[0].form_id
    opened = laptop.visits.start_free(school_id, form_id, "随访")
    first, second, third = [problem.id for problem in opened.owed][:3]
    laptop.visits.save_owed_result(opened.visit.id, first, Recheck.DONE)
    laptop.visits.save_owed_result(opened.visit.id, second, Recheck.NOT_DONE)
    laptop.visits.save_owed_result(opened.visit.id, third, Recheck.PARTIAL)
    laptop.visits.save_owed_result(opened.visit.id, third, "")
    with pytest.raises(ValueError, match="gone"):
        laptop.visits.save_owed_result(opened.visit.id, third, "gone")
    resumed = laptop.visits.resume(opened.visit.id)
    assert resumed.owed_results == {first: "done", second: "not_done"}
    instance = laptop.finishing.instance(resumed)
    answer_everything(instance)
    save(laptop, resumed, instance)
    laptop.finishing.finish(opened.visit.id, instance)
    assert laptop.steps.read(first).problem.state is ProblemState.AWAITING_STRIKE_OFF
    last = laptop.steps.read(second)
    assert (last.problem.state, last.problem.returned) == (ProblemState.RECTIFYING, 1)
    assert (last.events[-1].step, last.events[-1].data["visit"]) == (Step.RECHECKED, opened.visit.id)
    assert laptop.steps.read(third).problem.returned == 0
    with pytest.raises(Trouble, match="visit-frozen"):
        laptop.visits.save_owed_result(opened.visit.id, third, Recheck.DONE)


def test_a_recheck_asks_for_them_itself(laptop: Services) -> None:
    school_id = a_school_with_problems(laptop, 2)
    assert laptop.visits.start_recheck(school_id).owed == ()
