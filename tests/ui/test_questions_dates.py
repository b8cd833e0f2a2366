"""Days, months, years, times and moments are typed the way people write them, or picked in a Chinese calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from jiandu_desktop.ui.questions.dates import WhenField
from jiandu_desktop.ui.questions.times import parse_time
from jiandu_desktop.ui.widgets.calendar_popup import DayPopup, MonthPopup
from jiandu_desktop.ui.widgets.date_field import DateField
from jiandu_desktop.ui.widgets.day_words import parse_day, parse_month, parse_year
from tests.support.all_types import WHEN
from tests.support.wizard import Desk, Inside, focus, inside, press, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1121", date(2026, 11, 21)),
        ("0105", date(2026, 1, 5)),
        ("261121", date(2026, 11, 21)),
        ("20261121", date(2026, 11, 21)),
        ("11.21", date(2026, 11, 21)),
        ("１１月２１日", date(2026, 11, 21)),
        ("十一月二十一日", date(2026, 11, 21)),
        ("二〇二五年三月一日", date(2025, 3, 1)),
        ("25-3-1", date(2025, 3, 1)),
        ("昨天", date(2026, 11, 20)),
        ("-3", date(2026, 11, 18)),
        ("0230", None),
        ("今年", None),
    ],
)
def test_a_day_of_the_past_as_people_type_it(typed: str, meant: date | None) -> None:
    assert parse_day(typed, TODAY, ahead=False) == meant


def test_months_and_years_as_people_type_them() -> None:
    months = [parse_month(text, TODAY) for text in ("202609", "2026-9", "26年9月", "9", "九月", "13")]
    assert months == [date(2026, 9, 1)] * 5 + [None]
    assert [parse_year(text) for text in ("1998", "26", "二〇二六年", "x")] == [
        date(1998, 1, 1), date(2026, 1, 1), date(2026, 1, 1), None,
    ]  # fmt: skip


def test_times_as_people_type_them() -> None:
    texts = ("0830", "8:30", "８：３０", "8点半", "下午2点", "十四时三十分", "24:00", "x")
    found = [parse_time(text) for text in texts]
    assert [f"{time:%H:%M}" if time else None for time in found] == [
        "08:30", "08:30", "08:30", "08:30", "14:00", "14:30", None, None,
    ]  # fmt: skip


@given(st.text(max_size=16))
def test_no_typing_breaks_a_field(text: str) -> None:
    parse_month(text, TODAY)
    parse_year(text)
    parse_time(text)


def answer(room: Inside, name: str, typed: str) -> str:
    """Types an answer and Enter; what is kept."""
    room.go(name)
    press(typed)
    press(Qt.Key.Key_Return)
    return room.value(name)


def test_every_way_to_ask_for_a_day_keeps_what_odk_keeps(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*WHEN)) as room:
        assert answer(room, "day", "1121") == "2026-11-21"
        assert answer(room, "month", "202709") == "2027-09-01"
        assert answer(room, "year", "1998") == "1998-01-01"
        assert answer(room, "typed", "0105") == "2026-01-05"
        assert answer(room, "clock", "1630").startswith("16:30:00")
        room.keep()
        assert desk.values()[room.ref("month")] == "2027-09-01"


def test_a_day_that_breaks_the_rule_stays_and_is_told(desk: Desk) -> None:
    """The rule only says something: a date field that refuses to be filled in is no help."""
    with inside(desk, desk.start_rows(*WHEN)) as room:
        assert answer(room, "past", "2026-12-01") == "2026-12-01"
        view = room.row("past").view
        assert view is not None
        assert view.question.warning == "演练日期不能晚于今天"


def test_a_moment_is_typed_in_two_steps_and_keeps_its_zone(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*WHEN)) as room:
        room.room.filling.answer(room.ref("moment"), "2026-11-20T08:30:15.000+06:00")
        settle()
        field = room.go("moment").field
        assert isinstance(field, WhenField)
        assert field.clock is not None
        assert field.clock.text() == "08:30"
        field.clock.setFocus()
        press(Qt.Key.Key_Up)
        assert room.value("moment") == "2026-11-20T08:35:00.000+06:00"


def test_a_new_moment_wants_day_and_time(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*WHEN)) as room:
        room.go("moment")
        press("1121")
        press(Qt.Key.Key_Return)
        assert room.value("moment") == ""
        press("0915")
        press(Qt.Key.Key_Return)
        assert room.value("moment").startswith("2026-11-21T09:15:00.000")


def test_the_calendar_has_today_and_yesterday(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*WHEN)) as room:
        field = room.go("day").field
        assert isinstance(field, WhenField)
        press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        popup = field.day.popup() if field.day is not None else None
        assert isinstance(popup, DayPopup)
        assert popup.calendar.firstDayOfWeek() == Qt.DayOfWeek.Monday
        popup.yesterday_button.click()
        settle()
        assert room.value("day") == "2026-11-20"
        assert not popup.isVisible()
        assert isinstance(focus(), DateField)


def test_a_month_is_picked_by_arrows(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*WHEN)) as room:
        field = room.go("month").field
        assert isinstance(field, WhenField)
        assert field.day is not None
        field.day.open_calendar()
        popup = field.day.popup()
        assert isinstance(popup, MonthPopup)
        press(Qt.Key.Key_PageDown)
        press(Qt.Key.Key_Up)
        press(Qt.Key.Key_Right)
        press(Qt.Key.Key_Return)
        assert room.value("month") == "2027-08-01"


def test_no_calendar_and_year_have_nothing_to_pop_up(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*WHEN)) as room:
        for name in ("typed", "year"):
            field = room.go(name).field
            assert isinstance(field, WhenField)
            assert field.day is not None
            field.day.open_calendar()
            assert field.day.popup() is None
        press(Qt.Key.Key_Down)
        assert room.value("year") == "2027-01-01"
