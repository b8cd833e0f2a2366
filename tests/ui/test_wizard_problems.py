"""A failed answer opens its problem in place, already filled; nobody retypes what the checklist knows."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from jiandu_desktop.domain.problem import Grade, Handling
from jiandu_desktop.ui.wizard.problem_card import ProblemCard
from tests.support.checklists import q
from tests.support.said import Said
from tests.support.wizard import CONTROL, Desk, Inside, focus, inside, press, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

GUARD = q(
    "select_one ypn", "guard", "门卫查验登记", j_weight=5, j_problem="门卫登记不全:{value}", j_measure="补齐登记",
    j_basis="《消防法》第二十八条 不得占用疏散通道", j_days=15, j_grade="general", j_evidence=1,
    j_phrases="phrases_guard", j_matter="safety",
)  # fmt: skip
VETO = q("select_one ypn", "fire", "无重大隐患", j_veto="yes", j_problem="有重大隐患", j_measure="立即整改", j_days=3)
LAST = q("select_one ypn", "last", "最后一题", j_weight=1)


def card(room: Inside, name: str) -> ProblemCard:
    found = room.row(name).card
    assert found is not None, "no problem card is open"
    return found


def test_a_failed_answer_opens_a_filled_card_with_the_text_selected(desk: Desk) -> None:
    with inside(desk, desk.start_rows(GUARD, LAST)) as room:
        press(Qt.Key.Key_3)
        opened = card(room, "guard")
        assert opened.text is focus()
        assert opened.text.textCursor().selectedText() == "门卫登记不全:不符合"
        assert opened.measure.text() == "补齐登记"
        assert opened.grade.text() == "一般问题"
        assert opened.handling.value() == Handling.BY_DATE.value
        assert opened.due.day() == date(2026, 12, 7), "15 days end on a Sunday: 顺延"
        assert room.here == "guard"


def test_enter_confirms_the_card_as_it_is_and_goes_on(desk: Desk) -> None:
    with inside(desk, desk.start_rows(GUARD, LAST)) as room:
        press(Qt.Key.Key_3)
        press(Qt.Key.Key_Return)
        assert room.here == "last"
        room.keep()
        [problem] = desk.services.visits.resume(desk.visit_id).problems
        assert (problem.text, problem.confirmed, problem.grade) == ("门卫登记不全:不符合", True, Grade.GENERAL)
        assert (problem.item, problem.matter, problem.evidence_wanted) == ("1.1", "校园安全", 1)


def test_what_is_typed_in_the_card_is_kept(desk: Desk) -> None:
    with inside(desk, desk.start_rows(GUARD, LAST)) as room:
        press(Qt.Key.Key_3)
        press("登记本缺 3 天")
        press(Qt.Key.Key_Tab)
        press(Qt.Key.Key_Tab)
        opened = card(room, "guard")
        assert opened.handling is focus()
        press(Qt.Key.Key_Tab)
        press("1201")
        press(Qt.Key.Key_Tab)
        assert opened.responsible.lineEdit() is focus() or opened.responsible is focus()
        opened.responsible.lineEdit().selectAll()
        press("陈立")
        press(Qt.Key.Key_Return)
        room.keep()
        [problem] = desk.services.visits.resume(desk.visit_id).problems
        assert (problem.text, problem.due, problem.responsible) == ("登记本缺 3 天", date(2026, 12, 1), "陈立")


def test_put_right_on_the_spot_needs_no_date_and_asks_for_a_photo_after(desk: Desk) -> None:
    with inside(desk, desk.start_rows(GUARD, LAST)) as room:
        press(Qt.Key.Key_3)
        opened = card(room, "guard")
        opened.handling.choose(Handling.ON_THE_SPOT.value)
        settle()
        assert not opened.due.isVisible()
        assert not opened.responsible.isVisible()
        assert opened.after_photos.isVisible()
        room.keep()
        [problem] = desk.services.visits.resume(desk.visit_id).problems
        assert (problem.handling, problem.due) == (Handling.ON_THE_SPOT, None)
        opened.handling.choose(Handling.BY_DATE.value)
        settle()
        assert opened.due.day() == date(2026, 12, 7), "15 days end on a Sunday: 顺延"


def test_a_good_answer_takes_the_card_away_and_an_undo_brings_it_back_with_its_text(desk: Desk) -> None:
    with inside(desk, desk.start_rows(GUARD, LAST)) as room:
        press(Qt.Key.Key_3)
        press("登记本缺 3 天")
        press(Qt.Key.Key_Escape)
        assert room.row("guard").isAncestorOf(focus())
        press(Qt.Key.Key_1)
        assert room.row("guard").card is None
        room.keep()
        assert desk.services.visits.resume(desk.visit_id).problems == ()
        press(Qt.Key.Key_Z, CONTROL)
        assert room.value("guard") == "no"
        assert card(room, "guard").text.text() == "登记本缺 3 天"
        room.keep()
        [problem] = desk.services.visits.resume(desk.visit_id).problems
        assert problem.text == "登记本缺 3 天"


def test_ctrl_z_in_an_untouched_card_takes_the_answer_back(desk: Desk) -> None:
    with inside(desk, desk.start_rows(GUARD, LAST)) as room:
        press(Qt.Key.Key_3)
        press(Qt.Key.Key_Z, CONTROL)
        assert room.value("guard") == ""
        assert room.row("guard").card is None


def test_a_phrase_is_found_by_first_letters_and_taken_with_enter(desk: Desk) -> None:
    with inside(desk, desk.start_rows(GUARD, LAST)) as room:
        press(Qt.Key.Key_3)
        press(Qt.Key.Key_K, CONTROL)
        menu = room.room.phrases
        assert menu.isVisible()
        assert menu.list.count() == 2
        QTest.keyClicks(menu.search, "wzsg")  # 无证上岗
        assert menu.list.count() == 1
        QTest.keyClick(menu.search, Qt.Key.Key_Return)
        settle()
        assert card(room, "guard").text.text() == "保安员无证上岗"
        room.keep()
        [problem] = desk.services.visits.resume(desk.visit_id).problems
        assert problem.text == "保安员无证上岗"


def test_what_was_written_is_kept_for_next_time_and_the_same_key_serves_measure_and_note(
    desk: Desk, said: Said
) -> None:
    with inside(desk, desk.start_rows(GUARD, LAST)) as room:
        press(Qt.Key.Key_3)
        menu, measure = room.room.phrases, card(room, "guard").measure
        measure.setFocus()
        measure.replace_typed("换下超龄保安")
        press(Qt.Key.Key_K, CONTROL)
        assert menu.isVisible()
        assert menu.list.count() == 0
        QTest.mouseClick(menu.keep, Qt.MouseButton.LeftButton)
        room.keep()
        assert said.toasts == ["已存为常用话语，下次在这一题就能选"]
        measure.setFocus()
        measure.replace_typed("另行处理")
        press(Qt.Key.Key_K, CONTROL)
        QTest.keyClicks(menu.search, "hxcl")  # 换下超龄
        QTest.keyClick(menu.search, Qt.Key.Key_Return)
        settle()
        room.keep()
        [problem] = desk.services.visits.resume(desk.visit_id).problems
        assert problem.measure == "换下超龄保安"
        press(Qt.Key.Key_D, CONTROL)
        note = room.row("guard").note
        assert note is not None
        note.replace_typed("已告知校长")
        press(Qt.Key.Key_K, CONTROL)
        assert menu.list.count() == 0
        assert menu.keep.isVisible()
        menu.close()


def test_a_veto_wears_its_badge_and_its_answer_is_red(desk: Desk) -> None:
    with inside(desk, desk.start_rows(VETO, LAST)) as room:
        row = room.row("fire")
        assert row._badge is not None
        assert row._badge.text() == "一票否决"
        assert room.room.bottom.tally.accessibleName().startswith("已答 0 题，共 2 题；否决项剩 1")
        press(Qt.Key.Key_3)
        assert room.room.filling.problems["/data/fire"].veto


def test_a_proposed_text_follows_the_answer_until_someone_writes_his_own(desk: Desk) -> None:
    with inside(desk, desk.start_rows(GUARD, LAST)) as room:
        room.room.filling.answer("/data/guard", "no")
        room.room.filling.answer("/data/guard", "part")
        settle()
        assert card(room, "guard").text.text() == "门卫登记不全:部分符合"
        room.room.filling.edit_problem("/data/guard", {"text": "自己写的"})
        room.room.filling.answer("/data/guard", "no")
        settle()
        assert card(room, "guard").text.text() == "自己写的"


def test_a_problem_hidden_by_another_answer_comes_back_with_its_item(desk: Desk) -> None:
    rows = (q("select_one ypn", "has", "有保安室"), {**GUARD, "relevant": "${has} = 'yes'"}, LAST)
    with inside(desk, desk.start_rows(*rows)) as room:
        filling = room.room.filling
        filling.answer("/data/has", "yes")
        filling.answer("/data/guard", "no")
        filling.edit_problem("/data/guard", {"text": "登记本缺 3 天"})
        filling.answer("/data/has", "na")
        room.keep()
        assert desk.services.visits.resume(desk.visit_id).problems == ()
        filling.answer("/data/has", "yes")
        room.keep()
        [problem] = desk.services.visits.resume(desk.visit_id).problems
        assert problem.text == "登记本缺 3 天"


def test_an_unfinished_card_says_what_it_lacks(desk: Desk) -> None:
    with inside(desk, desk.start_rows(GUARD, LAST)) as room:
        press(Qt.Key.Key_3)
        room.room.filling.edit_problem("/data/guard", {"responsible": "", "measure": ""})
        press(Qt.Key.Key_Return)
        settle()
        assert card(room, "guard")._head.accessibleName() == "还缺措施、责任人"
        assert room.here == "last"
