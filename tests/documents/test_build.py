"""Whole documents: what they say, how they cross pages, and that the same input gives the same bytes."""

from __future__ import annotations

import io
import time
from datetime import date, datetime
from typing import Any

import pypdf
import pytest

from jiandu_desktop.documents.build import build, document_title
from jiandu_desktop.domain.document import BuiltDocument, DocumentNumber, PrintedDocument
from jiandu_desktop.domain.problem import Handling
from jiandu_desktop.domain.visit import SchoolOpinion
from tests.support.printed import (
    BUNDLED,
    ISSUED_AT,
    MARK,
    OFFICE,
    SIGNATURES,
    PrintedPage,
    notice,
    opinion,
    problem,
    problem_list,
    read_pages,
    visit,
    whole_text,
)


def made(document: PrintedDocument, *, marked: bool = True) -> BuiltDocument:
    return build(document, issued_at=ISSUED_AT, verify=MARK if marked else None, fonts=BUNDLED)


def printed(document: PrintedDocument) -> list[PrintedPage]:
    return read_pages(made(document).pdf)


ALL = [notice(), notice(30), notice(0), opinion(), problem_list(), problem_list(landscape=False)]


@pytest.mark.parametrize("document", ALL, ids=lambda d: f"{d.kind.value}-{len(d.problems)}")
def test_the_same_document_and_time_give_the_same_bytes(document: PrintedDocument) -> None:
    first, second = made(document), made(document)
    assert first == second
    assert first.pdf == second.pdf
    later = build(document, issued_at=ISSUED_AT.replace(minute=59), verify=MARK, fonts=BUNDLED)
    assert later.sha256 != first.sha256


@pytest.mark.parametrize("document", ALL, ids=lambda d: f"{d.kind.value}-{len(d.problems)}")
def test_every_font_is_embedded_and_holds_only_what_is_used(document: PrintedDocument) -> None:
    built = made(document)
    fonts: dict[str, Any] = {}
    for page in pypdf.PdfReader(io.BytesIO(built.pdf)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            fonts[font["/BaseFont"]] = font
    assert fonts
    for name, font in fonts.items():
        assert "+" in name
        assert "/FontFile2" in font["/FontDescriptor"]
    assert len(built.pdf) < 400_000


def test_the_metadata_name_the_document() -> None:
    built = made(notice())
    reader = pypdf.PdfReader(io.BytesIO(built.pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == built.title == document_title(notice())
    assert reader.metadata.author == OFFICE.name
    assert reader.metadata.subject == "云教督改〔2026〕17号"
    assert reader.metadata.creation_date == ISSUED_AT
    assert len(reader.pages) == built.pages


def test_a_notice_tells_of_each_problem_basis_measure_person_and_date() -> None:
    text = whole_text(printed(notice(3)))
    for fact in (
        "东侧楼梯间堆放旧课桌，安全出口上锁",
        "留样柜温度记录中断5天",
        "《中华人民共和国消防法》第二十八条",
        "整改措施：明确专人每日登记，校长每周抽查1次。",
        "责任人：王小川，包抓领导：何田",
        "2026年12月1日前完成整改",
        "5个工作日内制定整改方案",
        "3日内书面报告",
        "（联系人：丁一，联系电话：0999-1234567）",
    ):
        assert fact in text


def test_a_notice_without_problems_says_so() -> None:
    text = whole_text(printed(notice(0)))
    assert "本次督导未发现需要限期整改的问题" in text
    assert "整改要求" not in text


@pytest.mark.parametrize("document", [notice(40), problem_list(40), problem_list(40, landscape=False)])
def test_forty_problems_cross_pages_with_the_head_repeated_and_no_row_divided(document: PrintedDocument) -> None:
    pages = printed(document)
    with_table = [page for page in pages if "序号" in page.text]
    assert len(with_table) > 2
    seen: list[str] = []
    for page in with_table:
        # A divided row would begin a page with something else than the next problem's number.
        seen.append(page.text.split("完成时限", 1)[1][:1])
    assert all(first.isdigit() for first in seen[1:])
    told = whole_text(pages)
    assert told.count("王小川") == 40


def test_no_line_of_a_table_lies_outside_its_page() -> None:
    long_text = "楼道灭火器过期，" * 120
    pages = printed(problem_list(problems=(problem(1, text=long_text), problem(2))))
    assert len(pages) > 1
    assert whole_text(pages).count("灭火器") == 120
    for page in pages:
        assert all(c.bottom < 185 for c in page.chars if c.left > 35)


@pytest.mark.parametrize("count", range(1, 13))
@pytest.mark.parametrize("kind", ["notice", "opinion"])
def test_issuer_and_date_never_stand_alone_on_a_page(kind: str, count: int) -> None:
    problems = tuple(problem(1, text="走廊" * count * 3) for _ in range(3))
    document = notice(problems=problems) if kind == "notice" else opinion(problems=problems)
    last = printed(document)[-1]
    rows = last.rows()
    issuer = next(i for i, row in enumerate(rows) if "人民政府教育督导室" in "".join(c.char for c in row))
    assert issuer > 0
    assert "2026年11月24日" in last.text


def test_a_long_school_name_and_rare_characters_are_printed_whole() -> None:
    school = "云溪县柳河镇人民政府柳河片区第二初级中学附属实验小学东校区（原柳河村小学）"
    built = made(notice(visit=visit(school=school, inspectors=("王堃", "李喆", "𠮷㐂"))))
    text = whole_text(read_pages(built.pdf))
    assert built.missing == ()
    for name in ("王堃", "李喆", "𠮷㐂", school):
        assert name in text


def test_a_character_without_a_glyph_is_shown_as_its_code_and_reported() -> None:
    built = made(notice(visit=visit(inspectors=("王\U0001f600",))))
    assert built.missing == ("\U0001f600",)
    text = whole_text(read_pages(built.pdf))
    assert "01F" in text
    assert "600" in text


def test_a_draft_says_that_it_is_one_and_bears_no_mark() -> None:
    built = made(notice(number=None), marked=False)
    assert "（草稿，未编号）" in read_pages(built.pdf)[0].text
    assert b"origin mark" not in built.pdf


def test_a_provisional_number_says_so_on_the_page() -> None:
    document = notice(number=DocumentNumber("云教督改", 2026, 3, laptop="07"))
    assert "云教督改〔2026〕临-07-3号（待编号）" in printed(document)[0].text


def test_an_opinion_holds_what_both_sides_said() -> None:
    text = whole_text(printed(opinion(opinion=SchoolOpinion.OBJECTS, opinion_text="第2条已有记录")))
    for fact in (
        "得分86.4分（满分100分），另有2项未作评定",
        "一票否决1项：7.3食品索证索票记录作假",
        "结论为不通过",
        "已当场整改到位",
        "有异议。第2条已有记录。",
        "主要亮点：课后服务课程丰富。",
        "11月24日11:40",
    ):
        assert fact in text


def test_a_school_that_said_nothing_yet_finds_boxes_to_tick() -> None:
    text = whole_text(printed(opinion(opinion=SchoolOpinion.UNSAID)))
    assert "□无异议" in text
    assert "□有异议" in text


def test_signatures_made_on_screen_are_drawn_and_the_others_left_for_ink() -> None:
    bare = printed(notice(1))[-1]
    signed = printed(notice(1, signatures=SIGNATURES))[-1]
    assert "学校负责人" in signed.text
    assert len(signed.rules) > len(bare.rules)


def test_problems_fixed_on_the_spot_are_told_apart() -> None:
    text = whole_text(printed(notice(problems=(problem(1), problem(2, handling=Handling.ON_THE_SPOT, fixed=True)))))
    assert "即知即改的问题" in text
    assert "已当场整改到位" in text


def test_a_document_that_replaces_another_names_it() -> None:
    text = whole_text(printed(notice(replaces="云教督改〔2026〕16号")))
    assert "云教督改〔2026〕16号同时作废" in text


def test_a_naive_time_of_issue_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        build(notice(), issued_at=datetime(2026, 11, 24, 9, 0), verify=None, fonts=BUNDLED)  # noqa: DTZ001


def test_a_due_date_far_away_and_an_empty_problem_do_no_harm() -> None:
    built = made(notice(problems=(problem(1, text="", basis="", measure="", responsible="", due=date(2099, 1, 31)),)))
    assert "2099年1月31日" in whole_text(read_pages(built.pdf))


def test_a_warm_notice_takes_a_fraction_of_a_second() -> None:
    document = notice(3)
    made(document)
    began = time.perf_counter()
    for _ in range(5):
        made(document)
    assert (time.perf_counter() - began) / 5 < 0.25


def test_attachments_stand_together_on_one_page() -> None:
    names = ("柳河镇第一小学督导问题清单", "整改情况报告（样式）")
    for length in range(1, 9):
        pages = printed(notice(problems=(problem(1, text="走廊" * 12 * length),), attachments=names))
        with_names = [page for page in pages if "督导问题清单" in page.text or "（样式）" in page.text]
        assert len(with_names) == 1
