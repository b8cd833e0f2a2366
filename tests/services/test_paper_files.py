"""Issued documents as Word files and slips: from the record they keep, whole or not at all."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from jiandu_desktop.cli import make_parser
from jiandu_desktop.cli.papers import run_paper
from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.issued import Document
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.program import Services
from jiandu_desktop.storage import county, visits


def own(services: Services, kind: DocumentKind = DocumentKind.RECTIFICATION_NOTICE) -> Document:
    return next(
        row.document
        for row in services.papers.rows()
        if row.document.kind is kind and services.store.media.has(row.document.sha256)
    )


def documents_says(services: Services, *words: str) -> int:
    return run_paper(services, make_parser().parse_args(["document", *words]))


def test_a_school_with_separators_in_its_name_gives_one_file_beside_the_others(
    laptop: Services, tmp_path: Path
) -> None:
    document = own(laptop)
    with laptop.store.writing() as work:
        school = county.school(work, document.school_id)
        county.put_schools(work, replace(school, name="../柳河/第一小学\\分校:A*\u202e"))
    name = laptop.paper_files.name(document, ".docx")
    assert Path(name).name == name
    assert not set('\\/:*?"<>|\u202e') & set(name)
    laptop.paper_files.save_word(document.id, tmp_path / name)
    assert [path.name for path in tmp_path.glob("*.docx")] == [name]


def test_a_full_disk_leaves_the_old_file_and_nothing_half(
    laptop: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = own(laptop)
    out = tmp_path / "通知书.docx"
    out.write_bytes(b"old")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for save in (
        lambda: laptop.paper_files.save_word(document.id, out),
        lambda: laptop.paper_files.save_slip(document.id, 80, out),
        lambda: laptop.papers.save_as(document.id, out),
    ):
        with pytest.raises(Trouble, match="disk-full"):
            save()
        assert out.read_bytes() == b"old"
        assert [path.name for path in tmp_path.glob("通知书*")] == ["通知书.docx"]


def test_what_was_issued_before_there_was_a_record_says_what_can_be_had_instead(laptop: Services) -> None:
    document = own(laptop)
    with laptop.store.writing() as work:
        visits.put_document(work, replace(document, words=""))
    with pytest.raises(Trouble, match="document-wordless"):
        laptop.paper_files.word(document.id)
    assert laptop.paper_files.slip(document.id, 80).startswith(b"%PDF")


def test_the_office_has_the_words_of_every_laptops_documents(laptop: Services, office: Services) -> None:
    document = own(laptop)
    laptop.exchange.sync(Progress())
    office.office.publish(Progress())
    assert office.paper_files.word(document.id) == laptop.paper_files.word(document.id)


def test_documents_are_listed_and_written_by_the_command_line(
    laptop: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = own(laptop)
    assert documents_says(laptop, "list") == 0
    assert f"{document.number}  整改通知书" in capsys.readouterr().out
    for form, head in (("docx", b"PK"), ("pdf", b"%PDF"), ("slip58", b"%PDF")):
        out = tmp_path / form
        assert documents_says(laptop, "export", document.number, "--format", form, "--out", str(out)) == 0
        assert out.read_bytes().startswith(head)
    (tip,) = laptop.letters.issue(laptop.letters.draft(DocumentKind.WORK_TIP, addressee="各学校"))
    assert not tip.has_slip
    with pytest.raises(Trouble, match="document-slipless"):
        documents_says(laptop, "export", tip.number, "--format", "slip80")
    with pytest.raises(Trouble, match="document-unknown"):
        documents_says(laptop, "export", "没有〔2026〕1号")
