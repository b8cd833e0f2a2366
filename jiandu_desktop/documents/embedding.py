"""ReportLab's TrueType font with one repair: characters beyond the first 65,536 can be searched and copied."""

from __future__ import annotations

import re
from typing import Any

from reportlab.pdfbase.ttfonts import TTFont

_LONG_CODE = re.compile(r"(?<=> )<([0-9A-F]{5,6})>")
_CMAP = "toUnicodeCMap:"


class EmbeddedFont(TTFont):
    """A face as it goes into a PDF. Without readable ASCII a subset holds only the glyphs that are used."""

    def __init__(self, key: str, source: Any) -> None:
        super().__init__(key, source, asciiReadable=0, shapable=False)

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - ReportLab's name
        """Add the subsets, then rewrite long codes in their maps: PDF wants UTF-16 there (𠮷 is D842 DFB7), and
        ReportLab writes 20BB7, which readers take for 20BB."""
        before = set(doc.idToObject)
        super().addObjects(doc)
        for name in set(doc.idToObject) - before:
            if name.startswith(_CMAP):
                stream = doc.idToObject[name]
                stream.content = _LONG_CODE.sub(_utf16, stream.content)


def _utf16(match: re.Match[str]) -> str:
    return f"<{chr(int(match[1], 16)).encode('utf-16-be').hex().upper()}>"
