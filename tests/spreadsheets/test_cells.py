"""A cell as people fill it means one thing or is refused; nothing is guessed and no zero is lost."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import to_excel

from jiandu_desktop.spreadsheets import cells

TODAY = date(2026, 11, 21)
DAYS = st.dates(date(1955, 1, 1), date(2099, 12, 31))
WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}


@given(st.from_regex(r"[0-9]{1,15}", fullmatch=True))
def test_a_code_is_the_same_typed_wide_spaced_or_as_a_float(code: str) -> None:
    assert cells.code_of(code) == code
    assert cells.code_of(code.translate(WIDE)) == code
    assert cells.code_of(f" \u200b{code[:2]} {code[2:]}\u3000") == code
    assert cells.code_of(f"{code}.0") == code


@given(st.from_regex(r"[0-9]{1,15}", fullmatch=True))
def test_a_code_kept_as_a_number_gets_its_zeros_back_from_the_format(code: str) -> None:
    assert cells.code_of(int(code), "0" * len(code)) == code
    assert cells.code_of(float(code), "0" * len(code)) == code


def test_a_code_without_such_a_format_is_its_digits() -> None:
    assert cells.code_of(210102001.0) == "210102001"
    assert cells.code_of(210102001, "0.00") == "210102001"
    assert cells.code_of(12, '"0000"') == "0012"
    assert cells.code_of("ＱＳ－０１７") == "QS-017"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (2.1010212345678901e17, "row-code-damaged"),
        (10**15, "row-code-damaged"),
        ("2.10102E+17", "row-code-damaged"),
        (12.5, "row-not-code"),
        (-3, "row-not-code"),
        (datetime.combine(date(2026, 1, 2), time()), "row-not-code"),
        (True, "row-not-code"),
    ],
)
def test_a_code_that_excel_spoilt_is_refused(value: object, code: str) -> None:
    with pytest.raises(cells.UnreadableCell) as refusal:
        cells.code_of(value)
    assert refusal.value.code == code


@given(st.integers(0, 10**9))
def test_a_count_is_the_same_with_marks_units_and_wide_digits(count: int) -> None:
    for written in (count, float(count), str(count), f"{count:,}", f"{count:,} 人", f"{count}名".translate(WIDE)):
        assert cells.count_of(written) == count


@pytest.mark.parametrize("blank", [None, "", "  ", "-", "—", "/", "无", "\u3000"])
def test_what_is_not_known_is_none_and_never_zero(blank: str | None) -> None:
    assert cells.count_of(blank) is None
    assert cells.date_of(blank) == (None, False)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("约三百", "row-not-integer"),
        ("300多", "row-not-integer"),
        ("1,18", "row-not-integer"),
        ("645（女 300）", "row-not-integer"),
        (3.5, "row-not-integer"),
        ("3.5", "row-not-integer"),
        (-4, "row-negative"),
        (True, "row-not-integer"),
        (time(8, 30), "row-not-integer"),
    ],
)
def test_what_is_no_count_is_refused(value: object, code: str) -> None:
    with pytest.raises(cells.UnreadableCell) as refusal:
        cells.count_of(value)
    assert refusal.value.code == code


@given(DAYS)
def test_a_day_is_the_same_however_it_is_written(day: date) -> None:
    year, month, dom = day.year, day.month, day.day
    ways = (
        day,
        datetime.combine(day, time(8, 30)),
        to_excel(day),
        float(to_excel(day)),
        int(f"{day:%Y%m%d}"),
        str(day),
        f"{year}.{month}.{dom}",
        f"{year}/{month}/{dom}",
        f"{year}年{month}月{dom}日",
        f"{year} 年 {month:02} 月 {dom:02} 日前".translate(WIDE),
        f"{day:%Y%m%d}",
        f"{day} 00:00:00",
        f"{day}T08:30",
        f"{year}年{month}月{dom}日（星期三）",
    )
    for written in ways:
        assert cells.date_of(written) == (day, False), written


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.dates(date(2021, 1, 1), date(2021, 12, 31)))
def test_a_supplied_year_puts_the_day_at_most_half_a_year_back(today: date, which: date) -> None:
    day, supplied = cells.date_of(f"{which.month}月{which.day}日", today=today)
    assert supplied
    assert day is not None
    assert (day.month, day.day) == (which.month, which.day)
    assert timedelta(days=-183) <= day - today <= timedelta(days=366)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("尽快", "row-not-date"),
        ("2026年11月", "row-date-no-day"),
        ("2026-11底", "row-date-no-day"),
        ("2026-02-30", "row-no-such-day"),
        (20261340, "row-no-such-day"),
        (11.24, "row-not-date"),
        (7, "row-not-date"),
        ("99999999999999999999", "row-not-date"),
        (True, "row-not-date"),
        (timedelta(hours=3), "row-not-date"),
        (date(1900, 1, 1), "row-not-date"),
    ],
)
def test_what_is_no_day_is_refused(value: object, code: str) -> None:
    with pytest.raises(cells.UnreadableCell) as refusal:
        cells.date_of(value, today=TODAY)
    assert refusal.value.code == code


def test_a_day_without_year_needs_a_today() -> None:
    with pytest.raises(cells.UnreadableCell) as refusal:
        cells.date_of("11月24日")
    assert refusal.value.code == "row-date-no-year"
    assert cells.date_of("11月24日", today=TODAY) == (date(2026, 11, 24), True)
    assert cells.date_of("3/8", today=TODAY) == (date(2027, 3, 8), True)


@given(st.text())
def test_clean_text_is_clean(text: str) -> None:
    clean = cells.clean_text(text)
    assert cells.clean_text(clean) == clean
    assert "\u200b" not in clean
    assert clean == clean.strip()


def test_a_name_keeps_its_chinese_brackets_and_loses_its_stray_spaces() -> None:
    assert cells.clean_text("  第 一\u3000小学（分校）\u200b\n") == "第一小学（分校）"
    assert cells.clean_text("Ｎｏ．１ 中学") == "No．1 中学"
    assert cells.clean_text("A 区 B 楼") == "A 区 B 楼"


@pytest.mark.parametrize(
    "written",
    ["周明远、马华", "周明远，马　华", "周明远 马华", "周明远;马 华", "周明远（组长）/马华", "周明远\n马华、周明远"],
)
def test_inspectors_are_told_apart_however_they_are_listed(written: str) -> None:
    assert cells.names_of(written) == ("周明远", "马华")


def test_phones_stay_text() -> None:
    assert cells.phone_of(13800000000.0) == "13800000000"
    assert cells.phone_of("０３９８－５５５０１０１ / 13800000000") == "0398-5550101 / 13800000000"
