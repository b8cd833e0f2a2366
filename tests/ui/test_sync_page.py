"""同步 with a real office's folder: what goes out, what comes back, what stands in the way."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress, Step
from jiandu_desktop.services.demo import DemoBureau
from jiandu_desktop.services.exchange import Exchange
from jiandu_desktop.services.program import Services
from jiandu_desktop.services.stages import SyncStage, stage_of
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.main_window import MainWindow
from jiandu_desktop.ui.operations.syncing import SyncController
from jiandu_desktop.ui.pages.sync import SyncPage
from jiandu_desktop.ui.tasks import Tasks
from tests.conftest import StandingClock
from tests.support.bureau import copy_bureau, open_laptop, open_office
from tests.support.said import Said
from tests.support.visiting import do_visit

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Seen:
    """The page in a window over one laptop with a finished visit that waits."""

    def __init__(self, bureau: DemoBureau, services: Services) -> None:
        self.bureau, self.services = bureau, services
        rows = [row for row in services.today.rows(services.store.today()) if row.visit_id is None]
        self.school = rows[0].school
        do_visit(services, rows[0].assignment_id)
        self.window = MainWindow()
        self.tasks = Tasks(self.window)
        self.faults: list[Exception] = []
        self.tasks.failed_unheard.connect(self.faults.append)
        self.syncing = SyncController(services, self.tasks, self.window)
        self.page = SyncPage(services, self.tasks, self.window.messages, self.syncing)
        self.window.add_entry("sync", "refresh-cw", "同步", lambda: self.page)
        self.window.resize(1366, 690)
        self.window.show_page("sync")
        self.window.show()

    def wait(self, qtbot: QtBot) -> None:
        qtbot.waitUntil(self.tasks.is_idle, timeout=30_000)
        QTest.qWait(10)
        qtbot.waitUntil(self.tasks.is_idle, timeout=30_000)

    def states(self) -> dict[str, str]:
        return {line.name: line.state for line in self.page.lists.lines["waiting"]}

    def close(self) -> None:
        self.syncing.cancel()
        self.tasks.shutdown()
        QApplication.processEvents()
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert self.faults == []


@pytest.fixture
def seen(qapp: QApplication, qtbot: QtBot, tmp_path: Path, clock: StandingClock, said: Said) -> Iterator[Seen]:
    set_theme(qapp, dark=False)
    bureau = copy_bureau(tmp_path / "bureau")
    services = open_laptop(bureau, clock)
    made = Seen(bureau, services)
    made.wait(qtbot)
    yield made
    made.close()
    services.close()


def test_a_record_goes_from_waiting_to_the_folder_to_confirmed(seen: Seen, qtbot: QtBot, clock: StandingClock) -> None:
    assert seen.states() == {seen.school: "待上传"}
    QTest.keyClick(seen.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "已送出 1 份记录" in seen.page.card.line.text(), timeout=30_000)
    seen.wait(qtbot)
    assert seen.states() == {seen.school: "已上传"}
    assert seen.page.lists.lines["receipts"][0].state == "已核对"
    office = open_office(seen.bureau, clock)
    office.exchange.sync(Progress())
    office.close()
    seen.page.start()
    seen.wait(qtbot)
    assert seen.states() == {}


def test_what_the_office_sends_is_told_under_arrived(seen: Seen, qtbot: QtBot, clock: StandingClock) -> None:
    other = open_laptop(seen.bureau, clock, "吴桐")
    rows = [row for row in other.today.rows(other.store.today()) if row.visit_id is None]
    do_visit(other, rows[-1].assignment_id)
    other.exchange.sync(Progress())
    other.close()
    seen.page.start()
    seen.wait(qtbot)
    assert [line.text for line in seen.page.lists.lines["arrived"]] == ["其他督学的 1 份记录"]


def test_a_missing_folder_is_said_in_place_and_can_be_tried_again(seen: Seen, qtbot: QtBot) -> None:
    away = seen.bureau.shared.with_name("away")
    seen.bureau.shared.rename(away)
    seen.page.start()
    seen.wait(qtbot)
    assert "找不到共享文件夹" in seen.page.notice.text()
    assert seen.states() == {seen.school: "待上传"}
    away.rename(seen.bureau.shared)
    seen.page.notice.linked.emit()
    seen.wait(qtbot)
    assert seen.page.notice.isHidden()
    assert seen.states() == {seen.school: "已上传"}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("folder-full", "空间已满"),
        ("folder-read-only", "不允许写入"),
        ("folder-unreachable", "连接中断"),
        ("folder-newer", "更新版本"),
    ],
)
def test_every_trouble_of_the_folder_is_a_sentence_with_a_way_on(
    seen: Seen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, code: str, words: str
) -> None:
    def refuse(_: Exchange, progress: Progress, folder: str | None = None) -> None:
        raise Trouble(code, path="Z:/交换", reason="?", needed=2, known=1)

    monkeypatch.setattr(Exchange, "sync", refuse)
    seen.page.start()
    seen.wait(qtbot)
    assert words in seen.page.notice.text()
    assert seen.page.card.start.isVisible()


def test_a_folder_of_nobody_is_not_taken(seen: Seen, qtbot: QtBot, tmp_path: Path) -> None:
    before = seen.services.exchange.folder()
    empty = tmp_path / "empty"
    empty.mkdir()
    seen.page.take_folder(empty)
    seen.wait(qtbot)
    assert "没有督导室的共享数据" in seen.page.notice.text()
    assert seen.services.exchange.folder() == before
    assert list(empty.iterdir()) == []


def test_choosing_a_folder_says_what_it_can_do_and_keeps_it(
    seen: Seen, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = tmp_path / "网盘"
    shutil.copytree(seen.bureau.shared, moved)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(moved))
    seen.page.folder.choose.click()
    seen.wait(qtbot)
    assert "可以正常读写" in seen.page.folder.words()
    assert seen.services.exchange.folder() == str(moved)
    assert str(moved) in seen.page.where.text()


def test_a_stick_takes_the_records_and_the_folder_of_every_day_stays(
    seen: Seen, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    shutil.copytree(seen.bureau.shared, stick)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    seen.page.stick.save.click()
    seen.wait(qtbot)
    assert seen.states() == {seen.school: "已上传"}
    assert seen.services.exchange.folder() == str(seen.bureau.shared)
    assert list((stick / "督导文书").rglob("*.pdf"))


def test_a_round_can_be_called_off_and_done_again(seen: Seen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Exchange.sync

    def slow(exchange: Exchange, progress: Progress, folder: str | None = None) -> object:
        for done in range(1000):
            progress.report(Step(done, 1000, "正在放入共享文件夹"))
            QTest.qSleep(10)
        return real(exchange, progress, folder)

    monkeypatch.setattr(Exchange, "sync", slow)
    seen.page.start()
    qtbot.waitUntil(lambda: "正在上传" in seen.page.card.heading.text(), timeout=10_000)
    assert seen.page.card.cancel.isVisible()
    seen.page.card.cancel.click()
    seen.wait(qtbot)
    assert "已取消" in seen.page.card.heading.text()
    monkeypatch.setattr(Exchange, "sync", real)
    seen.page.start()
    seen.wait(qtbot)
    assert seen.states() == {seen.school: "已上传"}


def test_a_file_that_was_not_taken_in_is_named_with_its_reason(seen: Seen, qtbot: QtBot, clock: StandingClock) -> None:
    other = open_laptop(seen.bureau, clock, "吴桐")
    before = {path for path in seen.bureau.shared.rglob("*") if path.is_file()}
    rows = [row for row in other.today.rows(other.store.today()) if row.visit_id is None]
    do_visit(other, rows[-1].assignment_id)
    other.exchange.sync(Progress())
    device = other.store.membership().device
    other.close()
    fresh = [path for path in seen.bureau.shared.rglob("*") if path.is_file() and path not in before]
    segment = next(path for path in fresh if path.parent.name == device)
    segment.write_bytes(segment.read_bytes()[:-30])
    seen.page.start()
    seen.wait(qtbot)
    assert not seen.page.refused.isHidden()
    assert seen.states() == {seen.school: "已上传"}


def test_every_step_that_sync_reports_has_a_stage() -> None:
    assert stage_of(Step(0, 0, "正在查看共享文件夹")) is SyncStage.PACKING
    assert stage_of(Step(1, 2, "正在放入共享文件夹")) is SyncStage.SENDING
    assert stage_of(Step(1, 2, "正在整理督导文书目录")) is SyncStage.FILING
    assert stage_of(Step(1, 2, "something else")) is None


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_the_page_holds_together_in_a_small_window(qapp: QApplication, seen: Seen, qtbot: QtBot, scale: float) -> None:
    set_theme(qapp, dark=True, text_scale=scale)
    seen.window.resize(1097, 617)
    seen.page.start()
    seen.wait(qtbot)
    start = seen.page.card.start
    assert start.width() >= start.sizeHint().width()
    assert seen.window.width() == 1097
    assert seen.window.height() == 617


def test_after_a_round_begun_with_the_mouse_the_keys_still_belong_to_the_page(seen: Seen, qtbot: QtBot) -> None:
    seen.window.activateWindow()
    QTest.mouseClick(seen.page.card.start, Qt.MouseButton.LeftButton)
    seen.wait(qtbot)
    rounds = len(seen.services.exchange.state().receipts)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    seen.wait(qtbot)
    assert len(seen.services.exchange.state().receipts) == rounds + 1
