"""Photos as they are printed: upright, no larger than the printer can show, without the camera's metadata.

A photo that cannot be read is not left out: its place says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from jiandu_desktop.documents import grid, wording
from jiandu_desktop.documents.composing import Composer, Measure
from jiandu_desktop.documents.fonts import Role
from jiandu_desktop.documents.grid import MM, Sheet
from jiandu_desktop.documents.layout import Page, PictureMark, Unit
from jiandu_desktop.documents.tables import LEADING
from jiandu_desktop.domain.document import PHOTOS_PER_PAGE, Picture

if TYPE_CHECKING:
    from PIL.Image import Image

DOTS_PER_INCH = 200
"""What a laser printer's screen shows of a photo; more only makes the file larger."""
QUALITY = 82
_ROW_HEIGHT = {2: 91.5 * MM, 6: 61 * MM}
"""By photos per page: with these an annex's first page is full below its head (four rows of the grid)."""
_ACROSS = {2: 1, 6: 2}
_GAP = 4 * MM
_CAPTION_LINES = 2
_CAPTION_SIZE = 10.5
_MOST_KEPT = 160
_ORIENTATION = 0x0112
_TURNED = (5, 6, 7, 8)
"""Values of EXIF's orientation for a picture that is stored lying on its side."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A JPEG ready to be embedded, with its size in pixels."""

    jpeg: bytes
    width: int
    height: int


def photo_units(
    composer: Composer, sheet: Sheet, pictures: Sequence[Picture], per_page: int, *, paragraph: int
) -> list[Unit]:
    """One unit per row of photos: each in the middle of its field, its caption below."""
    if per_page not in PHOTOS_PER_PAGE:
        raise ValueError(f"no page of {per_page} photos")
    across, height = _ACROSS[per_page], _ROW_HEIGHT[per_page]
    rows = [pictures[at : at + across] for at in range(0, len(pictures), across)]
    return [_row(composer, sheet, row, across, height, paragraph) for row in rows]


def prepare(path: Path, width: float, height: float) -> Prepared | None:
    """The photo for a field of `width` × `height` points; None where the file is gone or is no picture that can be
    read. The same file and field give the same bytes; the last ones are kept for the next look at the page."""
    pixels = (round(width / 72 * DOTS_PER_INCH), round(height / 72 * DOTS_PER_INCH))
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return None
    return _prepared(path, changed, pixels)


def forget() -> None:
    """Let go of the photos that are kept for the next look."""
    _prepared.cache_clear()


@lru_cache(maxsize=_MOST_KEPT)
def _prepared(path: Path, changed: int, pixels: tuple[int, int]) -> Prepared | None:
    del changed  # only tells one state of the file from another
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(path) as picture:
            # The decoder throws away what is not wanted before it is unpacked: a sixteenth of the time and memory.
            lying = picture.getexif().get(_ORIENTATION, 1) in _TURNED
            field = pixels[::-1] if lying else pixels
            share = min(1.0, field[0] / picture.width, field[1] / picture.height)
            picture.draft("RGB", (ceil(picture.width * share), ceil(picture.height * share)))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail(pixels, Image.Resampling.LANCZOS)
            plain = _opaque(upright)
            out = BytesIO()
            plain.save(out, "JPEG", quality=QUALITY)
            return Prepared(out.getvalue(), plain.width, plain.height)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None


def _opaque(picture: Image) -> Image:
    """On white paper, in the three colours of a screen."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        paper = Image.new("RGBA", picture.size, "white")
        paper.alpha_composite(picture.convert("RGBA"))
        return paper.convert("RGB")
    return picture.convert("RGB")


def _row(
    composer: Composer, sheet: Sheet, pictures: Sequence[Picture], across: int, height: float, paragraph: int
) -> Unit:
    field = (sheet.area_width - (across - 1) * _GAP) / across
    leading = _CAPTION_SIZE * LEADING
    room = height - _CAPTION_LINES * leading - _GAP
    measure = Measure(_CAPTION_SIZE, _CAPTION_SIZE, field / _CAPTION_SIZE, grid=False)
    captions = [
        composer.paragraph([(_shortened(wording.tidy(each.caption), measure), Role.TEXT)], measure)[:_CAPTION_LINES]
        for each in pictures
    ]
    prepared = [prepare(each.path, field, room) for each in pictures]
    lost = composer.natural([("照片无法打印：文件缺失或者已经损坏", Role.TEXT)], _CAPTION_SIZE)

    def draw(page: Page, top: float) -> None:
        for place, (photo, lines) in enumerate(zip(prepared, captions, strict=True)):
            left = sheet.left + place * (field + _GAP)
            foot = top + room
            if photo is None:
                _frame(page, left, top, field, room)
                page.text(lost, left + (field - lost.width) / 2, top + (room - lost.size) / 2)
            else:
                # A small picture is not blown up beyond what its pixels carry.
                scale = min(field / photo.width, room / photo.height, 72 / 100)
                width, tall = photo.width * scale, photo.height * scale
                foot = top + (room + tall) / 2
                page.marks.append(PictureMark(photo.jpeg, left + (field - width) / 2, foot - tall, width, tall))
            y = top + room + (leading - _CAPTION_SIZE)
            for line in lines:
                page.text(line, left + (field - line.width) / 2, y)
                y += leading

    return Unit(height, draw, paragraph, on_grid=False)


def _shortened(caption: str, measure: Measure) -> str:
    """A caption of two lines at most; what is longer ends with ……."""
    most = int(measure.columns * _CAPTION_LINES) - 2
    return caption if len(caption) <= most else caption[: most - 2] + "……"


def _frame(page: Page, left: float, top: float, width: float, height: float) -> None:
    right, foot = left + width, top + height
    for x0, y0, x1, y1 in (
        (left, top, right, top),
        (left, foot, right, foot),
        (left, top, left, foot),
        (right, top, right, foot),
    ):
        page.rule(x0, y0, x1, y1, grid.THIN_RULE)
