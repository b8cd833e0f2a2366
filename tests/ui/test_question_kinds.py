"""The shipped checklist with all kinds of questions: what the tests fill in is what the tour shows."""

from __future__ import annotations

import io

import openpyxl

from jiandu_desktop.form_engine import load_form
from tests.support.appearances import CHOICES, ROWS, SETTINGS, SHIPPED
from tests.support.checklists import workbook


def test_the_shipped_workbook_is_the_one_the_tests_use() -> None:
    fresh = openpyxl.load_workbook(io.BytesIO(workbook(ROWS, CHOICES, SETTINGS)))
    shipped = openpyxl.load_workbook(SHIPPED)
    for sheet in ("survey", "choices", "settings"):
        want = [[cell.value for cell in row] for row in fresh[sheet].iter_rows()]
        assert [[cell.value for cell in row] for row in shipped[sheet].iter_rows()] == want, (
            "python -m tests.support.appearances writes it anew"
        )


def test_it_has_no_fault() -> None:
    assert load_form(SHIPPED).form_id == "question-kinds"
