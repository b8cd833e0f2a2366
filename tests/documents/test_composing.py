"""Lines as a typesetter makes them: marks where they may stand, numbers whole, nothing lost, nothing outside."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiandu_desktop.documents.composing import Composer, Line, Measure
from jiandu_desktop.documents.fonts import Role
from jiandu_desktop.documents.grid import CELL
from tests.support.printed import BUNDLED

PAGE = Measure(16, CELL, 28)
CLOSING = "，。、；：！？）》”"
OPENING = "（《“"

words = st.one_of(
    st.text("的一是在不了有和人这中大为上个国我以要他时来用们", min_size=2, max_size=9),
    st.text("学校安全督导整改食堂", min_size=1, max_size=6).map(lambda text: f"（{text}）"),
    st.text("教育法规条例", min_size=1, max_size=6).map(lambda text: f"《{text}》"),
    st.sampled_from(["，", "。", "、", "；", "：", "！", "？"]).flatmap(
        lambda mark: st.text("师生课堂作业睡眠", min_size=2, max_size=7).map(lambda text: text + mark)
    ),
    st.integers(0, 99999).map(str),
    st.sampled_from(["GB/T", "0.8", "12.5%", "A4", "——也就是", "……", "2026"]),
)
paragraphs = st.lists(words, min_size=1, max_size=40).map("".join)


def compose(text: str, measure: Measure = PAGE, **indents: float) -> list[Line]:
    return Composer(BUNDLED).paragraph([(text, Role.TEXT)], measure, **indents)


@settings(max_examples=150, deadline=None)
@given(paragraphs)
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text: str) -> None:
    lines = compose(text, first_indent=2)
    for line in lines:
        assert line.text[-1] not in OPENING
    for before, after in itertools.pairwise(lines):
        assert after.text[0] not in CLOSING
        for pair in "—…":
            assert not (before.text[-1] == pair and after.text[0] == pair)


@settings(max_examples=150, deadline=None)
@given(paragraphs)
def test_every_character_is_set_once_and_inside_the_column(text: str) -> None:
    lines = compose(text, first_indent=2)
    assert "".join(line.text for line in lines) == text.replace(" ", "")
    for line in lines:
        for glyph in line.glyphs:
            blank_half = CELL / 2 if glyph.char in OPENING + CLOSING else 0.5
            assert glyph.x > -blank_half - 0.5
            assert glyph.face is not None
            ink_right = glyph.x + glyph.face.advance(glyph.char) * 16 - (blank_half if glyph.char in CLOSING else 0)
            assert ink_right < 28 * CELL + 0.5


@settings(max_examples=100, deadline=None)
@given(paragraphs)
def test_inner_lines_reach_the_right_edge(text: str) -> None:
    for line in compose(text, first_indent=2)[:-1]:
        assert line.width == pytest.approx(28 * CELL, abs=CELL / 2 + 0.01)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(100, 999999).map(str), min_size=5, max_size=20).map("个学生和".join))
def test_a_number_is_never_divided(text: str) -> None:
    lines = compose(text)
    for before, after in itertools.pairwise(lines):
        assert not (before.text[-1].isdigit() and after.text[0].isdigit())


def test_characters_after_a_number_stand_on_the_grid_again() -> None:
    (line,) = compose("在12个班和3处地点共2026人")
    for glyph in line.glyphs:
        if not glyph.char.isdigit():
            column = (glyph.x + 8) / CELL - 0.5
            assert column == pytest.approx(round(column), abs=0.02)


def test_a_mark_that_does_not_fit_is_drawn_in_by_squeezing_others() -> None:
    text = "（一）" + "学" * 12 + "，" + "校" * 12 + "。"
    lines = compose(text)
    assert len(lines) == 1


def test_a_serial_number_longer_than_a_line_is_divided_rather_than_lost() -> None:
    serial = "SN-" + "a1b2c3d4" * 20
    lines = compose(serial)
    assert len(lines) > 2
    assert "".join(line.text for line in lines) == serial


def test_closing_marks_longer_than_a_line_come_to_an_end() -> None:
    assert "".join(line.text for line in compose("）" * 100)) == "）" * 100


def test_an_empty_paragraph_has_no_lines() -> None:
    assert compose("") == []
    assert compose("   ") == []
