"""The shipped checklist with all kinds of questions: what the tests fill in is what the tour shows."""

from __future__ import annotations

import io

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from jiandu_desktop.form_engine import load_form
from tests.support.appearances import CHOICES, ROWS, SETTINGS, SHIPPED
from tests.support.checklists import workbook
from tests.support.wizard import Desk, inside, press, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


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


def test_whatever_takes_the_keyboard_has_a_name(desk: Desk) -> None:
    with inside(desk, desk.start(SHIPPED)) as room:
        for section in room.room.filling.paper.sections:
            room.room.view.show_section(section.ref)
            settle()
            for widget in room.room.view.list.column.findChildren(QWidget):
                stop = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
                if stop and widget.focusProxy() is None and widget.window() is room.window:
                    text = widget.text() if isinstance(widget, QAbstractButton) else ""
                    parent = widget.parentWidget()
                    inherited = parent.accessibleName() if parent is not None else ""
                    assert widget.accessibleName() or text or inherited, widget


def test_tab_leads_through_a_section_from_top_to_bottom(desk: Desk) -> None:
    with inside(desk, desk.start(SHIPPED)) as room:
        seen = []
        room.go("strip")
        for _ in range(40):
            seen.append(room.here)
            press(Qt.Key.Key_Tab)
            if room.room.current_ref.count("/selects/") == 0:
                break
        order = [ref.rpartition("/")[2] for ref in room.room.filling.paper.section_refs("/data/selects")]
        assert list(dict.fromkeys(seen)) == order
