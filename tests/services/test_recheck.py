"""A re-check visit: made from open problems, its results become steps, its paper says what comes next."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image
from pypdf import PdfReader

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import Problem, ProblemState, Recheck, Step
from jiandu_desktop.domain.recheck import due_item, note_item, problem_of, result_item
from jiandu_desktop.form_engine import Instance
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.finishing import Finished
from jiandu_desktop.services.open_visit import OpenVisit
from jiandu_desktop.services.program import Services
from tests.conftest import StandingClock
from tests.services.test_whole_round import failing_items, first_open
from tests.support.visiting import do_visit, save


def photo() -> bytes:
    """A JPEG, small."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "#557755").save(out, "JPEG")
    return out.getvalue()


def a_school_with_problems(laptop: Services, count: int = 3) -> str:
    """A school where a visit has just found problems; returns its identifier."""
    assignment = first_open(laptop)
    return do_visit(laptop, assignment, failing_items(laptop, assignment, count)).visit.school_id


def open_here(laptop: Services, school_id: str) -> tuple[Problem, ...]:
    rows = laptop.problems.rows(laptop.store.today())
    return tuple(row.problem for row in rows if row.problem.school_id == school_id)


def ref(instance: Instance, name: str) -> str:
    return next(ref for ref, item in instance.definition.items.items() if item.name == name)


def asked(opened: OpenVisit) -> list[str]:
    """The problems that the checklist asks about."""
    names = (item.name for item in opened.definition.items.values())
    return [problem_of(name) for name in names if problem_of(name)]


def judge(laptop: Services, opened: OpenVisit, results: dict[str, Recheck], due_in: int = 0) -> Instance:
    instance = laptop.finishing.instance(opened)
    for problem_id, result in results.items():
        instance.answer(ref(instance, result_item(problem_id)), result.value)
        if result is not Recheck.DONE:
            instance.answer(ref(instance, note_item(problem_id)), "二楼还没有清理")
            if due_in:
                day = laptop.store.today() + timedelta(days=due_in)
                instance.answer(ref(instance, due_item(problem_id)), day.isoformat())
    save(laptop, opened, instance)
    return instance


def finish(laptop: Services, opened: OpenVisit, instance: Instance) -> Finished:
    return laptop.finishing.finish(opened.visit.id, instance)


def words(laptop: Services, document_id: str) -> str:
    reader = PdfReader(io.BytesIO(laptop.papers.pdf(document_id)))
    return "".join(page.extract_text() for page in reader.pages).replace("\n", "").replace(" ", "")


def test_every_open_problem_is_asked_about_and_those_fixed_on_the_spot_too(laptop: Services) -> None:
    school_id = a_school_with_problems(laptop)
    wanted = {each.id for each in open_here(laptop, school_id) if each.state is not ProblemState.STRUCK_OFF}
    opened = laptop.visits.start_recheck(school_id)
    assert set(asked(opened)) == wanted
    labels = [opened.definition.title, *(section.label for section in opened.definition.sections)]
    assert labels[0] == "问题整改复查表"
    again = laptop.visits.start_recheck(school_id)
    assert again.visit.id == opened.visit.id


def test_a_selection_of_problems_is_asked_about_alone(laptop: Services) -> None:
    school_id = a_school_with_problems(laptop)
    one = open_here(laptop, school_id)[0]
    assert asked(laptop.visits.start_recheck(school_id, (one.id,))) == [one.id]


def test_a_school_without_open_problems_is_told_so_and_nothing_is_begun(laptop: Services) -> None:
    rows = laptop.schools.rows()
    owing = {row.problem.school_id for row in laptop.problems.rows(laptop.store.today())}
    school = next(row.school for row in rows if row.school.id not in owing)
    before = len(laptop.visits.rows())
    with pytest.raises(Trouble, match="recheck-nothing") as told:
        laptop.visits.start_recheck(school.id)
    assert told.value.values["school"] == school.name
    assert len(laptop.visits.rows()) == before


def test_results_become_steps_with_proof_and_new_dates(laptop: Services) -> None:
    school_id = a_school_with_problems(laptop)
    opened = laptop.visits.start_recheck(school_id)
    done, partial, *rest = asked(opened)
    laptop.visits.add_photo(
        opened.visit.id, ref(laptop.finishing.instance(opened), result_item(done)), photo(), "改后.jpg"
    )
    instance = judge(laptop, opened, {done: Recheck.DONE, partial: Recheck.PARTIAL}, due_in=10)
    finished = finish(laptop, opened, instance)
    assert [each.kind for each in finished.documents] == [DocumentKind.RECHECK_OPINION]

    life = laptop.steps.read(done)
    assert life.problem.state is ProblemState.AWAITING_STRIKE_OFF
    last = life.events[-1]
    assert (last.step, last.data["visit"], len(last.proof)) == (Step.RECHECKED, finished.visit.id, 1)

    life = laptop.steps.read(partial)
    assert life.problem.state is ProblemState.RECTIFYING
    assert life.problem.due == laptop.store.today() + timedelta(days=10)
    assert (life.problem.returned, life.events[-1].note) == (1, "二楼还没有清理")
    for each in rest:
        assert Step.RECHECKED not in {event.step for event in laptop.steps.read(each).events}


def test_the_opinion_names_each_problem_its_number_its_result_and_what_comes_next(laptop: Services) -> None:
    school_id = a_school_with_problems(laptop, 2)
    opened = laptop.visits.start_recheck(school_id)
    results = dict.fromkeys(asked(opened), Recheck.NOT_DONE)
    done = next(iter(results))
    results[done] = Recheck.DONE
    finished = finish(laptop, opened, judge(laptop, opened, results, due_in=5))
    told = words(laptop, finished.documents[0].id)
    number = laptop.steps.read(done).problem.notice_number
    for part in (number, "复查结论：已改" if len(results) <= 5 else "已改", "未改", "二楼还没有清理", "报请销号"):
        assert part in told
    assert "督复" in finished.documents[0].number


def test_not_done_without_words_cannot_be_finished(laptop: Services) -> None:
    school_id = a_school_with_problems(laptop, 1)
    opened = laptop.visits.start_recheck(school_id)
    instance = laptop.finishing.instance(opened)
    instance.answer(ref(instance, result_item(asked(opened)[0])), Recheck.NOT_DONE.value)
    save(laptop, opened, instance)
    with pytest.raises(Trouble, match="visit-not-ready"):
        finish(laptop, opened, instance)


def test_a_problem_struck_off_meanwhile_keeps_the_result_as_a_note(laptop: Services, clock: StandingClock) -> None:
    school_id = a_school_with_problems(laptop, 1)
    opened = laptop.visits.start_recheck(school_id)
    one = asked(opened)[0]
    instance = judge(laptop, opened, {one: Recheck.NOT_DONE})
    laptop.steps.take(one, Step.OBJECTED, note="学校认为不属实")
    finish(laptop, opened, instance)
    life = laptop.steps.read(one)
    assert life.problem.state is ProblemState.OBJECTED
    assert life.events[-1].step == Step.NOTED
    assert "复查结论：未改" in life.events[-1].note


def test_the_office_reads_the_visit_with_the_checklist_that_came_along(
    laptop: Services, office: Services, clock: StandingClock
) -> None:
    school_id = a_school_with_problems(laptop, 2)
    opened = laptop.visits.start_recheck(school_id)
    results = dict.fromkeys(asked(opened), Recheck.DONE)
    finished = finish(laptop, opened, judge(laptop, opened, results))
    laptop.exchange.sync(Progress())
    clock.advance(minutes=5)
    office.office.publish(Progress())
    there = office.visits.resume(finished.visit.id)
    assert asked(there) == asked(opened)
    for each in results:
        assert office.steps.read(each).problem.state is ProblemState.AWAITING_STRIKE_OFF
    assert "问题整改复查表" not in {row.title for row in office.library.rows()}
