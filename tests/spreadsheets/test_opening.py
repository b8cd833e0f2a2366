"""Whatever file is handed over, the user reads what it is and what to do, and nothing crashes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.sentences import TEMPLATES, sentence
from jiandu_desktop.domain.sentences_spreadsheets import SENTENCES
from jiandu_desktop.spreadsheets import opening, read_schools, rows
from tests.support.workbooks import SCHOOL_HEADS, SCHOOL_ROWS, patch_part, write_rows, write_schools

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def trouble_of(path: Path) -> Trouble:
    with pytest.raises(Trouble) as caught:
        read_schools(path)
    said = sentence(caught.value.code, caught.value.values)
    assert "?" not in said
    assert "请" in said
    return caught.value


def zipped(path: Path, **parts: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return path


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("名册.xlsx", b"", "sheet-empty-file"),
        ("名册.xlsx", bytes(4096), "sheet-empty-file"),
        ("名册.xlsx", "学校名单,如下\n".encode(), "sheet-is-csv"),
        ("名册.csv", "学校代码,学校名称\n001,城关一小\n".encode("gb18030"), "sheet-is-csv"),
        ("名册.xls", "学校代码\t学校名称\n".encode(), "sheet-is-csv"),
        ("名册.xlsx", "请看附件\n".encode("gb18030"), "sheet-is-text"),
        ("名册.txt", "学校".encode("utf-16"), "sheet-is-text"),
        ("名册.xls", b"<html><table><tr><td>1</td></tr></table></html>", "sheet-is-web-page"),
        ("名册.xls", b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "sheet-is-web-page"),
        ("名册.xlsx", b"%PDF-1.7 ...", "sheet-not-workbook"),
        ("名册.xlsx", b"\x89PNG\r\n\x1a\n", "sheet-not-workbook"),
        ("名册.xlsx", b"\x00\x01\x02\x03" * 40, "sheet-not-workbook"),
        ("名册.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "sheet-password"),
        ("名册.xls", OLE + "Workbook".encode("utf-16-le"), "sheet-old-xls"),
        ("名册.xlsx", OLE + "WordDocument".encode("utf-16-le"), "sheet-not-workbook"),
        ("名册.xls", b"\x09\x08\x10\x00\x00\x06", "sheet-old-xls"),
        ("名册.xlsx", b"PK\x03\x04 cut off", "sheet-damaged"),
    ],
)
def test_a_file_that_is_no_workbook_is_named_by_its_content(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert trouble_of(path).code == code


def test_other_packages_are_told_from_workbooks(tmp_path: Path) -> None:
    for parts, code in (
        ({"word__document.xml": "", "[Content_Types].xml": ""}, "sheet-not-workbook"),
        ({"ppt__presentation.xml": "", "[Content_Types].xml": ""}, "sheet-not-workbook"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""}, "sheet-not-workbook"),
        ({"名册.xlsx": "x"}, "sheet-not-workbook"),
        ({"xl__workbook.bin": "", "[Content_Types].xml": ""}, "sheet-old-xls"),
        ({"xl__workbook.xml": ""}, "sheet-damaged"),
        ({"xl__workbook.xml": "<", "[Content_Types].xml": "<"}, "sheet-damaged"),
    ):
        assert trouble_of(zipped(tmp_path / "a.xlsx", **parts)).code == code, parts


def test_every_cut_of_a_good_workbook_is_called_damaged(tmp_path: Path) -> None:
    whole = write_schools(tmp_path / "名册.xlsx").read_bytes()
    for length in range(8, len(whole), len(whole) // 25):
        path = tmp_path / "cut.xlsx"
        path.write_bytes(whole[:length])
        assert trouble_of(path).code == "sheet-damaged"


def test_broken_xml_inside_is_called_damaged(tmp_path: Path) -> None:
    for part, pattern in (
        ("xl/worksheets/sheet1.xml", r"</sheetData>.*"),
        ("xl/workbook.xml", r"<sheets>"),
        ("xl/styles.xml", r"<cellXfs.*?</cellXfs>"),
        ("[Content_Types].xml", r"</Types>"),
    ):
        path = write_schools(tmp_path / "名册.xlsx")
        patch_part(path, part, pattern, "<broken ")
        assert trouble_of(path).code == "sheet-damaged", part


def test_a_missing_path_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    assert trouble_of(tmp_path / "没有.xlsx").code == "sheet-not-found"
    assert trouble_of(tmp_path).code == "sheet-is-folder"


def test_a_file_that_another_program_holds_asks_to_close_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_schools(tmp_path / "名册.xlsx")

    def held(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", held)  # the administrator who runs tests may read everything
    assert trouble_of(path).code == "sheet-locked"


def test_a_share_that_vanishes_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_schools(tmp_path / "名册.xlsx")

    def gone(_: Path) -> bytes:
        raise OSError(121, "The semaphore timeout period has expired")

    monkeypatch.setattr(Path, "read_bytes", gone)
    assert trouble_of(path).code == "sheet-unreachable"


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    with path.open("wb") as out:
        out.truncate(opening.MOST_BYTES + 1)
    assert trouble_of(path).values["size"] == 51


def test_a_zip_that_would_unpack_to_gigabytes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_UNPACKED", 10_000)
    assert trouble_of(write_schools(tmp_path / "名册.xlsx", *SCHOOL_ROWS)).code == "sheet-too-large"


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MOST_ROWS", 2)
    assert trouble_of(write_schools(tmp_path / "名册.xlsx")).code == "sheet-too-many-rows"


def test_strict_open_xml_is_named(tmp_path: Path) -> None:
    path = write_schools(tmp_path / "名册.xlsx")
    patch_part(
        path,
        "xl/workbook.xml",
        r"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    assert trouble_of(path).code == "sheet-strict"


def test_a_macro_workbook_is_read_and_its_macros_are_not(tmp_path: Path) -> None:
    path = write_schools(tmp_path / "名册.xlsm")
    patch_part(path, "[Content_Types].xml", r"spreadsheetml\.sheet\.main\+xml", "spreadsheetml.sheet.main+xml")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", OLE)
    reading = read_schools(path)
    assert len(reading.rows) == 3
    assert [notice.code for notice in reading.notices] == ["note-macros"]
    assert "宏没有运行" in reading.notices[0].sentence()


def test_no_header_names_what_was_looked_for_and_where(tmp_path: Path) -> None:
    workbook = load_workbook(write_rows(tmp_path / "a.xlsx", ["评估内容", "指标原文"], ["x", "y"], sheet="指标"))
    workbook.create_sheet("空表")
    workbook.save(tmp_path / "a.xlsx")
    trouble = trouble_of(tmp_path / "a.xlsx")
    assert trouble.code == "sheet-no-header"
    said = sentence(trouble.code, trouble.values)
    for word in ("学校代码、学校名称、学校类型", "指标、空表", "评估内容、指标原文"):
        assert word in said


def test_a_workbook_with_nothing_in_it_has_no_header(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "空.xlsx")
    assert trouble_of(tmp_path / "空.xlsx").code == "sheet-no-header"


def test_a_missing_column_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.xlsx", ["2026 年名册"], ["学校名称", "区县", "学生数"], ["城关一小", "青石县", 3])
    trouble = trouble_of(path)
    assert trouble.code == "sheet-missing-column"
    assert trouble.values["missing"] == "学校代码、学校类型"
    assert trouble.values["row"] == 2
    assert trouble.values["found"] == "学校名称、区县、学生数"


def test_a_sheet_that_claims_every_row_and_column_is_read_at_once(tmp_path: Path) -> None:
    path = write_schools(tmp_path / "名册.xlsx")
    patch_part(path, "xl/worksheets/sheet1.xml", r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"')
    assert len(read_schools(path).rows) == 3


def test_a_stray_cell_in_the_last_row_of_excel_ends_in_a_notice(tmp_path: Path) -> None:
    path = write_schools(tmp_path / "名册.xlsx")
    stray = '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>0312</t></is></c></row></sheetData>'
    patch_part(path, "xl/worksheets/sheet1.xml", "</sheetData>", stray)
    reading = read_schools(path)
    assert len(reading.rows) == 3
    assert [(notice.code, notice.row) for notice in reading.notices] == [("note-gap", 5)]


def test_unknown_styles_raise_no_warning(tmp_path: Path) -> None:
    path = write_schools(tmp_path / "名册.xlsx")
    patch_part(path, "xl/styles.xml", r"<cellStyles.*</cellStyles>", "")  # what web exporters leave out
    assert len(read_schools(path).rows) == 3


def test_every_code_of_spreadsheets_has_a_sentence_that_formats() -> None:
    for code in SENTENCES:
        assert TEMPLATES[code].format_map(dict.fromkeys(_NAMES, "x"))
    assert len(SCHOOL_HEADS) == len(SCHOOL_ROWS[0])


_NAMES = (
    *("path", "file", "sheet", "row", "column", "what", "size", "limit", "reason", "wanted", "sheets", "found"),
    *("missing", "count", "first", "shown", "known", "name", "other", "other_name", "other_code", "code"),
    *("header", "text", "day", "kind", "least", "most"),
)
