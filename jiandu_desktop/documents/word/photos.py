"""Photos in a Word document: two or six to a page, upright, at the resolution of print, with their captions."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jiandu_desktop.documents import told
from jiandu_desktop.documents.grid import MM, Sheet
from jiandu_desktop.documents.pictures import prepare
from jiandu_desktop.documents.word import pieces, styles
from jiandu_desktop.documents.word.pieces import paragraph, run, run_size
from jiandu_desktop.documents.word.styles import TWIPS

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

Photo = Callable[[str], Path]
"""Where a photo's file lies, by the SHA-256 of its bytes."""

_EMU: Final = 12700
"""To a point"""
_CAPTION = 10.5
_HEIGHT = {2: 82 * MM, 6: 52 * MM}
"""Of a photo's field, by photos per page."""
_ACROSS = {2: 1, 6: 2}
_DRAWING = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{number}" name="照片{number}" descr="{caption}"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:nvPicPr><pic:cNvPr id="{number}" name="照片{number}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r>"
)


class Photos:
    """Puts photos into one Word document."""

    def __init__(self, word: WordDocument, find: Photo) -> None:
        self._word = word
        self._find = find
        self._count = 0

    def table(self, said: told.Photos, sheet: Sheet) -> str:
        """A table without rules: a row of photos with their captions, never divided."""
        across = _ACROSS.get(said.per_page, 1)
        field = sheet.area_width / across
        rows = []
        for start in range(0, len(said.pictures), across):
            cells = "".join(self._cell(each, field, said.per_page) for each in said.pictures[start : start + across])
            missing = across - len(said.pictures[start : start + across])
            cells += f"<w:tc>{_width(field)}{paragraph(styles.TABLE_TEXT, '')}</w:tc>" * missing
            rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
        columns = f'<w:gridCol w:w="{round(field * TWIPS)}"/>' * across
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{round(sheet.area_width * TWIPS)}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>'
        )

    def _cell(self, picture: tuple[str, str], field: float, per_page: int) -> str:
        sha256, caption = picture
        room = field - 3 * MM
        photo = prepare(self._find(sha256), room, _HEIGHT.get(per_page, _HEIGHT[2])) if sha256 else None
        if photo is None:
            shown = run("照片无法打印：文件缺失或者已经损坏", run_size(_CAPTION))
        else:
            relation, _ = self._word.part.get_or_add_image(io.BytesIO(photo.jpeg))
            scale = min(room / photo.width, _HEIGHT.get(per_page, _HEIGHT[2]) / photo.height, 72 / 100) * _EMU
            self._count += 1
            shown = _DRAWING.format(
                width=round(photo.width * scale),
                height=round(photo.height * scale),
                number=self._count,
                caption=pieces.quoted(caption),
                relation=relation,
            )
        centred = '<w:jc w:val="center"/>'
        above = paragraph(styles.TABLE_TEXT, shown, f"<w:keepNext/>{centred}")
        below = paragraph(styles.TABLE_TEXT, run(caption, run_size(_CAPTION)), centred)
        return f"<w:tc>{_width(field)}{above}{below}</w:tc>"


def _width(field: float) -> str:
    return f'<w:tcPr><w:tcW w:w="{round(field * TWIPS)}" w:type="dxa"/></w:tcPr>'
