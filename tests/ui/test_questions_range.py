"""Values from a scale are slid, typed, picked or starred; until one is touched there is no answer."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from jiandu_desktop.ui.questions.range import PickerField, RatingField, SliderField
from jiandu_desktop.ui.questions.range_scale import Scale
from tests.support.all_types import RANGES
from tests.support.wizard import Desk, inside, press, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@given(st.decimals(-1000, 1000, places=2), st.decimals(-1000, 1000, places=2), st.decimals("0.01", 50, places=2))
def test_every_place_of_a_scale_is_found_again(first: Decimal, last: Decimal, step: Decimal) -> None:
    scale = Scale.of({"start": str(first), "end": str(last), "step": str(step)})
    for place in {0, scale.steps // 2, scale.steps}:
        value = scale.value(place)
        assert min(first, last) <= value <= max(first, last)
        assert scale.place(Decimal(scale.words(value))) == place
        assert scale.holds(Decimal(scale.words(value)))


def test_a_scale_without_numbers_is_one_to_ten() -> None:
    scale = Scale.of({"start": "x", "step": "0"})
    assert (scale.first, scale.last, scale.step, scale.steps) == (1, 10, 1, 9)


def slider(desk_room: object) -> SliderField:
    assert isinstance(desk_room, SliderField)
    return desk_room


def test_a_slider_is_blank_until_touched_and_moves_by_key_and_mouse(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*RANGES)) as room:
        field = slider(room.go("percent").field)
        assert field.slider.place() is None
        assert room.value("percent") == ""
        press(Qt.Key.Key_Right)
        assert room.value("percent") == "0"
        press(Qt.Key.Key_End)
        press(Qt.Key.Key_Left)
        assert (room.value("percent"), field.edit.text()) == ("90", "90")
        spot = field.slider.spot(3)
        QTest.mouseClick(field.slider, Qt.MouseButton.LeftButton, pos=QPoint(round(spot.x()), round(spot.y())))
        settle()
        assert room.value("percent") == "30"
        assert field.slider.accessibleDescription() == "30"
        press(Qt.Key.Key_Delete)
        assert room.value("percent") == ""


def test_a_value_is_typed_and_one_between_the_steps_is_told(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*RANGES)) as room:
        field = slider(room.go("tenths").field)
        press("2")
        press("1.5")
        press(Qt.Key.Key_Return)
        assert room.value("tenths") == "21.5"
        field.edit.setFocus()
        field.edit.selectAll()
        press("21.7")
        press(Qt.Key.Key_Return)
        assert room.value("tenths") == "21.5"
        assert not field._wrong.isHidden()
        assert field._wrong.text() == "请填 16 到 28，每档 0.5"


def test_a_scale_may_run_downwards_or_stand_upright(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*RANGES)) as room:
        room.go("down")
        press(Qt.Key.Key_Home)
        press(Qt.Key.Key_Right)
        assert room.value("down") == "8"
        field = slider(room.go("upright").field)
        assert field.slider.height() > field.slider.width()
        press(Qt.Key.Key_Up)
        press(Qt.Key.Key_Up)
        assert room.value("upright") == "1"


def test_stars_and_a_list_give_the_value(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*RANGES)) as room:
        assert isinstance(room.go("stars").field, RatingField)
        press("4")
        assert room.value("stars") == "4"
        press(Qt.Key.Key_Left)
        assert room.value("stars") == "3"
        press(Qt.Key.Key_Delete)
        assert room.value("stars") == ""
        assert isinstance(room.go("picked").field, PickerField)
        press("5")
        settle()
        field = room.row("picked").field
        assert isinstance(field, PickerField)
        field.box.activated.emit(field.box.findText("5"))
        assert room.value("picked") == "5"
