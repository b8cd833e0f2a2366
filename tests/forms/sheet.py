"""A shipped checklist being filled in by item name, and one whose thresholds an office has changed."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from jiandu_desktop.form_engine import Definition, Instance

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=timezone(timedelta(hours=8)))


class Sheet:
    """A sheet being filled in; answers and values by item name."""

    def __init__(self, definition: Definition, **answers: str) -> None:
        self.refs = {item.name: item.ref for item in definition.items.values()}
        self.instance = Instance(definition, now=lambda: NOW, prefill={"school_pupils": "1186"})
        self.answer(**answers)

    def answer(self, **answers: str) -> None:
        for name, value in answers.items():
            self.instance.answer(self.refs[name], value)

    def __getitem__(self, name: str) -> str:
        return self.instance.node(self.refs[name]).value

    def number(self, name: str) -> float:
        return float(self[name])

    def problem(self, name: str) -> str:
        proposal = self.instance.proposal(self.refs[name])
        assert proposal is not None
        return proposal.text

    def warning(self, name: str) -> str:
        """What the screen asks to check, "" for nothing."""
        violation = self.instance.node(self.refs[name]).violation
        if violation is None:
            return ""
        assert violation.soft
        return violation.message


def with_limit(workbook: Path, name: str, value: str) -> bytes:
    """A workbook as an office changes it: one cell of the column `calculation`."""
    book = load_workbook(workbook)
    sheet = book["survey"]
    heads = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[heads.index("name")].value == name)
    row[heads.index("calculation")].value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()
