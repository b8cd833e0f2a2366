"""`regex()` answers as in Collect, and at once where Python's own `re` would hang."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandu_desktop.form_engine.xpath.pattern_syntax import PatternFault
from jiandu_desktop.form_engine.xpath.patterns import TooLong, pattern


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        ("[0-9]{11}", "13800138000", True),
        ("^1[3-9]\\d{9}$", "13800138000", True),
        ("[0-9]{3}", "1234", False),
        (r"[\u4e00-\u9fa5]{2,4}", "张三丰", True),
        (r"\p{IsHan}+(?:·\p{IsHan}+)*", "买买提·艾力", True),
        (r"\d{17}[\dXx]", "11010519491231002X", True),
        (r"\d", "１", False),  # full-width digits are none, in Java as here
        (r"\w+", "中文", False),
        (r"[a-c&&[^b]]", "b", False),
        (r"[a-c&&[^b]]", "c", True),
        (r"[]x]+", "]x", True),
        (r"(?i)abc", "aBC", True),
        (r"(?=.*\d)(?=.*[a-z]).{8,}", "abcd1234", True),
        (r"(?=.*\d)(?=.*[a-z]).{8,}", "abcdefgh", False),
        (r"(?!0)\d+", "012", False),
        (r"[a-z]+(?<!x)", "abx", False),
        (r"\bab\b.c", "ab c", True),
        (r"\Qa.b\E", "a.b", True),
        (r"\Qa.b\E", "axb", False),
        (r"a.c", "a\nc", False),
        (r"(?s)a.c", "a\nc", True),
        ("", "", True),
    ],
)
def test_a_pattern_matches_the_whole_answer_as_in_collect(written: str, text: str, expected: bool) -> None:
    assert pattern(written).matches(text) is expected


@pytest.mark.parametrize("written", ["(a+)+b", "(a|a)*b", "(a|aa)+$b", "(.*)*b", ".*.*.*.*.*.*b", "([a-z]+)*[0-9]"])
def test_a_pattern_that_would_try_for_years_answers(written: str) -> None:
    assert not pattern(written).matches("a" * 2_000)


@pytest.mark.parametrize(
    "written",
    [
        "[",
        "(",
        ")",
        "a{2,1}",
        "*a",
        r"\p{Nonsense}",
        r"(a)\1",
        "a++",
        "(?>a)",
        "[b-a]",
        "a{5000}",
        r"\x1",
        "(?z)",
        "\\",
    ],
)
def test_what_is_no_pattern_or_cannot_be_answered_in_bounds_is_refused(written: str) -> None:
    with pytest.raises(PatternFault):
        pattern(written)


@pytest.mark.parametrize(
    "written", ["((a{0,100}){0,100}){0,100}", "(((){1000}){1000}){1000}", "(" * 100 + ")" * 100, "[" * 99, "a" * 3_000]
)
def test_a_pattern_that_grows_beyond_bounds_is_refused(written: str) -> None:
    with pytest.raises(PatternFault):
        pattern(written)


def test_an_endless_answer_is_not_tried_against_a_pattern_that_looks_around() -> None:
    with pytest.raises(TooLong):
        pattern("(?=.*b).*").matches("a" * 100_000)


_ATOMS = st.sampled_from(["a", "b", "1", "[ab]", "[^a]", ".", r"\d", r"\w", "^", "$", r"\b"])
_PATTERNS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "*?", "{0,}"])).map(
            lambda p: f"(?:{p[0]}){p[1]}"
        ),
        st.tuples(st.sampled_from(["?=", "?!"]), inner).map(lambda p: f"({p[0]}{p[1]})"),
    ),
    max_leaves=6,
)


@given(_PATTERNS, st.text(alphabet="ab1 _", max_size=5))
def test_patterns_agree_with_pythons_own_where_that_can_answer(written: str, text: str) -> None:
    assert pattern(written).matches(text) == (re.compile(written, re.ASCII).fullmatch(text) is not None)
