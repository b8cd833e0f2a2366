"""Looks at what a tour left: pictures that show something, A4 notices with their fonts, the office's workbook."""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
from PIL import Image
from pypdf import PdfReader

A4 = (595.28, 841.89)  # points
SLIPS = (58 / 25.4 * 72, 80 / 25.4 * 72)  # points: how wide a receipt printer's paper is
SHEETS = {"督导记录", "问题台账", "文书登记", "得分汇总"}


def main() -> int:
    """One line per kind of thing found; exit code 1 with the reasons where something is wrong."""
    folder = Path(sys.argv[1])
    faults: list[str] = []
    counted = {
        "pictures": check(folder.rglob("*.png"), picture_fault, faults),
        "notices": check(folder.rglob("*.pdf"), notice_fault, faults),
        "workbooks": check(folder.rglob("*.xlsx"), workbook_fault, faults),
    }
    for kind, count in counted.items():
        print(f"{count:4d} {kind}")
        if count == 0:
            faults.append(f"no {kind} in {folder}")
    if not any(holds_summary(path) for path in folder.rglob("*.xlsx")):
        faults.append(f"no workbook with the sheets {'、'.join(sorted(SHEETS))}")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def check(paths, fault_of, faults: list[str]) -> int:
    count = 0
    for path in sorted(paths):
        count += 1
        fault = fault_of(path)
        if fault:
            faults.append(f"{path}: {fault}")
    return count


def picture_fault(path: Path) -> str:
    """A window that was never painted is one colour."""
    with Image.open(path) as picture:
        colours = picture.convert("RGB").getcolors(maxcolors=16)
    return "almost empty" if colours is not None and len(colours) < 8 else ""


def notice_fault(path: Path) -> str:
    pages = PdfReader(path).pages
    for number, page in enumerate(pages, 1):
        size = (float(page.mediabox.width), float(page.mediabox.height))
        if "小票" in path.name and any(abs(size[0] - wide) < 1 for wide in SLIPS):
            continue
        if any(abs(side - wanted) > 1 for side, wanted in zip(sorted(size), A4, strict=True)):
            return f"page {number} is {size[0]:.0f} × {size[1]:.0f} points, not A4"
        if not page.extract_text().strip() and not page.images:  # what was printed through Qt is a picture
            return f"page {number} is empty"
        unembedded = [name for name, font in fonts_of(page) if not has_file(font)]
        if unembedded:
            return f"page {number} has fonts that are not embedded: {', '.join(unembedded)}"
    return "" if pages else "no page"


def fonts_of(page) -> list:
    resources = page["/Resources"].get_object()
    fonts = resources.get("/Font", {}).get_object() if "/Font" in resources else {}
    return [(name, font.get_object()) for name, font in fonts.items()]


def has_file(font) -> bool:
    """Whether the font's program is in the file; a composite font keeps it with its descendant."""
    if "/DescendantFonts" in font:
        font = font["/DescendantFonts"][0].get_object()
    descriptor = font.get("/FontDescriptor")
    return descriptor is not None and any(key.startswith("/FontFile") for key in descriptor.get_object())


def workbook_fault(path: Path) -> str:
    book = openpyxl.load_workbook(path, read_only=True)
    # What was streamed does not say how many rows it has.
    empty = not any(any(True for _ in sheet.iter_rows(max_row=1)) for sheet in book)
    book.close()
    return "no rows" if empty else ""


def holds_summary(path: Path) -> bool:
    book = openpyxl.load_workbook(path, read_only=True)
    names = set(book.sheetnames)
    book.close()
    return names >= SHEETS


if __name__ == "__main__":
    sys.exit(main())
