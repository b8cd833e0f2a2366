"""The only door to workbook files: openpyxl reads the cells, pyxform makes the XForm."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final
from xml.parsers.expat import ExpatError

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from pyxform.errors import PyXFormError
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
from pyxform.xls2xform import convert

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.form_engine import chinese_headings

_LARGEST_FILE: Final = 50_000_000  # bytes
_LARGEST_CONTENT: Final = 400_000_000  # bytes when unpacked: beyond it the file is a trap, not a checklist
_MOST_ROWS: Final = 200_000
_MOST_BLANK: Final = 2_000  # blank rows in a row: what follows is formatting left behind
_DEEPEST: Final = 60  # groups within groups
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What openpyxl, zipfile and zlib raise on files that only look like workbooks (found by damaging good ones).
_DAMAGED: Final = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    LookupError,
    ValueError,
    OSError,
    SyntaxError,
    EOFError,
    TypeError,
    AttributeError,
    RuntimeError,  # a zip with a password; NotImplementedError: a way of packing that nobody uses
    OverflowError,
)
SIMPLE_TYPES: Final = frozenset(QUESTION_TYPE_DICT)


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds something: its number in the sheet (from 1) and its texts by column header."""

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Headers as written, in order, and the rows below them; `letters`: header → Excel's letter of its column."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    letters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets that XLSForm knows, by lower-case name."""

    sheets: Mapping[str, Sheet]
    names: tuple[str, ...]

    def sheet(self, name: str) -> Sheet | None:
        return self.sheets.get(name)


_KNOWN_SHEETS: Final = frozenset(
    ("survey", "choices", "settings", "external_choices", "osm", "entities", "last-saved", "cascades")
)


def read_workbook(content: bytes, file_name: str) -> Workbook:
    """The cells of an .xlsx (or .xlsm: its macros are not looked at).

    Raises Trouble `form-file-empty`, `form-file-protected`, `form-file-old`, `form-file-not-workbook` or
    `form-file-too-large`.
    """
    _refuse_early(content, file_name)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except _DAMAGED as error:
        raise Trouble("form-file-not-workbook", name=file_name) from error
    try:
        sheets = {}
        plain = {name.strip().lower() for name in book.sheetnames}
        for name in book.sheetnames:
            written = name.strip().lower()
            key = written if written in _KNOWN_SHEETS else chinese_headings.sheet_key(name)
            if key in _KNOWN_SHEETS and (key == written or key not in plain) and key not in sheets:
                sheets[key] = _sheet(key, name, book[name], file_name)
        return Workbook(sheets, tuple(book.sheetnames))
    except _DAMAGED as error:
        raise Trouble("form-file-not-workbook", name=file_name) from error
    finally:
        book.close()


def read_list(content: bytes, file_name: str) -> tuple[list[str], list[list[str]]]:
    """Headers and rows of a workbook's first sheet, for a list beside a checklist. Raises as `read_workbook`."""
    _refuse_early(content, file_name)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            rows = [texts for _, texts in _texts(book.worksheets[0], file_name)] if book.worksheets else []
        finally:
            book.close()
    except _DAMAGED as error:
        raise Trouble("form-file-not-workbook", name=file_name) from error
    headers = rows[0] if rows else []
    width = len(headers)
    return headers, [[*row, *[""] * (width - len(row))][:width] for row in rows[1:]]


def _refuse_early(content: bytes, file_name: str) -> None:
    if not content:
        raise Trouble("form-file-empty", name=file_name)
    if len(content) > _LARGEST_FILE:
        raise Trouble("form-file-too-large", name=file_name, limit=_LARGEST_FILE // 1_000_000)
    if content.startswith(_OLE):
        protected = "EncryptedPackage".encode("utf-16-le") in content
        raise Trouble("form-file-protected" if protected else "form-file-old", name=file_name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
            names = archive.namelist()
    except _DAMAGED as error:
        raise Trouble("form-file-not-workbook", name=file_name) from error
    if size > _LARGEST_CONTENT:
        raise Trouble("form-file-too-large", name=file_name, limit=_LARGEST_CONTENT // 1_000_000)
    if "xl/workbook.xml" not in names:
        raise Trouble("form-file-not-workbook", name=file_name)


def _sheet(key: str, name: str, sheet: Any, file_name: str) -> Sheet:
    rows = _texts(sheet, file_name)
    header_row = next(rows, None)
    if header_row is None:
        return Sheet(name, (), ())
    headers = _in_english(key, header_row[1])
    kept = []
    for number, texts in rows:
        cells = {header: text for header, text in zip(headers, texts, strict=False) if header and text}
        if key == "survey" and "type" in cells:
            cells["type"] = chinese_headings.question_type(cells["type"])
        if cells:
            kept.append(Row(number, cells))
    letters = {header: get_column_letter(place) for place, header in reversed(list(enumerate(headers, 1))) if header}
    return Sheet(name, tuple(header for header in headers if header), tuple(kept), letters)


def _in_english(key: str, headers: list[str]) -> list[str]:
    """Chinese headings as XLSForm's, unless the sheet has that column already."""
    known = set(headers)
    english: list[str] = []
    for header in headers:
        column = chinese_headings.column(key, header)
        english.append(header if column in known else column)
        known.add(english[-1])
    return english


def _texts(sheet: Any, file_name: str) -> Iterator[tuple[int, list[str]]]:
    blank = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        texts = [cell_text(value) for value in values]
        if not any(texts):
            blank += 1
            if blank > _MOST_BLANK:
                return
            continue
        if number > _MOST_ROWS:
            raise Trouble("form-file-too-many-rows", name=file_name, limit=_MOST_ROWS)
        blank = 0
        yield number, texts


def _refuse_depth(book: Workbook) -> None:
    depth = 0
    survey = book.sheet("survey")
    for row in survey.rows if survey is not None else ():
        words = row.get("type").lower().replace("_", " ").split()
        if words[:1] == ["begin"]:
            depth += 1
        elif words[:1] == ["end"]:
            depth -= 1
        if depth > _DEEPEST:
            raise Trouble("form-groups-too-deep", row=row.number, limit=_DEEPEST)


def cell_text(value: object) -> str:
    """A cell as XLSForm reads it: whole numbers without `.0`, dates in ISO, outer spaces off."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value).replace("\u00a0", " ").strip()


class Refusal(Exception):
    """pyxform refuses the workbook: its English message, and the row it names (None where it names none)."""

    def __init__(self, message: str, row: int | None) -> None:
        super().__init__(message, row)
        self.message = message
        self.row = row


_ROW: Final = re.compile(r"\[row\s*:\s*(\d+)\]|\brow (\d+)\b", re.IGNORECASE)


_XLSX_LIST: Final = re.compile(r"^(select[ _](?:one|multiple)[ _]from[ _]file\s+.*)\.xlsx$", re.IGNORECASE)

# pyxform makes “ ” to " everywhere; in Chinese words they are hidden from it.
_WORDS: Final = re.compile(
    r"(label|hint|guidance_hint|constraint_message|required_message|form_title)(::.*)?"
    r"|.*\bjiandu:(problem|measure|standard|basis)"
)
_HIDDEN_QUOTES: Final = str.maketrans("“”‘’", "\ue201\ue202\ue203\ue204")
_QUOTES: Final = str.maketrans("\ue201\ue202\ue203\ue204", "“”‘’")


def make_xform(book: Workbook) -> str:
    """The ODK XForm of the workbook as text; raises Refusal.

    pyxform gets the cells that we read and not the file: it would read it a second time, and stop at sixty blank rows.
    Also raises Trouble `form-groups-too-deep`, since pyxform calls itself for every group within a group.
    """
    _refuse_depth(book)
    sheets: dict[str, Any] = {"sheet_names": list(book.names)}
    for name, sheet in book.sheets.items():
        rows: list[dict[str, str]] = []
        for row in sheet.rows:
            rows.extend({} for _ in range(row.number - 2 - len(rows)))  # its messages count rows from 2
            cells = {
                header: text.translate(_HIDDEN_QUOTES) if _WORDS.fullmatch(header) else text
                for header, text in row.cells.items()
            }
            if name == "survey":
                # pyxform knows no lists in .xlsx; the engine reads a file of either kind under the name with .csv.
                cells = {header: _XLSX_LIST.sub(r"\1.csv", text) for header, text in cells.items()}
            rows.append(cells)
        sheets[name] = rows
        sheets[f"{name}_header"] = [dict.fromkeys(sheet.headers)]
    try:
        result = convert(xlsform=sheets, form_name="data", validate=False, pretty_print=False)
    except PyXFormError as error:
        message = " ".join(str(error).split())
        found = _ROW.search(message)
        raise Refusal(message, int(found.group(1) or found.group(2)) if found else None) from error
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError, ExpatError) as error:
        # pyxform stumbles over cells in odd places instead of refusing them (found by fuzzing).
        raise Refusal(f"{type(error).__name__}: {error}", None) from error
    return str(result.xform).translate(_QUOTES)
