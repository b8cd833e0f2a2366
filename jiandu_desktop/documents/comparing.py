"""What is different between two PDFs, as a reader would see it: number of pages, words of a page, looks of a page."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from jiandu_desktop.documents.render import opened, page_count, render_page

_MOST = 6
"""Differences told; after so many it is another document."""
_SHOWN = 24
"""Characters of each side that are quoted."""
_NEAR = 4
"""Changes that lie no farther apart are told as one."""
_SAME_PAGE = 0.5
"""Share of the words in common below which it is another page altogether."""


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
    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    if matcher.ratio() < _SAME_PAGE:
        return [Difference(code="verify-other-page", page=page)]
    spots: list[list[int]] = []
    for tag, start, end, from_, to in matcher.get_opcodes():
        if tag == "equal":
            continue
        if spots and start - spots[-1][1] < _NEAR:
            spots[-1][1], spots[-1][3] = end, to
        else:
            spots.append([start, end, from_, to])
    # A few characters around say where on the page it is.
    return [
        Difference(
            code="verify-other-words",
            page=page,
            ours=_short(ours[max(0, start - _NEAR) : end + _NEAR]),
            theirs=_short(theirs[max(0, from_ - _NEAR) : to + _NEAR]),
        )
        for start, end, from_, to in spots
    ]


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
