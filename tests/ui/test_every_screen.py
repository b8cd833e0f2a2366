"""Without a mouse and without eyes: every control has a name, and Tab leads to each in the order in which one reads."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jiandu_desktop.ui.look.theme import set_theme
from tests.support.appearances import SHIPPED
from tests.support.cut_off import cut_off
from tests.support.every_screen import every_screen, pages, settings, visit
from tests.support.read_aloud import unnamed
from tests.support.tab_order import left_out, out_of_order, tab_round
from tests.support.window import OpenWindow
from tests.support.wizard import Desk, inside, press, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def opened(tmp_path: Path, qapp: QApplication) -> Iterator[OpenWindow]:
    window = OpenWindow(tmp_path)
    window.window.activateWindow()
    QTest.qWaitForWindowActive(window.window)
    yield window
    window.close()


def test_a_screen_reader_has_a_name_for_every_control_of_every_screen(opened: OpenWindow, tmp_path: Path) -> None:
    nameless = {name: found for name, screen in every_screen(opened, tmp_path) if (found := unnamed(screen))}
    assert nameless == {}


def test_so_has_every_kind_of_question(desk: Desk) -> None:
    with inside(desk, desk.start(SHIPPED)) as room:
        for section in room.room.filling.paper.sections:
            room.room.view.show_section(section.ref)
            settle()
            assert unnamed(room.room.view.list.column) == []


def test_tab_leads_everywhere_in_the_order_in_which_one_reads(opened: OpenWindow) -> None:
    wrong: list[str] = []
    for name, screen in chain(pages(opened), settings(opened), visit(opened)):
        stops = tab_round(screen)
        back = out_of_order(stops)
        wrong += [f"{name}: never {stop}" for stop in left_out(screen, stops)]
        wrong += [f"{name}: {step}" for step in back] if len(back) > 1 else []
    assert wrong == []


@pytest.mark.parametrize(("size", "scale", "touch"), [((1366, 690), 1.0, False), ((1097, 617), 1.3, True)])
def test_nothing_is_cut_off_or_lies_over_something_else(
    opened: OpenWindow, qapp: QApplication, size: tuple[int, int], scale: float, touch: bool
) -> None:
    set_theme(qapp, dark=True, text_scale=scale, touch=touch)
    opened.window.resize(*size)
    cut: list[str] = []
    for name, screen in chain(pages(opened), visit(opened)):
        assert opened.window.size().toTuple() == size, name
        cut += [f"{name}: {what}" for what in cut_off(screen)]
    set_theme(qapp, dark=False)
    assert cut == []


def test_tab_and_shift_tab_are_each_others_way_back(desk: Desk) -> None:
    with inside(desk, desk.start_routine()):
        start = QApplication.focusWidget()
        for _ in range(5):
            press(Qt.Key.Key_Tab)
        for _ in range(5):
            press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        assert QApplication.focusWidget() is start
