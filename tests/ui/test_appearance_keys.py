"""Text size, dark and 触控 by key, wherever one is; they hold at once and at the next start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from jiandu_desktop.ui.look.theme import set_theme, theme
from jiandu_desktop.ui.pages.settings import SettingsPage
from jiandu_desktop.ui.tour.director import activate
from tests.support.said import Said
from tests.support.window import OpenWindow
from tests.support.wizard import CONTROL, SHIFT, press

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def opened(tmp_path: Path, qapp: QApplication, said: Said) -> Iterator[OpenWindow]:
    set_theme(qapp, dark=False)
    window = OpenWindow(tmp_path)
    activate(window.window)
    yield window
    window.close()
    set_theme(qapp, dark=False)


def test_the_look_is_changed_by_key_in_a_page_and_in_a_room(opened: OpenWindow, said: Said) -> None:
    get = opened.services.preferences.get
    press(Qt.Key.Key_Equal, CONTROL)
    assert theme().tokens.text_scale == 1.15
    row = opened.services.today.rows(opened.services.store.today())[0]
    opened.assembly.desk.school_wanted.emit(row.school_id)
    opened.settle()
    for _ in range(3):
        press(Qt.Key.Key_Equal, CONTROL)
    assert theme().tokens.text_scale == 1.3
    press(Qt.Key.Key_D, CONTROL | SHIFT)
    press(Qt.Key.Key_T, CONTROL | SHIFT)
    assert (theme().tokens.is_dark, theme().tokens.touch) == (True, True)
    opened.settle()
    assert (get("text_scale"), get("theme"), get("touch")) == (1.3, "dark", True)
    assert said.toasts[-1] == "触控：按钮和行更高"
    opened.window.leave_room()
    page = opened.show("settings")
    assert isinstance(page, SettingsPage)
    assert (page.text_size.value(), page.theme.value(), page.touch.value()) == ("1.3", "dark", "1")
    press(Qt.Key.Key_Minus, CONTROL)
    opened.settle()
    assert page.text_size.value() == "1.15"
    press(Qt.Key.Key_0, CONTROL)
    opened.settle()
    assert (theme().tokens.text_scale, page.text_size.value()) == (1.0, "1.0")
