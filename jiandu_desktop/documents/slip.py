"""现场告知单 for 80 and 58 mm receipt printers: one page as long as its text, nothing smaller than 8 pt."""

from __future__ import annotations

from datetime import datetime

from jiandu_desktop.documents import pdf, wording
from jiandu_desktop.documents.composing import Composer, Line, Measure
from jiandu_desktop.documents.fonts import FontBook, Role
from jiandu_desktop.documents.grid import MM, Sheet
from jiandu_desktop.documents.layout import Page, RuleMark
from jiandu_desktop.domain.document.slip import SLIP_WIDTHS, Slip, SlipProblem

TEXT_SIZE = 9.5
NOTE_SIZE = 8.0
_TITLE_SIZE = 14.0
_LEADING = 1.42
_EDGE = {80: 4.0, 58: 4.5}
"""What the print head does not reach, in mm: 72 mm of 80, 49 of 58."""
_QR = {80: 26.0, 58: 24.0}
_LONGEST = 240
"""Characters of one problem; what is longer stands in the document."""
_MOST = 60
"""Problems on a slip: with the longest texts that is 6 metres of paper, more than a PDF page may hold is never made."""
_GAP = 5.0


def build_slip(slip: Slip, width: int, *, issued_at: datetime, fonts: FontBook | None = None) -> bytes:
    """The slip as a PDF of one page, `width` mm wide (one of SLIP_WIDTHS); the same slip gives the same bytes.

    Raises ValueError for another width, Trouble `font-unusable`.
    """
    from jiandu_desktop.documents.fonts import font_book

    if width not in SLIP_WIDTHS:
        raise ValueError(f"no paper of {width} mm")
    book = fonts or font_book()
    writer = _Writer(Composer(book), width)
    _say(writer, slip)
    metadata = pdf.Metadata(
        title=f"现场告知单 {slip.number}", author=slip.office.name, subject=slip.number, issued_at=issued_at
    )
    return pdf.draw(book, [writer.page()], metadata, None)


def _say(out: _Writer, slip: Slip) -> None:
    out.centred(slip.office.name, Role.FIRST_HEADING, TEXT_SIZE)
    out.centred("现场告知单", Role.FIRST_HEADING, _TITLE_SIZE)
    out.rule()
    for label, words in (
        ("学校：", wording.tidy(slip.school)),
        ("日期：", wording.day(slip.dated)),
        ("文书：", wording.tidy(slip.title)),
        ("文号：", slip.number),
        ("督学：", wording.listed(slip.inspectors)),
    ):
        if words:
            out.text(label, words)
    out.rule()
    if not slip.problems:
        out.text("", "本次督导未发现需要整改的问题。")
    for place, problem in enumerate(slip.problems[:_MOST], start=1):
        _tell(out, place, problem)
    left = len(slip.problems) - _MOST
    if left > 0:
        out.text("", f"另有{left}项，见正式文书。")
    out.rule()
    if slip.problems:
        out.text("", f"共{len(slip.problems)}项。请按期整改，并按正式文书的要求书面反馈。")
    contact = "，".join(part for part in (wording.tidy(slip.office.contact), slip.office.telephone) if part)
    if contact:
        out.text("联系：", contact)
    out.gap(2)
    out.text("学校签收：", "")
    out.gap(8)
    if slip.qr:
        out.qr(slip.qr)
        out.centred("扫码看文号、日期和校验码", Role.FIRST_HEADING, NOTE_SIZE)
    out.note("本单当场告知用，以盖章的正式文书为准。热敏纸会褪色，需要留存请复印。")


def _tell(out: _Writer, place: int, problem: SlipProblem) -> None:
    out.text(f"{place}.", _short(wording.sentence(problem.text)))
    if problem.measure:
        out.text("措施：", _short(wording.sentence(problem.measure)))
    out.text("期限：", wording.day(problem.due) if problem.due else "立即整改")
    if problem.responsible:
        out.text("责任人：", wording.tidy(problem.responsible))
    out.gap(1.5)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "……（全文见正式文书）"


class _Writer:
    """Sets lines below one another; the page is as high as it comes out."""

    def __init__(self, composer: Composer, width: int) -> None:
        self._composer = composer
        self._paper = width * MM
        self._qr_side = _QR[width] * MM
        self._edge = _EDGE[width] * MM
        self._room = self._paper - 2 * self._edge
        self._y = 4 * MM
        self._page = Page(Sheet(self._paper, 1.0, self._edge, 0.0, self._room, 1.0))

    def page(self) -> Page:
        height = self._y + 8 * MM
        made = Page(Sheet(self._paper, height, self._edge, 0.0, self._room, height))
        made.marks = self._page.marks
        return made

    def text(self, label: str, words: str) -> None:
        """A label with its words; further lines begin under the words."""
        measure = Measure(TEXT_SIZE, TEXT_SIZE, self._room / TEXT_SIZE, grid=False)
        spans = [(label, Role.FIRST_HEADING), (words, Role.FIRST_HEADING)]
        indent = sum(0.5 if char.isascii() else 1.0 for char in label)
        self._lines(self._composer.paragraph(spans, measure, indent=indent))

    def note(self, words: str) -> None:
        measure = Measure(NOTE_SIZE, NOTE_SIZE, self._room / NOTE_SIZE, grid=False)
        self._lines(self._composer.paragraph([(words, Role.FIRST_HEADING)], measure))

    def centred(self, words: str, role: Role, size: float) -> None:
        """In the middle; a name longer than the paper goes on in further lines."""
        measure = Measure(size, size, self._room / size, grid=False)
        for line in self._composer.paragraph([(words, role)], measure):
            self._line(line, self._edge + (self._room - line.width) / 2)

    def rule(self) -> None:
        self._y += _GAP / 2
        self._page.rule(self._edge, self._y, self._edge + self._room, self._y, 0.6)
        self._y += _GAP

    def gap(self, millimetres: float) -> None:
        self._y += millimetres * MM

    def qr(self, text: str) -> None:
        """The code in black squares, with the quiet zone that readers want round it."""
        import segno

        rows = segno.make(text.encode("utf-8"), error="m", mode="byte", micro=False, boost_error=False).matrix
        module = self._qr_side / len(rows)
        left = (self._paper - self._qr_side) / 2
        self._y += 4 * module
        for index, row in enumerate(rows):
            middle = self._y + (index + 0.5) * module
            start = 0
            while start < len(row):
                end = start
                while end < len(row) and row[end]:
                    end += 1
                if end > start:
                    self._page.marks.append(
                        RuleMark(left + start * module, middle, left + end * module, middle, module * 1.02)
                    )
                start = end + 1
        self._y += self._qr_side + 4 * module

    def _lines(self, lines: list[Line]) -> None:
        for line in lines:
            self._line(line, self._edge)

    def _line(self, line: Line, x: float) -> None:
        self._page.text(line, x, self._y + line.size * (_LEADING - 1) / 2)
        self._y += line.size * _LEADING
