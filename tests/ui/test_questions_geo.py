"""Places without a map: typed as decimals or degrees, or pasted; what is wrong is said where it stands."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from jiandu_desktop.ui.questions.geo import PlaceField
from jiandu_desktop.ui.questions.geo_points import PointsField
from tests.support.all_types import PLACES
from tests.support.wizard import CONTROL, Desk, Inside, inside, press, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def place(room: Inside) -> PlaceField:
    field = room.go("spot").field
    assert isinstance(field, PlaceField)
    return field


def points(room: Inside, name: str) -> PointsField:
    field = room.go(name).field
    assert isinstance(field, PointsField)
    return field


def test_a_place_is_typed_field_by_field(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*PLACES)) as room:
        field = place(room)
        assert field._words.text() == "本机离线，没有地图，请手工填写或粘贴坐标"
        press("31.2304")
        press(Qt.Key.Key_Tab)
        assert room.value("spot") == ""
        press("121°28′12″E")
        press(Qt.Key.Key_Tab)
        press("12.5")
        press(Qt.Key.Key_Return)
        assert room.value("spot") == "31.2304 121.47 12.5 0.0"
        assert room.here == "way"


def test_a_place_is_pasted_whole(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*PLACES)) as room:
        field = place(room)
        QGuiApplication.clipboard().setText("31.2304,121.4737")
        press(Qt.Key.Key_V, CONTROL)
        assert (field.latitude.text(), field.longitude.text()) == ("31.2304", "121.4737")
        assert room.value("spot") == "31.2304 121.4737 0.0 0.0"


def test_what_is_no_latitude_is_told_and_nothing_is_kept(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*PLACES)) as room:
        field = place(room)
        field.latitude.setText("131.2")
        field.longitude.setText("21")
        press(Qt.Key.Key_Return)
        assert room.value("spot") == ""
        assert field._words.text() == "纬度“131.2”看不懂或超出 -90 到 90，请写成 31.2304 或 31°13′49″"
        field.latitude.setText("31.2")
        press(Qt.Key.Key_Return)
        assert room.value("spot") == "31.2 21.0 0.0 0.0"


def test_half_a_place_is_still_there_after_reopening(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*PLACES)) as room:
        place(room)
        press("31.2304")
        room.keep()
    with inside(desk, desk.reopen()) as room:
        assert place(room).latitude.text() == "31.2304"


def test_a_line_is_pasted_and_corrected(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*PLACES)) as room:
        field = points(room, "way")
        QGuiApplication.clipboard().setText("31.23,121.47\n31.24,121.48\n校门口\n31.25,121.49")
        field.paste_button.click()
        assert field._words.text().startswith("剪贴板里有 1 行不是坐标（“校门口”）")
        assert room.value("way") == "31.23 121.47 0.0 0.0;31.24 121.48 0.0 0.0;31.25 121.49 0.0 0.0"
        field.table.setCurrentCell(1, 0)
        field.remove.click()
        assert room.value("way") == "31.23 121.47 0.0 0.0;31.25 121.49 0.0 0.0"
        assert field._words.text().startswith("2 点，长 2")
        field.table.item(1, 0).setText("校门")
        assert field._words.text().startswith("第 2 点：纬度“校门”看不懂")
        field.table.item(1, 0).setText("31°15′N")
        settle()
        assert room.value("way").endswith(";31.25 121.49 0.0 0.0")


def test_one_point_is_no_line_yet(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*PLACES)) as room:
        field = points(room, "way")
        field.add.click()
        settle()
        field.table.item(0, 0).setText("31.23,121.47")
        settle()
        assert field.table.item(0, 1).text() == "121.47"
        assert field._words.text() == "一条线至少要 2 个不同的点"
        assert room.value("way") == ""
        room.keep()
    with inside(desk, desk.reopen()) as room:
        assert points(room, "way").table.item(0, 1).text() == "121.47"


def test_a_shape_closes_itself(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*PLACES)) as room:
        field = points(room, "yard")
        QGuiApplication.clipboard().setText("31.23,121.47;31.24,121.47")
        field.paste()
        assert field._words.text() == "围成一块地至少要 3 个不同的点"
        QGuiApplication.clipboard().setText("31.24,121.48")
        field.table.setFocus()
        press(Qt.Key.Key_V, CONTROL)
        value = room.value("yard").split(";")
        assert len(value) == 4
        assert value[0] == value[-1]
        assert field.table.rowCount() == 3
        room.keep()
    with inside(desk, desk.reopen()) as room:
        assert points(room, "yard").table.rowCount() == 3
