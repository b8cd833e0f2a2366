"""文书模板: an office words its documents in its own way, in a workbook, and every laptop follows."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pypdf
import pytest
from openpyxl import load_workbook

from jiandu_desktop.cli import make_parser
from jiandu_desktop.cli.office import run_office
from jiandu_desktop.cli.papers import run_paper
from jiandu_desktop.domain.document import DocumentKind, DocumentTemplate
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.importing import ImportRefused
from jiandu_desktop.services.program import Services

OWN = 4
"""Column 本单位写法."""


def write(path: Path, *changes: tuple[str, str, str, str]) -> None:
    """Fill in (kind, part, original, text): the line of that kind and part, of headings that of the original."""
    book = load_workbook(path)
    sheet = book["文书模板"]
    for kind, part, original, text in changes:
        row = next(
            row
            for row in sheet.iter_rows(min_row=4)
            if (row[0].value, row[1].value) == (kind, part) and (not original or row[2].value == original)
        )
        if row[OWN - 1].value:
            added = sheet.max_row + 1
            for column, value in enumerate((kind, part, original, text), start=1):
                sheet.cell(added, column).value = value
        else:
            row[OWN - 1].value = text
    book.save(path)


def office_says(office: Services, *words: str) -> int:
    return run_office(office, make_parser().parse_args(["office", *words]))


def a_reminder(services: Services) -> str:
    row = services.problems.rows(services.store.today())[0]
    draft = services.letters.draft(DocumentKind.REMINDER, [row.problem.id])
    pages = pypdf.PdfReader(io.BytesIO(services.letters.preview(draft).pdf)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")


def test_the_offices_words_stand_in_every_laptops_documents_as_pdf_and_as_word(
    office: Services, laptop: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "模板.xlsx"
    assert office_says(office, "templates", "--export", str(path)) == 0
    write(
        path,
        ("提醒函", "机关名称", "", "青禾县教育督导委员会办公室"),
        ("提醒函", "文种代字", "", "督提"),
        ("提醒函", "开头语", "", "{收文单位}：{我室}清理台账时看到，{事由}还有{问题数}项没有办结"),
        ("提醒函", "小标题", "需要整改的问题", "需要尽快办结的事项"),
        ("提醒函", "要求", "", "请于{答复期限}前办结并函复"),
        ("提醒函", "要求", "", "办结材料请附照片"),
        ("提醒函", "结束语", "", "专此提醒"),
        ("提醒函", "加签", "", "签收人"),
        ("提醒函", "抄送", "", "县纪委监委"),
    )
    assert office_says(office, "templates", "--import", str(path)) == 0
    assert "提醒函" in capsys.readouterr().out
    office.office.publish(Progress())
    laptop.exchange.sync(Progress())
    said = a_reminder(laptop)
    for words in ("青禾县教育督导委员会办公室", "我办清理台账时看到", "需要尽快办结的事项", "2.办结材料请附照片。"):
        assert words in said
    for words in ("专此提醒。", "签收人", "抄送：县纪委监委", "青禾县教育督导委员会办公室2026年"):
        assert words in said
    assert "特此提醒" not in said
    row = laptop.problems.rows(laptop.store.today())[0]
    (issued,) = laptop.letters.issue(laptop.letters.draft(DocumentKind.REMINDER, [row.problem.id]))
    assert "教督提〔" in issued.number
    assert "函" not in issued.number
    out = tmp_path / "函.docx"
    chosen = make_parser().parse_args(["document", "export", issued.number, "--format", "docx", "--out", str(out)])
    assert run_paper(laptop, chosen) == 0
    texts = [paragraph.text for paragraph in docx.Document(str(out)).paragraphs]
    assert "青禾县教育督导委员会办公室" in texts
    assert any("需要尽快办结的事项" in text for text in texts)
    # What was issued says what it said, whatever the template has become.
    office.templates.reset()
    office.office.publish(Progress())
    laptop.exchange.sync(Progress())
    assert "特此提醒。" in a_reminder(laptop)
    assert laptop.paper_files.word(issued.id) == out.read_bytes()


def test_a_workbook_as_it_was_written_changes_nothing_and_keeps_what_was_set(office: Services, tmp_path: Path) -> None:
    made = {
        DocumentKind.RECTIFICATION_NOTICE: DocumentTemplate(
            issuer="青禾县教育局",
            demand=("{方案天数}个工作日内交方案，整改后{报告天数}日内报告", "另附照片"),
            headings=(("整改要求", "有关要求"),),
            copies_to=(),
        ),
        DocumentKind.TALK_RECORD: DocumentTemplate(signatories=("记录人", "监督员")),
    }
    office.templates.put(made)
    path = tmp_path / "模板.xlsx"
    office.templates.export(path)
    office.templates.import_file(path)
    assert dict(office.templates.read().templates) == made


def test_every_fault_is_told_with_its_row_and_nothing_is_taken_in(office: Services, tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    office.templates.export(path)
    write(
        path,
        ("问题清单", "加签", "", "一" * 13),
        ("提醒函", "开头语", "", "{学校名}还有{督导日期}的问题"),
        ("提醒函", "要求", "", "请抓紧办结"),
        ("提醒函", "结束语", "", "{机关 特此提醒"),
        ("督办函", "文种代字", "", "DB-1"),
        ("整改通知书", "要求", "", "请在{方案天数}个工作日内交方案"),
        ("整改通知书", "小标题", "整改要求", "长" * 26),
    )
    book = load_workbook(path)
    sheet = book["文书模板"]
    for values in (
        ("四个清单", "开头语", "", "开头"),
        ("督办函", "小标题", "没有这个", "改成"),
        ("没有这种", "机关名称", "", "某局"),
        ("销号单", "机关名称", "", "甲局"),
        ("销号单", "机关名称", "", "乙局"),
    ):
        at = sheet.max_row + 1
        for column, value in enumerate(values, start=1):
            sheet.cell(at, column).value = value
    book.save(path)
    with pytest.raises(ImportRefused) as caught:
        office.templates.import_file(path)
    told = "\n".join(caught.value.faults)
    for words in (
        "最多 12 个字",
        "不认得占位“{学校名}”",
        "不认得占位“{督导日期}”",
        "提醒函的要求必须写到{答复期限}",
        "花括号没有成对",
        "文种代字“DB-1”不能用",
        "整改通知书的要求必须写到{报告天数}",
        "最多 25 个字",
        "四个清单没有“开头语”这一项",
        "督办函没有小标题“没有这个”",
        "不认得“没有这种”",
        "说的是同一条",
    ):
        assert words in told
    assert all("文书模板" in line and "第" in line for line in caught.value.faults)
    assert office.templates.read().templates == ()


def test_only_the_office_sets_templates(laptop: Services) -> None:
    with pytest.raises(Trouble, match="not-office"):
        laptop.templates.reset()
