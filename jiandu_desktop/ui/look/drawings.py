"""The SVG text of an icon, ready in one colour and stroke width."""

from __future__ import annotations

from functools import lru_cache

from jiandu_desktop import paths

STROKE = 1.5
"""Width of the strokes in logical pixels, whatever the size of the icon."""

_VIEW_BOX = 24


def svg(name: str, color: str, size: float, stroke: float = STROKE) -> bytes:
    """The icon `name` in a colour "#RRGGBB", with strokes that are `stroke` px wide when drawn at `size` px."""
    width = stroke * _VIEW_BOX / size
    text = _source(name).replace("currentColor", color)
    return text.replace('stroke-width="2"', f'stroke-width="{width:.3f}"').encode()


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
