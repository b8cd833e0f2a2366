"""The signed paper that came back: photos and PDFs of its pages joined to one PDF, in the order they were given."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from jiandu_desktop.documents.grid import PAPER_HEIGHT, PAPER_WIDTH
from jiandu_desktop.documents.render import pdfium_lock
from jiandu_desktop.domain.errors import Trouble

MOST_PAGES = 200
"""More are no signed document but a whole folder taken by mistake."""


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """What was given: `content` is a PDF, or a picture that `services.photos` let through; `name` is for messages."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Scan:
    """The pages as one PDF."""

    pdf: bytes
    pages: int


def join_scans(files: Sequence[ScannedFile]) -> Scan:
    """One PDF of all pages. A JPEG that stands upright goes in as it is, byte for byte.

    Raises Trouble `scan-unreadable` (broken, or a PDF with a password), `scan-too-long`, `scan-empty`; ValueError
    where nothing was given.
    """
    import pypdfium2

    if not files:
        raise ValueError("no page was given")
    papers = [each.content if each.content.startswith(b"%PDF") else _page_of(each) for each in files]
    with pdfium_lock:
        joined = pypdfium2.PdfDocument.new()
        try:
            for given, paper in zip(files, papers, strict=True):
                _append(joined, given, paper)
            out = io.BytesIO()
            joined.save(out)
            return Scan(out.getvalue(), len(joined))
        finally:
            joined.close()


def _append(joined: object, given: ScannedFile, paper: bytes) -> None:
    import pypdfium2

    assert isinstance(joined, pypdfium2.PdfDocument)
    try:
        part = pypdfium2.PdfDocument(paper)
    except pypdfium2.PdfiumError as error:
        raise Trouble("scan-unreadable", name=given.name) from error
    try:
        if not len(part):
            raise Trouble("scan-empty", name=given.name)
        if len(joined) + len(part) > MOST_PAGES:
            raise Trouble("scan-too-long", name=given.name, limit=MOST_PAGES)
        joined.import_pages(part)
    except pypdfium2.PdfiumError as error:
        raise Trouble("scan-unreadable", name=given.name) from error
    finally:
        part.close()


def _page_of(given: ScannedFile) -> bytes:
    """A picture as a page of A4, upright or lying as the picture is, filling it without being distorted."""
    from PIL import Image, ImageOps
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    try:
        with Image.open(io.BytesIO(given.content)) as picture:
            upright = ImageOps.exif_transpose(picture)
            turned = upright.size != picture.size or picture.getexif().get(0x0112, 1) != 1
            width, height = upright.size
            if picture.format == "JPEG" and not turned:
                source = io.BytesIO(given.content)
            else:
                source = io.BytesIO()
                upright.convert("RGB").save(source, "JPEG", quality=90)
    except (OSError, SyntaxError, ValueError) as error:
        raise Trouble("scan-unreadable", name=given.name) from error
    source.seek(0)
    paper = (PAPER_WIDTH, PAPER_HEIGHT) if height >= width else (PAPER_HEIGHT, PAPER_WIDTH)
    scale = min(paper[0] / width, paper[1] / height)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=paper, pageCompression=1, invariant=1)
    left, foot = (paper[0] - width * scale) / 2, (paper[1] - height * scale) / 2
    canvas.drawImage(ImageReader(source), left, foot, width * scale, height * scale)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
