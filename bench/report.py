"""督导报告 of some 60 pages with 120 photos: against ReportLab alone on the same content; its memory and its size."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image, ImageDraw, ImageOps
from pypdf import PdfReader
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bench.measuring import Figure, Result, in_turn, peak_memory
from bench.notice import ISSUED
from bench.workplace import Workplace
from jiandu_desktop.documents import pictures, report
from jiandu_desktop.documents.build import build
from jiandu_desktop.documents.composing import Composer
from jiandu_desktop.documents.fonts import font_book
from jiandu_desktop.documents.layout import Page, PictureMark, RuleMark, TextMark
from jiandu_desktop.domain.document import (
    Chart,
    DocumentNumber,
    InspectionReport,
    Office,
    Picture,
    PressedProblem,
    ReportMatter,
    ReportSchool,
    VerifyMark,
)
from jiandu_desktop.domain.problem import Grade

RUNS, WARM_UP = 5, 1
PHOTOS, PROBLEMS, SCHOOLS, MATTERS = 120, 150, 120, 16
LIMIT, MEGABYTES, SIZE = 1.5, 300, 1.3
MARK = VerifyMark(laptop="abcdefgh23456723", document_id="019a9b1c-7a30-7c11-9a6b-3a2b1c0d4e5f")
_TEXT = "三楼东侧疏散通道堆放课桌椅，安全出口指示灯有两盏不亮，值班记录连续三天没有签名"


def measure(place: Workplace) -> Iterator[Result]:
    """The yardstick is given the lines and where they stand, and makes its photos smaller in the same way."""
    del place
    with TemporaryDirectory() as folder:
        photos = [_photo(Path(folder) / f"{number}.jpg", number) for number in range(PHOTOS)]
        document = _report(photos)
        pages = report.lay_out(document, Composer(font_book()), origin=False)
        plain = [_plain_page(page) for page in pages]
        name = f"report of {len(pages)} pages, {PHOTOS} photos"
        ours, yardstick = in_turn(lambda: _ours(document), lambda: _plain(plain, photos), runs=RUNS, warm_up=WARM_UP)
        yield Result(name, ours, yardstick, LIMIT)
        command = [sys.executable, "-m", "bench.report", folder]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        peak, share = map(float, told)
        yield Result("report: memory", Figure((peak,)), limit=MEGABYTES, unit="MB")
        yield Result("report: file to photos and fonts", Figure((share,)), limit=SIZE, unit="of them")


def main(folder: Path) -> None:
    """In a process of its own: what the report takes at the highest, and its size to what it holds."""
    pdf = build(_report([folder / f"{number}.jpg" for number in range(PHOTOS)]), issued_at=ISSUED, verify=MARK).pdf
    peak = peak_memory()
    sys.stdout.write(f"{peak} {len(pdf) / _held(pdf)}\n")


def _held(pdf: bytes) -> int:
    """Bytes of the photos and the fonts in the file."""
    reader = PdfReader(io.BytesIO(pdf))
    photos: dict[int, int] = {}
    fonts: dict[int, int] = {}
    for page in reader.pages:
        resources = page["/Resources"].get_object()
        for reference in resources.get("/XObject", {}).values():
            made = reference.get_object()
            if made.get("/Subtype") == "/Image":
                photos[reference.idnum] = _packed(made)
        for font in resources.get("/Font", {}).values():
            descriptor = font.get_object().get("/FontDescriptor")
            if descriptor is not None:
                file = descriptor.get_object().raw_get("/FontFile2")
                fonts[file.idnum] = _packed(file.get_object())
    return sum(photos.values()) + sum(fonts.values())


def _packed(stream: Any) -> int:
    """Bytes of a stream as it lies in the file; pypdf tells only what it unpacks to."""
    return len(vars(stream)["_data"])


def _ours(document: InspectionReport) -> None:
    pictures.forget()
    build(document, issued_at=ISSUED, verify=MARK)


def _photo(path: Path, number: int) -> Path:
    """Twelve million pixels, as a telephone takes them, each its own."""
    small = Image.effect_noise((400, 300), 60).convert("RGB")
    ImageDraw.Draw(small).text((10, 10), str(number), fill=(255, 0, 0))
    small.resize((4000, 3000), Image.Resampling.BILINEAR).save(path, "JPEG", quality=88)
    return path


def _report(photos: list[Path]) -> InspectionReport:
    bars = tuple((f"第{number}项督导事项", 40 - number) for number in range(MATTERS))
    return InspectionReport(
        office=Office(name="青禾县人民政府教育督导室", code_letters="青教", contact="王岚", telephone="0900-5550100"),
        number=DocumentNumber("青教督导报", 2026, 1),
        dated=date(2026, 11, 21),
        subject="青禾县2026年秋季开学督导",
        first=date(2026, 9, 1),
        last=date(2026, 11, 21),
        organised="\n".join([_TEXT * 3] * 4),
        evaluation="\n".join([_TEXT * 3] * 4),
        highlights="\n".join([_TEXT] * 10),
        charts=(Chart(title="各事项问题数", bars=bars), Chart(title="各责任区办结率", bars=bars[:6], unit="%")),
        matters=tuple(
            ReportMatter(matter=f"第{number}项督导事项", count=9, schools=5, cases=(_TEXT * 2,) * 4)
            for number in range(MATTERS)
        ),
        advice="\n".join([_TEXT * 2] * 6),
        schools=tuple(
            ReportSchool(school=f"青禾县第{n}小学", area="城区", visits=2, found=9, closed=6, overdue=1, score="91.5")
            for n in range(SCHOOLS)
        ),
        problems=tuple(
            PressedProblem(
                ordinal=number,
                school=f"青禾县第{number}小学",
                text=_TEXT,
                matter="校园安全",
                grade=Grade.GENERAL,
                found=date(2026, 10, 8),
                due=date(2026, 11, 8),
                responsible="陈立",
                state="整改中",
            )
            for number in range(PROBLEMS)
        ),
        pictures=tuple(Picture(path=path, caption=f"青禾县第一小学：{_TEXT[:22]}") for path in photos),
    )


Run = tuple[str, float, float, float, str]
Rule = tuple[float, float, float, float, float]
Box = tuple[float, float, float, float]


def _plain_page(page: Page) -> tuple[tuple[float, float], list[Run], list[Rule], list[Box]]:
    """What stands on a page, and the same font files registered without any of our doing."""
    runs: list[Run] = []
    rules: list[Rule] = []
    boxes: list[Box] = []
    height = page.sheet.height
    for mark in page.marks:
        if isinstance(mark, TextMark) and mark.line.glyphs:
            face = next(glyph.face for glyph in mark.line.glyphs if glyph.face is not None)
            name = f"bench-{face.key}"
            if name not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(TTFont(name, str(face.file)))
            runs.append((name, mark.line.size, mark.x, height - mark.middle, mark.line.text))
        elif isinstance(mark, RuleMark):
            rules.append((mark.x0, height - mark.y0, mark.x1, height - mark.y1, mark.thickness))
        elif isinstance(mark, PictureMark):
            boxes.append((mark.x, height - mark.y - mark.height, mark.width, mark.height))
    return (page.sheet.width, height), runs, rules, boxes


def _plain(pages: list[tuple[tuple[float, float], list[Run], list[Rule], list[Box]]], photos: list[Path]) -> None:
    canvas = Canvas(BytesIO(), pageCompression=1, initialFontName=pages[0][1][0][0])
    waiting = iter(photos)
    for size, runs, rules, boxes in pages:
        canvas.setPageSize(size)
        for name, points, x, y, text in runs:
            canvas.setFont(name, points)
            canvas.drawString(x, y, text)
        for x0, y0, x1, y1, thickness in rules:
            canvas.setLineWidth(thickness)
            canvas.line(x0, y0, x1, y1)
        for left, foot, width, height in boxes:
            out = BytesIO()
            with Image.open(next(waiting)) as picture:
                pixels = (round(width / 72 * pictures.DOTS_PER_INCH), round(height / 72 * pictures.DOTS_PER_INCH))
                picture.draft("RGB", pixels)
                upright = ImageOps.exif_transpose(picture)
                upright.thumbnail(pixels, Image.Resampling.LANCZOS)
                upright.save(out, "JPEG", quality=pictures.QUALITY)
            canvas.drawImage(ImageReader(BytesIO(out.getvalue())), left, foot, width, height)
        canvas.showPage()
    canvas.save()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
