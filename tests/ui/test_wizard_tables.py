"""Repeats on the screen: as rows and as a table, nested and fixed; and sections too long to be built whole."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from jiandu_desktop.ui.wizard.entries import Entry, EntryKind
from jiandu_desktop.ui.wizard.headings import RepeatFoot
from jiandu_desktop.ui.wizard.table_parts import TableEnd
from tests.support.appearances import CHOICES, REPEATS
from tests.support.said import Said
from tests.support.wizard import Desk, Inside, inside, judged, press, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

GUARD = "/data/repeats/guard"


def cell(room: Inside, number: int, name: str) -> str:
    return room.room.instance.node(f"{GUARD}[{number}]/{name}").value


def test_a_table_is_filled_by_the_keyboard_alone(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*REPEATS, choices=CHOICES)) as room:
        room.room.view.go_to(f"{GUARD}[1]/guard_name")
        settle()
        press("赵一")
        press(Qt.Key.Key_Return)
        press("45")
        press(Qt.Key.Key_Tab)
        press("较好")
        press(Qt.Key.Key_Return)
        press("1001")
        press(Qt.Key.Key_Return)
        assert room.room.current_ref == f"{GUARD}[2]/guard_name", "Enter after the last cell begins a new line"
        press("钱二")
        press(Qt.Key.Key_Return)
        press("63")
        press(Qt.Key.Key_Up)
        assert room.room.current_ref == f"{GUARD}[1]/guard_age", "up stays in its column"
        assert [cell(room, 1, name) for name in ("guard_name", "guard_age", "guard_state")] == ["赵一", "45", "level2"]
        assert cell(room, 1, "guard_since").endswith("-10-01")
        assert cell(room, 2, "guard_name") == "钱二"
        bad = room.room.view.list.row(f"{GUARD}[2]/guard_age")
        good = room.room.view.list.row(f"{GUARD}[1]/guard_age")
        assert bad is not None
        assert good is not None
        assert bad.height() > good.height(), "what is wrong stands under its cell"
        assert bad.x() == good.x() > 68


def test_a_line_of_a_table_is_taken_away_and_brought_back(desk: Desk, said: Said) -> None:
    with inside(desk, desk.start_rows(*REPEATS, choices=CHOICES)) as room:
        room.room.view.go_to(f"{GUARD}[1]/guard_name")
        room.room.filling.answer(f"{GUARD}[1]/guard_name", "甲")
        foot = next(foot for foot in room.room.view.findChildren(RepeatFoot) if "保安" in _words(foot))
        QTest.mouseClick(foot.findChild(QAbstractButton), Qt.MouseButton.LeftButton)
        settle()
        room.room.filling.answer(f"{GUARD}[2]/guard_name", "乙")
        settle()
        ends = [end for end in room.room.view.findChildren(TableEnd) if end.isVisible()]
        first = min(ends, key=lambda end: end.y())
        QTest.mouseClick(first.findChild(QAbstractButton), Qt.MouseButton.LeftButton)
        settle()
        assert cell(room, 1, "guard_name") == "乙"
        assert said.toasts == ["已删除“保安人员 1”"]
        room.room.undo()
        settle()
        assert [cell(room, number, "guard_name") for number in (1, 2)] == ["甲", "乙"]


def test_nested_rows_are_added_where_they_belong_and_counted_ones_not_at_all(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*REPEATS, choices=CHOICES)) as room:
        adding = [entry.ref for entry in _entries(room) if entry.kind is EntryKind.ADD]
        assert adding == ["/data/repeats/class[1]/seat", "/data/repeats/class", GUARD]
        fixed = [entry for entry in _entries(room) if entry.ref.startswith("/data/repeats/door[")]
        assert [entry.removable for entry in fixed if entry.kind is EntryKind.ROW] == [False, False]
        room.room.filling.answer("/data/repeats/doors", "3")
        settle()
        rows = [entry.label for entry in _entries(room) if entry.ref.startswith("/data/repeats/door[3]")]
        assert rows[0] == "校门 3"


def test_a_section_of_500_items_is_built_only_near_the_window(desk: Desk) -> None:
    rows = [judged(f"x{number}", f"第 {number} 题") for number in range(500)]
    with inside(desk, desk.start_rows(*rows)) as room:
        column = room.room.view.list.column
        assert column is not None
        QTest.qWait(100)
        assert len(column.rows) < 60
        row = room.go("x400")
        assert row.y() - room.room.view.list.verticalScrollBar().value() >= 0
        assert len(column.rows) < 120
        press("1")
        assert room.value("x400") == "yes"
        bar = room.room.view.list.verticalScrollBar()
        bar.setValue(bar.maximum() // 2)
        QTest.qWait(100)
        seen = [row for row in column.rows.values() if not row.visibleRegion().isEmpty()]
        assert len(seen) >= 9, "wherever one scrolls there are rows"
        bar.setValue(bar.maximum())
        QTest.qWait(100)
        assert not column.rows["/data/x499"].visibleRegion().isEmpty()


def _words(foot: RepeatFoot) -> str:
    button = foot.findChild(QAbstractButton)
    return button.text() if button is not None else ""


def _entries(room: Inside) -> list[Entry]:
    column = room.room.view.list.column
    assert column is not None
    return list(column.entries)
