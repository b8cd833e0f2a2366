"""Pieces of a Word document's body as XML: paragraphs with their runs, tables, forms, the places of signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from jiandu_desktop.documents import grid, told
from jiandu_desktop.documents.form_sheet import LABEL_WIDTH
from jiandu_desktop.documents.word import styles
from jiandu_desktop.documents.word.styles import TWIPS

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold: control characters, halves of surrogate pairs."""
_MM = grid.MM * TWIPS
_SIGNATURE_ROW = 17
_THICK = 'w:val="single" w:sz="8" w:space="0" w:color="000000"'
_THIN = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'


def printable(text: str) -> str:
    """Without what XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def quoted(text: str) -> str:
    """For an attribute."""
    return escape(printable(text), {'"': "&quot;", "\n": " "})


def run(text: str, properties: str = "") -> str:
    """Text as it is, line ends as breaks."""
    lines = (escape(line) for line in printable(text).split("\n"))
    return f"<w:r>{properties}" + "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines) + "</w:r>"


def styled_run(text: str, style: str) -> str:
    """Text in a character style."""
    return run(text, f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>')


def paragraph(style: str, content: str, properties: str = "") -> str:
    """A paragraph of a style; `properties` is what its `w:pPr` has besides, in the order of the schema."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def blank_rows(count: int) -> str:
    return paragraph(styles.ADDRESSEE, "") * count


def indents(*, left: float = 0, right: float = 0, hanging: float = 0, first: float = 0) -> str:
    """A `w:ind` in characters of 16 pt; LibreOffice wants twips beside hundredths of characters."""
    parts = []
    for name, value in (("left", left), ("right", right), ("hanging", hanging), ("firstLine", first)):
        if value or name in ("left", "firstLine"):
            if name == "firstLine" and hanging:
                continue
            parts.append(f'w:{name}Chars="{round(value * 100)}" w:{name}="{round(value * grid.CELL * TWIPS)}"')
    return f"<w:ind {' '.join(parts)}/>"


def table(said: told.Table, width: float, *, keep_last: bool = False) -> str:
    """A table as wide as the type area (`width` in points): its head comes again on every page, no row is divided.

    With `keep_last` its last row stands on the page of what follows.
    """
    total = sum(said.widths)
    widths = [round(width * TWIPS * each / total) for each in said.widths]
    size = run_size(said.size) if said.size != grid.TABLE_SIZE else ""
    head = "".join(
        _cell(text, each, styles.TABLE_HEAD, size, centred=True) for text, each in zip(said.heads, widths, strict=True)
    )
    rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
    for place, row in enumerate(said.rows):
        keep = keep_last and place == len(said.rows) - 1
        cells = "".join(
            _cell(text, each, styles.TABLE_TEXT, size, centred=centred, keep=keep)
            for text, each, centred in zip(row, widths, said.centred, strict=True)
        )
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    return _framed(widths, rows)


def form(said: told.Form, width: float, *, keep_last: bool = False) -> str:
    """Rows of labels and contents; a content may be as long as it likes, so rows divide where they are long."""
    label = round(LABEL_WIDTH * TWIPS)
    half = round(width * TWIPS / 2)
    edges = [label, half - label, label, half - label]
    rows = []
    for row, (pairs, least) in enumerate(zip(said.rows, said.least, strict=True)):
        cells = ""
        keep = keep_last and row == len(said.rows) - 1
        for place, (name, content) in enumerate(pairs):
            span = 3 if len(pairs) == 1 else 1
            own = sum(edges[1:]) if span == 3 else edges[2 * place + 1]
            cells += _cell(name, label, styles.TABLE_HEAD, "", centred=True, keep=keep)
            cells += _cell(content, own, styles.TABLE_TEXT, "", centred=False, span=span, keep=keep)
        rows.append(f"<w:tr><w:trPr>{_height(least)}</w:trPr>{cells}</w:tr>")
    return _framed(edges, rows)


def signing(signatures: Sequence[tuple[str, str, str]], width: float) -> str:
    """Two places to a row: role and name, and room for ink."""
    label = round(LABEL_WIDTH * TWIPS)
    half = round(width * TWIPS / 2)
    edges = [label, half - label, label, half - label]
    rows = []
    for start in range(0, len(signatures), 2):
        pair = signatures[start : start + 2]
        cells = ""
        for role, name, signed in pair:
            words = "\n".join([part for part in (role, name or "（签名）") if part])
            cells += _cell(words, label, styles.TABLE_TEXT, "", centred=True, keep=True)
            cells += _cell(signed, half - label, styles.TABLE_TEXT, "", centred=False)
        if len(pair) == 1:
            cells += _cell("", label, styles.TABLE_TEXT, "", centred=True)
            cells += _cell("", half - label, styles.TABLE_TEXT, "", centred=False)
        rows.append(f"<w:tr><w:trPr><w:cantSplit/>{_height(_SIGNATURE_ROW)}</w:trPr>{cells}</w:tr>")
    return _framed(edges, rows)


def at_the_foot(paragraphs: Sequence[str], width: float, *, ruled: bool) -> str:
    """One paragraph to a row, on the foot of the type area of the page it falls on; `ruled` as a 版记 is."""
    own = round(width * TWIPS)
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{own}" w:type="dxa"/></w:tcPr>'
    rows = "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}{each}</w:tc></w:tr>" for each in paragraphs)
    borders = f"<w:tblBorders><w:top {_THICK}/><w:bottom {_THICK}/><w:insideH {_THIN}/></w:tblBorders>" if ruled else ""
    place = (
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="margin" '
        'w:tblpXSpec="center" w:tblpYSpec="bottom"/>'
    )
    return (
        f'<w:tbl><w:tblPr>{place}<w:tblW w:w="{own}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{own}"/></w:tblGrid>{rows}</w:tbl>'
    )


def run_size(size: float) -> str:
    return f'<w:rPr><w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/></w:rPr>'


def _height(millimetres: float) -> str:
    return f'<w:trHeight w:val="{round(millimetres * _MM)}" w:hRule="atLeast"/>'


def _cell(
    text: str, width: int, style: str, properties: str, *, centred: bool, span: int = 1, keep: bool = False
) -> str:
    align = ("<w:keepNext/>" if keep else "") + ('<w:jc w:val="center"/>' if centred else "")
    lines = "".join(paragraph(style, run(line, properties) if line else "", align) for line in text.split("\n"))
    merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}<w:vAlign w:val="center"/></w:tcPr>{lines}</w:tc>'


def _framed(widths: Sequence[int], rows: Sequence[str]) -> str:
    borders = "".join(
        f"<w:{side} {_THICK if side in ('top', 'left', 'bottom', 'right') else _THIN}/>"
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
