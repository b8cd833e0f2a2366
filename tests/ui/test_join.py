"""接入本单位: from an invitation file to the unit's own data, or a sentence that says why not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from jiandu_desktop.domain.identity import new_id
from jiandu_desktop.progress import Progress, Step
from jiandu_desktop.services.demo import DemoBureau
from jiandu_desktop.services.exchange import Exchange
from jiandu_desktop.services.profiles import Profiles
from jiandu_desktop.services.program import Services
from jiandu_desktop.ui.dialogs.join import FIRST_SYNC, FOLDER, INVITATION, JoinDialog
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.tasks import Tasks
from tests.conftest import StandingClock
from tests.support.bureau import copy_bureau, open_office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Guest:
    """A laptop that belongs to nobody yet, before the dialog."""

    def __init__(self, tmp_path: Path, clock: StandingClock) -> None:
        self.bureau: DemoBureau = copy_bureau(tmp_path / "bureau")
        office = open_office(self.bureau, clock)
        self.invitation = office.office.invite("吴桐", tmp_path / "吴桐.jdyq")
        office.close()
        self.profiles = Profiles(tmp_path / "home", clock=clock, new_id=new_id)
        self.window = QWidget()
        self.tasks = Tasks(self.window)
        self.faults: list[Exception] = []
        self.tasks.failed_unheard.connect(self.faults.append)
        self.got: list[Services] = []
        self.dialog = JoinDialog(self.profiles, self.tasks, self.window)
        self.dialog.joined.connect(self.got.append)
        self.window.show()
        self.dialog.open()

    def wait(self, qtbot: QtBot) -> None:
        qtbot.waitUntil(self.tasks.is_idle, timeout=30_000)
        QTest.qWait(10)
        qtbot.waitUntil(self.tasks.is_idle, timeout=30_000)

    def choose(self, qtbot: QtBot, path: Path) -> None:
        self.dialog.take_invitation(path)
        self.wait(qtbot)

    def close(self) -> None:
        self.tasks.shutdown()
        for services in self.got:
            services.close()
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert self.faults == []


@pytest.fixture
def guest(qapp: QApplication, tmp_path: Path, clock: StandingClock) -> Iterator[Guest]:
    set_theme(qapp, dark=False)
    made = Guest(tmp_path, clock)
    yield made
    made.close()


def test_from_the_invitation_to_schools_and_assignments(guest: Guest, qtbot: QtBot) -> None:
    dialog = guest.dialog
    assert not dialog.go.isEnabled()
    guest.choose(qtbot, guest.invitation)
    dialog.go.click()
    assert dialog.step == FOLDER
    dialog.folder.setText(str(guest.bureau.shared))
    dialog.go.click()
    guest.wait(qtbot)
    assert dialog.step == FIRST_SYNC
    assert "已接入" in dialog.words.text()
    assert "所学校" in dialog.words.text()
    with qtbot.waitSignal(dialog.joined):
        dialog.go.click()
    (services,) = guest.got
    assert services.profile.current().joined
    assert services.schools.rows()
    assert not services.profile.current().is_demo


def test_the_invitation_says_whose_it_is_and_can_be_dropped(guest: Guest, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(guest.invitation))])
    none = Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    guest.dialog.dropEvent(drop)
    guest.wait(qtbot)
    labels = [guest.dialog.facts.itemAt(place).widget().text() for place in range(guest.dialog.facts.count())]
    assert "青禾县人民政府教育督导室" in labels
    assert "吴桐" in labels
    assert guest.dialog.go.isEnabled()
    assert guest.dialog.focusWidget() is guest.dialog.go, "Enter goes on; it does not choose a file again"


def test_a_file_that_is_no_invitation_is_said_in_place(guest: Guest, qtbot: QtBot, tmp_path: Path) -> None:
    wrong = tmp_path / "roster.jdyq"
    wrong.write_bytes(b"PK\x03\x04 not an invitation")
    guest.choose(qtbot, wrong)
    assert "不是督导室的邀请文件" in guest.dialog.notice.text()
    assert guest.dialog.step == INVITATION
    assert not guest.dialog.go.isEnabled()
    guest.choose(qtbot, guest.invitation)
    assert guest.dialog.notice.isHidden()


def test_a_wrong_folder_keeps_nothing_and_the_right_one_still_works(guest: Guest, qtbot: QtBot, tmp_path: Path) -> None:
    guest.choose(qtbot, guest.invitation)
    guest.dialog.go.click()
    guest.dialog.folder.setText(str(tmp_path / "missing"))
    guest.dialog.go.click()
    guest.wait(qtbot)
    assert guest.dialog.step == FOLDER
    assert "找不到共享文件夹" in guest.dialog.notice.text()
    assert guest.got == []
    guest.dialog.folder.setText(str(guest.bureau.shared))
    guest.dialog.go.click()
    guest.wait(qtbot)
    assert guest.dialog.step == FIRST_SYNC
    guest.dialog.close()
    assert len(guest.got) == 1


def test_an_expired_invitation_is_refused_with_its_date(guest: Guest, qtbot: QtBot, clock: StandingClock) -> None:
    clock.advance(days=200)
    guest.choose(qtbot, guest.invitation)
    guest.dialog.go.click()
    guest.dialog.folder.setText(str(guest.bureau.shared))
    guest.dialog.go.click()
    guest.wait(qtbot)
    assert "到期" in guest.dialog.notice.text()
    assert guest.got == []


def test_the_first_round_can_be_left_for_later(guest: Guest, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(_: Exchange, progress: Progress, folder: str | None = None) -> None:
        for done in range(2000):
            progress.report(Step(done, 2000, "正在读取共享文件夹"))
            QTest.qSleep(10)

    monkeypatch.setattr(Exchange, "sync", slow)
    guest.choose(qtbot, guest.invitation)
    guest.dialog.go.click()
    guest.dialog.folder.setText(str(guest.bureau.shared))
    guest.dialog.go.click()
    qtbot.waitUntil(lambda: guest.dialog.step == FIRST_SYNC, timeout=20_000)
    assert guest.dialog.cancel.text() == "以后再同步"
    guest.dialog.cancel.click()
    guest.wait(qtbot)
    assert "还没有同步" in guest.dialog.words.text()
    guest.dialog.go.click()
    assert len(guest.got) == 1


def test_giving_up_leaves_the_laptop_as_it_was(guest: Guest, qtbot: QtBot) -> None:
    guest.choose(qtbot, guest.invitation)
    QTest.keyClick(guest.dialog, Qt.Key.Key_Escape)
    assert guest.got == []
    assert not guest.profiles.own.database.exists()
