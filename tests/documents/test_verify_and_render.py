"""A printed document can be checked, and its pages shown."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from jiandu_desktop.documents.build import build
from jiandu_desktop.documents.render import page_count, page_sizes, render_page
from jiandu_desktop.documents.verify import Verified, read_back
from jiandu_desktop.domain.document import BuiltDocument, DocumentNumber
from jiandu_desktop.domain.errors import Trouble
from tests.support.printed import BUNDLED, ISSUED_AT, MARK, OFFICE, notice


@pytest.fixture(scope="module")
def built() -> BuiltDocument:
    return build(notice(), issued_at=ISSUED_AT, verify=MARK, fonts=BUNDLED)


def test_an_unchanged_document_is_known_again(built: BuiltDocument) -> None:
    verified = read_back(built.pdf, "通知书.pdf")
    assert verified.unchanged
    facts = verified.facts
    assert (facts.number, facts.school) == ("云教督改〔2026〕17号", "柳河镇第一小学")
    assert (facts.office, facts.laptop, facts.document_id) == (OFFICE.name, "07", MARK.document_id)
    assert facts.issued_at == ISSUED_AT
    assert verified.title == built.title
    number, dated, content_hash = verified.qr_text.split("\n")
    assert (number, dated) == (facts.number, "2026-11-24")
    assert verified.content_hash.startswith(content_hash)


@pytest.mark.parametrize("part", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_one_changed_byte_is_noticed(built: BuiltDocument, part: float) -> None:
    changed = bytearray(built.pdf)
    changed[int(len(changed) * part)] ^= 1
    verified: Verified | Trouble
    try:
        verified = read_back(bytes(changed), "改过.pdf")
    except Trouble as trouble:
        verified = trouble
    assert isinstance(verified, Trouble) or not verified.unchanged


def test_a_stated_hash_or_qr_code_that_was_exchanged_is_noticed(built: BuiltDocument) -> None:
    other = build(notice(number=DocumentNumber("云教督改", 2026, 18)), issued_at=ISSUED_AT, verify=MARK, fonts=BUNDLED)
    start, end = b"% origin mark begins\n", b"\n% origin mark ends"
    theirs = other.pdf[other.pdf.index(start) : other.pdf.index(end)]
    ours = built.pdf[built.pdf.index(start) : built.pdf.index(end)]
    assert theirs != ours
    assert not read_back(built.pdf.replace(ours, theirs), "换码.pdf").unchanged


def test_what_was_appended_is_noticed(built: BuiltDocument) -> None:
    assert not read_back(built.pdf + b"\n% more\n", "加过.pdf").unchanged


def test_strange_files_are_told_apart() -> None:
    draft = build(notice(), issued_at=ISSUED_AT, verify=None, fonts=BUNDLED)
    with pytest.raises(Trouble) as caught:
        read_back(draft.pdf, "草稿.pdf")
    assert caught.value.code == "pdf-not-ours"
    with pytest.raises(Trouble) as caught:
        read_back(b"not a PDF", "照片.pdf")
    assert caught.value.code == "pdf-unreadable"


def test_a_page_is_rendered_as_opaque_pixels(built: BuiltDocument) -> None:
    page = render_page(built.pdf, 0, 1.0)
    assert (page.width, page.height) == (596, 842)
    assert len(page.rgba) == page.width * page.height * 4
    assert set(page.rgba[3::4]) == {255}
    assert page.rgba[:4] == b"\xff\xff\xff\xff"
    # The red name is red, not blue: the order of bytes is right.
    pixels = {page.rgba[at : at + 3] for at in range(0, len(page.rgba), 4)}
    assert b"\xff\x00\x00" in pixels
    assert b"\x00\x00\xff" not in pixels


def test_pages_are_counted_and_measured_for_the_preview(built: BuiltDocument) -> None:
    assert page_count(built.pdf) == built.pages
    assert all(size.height > size.width for size in page_sizes(built.pdf))
    with pytest.raises(IndexError):
        render_page(built.pdf, built.pages, 1.0)
    with pytest.raises(Trouble):
        page_count(b"nothing")


def test_pages_may_be_rendered_and_documents_built_from_many_threads(built: BuiltDocument) -> None:
    with ThreadPoolExecutor(4) as pool:
        pictures = set(pool.map(lambda _: render_page(built.pdf, 0, 0.5).rgba, range(8)))
        again = list(
            pool.map(lambda _: build(notice(), issued_at=ISSUED_AT, verify=MARK, fonts=BUNDLED).sha256, range(4))
        )
    assert len(pictures) == 1
    assert set(again) == {built.sha256}
