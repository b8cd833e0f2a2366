"""Workbooks as bureaus make them, built in the test that reads them; and ours read back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

SCHOOL_HEADS = ("学校代码", "学校名称", "区县名称", "责任区", "学校类型", "办学性质", "联系电话", "学生数")
SCHOOL_ROWS = (
    ("0312000101", "城关镇第一小学", "青石县", "第一责任区", "小学", "公办", "0398-5550101", 1186),
    ("0312000102", "城关镇初级中学", "青石县", "第一责任区", "初级中学", "公办", "0398-5550102", 934),
    ("0312000103", "河口镇中心幼儿园", "青石县", "第二责任区", "幼儿园", "民办", "0398-5550103", 210),
)


def write_rows(path: Path, *rows: Sequence[Any], sheet: str = "Sheet1") -> Path:
    """A workbook with one sheet of `rows`, as openpyxl writes it."""
    workbook = Workbook()
    page = workbook.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    workbook.save(path)
    return path


def write_schools(path: Path, *rows: Sequence[Any], sheet: str = "学校数据") -> Path:
    """A roster with the usual heads; without `rows`, three good schools."""
    return write_rows(path, SCHOOL_HEADS, *(rows or SCHOOL_ROWS), sheet=sheet)


def school(**changed: Any) -> tuple[Any, ...]:
    """The first good row with some heads changed: `school(学生数="约三百")`."""
    values = dict(zip(SCHOOL_HEADS, SCHOOL_ROWS[0], strict=True)) | changed
    return tuple(values[head] for head in SCHOOL_HEADS)


def patch_part(path: Path, part: str, pattern: str, replacement: str) -> None:
    """Change one part of the workbook's zip by a regular expression: what openpyxl itself would never write."""
    source = path.read_bytes()
    out = io.BytesIO()
    changes = 0
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == part:
                text, changes = re.subn(pattern, replacement, content.decode())
                content = text.encode()
            new.writestr(entry.filename, content)
    assert changes, f"nothing in {part} matches {pattern}"
    path.write_bytes(out.getvalue())


def read_back(path: Path) -> dict[str, list[list[Any]]]:
    """Every sheet of a workbook as rows of values, the title rows included."""
    workbook = load_workbook(path)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in workbook.worksheets}
