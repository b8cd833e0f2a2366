"""设置: every setting has its effect, and what the page tells is true of this laptop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QEvent
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from jiandu_desktop import paths
from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.problem import Grade
from jiandu_desktop.services.numbering import numbers_left
from jiandu_desktop.services.preferences import Preferences
from jiandu_desktop.services.program import Services
from jiandu_desktop.services.upkeep import backups
from jiandu_desktop.settings import DECLARED
from jiandu_desktop.ui.look.theme import set_theme, theme
from jiandu_desktop.ui.main_window import MainWindow
from jiandu_desktop.ui.pages.settings import SettingsPage
from jiandu_desktop.ui.pages.settings_facts import LICENCES, read_licence
from jiandu_desktop.ui.tasks import Tasks
from tests.conftest import StandingClock
from tests.support.bureau import copy_bureau, open_laptop, open_office
from tests.support.said import Said
from tests.support.visiting import do_visit

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Seen:
    """The page in a window."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.window = MainWindow()
        self.tasks = Tasks(self.window)
        self.faults: list[Exception] = []
        self.tasks.failed_unheard.connect(self.faults.append)
        self.page = SettingsPage(services, self.tasks, self.window.messages)
        self.window.add_entry("settings", "sliders-horizontal", "设置", lambda: self.page)
        self.window.resize(1366, 690)
        self.window.show_page("settings")
        self.window.show()

    def wait(self, qtbot: QtBot) -> None:
        qtbot.waitUntil(self.tasks.is_idle, timeout=30_000)
        QTest.qWait(10)
        qtbot.waitUntil(self.tasks.is_idle, timeout=30_000)

    def kept(self, key: str) -> object:
        """What a new start would read."""
        return Preferences(self.services.store).get(key)

    def close(self) -> None:
        self.tasks.shutdown()
        QApplication.processEvents()
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert self.faults == []


@pytest.fixture
def seen(qapp: QApplication, qtbot: QtBot, tmp_path: Path, clock: StandingClock, said: Said) -> Iterator[Seen]:
    set_theme(qapp, dark=False)
    services = open_laptop(copy_bureau(tmp_path / "bureau"), clock)
    made = Seen(services)
    made.wait(qtbot)
    yield made
    made.close()
    services.close()
    set_theme(qapp, dark=False)


@pytest.fixture
def office_seen(qapp: QApplication, qtbot: QtBot, tmp_path: Path, clock: StandingClock, said: Said) -> Iterator[Seen]:
    services = open_office(copy_bureau(tmp_path / "bureau"), clock)
    made = Seen(services)
    made.wait(qtbot)
    yield made
    made.close()
    services.close()


def test_theme_text_size_and_density_hold_at_once_and_at_the_next_start(seen: Seen, qtbot: QtBot) -> None:
    seen.page.theme.choose("dark")
    assert theme().tokens.is_dark
    seen.page.text_size.choose("1.3")
    assert theme().tokens.text_scale == 1.3
    seen.page.touch.choose("1")
    assert theme().tokens.touch
    seen.wait(qtbot)
    assert (seen.kept("theme"), seen.kept("text_scale"), seen.kept("touch")) == ("dark", 1.3, True)


@pytest.mark.parametrize(
    "key", [key for key, each in DECLARED.items() if type(each.default) is int and not each.allowed]
)
def test_every_number_can_be_changed_and_is_kept(seen: Seen, qtbot: QtBot, key: str) -> None:
    spin = seen.page.spins[key]
    assert spin.value() == DECLARED[key].default
    spin.setValue(spin.value() + 4)
    qtbot.waitUntil(lambda: seen.kept(key) == DECLARED[key].default + 4, timeout=5000)


def test_the_days_of_a_grade_are_the_days_that_new_problems_get(seen: Seen, qtbot: QtBot) -> None:
    seen.page.spins["days_serious"].setValue(21)
    qtbot.waitUntil(lambda: seen.services.preferences.days_for(Grade.SERIOUS) == 21, timeout=5000)


def test_leader_and_photo_folder_are_kept(
    seen: Seen, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen.page.show_section("照片")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    seen.page.choose_watched.click()
    seen.page.show_section("整改期限")
    qtbot.keyClicks(seen.page.leader, "Wang")
    qtbot.waitUntil(lambda: seen.kept("leader") == "Wang", timeout=5000)
    assert seen.kept("watched_folder") == str(tmp_path)
    seen.page.no_watched.click()
    seen.wait(qtbot)
    assert seen.kept("watched_folder") == ""


def test_every_setting_that_is_declared_stands_on_the_page(seen: Seen) -> None:
    shown = {"theme", "text_scale", "touch", "watched_folder", "leader", "deadline_days", *seen.page.spins}
    shown |= {"printer", "paper", "slip_width", "notice_photos"}
    # Chosen in the wizard, in the ledger, on the sync page, in the dialog of the printer.
    elsewhere = {"form_language", "ledger_views", "ledger_scope", "sync_by_itself", "duplex", "slip_printer"}
    assert shown | elsewhere == set(DECLARED)


def test_a_printer_that_is_not_there_now_is_still_the_chosen_one(seen: Seen, qtbot: QtBot) -> None:
    seen.services.preferences.set("printer", "HP 便携")
    seen.page.refresh()
    assert seen.page.printing.printer.currentData() == "HP 便携"
    assert "没有接上" in seen.page.printing.printer.currentText()
    seen.page.printing.printer.setCurrentIndex(0)
    seen.page.printing.printer.activated.emit(0)
    seen.wait(qtbot)
    assert seen.kept("printer") == ""


def test_paper_and_slips_are_kept(seen: Seen, qtbot: QtBot) -> None:
    assert (seen.page.printing.paper.value(), seen.page.printing.slip.value()) == ("a4", "80")
    seen.page.printing.paper.chosen.emit("a5")
    seen.page.printing.slip.chosen.emit("58")
    qtbot.waitUntil(lambda: (seen.kept("paper"), seen.kept("slip_width")) == ("a5", 58), timeout=5000)


def test_templates_are_read_on_a_laptop_and_changed_by_the_office_alone(seen: Seen, qtbot: QtBot) -> None:
    seen.wait(qtbot)
    assert seen.page.templates.export.isVisibleTo(seen.page.templates) is False
    assert not seen.page.templates.lines


def test_the_office_takes_a_template_in_or_hears_what_keeps_it_from_that(
    office_seen: Seen, qtbot: QtBot, tmp_path: Path
) -> None:
    section, path = office_seen.page.templates, tmp_path / "模板.xlsx"
    assert not section.reset.isEnabled()
    office_seen.services.templates.export(path)
    book = load_workbook(path)
    rows = book["文书模板"].iter_rows(min_row=4)
    cell = next(row[3] for row in rows if (row[0].value, row[1].value) == ("督办函", "结束语"))
    for text in ("{谁} 专此函达", "专此函达"):
        cell.value = text
        book.save(path)
        section.import_templates(path)
        office_seen.wait(qtbot)
        assert section.notice.isHidden() is (text == "专此函达")
    assert "不认得占位“{谁}”" in section.notice.text()
    assert [line.text() for line in section.lines] == ["督办函：结束语“专此函达”"]
    assert section.reset.isEnabled()


def test_who_this_laptop_is_and_the_way_out_of_the_demo(seen: Seen, qtbot: QtBot) -> None:
    facts = {key: words.text() for key, words in seen.page.unit._facts.items()}
    assert facts["unit"] == "青禾县人民政府教育督导室"
    assert facts["person"].startswith("周明元")
    assert facts["state"] == "演示单位"
    assert not seen.page.unit.demo.isHidden()
    with qtbot.waitSignal(seen.page.join_wanted):
        seen.page.unit.demo.linked.emit()


def test_the_numbers_left_go_down_with_each_document(seen: Seen) -> None:
    before = {each.kind: each.left for each in numbers_left(seen.services.store)}
    rows = [row for row in seen.services.today.rows(seen.services.store.today()) if row.visit_id is None]
    do_visit(seen.services, rows[0].assignment_id)
    after = {each.kind: each for each in numbers_left(seen.services.store)}
    assert after[DocumentKind.FEEDBACK_OPINION].left == before[DocumentKind.FEEDBACK_OPINION] - 1
    assert after[DocumentKind.RECTIFICATION_NOTICE].left == before[DocumentKind.RECTIFICATION_NOTICE]
    assert after[DocumentKind.FEEDBACK_OPINION].next > 0


def test_a_backup_is_made_and_listed(seen: Seen, qtbot: QtBot, said: Said, clock: StandingClock) -> None:
    assert seen.page.data.backups == ()
    seen.page.data.now.click()
    seen.wait(qtbot)
    (line,) = seen.page.data.backups
    assert line.at == clock.now
    assert line.size > 0
    assert said.toasts == [f"已备份：{line.path.name}"]
    assert backups(seen.services.store) == (line,)


def test_the_database_tells_its_sqlite_and_opens_its_folder(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "SQLite 3." in seen.page.data.engine.text()
    assert seen.page.data.place.text() == str(seen.services.store.folder.root)
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    seen.page.data._open(backups=True)
    assert opened == [str(seen.services.store.folder.backups)]


def test_every_role_of_a_document_has_a_font(seen: Seen, qtbot: QtBot) -> None:
    seen.wait(qtbot)
    assert {"小标宋", "仿宋", "楷体", "黑体", "宋体"} <= {line.role for line in seen.page.fonts.lines}


@pytest.mark.parametrize("place", [place for _, place in LICENCES])
def test_every_licence_that_ships_can_be_read(place: str) -> None:
    assert (paths.program_root() / place).exists()
    assert len(read_licence(place)) > 100


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_the_page_holds_together_in_a_small_window(qapp: QApplication, seen: Seen, scale: float) -> None:
    set_theme(qapp, dark=True, text_scale=scale)
    seen.window.resize(1097, 617)
    for row in range(seen.page.nav.count()):
        seen.page.nav.setCurrentRow(row)
        QTest.qWait(5)
        assert (seen.window.width(), seen.window.height()) == (1097, 617)
