"""Drawing laid-out pages into a PDF: the same pages and the same time give the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from threading import Lock
from typing import Any

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from jiandu_desktop.documents import origin
from jiandu_desktop.documents.composing import Glyph, Line
from jiandu_desktop.documents.fonts import Face, FontBook, Role
from jiandu_desktop.documents.grid import MM
from jiandu_desktop.documents.layout import BoxMark, OriginMark, Page, PictureMark, RuleMark, StrokesMark, TextMark
from jiandu_desktop.documents.origin import OriginFacts
from jiandu_desktop.documents.seal import SealMark, top_of_seal
from jiandu_desktop.domain.seal import Seal

_PEN = 1.1
"""Width of a signature's strokes in points."""
_ORIGIN_FORM = "origin"

rl_config.useA85 = 0  # streams as bytes: written as ASCII, photos and fonts would be a quarter larger

_drawing = Lock()
"""ReportLab keeps the state of a font's subset in the font: one document at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a reader shows as the document's properties."""

    title: str
    author: str
    subject: str
    issued_at: datetime


def draw(
    fonts: FontBook, pages: Sequence[Page], metadata: Metadata, facts: OriginFacts | None, seal: Seal | None = None
) -> bytes:
    """The PDF of `pages`; with `facts` the origin mark is filled in, wherever a page has a place for it, and so is the
    seal."""
    with _drawing:
        out = BytesIO()
        first_font: Any = fonts.face(Role.TEXT).ready().fontName  # the stub takes the name for a number
        canvas = Canvas(out, pageCompression=1, invariant=1, initialFontName=first_font)
        vars(canvas)["_doc"].info = _Info(metadata, facts)  # the canvas has setters for five fields only
        for number, page in enumerate(pages):
            canvas.setPageSize((page.sheet.width, page.sheet.height))
            _Drawer(canvas, fonts, page, with_origin=facts is not None, seal=seal).draw()
            _list_headings(canvas, page, number)
            canvas.showPage()
        if facts is not None:
            canvas.beginForm(_ORIGIN_FORM, 0, 0, origin.SIDE, origin.SIDE)
            canvas.addLiteral(origin.blank_drawing())
            canvas.endForm(compression=0)
        canvas.save()
    blank = out.getvalue()
    return origin.fill_in(blank, facts) if facts is not None else blank


def _list_headings(canvas: Canvas, page: Page, number: int) -> None:
    """The reader's list of contents: one entry per heading, leading to its place."""
    for place, (level, words, top) in enumerate(page.headings):
        key = f"heading-{number}-{place}"
        canvas.bookmarkHorizontal(key, 0, page.sheet.height - top)
        canvas.addOutlineEntry(words, key, level - 1)
        canvas.showOutline()


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


class _Drawer:
    """Draws one page; remembers font, spacing and colour, so that each is written only where it changes."""

    def __init__(
        self, canvas: Canvas, fonts: FontBook, page: Page, *, with_origin: bool, seal: Seal | None = None
    ) -> None:
        self._canvas = canvas
        self._fonts = fonts
        self._page = page
        self._height = page.sheet.height
        self._with_origin = with_origin
        self._seal = seal
        self._red: bool | None = None

    def draw(self) -> None:
        # The order of marks is free, nothing covers anything: text first, in one object.
        plain = [mark for mark in self._page.marks if isinstance(mark, TextMark) and not _turned(mark)]
        for red in (True, False):
            marks = [mark for mark in plain if mark.red is red]
            if marks:
                self._colour(red=red)
                self._texts([(mark.line, mark.x, self._height - mark.middle) for mark in marks])
        for mark in self._page.marks:
            match mark:
                case TextMark():
                    if _turned(mark):
                        self._turned_text(mark)
                case RuleMark():
                    self._colour(red=mark.red)
                    self._canvas.setLineWidth(mark.thickness)
                    self._canvas.line(mark.x0, self._height - mark.y0, mark.x1, self._height - mark.y1)
                case StrokesMark():
                    self._strokes(mark)
                case OriginMark():
                    if self._with_origin:
                        self._origin(mark)
                case SealMark():
                    if self._seal is not None:
                        self._press(mark, self._seal)
                case BoxMark():
                    self._box(mark)
                case PictureMark():
                    # Equal bytes are embedded once, however often they are drawn.
                    image = ImageReader(BytesIO(mark.jpeg))
                    foot = self._height - mark.y - mark.height
                    self._canvas.drawImage(image, mark.x, foot, mark.width, mark.height)

    def _texts(self, lines: Sequence[tuple[Line, float, float]]) -> None:
        """Lines at x and the height of the middle of their squares, upwards as PDF counts."""
        text = self._canvas.beginText()
        font: tuple[str, float] | None = None
        spacing = 0.0
        for line, x, y in lines:
            for face, glyphs, tracking in _runs(line):
                if (face.key, line.size) != font:
                    font = (face.key, line.size)
                    text.setFont(*font)
                if tracking != spacing:
                    spacing = tracking
                    text.setCharSpace(tracking)
                text.setTextOrigin(x + glyphs[0].x, y - face.centre * line.size)
                text.textOut("".join(glyph.char for glyph in glyphs))
        text.setCharSpace(0)
        self._canvas.drawText(text)
        for line, x, y in lines:
            for glyph in line.glyphs:
                if glyph.face is None:
                    self._code(glyph, line.size, x, y)

    def _turned_text(self, mark: TextMark) -> None:
        self._colour(red=mark.red)
        self._canvas.saveState()
        self._canvas.translate(mark.x, self._height - mark.middle)
        if mark.sideways:
            self._canvas.rotate(-90)
        self._canvas.scale(mark.narrowing, 1)
        self._texts([(mark.line, 0.0, 0.0)])
        self._canvas.restoreState()

    def _code(self, glyph: Glyph, size: float, x: float, y: float) -> None:
        """A character no font has: its code in a box, on two lines."""
        side = size * 0.9
        left, foot = x + glyph.x + size * 0.05, y - side / 2
        self._canvas.setLineWidth(0.4)
        self._canvas.rect(left, foot, side, side)
        code = f"{ord(glyph.char):04X}" if ord(glyph.char) <= 0xFFFF else f"{ord(glyph.char):06X}"
        half = len(code) // 2
        self._canvas.setFont(self._fonts.face(Role.SONG).ready().fontName, side * 0.42)
        for index, part in enumerate((code[:half], code[half:])):
            self._canvas.drawCentredString(left + side / 2, foot + side * (0.56 - 0.45 * index), part)

    def _strokes(self, mark: StrokesMark) -> None:
        self._colour(red=False)
        self._canvas.setLineWidth(_PEN)
        self._canvas.setLineCap(1)
        self._canvas.setLineJoin(1)
        path = self._canvas.beginPath()
        for stroke in mark.strokes:
            points = [(mark.x + x * mark.width, self._height - mark.y - y * mark.height) for x, y in stroke]
            if not points:
                continue
            path.moveTo(*points[0])
            for point in points[1:] or points:  # a tap of the pen is a dot
                path.lineTo(*point)
        self._canvas.drawPath(path)
        self._canvas.setLineCap(0)

    def _box(self, mark: BoxMark) -> None:
        self._canvas.saveState()
        self._canvas.setFillColorRGB(*mark.shade)
        self._canvas.rect(mark.x, self._height - mark.y - mark.height, mark.width, mark.height, stroke=0, fill=1)
        self._canvas.restoreState()

    def _origin(self, mark: OriginMark) -> None:
        self._colour(red=False)
        self._canvas.saveState()
        self._canvas.translate(mark.x, self._height - mark.y - mark.side)
        self._canvas.scale(mark.side / origin.SIDE, mark.side / origin.SIDE)
        self._canvas.doForm(_ORIGIN_FORM)
        self._canvas.restoreState()

    def _press(self, mark: SealMark, seal: Seal) -> None:
        """The seal over what was drawn before: the marks of the closing block stand ahead of it."""
        picture = ImageReader(BytesIO(seal.png))
        width_px, height_px = picture.getSize()
        width = seal.width * MM
        height = width * height_px / width_px
        top = top_of_seal(mark, height)
        self._canvas.drawImage(picture, mark.x - width / 2, self._height - top - height, width, height, mask="auto")

    def _colour(self, *, red: bool) -> None:
        if self._red is red:
            return
        self._red = red
        if red:
            self._canvas.setFillColorRGB(1, 0, 0)
            self._canvas.setStrokeColorRGB(1, 0, 0)
        else:
            self._canvas.setFillGray(0)
            self._canvas.setStrokeGray(0)


def _turned(mark: TextMark) -> bool:
    return mark.narrowing != 1.0 or mark.sideways


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
