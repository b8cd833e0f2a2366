"""A page of ours under the ruler: the figures of GB/T 9704-2012, measured on the PDF."""

from __future__ import annotations

from statistics import median

import pytest

from jiandu_desktop.documents.build import build
from jiandu_desktop.documents.grid import CELL, MM, ROW
from tests.support.printed import (
    BUNDLED,
    ISSUED_AT,
    MARK,
    OFFICE,
    PrintedPage,
    notice,
    opinion,
    problem,
    problem_list,
    read_pages,
)

EM = 16 / MM
TOLERANCE = 0.5


@pytest.fixture(scope="module")
def pages() -> list[PrintedPage]:
    """A notice in prose long enough to fill its second page."""
    long_text = "教学楼东侧楼梯间长期堆放旧课桌、体育器材和清扫工具，疏散通道净宽不足，应急照明灯不亮，" * 2
    document = notice(problems=tuple(problem(n, text=long_text) for n in range(1, 6)))
    return read_pages(build(document, issued_at=ISSUED_AT, verify=MARK, fonts=BUNDLED).pdf)


def test_paper_is_a4(pages: list[PrintedPage]) -> None:
    for page in pages:
        assert (page.width, page.height) == (pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1))


def test_first_line_begins_at_37_mm_and_the_22nd_ends_at_262_mm(pages: list[PrintedPage]) -> None:
    rows = pages[1].rows()
    text = [row for row in rows if median(c.middle for c in row) < 265]
    assert len(text) == 22
    heads = [median(c.middle for c in row) - EM / 2 for row in text]
    assert heads[0] == pytest.approx(37, abs=TOLERANCE)
    assert heads[-1] + EM == pytest.approx(262, abs=TOLERANCE)
    for row, head in enumerate(heads):
        assert head == pytest.approx(37 + row * ROW / MM, abs=TOLERANCE)


def test_full_lines_hold_28_characters_between_28_and_184_mm(pages: list[PrintedPage]) -> None:
    rows = [row for row in pages[1].rows() if len(row) > 20]
    cell = CELL / MM
    assert min(row[0].across for row in rows) == pytest.approx(28 + cell / 2, abs=TOLERANCE)
    for row in rows:
        assert row[0].left > 28 - TOLERANCE
        assert row[-1].right < 184 + TOLERANCE


def test_characters_stand_on_the_columns_of_the_grid(pages: list[PrintedPage]) -> None:
    """All but those in lines that had to be squeezed or spread: most by far."""
    cell = CELL / MM
    off = [abs((c.across - 28) / cell % 1 - 0.5) * cell for row in pages[1].rows() for c in row if c.middle < 262]
    assert sum(distance < TOLERANCE for distance in off) > 0.75 * len(off)


def test_red_head_number_and_rule_stand_where_the_standard_puts_them(pages: list[PrintedPage]) -> None:
    first = pages[0]
    name = first.find(OFFICE.name)
    assert min(c.top for c in name) == pytest.approx(72, abs=TOLERANCE)
    assert (name[0].left + name[-1].right) / 2 == pytest.approx(28 + 78, abs=TOLERANCE)
    number = first.find("云教督改")
    foot_of_number = median(c.middle for c in number) + EM / 2
    rule = next(r for r in first.rules if r[2] - r[0] > 150)
    assert rule[1] - foot_of_number == pytest.approx(4, abs=TOLERANCE)
    assert (rule[0], rule[2]) == (pytest.approx(28, abs=TOLERANCE), pytest.approx(184, abs=TOLERANCE))
    title = first.find("关于柳河镇第一小学")
    assert median(c.middle for c in title) < 200


def test_date_with_seal_ends_four_characters_in_and_the_issuer_is_centred_on_it(pages: list[PrintedPage]) -> None:
    last = pages[-1]
    dated = last.find("2026年11月24日")
    # 日 is narrower than its square: the square's edge counts.
    assert 184 - (dated[-1].across + EM / 2) == pytest.approx(4 * CELL / MM, abs=TOLERANCE)
    issuer = last.find(OFFICE.name)
    centre = (dated[0].left + dated[-1].right) / 2
    assert (issuer[0].left + issuer[-1].right) / 2 == pytest.approx(centre, abs=1.0)


def test_date_without_seal_begins_two_characters_right_of_the_issuer() -> None:
    document = opinion(sealed=False)
    last = read_pages(build(document, issued_at=ISSUED_AT, verify=MARK, fonts=BUNDLED).pdf)[-1]
    dated, issuer = last.find("2026年11月24日"), last.find(OFFICE.name)
    assert dated[0].left - issuer[0].left == pytest.approx(2 * CELL / MM, abs=1.0)
    assert 184 - issuer[-1].right == pytest.approx(2 * CELL / MM, abs=1.0)


def test_page_numbers_lie_outside_seven_mm_below_the_type_area(pages: list[PrintedPage]) -> None:
    assert len(pages) >= 3
    for index, page in enumerate(pages):
        dashes = [c for c in page.chars if c.char == "—" and c.middle > 262]
        assert len(dashes) == 2
        assert dashes[0].middle == pytest.approx(269, abs=TOLERANCE)
        if index % 2 == 0:
            assert 184 - dashes[-1].right == pytest.approx(14 / MM, abs=TOLERANCE)
        else:
            assert dashes[0].left - 28 == pytest.approx(14 / MM, abs=TOLERANCE)


def test_imprint_closes_on_the_foot_of_the_type_area(pages: list[PrintedPage]) -> None:
    last = pages[-1]
    wide = sorted((r[1] + r[3]) / 2 for r in last.rules if r[2] - r[0] > 150)
    assert wide[-1] == pytest.approx(262, abs=TOLERANCE)
    assert "抄送：县教育局，柳河镇人民政府。" in last.text
    assert "2026年11月24日印发" in last.text


def test_a_list_set_sideways_keeps_the_type_area_of_the_bound_page() -> None:
    pages = read_pages(build(problem_list(30), issued_at=ISSUED_AT, verify=MARK, fonts=BUNDLED).pdf)
    for page in pages:
        assert (page.width, page.height) == (pytest.approx(297, abs=0.1), pytest.approx(210, abs=0.1))
        wide = [r for r in page.rules if r[2] - r[0] > 200]
        assert all(r[0] > 34.5 and r[2] < 260.5 and r[1] > 27 and r[3] < 184.5 for r in wide)
        # The number lies at the left edge, which is the foot of the page once it is bound.
        dashes = [c for c in page.chars if c.char == "—" and c.left < 35]
        assert len(dashes) == 2
