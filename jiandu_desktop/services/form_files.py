"""Checklists as files, before they are put in force: checked, printed, begun from a template."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jiandu_desktop.form_engine import Fault
    from jiandu_desktop.form_engine.report import FormReport

NEW_TITLE = "新的督导表单"
KINDS = {"inspection": "督导检查表", "plain": "普通问卷"}
"""Word on the command line → what the new workbook is."""


def check_form(path: Path) -> FormReport:
    """Everything there is to say of a workbook; raises Trouble where it is none that can be read."""
    from jiandu_desktop.form_engine.report import inspect_form

    return inspect_form(path)


def print_form(path: Path) -> str:
    """The workbook as text; raises Trouble where it is none that can be read."""
    from jiandu_desktop.form_engine.printed import printed_form

    return printed_form(path)


def new_form(path: Path, *, today: date, title: str = "", kind: str = "inspection") -> Path:
    """Write a workbook to start from; `.xlsx` is added where it is missing. The id comes from the file's name.

    Raises Trouble `sheet-already-there`, `file-not-writable` or `disk-full`.
    """
    from jiandu_desktop.spreadsheets.form_workbook import write_form_workbook

    target = path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")
    write_form_workbook(
        target, title=title or NEW_TITLE, form_id=_form_id(target.stem, today), version=f"{today:%Y.%m.%d}", kind=kind
    )
    return target


def report_json(report: FormReport) -> dict[str, Any]:
    """The report for scripts: `errors` and `warnings` with sheet, row, column, letter, code, text."""
    return {
        "file": report.file_name,
        "title": report.title,
        "form_id": report.form_id,
        "version": report.version,
        "sections": report.sections,
        "questions": report.questions,
        "errors": [_fault_json(fault) for fault in report.errors],
        "warnings": [_fault_json(fault) for fault in report.warnings],
    }


def _fault_json(fault: Fault) -> dict[str, Any]:
    return {
        "sheet": fault.sheet,
        "row": fault.row,
        "column": fault.column,
        "letter": fault.letter,
        "code": fault.code,
        "text": fault.words(),
    }


def _form_id(stem: str, today: date) -> str:
    """What is ASCII of a file's name; a date where nothing is."""
    plain = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")
    return plain or f"form-{today:%Y%m%d}"
