"""印章: the office's seal as a picture, how large it is on paper, and to whose computers it is lent for which kinds."""

from __future__ import annotations

from dataclasses import dataclass

from jiandu_desktop.domain.document import DocumentKind

USUAL_WIDTH = 42.0
"""Millimetres: the seal of a county's department (国发〔1999〕25号: inner units at most 45)."""
NARROWEST, WIDEST = 20.0, 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A picture ready to be printed: PNG with a transparent ground, cut to the seal's edge; `width` in millimetres."""

    png: bytes
    width: float = USUAL_WIDTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """The seal in the hands of one computer, for these kinds of documents."""

    device: str
    kinds: tuple[DocumentKind, ...]
