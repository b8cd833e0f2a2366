"""问题台账 in the window: views, filters, groups, own views, bulk steps, the board, and a problem opened large."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jiandu_desktop.domain.problem import OPEN_STATES, Problem, ProblemState
from jiandu_desktop.services.ledger_views import Field, View, saved_views
from jiandu_desktop.storage import visits
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.pages.ledger import LedgerPage
from jiandu_desktop.ui.pages.ledger_bulk import BulkDialog, BulkStep
from jiandu_desktop.ui.widgets.table_model import GroupHead
from tests.support.said import Said
from tests.support.window import OpenWindow

# The offscreen screen cannot take size hints and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

STATES = tuple(ProblemState)


@pytest.fixture
def opened(qapp: QApplication, said: Said, tmp_path: Path) -> Iterator[OpenWindow]:
    QSettings().clear()
    set_theme(qapp, dark=False)
    window = OpenWindow(tmp_path, size=(1500, 900))
    like = window.services.problems.rows(window.services.store.today())[0].problem
    schools = [row.school.id for row in window.services.schools.rows()]
    with window.services.store.writing() as work:
        for number in range(60):
            visits.put_problem(work, made(like, number, schools[number % len(schools)]))
    yield window
    window.close()


def made(like: Problem, number: int, school_id: str) -> Problem:
    return replace(
        like,
        id=f"01939000-0000-7000-8000-{number:012x}",
        visit_id="",
        school_id=school_id,
        matter=("校园安全", "食品安全")[number % 2],
        text=f"第{number}处通道堆放杂物",
        state=STATES[number % len(STATES)],
        due=None if number % 7 == 0 else like.found_at.date().replace(month=11, day=15 + number % 14),
        responsible=("王建国", "", "李秀兰")[number % 3],
        rebounds=int(number % 4 == 0),
        conflicts=("due",) if number % 6 == 0 else (),
    )


def ledger(opened: OpenWindow) -> LedgerPage:
    page = opened.show("ledger")
    assert isinstance(page, LedgerPage)
    return page


def texts(page: LedgerPage) -> list[str]:
    return [row.problem.text for row in page.table.rows()]


@pytest.mark.parametrize("scope", ["mine", "all"])
def test_every_view_shows_as_many_rows_as_its_tab_says(opened: OpenWindow, scope: str) -> None:
    page = ledger(opened)
    page.scope.choose(scope)
    counts = {tab.key: tab.count for tab in page.tabs.tabs()}
    assert set(counts) == {view.value for view in View}
    for key, count in counts.items():
        page.tabs.choose(key)
        assert len(page.table.rows()) == count, key
    own = {row.school_id for row in opened.services.today.rows(opened.services.store.today())}
    page.tabs.choose("all")
    assert ({row.problem.school_id for row in page.table.rows()} <= own) == (scope == "mine")


def test_whose_schools_are_shown_is_remembered(opened: OpenWindow) -> None:
    page = ledger(opened)
    page.scope.choose("all")
    assert opened.services.preferences.get("ledger_scope") == "all"


def test_filters_narrow_and_are_taken_out_one_by_one(opened: OpenWindow) -> None:
    page = ledger(opened)
    page.show_view("all", "")
    page.scope.choose("all")
    page.sheet.open_below(page.filters)
    page.sheet.fields.setCurrentRow(list(Field).index(Field.PERSON))
    QTest.keyClick(page.sheet.fields, Qt.Key.Key_Right)
    page.sheet.search.setText("wjg")
    assert page.sheet.list.count() == 1
    QTest.keyClick(page.sheet.search, Qt.Key.Key_Down)
    QTest.keyClick(page.sheet.list, Qt.Key.Key_Space)
    page.sheet.hide()
    assert {row.problem.responsible for row in page.table.rows()} == {"王建国"}
    page.sheet.set_values({**page.sheet.values(), Field.MATTER: frozenset({"食品安全"})})
    page.refilter()
    assert {(row.problem.responsible, row.problem.matter) for row in page.table.rows()} == {("王建国", "食品安全")}
    assert page.filters.text() == "筛选 2"
    assert [chip.text() for chip in page.chips.chips()] == ["责任人 王建国", "事项 食品安全"]
    page.chips.chips()[0].click()
    assert {row.problem.responsible for row in page.table.rows()} > {"王建国"}
    page.clear_filters()
    assert len(page.table.rows()) == next(tab.count for tab in page.tabs.tabs() if tab.key == "all")


def test_search_finds_words_schools_and_people_by_their_initials(opened: OpenWindow) -> None:
    page = ledger(opened)
    page.show_view("all", "")
    page.scope.choose("all")
    page.search.set_text("第17处")
    assert texts(page) == ["第17处通道堆放杂物"]
    page.search.set_text("lxl 通道")
    assert {row.problem.responsible for row in page.table.rows()} == {"李秀兰"}
    page.search.set_text("没有这样的")
    assert page.table.rows() == []
    page.table.filters_cleared.emit()
    assert page.search.text() == ""


def test_groups_are_counted_folded_and_walked_by_keys(opened: OpenWindow) -> None:
    page = ledger(opened)
    page.scope.choose("all")
    page.group.choose("matter")
    model, view = page.table.model, page.table.view
    heads = [position for position in range(model.rowCount()) if isinstance(model.row_at(position), GroupHead)]
    listed = len(page.table.rows())
    assert sum(model.row_at(position).count for position in heads) == listed == model.rowCount() - len(heads)
    page.table.focus()
    assert view.currentIndex().row() == 1, "the first problem, below the head of its group"
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert model.rowCount() == listed + len(heads) - model.row_at(0).count
    assert len(page.table.rows()) == listed, "folded problems are still exported"
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.currentIndex().row() == 0, "left leads from a row to the head of its group"
    page.table.view.selectAll()
    page.table.copy()
    assert len(QGuiApplication.clipboard().text().splitlines()) == listed + 1, "heads are not copied"
    page.group.choose("")
    assert model.rowCount() == listed


def test_a_view_of_ones_own_is_saved_renamed_removed_and_brought_back(opened: OpenWindow, said: Said) -> None:
    page = ledger(opened)
    page.show_view("late", "")
    page.scope.choose("all")
    page.sheet.set_values({Field.MATTER: frozenset({"食品安全"})})
    page.refilter()
    page.group.choose("person")
    wanted = texts(page)
    assert wanted
    said.answer("食品逾期")
    page.tabs.save_wanted.emit()
    assert page.tabs.value() == "own:食品逾期"
    assert next(tab.count for tab in page.tabs.tabs() if tab.key == "own:食品逾期") == len(wanted)
    page.clear_filters()
    page.group.choose("")
    page.tabs.choose("open")
    page.scope.choose("mine")
    page.tabs.choose("own:食品逾期")
    assert (texts(page), page.group.value(), page.scope.value()) == (wanted, "person", "all")
    page.tabs.fill_menu()
    assert {"给这个视图改名…", "删除这个视图"} <= {action.text() for action in page.tabs.menu().actions()}
    said.answer("食品")
    page.tabs.rename_wanted.emit("own:食品逾期")
    assert [view.name for view in saved_views(opened.services.preferences)] == ["食品"]
    page.tabs.remove_wanted.emit("own:食品")
    assert saved_views(opened.services.preferences) == ()
    assert page.tabs.value() == "open"


def test_many_are_reminded_at_once_and_those_that_may_not_are_named(opened: OpenWindow, said: Said) -> None:
    page = ledger(opened)
    page.table.view.selectAll()
    count = len(page.table.rows())
    assert page.bulk.text() == f"批量 {count}"
    page.bulk.wanted.emit(BulkStep.REMIND.value)
    dialog = page.findChild(BulkDialog)
    assert dialog is not None
    assert not dialog.take.isEnabled(), "a reason is wanted"
    dialog.note.setText("月底前清零")
    dialog.take.click()
    opened.settle()
    rows = opened.services.problems.rows(opened.services.store.today())
    reminded = {row.problem.id for row in rows if row.problem.level == "reminder"}
    assert reminded, "open problems with a life on this laptop were reminded"
    if not dialog.list.isHidden():
        refused = dialog._refused
        dialog.reselect.click()
        opened.settle()
        assert sorted(page.table.selected_ids()) == sorted(refused)
        assert reminded.isdisjoint(refused)


def test_what_only_the_office_may_do_is_off_and_says_so(opened: OpenWindow) -> None:
    page = ledger(opened)
    actions = {action.text(): action.isEnabled() for action in page.bulk.menu_of_steps().actions()}
    expected = {"延期…（由督导室办）": False, "更正责任人…": True, "提醒…": True, "销号…": True}
    assert actions.items() >= expected.items()


def test_the_board_adds_up_and_leads_to_its_problems(opened: OpenWindow) -> None:
    page = ledger(opened)
    page.scope.choose("all")
    page.show_board()
    opened.settle()
    rows = {row.problem.id: row.problem for row in opened.services.problems.rows(opened.services.store.today())}
    owed = sum(problem.state in OPEN_STATES for problem in rows.values())
    for field in (Field.SCHOOL, Field.MATTER, Field.AREA):
        page.board.by.choose(field.value)
        board = page.board.table.rows()
        assert sum(row.open for row in board) == owed
    page.board.by.choose("matter")
    row = page.board.table.rows()[0]
    page.board.table.focus()
    QTest.keyClick(page.board.table.view, Qt.Key.Key_Return)
    assert page.parts.value() == "list"
    assert len(page.table.rows()) == row.found
    assert {each.problem.matter for each in page.table.rows()} == {row.value}
    page.show_board()
    page.board.drill_wanted.emit("matter", row.value, "open")
    assert len(page.table.rows()) == row.open


def test_enter_opens_the_problem_large_and_page_down_the_next(opened: OpenWindow) -> None:
    page = ledger(opened)
    page.table.focus()
    first, second = (page.table.model.row_at(position).problem.text for position in (0, 1))
    QTest.keyClick(page.table.view, Qt.Key.Key_Return)
    opened.settle()
    large = page._large
    assert large is not None
    assert large.isVisible()
    assert large.bar._title.accessibleName().startswith(first)
    QTest.keyClick(large, Qt.Key.Key_PageDown)
    opened.settle()
    assert large.bar._title.accessibleName().startswith(second)
    QTest.keyClick(large, Qt.Key.Key_Escape)
    assert not large.isVisible()


def test_a_problem_that_arrives_is_shown_without_losing_the_filters(opened: OpenWindow) -> None:
    page = ledger(opened)
    page.scope.choose("all")
    page.sheet.set_values({Field.MATTER: frozenset({"食品安全"})})
    page.refilter()
    before = texts(page)
    row = page.table.rows()[0]
    with opened.services.store.writing() as work:
        visits.put_problem(work, replace(row.problem, id="01939000-0000-7000-8000-aaaaaaaaaaaa", text="新到的一个"))
    page.refresh()
    opened.settle()
    assert sorted(texts(page)) == sorted([*before, "新到的一个"])


def test_the_page_fits_a_small_window_with_the_largest_text(opened: OpenWindow) -> None:
    page = ledger(opened)
    page.scope.choose("all")
    page.sheet.set_values({field: frozenset({page.choices(field)[0].value}) for field in Field})
    page.refilter()
    opened.window.resize(1097, 617)
    opened.settle()
    assert opened.window.width() == 1097
    assert page.filters.text() == "筛选 9"
    for button in (page.filters, page.group, page.bulk, page.columns, page.export, page.tabs.more, page.scope):
        assert button.isVisible(), type(button).__name__
        assert button.width() >= button.sizeHint().width() - 1, type(button).__name__
