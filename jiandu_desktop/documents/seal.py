"""Where a seal goes (下套): upright, its middle over issuer and date, its head within one row of the text above them.

GB/T 9704-2012 §7.3.5.1: centred, pressing issuer and date, which lie a little below its middle; the top of the seal
within one row of the text; no seal on a blank.
"""

from __future__ import annotations

from dataclasses import dataclass

from jiandu_desktop.documents.grid import MM, ROW

LOWERED = 3 * MM
"""How far the middle of issuer and date lies below the seal's middle, where the seal is large enough for it."""
_CLEAR = 0.5 * MM
"""Left of the row between text and seal, so that no ruler finds the seal more than one row away."""


@dataclass(frozen=True, slots=True)
class SealMark:
    """A place for a seal: `x` the middle of the date, `middle` that of issuer and date together, `text_foot` the foot
    of the last text above; points from the page's top left."""

    x: float
    middle: float
    text_foot: float


def top_of_seal(mark: SealMark, height: float) -> float:
    """Upper edge of a seal of this height: lowered over issuer and date, but never more than a row below the text."""
    wanted = mark.middle - LOWERED - height / 2
    return min(wanted, mark.text_foot + ROW - _CLEAR)
