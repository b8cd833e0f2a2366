"""Schools are found by the first letters of their names, whichever way a character is read."""

from __future__ import annotations

import pytest
from pypinyin import Style, pinyin
from pypinyin.pinyin_dict import pinyin_dict

from jiandu_desktop.services.pinyin import initials


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("城关镇第二小学", "cgzdexx"),
        ("重庆路小学", "cqlxx"),
        ("重庆路小学", "zqlxx"),
        ("长乐中学", "clzx"),
        ("乐安县第1中学（东校区）", "la"),
        ("乐安县第1中学（东校区）", "d1zxdxq"),
        ("ABC国际学校", "abcgjxx"),
    ],
)
def test_a_school_is_found_by_initials_in_every_reading(name: str, typed: str) -> None:
    assert any(typed in spelled for spelled in initials(name).split())


def test_marks_and_spaces_are_left_out() -> None:
    assert initials("（第一）小学 ·") == initials("第一小学")


def test_a_name_of_many_readings_is_not_spelt_out_without_end() -> None:
    assert len(initials("重" * 40).split()) <= 32


def test_the_table_says_what_the_library_says() -> None:
    for number in pinyin_dict:
        readings = pinyin(chr(number), style=Style.FIRST_LETTER, heteronym=True, strict=False)[0]
        letters = {each.lower() for each in readings if each.isascii() and each.isalpha()}
        assert set(initials(chr(number)).split()) == letters, chr(number)
