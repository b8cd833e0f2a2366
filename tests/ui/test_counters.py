"""统计 in the window, and the ledger's workbooks: written, compared and taken with the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jiandu_desktop.domain.ledger_layout import Layout
from jiandu_desktop.domain.periods import Period
from jiandu_desktop.domain.problem import Step
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.pages.counters import VISITS, CountersPage
from jiandu_desktop.ui.pages.ledger import LedgerPage
from jiandu_desktop.ui.widgets.filters import FilterButton
from tests.support.said import Said
from tests.support.window import OpenWindow
from tests.support.workbooks import read_back, write_rows

# The offscreen screen cannot take size hints and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def opened(qapp: QApplication, said: Said, tmp_path: Path) -> Iterator[OpenWindow]:
    QSettings().clear()
    set_theme(qapp, dark=False)
    window = OpenWindow(tmp_path)
    yield window
    window.close()


def counters(opened: OpenWindow) -> CountersPage:
    page = opened.show("counters")
    assert isinstance(page, CountersPage)
    return page


def ledger(opened: OpenWindow) -> LedgerPage:
    page = opened.show("ledger")
    assert isinstance(page, LedgerPage)
    page.show_view("all", "")
    opened.settle()
    return page


def test_the_term_is_shown_and_the_chart_tells_what_the_table_tells(opened: OpenWindow) -> None:
    page = counters(opened)
    assert (page.first.day(), page.last.day()) == (date(2026, 9, 1), date(2027, 1, 31))
    rows = page.table.rows()
    assert [group.first for group in page.chart.groups()] == [row.counts.found for row in rows]
    figures = {figure.words: figure.value for figure in page.strip.figures()}
    assert int(figures["新发现"]) == sum(row.counts.found for row in rows)
    assert "新发现" in page.strip.accessibleName()
    assert "2026年11月" in page.chart.accessibleDescription()


def test_periods_and_groupings_are_chosen_by_keys(opened: OpenWindow) -> None:
    page = counters(opened)
    whole = int(page.strip.figures()[0].value)
    QTest.keyClick(page.period, Qt.Key.Key_Left)
    opened.settle()
    assert page.period.value() == Period.MONTH.value
    assert int(page.strip.figures()[0].value) < whole
    page.groups.setFocus()
    QTest.keyClick(page.groups, Qt.Key.Key_Right)
    opened.settle()
    assert page.chart.groups()[0].name.startswith("11-01 至")
    page.measure.choose(VISITS)
    assert sum(group.second for group in page.chart.groups()) == int(page.strip.figures()[0].value)


def test_days_of_ones_own_make_a_period(opened: OpenWindow) -> None:
    page = counters(opened)
    page.first.setFocus()
    page.first.selectAll()
    QTest.keyClicks(page.first, "2026-11-10")
    QTest.keyClick(page.first, Qt.Key.Key_Return)
    opened.settle()
    assert page.period.value() == Period.OWN.value
    assert [row.key for row in page.table.rows()] == ["2026-11-01"]


def test_the_figures_are_written_as_a_workbook(opened: OpenWindow, tmp_path: Path) -> None:
    page = counters(opened)
    page.export_to(tmp_path / "统计.xlsx")
    opened.settle()
    assert list(read_back(tmp_path / "统计.xlsx")) == ["按周", "按月", "按责任区", "按督学"]


def test_what_is_shown_goes_out_and_a_returned_ledger_is_ticked_and_taken(opened: OpenWindow, tmp_path: Path) -> None:
    page, path = ledger(opened), tmp_path / "台账.xlsx"
    page.books.export_to(Layout.JOINT, path)
    opened.settle()
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = {str(cell.value): cell.column for cell in sheet[4]}
    for row in (5, 6):
        sheet.cell(row, heads["备注"]).value = f"第 {row} 行的话"
    sheet.cell(7, heads["标识（请勿改动）"]).value = "JD1.a.b"
    book.save(path)
    before = len(page.ids_to_go_out())
    dialog = page.books.import_replies(path)
    opened.until(lambda: bool(dialog.table.rows()))
    assert len(dialog.ticked) == 2
    assert "标识残缺" in dialog.lines.lines()[0]
    dialog.table.focus()
    QTest.keyClick(dialog.table.view, Qt.Key.Key_Space)
    assert len(dialog.ticked) == 1
    (key,) = dialog.ticked
    dialog.take.click()
    opened.settle()
    events = opened.services.steps.read(key.partition(":")[0]).events
    assert (events[-1].step, events[-1].note[:1]) == (Step.NOTED, "第")
    assert len(page.ids_to_go_out()) == before


def test_an_old_list_is_looked_at_its_school_asked_for_and_taken(opened: OpenWindow, tmp_path: Path) -> None:
    page = ledger(opened)
    heads = ("学校", "存在问题", "整改措施", "责任人", "整改时限")
    path = write_rows(tmp_path / "省级反馈.xlsx", heads, ("城关第一小", "补课", "停", "李", "2026-12-01"))
    dialog = page.books.import_old(path)
    opened.until(lambda: bool(dialog.findChildren(FilterButton)))
    assert not dialog.take.isEnabled()
    asked = dialog.findChildren(FilterButton)[0]
    school = next(row.school for row in opened.services.schools.rows() if row.school.name == "城关第一小学")
    asked.chosen.emit(school.id)
    opened.until(dialog.take.isEnabled)
    assert dialog.take.text() == "导入 1 个"
    dialog.take.click()
    opened.settle()
    with opened.services.store.glancing() as glance:
        assert any(problem.origin == "省级反馈" and problem.school_id == school.id for problem in glance.problems())
