"""The wizard by keyboard alone: digits answer, the keyboard goes where the next answer is wanted."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from jiandu_desktop.domain.visit import AnswerSource
from jiandu_desktop.ui.wizard.repeat_rows import RepeatRows
from tests.support.checklists import END_GROUP, END_REPEAT, q
from tests.support.said import Said
from tests.support.wizard import CONTROL, SHIFT, THREE, Desk, Inside, focus, inside, judged, photo_file, press, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_a_digit_answers_and_the_keyboard_goes_to_the_next_unanswered_item(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*THREE)) as room:
        assert room.here == "a"
        press(Qt.Key.Key_1)
        assert (room.value("a"), room.here) == ("yes", "b")
        press("0")  # the key that the checklist itself gives to 不适用
        assert (room.value("b"), room.here) == ("na", "c")
        press(Qt.Key.Key_1)
        room.keep()
        assert desk.values()["/data/c"] == "yes"


def test_everything_answered_leads_to_finishing(desk: Desk, said: Said) -> None:
    with inside(desk, desk.start_rows(judged("a", "题"))) as room:
        press(Qt.Key.Key_1)
        assert said.toasts == ["全部答完，可以去完成了"]
        assert focus() is room.room.bottom.finish


def test_arrows_move_between_items_and_answers_without_answering(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*THREE)) as room:
        press(Qt.Key.Key_Down)
        assert room.here == "b"
        press(Qt.Key.Key_Down)
        press(Qt.Key.Key_Up)
        press(Qt.Key.Key_Right)
        assert (room.here, room.value("b")) == ("b", "")
        press(Qt.Key.Key_Left)
        press(Qt.Key.Key_Space)
        assert room.value("b") == "yes"


def test_f8_and_shift_f8_find_what_is_unanswered_in_any_section(desk: Desk) -> None:
    rows = [
        q("begin_group", "one", "第一节"), judged("a", "甲"), judged("b", "乙"), END_GROUP,
        q("begin_group", "two", "第二节"), judged("c", "丙"), judged("d", "丁"), END_GROUP,
    ]  # fmt: skip
    with inside(desk, desk.start_rows(*rows)) as room:
        for name in ("a", "b", "c"):
            room.room.filling.answer(room.ref(name), "yes")
        press(Qt.Key.Key_F8)
        assert room.here == "d"
        assert room.room.view.head.accessibleName() == "2 第二节 1/2"
        room.room.filling.answer(room.ref("a"), "")
        press(Qt.Key.Key_F8, SHIFT)
        assert room.here == "a"
        press(Qt.Key.Key_Return, CONTROL)
        assert room.here == "d"


def test_nothing_that_is_required_holds_the_inspector_back(desk: Desk) -> None:
    rows = (judged("a", "甲", required="yes"), judged("b", "乙"))
    with inside(desk, desk.start_rows(*rows)) as room:
        press(Qt.Key.Key_Down)
        assert room.here == "b"
        assert room.row("a").view is not None
        assert room.row("a").view.question.warning == ""


def test_a_note_opens_in_place_and_is_kept_when_it_is_left(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*THREE)) as room:
        press(Qt.Key.Key_D, CONTROL)
        note = room.row("a").note
        assert note is focus()
        press("1 楼东侧")
        assert room.value("a") == ""  # digits are letters in a note
        press(Qt.Key.Key_Return)
        assert room.here == "b"
        room.keep()
        assert desk.services.visits.resume(desk.visit_id).notes == {"/data/a": "1 楼东侧"}
        press(Qt.Key.Key_Z, CONTROL)
        assert room.row("a").note is not None
        assert not room.row("a").note.isVisible()


def test_the_rest_of_a_section_in_one_key_leaves_vetoes_and_evidence_alone(desk: Desk, said: Said) -> None:
    rows = (
        judged("a", "甲"), judged("b", "乙", j_evidence=1), judged("c", "丙", j_veto="yes"), judged("d", "丁"),
        q("select_one ypn", "e", "戊", j_weight=1), q("integer", "n", "人数"),
    )  # fmt: skip
    with inside(desk, desk.start_rows(*rows)) as room:
        room.room.filling.answer(room.ref("d"), "na")
        QTest.mouseClick(room.room.view.head.bulk, Qt.MouseButton.LeftButton)
        settle()
        assert {name: room.value(name) for name in "abcde"} == {"a": "yes", "b": "", "c": "", "d": "na", "e": "yes"}
        assert said.toasts == ["本节 2 题已答“符合”"]
        room.keep()
        room.room.undo()
        settle()
        assert [room.value(name) for name in "ade"] == ["", "na", ""]
        room.keep()
        values = desk.values()
        assert "/data/a" not in values or not values["/data/a"]


def test_after_the_rest_of_a_section_the_keyboard_is_at_what_is_left_to_answer(desk: Desk) -> None:
    rows = (judged("a", "甲"), judged("b", "乙"), judged("c", "丙", j_veto="yes"))
    with inside(desk, desk.start_rows(*rows)) as room:
        QTest.mouseClick(room.room.view.head.bulk, Qt.MouseButton.LeftButton)
        settle()
        assert room.here == "c"
        press(Qt.Key.Key_1)
        assert room.value("c") == "yes"


def test_the_offer_to_take_back_is_gone_once_it_would_take_back_something_else(desk: Desk, said: Said) -> None:
    rows = (judged("a", "甲"), judged("b", "乙"), judged("c", "丙", j_veto="yes"), q("integer", "n", "人数"))
    with inside(desk, desk.start_rows(*rows)) as room:
        for follow in (lambda: press(Qt.Key.Key_Z, CONTROL), lambda: room.room.filling.answer(room.ref("n"), "3")):
            room.room.answer_rest()
            assert said.offer == "撤销 Ctrl+Z"
            follow()
            settle()
            assert said.offer == ""


def test_enter_in_a_field_goes_to_the_next_unanswered_item_and_no_further(desk: Desk) -> None:
    rows = (
        q("integer", "n", "人数"), judged("a", "甲"), q("date", "day", "日期"), judged("b", "乙"),
        q("text", "word", "一句话"), judged("c", "丙"), q("time", "at", "时间"), judged("d", "丁"),
    )  # fmt: skip
    typed = (("n", "12", "a"), ("day", "1103", "b"), ("word", "ok", "c"), ("at", "930", "d"))
    with inside(desk, desk.start_rows(*rows)) as room:
        for name, text, following in typed:
            room.go(name)
            press(text)
            press(Qt.Key.Key_Return)
            assert room.here == following


def test_the_trail_tells_bulk_from_hand(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = []
    real = desk.services.visits.save_answers

    def spy(visit_id, changes, place, tally):  # type: ignore[no-untyped-def]
        sources.extend((change.ref.rsplit("/", 1)[1], change.source) for change in changes)
        return real(visit_id, changes, place, tally)

    opened = desk.start_rows(*THREE)
    monkeypatch.setattr(desk.services.visits, "save_answers", spy)
    with inside(desk, opened) as room:
        press(Qt.Key.Key_1)
        room.room.answer_rest()
        room.room.undo()
        room.keep()
        asked = [(name, source) for name, source in sources if name in "abc"]
        assert asked == [
            ("a", AnswerSource.BY_HAND),
            ("b", AnswerSource.BULK),
            ("c", AnswerSource.BULK),
            ("b", AnswerSource.UNDO),
            ("c", AnswerSource.UNDO),
        ]


def test_items_appear_and_vanish_without_moving_what_is_in_hand(desk: Desk) -> None:
    rows = [q("select_one ypn", "dorm", "有宿舍")]
    rows += [q("integer", f"bed{n}", f"床位 {n}", relevant="${dorm} = 'yes'") for n in range(6)]
    rows += [judged(f"x{n}", f"题 {n}") for n in range(20)]
    with inside(desk, desk.start_rows(*rows), height=690) as room:
        room.go("x12")
        view = room.room.view.list
        before = room.row("x12").y() - view.verticalScrollBar().value()
        room.room.filling.answer(room.ref("dorm"), "yes")
        settle()
        assert room.row("bed0").isVisibleTo(view)
        assert room.row("x12").y() - view.verticalScrollBar().value() == before
        assert room.here == "x12"
        assert room.row("x12").isAncestorOf(focus())
        room.room.filling.answer(room.ref("dorm"), "no")
        settle()
        assert view.row(room.ref("bed0")) is None
        assert room.row("x12").y() - view.verticalScrollBar().value() == before


def test_a_number_is_checked_while_it_is_typed_and_a_soft_warning_can_stay(desk: Desk) -> None:
    rows = (
        q(
            "integer", "guards", "保安人数", constraint=". <= 5", constraint_message="上次填 3 名", j_soft="yes",
            j_unit="名",
        ),
        q("integer", "hard", "班数", constraint=". < 100", constraint_message="班数太多"),
    )  # fmt: skip
    with inside(desk, desk.start_rows(*rows)) as room:
        press("１２")  # full-width, as an input method gives them
        QTest.qWait(500)
        assert room.value("guards") == "12"
        row = room.row("guards")
        assert row.view is not None
        assert (row.view.question.warning, row.view.question.soft) == ("上次填 3 名", True)
        assert row.keep_link is not None
        QTest.mouseClick(row.keep_link, Qt.MouseButton.LeftButton)
        room.keep()
        assert desk.services.visits.resume(desk.visit_id).kept == {"/data/guards"}
        room.go("hard")
        press("500")
        press(Qt.Key.Key_Return)
        hard = room.row("hard").view
        assert hard is not None
        assert (hard.question.warning, hard.question.soft) == ("班数太多", False)
        press(Qt.Key.Key_Z, CONTROL)
        assert room.value("hard") == ""


def test_rows_of_a_repeat_come_and_go_and_an_undo_brings_them_back(desk: Desk) -> None:
    rows = (
        q("begin_group", "sec", "听课"), q("begin_repeat", "class", "听课记录"), q("text", "who", "教师"),
        q("select_one ypn", "good", "课堂有效", j_weight=1), END_REPEAT, q("text", "end", "小结"), END_GROUP,
    )  # fmt: skip
    with inside(desk, desk.start_rows(*rows)) as room:
        filling = room.room.filling
        rows_of(room).add("/data/sec/class")
        filling.answer("/data/sec/class[1]/who", "张老师")
        filling.answer("/data/sec/class[2]/who", "李老师")
        filling.note("/data/sec/class[2]/who", "二班")
        settle()
        rows_of(room).remove("/data/sec/class[1]")
        settle()
        assert room.room.instance.node("/data/sec/class[1]/who").value == "李老师"
        assert filling.notes == {"/data/sec/class[1]/who": "二班"}
        room.keep()
        assert desk.values()["/data/sec/class[1]/who"] == "李老师"
        room.room.undo()
        room.keep()
        values = desk.values()
        assert [values[f"/data/sec/class[{n}]/who"] for n in (1, 2)] == ["张老师", "李老师"]
        assert filling.notes == {"/data/sec/class[2]/who": "二班"}


def rows_of(room: Inside) -> RepeatRows:
    return room.room.view._rows


def test_problems_and_photos_follow_the_row_they_belong_to(desk: Desk, tmp_path: Path) -> None:
    rows = (
        q("begin_group", "sec", "听课"), q("begin_repeat", "class", "听课记录"),
        q("select_one ypn", "good", "课堂有效", j_weight=1, j_problem="无效"), END_REPEAT, END_GROUP,
    )  # fmt: skip
    with inside(desk, desk.start_rows(*rows)) as room:
        filling, refs = room.room.filling, [f"/data/sec/class[{n}]/good" for n in (1, 2, 3)]
        rows_of(room).add("/data/sec/class")
        rows_of(room).add("/data/sec/class")
        for ref in (refs[1], refs[0], refs[2]):
            filling.answer(ref, "no")
            filling.edit_problem(ref, {"text": f"问题在 {ref}"})
        room.room.intake.take_files(refs[2], [photo_file(tmp_path / "a.jpg")], False)
        room.keep()
        rows_of(room).remove("/data/sec/class[1]")
        room.keep()
        kept = desk.services.visits.resume(desk.visit_id)
        assert {problem.ref: problem.text for problem in kept.problems} == {
            refs[0]: f"问题在 {refs[1]}", refs[1]: f"问题在 {refs[2]}",
        }  # fmt: skip
        assert [photo.ref for photo in kept.photos] == [refs[1]]
        room.room.undo()
        room.keep()
        kept = desk.services.visits.resume(desk.visit_id)
        assert {problem.ref: problem.text for problem in kept.problems} == {ref: f"问题在 {ref}" for ref in refs}
        assert [photo.ref for photo in kept.photos] == [refs[2]]


def test_every_type_of_question_takes_an_answer(desk: Desk) -> None:
    many = [{"list_name": "town", "name": f"t{n}", "label": f"第{n}镇"} for n in range(12)]
    ways = (("w", "巡视"), ("l", "听课"), ("p", "查阅"))
    some = [{"list_name": "way", "name": name, "label": label} for name, label in ways]
    rows = (
        q("select_one town", "town", "所在镇", appearance="search"), q("select_multiple way", "ways", "方式"),
        q("rank way", "order", "排序"),
        q("decimal", "area", "面积"), q("range", "mood", "满意度", parameters="start=0 end=10 step=1"),
        q("text", "word", "一句话"), q("text", "story", "经过", appearance="multiline"), q("date", "day", "日期"),
        q("time", "at", "时间"), q("dateTime", "moment", "何时"), q("acknowledge", "seen", "已告知"),
        q("geopoint", "spot", "位置"), q("barcode", "code", "编号"), q("note", "hint", "请逐项查看"),
        q("calculate", "twice", "", calculation="${area} * 2"),
    )  # fmt: skip
    with inside(desk, desk.start_rows(*rows, choices=[*many, *some])) as room:
        room.go("town")
        press("第7")
        press(Qt.Key.Key_Tab)
        room.go("ways")
        press("13")
        room.go("order")
        press("21")
        room.go("area")
        press("12.5")
        press(Qt.Key.Key_Return)
        room.go("mood")
        press("8")
        press(Qt.Key.Key_Return)
        room.go("word")
        press("整洁")
        press(Qt.Key.Key_Return)
        room.go("story")
        press("第一行")
        press(Qt.Key.Key_Return, SHIFT)
        press("第二行")
        press(Qt.Key.Key_Return)
        room.go("day")
        press("1121")
        press(Qt.Key.Key_Return)
        room.go("at")
        press("930")
        press(Qt.Key.Key_Return)
        room.go("moment")
        press("1120")
        press(Qt.Key.Key_Tab)
        press("1405")
        press(Qt.Key.Key_Return)
        room.go("seen")
        press(Qt.Key.Key_Space)
        room.go("spot")
        press("28.21，112.93")
        press(Qt.Key.Key_Return)
        room.go("code")
        press("6901234567892")
        press(Qt.Key.Key_Return)
        room.keep()
        answers = {name: room.value(name) for name in ("town", "ways", "order", "area", "mood", "word", "story", "day")}
        assert answers == {
            "town": "t7", "ways": "w p", "order": "l w p", "area": "12.5", "mood": "8", "word": "整洁",
            "story": "第一行\n第二行", "day": "2026-11-21",
        }  # fmt: skip
        assert room.value("at").startswith("09:30")
        assert room.value("moment").startswith("2026-11-20T14:05:00")
        assert (room.value("seen"), room.value("spot")) == ("OK", "28.21 112.93 0.0 0.0")
        assert (room.value("code"), room.value("twice")) == ("6901234567892", "25")
        stored = desk.values()
        assert stored["/data/order"] == "l w p"
