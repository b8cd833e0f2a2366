"""Every step of a visit can be taken back and done again, and what then stands is what is durable."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from jiandu_desktop.domain.visit import AnswerSource
from jiandu_desktop.ui.wizard.repeat_rows import RepeatRows
from tests.support.checklists import END_GROUP, END_REPEAT, q
from tests.support.wizard import CONTROL, THREE, Desk, focus, inside, photo_file, press, settle, until

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_what_was_taken_back_can_be_done_again_step_by_step(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*THREE)) as room:
        press(Qt.Key.Key_1)
        press(Qt.Key.Key_3)
        card = room.row("b").card
        assert card is not None
        press("，已当面指出")
        press(Qt.Key.Key_Return)
        text = room.room.filling.problems[room.ref("b")].text
        for _ in range(2):
            press(Qt.Key.Key_Z, CONTROL)
        assert [room.value(name) for name in "ab"] == ["", ""]
        assert room.room.filling.problems == {}
        assert room.here == "a"
        press(Qt.Key.Key_Y, CONTROL)
        assert (room.value("a"), room.here) == ("yes", "a")
        QTest.mouseClick(room.room.top.redo, Qt.MouseButton.LeftButton)
        settle()
        assert room.value("b") == "no"
        problem = room.room.filling.problems[room.ref("b")]
        assert (problem.text, problem.confirmed) == (text, True)
        assert not room.room.top.redo.isVisible()
        room.keep()
        assert desk.values()["/data/b"] == "no"
        assert [each.text for each in desk.services.visits.resume(desk.visit_id).problems] == [text]


def test_after_another_answer_there_is_nothing_to_do_again(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*THREE)) as room:
        press(Qt.Key.Key_1)
        press(Qt.Key.Key_Z, CONTROL)
        press(Qt.Key.Key_0)
        press(Qt.Key.Key_Y, CONTROL)
        assert room.value("a") == "na"


def test_a_bulk_is_one_step_both_ways_and_still_a_bulk_in_the_trail(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources: list[AnswerSource] = []
    real = desk.services.visits.save_answers

    def spy(visit_id, changes, place, tally):  # type: ignore[no-untyped-def]
        sources.extend(change.source for change in changes)
        return real(visit_id, changes, place, tally)

    opened = desk.start_rows(*THREE)
    monkeypatch.setattr(desk.services.visits, "save_answers", spy)
    with inside(desk, opened) as room:
        room.room.answer_rest()
        room.room.undo()
        room.room.redo()
        room.keep()
        assert [room.value(name) for name in "abc"] == ["yes"] * 3
        assert sources[-9:] == [AnswerSource.BULK] * 3 + [AnswerSource.UNDO] * 3 + [AnswerSource.BULK] * 3


def test_notes_photos_and_rows_come_back_likewise(desk: Desk, tmp_path: Path) -> None:
    rows = (
        q("begin_group", "sec", "听课"), q("begin_repeat", "class", "听课记录"), q("text", "who", "教师"),
        END_REPEAT, q("text", "end", "小结"), END_GROUP,
    )  # fmt: skip
    with inside(desk, desk.start_rows(*rows)) as room:
        filling, end = room.room.filling, room.ref("end")
        filling.note(end, "写在本子上")
        filling.add_photo(end, photo_file(tmp_path / "一.jpg"), "一.jpg")
        until(lambda: len(filling.photos) == 1)
        RepeatRows(filling).add("/data/sec/class")
        filling.answer("/data/sec/class[2]/who", "李老师")
        for _ in range(4):
            room.room.undo()
        assert (filling.notes, filling.photos) == ({}, [])
        assert "/data/sec/class[2]/who" not in filling.instance.values()
        for _ in range(4):
            room.room.redo()
        room.keep()
        assert filling.notes == {end: "写在本子上"}
        kept = desk.services.visits.resume(desk.visit_id)
        assert [photo.name for photo in kept.photos] == ["一.jpg"]
        assert kept.notes == {end: "写在本子上"}
        assert kept.values["/data/sec/class[2]/who"] == "李老师"


def test_a_file_copied_in_the_file_manager_is_pasted_as_a_photo_even_into_a_text(desk: Desk, tmp_path: Path) -> None:
    with inside(desk, desk.start_rows(*THREE)) as room:
        press(Qt.Key.Key_3)
        before = room.room.filling.problems[room.ref("a")].text
        mime = QMimeData()
        path = photo_file(tmp_path / "门口.jpg")
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        mime.setText(str(path))
        QGuiApplication.clipboard().setMimeData(mime)
        card = room.row("a").card
        assert card is not None
        assert card.text is focus()
        press(Qt.Key.Key_V, CONTROL)
        until(lambda: len(room.room.filling.photos) == 1)
        assert card.text.text() == before


def test_alt_and_a_digit_lead_to_a_place_of_the_section(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*THREE)) as room:
        press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
        assert room.here == "c"
        press(Qt.Key.Key_9, Qt.KeyboardModifier.AltModifier)
        assert room.here == "c"
