"""Every kind of document about problems: what it says, where it stands on the page, and what odd content does to it."""

from __future__ import annotations

import io
from statistics import median
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiandu_desktop.documents.build import build
from jiandu_desktop.documents.composing import NEVER_FIRST, NEVER_LAST
from jiandu_desktop.documents.grid import CELL, MM, ROW
from jiandu_desktop.documents.letter_words import WORDS
from jiandu_desktop.domain.document import LETTER_FORMAT, BuiltDocument, DocumentKind, PrintedDocument
from tests.support.pressing import (
    SCHOOL,
    every_kind,
    four_lists,
    letter,
    pressed,
    receipt,
    recheck,
    strike_off,
    talk_record,
)
from tests.support.printed import BUNDLED, ISSUED_AT, MARK, OFFICE, PrintedPage, read_pages, whole_text

EM = 16 / MM
TOLERANCE = 0.5


def made(document: PrintedDocument) -> BuiltDocument:
    return build(document, issued_at=ISSUED_AT, verify=MARK, fonts=BUNDLED)


def printed(document: PrintedDocument) -> list[PrintedPage]:
    return read_pages(made(document).pdf)


@pytest.mark.parametrize("document", every_kind(), ids=lambda d: d.kind.value)
def test_fonts_are_embedded_metadata_true_and_the_same_input_gives_the_same_bytes(document: PrintedDocument) -> None:
    built = made(document)
    assert built == made(document)
    assert not built.missing
    reader = pypdf.PdfReader(io.BytesIO(built.pdf))
    assert reader.metadata is not None
    assert (reader.metadata.subject, reader.metadata.author) == (str(document.number), OFFICE.name)
    for page in reader.pages:
        fonts: Any = page["/Resources"]
        for font in fonts["/Font"].values():
            assert "+" in font["/BaseFont"]
            assert "/FontFile2" in font["/FontDescriptor"]


@pytest.mark.parametrize("document", every_kind(), ids=lambda d: d.kind.value)
def test_nothing_stands_outside_the_type_area_and_no_mark_where_it_must_not(document: PrintedDocument) -> None:
    for page in printed(document):
        upright = page.height > page.width
        left, right = (28, 184) if upright else (35, 260)
        text = [c for c in page.chars if 37 < c.middle < 262] if upright else [c for c in page.chars if c.left > 34]
        assert min(c.left for c in text) > left - TOLERANCE
        assert max(c.right for c in text) < right + TOLERANCE


@pytest.mark.parametrize("kind", sorted(LETTER_FORMAT))
def test_a_letter_stands_where_the_standard_puts_it(kind: DocumentKind) -> None:
    pages = printed(letter(kind))
    first, last = pages[0], pages[-1]
    name = first.find(OFFICE.name)
    assert min(c.top for c in name) == pytest.approx(30, abs=TOLERANCE)
    foot_of_name = max(c.bottom for c in name)
    rules = sorted(r for r in ((r[1] + r[3], r) for r in first.rules) if r[1][2] - r[1][0] > 165)
    upper, lower = rules[:2], rules[-2:]
    assert upper[0][1][1] - foot_of_name == pytest.approx(4, abs=TOLERANCE)
    assert 297 - lower[-1][1][3] == pytest.approx(20, abs=TOLERANCE)
    for _, rule in rules:
        assert rule[2] - rule[0] == pytest.approx(170, abs=TOLERANCE)
        assert (rule[0] + rule[2]) / 2 == pytest.approx(106, abs=TOLERANCE)
    number = first.find("〔2026〕9号")
    assert 184 - number[-1].right < 1.5
    head_of_number = median(c.middle for c in number) - EM / 2
    assert head_of_number - upper[-1][1][3] == pytest.approx(CELL / MM * 7 / 8, abs=TOLERANCE)
    assert not [c for c in first.chars if c.char == "—" and c.middle > 265], "no number on the first page"
    addressee = first.find(f"{SCHOOL}：")
    row = (median(c.middle for c in addressee) - 37 - CELL / MM / 2) / (ROW / MM)
    assert row == pytest.approx(round(row), abs=0.06), "the text stands on the grid"
    copies = last.find("抄送：县教育局")
    assert median(c.middle for c in copies) == pytest.approx(262 - CELL / MM / 2, abs=1.0)
    assert "印发" not in last.text.replace("印发整改要求", "")


@pytest.mark.parametrize("kind", sorted(set(WORDS) - LETTER_FORMAT))
def test_a_notice_has_the_red_head_and_the_imprint(kind: DocumentKind) -> None:
    pages = printed(letter(kind))
    name = pages[0].find(OFFICE.name)
    assert min(c.top for c in name) == pytest.approx(72, abs=TOLERANCE)
    wide = sorted((r[1] + r[3]) / 2 for r in pages[-1].rules if r[2] - r[0] > 150)
    assert wide[-1] == pytest.approx(262, abs=TOLERANCE)
    assert "印发" in pages[-1].text


def test_a_report_upward_has_its_number_at_the_left_and_the_signer_at_the_right() -> None:
    first = printed(letter(DocumentKind.REPORT))[0]
    number, signer = first.find("云教督报"), first.find("签发人：丁一")
    assert number[0].left - 28 == pytest.approx(CELL / MM, abs=1.0)
    assert 184 - signer[-1].right == pytest.approx(CELL / MM, abs=1.0)
    assert median(c.middle for c in number) == pytest.approx(median(c.middle for c in signer), abs=0.6)


def test_each_kind_says_what_it_is_about_what_it_asks_and_who_answers() -> None:
    for kind in WORDS:
        document = letter(kind)
        text = whole_text(printed(document))
        assert WORDS[kind].problems_head in text
        for part in ("东侧楼梯间堆放旧课桌", "王小川"):
            assert part in text
        for line in document.demand.splitlines():
            assert line[:12] in text
    told = whole_text(printed(letter(DocumentKind.WARNING)))
    for part in ("橙色预警", "触发指标：3项逾期", "预警阈值：超过整改期限", "解除条件：全部销号"):
        assert part in told
    told = whole_text(printed(letter(DocumentKind.CIRCULAR)))
    for part in ("第1小学", "88%", "按办结率从高到低排列"):
        assert part in told
    assert "约谈对象：何田" in whole_text(printed(letter(DocumentKind.TALK_NOTICE)))


def test_forms_fit_on_a_page_each_and_leave_room_for_ink() -> None:
    assert [made(each).pages for each in (strike_off(), strike_off(3), talk_record(), receipt())] == [1, 3, 1, 1]
    text = whole_text(printed(strike_off()))
    for part in ("督导问题整改销号单", "已按要求改到位", "督学核查意见", "□同意销号", "2件"):
        assert part in text
    assert "被约谈人陈述" in whole_text(printed(talk_record()))
    assert "云教督改〔2026〕17号" in whole_text(printed(receipt()))


def test_the_four_lists_lie_and_repeat_their_heads_over_a_thousand_rows() -> None:
    pages = pypdf.PdfReader(io.BytesIO(made(four_lists(1000)).pdf)).pages
    assert all(page.mediabox.width > page.mediabox.height for page in pages)
    for place in (0, len(pages) // 2, len(pages) - 2):
        assert "存在问题" in pages[place].extract_text()
    assert "1000" in pages[-1].extract_text() + pages[-2].extract_text()
    four = printed(four_lists(2, separate=True))
    heads = ("督导问题清单", "整改措施清单", "整改责任清单", "整改时限清单")
    assert [head in page.text for head, page in zip(heads, four, strict=True)] == [True] * 4


def test_the_rechecks_opinion_says_the_number_the_result_and_what_comes_next() -> None:
    text = whole_text(printed(recheck()))
    for part in (
        "已改1项、部分整改1项、未改1项",
        "云教督改〔2026〕17号",
        "按程序报请销号",
        "限2026年12月9日前整改到位",
    ):
        assert part in text
    assert "原定期限2026年11月1日已过" in text
    many = whole_text(printed(recheck(30)))
    assert "复查结论" in many
    assert "本次没有需要复查的问题" in whole_text(printed(recheck(0)))


def test_empty_parts_are_left_out_and_odd_content_is_printed_as_it_is() -> None:
    bare = letter(DocumentKind.SUPERVISION, 1, opening="现予督办。", demand=" ", copies_to=(), answer_by=None)
    text = whole_text(printed(bare))
    assert "办理要求" not in text
    assert "抄送" not in text
    odd = pressed(1, text="<b>三年级</b> & 1/2 ../../etc\x07\u202e班", responsible="<i>王</i>")
    text = whole_text(printed(letter(DocumentKind.REMINDER, 1, problems=(odd,), addressee="<第一>小学/分校")))
    for part in ("<b>三年级</b>", "&", "<i>王</i>", "<第一>小学/分校："):
        assert part.replace(" ", "") in text.replace(" ", "")


def test_a_very_long_problem_crosses_pages_and_keeps_all_its_words() -> None:
    long = "走廊堆放杂物影响疏散" * 2000
    pages = printed(letter(DocumentKind.SUPERVISION, 1, problems=(pressed(1, text=long),)))
    assert whole_text(pages).count("影响疏散") >= 1990
    assert made(strike_off(1, text=long)).pages > 3


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("的一是在了，。、；：（）《》“”—…A1 %校")), min_size=1, max_size=200))
def test_any_demand_keeps_the_grid_and_breaks_no_rule_of_marks(text: str) -> None:
    for page in printed(letter(DocumentKind.REMINDER, 1, opening=text, demand=text)):
        rows = [row for row in page.rows() if 95 < median(c.middle for c in row) < 255]
        for row in rows:
            assert row[-1].right < 184 + TOLERANCE
            line = "".join(c.char for c in row).strip()
            if len(line) > 20:
                assert line[-1] not in NEVER_LAST
            if row[0].left < 30 and len(line) > 1:
                assert line[0] not in NEVER_FIRST
