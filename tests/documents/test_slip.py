"""The slip for receipt printers: as wide as its paper, as long as its text, readable, with the document's code."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pypdf
import pytest

from jiandu_desktop.documents.grid import MM
from jiandu_desktop.documents.render import render_page
from jiandu_desktop.documents.slip import NOTE_SIZE, build_slip
from jiandu_desktop.domain.document.slip import SLIP_WIDTHS, Slip, SlipProblem
from tests.support.printed import BUNDLED, ISSUED_AT, OFFICE, TEXTS

QR = "云教督改〔2026〕17号\n2026-11-24\n0123456789abcdef0123456789abcdef"


def slip(count: int = 3, **changes: Any) -> Slip:
    told = tuple(
        SlipProblem(text=TEXTS[at % 3][0], measure=TEXTS[at % 3][2], due=date(2026, 12, 1), responsible="王小川")
        for at in range(count)
    )
    facts: dict[str, Any] = {
        "office": OFFICE,
        "title": "整改通知书",
        "school": "柳河镇第一小学",
        "dated": date(2026, 11, 24),
        "number": "云教督改〔2026〕17号",
        "inspectors": ("丁一", "方圆"),
        "problems": told,
        "qr": QR,
    }
    return Slip(**{**facts, **changes})


def made(what: Slip, width: int) -> bytes:
    return build_slip(what, width, issued_at=ISSUED_AT, fonts=BUNDLED)


@pytest.mark.parametrize("width", SLIP_WIDTHS)
def test_a_slip_tells_each_problem_with_measure_and_date_and_nothing_is_smaller_than_8_points(width: int) -> None:
    pdf = made(slip(), width)
    assert pdf == made(slip(), width)
    (page,) = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert float(page.mediabox.width) == pytest.approx(width * MM, abs=0.1)
    sizes: list[float] = []
    page.extract_text(visitor_text=lambda text, cm, tm, font, size: sizes.append(size) if text.strip() else None)
    assert min(sizes) >= NOTE_SIZE >= 8
    text = "".join(page.extract_text().split())
    for words in (
        "现场告知单",
        "柳河镇第一小学",
        "〔2026〕17号",
        "安全出口上锁",
        "明确专人每日登记",
        "2026年12月1日",
        "共3项",
    ):
        assert words in text


@pytest.mark.parametrize("width", SLIP_WIDTHS)
def test_nothing_stands_where_the_print_head_does_not_reach(width: int) -> None:
    pdf = made(slip(school="柳河镇" * 12, number="云教督改〔2026〕临-abcdefghijklmnop-17号（待编号）"), width)
    shown = render_page(pdf, 0, 2.0)
    edge = round(3.8 * MM * 2)
    for start in range(0, len(shown.rgba), shown.width * 4):
        row = shown.rgba[start : start + shown.width * 4 : 4]
        assert min(row[:edge]) == 255
        assert min(row[-edge:]) == 255


def test_a_slip_is_as_long_as_its_text_and_never_endless() -> None:
    heights = [
        float(pypdf.PdfReader(io.BytesIO(made(each, 58))).pages[0].mediabox.height)
        for each in (slip(0), slip(3), slip(1000), slip(1, problems=(SlipProblem(text="长" * 20000),)))
    ]
    assert heights[0] < heights[1] < heights[2] < 14_400
    assert heights[3] < 2 * heights[1]
    text = "".join(pypdf.PdfReader(io.BytesIO(made(slip(1000), 58))).pages[0].extract_text().split())
    assert "另有940项，见正式文书" in text
    assert "未发现" in "".join(pypdf.PdfReader(io.BytesIO(made(slip(0), 80))).pages[0].extract_text().split())
