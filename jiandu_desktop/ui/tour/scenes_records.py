"""What becomes of records: how one came about, out to other programs, and a newer checklist while a visit is open."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from jiandu_desktop.domain.visit import VisitState
from jiandu_desktop.services.rows_today import AssignmentState
from jiandu_desktop.ui.pages.record import TRAIL, RecordRoom
from jiandu_desktop.ui.pages.records import RecordsPage
from jiandu_desktop.ui.pages.today import TodayPage
from jiandu_desktop.ui.tour.scenes_before import office, page_of
from jiandu_desktop.ui.tour.stage import Scene, Stage
from jiandu_desktop.ui.wizard.room import WizardRoom
from jiandu_desktop.ui.wizard.version_dialog import VersionDialog

NEW_VERSION = "2027.01"


def process_and_export(stage: Stage) -> None:
    director = stage.director
    director.press("Ctrl+3")
    page = page_of(stage, RecordsPage)
    director.select_row(page.table, lambda row: row.visit.state is VisitState.FINISHED)
    (row,) = page.table.selected_rows()
    director.press("Return")
    director.wait(lambda: isinstance(stage.window.room(), RecordRoom), "打开记录")
    room = stage.window.room()
    assert isinstance(room, RecordRoom)
    director.wait(room.rows, "记录读出来了")
    while room.tabs.value() != TRAIL:
        room.tabs.setFocus()
        director.press("Right")
    stage.expect(room.trail.table.rows(), "填写过程里有每一次改动")
    stage.camera.shoot("trail", "填写过程：什么时候、原来、改为、手填还是批量、谁")
    director.press("Alt+Left")
    director.wait(lambda: stage.window.room() is None, "回到督导记录")
    out = stage.out / "导出"
    said = stage.command("--data", stage.bureau.own.root, "visit", "export", row.visit.id[-12:], "--out", out)
    stage.expect("已导出 1 份记录" in said and list(out.rglob("submission.xml")), "导出成 OpenRosa，ODK 能收")


def newer_version(stage: Stage) -> None:
    director = stage.director
    director.press("Ctrl+1")
    page = page_of(stage, TodayPage)
    director.select_row(page.table, lambda row: row.state is AssignmentState.NOT_STARTED)
    director.press("Return")
    director.wait(lambda: isinstance(stage.window.room(), WizardRoom), "开始督导")
    for key in ("1", "1", "3"):
        director.press(key)
    director.press("Alt+Left")
    director.wait(lambda: stage.window.room() is None, "回到今日")
    draft = max((row.visit for row in stage.services.visits.rows()), key=lambda visit: visit.started_at)
    office(stage, "add-form", _renewed(stage, draft.checklist_hash))
    office(stage, "publish")
    director.click(page.sync_button)
    director.wait(lambda: draft.id in stage.services.versions.offers(), "新版本的检查表到了", 60)
    director.press("Ctrl+3")
    records = page_of(stage, RecordsPage)
    director.select_row(records.table, lambda row: row.visit.id == draft.id)
    stage.camera.shoot("version-offered", "督导记录：本表单有新版本，开了头的仍用原版本", dark=False)
    director.press("Return")
    director.wait(lambda: isinstance(stage.window.room(), WizardRoom), "接着填")
    room = stage.window.room()
    assert isinstance(room, WizardRoom)
    director.wait(room.version.isVisible, "检查表上方也提示")
    director.push("改用新版本…", room)
    dialog = director.wait(lambda: director.seek(VersionDialog), "先看会舍去什么")
    stage.camera.shoot("version-move", "改用新版本：先列出会舍去什么、要再看一眼什么")
    director.click(dialog.move_button)
    director.wait(lambda: _version(stage) == NEW_VERSION, "改用了新版本", 30)
    stage.expect(stage.services.visits.resume(draft.id).visit.answered == 3, "三题的答案都在")
    director.press("Alt+Left")
    director.wait(lambda: stage.window.room() is None, "回到督导记录")


def _version(stage: Stage) -> str:
    room = stage.window.room()
    return room.instance.definition.version if isinstance(room, WizardRoom) else ""


def _renewed(stage: Stage, file_hash: str) -> Path:
    """The workbook with another version number, as the office would save it."""
    old = stage.services.library.definition(file_hash).version
    path = stage.out / "工作簿" / f"检查表 {NEW_VERSION}.xlsx"
    path.parent.mkdir(exist_ok=True)
    content = io.BytesIO(stage.services.store.media.read(file_hash))
    with zipfile.ZipFile(content) as book, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as renewed:
        for entry in book.infolist():
            part = book.read(entry).replace(f">{old}<".encode(), f">{NEW_VERSION}<".encode())
            renewed.writestr(entry.filename, part)
    return path


SCENES: tuple[Scene, ...] = (
    ("督导记录：填写过程，导出", process_and_export),
    ("检查表的新版本", newer_version),
)
