"""Which font serves which role of a document, for 设置."""

from __future__ import annotations

from dataclasses import dataclass

from jiandu_desktop.documents.fonts import font_report


@dataclass(frozen=True, slots=True, kw_only=True)
class FontLine:
    """One role: the face that serves it, whether it is the bundled one, and where it lies."""

    role: str
    name: str
    bundled: bool
    path: str


def fonts_in_use() -> tuple[FontLine, ...]:
    """Every role, then the faces for rare characters. The first call looks through the system's font folders.

    Raises Trouble `font-unusable` where a bundled face cannot be read.
    """
    return tuple(
        FontLine(role=use.role, name=use.name, bundled=use.bundled, path=str(use.file)) for use in font_report()
    )
