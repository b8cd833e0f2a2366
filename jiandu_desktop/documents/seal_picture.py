"""A seal's picture made ready: its paper taken away, cut to the edge, checked that it is one and large enough."""

from __future__ import annotations

import io

from PIL import Image, ImageChops, UnidentifiedImageError

from jiandu_desktop.domain.errors import Trouble

LARGEST = 20 << 20
MOST_PIXELS = 40_000_000
LEAST_SIDE = 300
"""Pixels: 42 mm of them are 181 to the inch, the least that looks stamped and not drawn."""
KEPT_SIDE = 1000
"""Pixels kept: 600 to the inch on 42 mm."""
_PAPER = 200
"""A channel above this, in all three, is paper."""
_INK = 40
"""How much redder than the other channels ink is at least."""


def prepared_seal(content: bytes, name: str) -> bytes:
    """A PNG with a transparent ground, cut to the ink.

    A picture that is transparent already keeps its own transparency; of any other the white paper is taken away. Raises
    Trouble `seal-too-large`, `seal-unreadable`, `seal-background` (the paper is not white), `seal-not-red`,
    `seal-too-small`.
    """
    if len(content) > LARGEST:
        raise Trouble("seal-too-large", name=name, size=-(-len(content) >> 20), limit=LARGEST >> 20)
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Trouble("seal-too-many-pixels", name=name, limit=MOST_PIXELS // 1_000_000)
            drawn = picture.convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise Trouble("seal-unreadable", name=name) from error
    if not _is_transparent(drawn):
        drawn = _without_paper(drawn, name)
    edge = drawn.getchannel("A").point(lambda alpha: 255 if alpha > 32 else 0).getbbox()
    if edge is None:
        raise Trouble("seal-not-red", name=name)
    drawn = drawn.crop(edge)
    if not _is_red(drawn):
        raise Trouble("seal-not-red", name=name)
    if min(drawn.size) < LEAST_SIDE:
        raise Trouble("seal-too-small", name=name, side=min(drawn.size), least=LEAST_SIDE)
    drawn.thumbnail((KEPT_SIDE, KEPT_SIDE))
    out = io.BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue()


def _is_transparent(picture: Image.Image) -> bool:
    """Whether at least a twentieth of the picture shows what lies under it."""
    clear = sum(picture.getchannel("A").histogram()[:128])
    return clear * 20 >= picture.width * picture.height


def _without_paper(picture: Image.Image, name: str) -> Image.Image:
    """The whiter a point, the more transparent: the grey between ink and paper stays soft."""
    plain = picture.convert("RGB")
    _must_be_white(plain, name)
    red, green, blue = plain.split()
    # How much green and blue the ink took from the paper is how much ink there is.
    ink = ImageChops.invert(ImageChops.darker(green, blue)).point(lambda value: min(255, max(0, (value - 24) * 2)))
    return Image.merge("RGBA", (red, green, blue, ink))


def _must_be_white(picture: Image.Image, name: str) -> None:
    """The border of the picture is paper; a desk or a page of text behind the seal cannot be taken away."""
    width, height = picture.size
    step = max(1, (width + height) // 200)
    border = [(x, y) for x in range(0, width, step) for y in (0, height - 1)]
    border += [(x, y) for y in range(0, height, step) for x in (0, width - 1)]
    points = [picture.getpixel(place) for place in border]
    white = sum(isinstance(point, tuple) and min(point) > _PAPER for point in points)
    if white < 0.9 * len(points):
        raise Trouble("seal-background", name=name)


def _is_red(picture: Image.Image) -> bool:
    """Whether most of what is opaque is red ink."""
    small = picture.copy()
    small.thumbnail((200, 200))
    opaque = red = 0
    for point in small.get_flattened_data():
        assert isinstance(point, tuple)
        if point[3] > 128:
            opaque += 1
            red += point[0] - max(point[1], point[2]) >= _INK
    return opaque > 0 and red * 2 >= opaque
