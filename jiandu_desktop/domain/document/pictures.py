"""Photos that a document prints."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A photo to be printed: the file that holds its bytes, under their SHA-256, and what stands below it."""

    path: Path
    caption: str
    sha256: str = ""


PHOTOS_PER_PAGE = (2, 6)
"""How many photos a page of an annex may hold."""
