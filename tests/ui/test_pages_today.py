"""今日 on the demo bureau: an inspector finds the school, sees what is late, and is in the visit with one key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jiandu_desktop.services.rows_today import AssignmentState
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.pages.ledger import LedgerPage
from jiandu_desktop.ui.pages.today import LATE, TodayPage
from jiandu_desktop.ui.wizard.room import WizardRoom
from tests.support.said import Said
from tests.support.window import OpenWindow

# The offscreen screen cannot take size hints and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def opened(qapp: QApplication, said: Said, tmp_path: Path) -> Iterator[OpenWindow]:
    QSettings().clear()
    set_theme(qapp, dark=False)
    window = OpenWindow(tmp_path)
    yield window
    window.close()


def today(opened: OpenWindow) -> TodayPage:
    page = opened.window.page("today")
    assert isinstance(page, TodayPage)
    return page


def test_the_list_stands_ready_with_the_most_urgent_school_first(opened: OpenWindow) -> None:
    page = today(opened)
    rows = page.table.rows()
    assert rows[0].days_left < 0
    assert page.table.selected_rows() == rows[:1]
    assert page.panel.primary.text() == "开始督导"
    assert page.table.view.hasFocus()
    assert opened.window.rail.item("ledger").count() > 0


def test_a_school_is_found_by_name_code_and_initials(opened: OpenWindow) -> None:
    page = today(opened)
    for typed in ("第二小学", "cgdexx", "2199003102"):
        page.search.set_text(typed)
        assert [row.school for row in page.table.rows()] == ["城关第二小学"], typed
    page.search.set_text("没有这所")
    assert page.table.rows() == []
    page.clear_filters()
    assert len(page.table.rows()) == 16


def test_counts_above_the_list_set_the_filter_and_lead_to_the_problems(opened: OpenWindow) -> None:
    # The bureau's own dates keep off weekends, and today is a Saturday.
    entry, day = opened.services.entry, opened.services.store.today()
    school = today(opened).table.rows()[0].school_id
    due = replace(entry.begin(school).problem, text="围栏破损", measure="修好", responsible="谢敏", due=day)
    entry.issue(due)
    page = today(opened)
    page.summary.chosen.emit(LATE)
    assert {row.days_left < 0 for row in page.table.rows()} == {True}
    page.summary.chosen.emit(LATE)
    assert len(page.table.rows()) == 16
    page.summary.chosen.emit("today")
    opened.settle()
    ledger = opened.window.page("ledger")
    assert isinstance(ledger, LedgerPage)
    assert opened.window.current_key() == "ledger"
    assert ledger.tabs.value() == "today"
    assert {row.days_left for row in ledger.table.rows()} == {0}


def test_filters_by_area_stage_and_state(opened: OpenWindow) -> None:
    page = today(opened)
    page.filter("stage").choose("kindergarten")
    assert {row.stage.value for row in page.table.rows()} == {"kindergarten"}
    page.filter("state").choose(AssignmentState.DONE.value)
    assert page.table.rows() == []
    page.table.filters_cleared.emit()
    page.filter("area").choose("城关责任区")
    assert len(page.table.rows()) == 16


def test_enter_starts_the_visit_and_the_way_back_shows_where_it_stopped(opened: OpenWindow) -> None:
    page = today(opened)
    school = page.table.current_row().school
    QTest.keyClick(page.table.view, Qt.Key.Key_Return)
    opened.until(lambda: isinstance(opened.window.room(), WizardRoom))
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, WizardRoom)
    room.next_unanswered()
    room.leave.emit()
    opened.settle()
    assert opened.window.room() is None
    row = page.table.current_row()
    assert (row.school, row.state) == (school, AssignmentState.IN_PROGRESS)
    assert page.panel.primary.text() == "继续督导"


def test_two_enters_open_one_wizard(opened: OpenWindow) -> None:
    page = today(opened)
    for _ in range(2):
        QTest.keyClick(page.table.view, Qt.Key.Key_Return)
    opened.until(lambda: isinstance(opened.window.room(), WizardRoom))
    opened.settle()
    assert len(opened.window.findChildren(WizardRoom)) == 1
    assert (
        sum(row.state is AssignmentState.IN_PROGRESS for row in opened.services.today.rows(opened.clock().date())) == 1
    )


def test_what_is_shown_goes_into_a_workbook_with_real_dates(opened: OpenWindow, tmp_path: Path) -> None:
    page = today(opened)
    page.filter("stage").choose("primary")
    path = tmp_path / "今日.xlsx"
    page.export_to(path)
    opened.settle()
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in cells if "学校" in row)
    first = cells[cells.index(head) + 1]
    shown = page.table.rows()
    assert first[head.index("学校")] == shown[0].school
    due = first[head.index("期限")]
    assert (due.year, due.month, due.day) == (shown[0].due.year, shown[0].due.month, shown[0].due.day)
    assert len(cells) - cells.index(head) - 1 == len(shown)


def test_syncing_from_here_says_what_arrived(opened: OpenWindow, said: Said) -> None:
    page = today(opened)
    page.sync_button.click()
    assert not page.sync_button.isEnabled()
    opened.settle()
    assert page.sync_button.isEnabled()
    assert said.toasts
    assert "已连接" in page.sync_line.words()


def test_without_the_folder_the_page_says_offline_and_sync_says_what_to_do(opened: OpenWindow, said: Said) -> None:
    page = today(opened)
    opened.profiles.demo.shared.rename(opened.profiles.demo.shared.with_name("elsewhere"))
    page.sync_button.click()
    opened.settle()
    assert "离线" in page.sync_line.words()
    assert said.troubles
    assert page.sync_button.isEnabled()


def test_the_last_opinion_is_printed_from_the_panel(qapp: QApplication, said: Said, tmp_path: Path) -> None:
    set_theme(qapp, dark=False)
    paper = tmp_path / "out.pdf"
    opened = OpenWindow(tmp_path / "data", print_to=paper)
    try:
        page = today(opened)
        page.table.select(next(row.assignment_id for row in page.table.rows() if row.last_visit is not None))
        opened.settle()
        page.panel.print.click()
        opened.until(lambda: bool(said.toasts))
        opened.settle()
        assert paper.read_bytes().startswith(b"%PDF")
    finally:
        opened.close()


@pytest.mark.parametrize("size", [(1366, 690), (1097, 617)])
@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_no_button_gives_way_in_a_small_window(
    qapp: QApplication, said: Said, tmp_path: Path, size: tuple[int, int], scale: float
) -> None:
    set_theme(qapp, dark=True, text_scale=scale)
    opened = OpenWindow(tmp_path, size=size)
    try:
        for key in ("today", "schools", "records", "ledger", "papers", "library"):
            page = opened.show(key)
            assert page.width() <= size[0]
            for name in ("search", "columns", "export", "panel"):
                part = getattr(page, name)
                right = part.mapTo(opened.window, part.rect().topRight()).x()
                bottom = part.mapTo(opened.window, part.rect().bottomLeft()).y()
                assert right < size[0], (key, name)
                assert bottom < size[1], (key, name)
                assert part.width() >= part.minimumSizeHint().width(), (key, name)
    finally:
        opened.close()
        set_theme(qapp, dark=False)
