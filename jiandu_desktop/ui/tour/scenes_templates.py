"""The office's own wording reaches the laptop; a paper in that wording as Word, and a slip for the receipt printer."""

from __future__ import annotations

from PySide6.QtCore import Qt

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.services.papers import page_sizes
from jiandu_desktop.ui.pages.papers import PapersPage
from jiandu_desktop.ui.pages.settings import SettingsPage
from jiandu_desktop.ui.pages.sync import SyncPage
from jiandu_desktop.ui.tour.scenes_before import office, page_of
from jiandu_desktop.ui.tour.stage import Scene, Stage

_TEMPLATE = (
    ("文书", "项目", "程序的写法", "本单位写法"),
    ("提醒函", "开头语", "", "{我室}梳理整改台账时看到，{收文单位}还有{问题数}项问题没有办结"),
    ("提醒函", "小标题", "需要整改的问题", "需要尽快办结的事项"),
    ("提醒函", "要求", "", "请于{答复期限}前办结，并书面反馈"),
    ("提醒函", "结束语", "", "专此提醒"),
    ("整改通知书", "加签", "", "监督员"),
)


def templates(stage: Stage) -> None:
    """A workbook (here as CSV) at the office, one sync, and 设置 tells what differs."""
    director = stage.director
    book = stage.out / "文书模板.csv"
    book.write_text("\n".join(",".join(line) for line in _TEMPLATE), encoding="utf-8")
    said = office(stage, "templates", "--import", book)
    stage.expect("提醒函" in said, "督导室导入了文书模板")
    office(stage, "publish")
    director.press("Ctrl+8")
    page = page_of(stage, SyncPage)
    before = len(stage.services.exchange.state().receipts)
    director.click(page.card.start)
    director.wait(lambda: len(stage.services.exchange.state().receipts) > before, "同步完成", 60)
    director.press("Ctrl+9")
    settings = page_of(stage, SettingsPage)
    item = settings.nav.findItems("文书模板", Qt.MatchFlag.MatchExactly)[0]
    director.click(settings.nav.viewport(), settings.nav.visualItemRect(item).center())
    director.wait(lambda: settings.templates.lines, "本机看到本单位的写法")
    director.settle()
    stage.camera.shoot("templates", "文书模板：督导室改过写法的文书，各台电脑都按它出")


def word_and_slip(stage: Stage) -> None:
    """Another shape of the same document; a slip is no print of it."""
    director = stage.director
    director.press("Ctrl+5")
    page = page_of(stage, PapersPage)
    director.select_row(page.table, lambda row: row.document.kind is DocumentKind.RECTIFICATION_NOTICE)
    director.settle()
    document = page.panel.document()
    assert document is not None
    target = stage.out / "文书" / "整改通知书.docx"
    stage.services.paper_files.save_word(document.id, target)
    stage.expect(target.read_bytes().startswith(b"PK"), "存成了 Word 文档")
    printed = document.prints
    director.click(page.panel.slip)
    slip = stage.keep_printed("小票")
    width = page_sizes(slip.read_bytes())[0].width
    stage.expect(abs(width - 80 / 25.4 * 72) < 2, "小票宽 80 毫米")
    again = next(row for row in stage.services.papers.rows() if row.document.id == document.id)
    stage.expect(again.document.prints == printed, "小票不算文书的印数")
    stage.camera.shoot("slip", "文书：打印、小票、另存为 PDF 或 Word", dark=False)


SCENES: tuple[Scene, ...] = (("文书模板", templates), ("文书：Word 和小票", word_and_slip))
