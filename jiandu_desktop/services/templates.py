"""Empty workbooks that the office starts from."""

from __future__ import annotations

from pathlib import Path

from jiandu_desktop import spreadsheets
from jiandu_desktop.spreadsheets import TemplateKind

TEMPLATES: dict[str, str] = {
    TemplateKind.SCHOOLS.value: "学校名册",
    TemplateKind.INSPECTORS.value: "督学名单",
    TemplateKind.PLAN.value: "督导计划",
}
"""Word on the command line → what the workbook is."""


def write_template(path: Path, kind: str) -> None:
    """Write one of `TEMPLATES`; raises Trouble `file-not-writable` or `disk-full`."""
    spreadsheets.write_template(path, TemplateKind(kind))
