"""Every document as a Word file: the same words in the same order, in real styles, and readable elsewhere."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jiandu_desktop.documents import told
from jiandu_desktop.documents.build import build
from jiandu_desktop.documents.grid import MM
from jiandu_desktop.documents.word.styles import STYLES
from jiandu_desktop.documents.word.writing import write_word
from jiandu_desktop.domain.document import DocumentKind, PrintedDocument
from jiandu_desktop.domain.errors import Trouble
from tests.support import inspections
from tests.support.pressing import every_kind, letter
from tests.support.printed import BUNDLED, ISSUED_AT, MARK, OFFICE, notice, opinion, problem, problem_list

AROUND_A_VISIT: list[PrintedDocument] = [
    inspections.inspection_notice(3),
    inspections.inspection_opinion(),
    inspections.record_sheet(),
    inspections.certificate(),
    inspections.report(),
]
ALL = [notice(), notice(12), opinion(), problem_list(), *every_kind(), *AROUND_A_VISIT]
ONLY_IN_WORD = "（在Word或WPS里右击这里"
"""The contents are filled in by Word."""
NO_PHOTO = Path("no such file")


def words_of(document: PrintedDocument) -> told.Told:
    return told.from_json(build(document, issued_at=ISSUED_AT, verify=MARK, fonts=BUNDLED).words)


def written(document: PrintedDocument) -> bytes:
    return write_word(words_of(document), ISSUED_AT, lambda sha256: NO_PHOTO)


def opened(content: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(content))


def blocks(word: WordDocument) -> list[str]:
    """Every paragraph, those in tables too, in the order of the file."""
    return ["".join(each.itertext(qn("w:t"))) for each in word.element.body.iter(qn("w:p"))]


def plain(text: str) -> str:
    """Without page numbers, line ends and spaces, which differ between paper and Word."""
    return re.sub(r"\s", "", text)


def paper_text(document: PrintedDocument) -> str:
    pdf = build(document, issued_at=ISSUED_AT, verify=MARK, fonts=BUNDLED).pdf
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    return plain("".join(re.sub(r"—\s*\d+\s*—", "", page) for page in pages))


@pytest.mark.parametrize("document", ALL, ids=lambda d: d.kind.value)
def test_every_kind_says_in_word_what_the_paper_says(document: PrintedDocument) -> None:
    content = written(document)
    assert content == written(document)
    word = opened(content)
    texts = [plain(text) for text in blocks(word)]
    paper = paper_text(document)
    # Headings, paragraphs, cells: each stands on the paper too, but for lines that a page or a cell divides.
    lost = [text for text in texts if len(text) > 1 and not text.startswith(ONLY_IN_WORD) and not _stands(text, paper)]
    assert lost == []
    assert (word.core_properties.author, word.core_properties.created is not None) == (OFFICE.name, True)
    used = {style for each in word.element.body.iter(qn("w:pStyle")) if (style := each.get(qn("w:val")))}
    assert used <= {style.id for style in STYLES}


def _stands(text: str, paper: str) -> bool:
    """Tables are read column by column there, so that a cell's lines may lie apart: its characters must be there."""
    there = all(paper.count(char) >= text.count(char) for char in set(text))
    # The label of a bar is shortened where it has no room; Word has the whole of it in a table.
    return text in paper or there or text[:8] in paper


def test_the_page_is_the_standards() -> None:
    word = opened(written(notice(12)))
    (section,) = word.sections
    inner = section._sectPr
    sizes = [section.left_margin, section.top_margin, section.page_width, section.page_height]
    assert [round(float(each or 0) / 12700 / MM) for each in sizes] == [28, 37, 210, 297]
    assert float(section.page_width or 0) - float(section.left_margin or 0) - float(section.right_margin or 0) == (
        pytest.approx(156 * MM * 12700, rel=1e-3)
    )
    grid: Any = inner.find(qn("w:docGrid"))
    # 22 lines of the grid, in twentieths of a point, fill 225 mm.
    assert int(grid.get(qn("w:linePitch"))) * 22 / 20 == pytest.approx(225 * MM, abs=1)
    even, odd = section.even_page_footer.paragraphs[0], section.footer.paragraphs[0]
    assert [each._p.pPr.jc.get(qn("w:val")) for each in (odd, even)] == ["right", "left"]
    assert "PAGE" in odd._p.xml
    assert odd.text.startswith("— ")
    assert word.settings.odd_and_even_pages_header_footer


def test_headings_are_headings_and_tables_repeat_their_head_and_divide_no_row() -> None:
    word = opened(written(notice(12)))
    names = {each.text: each.style.name for each in word.paragraphs if each.style is not None and each.text}
    assert names["一、存在的主要问题"] == "Heading 1"
    assert next(name for text, name in names.items() if "整改通知书" in text) == "Title"
    (table, imprint) = word.tables
    head, *rows = table.rows
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in (head, *rows))
    assert [cell.text for cell in head.cells] == ["序号", "存在问题及依据", "整改措施", "责任人", "完成时限"]
    assert len(rows) == 12
    assert imprint.rows[0].cells[0].text == "抄送：县教育局，柳河镇人民政府。"
    fonts = {qn(f"w:{script}"): "方正小标宋简体" for script in ("ascii", "hAnsi", "eastAsia", "cs")}
    assert dict(word.styles["Title"].element.rPr.rFonts.attrib) == fonts


def test_a_letter_has_no_number_on_its_first_page_and_lists_lie() -> None:
    section = opened(written(letter(DocumentKind.SUPERVISION))).sections[0]
    assert section.different_first_page_header_footer
    assert section.first_page_footer.paragraphs[0].text == ""
    lying = opened(written(problem_list())).sections[0]
    assert float(lying.page_width or 0) > float(lying.page_height or 0)


ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x00\x07\x0b\ufffe\u202e\u200fא</w:p>&\"'😀𠮷㐂\ue000"),
    ),
    min_size=1,
    max_size=80,
)


@settings(max_examples=25, deadline=None)
@example(text="\ud800", school="\udfff甲")
@given(text=ODD, school=ODD)
def test_whatever_was_typed_gives_a_file_that_opens(text: str, school: str) -> None:
    record = told.Told(
        title=school,
        number=text,
        author=school,
        parts=(
            told.Part(
                said=[
                    told.Head(office=school, number=text, title=(text, school)),
                    told.Addressee(name=school),
                    told.Heading(level=2, heading=text, text=school),
                    told.Table(
                        heads=(text,), widths=(1.0,), centred=(False,), rows=((text + "\n" + school,),), size=12
                    ),
                    told.Form(rows=(((text, school),),), least=(12.0,)),
                    told.Photos(pictures=((text, school),), per_page=2),
                    told.End(office=school, dated=text, sealed=True, imprint=True, copies_to=(text,)),
                ]
            ),
        ),
    )
    assert told.from_json(record.to_json()) == record
    word = opened(write_word(record, ISSUED_AT, lambda sha256: NO_PHOTO))
    assert "照片无法打印：文件缺失或者已经损坏" in blocks(word)


def test_a_problem_of_20000_characters_is_all_there() -> None:
    text = "消防通道堆放杂物，" * 2222 + "完"
    word = opened(written(notice(1, problems=(problem(1, text=text),))))
    assert any(text[:-1] in block for block in blocks(word))


def test_what_a_later_program_wrote_is_a_sentence() -> None:
    for content in (
        b"",
        b"{}",
        b'{"title":"","number":"","author":"","parts":[{"lying":false,"said":[{"is":"Film"}]}]}',
    ):
        with pytest.raises(Trouble, match="words-unreadable"):
            told.from_json(content)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_another_program_shows_the_same_pages(tmp_path: Path) -> None:
    """LibreOffice opens the file and sets it: the words are there, on about as many pages."""
    wanted = {document.kind.value: document for document in (notice(12), letter(DocumentKind.REMINDER), problem_list())}
    for name, document in wanted.items():
        (tmp_path / f"{name}.docx").write_bytes(written(document))
    done = subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            *(str(tmp_path / f"{name}.docx") for name in wanted),
        ],
        capture_output=True,
        timeout=120,
        check=False,
    )
    if b"could not be loaded" in done.stdout + done.stderr:
        pytest.skip("this LibreOffice comes without Writer")
    for name, document in wanted.items():
        shown = pypdf.PdfReader(tmp_path / f"{name}.pdf").pages
        text = plain("".join(page.extract_text() for page in shown))
        assert OFFICE.name in text
        assert plain(words_of(document).title) in text
        assert abs(len(shown) - len(pypdf.PdfReader(io.BytesIO(_pdf(document))).pages)) <= 1


def _pdf(document: PrintedDocument) -> bytes:
    return build(document, issued_at=ISSUED_AT, verify=MARK, fonts=BUNDLED).pdf


def test_the_file_holds_nothing_of_the_librarys_template() -> None:
    with zipfile.ZipFile(io.BytesIO(written(notice()))) as packed:
        assert not [name for name in packed.namelist() if "theme" in name or "thumbnail" in name or "custom" in name]
        assert b"Light Shading" not in packed.read("word/styles.xml")
