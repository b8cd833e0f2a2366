"""An issued document as pages to be looked at."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QImage

from jiandu_desktop.domain.issued import Document
from jiandu_desktop.services.papers import page_count, render_page
from jiandu_desktop.services.program import Services

A4_WIDTH, A4_HEIGHT = 595.28, 841.89
"""Points (GB/T 148: 210 mm × 297 mm)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """The bytes that were issued, and how to draw a page of them."""

    document: Document
    pdf: bytes
    pages: int

    def render(self, page: int, pixel_width: int) -> QImage:
        """Page `page` (0…), as sharp as an upright one `pixel_width` wide needs; called off the window's thread."""
        drawn = render_page(self.pdf, page, pixel_width / A4_WIDTH)
        if drawn.width > drawn.height:
            # A page that lies is shown up to twice as wide.
            drawn = render_page(self.pdf, page, pixel_width * 2 / A4_HEIGHT)
        image = QImage(drawn.rgba, drawn.width, drawn.height, drawn.width * 4, QImage.Format.Format_RGBA8888)
        return image.copy()  # the bytes belong to `drawn`, which goes


def read_paper(services: Services, document: Document) -> PaperView:
    """Raises Trouble `document-elsewhere` where another laptop holds the file."""
    pdf = services.papers.pdf(document.id)
    return PaperView(document=document, pdf=pdf, pages=page_count(pdf))


def read_signed(services: Services, document: Document) -> PaperView | None:
    """The signed copy that came back, None where there is none; raises Trouble `scan-elsewhere`."""
    pdf = services.paper_life.signed_copy(document.id)
    return PaperView(document=document, pdf=pdf, pages=page_count(pdf)) if pdf is not None else None
