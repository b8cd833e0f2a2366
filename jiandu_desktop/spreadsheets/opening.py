"""Opening a workbook that people hand over: recognise what the file really is and say what to do if it is no .xlsx."""

from __future__ import annotations

import io
import re
import warnings
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from jiandu_desktop.domain.errors import Trouble

MOST_BYTES = 50 * 1024 * 1024
MOST_UNPACKED = 1024 * 1024 * 1024  # a few MB of zip can hold terabytes of zeros

# What openpyxl and its XML readers raise over a workbook that is broken inside. SyntaxError is the base of both
# ParseError and lxml's XMLSyntaxError.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    InvalidFileException,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    NotImplementedError,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KNOWN_BEGINNINGS = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"{\\rtf", "Word 文档"),
)


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, rows and columns counted from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class OpenBook:
    """A workbook in memory, formulas as their last results. `macros`: it came with some; they are not run."""

    file: str
    workbook: Workbook
    content: bytes
    macros: bool
    scanned: dict[str, tuple[tuple[Merge, ...], bool]] = field(default_factory=dict, compare=False)
    """By sheet: its merged ranges, and whether it has formulas; looked for once."""

    @property
    def epoch(self) -> datetime:
        return self.workbook.epoch

    def merges(self, sheet: str) -> tuple[Merge, ...]:
        """The merged ranges of one sheet, which the read-only reader does not tell."""
        return self._scan(sheet)[0]

    def uncounted(self, sheet: str) -> frozenset[tuple[int, int]]:
        """(row, column) of the cells whose formula was saved without a result: by a program that does not calculate."""
        return _uncounted(self.content, self._part(sheet)) if self._scan(sheet)[1] else frozenset()

    def _scan(self, sheet: str) -> tuple[tuple[Merge, ...], bool]:
        if sheet not in self.scanned:
            part = self._part(sheet)
            self.scanned[sheet] = _merges(self.content, part) if part else ((), False)
        return self.scanned[sheet]

    def _part(self, sheet: str) -> str:
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            return _part_of_sheet(archive, sheet)


@contextmanager
def opened(path: Path) -> Iterator[OpenBook]:
    """Open the workbook at `path`; the file itself is closed again before the first row is read.

    Raises Trouble `sheet-…` for every file that is not a readable .xlsx or .xlsm, also while the body runs.
    """
    content = _content(path)
    _refuse_other_files(path.name, content)
    # openpyxl warns about styles and validations it does not know; neither matters for reading values.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        try:
            workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        except BROKEN as error:
            raise Trouble("sheet-damaged", file=path.name) from error
        try:
            yield OpenBook(path.name, workbook, content, _has_macros(content))
        finally:
            workbook.close()


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Trouble("sheet-is-folder", path=str(path))
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise Trouble("sheet-too-large", file=path.name, size=size // 1024**2 + 1, limit=MOST_BYTES // 1024**2)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise Trouble("sheet-not-found", path=str(path)) from error
    except PermissionError as error:
        raise Trouble("sheet-locked", file=path.name) from error
    except OSError as error:
        raise Trouble("sheet-unreachable", path=str(path), reason=error.strerror or str(error)) from error
    if not content.strip(b"\x00"):
        raise Trouble("sheet-empty-file", file=path.name)
    return content


def _refuse_other_files(file: str, content: bytes) -> None:
    """Raise the trouble that names what `content` is, unless it is a zip with a workbook in it."""
    if content.startswith(_OLE):
        raise Trouble(_ole_code(content), file=file, what="旧版 Office 文件")
    if content.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00\x04\x00")):
        raise Trouble("sheet-old-xls", file=file)
    for beginning, what in _KNOWN_BEGINNINGS:
        if content.startswith(beginning):
            raise Trouble("sheet-not-workbook", file=file, what=what)
    if not content.startswith(b"PK"):
        raise Trouble(_text_code(content), file=file, what="无法识别的文件")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            unpacked = sum(entry.file_size for entry in archive.infolist())
            encrypted = any(entry.flag_bits & 1 for entry in archive.infolist())
    except BROKEN as error:
        raise Trouble("sheet-damaged", file=file) from error
    if encrypted:
        raise Trouble("sheet-password", file=file)
    if unpacked > MOST_UNPACKED:
        raise Trouble("sheet-too-large", file=file, size=unpacked // 1024**2, limit=MOST_UNPACKED // 1024**2)
    _refuse_other_packages(file, names, content)


def _refuse_other_packages(file: str, names: set[str], content: bytes) -> None:
    if "xl/workbook.bin" in names:
        raise Trouble("sheet-old-xls", file=file)
    if any(name.startswith("word/") for name in names):
        raise Trouble("sheet-not-workbook", file=file, what="Word 文档")
    if any(name.startswith("ppt/") for name in names):
        raise Trouble("sheet-not-workbook", file=file, what="演示文稿")
    if "mimetype" in names and "content.xml" in names:
        raise Trouble("sheet-not-workbook", file=file, what="OpenDocument 文件")
    if "[Content_Types].xml" not in names:
        code = "sheet-damaged" if any(name.startswith("xl/") for name in names) else "sheet-not-workbook"
        raise Trouble(code, file=file, what="压缩包")
    if "xl/workbook.xml" in names:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                strict = b"purl.oclc.org/ooxml/spreadsheetml" in archive.read("xl/workbook.xml")
        except BROKEN as error:
            raise Trouble("sheet-damaged", file=file) from error
        if strict:
            raise Trouble("sheet-strict", file=file)


def _ole_code(content: bytes) -> str:
    """An OLE container names its streams in UTF-16: an encrypted .xlsx, an old .xls, or other old Office."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "sheet-password"
    if "Workbook".encode("utf-16-le") in content or b"B\0o\0o\0k\0\0\0" in content:
        return "sheet-old-xls"
    return "sheet-not-workbook"


def _text_code(content: bytes) -> str:
    head = content[:4096]
    lowered = head.lower().lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"<html" in lowered or b"<table" in lowered or lowered.startswith(b"<?xml"):
        return "sheet-is-web-page"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "sheet-is-text"
    if b"\0" in head:
        return "sheet-not-workbook"
    first_line = head.splitlines()[0]
    for encoding in ("utf-8", "gb18030"):
        try:
            # The head may end in the middle of a character; the first line does not unless it is all there is.
            first_line.decode(encoding, errors="strict" if len(first_line) < len(head) else "ignore")
        except UnicodeDecodeError:
            continue
        return "sheet-is-csv" if b"," in first_line or b"\t" in first_line else "sheet-is-text"
    return "sheet-not-workbook"


def _has_macros(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "xl/vbaProject.bin" in archive.namelist()


def _part_of_sheet(archive: zipfile.ZipFile, sheet: str) -> str:
    """The zip entry that holds `sheet`, by way of the workbook's relationships; "" where they are unusual."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return ""
    targets = {
        entry.get("Id"): entry.get("Target", "") for entry in ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    for entry in ET.fromstring(archive.read("xl/workbook.xml")).iter():
        if entry.tag.endswith("}sheet") and entry.get("name") == sheet:
            link = next((value for name, value in entry.attrib.items() if name.endswith("}id")), None)
            target = targets.get(link, "")
            part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
            return part if part in names else ""
    return ""


_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


def _merges(content: bytes, part: str) -> tuple[tuple[Merge, ...], bool]:
    """Scan the bytes of the sheet: merged ranges stand behind all rows, so a parse would have to build them first."""
    found: dict[Merge, None] = {}
    has_formulas = False
    tail = b""
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(part) as source:
        while chunk := source.read(1 << 20):
            window = tail + chunk
            has_formulas = has_formulas or _FORMULA.search(window) is not None
            for match in _MERGE.finditer(window):
                left, top, right, bottom = (end.decode() for end in match.groups())
                merge = Merge(int(top), column_index_from_string(left), int(bottom), column_index_from_string(right))
                found[merge] = None
            tail = window[-200:]
    return tuple(found), has_formulas


def _uncounted(content: bytes, part: str) -> frozenset[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(part) as source:
        for _, element in ET.iterparse(source):
            if element.tag.endswith("}row"):
                for cell in element:
                    place = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r", ""))
                    if place and _lacks_result(cell):
                        found.add((int(place[2]), column_index_from_string(place[1])))
                element.clear()
    return frozenset(found)


def _lacks_result(cell: ET.Element) -> bool:
    """`t="str"` with an empty value is a formula that gave an empty text: counted, and blank."""
    tags = {child.tag.rpartition("}")[2]: child for child in cell}
    value = tags.get("v")
    return "f" in tags and cell.get("t") != "str" and (value is None or not value.text)
