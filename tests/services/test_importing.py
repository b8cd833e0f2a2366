"""The office's imports: nothing twice, changes shown, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import new_id
from jiandu_desktop.paths import DataFolder, shipped_forms
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.importing import ImportRefused
from jiandu_desktop.services.program import Services, open_services
from jiandu_desktop.services.unit import Unit
from tests.conftest import StandingClock

HEAD = ["学校代码", "学校名称", "学校类型", "校长", "学生数"]
ROWS: list[list[object]] = [
    ["0199003101", "城关第一小学", "小学", "许承志", 1642],
    ["0199003102", "城关第二小学", "小学", "林素梅", 1186],
]


@pytest.fixture
def office(tmp_path: Path, clock: StandingClock) -> Iterator[Services]:
    services = open_services(DataFolder(tmp_path / "office"), clock=clock, new_id=new_id)
    (tmp_path / "share").mkdir()
    services.profile.found_office(tmp_path / "share", Unit(name="青禾县人民政府教育督导室", code_letters="青教"))
    yield services
    services.close()


def workbook(path: Path, head: list[str], rows: list[list[object]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(head)
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_the_same_roster_twice_changes_nothing(office: Services, tmp_path: Path) -> None:
    path = workbook(tmp_path / "名册.xlsx", HEAD, ROWS)
    assert office.importing.schools(path).added == 2
    with office.store.reading() as work:
        written = work.exec_driver_sql("SELECT count(*) FROM operations").scalar()
    again = office.importing.schools(path)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    with office.store.reading() as work:
        assert work.exec_driver_sql("SELECT count(*) FROM operations").scalar() == written


def test_a_changed_row_shows_old_and_new(office: Services, tmp_path: Path) -> None:
    office.importing.schools(workbook(tmp_path / "名册.xlsx", HEAD, ROWS))
    moved = [ROWS[0], ["0199003102", "城关第二小学", "小学", "赵一新", 1200]]
    report = office.importing.schools(workbook(tmp_path / "名册2.xlsx", HEAD, moved))
    assert (report.added, report.changed, report.unchanged) == (0, 1, 1)
    assert {(change.field, change.old, change.new) for change in report.changes} == {
        ("head", "林素梅", "赵一新"),
        ("pupils", "1186", "1200"),
    }


def test_one_bad_row_stops_all_unless_it_may_be_skipped(office: Services, tmp_path: Path) -> None:
    path = workbook(tmp_path / "名册.xlsx", HEAD, [*ROWS, ["0199003103", "河西小学", "小学", "何秀英", "约三百"]])
    with pytest.raises(ImportRefused) as refused:
        office.importing.schools(path)
    assert "第 4 行" in refused.value.faults[0]
    assert "约三百" in refused.value.faults[0]
    assert office.schools.rows() == ()
    report = office.importing.schools(path, skip_bad=True)
    assert (report.added, len(report.faults)) == (2, 1)


def test_a_plan_names_every_line_that_points_nowhere(office: Services, tmp_path: Path) -> None:
    office.importing.schools(workbook(tmp_path / "名册.xlsx", HEAD, ROWS))
    office.importing.inspectors(workbook(tmp_path / "督学.xlsx", ["姓名", "督学证号"], [["周明元", "001"]]))
    office.office.add_form(shipped_forms() / "routine.xlsx")
    head = ["学校", "任务", "督导类型", "表单", "督学", "期限"]
    good: list[object] = ["城关第一小学", "开学督导", "专项督导", "routine", "周明元", date(2026, 12, 1)]
    lines = [
        good,
        ["没有的小学", "开学督导", "专项督导", "routine", "周明元", date(2026, 12, 1)],
        ["0199003102", "开学督导", "专项督导", "没有的表", "周明元", date(2026, 12, 1)],
        ["0199003102", "食堂督导", "专项督导", "routine", "李四", date(2026, 12, 1)],
    ]
    today = office.store.today()
    with pytest.raises(ImportRefused) as refused:
        office.importing.plan(workbook(tmp_path / "计划.xlsx", head, lines), today=today)
    assert [line.partition("第 ")[2][:1] for line in refused.value.faults] == ["3", "4", "5"]
    path = workbook(tmp_path / "计划2.xlsx", head, [good])
    assert office.importing.plan(path, today=today).added == 1
    assert office.importing.plan(path, today=today).unchanged == 1
    later = [*good[:5], date(2026, 12, 9)]
    report = office.importing.plan(workbook(tmp_path / "计划3.xlsx", head, [later]), today=today)
    assert [(change.field, change.old, change.new) for change in report.changes] == [
        ("due", "2026-12-01", "2026-12-09")
    ]


def test_a_checklist_with_faults_is_not_put_in_force(office: Services, tmp_path: Path) -> None:
    path = workbook(tmp_path / "表.xlsx", ["甲", "乙"], [[1, 2]])
    with pytest.raises(Trouble):
        office.office.add_form(path)
    assert office.library.rows() == ()


def test_publishing_before_founding_says_what_to_do(tmp_path: Path, clock: StandingClock) -> None:
    services = open_services(DataFolder(tmp_path / "empty"), clock=clock, new_id=new_id)
    with pytest.raises(Trouble, match="not-office"):
        services.office.publish(Progress())
    services.close()
