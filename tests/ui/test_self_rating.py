"""自评 beside 督评: what the school says of itself is asked under the item, kept at once, and never makes a problem."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from jiandu_desktop.services.frozen_record import content
from jiandu_desktop.services.self_ratings import SELF_MARK
from jiandu_desktop.storage import visits
from jiandu_desktop.storage.self_ratings import self_ratings
from tests.support.wizard import Desk, inside, judged, press

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ROWS = (judged("phone", "手机不带入课堂", **{"bind::jiandu:self": "yes"}), judged("sleep", "睡眠时间有保证"))


def test_the_school_s_own_answer_stands_beside_the_inspector_s_and_makes_no_problem(desk: Desk) -> None:
    opened = desk.start_rows(*ROWS)
    with inside(desk, opened) as room:
        row = room.row("phone")
        assert room.row("sleep").self_rating is None
        assert row.self_rating is not None
        row.self_rating.field.focus_target().setFocus()
        press("3")
        assert room.value("phone") == ""
        assert room.room.filling.problems == {}
        room.go("phone")
        press("1")
        assert row.self_rating.differs.isVisibleTo(row)
        room.keep()
        ref = room.ref("phone")
    store = desk.services.store
    with store.reading() as work:
        assert self_ratings(work, opened.visit.id) == {ref: "no"}
        assert visits.answers(work, opened.visit.id)[ref] == "yes"
        assert content(work, visits.visit(work, opened.visit.id))["self"] == {ref: "no"}
        assert [entry.new for entry in visits.trail(work, opened.visit.id) if entry.ref == SELF_MARK + ref] == ["no"]


def test_it_is_there_again_after_a_restart_and_can_be_taken_back(desk: Desk) -> None:
    opened = desk.start_rows(*ROWS)
    with inside(desk, opened) as room:
        row = room.row("phone")
        assert row.self_rating is not None
        row.self_rating.field.focus_target().setFocus()
        press("2")
        room.keep()
    with inside(desk, desk.reopen()) as room:
        ref = room.ref("phone")
        assert room.room.filling.self_ratings.value(ref) == "part"
        row = room.row("phone")
        assert row.self_rating is not None
        row.self_rating.field.focus_target().setFocus()
        press("1")
        room.room.undo()
        assert room.room.filling.self_ratings.value(ref) == "part"
        press(Qt.Key.Key_Tab)
