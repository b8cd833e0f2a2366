"""The table: found at once among 10,000 schools, sorted as people expect, copied to Excel, remembered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.widgets.notices import EmptyState
from jiandu_desktop.ui.widgets.table import DataTable
from jiandu_desktop.ui.widgets.table_model import Column, Due, RowsModel

# The offscreen screen cannot take size hints and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Row:
    code: str
    name: str
    initials: str
    due: date | None
    problems: int


COLUMNS = (
    Column("name", "学校", lambda r: r.name, kind="name", stretch=True, optional=False),
    Column("due", "期限", lambda r: str(r.due or ""), kind="due", value=lambda r: Due(r.due, TODAY), width=120),
    Column("problems", "未销号", lambda r: str(r.problems), kind="count", value=lambda r: r.problems, width=80),
    Column("code", "编号", lambda r: r.code, width=100, spare=1),
)
ROWS = (
    Row("3101", "城关第一小学", "cgdyxx", TODAY + timedelta(2), 0),
    Row("3102", "城关第二小学", "cgdexx", TODAY, 2),
    Row("3103", "河西小学", "hxxx", None, 12),
    Row("3104", "石门沟教学点", "smgjxd", TODAY - timedelta(3), 3),
)


@pytest.fixture(autouse=True)
def own_settings(qapp: QApplication) -> Iterator[None]:
    """Remembered columns go to this test's own settings."""
    set_theme(qapp, dark=False)
    qapp.setOrganizationName("jiandu-tests")
    QSettings().clear()
    yield
    QSettings().clear()
    qapp.setOrganizationName("")


def make(qtbot: QtBot, name: str = "schools") -> DataTable:
    table = DataTable(name, COLUMNS, key=lambda r: r.code, search=lambda r: f"{r.name} {r.initials} {r.code}")
    qtbot.addWidget(table)
    table.resize(700, 400)
    table.show()
    return table


@pytest.fixture
def table(qtbot: QtBot) -> DataTable:
    made = make(qtbot)
    made.set_rows(ROWS)
    return made


def names(table: DataTable) -> list[str]:
    return [row.name for row in table.rows()]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("二小", ["城关第二小学"]),
        ("第二", ["城关第二小学"]),
        ("CGD", ["城关第一小学", "城关第二小学"]),
        ("3103", ["河西小学"]),
        ("城关 3101", ["城关第一小学"]),
        ("  ", ["城关第一小学", "城关第二小学", "河西小学", "石门沟教学点"]),
    ],
)
def test_search_by_name_initials_and_code(table: DataTable, typed: str, found: list[str]) -> None:
    table.set_query(typed)
    assert names(table) == found


def test_dates_sort_as_dates_and_counts_as_numbers_and_gaps_come_last(table: DataTable) -> None:
    table.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert names(table) == ["石门沟教学点", "城关第二小学", "城关第一小学", "河西小学"]
    table.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert names(table) == ["城关第一小学", "城关第二小学", "石门沟教学点", "河西小学"]
    table.view.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert [row.problems for row in table.rows()] == [12, 3, 2, 0]


def test_the_selected_school_stays_when_rows_are_read_anew(table: DataTable) -> None:
    assert table.select("3103")
    table.set_rows(ROWS[::-1])
    assert table.current_row().code == "3103"
    table.set_query("城关")
    assert table.current_row().code == "3102"


def test_enter_and_double_click_open_the_row(table: DataTable, qtbot: QtBot) -> None:
    table.select("3102")
    with qtbot.waitSignal(table.activated) as opened:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert opened.args[0].code == "3102"
    place = table.view.visualRect(table.model.index(0, 0)).center()
    qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(table.activated) as opened:
        qtbot.mouseDClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args[0].code == "3101"


def test_copied_rows_arrive_in_excel_as_cells(table: DataTable, qtbot: QtBot) -> None:
    table.view.selectAll()
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["学校", "期限", "未销号", "编号"]
    assert lines[2].split("\t") == ["城关第二小学", "2026-11-24", "2", "3102"]


def test_columns_and_order_are_remembered(table: DataTable, qtbot: QtBot) -> None:
    table.show_column("problems", False)
    table.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    again = make(qtbot)
    again.set_rows(ROWS)
    assert again.view.head.isSectionHidden(2)
    assert names(again) == names(table)
    again.sort_by("due")
    assert names(again) == names(table), "an order the user chose wins over the page's"


def test_in_a_narrow_window_spare_columns_give_way_to_the_name(table: DataTable) -> None:
    assert not table.view.head.isSectionHidden(3)
    table.resize(420, 400)
    assert table.view.head.isSectionHidden(3)
    assert table.view.columnWidth(0) >= 170
    table.resize(700, 400)
    assert not table.view.head.isSectionHidden(3)


def test_nothing_is_said_of_an_empty_list_before_it_was_read(qtbot: QtBot) -> None:
    table = DataTable("unread", COLUMNS, key=lambda r: r.code)
    qtbot.addWidget(table)
    empty = EmptyState("还没有学校")
    table.set_empty(empty)
    table.show()
    assert not empty.isVisible()
    table.set_rows([])
    assert empty.isVisible()


def test_a_filter_that_leaves_nothing_offers_the_way_back(table: DataTable, qtbot: QtBot) -> None:
    table.set_filter(lambda row: False)
    assert table.current_row() is None
    assert table._stack.currentWidget() is table._none_left
    with qtbot.waitSignal(table.filters_cleared):
        table._none_left.secondary_clicked.emit()
    table.set_filter(None)
    assert len(table.rows()) == 4


@pytest.mark.parametrize(
    ("days", "tone", "distance"),
    [(-3, "late", "逾期 3 天"), (0, "today", "今天"), (1, "", "明天"), (5, "", "5 天")],
)
def test_how_far_a_deadline_is(days: int, tone: str, distance: str) -> None:
    due = Due(TODAY + timedelta(days), TODAY)
    assert (due.tone, due.distance) == (tone, distance)
    assert Due(due.day, TODAY, done=True).tone == ""


def test_the_model_keeps_qts_contract(qtmodeltester: ModelTester) -> None:
    model = RowsModel(COLUMNS, key=lambda r: r.code)
    model.set_rows(ROWS)
    model.set_query("小学")
    qtmodeltester.check(model)


@given(st.lists(st.tuples(st.sampled_from("甲乙丙丁"), st.one_of(st.none(), st.integers(0, 9)))), st.booleans())
def test_sorting_and_filtering_lose_no_row(made: list[tuple[str, int | None]], down: bool) -> None:
    column = Column("n", "n", lambda r: str(r), sort=lambda r: r[1][1])
    model = RowsModel((column,), key=lambda r: r[0], search=lambda r: r[1][0])
    model.set_rows(list(enumerate(made)))
    model.sort(0, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)
    values = [row[1][1] for row in model.rows()]
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=down)
    assert values[len(known) :] == [None] * (len(values) - len(known))
    model.set_query("甲")
    assert sorted(row[0] for row in model.rows()) == [n for n, (word, _) in enumerate(made) if word == "甲"]


def test_ten_thousand_schools_answer_each_key(qtbot: QtBot) -> None:
    many = [Row(f"{n:05d}", f"青禾县第{n}小学", f"qhxd{n}xx", TODAY + timedelta(n % 40), n % 7) for n in range(10_000)]
    table = make(qtbot, "many")
    table.set_rows(many)
    table.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    QApplication.processEvents()
    # How long each key takes is measured in bench/schools.
    for typed, found in (("qhxd", 10_000), ("qhxd9", 1111), ("qhxd99", 111), ("", 10_000)):
        table.set_query(typed)
        table.view.grab()
        assert len(table.rows()) == found
