"""Setting Chinese text into lines: the grid, forbidden line starts and ends, squeezed marks, numbers in one piece.

Rules after GB/T 15834-2011 §5.1: ，。、；：！？ and closing halves never begin a line, opening halves never end one,
—— and …… are not divided, a mark may give up half its square to fit the line. Nothing hangs out of the type area.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from jiandu_desktop.documents.fonts import Face, FontBook, Role
from jiandu_desktop.documents.told import OfficeWords, Part

NEVER_FIRST = frozenset("，。、；：！？）》」』】〕〉｝”’％‰℃…～·,.;:!?)]}%")
NEVER_LAST = frozenset("（《「『【〔〈｛“‘([{")
CLOSING_HALVES = frozenset("，。、；：！？）》」』】〕〉｝”’")
OPENING_HALVES = frozenset("（《「『【〔〈｛“‘")
PAIRED = frozenset("—…")
HALF = 0.5
_EPSILON = 1e-6
_CLOSER = 0.07
"""Share of its width by which a run may be drawn together to fill whole cells: 2026 in two squares."""
_FARTHEST_SQUEEZE = 3.0
"""Cells a line may be overfull before squeezing is not even tried."""

Span = tuple[str, Role]
"""A stretch of text and the role it is set in."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character set in a line: `x` points from the line's start. No `face` means that no font has it."""

    char: str
    face: Face | None
    x: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line: glyphs of one size, and the width they take in points (blank halves of marks included)."""

    glyphs: tuple[Glyph, ...]
    size: float
    width: float

    @property
    def text(self) -> str:
        return "".join(glyph.char for glyph in self.glyphs)


class _Sort(Enum):
    PLAIN = "plain"
    OPENING = "opening"
    CLOSING = "closing"
    RUN = "run"
    SPACE = "space"


@dataclass(slots=True)
class _Piece:
    """What is not divided: a full-width character, or a run of Latin letters and figures. `cells` is its width."""

    sort: _Sort
    text: str
    faces: list[Face | None]
    cells: float
    points: float

    @property
    def squeezable(self) -> bool:
        return self.sort in (_Sort.OPENING, _Sort.CLOSING)


@dataclass(frozen=True, slots=True)
class Measure:
    """Of a column of text: `pitch` points per cell, `columns` cells per line. On the page's `grid` a run of figures
    takes whole cells, so that the characters after it stand on the grid again."""

    size: float
    pitch: float
    columns: float
    grid: bool = True


class Composer:
    """Sets text with one book of fonts; remembers what it was told and which characters no font had. `words` are the
    office's own, in place of the program's."""

    def __init__(self, fonts: FontBook) -> None:
        self.fonts = fonts
        self.missing: dict[str, None] = {}
        self.parts: list[Part] = []
        self.words = OfficeWords()

    def paragraph(
        self, spans: Sequence[Span], measure: Measure, *, first_indent: float = 0, indent: float = 0
    ) -> list[Line]:
        """Lines of a paragraph, inner ones filled to the right edge; indents in cells."""
        pieces = self._pieces(spans, measure)
        lines: list[Line] = []
        start = 0
        while start < len(pieces):
            if pieces[start].sort is _Sort.SPACE:
                start += 1
                continue
            left = indent if lines else first_indent
            end = _line_end(pieces, start, measure.columns - left)
            if end is None:
                pieces[start : start + 1] = _cut(pieces[start], measure, measure.columns - left)
                end = start + 1
            lines.append(_set(pieces[start:end], measure, left, last=end == len(pieces)))
            start = end
        return lines

    def natural(self, spans: Sequence[Span], size: float, *, tracking: float = 0.0) -> Line:
        """One line at the fonts' own widths, for titles, numbers, dates; `tracking` points after every character."""
        glyphs: list[Glyph] = []
        x = 0.0
        for text, role in spans:
            for char in text:
                face = self._face(role, char)
                glyphs.append(Glyph(char, face, x))
                x += (face.advance(char) if face else 1.0) * size + tracking
        return Line(tuple(glyphs), size, x - tracking if glyphs else 0.0)

    def _face(self, role: Role, char: str) -> Face | None:
        face = self.fonts.face_for(role, char)
        if face is None and char not in self.missing:
            self.missing[char] = None
        return face

    def _pieces(self, spans: Sequence[Span], measure: Measure) -> list[_Piece]:
        pieces: list[_Piece] = []
        for text, role in spans:
            # 楷体's figures are wider than half a square and would leave gaps on the grid: the text's are used.
            figures = Role.TEXT if role is Role.SECOND_HEADING else role
            at = 0
            while at < len(text):
                char = text[at]
                if char == " " and not _ties(text, at):
                    pieces.append(self._piece(_Sort.SPACE, " ", role, measure))
                    at += 1
                elif _in_run(char):
                    end = at + 1
                    while end < len(text) and (_in_run(text[end]) or _ties(text, end)):
                        end += 1
                    pieces.append(self._piece(_Sort.RUN, text[at:end], figures, measure))
                    at = end
                else:
                    pieces.append(self._piece(_sort_of(char), char, role, measure))
                    at += 1
        return pieces

    def _piece(self, sort: _Sort, text: str, role: Role, measure: Measure) -> _Piece:
        faces = [self._face(role, char) for char in text]
        if sort not in (_Sort.RUN, _Sort.SPACE):
            return _Piece(sort, text, faces, 1.0, measure.size)
        return _Piece(sort, text, faces, *_run_width(sort, text, faces, measure))


def _run_width(sort: _Sort, text: str, faces: list[Face | None], measure: Measure) -> tuple[float, float]:
    """Cells and points of a run. Two figures are a little wider than a cell at 16 pt: they are drawn together."""
    points = sum((face.advance(char) if face else 1.0) * measure.size for char, face in zip(text, faces, strict=True))
    cells = points / measure.pitch
    if sort is _Sort.SPACE:
        return HALF, points
    if measure.grid:
        whole = max(1, int(cells))
        return float(whole if cells - whole <= _CLOSER * whole else whole + 1), points
    return cells, points


def _in_run(char: str) -> bool:
    return "!" <= char <= "~"


def _ties(text: str, at: int) -> bool:
    """Whether the space at `at` stands inside the number of a standard (GB/T 29315), which is not divided there."""
    return text[at] == " " and text[max(0, at - 2) : at] in ("/T", "GB", "DB") and text[at + 1 : at + 2].isdigit()


def _sort_of(char: str) -> _Sort:
    if char in CLOSING_HALVES:
        return _Sort.CLOSING
    return _Sort.OPENING if char in OPENING_HALVES else _Sort.PLAIN


def _may_break(before: _Piece, after: _Piece) -> bool:
    first, last = after.text[0], before.text[-1]
    if first in NEVER_FIRST or last in NEVER_LAST or after.sort is _Sort.SPACE:
        return False
    return not (first in PAIRED and last == first)


def _line_end(pieces: list[_Piece], start: int, columns: float) -> int | None:
    """Index after the last piece of the line that begins at `start`; None where not even one piece fits.

    Of all places where the line may end it takes the one that disturbs the grid least: exactly full, else with
    marks squeezed, else spread.
    """
    best: tuple[float, int] | None = None
    cells = room = 0.0
    end = start
    forced: int | None = None
    while end < len(pieces):
        piece = pieces[end]
        cells += piece.cells
        room += HALF if piece.squeezable else 0.0
        end += 1
        if cells <= columns + _EPSILON:
            forced = end
        if cells - columns > _FARTHEST_SQUEEZE:
            break
        at_end = end == len(pieces)
        if not at_end and not _may_break(piece, pieces[end]):
            continue
        shown = cells - (piece.cells if piece.sort is _Sort.SPACE else 0.0)
        excess = shown - columns
        if excess > room + _EPSILON:
            continue
        if at_end and excess <= _EPSILON:
            return end
        cost = excess if excess > 0 else -1.5 * excess
        if best is None or cost <= best[0] + _EPSILON:
            best = (cost, end)
    # A row of closing marks longer than a line leaves no lawful place: then the line is simply full.
    return best[1] if best is not None else forced


def _cut(piece: _Piece, measure: Measure, columns: float) -> list[_Piece]:
    """Divide a run too long for any line (an address, a serial number) at the last character that fits."""
    width = 0.0
    count = 0
    for char, face in zip(piece.text, piece.faces, strict=True):
        width += (face.advance(char) if face else 1.0) * measure.size
        if width > columns * measure.pitch and count:
            break
        count += 1
    parts = []
    for text, faces in ((piece.text[:count], piece.faces[:count]), (piece.text[count:], piece.faces[count:])):
        if text:
            cells, points = _run_width(piece.sort, text, faces, measure)
            parts.append(_Piece(piece.sort, text, faces, cells, points))
    parts[0].cells = min(parts[0].cells, columns)
    return parts


def _set(pieces: list[_Piece], measure: Measure, left: float, *, last: bool) -> Line:
    """Place the pieces of one line, squeezed or spread to `measure.columns`; the last line keeps its width."""
    while pieces[-1].sort is _Sort.SPACE:
        pieces = pieces[:-1]
    lack = measure.columns - left - sum(piece.cells for piece in pieces)
    squeezed = _squeezes(pieces, -lack) if lack < -_EPSILON else [0.0] * len(pieces)
    gap = 0.0
    if not last and lack > _EPSILON and len(pieces) > 1:
        # A mark at the end leaves its blank half there; that is no reason to spread the whole line.
        spread = lack if not (pieces[-1].sort is _Sort.CLOSING and lack <= HALF) else 0.0
        gap = spread / (len(pieces) - 1)
    glyphs: list[Glyph] = []
    x = left
    for index, (piece, less) in enumerate(zip(pieces, squeezed, strict=True)):
        cells = piece.cells - less
        if piece.sort is _Sort.RUN:
            glyphs += _set_run(piece, measure, x, first=index == 0, final=index == len(pieces) - 1)
        elif piece.sort is not _Sort.SPACE:
            face = piece.faces[0]
            advance = (face.advance(piece.text) if face else 1.0) * measure.size
            own = x - less if piece.sort is _Sort.OPENING else x
            glyphs.append(Glyph(piece.text, face, own * measure.pitch + (measure.pitch - advance) / 2))
        x += cells + gap
    return Line(tuple(glyphs), measure.size, (x - gap) * measure.pitch)


def _set_run(piece: _Piece, measure: Measure, x: float, *, first: bool, final: bool) -> list[Glyph]:
    spare = piece.cells * measure.pitch - piece.points
    # Drawn together between the characters only, so that the last one ends with its cells.
    tracking = spare / (len(piece.text) - 1) if spare < 0 and len(piece.text) > 1 else 0.0
    share = 0.0 if first or spare < 0 else 1.0 if final else 0.5
    at = x * measure.pitch + spare * share
    glyphs = []
    for char, face in zip(piece.text, piece.faces, strict=True):
        glyphs.append(Glyph(char, face, at))
        at += (face.advance(char) if face else 1.0) * measure.size + tracking
    return glyphs


def _squeezes(pieces: list[_Piece], excess: float) -> list[float]:
    """How many cells each mark gives up: first the one at the line's end, then neighbours of other marks, then all
    the others alike, so that none is seen to be pressed."""
    squeezed = [0.0] * len(pieces)
    for marks in _by_blankness(pieces):
        if marks and excess > _EPSILON:
            share = min(HALF, excess / len(marks))
            for index in marks:
                squeezed[index] = share
            excess -= share * len(marks)
    return squeezed


def _by_blankness(pieces: list[_Piece]) -> tuple[list[int], list[int], list[int]]:
    """Indexes of the marks: at the line's end, beside another mark, all others."""
    at_end: list[int] = []
    beside: list[int] = []
    others: list[int] = []
    for index, piece in enumerate(pieces):
        if not piece.squeezable:
            continue
        closing = piece.sort is _Sort.CLOSING
        neighbour = index + 1 if closing else index - 1
        if closing and index == len(pieces) - 1:
            at_end.append(index)
        elif 0 <= neighbour < len(pieces) and pieces[neighbour].squeezable:
            beside.append(index)
        else:
            others.append(index)
    return at_end, beside, others
