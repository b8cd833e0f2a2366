"""The window's part of proof: the register, what is done with a paper, the seal and the certificate in 设置."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.issued import Document
from jiandu_desktop.domain.paper_life import PaperState, PaperStep, state_of
from jiandu_desktop.services.register import LineState
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.pages.paper_room import PaperRoom
from jiandu_desktop.ui.pages.papers import PapersPage
from jiandu_desktop.ui.pages.paperwork.dialogs import AttachDialog, RefusalDialog
from jiandu_desktop.ui.pages.paperwork.more import ask_signature, read_fate
from jiandu_desktop.ui.pages.paperwork.register import RegisterRoom
from jiandu_desktop.ui.pages.settings import SettingsPage
from tests.support.certificates import PASSWORD, p12
from tests.support.said import Said
from tests.support.seals import seal_picture
from tests.support.window import OfficeWindow, OpenWindow

KIND = DocumentKind.WORK_TIP


@pytest.fixture
def opened(tmp_path: Path, qapp: QApplication, said: Said) -> Iterator[OpenWindow]:
    set_theme(qapp, dark=False)
    window = OpenWindow(tmp_path)
    yield window
    window.close()


@pytest.fixture
def office(tmp_path: Path, qapp: QApplication, said: Said) -> Iterator[OpenWindow]:
    set_theme(qapp, dark=False)
    window = OfficeWindow(tmp_path)
    yield window
    window.close()


def issue(window: OpenWindow) -> Document:
    letters = window.services.letters
    document = letters.issue(letters.draft(KIND, addressee="各学校"))[0]
    window.settle()
    return document


def photo(path: Path) -> Path:
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(out, "JPEG")
    path.write_bytes(out.getvalue())
    return path


def chosen(page: PapersPage, document: Document) -> None:
    assert page.table.select(document.id)


def test_a_signed_paper_is_dropped_confirmed_and_shown_beside_the_issued_one(
    opened: OpenWindow, tmp_path: Path
) -> None:
    document = issue(opened)
    page = cast(PapersPage, opened.show("papers"))
    chosen(page, document)
    page.take_dropped([photo(tmp_path / "签.jpg")])
    dialog = opened.window.findChild(AttachDialog)
    assert dialog is not None
    # Without the person's word that it is the right paper nothing is taken.
    assert not dialog.go.isEnabled()
    dialog.sure.setChecked(True)
    dialog.take()
    opened.settle()
    row = next(row for row in page.table.rows() if row.document.id == document.id)
    assert row.state is PaperState.RETURNED
    page.panel.more.scan_wanted.emit(document)
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, PaperRoom)
    assert room.scan.isVisible()


def test_a_paper_is_voided_with_a_reason_and_a_refusal_noted(opened: OpenWindow, said: Said) -> None:
    first, second = issue(opened), issue(opened)
    page = cast(PapersPage, opened.show("papers"))
    chosen(page, first)
    more = page.panel.more
    more.fill(read_fate(opened.services, first))
    words = [action.text() for action in more.menu_shown.actions() if action.text()]
    assert "电子签名…" not in words  # no certificate here
    said.answer("主送写错")
    next(action for action in more.menu_shown.actions() if action.text() == "作废…").trigger()
    opened.settle()
    assert state_of(opened.services.paper_life.events(first.id)) is PaperState.VOIDED
    more.fill(read_fate(opened.services, second))
    next(action for action in more.menu_shown.actions() if action.text() == "登记拒签…").trigger()
    dialog = opened.window.findChild(RefusalDialog)
    assert dialog is not None
    assert not dialog.go.isEnabled()
    dialog.form.reason.setText("认为与事实不符")
    dialog.form.witnesses[0].setText("王建国")
    dialog.take()
    opened.settle()
    (event,) = opened.services.paper_life.events(second.id)
    assert (event.step, event.words("witnesses")) == (PaperStep.REFUSED, ("王建国",))


def test_the_register_shows_every_number_and_leads_to_its_paper(opened: OpenWindow, said: Said) -> None:
    document = issue(opened)
    page = cast(PapersPage, opened.show("papers"))
    page.register_button.click()
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, RegisterRoom)
    said.answer("停电时手写用掉")
    room.void_next(KIND)
    opened.settle()
    lines = {line.number: line for line in room.list.table.rows()}
    assert lines[document.number].state is LineState.USED
    assert any(line.state is LineState.VOIDED and line.note == "停电时手写用掉" for line in lines.values())
    assert any(line.state is LineState.LEFT for line in lines.values())
    assert "作废 1" in room.list.sums.text()
    assert room.list.table.select(document.id)
    room.open_paper.click()
    opened.settle()
    assert isinstance(opened.window.room(), PaperRoom)


def test_the_office_sets_its_seal_and_its_certificate(office: OpenWindow, tmp_path: Path) -> None:
    settings = cast(SettingsPage, office.show("settings"))
    settings.show_section("印章与签名")
    section = settings.seal
    picture, broken, certificate = (tmp_path / name for name in ("章.png", "坏.png", "督导室.p12"))
    picture.write_bytes(seal_picture())
    broken.write_bytes(b"no picture")
    certificate.write_bytes(p12())
    section.choose_seal(broken)
    office.settle()
    assert section.notice.isVisible()
    section.choose_seal(picture)
    office.settle()
    assert not section.notice.isVisible()
    assert not section.picture.pixmap().isNull()
    holder = next(each for each in office.services.seals.view().holders if not each.own)
    dialog = section.choose_kinds(holder, holder.person)
    assert not dialog.go.isEnabled()
    dialog.boxes[KIND].setChecked(True)
    dialog.take()
    office.settle()
    lent = {each.device: each.kinds for each in office.services.seals.view().holders}
    assert lent[holder.device] == (KIND,)
    asked = section.take_certificate(certificate)
    asked.password.setText("别的")
    asked.take()
    office.settle()
    assert asked.notice.isVisible()
    asked.password.setText(PASSWORD)
    asked.take()
    office.settle()
    assert "青石县教育督导室" in section.certificate.text()
    document = issue(office)
    page = cast(PapersPage, office.show("papers"))
    signing = ask_signature(page.desk, [document], "青石县教育督导室", office.window)
    made: list[object] = []
    signing.done_with.connect(made.append)
    signing.password.setText(PASSWORD)
    signing.take()
    office.until(lambda: made or signing.notice.isVisible())
    assert made, signing.notice.text()
    assert [each.step for each in office.services.paper_life.events(document.id)] == [PaperStep.CERTIFIED]
