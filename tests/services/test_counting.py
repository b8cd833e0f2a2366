"""The counters of a real bureau: rows that add up, a workbook with a sheet per grouping, and the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from jiandu_desktop.cli import make_parser, run
from jiandu_desktop.domain.counters import GroupBy
from jiandu_desktop.domain.identity import new_id
from jiandu_desktop.domain.problem import Step
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.services.counting import as_json, figures
from jiandu_desktop.services.program import Services
from jiandu_desktop.storage import county
from tests.conftest import StandingClock
from tests.support.unit import found_unit
from tests.support.workbooks import read_back, write_rows

HEADS = ("学校", "问题", "措施", "责任人", "期限", "发现日期")
OLD = (
    ("城关镇第一小学", "一", "改", "甲", "2026-11-10", "2026-09-15"),
    ("城关镇初级中学", "二", "改", "乙", "2026-12-10", "2026-10-20"),
    ("河口镇中心幼儿园", "三", "改", "丙", "2026-12-10", "2026-11-20"),
)
TERM = (date(2026, 9, 1), date(2027, 1, 31))


@pytest.fixture
def unit(tmp_path: Path, clock: StandingClock) -> Iterator[Services]:
    services = found_unit(tmp_path, clock)
    services.old_lists.take(services.old_lists.look(write_rows(tmp_path / "old.xlsx", HEADS, *OLD)))
    yield services
    services.close()


def test_the_demo_bureaus_rows_add_up_to_its_term(office: Services) -> None:
    tables = office.counting.tables(*TERM, tuple(GroupBy))
    for table in tables:
        whole, rows = table.whole.counts, [row.counts for row in table.rows]
        assert whole.visits > 5
        assert whole.found > 10
        assert whole.carried + whole.found - whole.closed == whole.open
        if table.by in (GroupBy.MONTH, GroupBy.WEEK, GroupBy.AREA):
            for name in ("visits", "person_times", "found", "closed"):
                assert sum(getattr(row, name) for row in rows) == getattr(whole, name)
        assert all(table.name(row) for row in table.rows)


def test_days_to_come_count_nothing(unit: Services) -> None:
    month = unit.counting.table(date(2026, 11, 1), date(2026, 11, 30), GroupBy.WEEK)
    whole = month.whole.counts
    # The second and third are due in December; on the 21st nothing of it is late, nor on a 30th that is still to come.
    assert (whole.carried, whole.found, whole.open, whole.overdue) == (2, 1, 3, 1)
    assert month.name(month.rows[-1]) == "11-16 至 11-22"
    assert [table.name(row) for table in [unit.counting.table(*TERM, GroupBy.MONTH)] for row in table.rows] == [
        *("2026年9月", "2026年10月", "2026年11月"),
    ]


def test_what_was_withdrawn_is_none(unit: Services) -> None:
    with unit.store.glancing() as glance:
        first = min(glance.problems(), key=lambda each: each.text)
    unit.steps.take(first.id, Step.WITHDRAWN, note="不属实")
    counted = unit.counting.table(*TERM, GroupBy.NOTHING).whole.counts
    assert (counted.found, counted.open, counted.closed) == (2, 2, 0)


def test_what_was_closed_in_time_and_how_long_it_took(unit: Services) -> None:
    with unit.store.glancing() as glance:
        problem = next(each for each in glance.problems() if each.text == "三")
    proof = {"result": "done", "where": "on_site", "visit": "v"}
    unit.steps.take(problem.id, Step.RECHECKED, data=proof)
    with unit.store.writing() as work:
        county.keep_fact(work, "life_rules", {"second_person": False})
    unit.steps.take(problem.id, Step.STRUCK_OFF)
    counted = unit.counting.table(*TERM, GroupBy.NOTHING).whole.counts
    assert (counted.closed, counted.closing_days, counted.rate_in_time) == (1, 1, 1.0)


def test_the_workbook_has_a_sheet_per_grouping_and_its_sum(unit: Services, tmp_path: Path) -> None:
    unit.counting.write(tmp_path / "count.xlsx", *TERM)
    sheets = read_back(tmp_path / "count.xlsx")
    assert list(sheets) == ["按周", "按月", "按责任区", "按督学"]
    months = sheets["按月"]
    found = months[2].index("新发现")
    assert [row[found] for row in months[3:]] == [1, 1, 1, 3]
    assert months[-1][0] == "合计"
    titles = [title for title, _ in figures(unit.counting.table(*TERM, GroupBy.AREA).whole.counts)]
    assert sheets["按责任区"][2][1:] == titles


def test_other_programs_get_json(unit: Services) -> None:
    told = json.loads(json.dumps(as_json(unit.counting.table(*TERM, GroupBy.AREA))))
    assert told["whole"]["found"] == 3
    assert {row["name"] for row in told["rows"]} == {"第一责任区", "第二责任区"}


def test_the_command_line_counts_exports_compares_and_imports(
    unit: Services, tmp_path: Path, clock: StandingClock, capsys: pytest.CaptureFixture[str]
) -> None:
    del unit
    data = DataFolder(tmp_path / "data")

    def said(*words: str) -> tuple[int, str]:
        code = run(make_parser().parse_args(list(words)), data, clock=clock, new_id=new_id)
        told = capsys.readouterr()
        return code, told.out + told.err

    assert "新发现 3" in said("count", "--period", "term")[1]
    assert json.loads(said("count", "--from", "2026-09-01", "--by", "month", "--json")[1])["whole"]["found"] == 3
    assert said("count", "--from", "2026-12-01", "--to", "2026-11-01")[0] == 1
    assert "督导统计" not in said("count", "--xlsx", str(tmp_path / "c.xlsx"))[1]
    out = str(tmp_path / "台账.xlsx")
    assert "已导出 1 个问题" in said("ledger", "export", out, "--school", "0312000102", "--layout", "register")[1]
    assert "已导出 3 个问题，3 个文件" in said("ledger", "export", str(tmp_path / "发"), "--by-school", "--open")[1]
    assert said("ledger", "import", out) == (0, "台账.xlsx：1 个问题，1 个没有变化。\n")
    code, told = said("ledger", "import-old", str(tmp_path / "old.xlsx"), "--take")
    assert (code, "以前导入过 3 个" in told) == (0, True)
