"""文书 in other shapes and in numbers: Word and slips from the page, several printed in one go, counted or not."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader
from PySide6.QtCore import QItemSelectionModel, QSettings
from PySide6.QtWidgets import QApplication, QFileDialog

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.ui import printing
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.pages.paper_saving import WORD
from jiandu_desktop.ui.pages.papers import PapersPage
from tests.support.said import Said
from tests.support.window import OpenWindow

# The offscreen screen cannot take size hints and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def opened(qapp: QApplication, said: Said, tmp_path: Path) -> Iterator[OpenWindow]:
    QSettings().clear()
    set_theme(qapp, dark=False)
    window = OpenWindow(tmp_path, print_to=tmp_path / "printed.pdf")
    yield window
    window.close()


def prints(opened: OpenWindow, numbers: list[str]) -> list[int]:
    return [row.document.prints for row in opened.services.papers.rows() if row.document.number in numbers]


def test_chosen_documents_are_printed_in_one_go_saved_as_word_and_told_on_a_slip(
    opened: OpenWindow, said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened.show("papers")
    assert isinstance(page, PapersPage)
    own = [row for row in page.table.rows() if row.document.prints][:3]
    numbers = [row.document.number for row in own]
    page.table.select(own[0].document.id)
    opened.settle()
    selection = page.table.view.selectionModel()
    for row in own[1:]:
        place = page.table.rows().index(row)
        which = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        selection.select(page.table.view.model().index(place, 0), which)
    opened.settle()
    assert page.panel.print.text() == "打印 3 份"
    before = prints(opened, numbers)
    page.panel.print.click()
    opened.until(lambda: bool(said.toasts))
    opened.settle()
    assert prints(opened, numbers) == [count + 1 for count in before]
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == sum(row.document.pages for row in own)

    page.table.select(own[0].document.id)
    opened.settle()
    assert page.panel.print.text() == "打印"
    out = tmp_path / "意见书.docx"
    asked: list[str] = []

    def choose(parent: object, title: str, name: str, kinds: str) -> tuple[str, str]:
        asked.append(name)
        return str(out), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(choose))
    page.panel.save.wanted.emit(WORD)
    opened.settle()
    school = own[0].school
    assert asked[0].startswith(school)
    assert asked[0].endswith(".docx")
    assert any(school in each.text for each in docx.Document(io.BytesIO(out.read_bytes())).paragraphs)

    opened.services.preferences.set("slip_width", 58)
    page.panel.slip.click()
    opened.settle()
    (slip,) = PdfReader(tmp_path / "printed.pdf").pages
    assert round(float(slip.mediabox.width) / 72 * 25.4) == 58
    assert prints(opened, numbers) == [count + 1 for count in before]

    def vanished(*_: object) -> bool:
        raise Trouble("print-failed", printer="HP 便携")

    monkeypatch.setattr(printing, "_run", vanished)
    page.panel.print_it()
    opened.settle()
    assert prints(opened, numbers) == [count + 1 for count in before]
    assert any("HP 便携" in words for words in said.warnings)
