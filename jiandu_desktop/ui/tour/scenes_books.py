"""统计, and the ledger as workbooks: out, filled in as a school does it, and back as a difference."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from jiandu_desktop.domain.indicator import Verdict
from jiandu_desktop.domain.ledger_layout import Layout
from jiandu_desktop.ui.dialogs.ledger_import import LedgerImportDialog
from jiandu_desktop.ui.pages.counters import CountersPage
from jiandu_desktop.ui.pages.indicators import IndicatorsRoom
from jiandu_desktop.ui.pages.ledger import LedgerPage
from jiandu_desktop.ui.tour.scenes_before import page_of
from jiandu_desktop.ui.tour.stage import Scene, Stage


def counters(stage: Stage) -> None:
    director = stage.director
    director.press("Ctrl+7")
    page = page_of(stage, CountersPage)
    director.wait(page.table.rows, "数字算出来了")
    director.settle()
    stage.expect(page.chart.groups(), "图和表说的一样")
    stage.camera.shoot("counters", "统计：没有一个数是人填的")
    page.groups.setFocus()
    director.press("Right")
    director.press("Right")
    director.settle()
    stage.camera.shoot("counters-area", "统计：按责任区", dark=False)
    page.export_to(stage.out / "督导统计.xlsx")
    director.wait(lambda: (stage.out / "督导统计.xlsx").exists(), "统计写成了工作簿")
    director.settle()


def balance(stage: Stage) -> None:
    """From 统计 to the county's seven indicators; the school that lacks most, and the official tables."""
    director = stage.director
    director.press("Ctrl+7")
    page = page_of(stage, CountersPage)
    director.click(page.balance)
    room = director.wait(lambda: _indicators(stage), "优质均衡指标打开")
    director.wait(room.table.rows, "指标算出来了")
    director.settle()
    director.select_row(room.table, lambda row: row.result is not None and row.result.verdict is Verdict.FAILED)
    director.settle()
    stage.camera.shoot("balance", "优质均衡：每校七项指标，差异系数，还差多少")
    room.export_to(stage.out / "优质均衡官方表.xlsx")
    director.wait(lambda: (stage.out / "优质均衡官方表.xlsx").exists(), "官方表写成了工作簿")
    director.settle()
    director.click(room.bar.back)
    director.wait(lambda: stage.window.room() is None, "回到统计")
    director.settle()


def _indicators(stage: Stage) -> IndicatorsRoom | None:
    room = stage.window.room()
    return room if isinstance(room, IndicatorsRoom) else None


def ledger_books(stage: Stage) -> None:
    director = stage.director
    director.press("Ctrl+4")
    page = page_of(stage, LedgerPage)
    page.show_view("open", "")
    director.settle()
    path = stage.out / "问题整改四个清单.xlsx"
    page.books.export_to(Layout.JOINT, path)
    director.wait(path.exists, "四个清单写成了工作簿")
    director.settle()
    _filled_in(path)
    dialog = page.books.import_replies(path)
    director.wait(dialog.table.rows, "和台账比出了差异")
    director.settle()
    stage.expect(dialog.ticked, "没有冲突的已经勾上")
    stage.camera.shoot("ledger-difference", "导入回表：原来是什么、表格里改成什么，勾上的才采用")
    director.click(dialog.take)
    director.wait(lambda: director.seek(LedgerImportDialog) is None, "采用了")
    director.settle()
    again = stage.services.ledger_import.compare(path)
    stage.expect(not again.differences, "同一份表再导入一次，什么也不变")


def _filled_in(path: Path) -> None:
    """As a school fills in its rows: 完成情况 (column P) of the first two problems."""
    reply = r'<c r="P\1" s="\2" t="inlineStr"><is><t>已经整改到位，附照片两张</t></is></c>'
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    name = next(name for name in parts if name.startswith("xl/worksheets/"))
    text = re.sub(r'<c r="P(5|6)" s="(\d+)"/>', reply, parts[name].decode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for each, content in parts.items():
            made.writestr(each, text.encode() if each == name else content)


SCENES: tuple[Scene, ...] = (
    ("统计", counters),
    ("优质均衡指标", balance),
    ("台账表格：导出、填写、导入", ledger_books),
)
"""After the ledger's own scene."""
