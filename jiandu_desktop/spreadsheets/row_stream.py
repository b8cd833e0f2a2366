"""Long tables into a workbook quickly: openpyxl makes the file and its styles, the rows are written as XML between."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from jiandu_desktop.paths import write_atomically

_LONGEST_TEXT = 32_767  # characters in a cell, Excel's limit
_TALLEST = 409.0
_LINE = 14.5
_CHUNK = 2_000
_DAY_NOUGHT = date(1899, 12, 30)  # Excel's day 0, for all days after February 1900
_MOST_COLUMNS = 60
_ENDLESS = 1e6
_COMPRESSION = 4  # of 1–9: a third faster than the usual 6, a twentieth larger
_ROW = re.compile(r'<row\b[^>]*\br="(\d+)"[^>]*>.*?</row>', re.DOTALL)
_STYLE = re.compile(r'<c\b[^>]*\br="([A-Z]+)\d+"[^>]*?\bs="(\d+)"')


def save_with_rows(workbook: Workbook, path: Path, rows: Mapping[str, tuple[int, Iterable[Sequence[Any]]]]) -> None:
    """Write `workbook` to `path`; `rows` maps a sheet's name to (its sample row, rows of values).

    The sample row must be the sheet's last: its cells give the styles of their columns, and it is replaced by the rows.
    Values are str, int, date or None. Raises Trouble as `sheet_look.save`.
    """
    made = io.BytesIO()
    workbook.save(made)
    parts = {f"xl/worksheets/sheet{number}.xml": name for number, name in enumerate(workbook.sheetnames, start=1)}
    out = io.BytesIO()
    with (
        zipfile.ZipFile(made) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION) as new,
    ):
        for entry in old.infolist():
            content = old.read(entry)
            name = parts.get(entry.filename, "")
            if name not in rows:
                new.writestr(entry.filename, content)
                continue
            sample, lines = rows[name]
            widths = [_width(workbook[name], get_column_letter(place)) for place in range(1, _MOST_COLUMNS)]
            before, styles, after = _cut(content.decode("utf-8"), sample)
            with new.open(entry.filename, "w") as target:
                target.write(before.encode())
                for some in _batches(_lines(lines, sample, styles, widths)):
                    target.write(some.encode())
                target.write(after.encode())
    write_atomically(path, out.getvalue())


def _width(sheet: Worksheet, letter: str) -> float:
    """What is hidden makes no row higher."""
    column = sheet.column_dimensions[letter]
    return _ENDLESS if column.hidden else column.width


def _cut(sheet: str, sample: int) -> tuple[str, Mapping[str, str], str]:
    """What stands before and after the sample row, and its styles by column letter."""
    found = next(match for match in _ROW.finditer(sheet) if match[1] == str(sample))
    # openpyxl wrote the size of the sheet as it was; readers take it from the rows where it is not said.
    before = re.sub(r"<dimension\b[^>]*/>", "", sheet[: found.start()])
    return before, dict(_STYLE.findall(found[0])), sheet[found.end() :]


def _lines(
    rows: Iterable[Sequence[Any]], first: int, styles: Mapping[str, str], widths: Sequence[float]
) -> Iterator[str]:
    cell = _Cells(styles, widths)
    for number, row in enumerate(rows, start=first):
        yield cell.row(number, row)


class _Cells:
    """Cells as XML; a text that was written before is not escaped and measured again."""

    def __init__(self, styles: Mapping[str, str], widths: Sequence[float]) -> None:
        self._columns = [
            (letter, f'" s="{styles[letter]}"', max(2, int(widths[place]) - 2))
            for place in range(_MOST_COLUMNS - 1)
            if (letter := get_column_letter(place + 1)) in styles
        ]
        self._texts: dict[str, tuple[str, int, bool]] = {}
        self._days: dict[date, str] = {}

    def row(self, number: int, values: Sequence[Any]) -> str:
        lines = 1
        parts = []
        for (letter, style, room), value in zip(self._columns, values, strict=True):
            if value is None or value == "":
                parts.append(f'<c r="{letter}{number}{style}/>')
            elif isinstance(value, str):
                inner, width, many = self._texts.get(value) or self._text(value)
                if width > room or many:
                    lines = max(lines, _wrapped(value, room) if many else -(-width // room))
                parts.append(f'<c r="{letter}{number}{style}{inner}')
            elif isinstance(value, date):
                parts.append(f'<c r="{letter}{number}{style}><v>{self._day(value)}</v></c>')
            else:
                parts.append(f'<c r="{letter}{number}{style}><v>{value}</v></c>')
        height = min(_TALLEST, lines * _LINE + 3)
        return f'<row r="{number}" ht="{height:g}" customHeight="1">{"".join(parts)}</row>'

    def _text(self, text: str) -> tuple[str, int, bool]:
        # A printable text has neither control characters nor half surrogates; most are.
        clean = text if text.isprintable() else _storable(text)
        inner = f' t="inlineStr"><is><t xml:space="preserve">{escape(clean[:_LONGEST_TEXT])}</t></is></c>'
        found = (inner, display_bytes(clean), "\n" in clean)
        if len(self._texts) < 50_000:
            self._texts[text] = found
        return found

    def _day(self, day: date) -> str:
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = str((day - _DAY_NOUGHT).days)
        return found


def display_bytes(text: str) -> int:
    """Half-width characters that a line takes: in GB 18030 a Chinese character has two bytes, a Latin letter one."""
    return len(text.encode("gb18030", "replace"))


def _wrapped(text: str, room: int) -> int:
    return sum(-(-max(1, display_bytes(line)) // room) for line in text.split("\n"))


def _storable(text: str) -> str:
    clean = ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r\n", "\n"))
    return clean.encode("utf-8", "replace").decode("utf-8")


def _batches(lines: Iterator[str]) -> Iterator[str]:
    while batch := list(islice(lines, _CHUNK)):
        yield "".join(batch)
