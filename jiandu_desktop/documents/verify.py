"""Reading back what a PDF says of itself: made by whom, which number, and whether a byte of it was changed since."""

from __future__ import annotations

from dataclasses import dataclass

from jiandu_desktop.documents import origin
from jiandu_desktop.documents.origin import OriginFacts
from jiandu_desktop.documents.render import opened, page_count
from jiandu_desktop.domain.errors import Trouble

_END = b"%%EOF\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The facts a PDF of ours carries. `unchanged` means that content, facts and QR code agree with `content_hash`;
    who wants to be sure that the office made it compares `issued` with the office's record too.

    `issued` are the bytes that were issued: the whole file, or its beginning where an electronic signature was added
    behind it that changes no page.
    """

    facts: OriginFacts
    title: str
    content_hash: str
    qr_text: str
    unchanged: bool
    issued: bytes


def read_back(pdf: bytes, name: str) -> Verified:
    """The facts in a PDF; `name` is for the message. Raises Trouble `pdf-unreadable` or `pdf-not-ours`."""
    beginning = _beginning_of_ours(pdf)
    issued = pdf
    if beginning is not None and len(beginning) < len(pdf) and _only_signed(beginning, pdf):
        issued = beginning
    facts, title = _facts(issued, name)
    try:
        stated, unchanged = origin.check(issued, facts)
    except ValueError as error:
        raise Trouble("pdf-not-ours", name=name) from error
    return Verified(
        facts=facts,
        title=title,
        content_hash=stated,
        qr_text=origin.qr_text(facts, stated),
        unchanged=unchanged,
        issued=issued,
    )


def _facts(pdf: bytes, name: str) -> tuple[OriginFacts, str]:
    with opened(pdf, name) as document:
        stored = document.get_metadata_value("Jiandu")
        title = document.get_metadata_value("Title")
    if not stored:
        raise Trouble("pdf-not-ours", name=name)
    try:
        return OriginFacts.from_json(stored), title
    except ValueError as error:
        raise Trouble("pdf-not-ours", name=name) from error


def _beginning_of_ours(pdf: bytes) -> bytes | None:
    """The shortest beginning of the file that is a whole document of ours; None where there is none."""
    at = pdf.find(_END)
    while at >= 0:
        beginning = pdf[: at + len(_END)]
        try:
            facts, _ = _facts(beginning, "")
            if origin.check(beginning, facts)[1]:
                return beginning
        except (Trouble, ValueError):
            pass  # no document ends here
        at = pdf.find(_END, at + 1)
    return None


def _only_signed(beginning: bytes, pdf: bytes) -> bool:
    """Whether what was added is a whole signature, and every page shows what it showed before."""
    from jiandu_desktop.documents.certificates import last_signature
    from jiandu_desktop.documents.comparing import looks_alike

    signature = last_signature(pdf)
    if signature is None or not signature.intact:
        return False
    pages = page_count(beginning)
    return page_count(pdf) == pages and all(looks_alike(beginning, pdf, page) for page in range(pages))
