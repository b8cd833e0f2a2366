"""Pictures of a PDF's pages, for the preview and for printers; Qt stays outside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from jiandu_desktop.domain.errors import Trouble

if TYPE_CHECKING:
    import pypdfium2

pdfium_lock = Lock()
"""PDFium may be called by one thread at a time, whatever the document."""


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as pixels: `rgba` holds four bytes a pixel, rows from the top, no padding; the paper is white."""

    width: int
    height: int
    rgba: bytes


@dataclass(frozen=True, slots=True)
class PageSize:
    """In points."""

    width: float
    height: float


def page_count(pdf: bytes) -> int:
    """Raises Trouble `pdf-unreadable`."""
    with opened(pdf) as document:
        return len(document)


def page_sizes(pdf: bytes) -> tuple[PageSize, ...]:
    """Width and height of every page, for the preview's layout. Raises Trouble `pdf-unreadable`."""
    with opened(pdf) as document:
        return tuple(PageSize(*document.get_page_size(number)) for number in range(len(document)))


def render_page(pdf: bytes, page: int, pixels_per_point: float) -> RenderedPage:
    """Page `page` (from 0) with `pixels_per_point` pixels to 1/72 inch: 300 dpi is 300/72.

    Raises Trouble `pdf-unreadable`, IndexError for a page that is not there. Safe from any thread.
    """
    with opened(pdf) as document:
        if not 0 <= page < len(document):
            raise IndexError(f"page {page} of {len(document)}")
        sheet = document[page]
        try:
            bitmap = sheet.render(scale=pixels_per_point, rev_byteorder=True, prefer_bgrx=True)
            try:
                return _rgba(bitmap)
            finally:
                bitmap.close()
        finally:
            sheet.close()


@contextmanager
def opened(pdf: bytes, name: str = "PDF") -> Iterator[pypdfium2.PdfDocument]:
    """The PDF in PDFium, for as long as the lock is held. Raises Trouble `pdf-unreadable`, naming it by `name`."""
    import pypdfium2  # 0.04 s that the program's start should not wait for

    with pdfium_lock:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise Trouble("pdf-unreadable", name=name) from error
        try:
            yield document
        finally:
            document.close()


def _rgba(bitmap: pypdfium2.PdfBitmap) -> RenderedPage:
    """PDFium's fourth byte of an opaque page is unused: it becomes 255, and rows lose their padding."""
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    raw = bytes(bitmap.buffer)
    if stride != width * 4:
        raw = b"".join(raw[row * stride : row * stride + width * 4] for row in range(height))
    pixels = bytearray(raw)
    pixels[3::4] = b"\xff" * (width * height)
    return RenderedPage(width, height, bytes(pixels))
