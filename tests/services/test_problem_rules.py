"""Rules and holidays as data: an office changes them in a workbook, every laptop follows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jiandu_desktop.cli import make_parser
from jiandu_desktop.cli.office import run_office
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import Escalation, Grade
from jiandu_desktop.domain.problem.escalation import Cause, EscalationRule
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.importing import ImportRefused
from jiandu_desktop.services.program import Services


def office_says(office: Services, *words: str) -> int:
    return run_office(office, make_parser().parse_args(["office", *words]))


def set_cell(path: Path, sheet: str, first: str, column: int, value: object) -> None:
    """Writes into the row that begins with `first`."""
    book = load_workbook(path)
    row = next(row for row in book[sheet].iter_rows() if row[0].value == first)
    row[column].value = value
    book.save(path)


def test_an_office_changes_limits_and_rules_in_a_workbook_and_every_laptop_follows(
    office: Services, laptop: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "规则.xlsx"
    assert office_says(office, "rules", "--export", str(path)) == 0
    set_cell(path, "办理期限", "复查期限（天）", 1, 20)
    set_cell(path, "办理期限", "销号须由第二人", 1, "否")
    set_cell(path, "督促规则", "一票否决", 2, "约谈")
    assert office_says(office, "rules", "--import", str(path)) == 0
    said = capsys.readouterr().out
    assert "复查期限（天）：30 → 20" in said
    assert "销号须由第二人：是 → 否" in said
    office.office.publish(Progress())
    laptop.exchange.sync(Progress())
    book = laptop.rules.read()
    assert (book.limits.recheck_days, book.limits.second_person, book.own_limits) == (20, False, True)
    assert EscalationRule(Cause.VETO, 1, Escalation.TALK) in book.escalations


def test_the_same_workbook_read_back_changes_nothing(office: Services, tmp_path: Path) -> None:
    path = tmp_path / "规则.xlsx"
    office.rules.export(path)
    before = office.rules.read()
    report = office.rules.import_file(path)
    assert report.limits == ()
    assert report.escalations == len(before.escalations)
    after = office.rules.read()
    assert after.limits == before.limits
    assert set(after.escalations) == set(before.escalations)


def test_a_figure_that_no_rule_can_have_is_named_with_sheet_row_and_column_and_nothing_changes(
    office: Services, tmp_path: Path
) -> None:
    path = tmp_path / "规则.xlsx"
    office.rules.export(path)
    set_cell(path, "办理期限", "申辩期限（天）", 1, "两周")
    set_cell(path, "督促规则", "逾期天数", 2, "开除")
    with pytest.raises(ImportRefused) as refused:
        office.rules.import_file(path)
    assert len(refused.value.faults) == 2
    assert any("“办理期限”第 5 行“取值”" in each and "两周" in each for each in refused.value.faults)
    assert any("“督促规则”第 4 行“措施”" in each and "开除" in each for each in refused.value.faults)
    assert not office.rules.read().own_limits


def test_a_csv_of_one_table_changes_that_table_alone(office: Services, tmp_path: Path) -> None:
    path = tmp_path / "督促.csv"
    path.write_text("情形,达到,措施\n逾期天数,3,提醒\n反弹次数,1,约谈\n", encoding="gb18030")
    report = office.rules.import_file(path)
    assert (report.limits, report.escalations) == ((), 2)
    assert office.escalations.rules()[1] == EscalationRule(Cause.REBOUND, 1, Escalation.TALK)


def test_a_rule_that_stands_twice_and_an_empty_file_are_refused(office: Services, tmp_path: Path) -> None:
    path = tmp_path / "督促.csv"
    path.write_text("情形,达到,措施\n逾期天数,3,提醒\n逾期天数,3,约谈\n", encoding="utf-8")
    with pytest.raises(ImportRefused) as refused:
        office.rules.import_file(path)
    assert "第 2 行" in refused.value.faults[0]
    path.write_text("甲,乙\n1,2\n", encoding="utf-8")
    with pytest.raises(Trouble, match="rules-empty"):
        office.rules.import_file(path)


def test_a_laptop_sets_no_rules_and_no_holidays(laptop: Services, tmp_path: Path) -> None:
    path = tmp_path / "假日.csv"
    path.write_text("日期,类型\n2027-01-01,休息\n", encoding="utf-8")
    with pytest.raises(Trouble, match="not-office"):
        laptop.rules.set_limits(laptop.rules.read().limits)
    with pytest.raises(Trouble, match="not-office"):
        laptop.deadlines.import_holidays(path)


def test_the_offices_own_holidays_move_the_proposed_dates_on_every_laptop(
    office: Services, laptop: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monday = date(2026, 11, 23)
    assert laptop.deadlines.last_day(monday, 3).day == date(2026, 11, 26)
    path = tmp_path / "假日.csv"
    path.write_text("日期,类型,说明\n2026-11-26,休息,校庆\n2026-11-28,上班,\n", encoding="utf-8-sig")
    assert office_says(office, "holidays", str(path)) == 0
    assert "休息 1 天，调休上班 1 天" in capsys.readouterr().out
    office.office.publish(Progress())
    laptop.exchange.sync(Progress())
    moved = laptop.deadlines.last_day(monday, 3)
    assert (moved.day, moved.moved) == (date(2026, 11, 27), True)
    assert laptop.deadlines.last_day(monday, 5, working=True).day == date(2026, 11, 30)
    # Days of which the office's list does not speak are as the yearly notice says.
    assert not laptop.deadlines.holidays().is_working_day(date(2026, 10, 1))


def test_holidays_that_cannot_be_read_are_named_row_by_row(office: Services, tmp_path: Path) -> None:
    path = tmp_path / "假日.csv"
    path.write_text("日期,类型\n2026-02-30,休息\n2026-05-01,也许\n2026-05-02,休息\n2026-05-02,上班\n", encoding="utf-8")
    with pytest.raises(ImportRefused) as refused:
        office.deadlines.import_holidays(path)
    said = "\n".join(refused.value.faults)
    assert "第 2 行“日期”" in said
    assert "第 3 行“类型”" in said
    assert "第 5 行" in said


def test_days_are_calendar_or_working_days_as_the_setting_says(laptop: Services) -> None:
    friday = date(2026, 11, 20)
    days = laptop.deadlines.days_for(Grade.MINOR)
    assert laptop.deadlines.last_day(friday, days).day == date(2026, 11, 23)
    laptop.preferences.set("deadline_days", "working")
    assert laptop.deadlines.last_day(friday, days).day == date(2026, 11, 25)


def test_a_schedule_is_planned_backwards_over_working_days(laptop: Services) -> None:
    plan = laptop.deadlines.plan(date(2026, 11, 20), date(2026, 12, 4))
    assert plan[-1].day == date(2026, 12, 4)
    assert all(laptop.deadlines.holidays().is_working_day(each.day) for each in plan)
    assert [each.day for each in plan] == sorted(each.day for each in plan)
