"""Answering: the strip of keys, by mouse and keyboard, in colour and in grey print."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.look.tokens import LIGHT
from jiandu_desktop.ui.widgets.answer_keys import RING, AnswerKeys
from jiandu_desktop.ui.widgets.segmented import Segmented
from tests.support.gallery import FOUR, VETO

# The offscreen screen cannot take size hints and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    set_theme(qapp, dark=False)


@pytest.fixture
def keys(qtbot: QtBot) -> AnswerKeys:
    strip = AnswerKeys(FOUR, name="6.5 疏散通道")
    qtbot.addWidget(strip)
    strip.show()
    return strip


def test_a_digit_answers(keys: AnswerKeys, qtbot: QtBot) -> None:
    with qtbot.waitSignal(keys.chosen) as answered:
        qtbot.keyClick(keys, Qt.Key.Key_3)
    assert answered.args == ["3"]
    assert keys.value() == "3"


def test_the_number_pad_answers_too(keys: AnswerKeys, qtbot: QtBot) -> None:
    qtbot.keyClick(keys, Qt.Key.Key_2, Qt.KeyboardModifier.KeypadModifier)
    assert keys.value() == "2"


def test_a_click_answers_the_key_under_it(keys: AnswerKeys, qtbot: QtBot) -> None:
    for number, area in enumerate(keys.segments(), start=1):
        qtbot.mouseClick(keys, Qt.MouseButton.LeftButton, pos=area.center().toPoint())
        assert keys.value() == str(number)


def test_a_press_taken_back_answers_nothing(keys: AnswerKeys, qtbot: QtBot) -> None:
    first = keys.segments()[0].center().toPoint()
    qtbot.mousePress(keys, Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseRelease(keys, Qt.MouseButton.LeftButton, pos=first + QPoint(0, 60))
    assert keys.value() is None


def test_arrows_and_space_answer(keys: AnswerKeys, qtbot: QtBot) -> None:
    keys.setFocus()
    qtbot.keyClick(keys, Qt.Key.Key_Right)
    qtbot.keyClick(keys, Qt.Key.Key_Space)
    assert keys.value() == "2"


def test_the_same_answer_twice_is_told_once(keys: AnswerKeys, qtbot: QtBot) -> None:
    told: list[str] = []
    keys.chosen.connect(told.append)
    qtbot.keyClick(keys, Qt.Key.Key_1)
    qtbot.keyClick(keys, Qt.Key.Key_1)
    assert told == ["1"]


def test_showing_an_answer_tells_nobody(keys: AnswerKeys, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(keys.chosen):
        keys.set_value("2")


def test_delete_asks_for_the_answer_to_be_taken_back(keys: AnswerKeys, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(keys.cleared):
        qtbot.keyClick(keys, Qt.Key.Key_Delete)
    keys.set_value("1")
    with qtbot.waitSignal(keys.cleared):
        qtbot.keyClick(keys, Qt.Key.Key_Delete)


def test_a_frozen_visit_takes_no_answers(keys: AnswerKeys, qtbot: QtBot) -> None:
    keys.set_read_only(True)
    qtbot.keyClick(keys, Qt.Key.Key_1)
    qtbot.mouseClick(keys, Qt.MouseButton.LeftButton, pos=keys.segments()[1].center().toPoint())
    assert keys.value() is None
    assert not keys.choose(1)


def test_a_digit_without_a_key_is_left_to_the_page(keys: AnswerKeys) -> None:
    assert not keys.choose(5)


@pytest.mark.parametrize(("value", "color"), [("1", LIGHT.accent), ("2", LIGHT.caution), ("4", LIGHT.text2)])
def test_the_chosen_key_has_its_colour(keys: AnswerKeys, value: str, color: str) -> None:
    keys.set_value(value)
    area = keys.segments()[int(value) - 1]
    shown = keys.grab().toImage().pixelColor(round(area.center().x()), round(area.top()) + 4)
    assert shown == QColor(color)


def test_red_is_for_the_veto_alone(qtbot: QtBot) -> None:
    strip = AnswerKeys(VETO, "yes")
    qtbot.addWidget(strip)
    area = strip.segments()[1]
    shown = strip.grab().toImage().pixelColor(round(area.center().x()), round(area.top()) + 4)
    assert shown == QColor(LIGHT.red)


def test_strips_are_as_high_as_the_design_says(keys: AnswerKeys) -> None:
    assert keys.sizeHint().height() == 36 + 2 * RING
    assert abs(sum(area.width() for area in keys.segments()) - 332) <= 4


def test_a_screen_reader_hears_question_and_answer(keys: AnswerKeys) -> None:
    keys.set_value("3")
    assert keys.accessibleName() == "6.5 疏散通道"
    assert "不符合" in keys.accessibleDescription()


def test_a_screen_reader_meets_a_group_of_radio_buttons(keys: AnswerKeys) -> None:
    keys.set_value("3")
    group = QAccessible.queryAccessibleInterface(keys)
    assert group.role() == QAccessible.Role.Grouping
    children = [group.child(number) for number in range(group.childCount())]
    assert [child.text(QAccessible.Text.Name) for child in children] == ["符合", "部分", "不符合", "不适用"]
    assert [bool(child.state().checked) for child in children] == [False, False, True, False]
    assert {child.role() for child in children} == {QAccessible.Role.RadioButton}


def test_a_screen_reader_may_ask_after_the_strip_is_gone(qtbot: QtBot) -> None:
    strip = AnswerKeys(FOUR)
    child = QAccessible.queryAccessibleInterface(strip).child(0)
    assert child.isValid()
    strip.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not child.isValid()
    assert child.text(QAccessible.Text.Name) == ""


def test_the_switch_by_mouse_and_keyboard(qtbot: QtBot) -> None:
    switch = Segmented([("now", "即知即改"), ("due", "限期整改")], "due")
    qtbot.addWidget(switch)
    switch.show()
    told: list[str] = []
    switch.chosen.connect(told.append)
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=switch.segments()[0].center().toPoint())
    qtbot.keyClick(switch, Qt.Key.Key_Right)
    assert told == ["now", "due"]
