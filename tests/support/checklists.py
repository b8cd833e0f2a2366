"""Tiny checklists for tests: a few rows, a real workbook, a real Definition."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import openpyxl

from jiandu_desktop.form_engine import Definition, Instance, load_form

Cells = Mapping[str, Any]
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=timezone(timedelta(hours=8)))
SETTINGS: Cells = {
    "form_title": "小表",
    "form_id": "tiny",
    "version": "1",
    "namespaces": 'jiandu="urn:jiandu:forms:1"',
}
YES_NO_NA: tuple[Cells, ...] = (
    {"list_name": "ypn", "name": "yes", "label": "符合", "score": 1},
    {"list_name": "ypn", "name": "part", "label": "部分符合", "score": 0.5, "failed": "yes"},
    {"list_name": "ypn", "name": "no", "label": "不符合", "score": 0, "failed": "yes"},
    {"list_name": "ypn", "name": "na", "label": "不适用", "key": "0"},
    {"list_name": "matters", "name": "safety", "label": "校园安全"},
    {"list_name": "phrases_guard", "name": "a", "label": "保安员年龄超过60周岁"},
    {"list_name": "phrases_guard", "name": "b", "label": "保安员无证上岗"},
)


def workbook(survey: Sequence[Cells], choices: Sequence[Cells] = YES_NO_NA, settings: Cells = SETTINGS) -> bytes:
    """The bytes of an .xlsx with these rows; a sheet without rows is left out."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in (("survey", survey), ("choices", choices), ("settings", [settings] if settings else [])):
        if not rows:
            continue
        sheet = book.create_sheet(title)
        headers = list(dict.fromkeys(header for row in rows for header in row))
        sheet.append(headers)
        for row in rows:
            sheet.append([row.get(header) for header in headers])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def q(kind: str, name: str, label: str | None = "", **cells: Any) -> dict[str, Any]:
    """A row of the survey sheet; inspection columns as keywords with `j_` in front (`j_weight=5`)."""
    row: dict[str, Any] = {"type": kind, "name": name, "label": label or name}
    for key, value in cells.items():
        row[f"bind::jiandu:{key[2:]}" if key.startswith("j_") else key] = value
    return row


END_GROUP: Cells = {"type": "end_group"}
END_REPEAT: Cells = {"type": "end_repeat"}


def definition(*survey: Cells, choices: Sequence[Cells] = YES_NO_NA, settings: Cells = SETTINGS) -> Definition:
    return load_form(workbook(survey, choices, settings), file_name="小表.xlsx")


def start(*survey: Cells, choices: Sequence[Cells] = YES_NO_NA, **given: Any) -> Instance:
    """A visit that has just begun with this tiny checklist."""
    return Instance(definition(*survey, choices=choices), now=given.pop("now", clock), **given)


def clock() -> datetime:
    return NOW


def utc_clock() -> datetime:
    return NOW.astimezone(UTC)
