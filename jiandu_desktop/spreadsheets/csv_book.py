"""A CSV as the workbook it stands for, so that small lists may come either way with the same checks."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from jiandu_desktop.domain.errors import Trouble

_ENDINGS = (".csv", ".txt")


@contextmanager
def as_workbook(path: Path) -> Iterator[Path]:
    """`path` itself, or for a .csv a workbook of the same name with its cells as text, gone afterwards.

    UTF-8 with or without mark, else GB18030, as Excel and WPS save it. Raises Trouble `file-not-found`,
    `file-not-readable`, `sheet-is-text` for bytes that are no table.
    """
    if path.suffix.lower() not in _ENDINGS:
        yield path
        return
    try:
        rows = list(csv.reader(io.StringIO(_text(path))))
    except csv.Error as error:
        raise Trouble("sheet-is-text", file=path.name) from error
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "CSV"
    for row in rows:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row])
    with tempfile.TemporaryDirectory(prefix="jiandu-csv-") as folder:
        made = Path(folder) / path.name
        out = io.BytesIO()
        workbook.save(out)
        made.write_bytes(out.getvalue())
        yield made


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise Trouble("file-not-found", path=str(path)) from error
    except OSError as error:
        raise Trouble("file-not-readable", path=str(path), reason=error.strerror or str(error)) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Trouble("sheet-is-text", file=path.name)
