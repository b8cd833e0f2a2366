"""优质均衡 in the window: from 统计 to a school's figures, what it lacks, and the official tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from jiandu_desktop.domain.indicator import Indicator, Section
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.pages.counters import CountersPage
from jiandu_desktop.ui.pages.indicators import SCHOOLS, IndicatorsRoom
from jiandu_desktop.ui.pages.record import RecordRoom
from jiandu_desktop.ui.widgets.text import Prose
from tests.support.said import Said
from tests.support.window import OpenWindow

# The offscreen screen cannot take size hints and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

FAILING = "河川镇中心小学"


@pytest.fixture
def opened(qapp: QApplication, said: Said, tmp_path: Path) -> Iterator[OpenWindow]:
    QSettings().clear()
    set_theme(qapp, dark=False)
    window = OpenWindow(tmp_path)
    yield window
    window.close()


def entered(opened: OpenWindow) -> IndicatorsRoom:
    page = opened.show("counters")
    assert isinstance(page, CountersPage)
    page.balance.click()
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, IndicatorsRoom)
    return room


def told(panel: QWidget) -> str:
    return "\n".join(each.text() for each in panel.findChildren(Prose))


def choose(opened: OpenWindow, room: IndicatorsRoom, name: str) -> None:
    row = next(row for row in room.table.rows() if row.school.name == name)
    assert room.table.select(row.key)
    opened.settle()


def test_a_failing_school_says_how_it_was_reckoned_and_what_it_lacks(opened: OpenWindow) -> None:
    room = entered(opened)
    choose(opened, room, FAILING)
    words = told(room.panel)
    assert "5 项达标，1 项达到 85%，1 项低于 85%，0 项缺数据" in words
    assert "还差 4 间达到标准，差 1 间达到 85%" in words
    assert "÷ 745 名学生 × 100" in words
    assert "暂算" in room.strip.figures()[0].value, "schools without a sheet keep it from being judged"
    room.panel.record.click()
    opened.settle()
    assert isinstance(opened.window.room(), RecordRoom)


def test_sections_weighting_and_search_change_what_is_shown(opened: OpenWindow) -> None:
    room = entered(opened)
    weighted = [figure.value for figure in room.strip.figures()]
    room.weighting.choose(SCHOOLS)
    opened.settle()
    assert [figure.value for figure in room.strip.figures()] != weighted
    assert "只供比较" in room.told.text()
    room.section.choose(Section.JUNIOR.value)
    opened.settle()
    assert {row.section for row in room.table.rows()} == {Section.JUNIOR}
    room.search.setFocus()
    QTest.keyClicks(room.search, "hczcz")
    opened.settle()
    assert [row.school.name for row in room.table.rows()] == ["河川镇初级中学"]
    QTest.keyClick(room, Qt.Key.Key_Escape)
    QTest.keyClick(room, Qt.Key.Key_Escape)
    opened.settle()
    assert opened.window.room() is None, "Esc goes back to 统计"


def test_the_official_tables_are_written_from_the_window(opened: OpenWindow, tmp_path: Path) -> None:
    room = entered(opened)
    room.export_to(tmp_path / "官方表.xlsx")
    opened.settle()
    book = load_workbook(tmp_path / "官方表.xlsx")
    assert book.sheetnames[0] == "表Ⅰ"
    assert len(book.sheetnames) == 8
    rows = {row[1]: row for row in book["表Ⅱ-2（小学）"].iter_rows(min_row=4, values_only=True)}
    assert rows[FAILING][6 + list(Indicator).index(Indicator.MULTIMEDIA)] == pytest.approx(1.88)
