"""The wizard's rows: long questions, larger text, and undo step by step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.questions.keys import KeysField
from tests.support.checklists import q
from tests.support.wizard import THREE, Desk, inside, judged, press

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_a_long_question_takes_a_second_line_and_its_keys_stay_in_sight(desk: Desk) -> None:
    rows = (judged("long", "学校建立健全" * 12), judged("short", "短"))
    with inside(desk, desk.start_rows(*rows), width=1097, height=617) as room:
        row, short = room.row("long"), room.row("short")
        assert row.height() >= 78 > short.height()
        assert isinstance(row.field, KeysField)
        assert row.field.geometry().right() == short.field.geometry().right()


def test_typing_a_number_is_one_step_to_undo_and_each_answer_another(desk: Desk) -> None:
    with inside(desk, desk.start_rows(q("integer", "n", "人数"), judged("a", "甲"))) as room:
        press("1")
        QTest.qWait(500)
        press("2")
        QTest.qWait(500)
        assert room.value("n") == "12"
        room.go("a")
        press(Qt.Key.Key_1)
        room.go("a")
        press("0")
        room.room.undo()
        assert room.value("a") == "yes"
        room.room.undo()
        assert (room.value("a"), room.value("n")) == ("", "12")
        room.room.undo()
        assert room.value("n") == ""


def test_a_larger_text_is_taken_while_the_room_is_open(desk: Desk, qapp: QApplication) -> None:
    with inside(desk, desk.start_rows(*THREE)) as room:
        before = room.row("b").height()
        room.go("b")
        set_theme(qapp, dark=True, text_scale=1.3)
        QTest.qWait(30)
        rows = [room.row(name) for name in "abc"]
        assert rows[1].height() > before
        assert [row.y() for row in rows[1:]] == [rows[0].height(), rows[0].height() + rows[1].height()]
        set_theme(qapp, dark=False)
