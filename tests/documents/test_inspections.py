"""What is written around visits, as it lies on the paper: contents, charts, annexes, photos, tables over pages."""

from __future__ import annotations

import io
import re
from pathlib import Path
from statistics import median
from typing import Any

import pypdf
import pypdfium2
import pytest

from jiandu_desktop.documents.build import build
from jiandu_desktop.documents.grid import CELL, MM
from jiandu_desktop.documents.pictures import DOTS_PER_INCH
from jiandu_desktop.domain.document import BuiltDocument, Picture, PrintedDocument
from jiandu_desktop.domain.visit import Approach, Timing
from tests.support.inspections import (
    certificate,
    every_inspection_kind,
    inspection_notice,
    inspection_opinion,
    photo,
    pictures,
    record_sheet,
    report,
)
from tests.support.printed import (
    BUNDLED,
    ISSUED_AT,
    MARK,
    OFFICE,
    PrintedPage,
    notice,
    opinion,
    read_pages,
    visit,
    whole_text,
)

TOLERANCE = 0.5


def made(document: PrintedDocument) -> BuiltDocument:
    return build(document, issued_at=ISSUED_AT, verify=MARK, fonts=BUNDLED)


def printed(document: PrintedDocument) -> list[PrintedPage]:
    return read_pages(made(document).pdf)


def images(pdf: bytes) -> list[list[tuple[int, int]]]:
    """Sizes in pixels of the photos on each page."""
    document = pypdfium2.PdfDocument(pdf)
    kind = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    return [[each.get_px_size() for each in page.get_objects(filter=[kind])] for page in document]


@pytest.mark.parametrize("document", every_inspection_kind(), ids=lambda d: d.kind.value)
def test_every_kind_embeds_its_fonts_stays_in_the_type_area_and_comes_out_the_same(document: PrintedDocument) -> None:
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
    for sheet in read_pages(built.pdf):
        upright = sheet.height > sheet.width
        left, right = (28, 184) if upright else (35, 260)
        text = [c for c in sheet.chars if 36 < c.middle < 263] if upright else [c for c in sheet.chars if c.left > 34]
        assert min(c.left for c in text) > left - TOLERANCE
        assert max(c.right for c in text) < right + TOLERANCE


@pytest.mark.parametrize("document", [inspection_notice(), inspection_notice(40), inspection_opinion(9)])
def test_notice_and_opinion_are_papers_of_the_office(document: PrintedDocument) -> None:
    pages = printed(document)
    assert min(c.top for c in pages[0].find(OFFICE.name)) == pytest.approx(72, abs=TOLERANCE)
    wide = sorted((r[1] + r[3]) / 2 for r in pages[-1].rules if r[2] - r[0] > 150)
    assert wide[-1] == pytest.approx(262, abs=TOLERANCE)
    assert "印发" in pages[-1].text


@pytest.mark.parametrize("lines", range(1, 24, 2))
def test_issuer_and_date_never_stand_alone_on_a_page(lines: int) -> None:
    demand = "\n".join(["请逐项落实"] * lines)
    for document in (inspection_notice(demand=demand), inspection_opinion(2, demand=demand)):
        page = next(page for page in reversed(printed(document)) if "抄送" in page.text)
        signed = page.find("2026年11月24日")
        assert [c for c in page.chars if c.bottom < signed[0].top - 15], "something is written above it"


def test_the_notice_says_what_when_how_and_who() -> None:
    text = whole_text(printed(inspection_notice()))
    for part in ("校园安全、食堂管理、规范办学", "2026年12月10日前", "随机听课", "组长：丁一。成员：方圆", "特此通知"):
        assert part in text
    many = printed(inspection_notice(40))
    assert all(f"柳河镇第{place}小学" in whole_text(many) for place in range(1, 41))
    assert sum("督导人员" in page.text for page in many) > 1, "the table's head comes again"


def test_the_record_sheet_of_a_long_checklist_repeats_its_heads_and_splits_no_row() -> None:
    pages = printed(record_sheet(400))
    with_rows = [page for page in pages if re.search(r"[12]\.\d", page.text)]
    assert len(with_rows) > 10
    assert all("督导内容" in page.text for page in with_rows)
    text = whole_text(pages)
    assert all(f"{section}.{row}" in text for section in (1, 2) for row in range(1, 201))
    assert "未触及一票否决" in text


def test_the_certificate_fits_on_a_page_and_leaves_room_for_ink() -> None:
    (page,) = printed(certificate())
    for part in ("入校督导工作证明", "云督证007", "2026年11月23日9:10至11:40", "学校回执", "云教督意〔2026〕4号"):
        assert part in page.text


def test_the_contents_name_the_pages_where_the_headings_stand() -> None:
    built = made(report(200))
    pages = read_pages(built.pdf)
    contents = pages[1].text
    body = next(number for number, page in enumerate(pages) if "—1—" in page.text.replace(" ", ""))
    assert body == 2, "cover and contents bear no number; the text begins on page 1"
    found = re.findall(r"([一二三四五六]、[^.]+?|附件\d[^.]+?)\.+(\d+)", contents)
    assert len(found) == 8
    for words, number in found:
        assert words.replace("\u3000", "") in pages[body + int(number) - 1].text.replace("\u3000", "")
    outline = pypdf.PdfReader(io.BytesIO(built.pdf)).outline
    assert next(entry.title for entry in outline if not isinstance(entry, list)) == "一、督导工作基本情况"


def test_charts_are_drawn_and_the_annexes_lie_with_their_heads_on_every_page() -> None:
    pages = printed(report(200))
    text = whole_text(pages)
    for part in ("图1各事项问题数", "5项", "80%", "附件1", "学校督导情况一览表", "附件2"):
        assert part in text.replace("\u3000", "")
    lying = [page for page in pages if page.width > page.height]
    assert len(lying) > 10
    assert all("序号" in page.text for page in lying)
    assert "责任人" in lying[-1].text
    bars = [rule for page in pages for rule in page.rules if 3.5 < rule[3] - rule[1] < 4.4 and rule[2] - rule[0] > 8]
    lengths = sorted(round(rule[2] - rule[0], 1) for rule in bars)
    assert lengths[-1] / min(lengths) == pytest.approx(5, rel=0.05), "a bar of five is five times a bar of one"


def test_the_public_version_has_no_column_of_persons_and_nobody_to_ask() -> None:
    pages = printed(report(public=True))
    text = whole_text(pages)
    assert "（公示版）" in pages[0].text
    assert not [page for page in pages if page.width > page.height and "责任人" in page.text]
    for part in ("联系人", "0999-1234567"):
        assert part not in text


def test_an_empty_report_says_so(tmp_path: Path) -> None:
    bare = report(0, schools=(), charts=(), matters=(), figures=(), highlights="", advice="", organised="")
    text = whole_text(printed(bare))
    assert "本次督导未发现需要整改的问题" in text
    assert "附件" not in text


@pytest.mark.parametrize(("per_page", "expected"), [(2, [2, 2, 2, 1]), (6, [6, 1])])
def test_photos_stand_two_or_six_to_a_page_no_larger_than_print_needs(
    tmp_path: Path, per_page: int, expected: list[int]
) -> None:
    pdf = made(report(1, pictures=pictures(tmp_path, 7), photos_per_page=per_page)).pdf
    found = images(pdf)
    assert [len(page) for page in found if page] == expected
    field = 156 / 25.4 * DOTS_PER_INCH / (1 if per_page == 2 else 2)
    assert max(size[0] for page in found for size in page) <= field + 1
    assert b"Wang Xiaochuan" not in pdf
    text = whole_text(read_pages(pdf))
    assert "图7柳河镇第一小学" in text.replace("\u3000", "")


def test_a_photo_taken_upright_stands_upright_and_a_broken_one_leaves_its_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(photo(tmp_path, "whole").read_bytes()[:3000])
    shown = (
        Picture(path=photo(tmp_path, "turned", turned=True), caption="转过来的"),
        Picture(path=broken, caption="坏了的"),
        Picture(path=tmp_path / "gone", caption="没有了的"),
    )
    pdf = made(report(1, pictures=shown, photos_per_page=2)).pdf
    (size,) = [size for page in images(pdf) for size in page]
    assert size[0] > size[1], "it lies on its side in the file only"
    assert whole_text(read_pages(pdf)).count("照片无法打印") == 2
    number = next(place for place, page in enumerate(images(pdf)) if page)
    picture = pypdfium2.PdfDocument(pdf)[number].render(scale=0.5).to_pil().convert("RGB")
    page = read_pages(pdf)[number]
    caption = page.find("转过来的")
    middle = median(c.middle for c in caption) - 40
    red, white = (picture.getpixel((round(x * MM / 2), round(middle * MM / 2))) for x in (90, 122))
    assert red[0] > 150 > red[1]
    assert min(white) > 200


def test_a_notice_with_photos_ends_with_the_imprint_behind_them(tmp_path: Path) -> None:
    plain, annexed = printed(notice(3)), printed(notice(3, pictures=pictures(tmp_path, 3)))
    assert len(annexed) > len(plain)
    text = whole_text(annexed)
    assert text.count("印发") == 1
    assert "附件：问题照片" in text
    annex = next(page for page in annexed if page.text.startswith("附件"))
    label, title = annex.find("附件"), annex.find("问题照片")
    assert label[0].left == pytest.approx(28, abs=1)
    rows = [(median(c.middle for c in part) - 37 - CELL / MM / 2) / (CELL / MM * 15 / 8) for part in (label, title)]
    assert rows == pytest.approx([0, 2], abs=0.12), "row 1 and row 3 of the grid"
    wide = sorted((r[1] + r[3]) / 2 for r in annexed[-1].rules if r[2] - r[0] > 150)
    assert wide[-1] == pytest.approx(262, abs=TOLERANCE)
    assert f"—{len(annexed)}—" in annexed[-1].text.replace(" ", "")


def test_odd_content_is_printed_as_it_is() -> None:
    odd = "<b>三年级</b> & 1/2 ../../etc\x07\u202e班"
    document = report(1, subject="<督导>/检查", evaluation=odd, highlights=odd * 400)
    text = whole_text(printed(document))
    assert text.count("<b>三年级</b>") > 400
    assert "&" in text


def test_how_the_visit_was_made_is_on_the_sheet_and_in_the_opening_only_where_it_is_not_the_rule() -> None:
    drawn = visit(approach=Approach.COVERT, timing=Timing.RANDOM)
    assert "督导方式明察、定期" in whole_text(printed(record_sheet()))
    assert "督导方式暗访、随机" in whole_text(printed(record_sheet(visit=drawn)))
    assert "方式" not in whole_text(printed(opinion()))
    assert "对你校以暗访、随机方式开展了秋季开学督导" in whole_text(printed(opinion(visit=drawn)))
    assert "对你校以随机方式开展了" in whole_text(printed(notice(visit=visit(timing=Timing.RANDOM))))
