"""Printing: what comes out is the document, page by page, at its true size."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.services.papers import render_page
from jiandu_desktop.services.preferences import Preferences
from jiandu_desktop.services.store import Store
from jiandu_desktop.ui import printing
from jiandu_desktop.ui.printing import print_pdf
from tests.conftest import CountingIds, StandingClock

A4 = (210 * mm, 297 * mm)

# A computer without printers says so on the log.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support|CUPS|printer")


@pytest.fixture
def preferences(tmp_path: Path, clock: StandingClock, ids: CountingIds) -> Iterator[Preferences]:
    store = Store(DataFolder(tmp_path / "data"), clock, ids)
    yield Preferences(store)
    store.close()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def ruled(pages: int = 1, lying: bool = False) -> bytes:
    """Pages with a rule 100 mm long, 55 mm from the left and 100 mm from the top, 1 mm thick."""
    out = io.BytesIO()
    size = (A4[1], A4[0]) if lying else A4
    canvas = Canvas(out, pagesize=size)
    for _ in range(pages):
        canvas.rect(55 * mm, size[1] - 101 * mm, 100 * mm, 1 * mm, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def rule_of(pdf: bytes, page: int) -> tuple[float, float, float]:
    """Left edge, top edge and length of the black rule, in mm."""
    scale = 300 / 72
    shown = render_page(pdf, page, scale)
    rows = range(shown.height)
    dark = [
        (y, [x for x in range(shown.width) if shown.rgba[(y * shown.width + x) * 4] < 128])
        for y in rows
        if min(shown.rgba[y * shown.width * 4 : (y + 1) * shown.width * 4 : 4]) < 128
    ]
    top, across = dark[0]
    per_mm = 300 / 25.4
    return across[0] / per_mm, top / per_mm, (across[-1] - across[0]) / per_mm


@pytest.mark.parametrize("lying", [False, True])
def test_a_rule_of_100_mm_is_100_mm_on_paper_and_where_it_belongs(
    window: QWidget, preferences: Preferences, tmp_path: Path, lying: bool
) -> None:
    out = tmp_path / "paper.pdf"
    assert print_pdf(window, [("尺", ruled(lying=lying))], preferences, out) == 1
    left, top, length = rule_of(out.read_bytes(), 0)
    assert length == pytest.approx(100, abs=0.3)
    assert left == pytest.approx(55, abs=0.2)
    assert top == pytest.approx(100, abs=0.2)


def test_all_documents_leave_in_one_go_each_page_on_a4_the_right_way_up(
    window: QWidget, preferences: Preferences, tmp_path: Path
) -> None:
    out = tmp_path / "paper.pdf"
    print_pdf(window, [("意见书", ruled(2)), ("清单", ruled(lying=True))], preferences, out)
    boxes = [page.mediabox for page in PdfReader(out).pages]
    millimetres = [(round(float(box.width) / mm), round(float(box.height) / mm)) for box in boxes]
    assert millimetres == [(210, 297), (210, 297), (297, 210)]
    assert not list(tmp_path.glob("*.part"))


def test_two_copies_are_two_copies(window: QWidget, preferences: Preferences, tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    assert print_pdf(window, [("意见书", ruled(2))], preferences, out, copies=2) == 2
    assert len(PdfReader(out).pages) == 4


def test_pages_are_rendered_for_paper_not_for_a_screen(
    window: QWidget, preferences: Preferences, tmp_path: Path
) -> None:
    out = tmp_path / "paper.pdf"
    print_pdf(window, [("意见书", ruled())], preferences, out)
    (picture,) = PdfReader(out).pages[0].images
    assert picture.image is not None
    assert picture.image.width >= 210 / 25.4 * 300 - 1


def test_with_both_sides_each_document_begins_on_its_own_sheet(
    window: QWidget, preferences: Preferences, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinter, "duplex", lambda _: QPrinter.DuplexMode.DuplexLongSide)
    out = tmp_path / "paper.pdf"
    print_pdf(window, [("意见书", ruled(1)), ("通知书", ruled(1))], preferences, out)
    pages = PdfReader(out).pages
    assert [len(page.images) for page in pages] == [1, 0, 1]


def test_without_a_printer_a_sentence_says_what_else_can_be_done(
    window: QWidget, preferences: Preferences, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    with pytest.raises(Trouble) as caught:
        print_pdf(window, [("意见书", ruled())], preferences, None)
    assert caught.value.code == "no-printer"


def test_a_file_that_cannot_be_written_leaves_the_old_one(
    window: QWidget, preferences: Preferences, tmp_path: Path
) -> None:
    out = tmp_path / "paper.pdf"
    out.write_bytes(b"old")
    (tmp_path / "paper.pdf.part").mkdir()
    with pytest.raises(Trouble) as caught:
        print_pdf(window, [("意见书", ruled())], preferences, out)
    assert caught.value.code == "file-not-writable"
    assert out.read_bytes() == b"old"


def test_stopping_half_way_leaves_no_file(
    window: QWidget, preferences: Preferences, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing.QProgressDialog, "wasCanceled", lambda _: True)
    out = tmp_path / "paper.pdf"
    assert print_pdf(window, [("意见书", ruled(3))], preferences, out) == 0
    assert list(tmp_path.glob("paper*")) == []


def test_on_a5_the_same_page_is_smaller_and_whole(window: QWidget, preferences: Preferences, tmp_path: Path) -> None:
    preferences.set("paper", "a5")
    out = tmp_path / "paper.pdf"
    assert print_pdf(window, [("意见书", ruled())], preferences, out) == 1
    printed = out.read_bytes()
    (page,) = PdfReader(out).pages
    assert [round(float(length) / mm) for length in page.mediabox[2:]] == [148, 210]
    left, top, length = rule_of(printed, 0)
    smaller = 148 / 210
    assert (left, top, length) == (
        pytest.approx(55 * smaller, abs=0.6),
        pytest.approx(100 * smaller, abs=0.6),
        pytest.approx(100 * smaller, abs=0.6),
    )


def test_a_slip_goes_out_on_its_own_paper(window: QWidget, preferences: Preferences, tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    slip = io.BytesIO()
    canvas = Canvas(slip, pagesize=(58 * mm, 40 * mm))
    canvas.rect(5 * mm, 20 * mm, 48 * mm, 1 * mm, stroke=0, fill=1)
    canvas.showPage()
    canvas.save()
    assert print_pdf(window, [("告知单", slip.getvalue())], preferences, out) == 1
    (page,) = PdfReader(out).pages
    assert [round(float(length) / mm) for length in page.mediabox[2:]] == [58, 40]
    assert rule_of(out.read_bytes(), 0)[2] == pytest.approx(48, abs=0.6)


class Remembering(printing.QPrintDialog):
    """The system's dialog, answered at once."""

    def __init__(self, printer: QPrinter, parent: QWidget) -> None:
        super().__init__(printer, parent)
        self._asked_for = printer

    def exec(self) -> int:
        self._asked_for.setOutputFileName(Remembering.out)
        self._asked_for.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
        return 1

    out = ""


def test_what_is_chosen_in_the_dialog_is_proposed_the_next_time(
    window: QWidget, preferences: Preferences, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Remembering.out = str(tmp_path / "paper.pdf")
    monkeypatch.setattr(printing, "QPrintDialog", Remembering)
    monkeypatch.setattr(printing, "has_printer", lambda: True)
    monkeypatch.setattr(QPrinter, "printerName", lambda _: "HP 便携")
    monkeypatch.setattr(QPrinter, "duplex", lambda _: QPrinter.DuplexMode.DuplexLongSide)
    assert print_pdf(window, [("意见书", ruled())], preferences, None) == 1
    assert (preferences.get("printer"), preferences.get("duplex")) == ("HP 便携", "long")
    assert preferences.get("slip_printer") == ""


def test_a_printer_that_vanishes_while_it_prints_is_told(
    window: QWidget, preferences: Preferences, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Remembering.out = str(tmp_path / "paper.pdf")
    monkeypatch.setattr(printing, "QPrintDialog", Remembering)
    monkeypatch.setattr(printing, "has_printer", lambda: True)
    monkeypatch.setattr(QPrinter, "newPage", lambda _: False)
    monkeypatch.setattr(QPrinter, "outputFileName", lambda _: "")
    with pytest.raises(Trouble) as caught:
        print_pdf(window, [("意见书", ruled(3))], preferences, None)
    assert caught.value.code == "print-failed"
