"""Several shared folders and their check, refused files, photos that only the office has, rounds by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from jiandu_desktop.progress import Progress
from jiandu_desktop.services.exchange import RefusedFile
from jiandu_desktop.storage import county
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.pages.sync import SyncPage
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


@pytest.fixture
def stick(opened: OpenWindow, tmp_path: Path) -> Path:
    path = tmp_path / "U盘"
    path.mkdir()
    opened.services.exchange.prepare_stick(str(path))
    return path


def sync_page(opened: OpenWindow) -> SyncPage:
    page = opened.show("sync")
    assert isinstance(page, SyncPage)
    return page


def not_demo(opened: OpenWindow) -> None:
    """As it is at a real unit: nothing begins by itself in the demo."""
    with opened.services.store.writing() as work:
        county.keep_fact(work, "demo", False)


def look(opened: OpenWindow) -> None:
    opened.assembly._auto.look()
    opened.settle()


def test_a_stick_is_added_chosen_and_taken_off_the_list_and_its_content_stays(opened: OpenWindow, stick: Path) -> None:
    page = sync_page(opened)
    every_day = opened.services.exchange.folder()
    # The bureau was built elsewhere and copied: it remembers the folder of that place too.
    before = set(page.folder.lines) - {every_day}

    def shown() -> list[str]:
        return [path for path in page.folder.lines if path not in before]

    page.save_to_stick(stick)
    opened.until(lambda: shown() == [every_day, str(stick)])
    assert "同步过" in page.folder.lines[str(stick)].facts.text()
    assert "可以正常读写" in page.folder.lines[str(stick)].facts.text()
    page.folder.lines[str(stick)].use.click()
    opened.settle()
    assert opened.services.exchange.folder() == str(stick)
    assert shown() == [str(stick), every_day]
    content = sorted(stick.rglob("*"))
    page.folder.lines[str(stick)].forget.click()
    opened.settle()
    assert shown() == [every_day]
    assert opened.services.exchange.folder() == every_day
    assert sorted(stick.rglob("*")) == content


def test_a_check_tells_what_a_folder_can_do_and_can_be_copied(opened: OpenWindow, tmp_path: Path) -> None:
    page = sync_page(opened)
    page.folder.try_out.click()
    opened.settle()
    assert page.doctor.isVisible()
    assert "可以新建、改名、删除文件" in page.doctor.words()
    page.doctor.copy.click()
    assert QGuiApplication.clipboard().text() == page.doctor.words()
    page.doctor.close_it.click()
    assert page.doctor.isHidden()
    page.examine(str(tmp_path / "gone"))
    opened.settle()
    assert "找不到共享文件夹" in page.notice.text()


def test_what_the_office_refused_of_this_computer_stands_beside_what_was_refused_here(opened: OpenWindow) -> None:
    page = sync_page(opened)
    now = opened.clock()
    here = RefusedFile(name="a", reason="“a”内容损坏", seen_at=now)
    there = RefusedFile(name="b", reason="“b”的签名不对", seen_at=now)
    page.refused.show_files((here,), (there,))
    assert "有 2 个文件没有读入" in [label.text() for label in page.refused.findChildren(QLabel)]
    assert "内容损坏" in page.refused.words()
    assert "签名不对" in page.refused.words()
    receipts = len(opened.services.exchange.state().receipts)
    page.refused.check.click()
    opened.settle()
    assert len(opened.services.exchange.state().receipts) == receipts + 1


def test_a_folder_that_appears_starts_a_round_by_itself(opened: OpenWindow, stick: Path, said: Said) -> None:
    not_demo(opened)
    row = next(row for row in opened.services.today.rows(opened.services.store.today()) if row.visit_id is None)
    opened.services.folders.add(str(stick))
    away = stick.with_name("away")
    stick.rename(away)
    look(opened)
    do_visit(opened.services, row.assignment_id)
    look(opened)
    assert opened.services.exchange.state().waiting[0].state.value == "kept", "nothing appeared, nothing began"
    away.rename(stick)
    look(opened)
    assert opened.services.exchange.state().waiting[0].state.value == "in_folder"
    assert any("已送出 1 份记录" in text for text in said.toasts)
    assert said.warnings == []
    assert said.troubles == []


def test_nothing_begins_by_itself_in_the_demo_or_where_it_is_switched_off(opened: OpenWindow, stick: Path) -> None:
    before = len(opened.services.exchange.state().receipts)
    opened.clock.advance(days=2)
    look(opened)
    not_demo(opened)
    page = sync_page(opened)
    page.folder.automatic.choose("0")
    opened.settle()
    look(opened)
    assert len(opened.services.exchange.state().receipts) == before
    page.folder.automatic.choose("1")
    opened.settle()
    look(opened)
    assert len(opened.services.exchange.state().receipts) == before + 1, "the last round was two days ago"


def test_a_round_by_itself_that_fails_warns_nobody(opened: OpenWindow, stick: Path, said: Said) -> None:
    not_demo(opened)
    look(opened)
    opened.services.folders.add(str(stick))
    next(stick.glob("root-*")).unlink()
    look(opened)
    assert said.warnings == []
    assert said.troubles == []
    assert said.toasts == []


def test_a_photo_that_only_the_office_has_is_fetched_when_it_is_asked_for(opened: OpenWindow) -> None:
    services = opened.services
    services.exchange.sync(Progress())
    photo = next(
        photo
        for row in services.visits.rows()
        for photo in services.visits.resume(row.visit.id).photos
        if services.store.media.has(photo.sha256)
    )
    content = services.store.media.read(photo.sha256)
    services.store.media.path(photo.sha256).unlink()
    assert services.exchange.bytes_of(photo.sha256) == content
    assert services.store.media.has(photo.sha256)
