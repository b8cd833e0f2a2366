"""电脑 of an office's window: who has which computer, one more invited by file, text and code, one shut out."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from jiandu_desktop.services.invitations import keep_text, look_at
from jiandu_desktop.ui.dialogs.join import JoinDialog
from jiandu_desktop.ui.pages.devices import DevicesPage
from tests.support.said import Said
from tests.support.window import OpenWindow
from tests.ui.test_conflicts_room import of_office, opened

__all__ = ["opened"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def devices_page(office: OpenWindow) -> DevicesPage:
    page = office.show("devices")
    assert isinstance(page, DevicesPage)
    return page


def test_a_computer_is_shut_out_with_a_reason_and_its_records_stay(opened: OpenWindow, said: Said) -> None:
    office = of_office(opened)
    page = devices_page(office)
    row = next(row for row in page.table.rows() if row.person == "吴桐")
    page.table.select(row.device)
    office.settle()
    assert page.panel.revoke.isVisible()
    said.answer("电脑遗失")
    page.panel.revoke.click()
    office.settle()
    gone = next(each for each in page.table.rows() if each.device == row.device)
    assert gone.revoked
    assert any(each.person == "吴桐" for each in office.services.devices.rows())
    office.close()


def test_one_invitation_is_a_file_a_text_and_a_code(
    opened: OpenWindow, tmp_path: Path, said: Said, qapp: QApplication
) -> None:
    office = of_office(opened)
    page = devices_page(office)
    page.invite.write_into(tmp_path)
    office.settle()
    (file,) = tmp_path.glob("*.jdyq")
    assert page.invite.code.isVisible()
    page.invite.copy.click()
    pasted = keep_text(QGuiApplication.clipboard().text() + "\n", tmp_path / "other")
    assert look_at(pasted) == look_at(file)
    page.invite.save_code(tmp_path / "code.png")
    office.settle()
    assert QImage(str(tmp_path / "code.png")).width() > 300
    dialog = JoinDialog(office.profiles, office.tasks, office.window)
    dialog.show()
    dialog.paste.click()
    office.settle()
    assert dialog.go.isEnabled()
    dialog.close()
    office.close()


def test_an_inspector_has_no_such_page(opened: OpenWindow) -> None:
    assert "devices" not in opened.window._factories
