"""The first page of every kind of document as a small grey picture, and how far another picture is from it.

`python -m tests.support.golden` makes the pictures anew, for a change of the layout that is meant.
"""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

from jiandu_desktop.documents.build import build
from jiandu_desktop.domain.document import PrintedDocument
from tests.support import inspections
from tests.support.pressing import every_kind
from tests.support.printed import BUNDLED, ISSUED_AT, MARK, notice, opinion, problem_list

GOLDEN = Path(__file__).parents[1] / "documents" / "golden"
DPI = 50
GREYS = 16


def golden_documents() -> dict[str, PrintedDocument]:
    """One document of each kind, by the kind's name."""
    documents: list[PrintedDocument] = [notice(), opinion(), problem_list(), *every_kind()]
    documents += [
        inspections.inspection_notice(3),
        inspections.inspection_opinion(),
        inspections.record_sheet(),
        inspections.certificate(),
        inspections.report(),
    ]
    return {document.kind.value: document for document in documents}


def first_page(document: PrintedDocument) -> Image.Image:
    """The page as it is printed, in `GREYS` shades."""
    pdf = pypdfium2.PdfDocument(build(document, issued_at=ISSUED_AT, verify=MARK, fonts=BUNDLED).pdf)
    try:
        picture: Image.Image = pdf[0].render(scale=DPI / 72, grayscale=True).to_pil()
    finally:
        pdf.close()
    return picture.convert("L").quantize(GREYS).convert("L")


def away(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels, in percent, that differ by more than a quarter of the way from black to white."""
    difference = ImageChops.difference(one, other).histogram()
    return 100 * sum(difference[64:]) / (one.width * one.height)


def main() -> None:
    """Writes all pictures and takes away those of kinds that are no more."""
    GOLDEN.mkdir(exist_ok=True)
    wanted = golden_documents()
    for old in GOLDEN.glob("*.png"):
        if old.stem not in wanted:
            old.unlink()
    for name, document in wanted.items():
        buffer = io.BytesIO()
        first_page(document).quantize(GREYS).save(buffer, "PNG", optimize=True)
        (GOLDEN / f"{name}.png").write_bytes(buffer.getvalue())


if __name__ == "__main__":
    main()
