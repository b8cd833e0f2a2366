"""Empty workbooks that the office starts from."""

from __future__ import annotations

from pathlib import Path

TEMPLATES = {"schools": "学校名册", "inspectors": "督学名单", "plan": "督导计划"}
"""Word on the command line → what the workbook is."""


def write_template(path: Path, kind: str) -> None:
    """Write one of `TEMPLATES`; raises Trouble `file-not-writable` or `disk-full`."""
    from jiandu_desktop import spreadsheets

    spreadsheets.write_template(path, spreadsheets.TemplateKind(kind))
