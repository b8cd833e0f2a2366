"""资料: an official has a workbook checked in the window, mends it, tries it, or begins a new one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from jiandu_desktop.domain.phrases import PhrasePlace
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.pages.form_check import FormCheckRoom
from jiandu_desktop.ui.pages.library import LibraryPage
from jiandu_desktop.ui.trial import Trials
from jiandu_desktop.ui.wizard.room import WizardRoom
from tests.support.checklists import q, workbook
from tests.support.said import Said
from tests.support.window import OpenWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

GOOD = [q("select_one ypn", "a", "甲", j_matter="safety", j_phrases="phrases_guard")]
BAD = [*GOOD, q("integr", "b", "乙"), q("text", "c", "丙", constraint=". != ''")]


@pytest.fixture
def opened(qapp: QApplication, said: Said, tmp_path: Path) -> Iterator[OpenWindow]:
    QSettings().clear()
    set_theme(qapp, dark=False)
    window = OpenWindow(tmp_path)
    yield window
    window.close()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "安全检查.xlsx"
    path.write_bytes(workbook(BAD))
    return path


def library(opened: OpenWindow) -> LibraryPage:
    page = opened.show("library")
    assert isinstance(page, LibraryPage)
    return page


def room(opened: OpenWindow) -> FormCheckRoom:
    opened.settle()
    found = opened.window.room()
    assert isinstance(found, FormCheckRoom)
    return found


def test_a_workbook_is_chosen_and_its_faults_are_listed(
    opened: OpenWindow, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(book), ""))
    page = library(opened)
    QTest.mouseClick(page.check, Qt.MouseButton.LeftButton)
    check = room(opened)
    rows = [(fault.code, fault.warning) for fault in check.table.rows()]
    assert rows == [("unknown-type", False), ("no-constraint-message", True)]
    assert "有 1 处错误" in check.notice.text()
    assert not check.trial.isEnabled()
    QTest.keyClick(check, Qt.Key.Key_Escape)
    assert opened.window.room() is None


def test_a_workbook_dropped_on_the_page_is_checked(opened: OpenWindow, book: Path) -> None:
    page = library(opened)
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(book))])
    drop = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, dragged, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.dropEvent(drop)
    assert room(opened).table.rows()


def test_a_saved_workbook_is_checked_anew_by_itself(opened: OpenWindow, book: Path) -> None:
    library(opened).check_file(book)
    check = room(opened)
    assert len(check.table.rows()) == 2
    # As Excel does: a new file in the place of the old one.
    fresh = book.with_suffix(".part")
    fresh.write_bytes(workbook(GOOD))
    fresh.replace(book)
    opened.until(lambda: not check.table.rows())
    assert "没有错误" in check.notice.text()
    assert check.trial.isEnabled()


def test_a_fault_is_copied_and_the_workbook_opened(
    opened: OpenWindow, book: Path, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toLocalFile()) or True)
    library(opened).check_file(book)
    check = room(opened)
    QTest.keyClick(check.table.view, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text().startswith("工作表“survey”第 3 行 A 列（type）：不认识的题型“integr”")
    QTest.mouseClick(check.book, Qt.MouseButton.LeftButton)
    assert asked == [str(book)]


def test_a_file_that_is_no_workbook_is_said_in_place(opened: OpenWindow, tmp_path: Path) -> None:
    path = tmp_path / "照片.xlsx"
    path.write_bytes(b"\xff\xd8\xff")
    library(opened).check_file(path)
    check = room(opened)
    assert "不是 Excel 工作簿" in check.notice.text()
    assert not check.trial.isEnabled()


def test_a_new_workbook_is_written_and_can_be_tried(opened: OpenWindow, tmp_path: Path, said: Said) -> None:
    path = tmp_path / "新表.xlsx"
    library(opened).new_file(path)
    check = room(opened)
    assert path.exists()
    assert not check.table.rows()
    assert said.toasts == ["已写好 新表.xlsx，打开工作簿就可以改"]
    QTest.mouseClick(check.trial, Qt.MouseButton.LeftButton)
    trials = opened.window.findChild(Trials)
    assert trials is not None
    opened.until(lambda: bool(trials.windows()))
    trial = trials.windows()[0]
    opened.until(lambda: isinstance(trial.window.room(), WizardRoom))
    folder = trial.folder
    assert folder.exists()
    # Out of the wizard there is nothing to go back to: the window goes, and everything with it.
    trial.window.room().leave.emit()
    opened.until(lambda: not folder.exists())
    assert trials.windows() == []


def test_an_existing_workbook_is_never_replaced_by_a_new_one(opened: OpenWindow, book: Path, said: Said) -> None:
    before = book.read_bytes()
    library(opened).new_file(book)
    opened.settle()
    assert book.read_bytes() == before
    assert "已经有了" in said.warnings[0]


def test_a_phrase_of_one_s_own_is_taken_out_again(opened: OpenWindow) -> None:
    page = library(opened)
    opened.settle()
    row = page.checklists.rows()[0]
    place = PhrasePlace(row.form_id, "guard", "measure")
    phrases = page.desk.services.phrases
    phrases.add(place, "换下超龄保安")
    phrases.add(place, "补办上岗证")
    dialog = page.show_own_phrases()
    assert {(each.text, each.checklist) for each in dialog.table.rows()} == {
        ("换下超龄保安", row.title),
        ("补办上岗证", row.title),
    }
    assert dialog.table.select((place, "换下超龄保安"))
    QTest.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    opened.settle()
    assert [each.text for each in dialog.table.rows()] == ["补办上岗证"]
    assert phrases.own() == ((place, "补办上岗证"),)
    dialog.close()
