"""Reading back what a PDF says of itself: made by whom, which number, and whether a byte of it was changed since."""

from __future__ import annotations

from dataclasses import dataclass

from jiandu_desktop.documents import origin
from jiandu_desktop.documents.origin import OriginFacts
from jiandu_desktop.documents.render import opened
from jiandu_desktop.domain.errors import Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The facts a PDF of ours carries. `unchanged` means that content, facts and QR code agree with `content_hash`;
    who wants to be sure that the office made it compares the hash with the office's record too."""

    facts: OriginFacts
    title: str
    content_hash: str
    qr_text: str
    unchanged: bool


def read_back(pdf: bytes, name: str) -> Verified:
    """The facts in a PDF; `name` is for the message. Raises Trouble `pdf-unreadable` or `pdf-not-ours`."""
    with opened(pdf, name) as document:
        stored = document.get_metadata_value("Jiandu")
        title = document.get_metadata_value("Title")
    if not stored:
        raise Trouble("pdf-not-ours", name=name)
    try:
        facts = OriginFacts.from_json(stored)
        stated, unchanged = origin.check(pdf, facts)
    except ValueError as error:
        raise Trouble("pdf-not-ours", name=name) from error
    return Verified(
        facts=facts,
        title=title,
        content_hash=stated,
        qr_text=origin.qr_text(facts, stated),
        unchanged=unchanged,
    )
