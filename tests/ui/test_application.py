"""From the start to the window and out again: the demo, joining one's own unit, a second start, damaged data."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import new_id
from jiandu_desktop.progress import Progress, Step
from jiandu_desktop.services.profiles import Profiles
from jiandu_desktop.ui.application import run_application, say_trouble
from jiandu_desktop.ui.dialogs.join import JoinDialog
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.main_window import MainWindow
from jiandu_desktop.ui.start_window import StartWindow
from jiandu_desktop.ui.tasks import Lane, Tasks
from jiandu_desktop.ui.widgets.text import Prose
from jiandu_desktop.ui.wizard.room import WizardRoom
from tests.conftest import StandingClock
from tests.support.bureau import BUILT_AT, copy_bureau, open_office
from tests.support.said import Said
from tests.support.window import OpenWindow

# The offscreen screen cannot take size hints and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def profiles(tmp_path: Path) -> Profiles:
    copy_bureau(tmp_path / "demo")
    return Profiles(tmp_path, clock=StandingClock(BUILT_AT), new_id=new_id)


@pytest.fixture
def opened(qapp: QApplication, said: Said, tmp_path: Path) -> Iterator[OpenWindow]:
    QSettings().clear()
    set_theme(qapp, dark=False)
    window = OpenWindow(tmp_path)
    yield window
    window.close()


def when(holds: Callable[[], bool], act: Callable[[], object]) -> QTimer:
    """Does something inside a running event loop once it is time."""
    timer = QTimer(QApplication.instance())

    def look() -> None:
        if holds():
            timer.stop()
            timer.deleteLater()
            act()

    timer.timeout.connect(look)
    timer.start(20)
    return timer


def shown(kind: type[MainWindow] | type[StartWindow]) -> MainWindow | StartWindow | None:
    found = (each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible())
    return next(found, None)


def test_the_program_opens_the_demo_and_ends_with_its_window(
    qapp: QApplication, profiles: Profiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    seen: list[str] = []

    def leave() -> None:
        window = shown(MainWindow)
        assert isinstance(window, MainWindow)
        seen.append(window.current_key())
        window.close()
        window.deleteLater()

    when(lambda: shown(MainWindow) is not None, leave)
    assert run_application(profiles, print_to=None) == 0
    assert seen == ["today"]


def test_damaged_data_is_told_in_a_sentence_and_the_program_ends_with_1(
    qapp: QApplication, profiles: Profiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    database = profiles.demo.own.database
    for path in database.parent.glob(database.name + "*"):
        path.unlink()
    database.write_bytes(b"this is no database " * 500)
    told: list[str] = []

    def read() -> None:
        small = shown(StartWindow)
        assert isinstance(small, StartWindow)
        told.append(small.words())
        small.close_button.click()

    when(lambda: shown(StartWindow) is not None, read)
    assert run_application(profiles, print_to=None) == 1
    assert str(database) in told[0]


def test_a_second_start_says_that_the_program_is_open(qapp: QApplication, profiles: Profiles) -> None:
    profiles.hold()
    second = Profiles(profiles.root, clock=StandingClock(BUILT_AT), new_id=new_id)
    told: list[str] = []

    def read() -> None:
        small = shown(StartWindow)
        assert isinstance(small, StartWindow)
        told.append(small.words())
        QTest.keyClick(small.close_button, Qt.Key.Key_Return)

    with pytest.raises(Trouble) as raised:
        second.hold()
    when(lambda: shown(StartWindow) is not None, read)
    assert say_trouble(raised.value) == 1
    assert "已经打开" in told[0]
    profiles.release()


def test_a_long_reason_for_not_starting_is_read_to_its_end(qapp: QApplication) -> None:
    set_theme(qapp, dark=False)
    small = StartWindow()
    folder = "/" + "很长的文件夹名字/" * 9
    small.show_trouble(Trouble("database-damaged", path=f"{folder}jiandu.db", reason="", backups=f"{folder}backups"))
    small.show()
    QApplication.processEvents()
    words = small.findChild(Prose)
    assert words is not None
    assert words.height() >= words.heightForWidth(words.width())
    small.close()


def test_the_small_window_appears_only_when_opening_takes_its_time(qapp: QApplication) -> None:
    set_theme(qapp, dark=False)
    tasks = Tasks()
    small = StartWindow()

    def work(progress: Progress) -> int:
        for done in range(50):
            progress.report(Step(done, 50, "school"))
            QTest.qSleep(20)
        return 1

    ended: list[int] = []
    task = tasks.run(Lane.DATABASE, work, done=ended.append)
    small.follow(task)
    assert not small.isVisible()
    for _ in range(300):
        QApplication.processEvents()
        QTest.qSleep(5)
        if small.isVisible():
            break
    assert small.isVisible()
    assert "演示单位" in small.heading()
    assert small.words()
    while not ended:
        QApplication.processEvents()
    given_up: list[int] = []
    small.given_up.connect(lambda: given_up.append(1))
    small.done()
    assert given_up == []
    tasks.shutdown()
    QApplication.processEvents()


def test_leaving_the_demo_opens_ones_own_unit_in_the_same_window(opened: OpenWindow, tmp_path: Path) -> None:
    office = open_office(opened.profiles.demo, opened.clock)
    invitation = office.office.invite("郭喆", tmp_path)
    office.close()
    for key in ("ledger", "papers"):
        opened.show(key)
    opened.assembly.join()
    opened.settle()
    dialog = opened.window.findChild(JoinDialog)
    assert dialog is not None
    dialog.take_invitation(invitation)
    opened.settle()
    dialog.go.click()
    opened.settle()
    dialog.folder.setText(str(opened.profiles.demo.shared))
    dialog.go.click()
    opened.settle()
    assert dialog.step == 2, dialog.notice.text()
    opened.settle()
    dialog.close()
    opened.settle()
    assert opened.window.current_key() == "today"
    assert opened.window.page("papers") is None, "pages over the old data are gone"
    profile = opened.assembly.desk.services.profile.current()
    assert (profile.is_demo, profile.person.name if profile.person else "") == (False, "郭喆")
    page = opened.show("schools")
    assert page.table.rows()


def test_closing_in_the_middle_of_a_visit_keeps_it(opened: OpenWindow) -> None:
    row = opened.services.today.rows(opened.clock().date())[0]
    opened.assembly.desk.start_wanted.emit(row.assignment_id)
    opened.until(lambda: isinstance(opened.window.room(), WizardRoom))
    opened.settle()
    opened.close()
    again = opened.profiles.open(Progress())
    drafts = [each for each in again.visits.rows() if each.visit.state.value == "draft"]
    assert [each.visit.assignment_id for each in drafts] == [row.assignment_id]
    again.close()


def test_a_fault_of_ours_in_a_query_is_shown_and_the_window_lives_on(
    opened: OpenWindow, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened.show("schools")

    def full(*_: object) -> None:
        raise Trouble("disk-full", path="/data", need=50)

    monkeypatch.setattr(type(opened.services.schools), "rows", full)
    opened.window.show_page("schools")
    opened.settle()
    assert "磁盘已满" in said.warnings[0]
    monkeypatch.undo()
    assert page.table.rows()


def test_the_day_s_backup_is_made_once_the_window_is_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiandu_desktop.ui.assembly.BACKUP_MS", 20)
    window = OpenWindow(tmp_path / "data")
    backups = window.services.store.folder.backups
    window.until(lambda: len(list(backups.glob("jiandu-*-daily.db"))) == 1)
    window.close()
