"""Lists of former inspections become problems that are checked one by one; the same list twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import Grade, Problem, ProblemState, Source, Step
from jiandu_desktop.services.program import Services
from tests.conftest import StandingClock
from tests.support.unit import found_unit
from tests.support.workbooks import SCHOOL_ROWS, write_rows, write_schools

HEADS = (
    "序号",
    "被督导单位",
    "存在的问题",
    "整改措施",
    "整改责任人",
    "完成时限",
    "整改情况",
    "反馈单位",
    "问题等级",
    "反馈时间",
)
GOOD = (
    1,
    "城关镇第一小学",
    "消防通道堆放杂物",
    "清理",
    "王小明",
    "2026-12-01",
    "整改中",
    "省人民政府教育督导室",
    "重大",
    "2026.5.8",
)


@pytest.fixture
def office(tmp_path: Path, clock: StandingClock) -> Iterator[Services]:
    services = found_unit(tmp_path, clock)
    yield services
    services.close()


def listed(tmp_path: Path, *rows: tuple[object, ...]) -> Path:
    return write_rows(tmp_path / "2026年省级反馈.xlsx", ("附件1：反馈问题清单",), HEADS, *rows)


def row(**changed: object) -> tuple[object, ...]:
    places = {"school": 1, "text": 2, "measure": 3, "person": 4, "due": 5, "state": 6, "origin": 7}
    values = list(GOOD)
    for name, value in changed.items():
        values[places[name]] = value
    return tuple(values)


def kept(office: Services) -> list[Problem]:
    with office.store.glancing() as glance:
        return list(glance.problems())


def test_what_the_list_says_is_kept_with_its_level_date_and_grade(office: Services, tmp_path: Path) -> None:
    view = office.old_lists.look(listed(tmp_path, GOOD))
    assert kept(office) == []
    office.old_lists.take(view)
    (problem,) = kept(office)
    assert (problem.source, problem.origin) == (Source.SUPERIOR, "省人民政府教育督导室")
    assert (problem.grade, problem.due, problem.found_at.date()) == (
        Grade.SERIOUS,
        date(2026, 12, 1),
        date(2026, 5, 8),
    )
    assert (problem.visit_id, problem.unit, problem.state) == ("", "城关镇第一小学", ProblemState.RECTIFYING)
    assert office.steps.read(problem.id).events[-1].note == "老问题清单“2026年省级反馈.xlsx”：整改中"


def test_what_was_put_right_waits_to_be_checked(office: Services, tmp_path: Path) -> None:
    words = ("已整改", "已改", "完成", "整改到位", "已销号")
    view = office.old_lists.look(listed(tmp_path, *(row(text=word, state=word) for word in words)))
    assert office.old_lists.take(view).to_recheck == len(words)
    assert {problem.state for problem in kept(office)} == {ProblemState.AWAITING_RECHECK}
    steps = office.steps.open_steps(kept(office)[0].id)
    assert Step.RECHECKED in steps
    assert Step.STRUCK_OFF not in steps


def test_a_sentence_about_the_progress_decides_nothing_and_is_kept(office: Services, tmp_path: Path) -> None:
    words = "已制定方案，正在招标采购，预计十二月底完成"
    office.old_lists.take(office.old_lists.look(listed(tmp_path, row(state=words))))
    (problem,) = kept(office)
    assert problem.state is ProblemState.RECTIFYING
    assert words in office.steps.read(problem.id).events[-1].note


def test_the_same_rows_again_change_nothing_even_when_their_state_went_on(office: Services, tmp_path: Path) -> None:
    office.old_lists.take(office.old_lists.look(listed(tmp_path, GOOD)))
    again = office.old_lists.look(listed(tmp_path, row(state="已整改", measure="另一种写法"), row(text="新的问题")))
    assert (again.known, [each.problem.text for each in again.rows]) == (1, ["新的问题"])
    assert "以前已经导入过" in again.notices[0]
    office.old_lists.take(again)
    with pytest.raises(Trouble, match="ledger-moved-on"):
        office.old_lists.take(again)
    assert len(kept(office)) == 2


def test_what_lacks_measure_or_date_is_kept_to_be_completed(office: Services, tmp_path: Path) -> None:
    view = office.old_lists.look(listed(tmp_path, row(measure="", due=None), row(text="另一个")))
    taken = office.old_lists.take(view)
    assert (taken.issued, taken.kept) == (1, 1)
    found = next(problem for problem in kept(office) if problem.text == "消防通道堆放杂物")
    assert found.state is ProblemState.FOUND
    assert "待下达" in view.notices[-1]


def test_a_school_is_found_by_code_and_name_and_asked_for_where_it_may_be_several(
    office: Services, tmp_path: Path
) -> None:
    view = office.old_lists.look(
        listed(
            tmp_path,
            row(school="0312000102", text="一"),
            row(school="城关镇　第一小学", text="二"),
            row(school="城关镇", text="三"),
            row(school="第九小学校", text="四"),
            row(school="城关第一小学", text="五"),
        )
    )
    assert [each.school for each in view.rows] == ["城关镇初级中学", "城关镇第一小学"]
    assert [(each.name, len(each.candidates)) for each in view.asked] == [("城关镇", 2), ("城关第一小学", 1)]
    assert any("名册里没有叫“第九小学校”" in line for line in view.refused)
    chosen = {each.name: each.candidates[0].id for each in view.asked}
    assert len(office.old_lists.look(tmp_path / "2026年省级反馈.xlsx", chosen).rows) == 4


def test_two_schools_of_one_name_are_never_guessed(office: Services, tmp_path: Path) -> None:
    twin = ("0312000199", *SCHOOL_ROWS[0][1:])
    office.importing.schools(write_schools(tmp_path / "twin.xlsx", *SCHOOL_ROWS, twin))
    view = office.old_lists.look(listed(tmp_path, GOOD))
    assert view.rows == ()
    assert len(view.asked[0].candidates) == 2


def test_rows_that_cannot_be_taken_are_named(office: Services, tmp_path: Path) -> None:
    view = office.old_lists.look(listed(tmp_path, GOOD, GOOD, row(text=""), row(text="另", due="年底前")))
    assert len(view.rows) == 1
    assert ["第 4 行" in view.refused[0], "第 5 行" in view.refused[1], "年底" in view.refused[2]] == [True] * 3


def test_where_a_list_says_no_source_the_files_name_stands_for_it(office: Services, tmp_path: Path) -> None:
    path = write_rows(
        tmp_path / "群众信访台账.xlsx",
        ("学校", "问题", "措施", "责任人", "期限"),
        ("城关镇初级中学", "补课", "停", "李", "2026-12-1"),
    )
    (found,) = office.old_lists.look(path).rows
    assert (found.problem.source, found.problem.origin) == (Source.REPORT, "群众信访台账")
