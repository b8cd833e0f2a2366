"""What is different between two PDFs, as a reader would see it: number of pages, words of a page, looks of a page."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from jiandu_desktop.documents.render import opened, page_count, render_page

_MOST = 6
"""Differences told; after so many it is another document."""
_SHOWN = 24
"""Characters of each side that are quoted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """`page` counts from 1, 0 for the document as a whole; `code` has its sentence in domain.sentences."""

    code: str
    page: int = 0
    ours: str = ""
    theirs: str = ""


def differences(ours: bytes, theirs: bytes) -> tuple[Difference, ...]:
    """What of `theirs` is not as in `ours`; nothing where every page shows the same.

    Raises Trouble `pdf-unreadable`.
    """
    counts = page_count(ours), page_count(theirs)
    found: list[Difference] = []
    if counts[0] != counts[1]:
        found.append(Difference(code="verify-other-pages", ours=str(counts[0]), theirs=str(counts[1])))
    for page, (mine, given) in enumerate(zip(_words(ours), _words(theirs), strict=False)):
        changed = list(_changed(mine, given, page + 1))
        if not changed and not looks_alike(ours, theirs, page):
            changed = [Difference(code="verify-other-look", page=page + 1)]
        found += changed
        if len(found) >= _MOST:
            break
    return tuple(found[:_MOST])


def looks_alike(ours: bytes, theirs: bytes, page: int) -> bool:
    """Whether a page (from 0) is drawn the same in both, point for point."""
    mine, given = render_page(ours, page, 1.0), render_page(theirs, page, 1.0)
    return mine == given


def _words(pdf: bytes) -> list[str]:
    """The text of every page without its line breaks, which a program that saved it anew may have moved."""
    texts = []
    with opened(pdf) as document:
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            texts.append("".join(text.get_text_range().split()))
            text.close()
            page.close()
    return texts


def _changed(ours: str, theirs: str, page: int) -> list[Difference]:
    if ours == theirs:
        return []
    told = []
    for tag, start, end, from_, to in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        # A few characters around say where on the page it is.
        mine = ours[max(0, start - 4) : end + 4]
        given = theirs[max(0, from_ - 4) : to + 4]
        told.append(Difference(code="verify-other-words", page=page, ours=_short(mine), theirs=_short(given)))
    return told


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
