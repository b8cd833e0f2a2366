"""Drawing laid-out pages into a PDF: the same pages and the same time give the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from threading import Lock
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from jiandu_desktop.documents import origin
from jiandu_desktop.documents.composing import Glyph, Line
from jiandu_desktop.documents.fonts import Face, FontBook, Role
from jiandu_desktop.documents.layout import OriginMark, Page, RuleMark, StrokesMark, TextMark
from jiandu_desktop.documents.origin import OriginFacts

_PEN = 1.1
"""Width of a signature's strokes in points."""
_ORIGIN_FORM = "origin"

_drawing = Lock()
"""ReportLab keeps the state of a font's subset in the font: one document at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a reader shows as the document's properties."""

    title: str
    author: str
    subject: str
    issued_at: datetime


def draw(fonts: FontBook, pages: Sequence[Page], metadata: Metadata, facts: OriginFacts | None) -> bytes:
    """The PDF of `pages`; with `facts` the origin mark is filled in, wherever a page has a place for it."""
    with _drawing:
        out = BytesIO()
        first_font: Any = fonts.face(Role.TEXT).ready().fontName  # the stub takes the name for a number
        canvas = Canvas(out, pageCompression=1, invariant=1, initialFontName=first_font)
        vars(canvas)["_doc"].info = _Info(metadata, facts)  # the canvas has setters for five fields only
        for page in pages:
            canvas.setPageSize((page.sheet.width, page.sheet.height))
            _draw_page(canvas, fonts, page, with_origin=facts is not None)
            canvas.showPage()
        if facts is not None:
            canvas.beginForm(_ORIGIN_FORM, 0, 0, origin.SIDE, origin.SIDE)
            canvas.addLiteral(origin.blank_drawing())
            canvas.endForm(compression=0)
        canvas.save()
    blank = out.getvalue()
    return origin.fill_in(blank, facts) if facts is not None else blank


class _Info(pdfdoc.PDFInfo):
    """The metadata, with the time of issue instead of the time of drawing and the facts under a key of their own."""

    def __init__(self, metadata: Metadata, facts: OriginFacts | None) -> None:
        super().__init__()
        self.title = metadata.title
        self.author = metadata.author
        self.subject = metadata.subject
        self.creator = "Jiandu"
        self.producer = "ReportLab"
        self.keywords = origin.blank_keywords() if facts else ""
        self._facts = facts
        self._time = metadata.issued_at

    def format(self, document: object) -> bytes:
        entries = {
            "Title": pdfdoc.PDFString(self.title),
            "Author": pdfdoc.PDFString(self.author),
            "Subject": pdfdoc.PDFString(self.subject),
            "Creator": pdfdoc.PDFString(self.creator),
            "Producer": pdfdoc.PDFString(self.producer),
            "Keywords": pdfdoc.PDFString(self.keywords),
            "CreationDate": pdfdoc.PDFString(_pdf_time(self._time)),
            "ModDate": pdfdoc.PDFString(_pdf_time(self._time)),
        }
        if self._facts is not None:
            entries["Jiandu"] = pdfdoc.PDFString(self._facts.to_json())
        return bytes(pdfdoc.PDFDictionary(entries).format(document))


def _pdf_time(value: datetime) -> str:
    offset = value.strftime("%z")
    return f"D:{value:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"


def _draw_page(canvas: Canvas, fonts: FontBook, page: Page, *, with_origin: bool) -> None:
    height = page.sheet.height
    for mark in page.marks:
        match mark:
            case TextMark():
                _draw_text(canvas, fonts, mark, height)
            case RuleMark():
                _colour(canvas, red=mark.red)
                canvas.setLineWidth(mark.thickness)
                canvas.line(mark.x0, height - mark.y0, mark.x1, height - mark.y1)
            case StrokesMark():
                _draw_strokes(canvas, mark, height)
            case OriginMark():
                if with_origin:
                    canvas.saveState()
                    canvas.setFillGray(0)
                    canvas.translate(mark.x, height - mark.y - mark.side)
                    canvas.scale(mark.side / origin.SIDE, mark.side / origin.SIDE)
                    canvas.doForm(_ORIGIN_FORM)
                    canvas.restoreState()


def _draw_text(canvas: Canvas, fonts: FontBook, mark: TextMark, height: float) -> None:
    turned = mark.narrowing != 1.0 or mark.sideways
    x, y = mark.x, height - mark.middle
    if turned:
        canvas.saveState()
        canvas.translate(x, y)
        if mark.sideways:
            canvas.rotate(-90)
        canvas.scale(mark.narrowing, 1)
        x = y = 0.0
    _colour(canvas, red=mark.red)
    text = canvas.beginText()
    for face, glyphs, tracking in _runs(mark.line):
        _draw_run(text, face, glyphs, tracking, mark.line.size, x, y)
    canvas.drawText(text)
    for glyph in mark.line.glyphs:
        if glyph.face is None:
            _draw_code(canvas, fonts, glyph, mark.line.size, x, y)
    if turned:
        canvas.restoreState()


def _draw_run(
    text: PDFTextObject, face: Face, glyphs: Sequence[Glyph], tracking: float, size: float, x: float, y: float
) -> None:
    text.setFont(face.key, size)
    text.setCharSpace(tracking)
    text.setTextOrigin(x + glyphs[0].x, y - face.centre * size)
    text.textOut("".join(glyph.char for glyph in glyphs))


def _runs(line: Line) -> Iterator[tuple[Face, list[Glyph], float]]:
    """Neighbouring glyphs of one face that stand evenly, with the space to add after each."""
    run: list[Glyph] = []
    tracking = 0.0
    for glyph in line.glyphs:
        if run and run[-1].face is not None:
            step = glyph.x - run[-1].x - run[-1].face.advance(run[-1].char) * line.size
            even = len(run) == 1 or abs(step - tracking) < 0.002
            if glyph.face is run[-1].face and even:
                tracking = step if len(run) == 1 else tracking
                run.append(glyph)
                continue
            yield run[-1].face, run, round(tracking, 4) if len(run) > 1 else 0.0
        run = [glyph]
        tracking = 0.0
    if run and run[-1].face is not None:
        yield run[-1].face, run, round(tracking, 4) if len(run) > 1 else 0.0


def _draw_code(canvas: Canvas, fonts: FontBook, glyph: Glyph, size: float, x: float, y: float) -> None:
    """A character no font has: its code in a box, two lines of three figures."""
    side = size * 0.9
    left, foot = x + glyph.x + size * 0.05, y - side / 2
    canvas.setLineWidth(0.4)
    canvas.rect(left, foot, side, side)
    code = f"{ord(glyph.char):X}".rjust(6, "0") if ord(glyph.char) > 0xFFFF else f"{ord(glyph.char):04X}"
    half = len(code) // 2
    small = side * 0.42
    canvas.setFont(fonts.face(Role.SONG).ready().fontName, small)
    for index, part in enumerate((code[:half], code[half:])):
        canvas.drawCentredString(left + side / 2, foot + side * (0.56 - 0.45 * index), part)


def _draw_strokes(canvas: Canvas, mark: StrokesMark, height: float) -> None:
    _colour(canvas, red=False)
    canvas.setLineWidth(_PEN)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    path = canvas.beginPath()
    for stroke in mark.strokes:
        points = [(mark.x + px * mark.width, height - mark.y - py * mark.height) for px, py in stroke]
        if not points:
            continue
        path.moveTo(*points[0])
        for point in points[1:] or points:
            path.lineTo(*point)
    canvas.drawPath(path)
    canvas.setLineCap(0)


def _colour(canvas: Canvas, *, red: bool) -> None:
    if red:
        canvas.setFillColorRGB(1, 0, 0)
        canvas.setStrokeColorRGB(1, 0, 0)
    else:
        canvas.setFillGray(0)
        canvas.setStrokeGray(0)
