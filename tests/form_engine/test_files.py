"""Files that are no checklist get a clear sentence, not a crash; and a good one is loaded once."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.sentences import sentence
from jiandu_desktop.form_engine import load_form
from tests.support.checklists import q, workbook

GOOD = workbook([q("text", "a", "甲")])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "form-file-empty"),
        (b"type,name,label\n", "form-file-not-workbook"),
        (OLE, "form-file-old"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "form-file-protected"),
        (zipped("photo.jpg", b"x"), "form-file-not-workbook"),
        (zipped("xl/workbook.xml", b"<broken"), "form-file-not-workbook"),
        (zipped("xl/workbook.xml", bytes(401_000_000)), "form-file-too-large"),
        (GOOD[: len(GOOD) // 2], "form-file-not-workbook"),
    ],
)
def test_a_file_that_is_no_checklist_is_refused_with_a_sentence(content: bytes, code: str) -> None:
    with pytest.raises(Trouble) as caught:
        load_form(content, file_name="文件.xlsx")
    assert caught.value.code == code
    assert "文件.xlsx" in sentence(caught.value.code, caught.value.values)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        load_form(tmp_path / "无.xlsx")
    assert caught.value.code == "file-not-found"


def test_a_macro_workbook_opens_and_its_macros_are_not_looked_at(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "[Content_Types].xml":
                plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
                content = content.replace(plain, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
            target.writestr(part, content)
        target.writestr("xl/vbaProject.bin", b"macros")
    path = tmp_path / "表.xlsm"
    path.write_bytes(out.getvalue())
    assert [item.name for item in load_form(path).items.values()] == ["a"]


def test_formulas_ghost_rows_and_numbers_as_text_are_read_as_excel_shows_them() -> None:
    book = openpyxl.load_workbook(io.BytesIO(GOOD))
    sheet = book["survey"]
    for row in range(3, 400):
        sheet.cell(row, 1).value = None
        sheet.cell(row, 1).font = openpyxl.styles.Font(bold=True)
    sheet.cell(401, 1).value, sheet.cell(401, 2).value, sheet.cell(401, 3).value = "integer", "b", " 乙 "
    book["settings"]["C2"] = 2026.0
    out = io.BytesIO()
    book.save(out)
    made = load_form(out.getvalue())
    assert [item.name for item in made.items.values()] == ["a", "b"]
    assert made.version == "2026"


def test_the_same_bytes_are_compiled_once() -> None:
    first = load_form(GOOD)
    assert load_form(bytes(GOOD), file_name="另一个名字.xlsx") is first
    assert len(first.file_hash) == 64
    assert load_form(workbook([q("text", "a", "乙")])) is not first
