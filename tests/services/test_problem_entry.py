"""登记问题: what others found is put down with its four lists, and issued only when nothing is missing."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import Handling, Problem, ProblemState, Source, Step
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.program import Services
from jiandu_desktop.services.proofs import proof_photos


def picture(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "PNG")
    return out.getvalue()


def put_down(services: Services, **fields: object) -> Problem:
    """A record with everything that an issue needs, for the first school."""
    school = services.schools.rows()[0].school
    view = services.entry.begin(school.id, Source.REPORT)
    known = {"text": "食堂价格没有公示", "measure": "在食堂门口公示全部价格", "origin": "家长来电"}
    return replace(view.problem, **{**known, **fields})


def test_a_new_record_knows_the_school_its_head_and_the_date(laptop: Services) -> None:
    school = laptop.schools.rows()[0].school
    problem = laptop.entry.begin(school.id, Source.SUPERIOR).problem
    assert problem.unit == school.name
    assert problem.responsible == f"{school.head}（校长）"
    # 15 days from Saturday 11-21 end on a Sunday: 顺延 to Monday.
    assert problem.due == date(2026, 12, 7)
    # 包抓 of the roster, and of the other school once it is moved there.
    assert problem.chain == school.chain == ("张副县长", "城关镇", "县教体局")
    other = next(row.school for row in laptop.schools.rows() if row.school.chain != school.chain)
    moved = laptop.entry.at_school(problem, other.id).problem
    assert (moved.unit, moved.chain) == (other.name, other.chain)
    typed = replace(problem, chain=("王局长",))
    assert laptop.entry.at_school(typed, other.id).problem.chain == ("王局长",)


def test_without_measure_person_or_date_it_is_not_issued_and_the_trouble_says_which(laptop: Services) -> None:
    problem = put_down(laptop, measure="", responsible="", due=None)
    with pytest.raises(Trouble) as refused:
        laptop.entry.issue(problem)
    assert refused.value.values["missing"] == "措施、责任人、期限"
    with pytest.raises(LookupError):
        laptop.steps.read(problem.id)


def test_what_is_put_down_waits_with_its_photos_until_it_is_issued(laptop: Services) -> None:
    problem = put_down(laptop, measure="")
    proof = laptop.proofs.take_in(picture(), "公示栏.png")
    laptop.entry.keep(problem, (proof,))
    view = laptop.entry.open(problem.id)
    assert view.problem.state is ProblemState.FOUND
    assert view.proofs == (proof,)
    row = next(row for row in laptop.problems.rows(laptop.store.today()) if row.problem.id == problem.id)
    assert row.problem.missing() == ("measure",)
    issued = laptop.entry.issue(replace(view.problem, measure="公示"), view.proofs)
    assert issued.state is ProblemState.RECTIFYING
    with pytest.raises(Trouble, match="problem-issued"):
        laptop.entry.open(problem.id)


def test_one_put_down_by_mistake_is_dropped_but_never_an_issued_one(laptop: Services) -> None:
    problem = put_down(laptop)
    laptop.entry.keep(problem)
    laptop.entry.drop(problem.id)
    with pytest.raises(LookupError):
        laptop.entry.open(problem.id)
    laptop.entry.issue(problem)
    with pytest.raises(Trouble, match="problem-issued"):
        laptop.entry.drop(problem.id)


def test_an_issued_problem_reaches_the_office_with_its_photo_and_its_source(laptop: Services, office: Services) -> None:
    proof = laptop.proofs.take_in(picture(), "现场.png")
    problem = laptop.entry.issue(put_down(laptop), (proof,))
    laptop.exchange.sync(Progress())
    office.office.publish(Progress())
    found = office.steps.read(problem.id)
    assert found.problem.source is Source.REPORT
    assert [each.step for each in found.events] == [Step.FOUND, Step.ISSUED]
    shown = proof_photos(found.events[0])
    assert [each.name for each in shown] == ["现场.png"]
    assert office.store.media.read(shown[0].sha256) == picture()


def test_put_right_on_the_spot_needs_no_person_and_no_date(laptop: Services) -> None:
    problem = put_down(laptop, handling=Handling.ON_THE_SPOT, responsible="", due=None)
    assert laptop.entry.issue(problem).state is ProblemState.FIXED_ON_THE_SPOT


def test_a_school_must_be_chosen(laptop: Services) -> None:
    with pytest.raises(Trouble, match="problem-school-unknown"):
        laptop.entry.issue(put_down(laptop, school_id=""))


def test_another_school_brings_its_own_head_unless_a_name_was_typed(laptop: Services) -> None:
    first, second = (row.school for row in laptop.schools.rows()[:2])
    problem = laptop.entry.begin(first.id).problem
    moved = laptop.entry.at_school(problem, second.id).problem
    assert (moved.unit, moved.responsible) == (second.name, f"{second.head}（校长）")
    kept = laptop.entry.at_school(replace(problem, responsible="王主任"), second.id).problem
    assert kept.responsible == "王主任"


def test_a_paper_proves_a_step_as_well_as_a_photo(laptop: Services, tmp_path: Path) -> None:
    paper = tmp_path / "整改报告.pdf"
    paper.write_bytes(b"%PDF-1.4 report")
    proof = laptop.proofs.take_in(paper, paper.name)
    assert not proof.photo().is_picture
    assert laptop.store.media.read(proof.ref.name) == b"%PDF-1.4 report"
    broken = tmp_path / "照片.jpg"
    broken.write_bytes(b"no picture")
    with pytest.raises(Trouble, match="photo-not-picture"):
        laptop.proofs.take_in(broken, broken.name)
