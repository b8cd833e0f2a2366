"""Documents to print in tests, and what stands on a printed page, read back from the PDF."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from statistics import median
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from jiandu_desktop import paths
from jiandu_desktop.documents.fonts import FontBook
from jiandu_desktop.domain.document import (
    DocumentKind,
    DocumentNumber,
    FeedbackOpinion,
    NoticeProblem,
    Office,
    ProblemList,
    RectificationNotice,
    ScoreSummary,
    VerifyMark,
    VisitFacts,
)
from jiandu_desktop.domain.problem import Handling
from jiandu_desktop.domain.visit import SchoolOpinion, Signature

MM = 72 / 25.4
ISSUED_AT = datetime(2026, 11, 24, 11, 40, tzinfo=timezone(timedelta(hours=8)))
MARK = VerifyMark(laptop="07", document_id="01939000-0000-7000-8000-00000000000a")
OFFICE = Office(name="云溪县人民政府教育督导室", code_letters="云教", contact="丁一", telephone="0999-1234567")
BUNDLED = FontBook(paths.resources() / "fonts")
"""Only the fonts that are shipped, so that a test says the same on every computer."""

TEXTS = (
    ("东侧楼梯间堆放旧课桌,安全出口上锁", "《中华人民共和国消防法》第二十八条", "清空楼梯间，安全出口在校时间不得上锁"),
    ("留样柜温度记录中断5天", "", "明确专人每日登记，校长每周抽查1次"),
    ("校门口减速带破损2处，上学时段车速偏快", "《中小学校岗位安全工作指南》", "联系公路部门修复，增派护学岗"),
)


def problem(ordinal: int = 1, **changes: Any) -> NoticeProblem:
    text, basis, measure = TEXTS[ordinal % len(TEXTS)]
    facts: dict[str, Any] = {
        "ordinal": ordinal,
        "item": f"6.{ordinal}",
        "text": text,
        "basis": basis,
        "measure": measure,
        "due": date(2026, 12, 1) + timedelta(days=ordinal % 3),
        "responsible": "王小川",
        "leader": "何田",
    }
    return NoticeProblem(**{**facts, **changes})


def visit(**changes: Any) -> VisitFacts:
    facts: dict[str, Any] = {
        "school": "柳河镇第一小学",
        "task": "秋季开学督导",
        "visited": (date(2026, 11, 23), date(2026, 11, 24)),
        "inspectors": ("丁一", "方圆"),
        "companions": ("何田",),
        "matters": ("校园安全", "食堂管理"),
    }
    return VisitFacts(**{**facts, **changes})


SIGNATURES = (
    Signature(
        role="责任督学",
        name="丁一",
        signed_at=ISSUED_AT,
        strokes=(((0.1, 0.2), (0.3, 0.8)), ((0.5, 0.5),)),
    ),
    Signature(role="责任督学", name="方圆"),
    Signature(role="学校负责人", name="何田"),
)


def notice(count: int = 3, **changes: Any) -> RectificationNotice:
    facts: dict[str, Any] = {
        "office": OFFICE,
        "number": DocumentNumber(OFFICE.number_prefix(DocumentKind.RECTIFICATION_NOTICE), 2026, 17),
        "visit": visit(),
        "dated": date(2026, 11, 24),
        "problems": tuple(problem(ordinal) for ordinal in range(1, count + 1)),
        "copies_to": ("县教育局", "柳河镇人民政府"),
    }
    return RectificationNotice(**{**facts, **changes})


def opinion(**changes: Any) -> FeedbackOpinion:
    facts: dict[str, Any] = {
        "office": OFFICE,
        "number": DocumentNumber(OFFICE.number_prefix(DocumentKind.FEEDBACK_OPINION), 2026, 4),
        "visit": visit(),
        "dated": date(2026, 11, 24),
        "evaluation": "开学准备充分，教学秩序良好",
        "highlights": ("课后服务课程丰富",),
        "score": ScoreSummary(points="86.4", full="100", vetoes=("7.3 食品索证索票记录作假",), unanswered=2),
        "problems": (problem(1), problem(2, handling=Handling.ON_THE_SPOT, fixed=True)),
        "advice": ("完善食堂管理制度",),
        "opinion": SchoolOpinion.AGREES,
        "signatures": SIGNATURES,
    }
    return FeedbackOpinion(**{**facts, **changes})


def problem_list(count: int = 12, **changes: Any) -> ProblemList:
    facts: dict[str, Any] = {
        "office": OFFICE,
        "number": DocumentNumber(OFFICE.number_prefix(DocumentKind.PROBLEM_LIST), 2026, 9),
        "visit": visit(),
        "dated": date(2026, 11, 24),
        "problems": tuple(problem(ordinal) for ordinal in range(1, count + 1)),
    }
    return ProblemList(**{**facts, **changes})


@dataclass(frozen=True)
class Char:
    """A character as it lies on the paper: the box of its ink, in mm from the top left corner."""

    char: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def across(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class PrintedPage:
    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[tuple[float, float, float, float], ...]
    """Bounds of every drawn path: left, top, right, bottom in mm."""

    @property
    def text(self) -> str:
        """PDFium hands out the halves of a character beyond the first 65,536 one by one."""
        halves = "".join(char.char for char in self.chars)
        return halves.encode("utf-16", "surrogatepass").decode("utf-16")

    def rows(self) -> list[list[Char]]:
        """Characters of 3号 text by line, top to bottom: lines are known by their ideographs' middles."""
        rows: list[list[Char]] = []
        for char in sorted((c for c in self.chars if is_han(c.char)), key=lambda c: c.middle):
            if rows and abs(median(c.middle for c in rows[-1]) - char.middle) < 2.0:
                rows[-1].append(char)
            else:
                rows.append([char])
        return [sorted(row, key=lambda c: c.left) for row in rows]

    def find(self, text: str) -> list[Char]:
        """The characters of `text` where it stands on this page in one piece."""
        at = "".join(char.char for char in self.chars).index(text)
        return list(self.chars[at : at + len(text)])


def whole_text(pages: list[PrintedPage]) -> str:
    """All pages as one text, without page numbers: a sentence may go on over the page."""
    return "".join(re.sub(r"—\d+—$", "", page.text) for page in pages)


def is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def read_pages(pdf: bytes) -> list[PrintedPage]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_read_page(document[number]) for number in range(len(document))]
    finally:
        document.close()


def _read_page(page: pypdfium2.PdfPage) -> PrintedPage:
    width, height = page.get_size()
    text_page = page.get_textpage()
    chars = []
    for index in range(text_page.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(text_page, index))
        if not char.strip():
            continue
        left, bottom, right, top = text_page.get_charbox(index)
        chars.append(Char(char, left / MM, (height - top) / MM, right / MM, (height - bottom) / MM))
    rules = []
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        rules.append(_bounds(drawn, height))
    text_page.close()
    page.close()
    return PrintedPage(width / MM, height / MM, tuple(chars), tuple(rules))


def _bounds(drawn: pypdfium2.PdfObject, height: float) -> tuple[float, float, float, float]:
    """PDFium gives room for joints: a stroked rule's box is wider by its thickness at either end than what is drawn."""
    left, bottom, right, top = drawn.get_bounds()
    thickness = ctypes.c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(drawn.raw, thickness)
    along, across = thickness.value, thickness.value / 2
    if top - bottom > right - left:
        along, across = across, along
    return (left + along) / MM, (height - top + across) / MM, (right - along) / MM, (height - bottom - across) / MM
