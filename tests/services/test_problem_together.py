"""Two laptops and the office on one shared folder: steps taken without knowing of each other end in one history."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import new_id
from jiandu_desktop.domain.problem import Problem, ProblemState, Source, Step
from jiandu_desktop.domain.problem.life import Life
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.demo import DemoBureau
from jiandu_desktop.services.problem_steps import StepChoice
from jiandu_desktop.services.program import Services, open_services
from jiandu_desktop.sync.operation import BlobRef
from tests.conftest import StandingClock


@pytest.fixture
def second(bureau: DemoBureau, clock: StandingClock) -> Iterator[Services]:
    """The laptop of another inspector."""
    other = next(path for path in sorted((bureau.root / "laptops").iterdir()) if path != bureau.own.root)
    services = open_services(DataFolder(other), clock=clock, new_id=new_id)
    yield services
    services.close()


@pytest.fixture
def problem(laptop: Services, second: Services, office: Services) -> Problem:
    """One that everyone knows, issued with a date."""
    school = laptop.schools.rows()[0].school
    view = laptop.entry.begin(school.id, Source.REPORT)
    issued = laptop.entry.issue(replace(view.problem, text="消防通道被占用", measure="清空通道", due=date(2026, 12, 4)))
    together(laptop, office, second, laptop)
    return issued


def together(*rounds: Services) -> None:
    for services in rounds:
        if services.profile.current().role == "office":
            services.office.publish(Progress())
        else:
            services.exchange.sync(Progress())


def everywhere(problem_id: str, *all_of_them: Services) -> tuple[Problem, Life]:
    """The problem and its life, which must be the same on all of them."""
    found = [services.steps.read(problem_id) for services in all_of_them]
    assert all(each.problem == found[0].problem for each in found)
    assert all(each.life == found[0].life for each in found)
    return found[0].problem, found[0].life


def proof(services: Services, colour: str = "green") -> list[BlobRef]:
    out = io.BytesIO()
    Image.new("RGB", (32, 24), colour).save(out, "PNG")
    return [services.proofs.take_in(out.getvalue(), "整改后.png").ref]


def meet(laptop: Services, second: Services, office: Services) -> None:
    together(laptop, second, office, laptop, second, office)


def test_a_recheck_and_an_extension_at_the_same_time_both_hold_and_the_date_waits_for_a_decision(
    laptop: Services, second: Services, office: Services, problem: Problem
) -> None:
    again = {"result": "partial", "where": "on_site", "set": {"due": "2026-12-11"}}
    second.steps.take(problem.id, Step.RECHECKED, note="东侧还有两套桌椅", data=again)
    office.steps.take(problem.id, Step.EXTENDED, note="库房在修", data={"set": {"due": "2026-12-18"}})
    meet(laptop, second, office)

    now, life = everywhere(problem.id, laptop, second, office)
    assert now.conflicts == ("due",)
    assert set(life.conflicts[0].values) == {"2026-12-11", "2026-12-18"}
    assert (now.returned, now.extended, life.disputed) == (1, 1, ())

    with pytest.raises(Trouble, match="problem-step-office-only"):
        laptop.steps.take(problem.id, Step.SETTLED, note="以复查为准", data={"set": {"due": "2026-12-11"}})
    office.steps.take(problem.id, Step.SETTLED, note="库房十二月中旬才修好", data={"set": {"due": "2026-12-18"}})
    meet(laptop, second, office)
    now, life = everywhere(problem.id, laptop, second, office)
    assert (now.due, now.conflicts, life.conflicts) == (date(2026, 12, 18), (), ())


def test_struck_off_here_and_returned_there_is_not_closed_until_the_office_decides(
    laptop: Services, second: Services, office: Services, problem: Problem
) -> None:
    done = {"result": "done", "where": "on_site"}
    laptop.steps.take(problem.id, Step.RECHECKED, note="通道已清空", proof=proof(laptop), data=done)
    meet(laptop, second, office)
    second.steps.take(problem.id, Step.STRUCK_OFF)
    office.steps.take(problem.id, Step.STRIKE_OFF_REFUSED, note="照片看不出通道宽度")
    meet(laptop, second, office)

    now, life = everywhere(problem.id, laptop, second, office)
    assert now.state is ProblemState.RECTIFYING
    assert now.conflicts == ("state",)
    assert set(life.conflicts[0].values) == {"struck_off", "rectifying"}

    office.steps.take(problem.id, Step.SETTLED, note="补看了现场，同意销号", data={"state": "struck_off"})
    meet(laptop, second, office)
    now, _ = everywhere(problem.id, laptop, second, office)
    assert (now.state, now.conflicts) == (ProblemState.STRUCK_OFF, ())


def test_who_found_it_good_may_not_strike_it_off_and_is_told_so_before(
    laptop: Services, second: Services, office: Services, problem: Problem
) -> None:
    done = {"result": "done", "where": "document"}
    laptop.steps.take(problem.id, Step.RECHECKED, note="看了材料", proof=proof(laptop), data=done)
    assert StepChoice(Step.STRUCK_OFF, "problem-second-person") in laptop.steps.choices(problem.id)
    with pytest.raises(Trouble, match="problem-second-person"):
        laptop.steps.take(problem.id, Step.STRUCK_OFF)
    meet(laptop, second, office)
    assert StepChoice(Step.STRUCK_OFF) in second.steps.choices(problem.id)
    assert second.steps.take(problem.id, Step.STRUCK_OFF).state is ProblemState.STRUCK_OFF


def test_a_step_that_the_rules_forbid_is_kept_and_shown_as_disputed_on_all_three(
    laptop: Services, second: Services, office: Services, problem: Problem
) -> None:
    # The laptop has not heard yet that the office wants a second person after all.
    office.rules.set_limits(replace(office.rules.read().limits, second_person=False))
    together(office, laptop, second)
    office.rules.set_limits(replace(office.rules.read().limits, second_person=True))
    done = {"result": "done", "where": "on_site"}
    laptop.steps.take(problem.id, Step.RECHECKED, note="通道已清空", proof=proof(laptop), data=done)
    assert laptop.steps.take(problem.id, Step.STRUCK_OFF).state is ProblemState.STRUCK_OFF
    meet(laptop, second, office)

    now, life = everywhere(problem.id, laptop, second, office)
    assert now.state is ProblemState.AWAITING_STRIKE_OFF
    assert [(each.event.step, each.why) for each in life.disputed] == [(Step.STRUCK_OFF, "problem-second-person")]


def test_an_objection_is_decided_by_the_office_and_a_fixed_problem_comes_back(
    laptop: Services, second: Services, office: Services, problem: Problem
) -> None:
    laptop.steps.take(problem.id, Step.OBJECTED, note="学校认为通道宽度合格")
    meet(laptop, second, office)
    assert StepChoice(Step.OBJECTION_DECIDED, "problem-step-office-only") in second.steps.choices(problem.id)
    office.steps.take(problem.id, Step.OBJECTION_DECIDED, note="宽度不足 1.4 米", data={"upheld": False})
    meet(laptop, second, office)
    done = {"result": "done", "where": "on_site"}
    second.steps.take(problem.id, Step.RECHECKED, note="已改", proof=proof(second), data=done)
    meet(laptop, second, office)
    laptop.steps.take(problem.id, Step.STRUCK_OFF)
    again = {"set": {"due": "2026-12-30"}}
    laptop.steps.take(problem.id, Step.REOPENED, note="又堆了课桌", data=again)
    meet(laptop, second, office)
    now, life = everywhere(problem.id, laptop, second, office)
    assert (now.state, now.rebounds, now.due) == (ProblemState.RECTIFYING, 1, date(2026, 12, 30))
    assert life.disputed == ()
    # The photos that prove a step are at the office as well.
    office_has = office.steps.read(problem.id)
    shown = [sha256 for event in office_has.events for sha256 in event.proof]
    assert shown
    assert all(office.store.media.has(sha256) for sha256 in shown)
