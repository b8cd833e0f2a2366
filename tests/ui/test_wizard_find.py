"""Ctrl+F: a number, some words, pinyin initials, ! or ? lead to the item that is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from jiandu_desktop.ui.questions.number import clean_number, is_number
from jiandu_desktop.ui.questions.times import parse_time
from jiandu_desktop.ui.widgets.filters import REST_MS
from jiandu_desktop.ui.wizard.basis import split_basis
from jiandu_desktop.ui.wizard.find import Findable, find
from tests.support.wizard import CONTROL, Desk, focus, inside, press, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ITEMS = (
    Findable("/a", "6.1", "门卫查验登记", "mwcydj", False, False),
    Findable("/b", "6.5", "疏散通道畅通", "sstdct", True, False),
    Findable("/c", "6.10", "专职保安人数\n在校 1186 人", "zzbars", False, True),
    Findable("/d", "7.1", "食堂进货查验", "stjhcy", True, True),
)


def refs(text: str) -> list[str]:
    return [item.ref for item in find(text, ITEMS)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("6.5", ["/b"]),
        ("6.1", ["/a", "/c"]),
        ("查验", ["/a", "/d"]),
        ("SSTD", ["/b"]),
        ("1186", ["/c"]),
        ("!", ["/b", "/d"]),
        ("！", ["/b", "/d"]),
        ("?", ["/c", "/d"]),
        ("! st", ["/b", "/d"]),
        ("? 食堂", ["/d"]),
        ("", []),
        ("没有", []),
    ],
)
def test_what_was_typed_finds_what_was_meant(text: str, found: list[str]) -> None:
    assert refs(text) == found


@given(st.text(max_size=12))
def test_any_text_finds_items_in_no_more_than_one_place(text: str) -> None:
    found = refs(text)
    assert len(found) == len(set(found))
    assert set(found) <= {"/a", "/b", "/c", "/d"}


@given(st.text(max_size=20), st.booleans())
def test_what_is_left_of_a_typed_number_is_ascii(text: str, whole: bool) -> None:
    cleaned = clean_number(text, whole)
    assert set(cleaned) <= set("0123456789-.")
    assert clean_number(cleaned, whole) == cleaned


def test_numbers_and_times_as_people_type_them() -> None:
    assert clean_number("１ １８６人", True) == "1186"
    assert [is_number(text) for text in ("12", "-3", "1.5", "-", "", ".")] == [True, True, True, False, False, False]
    times = [parse_time(text) for text in ("930", "0930", "9:30", "9点半", "14点", "25:00", "abc")]
    assert [f"{time:%H:%M}" if time else None for time in times] == [
        "09:30", "09:30", "09:30", "09:30", "14:00", None, None,
    ]  # fmt: skip


def test_a_clause_is_cut_into_its_title_and_what_it_says() -> None:
    assert split_basis("《消防法》第二十八条 不得占用疏散通道") == ("《消防法》第二十八条", "不得占用疏散通道")
    assert split_basis("教督〔2017〕6号") == ("教督〔2017〕6号", "")


def test_a_search_by_initials_leads_to_the_item(desk: Desk) -> None:
    with inside(desk, desk.start_routine()) as room:
        press(Qt.Key.Key_F, CONTROL)
        assert room.room.side.search is focus()
        press("sstd")
        press(Qt.Key.Key_Return)
        assert room.here == "passage" or "疏散通道" in room.room.instance.node(room.room.current_ref).label
        assert room.room.view.list.isAncestorOf(focus())


def test_escape_leaves_the_search_and_the_outline_is_back(desk: Desk) -> None:
    with inside(desk, desk.start_routine()) as room:
        for go in (lambda: None, lambda: press(Qt.Key.Key_Down)):
            press(Qt.Key.Key_F, CONTROL)
            press("?")
            QTest.qWait(2 * REST_MS)
            assert not room.room.side.outline.isVisible()
            go()
            press(Qt.Key.Key_Escape)
            assert room.room.side.outline.isVisible()
            assert room.room.side.search.text() == ""
            assert room.room.view.list.isAncestorOf(focus())


def test_in_a_narrow_window_the_outline_comes_out_for_the_search_and_goes_again(desk: Desk) -> None:
    with inside(desk, desk.start_routine(), width=1097, height=617) as room:
        assert room.room.rings.isVisible()
        assert not room.room.side.isVisible()
        press(Qt.Key.Key_F, CONTROL)
        assert room.room.side.isVisible()
        press("?")
        settle()
        press(Qt.Key.Key_Escape)
        assert not room.room.side.isVisible()
        assert room.room.view.list.isAncestorOf(focus())
