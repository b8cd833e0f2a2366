"""One 整改通知书, warm: the whole document, and the same lines drawn by ReportLab alone with the same font files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bench.measuring import Result, in_turn
from bench.workplace import Workplace
from jiandu_desktop.documents import rectification_notice
from jiandu_desktop.documents.build import build
from jiandu_desktop.documents.composing import Composer
from jiandu_desktop.documents.fonts import font_book
from jiandu_desktop.documents.layout import TextMark
from jiandu_desktop.domain.document import (
    DocumentNumber,
    NoticeProblem,
    Office,
    RectificationNotice,
    VerifyMark,
    VisitFacts,
)

RUNS, WARM_UP = 40, 5
LIMIT = 2.0
ISSUED = datetime(2026, 11, 21, 15, 30, tzinfo=timezone(timedelta(hours=8)))
NOTICE = RectificationNotice(
    office=Office(name="青禾县人民政府教育督导室", code_letters="青教", contact="王岚", telephone="0900-5550100"),
    number=DocumentNumber("青教督改", 2026, 17),
    visit=VisitFacts(
        school="青禾县城关镇第二小学",
        task="秋季开学督导",
        visited=(date(2026, 11, 21),),
        inspectors=("周明元", "李敏"),
        matters=("校园安全", "食品安全", "规范办学"),
    ),
    dated=date(2026, 11, 21),
    problems=tuple(
        NoticeProblem(
            ordinal=ordinal,
            item=item,
            text=text,
            basis=basis,
            measure=measure,
            due=date(2026, 12, 5),
            responsible="陈立（副校长）",
            leader="赵启明（校长）",
            evidence_count=2,
        )
        for ordinal, (item, text, basis, measure) in enumerate(
            (
                (
                    "2.3",
                    "食堂留样不足48小时，11月20日午餐的留样在检查时已经倒掉，留样记录没有签名",
                    "《学校食品安全与营养健康管理规定》第四十条",
                    "每餐每个品种留样不少于125克，冷藏存放48小时以上，由专人登记签名",
                ),
                (
                    "4.1",
                    "北门值班室只有一名保安员在岗，防暴器械锁在柜中，钥匙不在值班室",
                    "《中小学幼儿园安全防范要求》（GB/T 29315）第5.2条",
                    "上学、放学时段值班保安员不少于两人，防暴器械随手可取",
                ),
                (
                    "5.6",
                    "三楼东侧疏散通道堆放课桌椅，安全出口指示灯有两盏不亮",
                    "《中华人民共和国消防法》第二十八条",
                    "当天清空通道，一周内修好指示灯，并每月检查一次",
                ),
            ),
            start=1,
        )
    ),
    copies_to=("县教育体育局",),
)


def measure(place: Workplace) -> Iterator[Result]:
    """The yardstick is given the lines and where they stand; breaking, justifying, QR code and hash are ours to do."""
    del place
    mark = VerifyMark(laptop="abcdefgh23456723", document_id="019a9b1c-7a30-7c11-9a6b-3a2b1c0d4e5f")
    pages = _lines()
    figure, yardstick = in_turn(lambda: _ours(mark), lambda: _plain(pages), runs=RUNS, warm_up=WARM_UP)
    yield Result("one notice as PDF", figure, yardstick, LIMIT)


def _ours(mark: VerifyMark) -> None:
    build(NOTICE, issued_at=ISSUED, verify=mark)


Run = tuple[str, float, float, float, str]
"""Font, size, x, y from the page's foot, text."""


def _lines() -> list[list[Run]]:
    """What stands on the notice's pages, and the same font files registered without any of our doing."""
    pages = []
    for page in rectification_notice.lay_out(NOTICE, Composer(font_book()), origin=False):
        runs: list[Run] = []
        for text in page.marks:
            if isinstance(text, TextMark):
                face = next(glyph.face for glyph in text.line.glyphs if glyph.face is not None)
                name = f"bench-{face.key}"
                if name not in pdfmetrics.getRegisteredFontNames():
                    pdfmetrics.registerFont(TTFont(name, str(face.file)))
                runs.append((name, text.line.size, text.x, page.sheet.height - text.middle, text.line.text))
        pages.append(runs)
    return pages


def _plain(pages: list[list[Run]]) -> None:
    canvas = Canvas(BytesIO(), pageCompression=1, initialFontName=pages[0][0][0])
    for runs in pages:
        for name, size, x, y, text in runs:
            canvas.setFont(name, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
