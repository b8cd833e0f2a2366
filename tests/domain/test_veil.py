"""Persons taken out of what is published: every name that is known, names before a title, numbers; schools stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandu_desktop.domain.document.veil import HIDDEN, Veil

NAMES = ("王小川（校长）", "何田、方圆", "阿依古丽·买买提", "欧阳明月")
SCHOOLS = ("何田小学", "欧阳明月希望学校")
VEIL = Veil([*NAMES, "总务主任", "安全办"], kept=SCHOOLS)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("由王小川负责", "由×××负责"),
        ("何田小学何田校长", "何田小学×××校长"),
        ("请张伟老师和李老师说明", "请×××老师和×××老师说明"),
        ("联系赵主任，电话13800138000或者0900-5550100", "联系×××主任，电话×××或者×××"),
        ("身份证11010519491231002X", "身份证×××"),
        ("阿依古丽·买买提反映", "×××反映"),
        ("安全副校长、任课老师、语文老师和专任教师12人", "安全副校长、任课老师、语文老师和专任教师12人"),
        ("总务主任、安全办负责，2026年11月24日共13项", "总务主任、安全办负责，2026年11月24日共13项"),
    ],
)
def test_who_is_hidden_and_what_is_not(text: str, hidden: str) -> None:
    assert VEIL.hide(text) == hidden


@given(st.lists(st.sampled_from(["王小川", "何田", "方圆", "欧阳明月", "的", "，", "校长", "何田小学", "3项", "在"])))
def test_no_known_name_is_left_and_the_schools_are(parts: list[str]) -> None:
    told = VEIL.hide("".join(parts))
    plain = told
    for school in SCHOOLS:
        plain = plain.replace(school, "")
    for name in ("王小川", "方圆", "欧阳明月"):
        assert name not in plain
    assert told.count("何田小学") >= sum(part == "何田小学" for part in parts)


@given(st.text(alphabet="王小川何田的，校长老师0123456789 ", max_size=60))
def test_hiding_twice_is_hiding_once(text: str) -> None:
    once = VEIL.hide(text)
    assert VEIL.hide(once) == once


def test_an_office_that_stands_where_a_name_is_asked_for_is_no_person() -> None:
    veil = Veil([], entries=["何田、食堂", "后勤/安保", "欧阳明月（副校长）", "总务处"])
    assert veil.hide("食堂留样由后勤、安保和何田负责，欧阳明月检查") == "食堂留样由后勤、安保和×××负责，×××检查"


def test_without_names_a_text_without_persons_stays_as_it_is() -> None:
    assert Veil([]).hide("共发现问题3项，已办结2项") == "共发现问题3项，已办结2项"
    assert HIDDEN not in Veil(["", "王"]).hide("国王的新衣")
