"""A scanner types into the record, not into the program: no key of a code is a command, and every sign is kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from jiandu_desktop.ui.questions.barcode import CodeField
from tests.support.all_types import PLACES
from tests.support.checklists import q
from tests.support.wizard import CONTROL, Desk, focus, inside, press, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TWO_CODES = (q("barcode", "first", "第一个编号"), q("barcode", "second", "第二个编号"), q("text", "after", "说明"))


@pytest.fixture(autouse=True)
def quick_hands(monkeypatch: pytest.MonkeyPatch) -> None:
    """All keys come at one moment, however slow the machine is."""
    monkeypatch.setattr("jiandu_desktop.ui.questions.barcode.monotonic", lambda: 100.0)


def scan(code: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """What a scanner sends: the signs at once, then Enter."""
    for sign in code:
        QTest.keyClick(focus(), sign)
    QTest.keyClick(focus(), end)
    settle()


def test_codes_scanned_one_after_the_other_fill_one_question_after_the_other(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*TWO_CODES)) as room:
        room.go("first")
        scan("0069012345678")
        scan(" A-1/b:2")
        assert room.value("first") == "0069012345678"
        assert room.value("second") == " A-1/b:2"
        assert room.here == "after"


def test_a_second_scan_replaces_the_first(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*TWO_CODES)) as room:
        field = room.go("first").field
        assert isinstance(field, CodeField)
        scan("11111111")
        room.go("first")
        field.edit.deselect()
        field.edit.setCursorPosition(3)
        scan("22222222")
        assert room.value("first") == "22222222"


def test_a_scanner_that_ends_with_tab_goes_on_too(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*TWO_CODES)) as room:
        room.go("first")
        scan("998877", Qt.Key.Key_Tab)
        assert room.value("first") == "998877"
        assert room.here == "second"


def test_a_control_sign_within_a_code_is_no_command(desk: Desk) -> None:
    """Group separators of GS1 codes arrive as Ctrl+], others as Ctrl+D, which opens a note in the room."""
    with inside(desk, desk.start_rows(*TWO_CODES)) as room:
        row = room.go("first")
        for sign in "0104":
            QTest.keyClick(focus(), sign)
        QTest.keyClick(focus(), Qt.Key.Key_D, CONTROL)
        scan("2108")
        assert room.value("first") == "01042108"
        assert row.note is None


def test_a_code_is_typed_by_hand_too(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*PLACES)) as room:
        field = room.go("code").field
        assert isinstance(field, CodeField)
        assert field.edit.accessibleName() == "灭火器编号"
        press("MF7")
        room.go("way")
        assert room.value("code") == "MF7"
