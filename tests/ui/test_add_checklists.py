"""加入表单: the office puts a shipped checklist in force with two clicks; a laptop is not asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jiandu_desktop.paths import shipped_forms
from jiandu_desktop.services.checklists import ChecklistRow
from jiandu_desktop.services.shipped_checklists import Standing, shipped_checklists
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.pages.library import LibraryPage
from tests.conftest import StandingClock
from tests.support.said import Said
from tests.support.window import OfficeWindow, OpenWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def office(qapp: QApplication, said: Said, tmp_path: Path) -> Iterator[OfficeWindow]:
    QSettings().clear()
    set_theme(qapp, dark=False)
    window = OfficeWindow(tmp_path)
    yield window
    window.close()


def page(opened: OpenWindow) -> LibraryPage:
    found = opened.show("library")
    assert isinstance(found, LibraryPage)
    return found


def test_the_office_adds_a_shipped_checklist(office: OfficeWindow) -> None:
    library = page(office)
    assert library.add.isVisible()
    before = {row.title for row in office.services.library.rows()}
    QTest.mouseClick(library.add, Qt.MouseButton.LeftButton)
    office.until(library.add.menu_of_forms.isVisible)
    entries = {action.text(): action for action in library.add.menu_of_forms.actions()}
    assert not entries["校园安全专项督导（已加入）"].isEnabled()
    entries["预防学生溺水专项督导"].trigger()
    library.add.menu_of_forms.hide()
    office.settle()
    assert {row.title for row in office.services.library.rows()} - before == {"预防学生溺水专项督导"}
    assert "预防学生溺水专项督导" in {row.title for row in library.checklists.rows()}


def test_an_office_with_an_older_edition_is_offered_the_shipped_one(clock: StandingClock) -> None:
    row = ChecklistRow(
        form_id="canteen", title="食堂", version="1", items=1, added_at=clock(), file_hash="0" * 64, here=True
    )
    found = {each.path.stem: each.standing for each in shipped_checklists([row])}
    assert len(found) == len(list(shipped_forms().glob("*.xlsx")))
    assert (found["canteen"], found["routine"]) == (Standing.OTHER_EDITION, Standing.NEW)
