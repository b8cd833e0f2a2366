"""Titles broken by sense and text as a clerk writes it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandu_desktop.documents import wording
from jiandu_desktop.documents.titles import LONGEST_LINE, break_title
from jiandu_desktop.domain.document import DocumentNumber


def test_the_issuer_is_a_line_of_its_own() -> None:
    lines = break_title(("关于柳河镇第一小学", "存在问题的", "整改通知书"), issuer="云溪县人民政府教育督导室")
    assert lines == ("云溪县人民政府教育督导室", "关于柳河镇第一小学存在问题的整改通知书")


def test_a_school_name_of_more_than_thirty_characters_is_divided_at_its_joints() -> None:
    school = "云溪县柳河镇人民政府柳河片区第二初级中学附属实验小学东校区（原柳河村小学）"
    assert len(school) > 30
    lines = break_title((f"关于{school}", "存在问题的", "整改通知书"), issuer="云溪县人民政府教育督导室")
    assert "".join(lines) == f"云溪县人民政府教育督导室关于{school}存在问题的整改通知书"
    assert all(len(line) <= LONGEST_LINE for line in lines)
    assert any(line.startswith(("柳河片区", "第二初级", "附属")) for line in lines)
    assert not any(line.startswith("）") or line.endswith("（") for line in lines)


def test_an_issuer_longer_than_a_line_is_left_to_the_red_head() -> None:
    lines = break_title(("关于柳河镇第一小学", "存在问题的", "整改通知书"), issuer="长" * 25)
    assert lines == ("关于柳河镇第一小学存在问题的整改通知书",)


@given(st.lists(st.text("甲乙丙丁县镇村小学中（）", min_size=1, max_size=50), min_size=1, max_size=4))
def test_no_part_of_a_title_is_lost_and_no_line_is_too_long(parts: list[str]) -> None:
    lines = break_title(parts)
    assert "".join(lines) == "".join(parts)
    assert all(0 < len(line) <= LONGEST_LINE for line in lines)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('教室,走廊(二楼)有"灰尘"', "教室，走廊（二楼）有“灰尘”"),
        ("留样\n记录 缺失", "留样记录缺失"),
        ("GB/T 9704-2012, A4", "GB/T 9704-2012, A4"),
        ("净宽0.8米", "净宽0.8米"),
        ("王\u200b小川\ufeff", "王小川"),
    ],
)
def test_typed_text_gets_the_marks_of_print(typed: str, printed: str) -> None:
    assert wording.tidy(typed) == printed


@pytest.mark.parametrize("typed", ["缺少记录", "缺少记录。", "缺少记录.", "缺少记录,", "缺少记录；"])
def test_a_sentence_ends_with_one_full_stop(typed: str) -> None:
    assert wording.sentence(typed) == "缺少记录。"


def test_days_say_once_what_they_share() -> None:
    first = date(2026, 9, 8)
    assert wording.days([first]) == "2026年9月8日"
    assert wording.days([date(2026, 9, 10), first]) == "2026年9月8日至10日"
    assert wording.days([first, date(2026, 10, 1)]) == "2026年9月8日至10月1日"
    assert wording.days([date(2026, 12, 31), date(2027, 1, 2)]) == "2026年12月31日至2027年1月2日"


def test_headings_count_in_chinese() -> None:
    assert [wording.ordinal(n) for n in (1, 10, 11, 20, 35, 99)] == ["一", "十", "十一", "二十", "三十五", "九十九"]


def test_a_number_has_no_leading_zero_and_a_provisional_one_says_so() -> None:
    assert str(DocumentNumber("云教督改", 2026, 7)) == "云教督改〔2026〕7号"
    provisional = DocumentNumber("云教督改", 2026, 3, laptop="07")
    assert str(provisional) == "云教督改〔2026〕临-07-3号（待编号）"
    assert provisional.provisional
