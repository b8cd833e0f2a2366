"""The school's open problems stand above the first section: one key each, taken back like any answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from jiandu_desktop.services.rows_today import AssignmentState
from jiandu_desktop.ui.tour.director import activate
from jiandu_desktop.ui.wizard.room import WizardRoom
from tests.support.said import Said
from tests.support.window import OpenWindow
from tests.support.wizard import CONTROL, Desk, focus, inside, press

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def opened(tmp_path: Path, qapp: QApplication, said: Said) -> Iterator[OpenWindow]:
    window = OpenWindow(tmp_path)
    yield window
    window.close()


def begin(opened: OpenWindow) -> WizardRoom:
    """A visit at the school that owes most."""
    rows = opened.services.today.rows(opened.services.store.today())
    row = max(
        (row for row in rows if row.state is AssignmentState.NOT_STARTED),
        key=lambda row: (row.open_problems, row.assignment_id),
    )
    opened.assembly.desk.start_wanted.emit(row.assignment_id)
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, WizardRoom)
    activate(opened.window)
    return room


def test_each_is_judged_by_one_key_and_the_last_leads_to_the_checklist(opened: OpenWindow) -> None:
    room = begin(opened)
    owed = room.owed
    assert owed.isVisible()
    assert len(owed.lines) >= 2
    press(Qt.Key.Key_F6)
    assert focus() is owed.lines[0].keys
    for _ in owed.lines:
        press(Qt.Key.Key_1)
    assert room.view.list.isAncestorOf(focus())
    assert [line.keys.value() for line in owed.lines] == ["done"] * len(owed.lines)
    press(Qt.Key.Key_Z, CONTROL)
    assert owed.lines[-1].keys.value() is None
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_3)
    assert room.flush()
    found = opened.services.visits.resume(room.filling.visit_id).owed_results
    assert list(found.values()).count("done") == len(owed.lines) - 1
    assert found[owed.lines[-1].problem_id] == "not_done"
    room.next_section()
    opened.settle()
    assert not owed.isVisible()
    press(Qt.Key.Key_F6)
    assert owed.isVisible()


def test_a_school_that_owes_nothing_has_no_line_of_it(desk: Desk) -> None:
    with inside(desk, desk.start_routine()) as room:
        assert not room.room.owed.isVisible()
        before = focus()
        press(Qt.Key.Key_F6)
        assert focus() is before
