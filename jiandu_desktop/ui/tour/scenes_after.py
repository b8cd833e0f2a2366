"""After the visit: sync, the office collects, and the pages that show what became of it."""

from __future__ import annotations

import zipfile
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.services.form_files import new_form
from jiandu_desktop.ui.dialogs.join import JoinDialog
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.pages.form_check import FormCheckRoom
from jiandu_desktop.ui.pages.library import LibraryPage
from jiandu_desktop.ui.pages.papers import PapersPage
from jiandu_desktop.ui.pages.records import RecordsPage
from jiandu_desktop.ui.pages.schools import SchoolsPage
from jiandu_desktop.ui.pages.settings import SettingsPage
from jiandu_desktop.ui.pages.sync import SyncPage
from jiandu_desktop.ui.pages.today import TodayPage
from jiandu_desktop.ui.tour.camera import COMPACT
from jiandu_desktop.ui.tour.scenes_before import SCHOOL, office, page_of
from jiandu_desktop.ui.tour.scenes_books import SCENES as BOOKS
from jiandu_desktop.ui.tour.scenes_finish import newest_visit
from jiandu_desktop.ui.tour.scenes_ledger import SCENES as LEDGER
from jiandu_desktop.ui.tour.scenes_papers import SCENES as PAPERS
from jiandu_desktop.ui.tour.scenes_proof import SCENES as PROOF
from jiandu_desktop.ui.tour.scenes_recheck import SCENES as RECHECK
from jiandu_desktop.ui.tour.scenes_records import SCENES as RECORDS
from jiandu_desktop.ui.tour.scenes_sync import SCENES_SETTINGS, SCENES_SYNC
from jiandu_desktop.ui.tour.scenes_templates import SCENES as TEMPLATES
from jiandu_desktop.ui.tour.stage import Scene, Stage

INVITED = "吴桐"
"""Who gets a laptop of their own at the end of the tour."""


def sync(stage: Stage) -> None:
    director = stage.director
    director.press("Ctrl+8")
    page = page_of(stage, SyncPage)
    stage.expect(stage.services.exchange.state().waiting, "这次督导等着上传")
    stage.camera.shoot("sync-waiting", "同步：有一份记录待上传", dark=False)
    before = len(stage.services.exchange.state().receipts)
    director.click(page.card.start)
    director.wait(lambda: len(stage.services.exchange.state().receipts) > before, "同步完成", 60)
    director.settle()
    stage.camera.shoot("sync", "同步：读回核对以后才说送到")


def collect(stage: Stage) -> None:
    book = stage.out / "督导汇总.xlsx"
    said = office(stage, "collect", "--out", book)
    stage.expect("汇总表" in said and book.exists(), "督导室写出了汇总表")
    visit = newest_visit(stage)
    notice = next(
        row.document
        for row in stage.services.papers.rows()
        if row.document.visit_id == visit and row.document.kind is DocumentKind.RECTIFICATION_NOTICE
    )
    folder = stage.bureau.shared / "督导文书"
    found = [path for path in folder.rglob("*.pdf") if path.read_bytes() == stage.services.papers.pdf(notice.id)]
    stage.expect(found, "没装程序的同事在“督导文书”里找得到这份通知书")
    said = stage.command("--data", stage.bureau.office.root, "verify", found[0])
    stage.expect(notice.number in said, "核对文书：本单位签发，没有改动")


def confirmed(stage: Stage) -> None:
    director = stage.director
    page = page_of(stage, SyncPage)
    director.press("Ctrl+Return")
    director.wait(lambda: not stage.services.exchange.state().waiting, "督导室已收到", 60)
    director.settle()
    stage.camera.shoot("sync-confirmed", "再同步一次：督导室已经收到", dark=False)
    stage.expect(page.isVisible(), "一直在同步页")


def records(stage: Stage) -> None:
    director = stage.director
    director.press("Ctrl+3")
    page = page_of(stage, RecordsPage)
    visit = newest_visit(stage)
    director.select_row(page.table, lambda row: row.visit.id == visit)
    stage.camera.shoot("records", "督导记录", dark=False)
    director.press("Return")
    director.wait(lambda: stage.window.room() is not None, "打开记录")
    director.settle()
    stage.camera.shoot("record", "一份记录：每题的答案、备注、照片、文书")
    director.press("Esc")
    director.wait(lambda: stage.window.room() is None, "Esc 回到督导记录")


def papers(stage: Stage) -> None:
    director = stage.director
    director.press("Ctrl+5")
    page = page_of(stage, PapersPage)
    visit = newest_visit(stage)
    director.select_row(page.table, lambda row: row.document.visit_id == visit)
    director.settle()
    stage.camera.shoot("papers", "文书：文号、打印次数、原样再印")


def library(stage: Stage) -> None:
    stage.director.press("Ctrl+6")
    page_of(stage, LibraryPage)
    stage.camera.shoot("library", "资料：督导表单、依据和标准")


def form_check(stage: Stage) -> None:
    director = stage.director
    page = page_of(stage, LibraryPage)
    book = _spoilt(
        new_form(stage.out / "样表.xlsx", today=stage.services.store.today()), stage.out / "校园安全检查.xlsx"
    )
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(book))])
    middle = page.rect().center().toPointF()
    left = Qt.MouseButton.LeftButton
    drop = QDropEvent(middle, Qt.DropAction.CopyAction, dragged, left, Qt.KeyboardModifier.NoModifier)
    page.dropEvent(drop)
    room = director.wait(lambda: director.seek(FormCheckRoom), "检查表单")
    director.wait(room.table.rows, "错误列出来了")
    director.settle()
    stage.expect(not room.trial.isEnabled(), "有错误的表单不能试填")
    stage.camera.shoot("form-check", "检查表单：哪张表、第几行、哪一列，错在哪、怎么写")
    book.write_bytes((stage.out / "样表.xlsx").read_bytes())
    director.wait(lambda: not room.table.rows(), "保存以后自己重新检查")
    director.settle()
    director.press("Esc")
    director.wait(lambda: stage.window.room() is None, "Esc 回到资料")


def _spoilt(good: Path, target: Path) -> Path:
    """A copy of a workbook with slips in it, as they are made by hand."""
    slips = (
        (b"select_one found", b"select_one fuond"),
        (b"${guards} &gt;= ${need}", b"${gaurds} =&gt; ${need}"),
        (b">serious<", b">seriuos<"),
        (b"${school_boarders} &gt; 0", b"iff(${school_boarders} &gt; 0)"),
    )
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            content = source.read(name)
            for right, wrong in slips:
                content = content.replace(right, wrong)
            made.writestr(name, content)
    return target


def schools(stage: Stage) -> None:
    director = stage.director
    director.press("Ctrl+2")
    page = page_of(stage, SchoolsPage)
    director.select_row(page.table, lambda row: row.school.name == SCHOOL)
    stage.camera.shoot("schools", "学校：全县的学校")
    stage.camera.shoot("schools-narrow", "学校：最小的窗口", COMPACT, dark=False)


def settings(stage: Stage) -> None:
    director = stage.director
    director.press("Ctrl+9")
    page = page_of(stage, SettingsPage)
    stage.camera.shoot("settings", "设置：本机与单位", dark=False)
    for words in ("显示", "数据与备份", "帮助：按键"):
        item = page.nav.findItems(words, Qt.MatchFlag.MatchExactly)[0]
        director.click(page.nav.viewport(), page.nav.visualItemRect(item).center())
        if words == "显示":
            dark = page.theme.segments()[2].center().toPoint()
            director.click(page.theme, dark)
            director.wait(lambda: theme().tokens.name == "dark", "一点就变成深色")
            director.click(page.theme, page.theme.segments()[1].center().toPoint())
            director.wait(lambda: theme().tokens.name == "light", "再点变回浅色")
        stage.camera.shoot("settings-more", f"设置：{words}", dark=words == "显示")


def join_unit(stage: Stage) -> None:
    director = stage.director
    folder = stage.out / "邀请"
    folder.mkdir()
    office(stage, "invite", INVITED, "--out", folder)
    director.press("Ctrl+1")
    director.push("退出演示，接入本单位")
    dialog = director.wait(lambda: director.seek(JoinDialog), "接入本单位")
    director.click_and_choose(dialog.drop, next(folder.glob("*.jdyq")))
    director.wait(dialog.go.isEnabled, "邀请文件读出来了")
    stage.camera.shoot("join", "接入本单位：选邀请文件，就知道是哪个单位、给谁的")
    director.click(dialog.go)
    director.click(dialog.folder)
    director.press("Ctrl+A")
    director.write(str(stage.bureau.shared))
    director.click(dialog.go)
    director.wait(lambda: dialog.go.isVisible() and dialog.go.isEnabled(), "第一次同步完成", 60)
    stage.camera.shoot("joined", "接入本单位：第一次同步", dark=False)
    director.click(dialog.go)
    director.wait(lambda: director.seek(JoinDialog) is None, "接入的窗口关闭")
    page = page_of(stage, TodayPage)
    stage.expect(director.seek(QAbstractButton, "退出演示，接入本单位") is None, "不再是演示单位")
    stage.expect(page.table.all_rows(), "本单位派的任务都在")
    stage.camera.shoot("own-unit", f"接入以后：{INVITED}的今日")


SCENES: tuple[Scene, ...] = (
    ("同步：送出这次督导", sync),
    ("督导室：收回，写汇总表，核对文书", collect),
    ("再同步：督导室已收到", confirmed),
    *SCENES_SYNC,
    ("督导记录", records),
    *LEDGER,
    *BOOKS,
    ("文书", papers),
    ("资料", library),
    ("资料：检查表单", form_check),
    ("学校", schools),
    ("设置：深色、备份、按键", settings),
    *SCENES_SETTINGS,
    *RECORDS,
    *RECHECK,
    *PAPERS,
    *PROOF,
    *TEMPLATES,
    ("退出演示，接入本单位", join_unit),
)
