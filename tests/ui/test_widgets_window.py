"""The frame: pages by rail and keys, rooms that take the whole window, and one door to the user."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress, Step
from jiandu_desktop.ui.errors import install_hook, report_for, sentence_for
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.main_window import MainWindow
from jiandu_desktop.ui.messages import Choice
from jiandu_desktop.ui.tasks import Lane, Tasks
from jiandu_desktop.ui.widgets.asking import QuestionDialog, ReportDialog, TextDialog
from jiandu_desktop.ui.widgets.warning_strip import WarningStrip
from jiandu_desktop.ui.widgets.working import WorkingLine

# The offscreen screen cannot take size hints and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CONTROL = Qt.KeyboardModifier.ControlModifier


class Paper(QWidget):
    """A page that counts what the frame asks of it."""

    def __init__(self) -> None:
        super().__init__()
        self.refreshed = 0
        self.searched = 0

    def refresh(self) -> None:
        self.refreshed += 1

    def focus_search(self) -> None:
        self.searched += 1


class Room(QWidget):
    """A room that may hold the window back."""

    def __init__(self, may_leave: bool = True) -> None:
        super().__init__()
        self._may_leave = may_leave

    def may_leave(self) -> bool:
        return self._may_leave

    def bar_height(self) -> int:
        return 52


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    set_theme(qapp, dark=False)
    qapp.setOrganizationName("jiandu-tests")
    QSettings().clear()
    made = MainWindow()
    qtbot.addWidget(made)
    for key, title in (("today", "今日"), ("schools", "学校"), ("visits", "督导记录")):
        made.add_entry(key, "school", title, Paper)
    made.set_who("青禾县", "周明元", "城关责任区")
    made.show_page("today")
    made.show()
    yield made
    QSettings().clear()
    qapp.setOrganizationName("")


def paper(window: MainWindow, key: str) -> Paper:
    page = window.page(key)
    assert isinstance(page, Paper)
    return page


def test_pages_are_built_when_first_shown_and_refreshed_each_time(window: MainWindow, qtbot: QtBot) -> None:
    assert window.page("schools") is None
    qtbot.mouseClick(window.rail.item("schools"), Qt.MouseButton.LeftButton)
    assert window.current_key() == "schools"
    assert paper(window, "schools").refreshed == 1
    window.show_page("today")
    window.show_page("schools")
    assert paper(window, "schools").refreshed == 2


def test_keys_switch_pages_search_and_refresh(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_3, CONTROL)
    assert window.current_key() == "visits"
    qtbot.keyClick(window, Qt.Key.Key_F, CONTROL)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert paper(window, "visits").searched == 1
    assert paper(window, "visits").refreshed == 2


def test_a_room_takes_the_window_and_its_keys(window: MainWindow, qtbot: QtBot) -> None:
    wizard, finish = Room(), Room()
    window.enter_room(wizard)
    window.enter_room(finish)
    qtbot.keyClick(window, Qt.Key.Key_3, CONTROL)
    assert window.current_key() == "today"
    assert not window.rail.isVisible()
    window.leave_room()
    assert window.room() is wizard
    before = paper(window, "today").refreshed
    window.leave_room()
    assert window.room() is None
    assert window.rail.isVisible()
    assert paper(window, "today").refreshed == before + 1


def test_a_room_that_is_still_saving_holds_the_window(window: MainWindow) -> None:
    window.enter_room(Room(may_leave=False))
    assert not window.close()
    window.leave_room()
    assert window.close()


def test_below_1200_the_rail_is_icons(window: MainWindow) -> None:
    window.resize(1366, 690)
    assert window.rail.width() == 168
    window.resize(1097, 617)
    assert window.rail.width() == 64


def test_the_window_comes_back_where_it_was(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1211, 655)  # the offscreen screen is 800 wide: only the height comes back whole
    window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    assert again.height() == 655


def test_counts_stand_at_the_entries(window: MainWindow) -> None:
    window.set_count("visits", 23)
    assert window.rail.item("visits").accessibleDescription() == "23"


def test_a_trouble_is_a_sentence_that_stays(window: MainWindow) -> None:
    trouble = Trouble("disk-full", path="D:/资料", need=100)
    window.messages.error(trouble)
    strip = window.findChild(WarningStrip)
    assert strip is not None
    assert strip.isVisible()
    assert strip.text() == sentence_for(trouble)
    assert "D:/资料" in strip.text()


def test_a_fault_of_ours_gives_a_report_to_copy_and_the_program_lives_on(window: MainWindow, qtbot: QtBot) -> None:
    window.messages.error(ZeroDivisionError("division by zero"))
    dialog = window.findChild(ReportDialog)
    assert dialog is not None
    dialog.copy()
    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()
    dialog.close()
    window.show_page("schools")
    assert window.current_key() == "schools"


def test_questions_are_answered_by_name(window: MainWindow, qtbot: QtBot) -> None:
    answers: list[str | None] = []
    choices = [Choice("keep", "保留", "primary"), Choice("drop", "放弃")]
    window.messages.ask("要保留吗？", choices, answers.append, "已答的内容都在。")
    dialog = window.findChild(QuestionDialog)
    assert dialog is not None
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    window.messages.ask("要保留吗？", choices, answers.append)
    for dialog in window.findChildren(QuestionDialog):
        if dialog.isVisible():
            dialog.tell("drop")
    assert answers == [None, "drop"]


def test_an_empty_reason_is_none(window: MainWindow, qtbot: QtBot) -> None:
    answers: list[str | None] = []
    window.messages.ask_text("为什么重新打开？", answers.append)
    dialog = window.findChild(TextDialog)
    assert dialog is not None
    assert not dialog.accept_button.isEnabled()
    dialog.field.insert("漏填一题")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert answers == ["漏填一题"]


def test_what_nobody_caught_reaches_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    install_hook(shown.append)
    error = RuntimeError("broken")
    sys.excepthook(RuntimeError, error, None)
    assert shown == [error]
    assert "RuntimeError: broken" in report_for(error)


def test_long_work_shows_after_a_while_and_can_be_cancelled(qtbot: QtBot) -> None:
    tasks, line = Tasks(), WorkingLine()
    qtbot.addWidget(line)

    def endless(progress: Progress) -> None:
        while True:
            progress.report(Step(1, 2, "读取"))

    ended: list[str] = []
    task = tasks.run(Lane.FOLDER, endless, cancelled=lambda: ended.append("cancelled"))
    line.follow(task, "同步")
    assert not line.isVisible()
    qtbot.waitUntil(line.isVisible, timeout=2000)
    qtbot.mouseClick(line._cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ended == ["cancelled"] and not line.isVisible(), timeout=3000)
    assert tasks.shutdown(5000)
