"""两边不同 in the window: both values, who wrote them, a person chooses or merges with a reason, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.program import Services
from jiandu_desktop.services.wire import to_wire
from jiandu_desktop.storage import visits as stored
from jiandu_desktop.sync.operation import Op
from jiandu_desktop.ui.application import build_window
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.pages.conflicts import ConflictsRoom
from jiandu_desktop.ui.pages.sync import SyncPage
from jiandu_desktop.ui.tasks import Tasks
from jiandu_desktop.ui.widgets.text import Prose
from tests.services.test_conflicts import TWO, arrive, two_ways
from tests.support.bureau import open_office
from tests.support.said import Said
from tests.support.window import OpenWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def opened(qapp: QApplication, tmp_path: Path, said: Said) -> Iterator[OpenWindow]:
    set_theme(qapp, dark=False)
    made = OpenWindow(tmp_path)
    yield made
    made.close()


def of_office(opened: OpenWindow) -> OpenWindow:
    """The office's own computer in a window of its own."""
    made = OpenWindow.__new__(OpenWindow)
    made.clock, made.profiles, made.tasks = opened.clock, opened.profiles, Tasks()
    made.services = open_office(opened.profiles.demo, opened.clock)
    made.window = build_window(made.services, made.profiles, made.tasks, None)
    made.window.resize(1366, 768)
    made.window.show()
    made.settle()
    return made


def dispute(services: Services) -> str:
    first, mine, theirs = two_ways(services)
    arrive(services, mine, theirs)
    services.store.publish(Changes(assignments=frozenset({first.id}), sync=True))
    return first.id


def enter(opened: OpenWindow) -> ConflictsRoom:
    page = opened.show("sync")
    assert isinstance(page, SyncPage)
    assert not page.disputes.isHidden()
    page.disputes.open.click()
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, ConflictsRoom)
    return room


def test_an_inspector_sees_both_values_and_that_the_office_decides(opened: OpenWindow) -> None:
    dispute(opened.services)
    room = enter(opened)
    due = next(card for card in room.cards if card.line.field == "due")
    assert {tile.radio.accessibleName().split()[1] for tile in due.tiles} == {"2026-12-01", "2026-12-08"}
    assert not any(tile.radio.isEnabled() for tile in due.tiles)
    assert due.settle.isHidden()
    assert opened.window.rail._entries["sync"].count() == 2
    QTest.keyClick(room, Qt.Key.Key_Escape)
    opened.settle()
    assert opened.window.room() is None


def test_the_office_chooses_one_with_a_reason_and_merges_another(opened: OpenWindow) -> None:
    office = of_office(opened)
    entity = dispute(office.services)
    room = enter(office)
    due = next(card for card in room.cards if card.line.field == "due")
    assert not due.settle.isEnabled(), "without a choice and a reason nothing is decided"
    due.tiles[1].radio.setChecked(True)
    assert not due.settle.isEnabled()
    due.reason.setText("与学校商定")
    chosen = due.line.values[1].value
    due.settle.click()
    office.settle()
    task = next(card for card in room.cards)
    assert task.line.field == "task"
    task.tiles[2].field.setFocus()
    QTest.keyClicks(task.tiles[2].field, "A and B")
    assert task.tiles[2].radio.isChecked()
    task.reason.setText("合并")
    QTest.keyClick(task.reason, Qt.Key.Key_Return)
    office.settle()
    assert room.cards == []
    decided = office.services.conflicts.view().decided
    assert {line.resolution for line in decided if line.entity == entity} == {chosen, "A and B"}
    # The rail counts anew when the room is left: until then nobody sees it.
    room.leave.emit()
    office.until(lambda: office.window.rail._entries["sync"].count() == 0)
    office.close()


def test_a_date_that_is_none_is_said_in_place(opened: OpenWindow) -> None:
    office = of_office(opened)
    dispute(office.services)
    room = enter(office)
    due = next(card for card in room.cards if card.line.field == "due")
    due.tiles[2].radio.setChecked(True)
    due.tiles[2].field.setText("明天")
    due.reason.setText("急")
    due.settle.click()
    office.settle()
    assert "2026-12-10" in due.notice.text()
    assert len(room.cards) == 2
    office.close()


def test_what_is_being_written_stays_when_something_else_arrives(opened: OpenWindow) -> None:
    office = of_office(opened)
    dispute(office.services)
    room = enter(office)
    due = next(card for card in room.cards if card.line.field == "due")
    due.reason.setText("还没写完")
    room.refresh()
    office.settle()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert due in room.cards
    assert due.reason.text() == "还没写完"
    office.close()


def test_two_papers_with_one_number_stand_side_by_side_with_what_to_do(opened: OpenWindow) -> None:
    """As two copies of one laptop leave them, of which each issued a paper before it saw the folder."""
    office = of_office(opened)
    services = office.services
    with services.store.reading() as work:
        paper = stored.documents(work)[0]
    twin = replace(paper, id="00000000-0000-7000-8000-00000000beef", device=TWO)
    data = {"document": to_wire(twin), "blobs": []}
    arrive(services, Op(f"{TWO}:1", "1795000000000.0000", (), "li", twin.id, "document.issued", data))
    services.store.publish(Changes(documents=frozenset({twin.id}), sync=True))
    room = enter(office)
    (card,) = room.cards
    assert card.line.about == paper.number
    assert all(paper.title in tile.radio.accessibleName() for tile in card.tiles)
    assert "两份文书用了同一个文号" in " ".join(each.text() for each in card.findChildren(QLabel))
    assert any("另一份作废" in each.text() for each in card.findChildren(Prose))
    card.tiles[0].radio.setChecked(True)
    card.reason.setText("先送达学校的一份")
    card.settle.click()
    office.settle()
    assert room.cards == []
    office.close()
