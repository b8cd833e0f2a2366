"""Markdown of labels as plain words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandu_desktop.domain.marked_words import is_list, is_marked, plain_words


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("**注意：**请逐项看", "注意：请逐项看"),
        ("# 填写要求\n如实填写", "填写要求\n如实填写"),
        ("见[通知](http://example.org/a)", "见通知"),
        ('以<span style="color:red">当天</span>为准<br>不补记', "以当天为准\n不补记"),
        ("*实地*看，_当面_问", "实地看，_当面_问"),
        (r"\*不是强调\*", "*不是强调*"),
    ],
)
def test_marks_are_taken_off(marked: str, plain: str) -> None:
    assert plain_words(marked) == plain
    assert is_marked(marked)


@pytest.mark.parametrize(
    "words", ["1. 校门口有保安", "面积 2*3*4", "a_b_c", "大于 5 # 号楼", "第一行\n第二行", "3 < 5"]
)
def test_ordinary_words_stay_as_they_are(words: str) -> None:
    assert plain_words(words) == words
    assert not is_marked(words)


def test_two_lines_make_a_list() -> None:
    assert is_list("- 甲\n- 乙")
    assert is_marked("1. 甲\n2. 乙")


@given(st.text(alphabet="*_#[]()<>\\/ \nabc中span=\"':;", max_size=200))
def test_no_words_bring_it_down(words: str) -> None:
    assert len(plain_words(words)) <= len(words)
