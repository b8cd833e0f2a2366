"""A newer checklist while a visit is open: the wizard says so, shows what would be lost, and moves when one wishes."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from jiandu_desktop.domain.visit import AnswerSource
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.ui.pages.export_button import CSV, OPENROSA
from jiandu_desktop.ui.pages.record import TRAIL, RecordRoom
from jiandu_desktop.ui.pages.records import RecordsPage
from jiandu_desktop.ui.wizard.version_dialog import ConcernRow, VersionDialog
from tests.support.checklists import q
from tests.support.said import Said
from tests.support.unit import add_checklist
from tests.support.window import PATIENCE, OpenWindow
from tests.support.wizard import Desk, Inside, inside, judged, press

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

OLD = (judged("gate_old", "校门值守"), judged("fire", "消防器材"), q("text", "remark", "其他情况"))
NEW = (judged("gate", "校门值守", j_was="gate_old"), judged("fire", "消防器材"))


def renew(desk: Desk, *survey: Any) -> None:
    add_checklist(desk.services, desk.home, *survey, version="2")


def dialog_of(room: Inside) -> VersionDialog:
    """The dialog, once what would be lost has been worked out."""
    room.room.version.notice.linked.emit()
    until_idle(room)
    dialog = room.room.version.move_flow.dialog
    assert dialog is not None
    return dialog


def until_idle(room: Inside) -> None:
    """Until the lanes have been at rest for a moment."""
    deadline = time.monotonic() + PATIENCE
    rest = time.monotonic()
    while time.monotonic() - rest < 0.1:
        QApplication.processEvents()
        if not room.tasks.is_idle():
            rest = time.monotonic()
        assert time.monotonic() < deadline, "the lanes never come to rest"
        time.sleep(0.002)


def test_a_version_that_comes_while_one_fills_in_is_told_in_place(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*OLD)) as room:
        until_idle(room)
        assert room.room.version.isHidden()
        renew(desk, *NEW)
        room.room.version.take_changes(Changes(checklists=True))
        until_idle(room)
        assert room.room.version.isVisible()
        assert "新版本 2" in room.room.version.notice.text()


def test_what_would_be_lost_is_shown_and_enter_does_not_lose_it(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*OLD)) as room:
        room.go("gate_old")
        press("1")
        room.room.filling.answer(room.ref("remark"), "食堂在修")
        room.keep()
        renew(desk, *NEW)
        room.room.version.take_changes(Changes(checklists=True))
        until_idle(room)
        dialog = dialog_of(room)
        rows = dialog.findChildren(ConcernRow)
        assert [(row.concern.label, row.concern.text) for row in rows] == [("其他情况", "食堂在修")]
        assert dialog.focusWidget() is dialog.stay
        press(Qt.Key.Key_Return)
        until_idle(room)
        assert desk.values()["/data/remark"] == "食堂在修"
        assert room.room.instance.definition.version == "1"


def test_a_move_that_loses_nothing_is_offered_plainly_and_carried_out(desk: Desk, said: Said) -> None:
    with inside(desk, desk.start_rows(*OLD)) as room:
        room.go("gate_old")
        press("1")
        room.keep()
        renew(desk, *NEW, q("text", "remark", "其他情况"))
        room.room.version.take_changes(Changes(checklists=True))
        until_idle(room)
        moved: list[Any] = []
        room.room.version.moved.connect(moved.append)
        dialog = dialog_of(room)
        assert "什么也不会丢" in dialog.notice.text()
        dialog.move_button.click()
        until_idle(room)
        assert said.toasts == ["已改用版本 2"]
        assert moved[0].values["/data/gate"] == "yes"


@pytest.fixture
def opened(tmp_path: Path, qapp: object, said: Said) -> Any:
    window = OpenWindow(tmp_path)
    yield window
    window.close()


def test_a_record_shows_how_it_came_about_and_goes_out(opened: OpenWindow, said: Said, tmp_path: Path) -> None:
    page = opened.show("records")
    assert isinstance(page, RecordsPage)
    row = next(row for row in page.table.all_rows() if row.visit.finished_at is not None)
    page.table.select(row.visit.id)
    page.panel.open_row(row)
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, RecordRoom)
    room.tabs.choose(TRAIL)
    assert room.trail.isVisible()
    lines = room.trail.table.all_rows()
    assert len(lines) > 20
    wanted = next(line for _, line in lines if line.source is AnswerSource.BY_HAND and line.number)
    room.trail.item.choose(wanted.ref)
    assert {line.ref for _, line in room.trail.table.rows()} == {wanted.ref}
    room.export.export_to(OPENROSA, tmp_path / "out")
    opened.settle()
    assert said.toasts[-1].startswith("已导出 1 份记录")
    (folder,) = (tmp_path / "out").iterdir()
    assert (folder / "submission.xml").is_file()


def test_several_records_go_out_at_once(opened: OpenWindow, said: Said, tmp_path: Path) -> None:
    page = opened.show("records")
    assert isinstance(page, RecordsPage)
    page.table.view.selectAll()
    opened.settle()
    count = len(page.table.selected_rows())
    assert page.export_records.text() == f"导出所选 {count} 份"
    page.export_records.export_to(CSV, tmp_path / "out")
    opened.settle()
    assert said.toasts[-1].startswith(f"已导出 {count} 份记录")


def test_a_submission_comes_in_by_the_page_of_records(opened: OpenWindow, said: Said, tmp_path: Path) -> None:
    page = opened.show("records")
    assert isinstance(page, RecordsPage)
    before = len(page.table.all_rows())
    form = opened.services.library.rows()[0]
    xml = f"<data id='{form.form_id}' version='{form.version}'><meta><instanceID>uuid:1</instanceID></meta></data>"
    (tmp_path / "submission.xml").write_text(xml, encoding="utf-8")
    school = opened.services.schools.rows()[0].school
    said.answer(school.code)
    page.import_record.take(tmp_path / "submission.xml")
    opened.settle()
    assert said.questions == ["这份记录是哪所学校的？"]
    assert said.toasts[-1].startswith(f"已导入 {school.name} 的填报记录")
    assert len(page.table.all_rows()) == before + 1
