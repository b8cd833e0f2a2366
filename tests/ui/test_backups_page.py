"""Backups, export and moving in the window, and the small window with a way out when the data cannot be opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from jiandu_desktop.domain.identity import new_id
from jiandu_desktop.services.moving import moved_away
from jiandu_desktop.services.profiles import Profiles
from jiandu_desktop.services.upkeep import back_up_now
from jiandu_desktop.storage import county
from jiandu_desktop.ui.application import _Start
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.pages.settings import SettingsPage
from tests.support.said import Said
from tests.support.visiting import do_visit
from tests.support.window import OpenWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def opened(qapp: QApplication, tmp_path: Path, said: Said) -> Iterator[OpenWindow]:
    set_theme(qapp, dark=False)
    made = OpenWindow(tmp_path)
    yield made
    made.close()


def settings_page(opened: OpenWindow) -> SettingsPage:
    page = opened.show("settings")
    assert isinstance(page, SettingsPage)
    page.show_section("数据与备份")
    return page


def visit_one(opened: OpenWindow) -> str:
    services = opened.assembly.desk.services
    row = next(row for row in services.today.rows(services.store.today()) if row.visit_id is None)
    return do_visit(services, row.assignment_id).visit.id


def visit_ids(opened: OpenWindow) -> set[str]:
    return {row.visit.id for row in opened.assembly.desk.services.visits.rows()}


def test_a_backup_is_put_back_from_the_window_and_what_was_there_is_kept(opened: OpenWindow, said: Said) -> None:
    page = settings_page(opened)
    page.data.now.click()
    opened.settle()
    (line,) = page.data.backups
    assert page.data.kept._verdicts[line.path].text() == "打开核对过"
    opened.clock.advance(hours=1)
    later = visit_one(opened)
    said.answer("restore")
    page.data.kept.links[line.path].click()
    opened.settle()
    assert later not in visit_ids(opened)
    assert opened.window.current_key() == "today"
    page = settings_page(opened)
    kept = next(each for each in page.data.backups if each.reason == "before-restore")
    opened.clock.advance(hours=1)
    said.answer("restore")
    page.data.kept.links[kept.path].click()
    opened.settle()
    assert later in visit_ids(opened)


def test_a_damaged_copy_cannot_be_chosen(opened: OpenWindow) -> None:
    path = back_up_now(opened.services.store)
    path.write_bytes(path.read_bytes()[:6000])
    page = settings_page(opened)
    opened.settle()
    assert page.data.kept._verdicts[path].text() == "打不开，不能恢复"
    assert page.data.kept.links[path].isHidden()


def test_everything_is_exported_from_the_window(opened: OpenWindow, tmp_path: Path) -> None:
    page = settings_page(opened)
    target = tmp_path / "导出"
    target.mkdir()
    (target / "别的.txt").write_text("mine")
    page.carry.export_to(target)
    opened.settle()
    assert "已导出到" in page.carry.notice.text()
    (made,) = target.glob("监督导出-*")
    assert (made / "说明.txt").exists()


def test_moving_out_and_in(
    opened: OpenWindow, tmp_path: Path, said: Said, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    with opened.services.store.writing() as work:
        county.keep_fact(work, "demo", False)
    here = visit_one(opened)
    page = settings_page(opened)
    assert not page.carry.pack.isHidden()
    assert page.carry.unpack.isHidden()
    parcel = tmp_path / "搬家.jdbj"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(parcel), ""))
    said.answer("青禾2026搬家", "later")
    page.carry.pack.click()
    opened.settle()
    assert parcel.exists()
    assert moved_away(opened.services.store.folder) is None
    new = OpenWindow(tmp_path / "new")
    page = settings_page(new)
    assert not page.carry.unpack.isHidden()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(parcel), ""))
    said.answer("记错了的口令")
    page.carry.unpack.click()
    new.settle()
    assert [trouble.code for trouble in said.troubles] == ["passphrase-wrong"]
    said.answer("青禾2026搬家")
    page.carry.unpack.click()
    new.settle()
    assert here in visit_ids(new)
    assert not new.assembly.desk.services.profile.current().is_demo
    new.close()


def begin(root: Path, opened: OpenWindow) -> _Start:
    start = _Start(Profiles(root, clock=opened.clock, new_id=new_id), None, None)
    start.begin()
    return start


def end(start: _Start) -> None:
    """Closes the window that a start led to."""
    assert start._window is not None
    start._window.close()
    start._window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def closed(opened: OpenWindow) -> Path:
    """The data of a window that was closed, as a unit's own."""
    with opened.services.store.writing() as work:
        county.keep_fact(work, "demo", False)
    folder = opened.services.store.folder
    opened.close()
    return folder.root


def test_a_database_that_cannot_be_opened_is_put_back_from_its_newest_good_copy(
    qapp: QApplication, tmp_path: Path, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = OpenWindow(tmp_path)
    here = visit_one(opened)
    back_up_now(opened.services.store)
    root = closed(opened)
    (root / "jiandu.db").write_bytes(b"spoilt" * 4000)
    start = begin(root, opened)
    opened.until(lambda: start._small is not None and start._small.way_button.isVisible())
    small = start._small
    assert small is not None
    assert "已损坏" in small.words()
    assert "备份" in small.way_button.text()
    small.way_button.click()
    opened.until(lambda: start._window is not None and start._window.isVisible())
    assert start._window is not None
    services = start._window.findChild(type(opened.assembly)).desk.services
    assert here in {row.visit.id for row in services.visits.rows()}
    end(start)


def test_data_that_was_moved_away_is_not_opened_until_somebody_says_so(
    qapp: QApplication, tmp_path: Path, said: Said
) -> None:
    from jiandu_desktop.paths import DataFolder
    from jiandu_desktop.services.moving import retire

    opened = OpenWindow(tmp_path)
    root = closed(opened)
    retire(DataFolder(root), opened.clock, Path("搬家.jdbj"))
    start = begin(root, opened)
    opened.until(lambda: start._small is not None and start._small.way_button.isVisible())
    small = start._small
    assert small is not None
    assert "打包搬走" in small.words()
    small.way_button.click()
    opened.until(lambda: start._window is not None and start._window.isVisible())
    assert start._window is not None
    end(start)
