"""Pictures of a seal that no office has, for tests and for the tour's own bureau: a ring, a star, nothing else."""

from __future__ import annotations

import io
import math

from PIL import Image, ImageDraw

RED = (214, 20, 30, 255)


def seal_picture(
    side: int = 600, *, ground: tuple[int, int, int, int] = (255, 255, 255, 0), ink: tuple[int, int, int, int] = RED
) -> bytes:
    """A PNG of a round seal with a margin around it; `ground` is transparent paper unless told."""
    picture = Image.new("RGBA", (side, side), ground)
    draw = ImageDraw.Draw(picture)
    edge = side // 20
    draw.ellipse((edge, edge, side - edge - 1, side - edge - 1), outline=ink, width=max(2, side // 40))
    middle, radius = side / 2, side / 6
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.382
        angle = math.radians(corner * 36 - 90)
        points.append((middle + reach * math.cos(angle), middle + reach * math.sin(angle)))
    draw.polygon(points, fill=ink)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
