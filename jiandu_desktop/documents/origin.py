"""The mark by which a printed document can be checked: facts in the metadata, a QR code, and one hash over the file.

The hash covers every byte of the PDF except the hash itself and the drawing of the QR code, which holds it. Both lie
uncompressed and at a fixed length in the file: it is made with blanks in their place, hashed, and then filled in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

HASH_MARK = b"sha256:"
_BLANK_HASH = b"0" * 64
DRAWING_BEGINS = b"% origin mark begins\n"
DRAWING_ENDS = b"\n% origin mark ends"
_DRAWING_LENGTH = 9000
_MASK = 3
"""Fixed: trying all eight costs as much time as a page, and a hash makes no pattern that a mask must break up."""
SIDE = 100.0
"""Side of the drawing in its own units."""
_PRINTED_HASH = 32
"""Hexadecimal digits of the hash in the QR code: 128 bits, and modules large enough for a photocopy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginFacts:
    """What the metadata say of a document; `dated` is the date on its face, `issued_at` when it was made."""

    kind: str
    number: str
    school: str
    dated: date
    office: str
    laptop: str
    document_id: str
    issued_at: datetime

    def to_json(self) -> str:
        """ASCII only, keys sorted, so that the same facts are the same bytes."""
        return json.dumps(
            {
                "kind": self.kind,
                "number": self.number,
                "school": self.school,
                "dated": self.dated.isoformat(),
                "office": self.office,
                "laptop": self.laptop,
                "document": self.document_id,
                "issued": self.issued_at.isoformat(timespec="seconds"),
            },
            sort_keys=True,
        )

    @classmethod
    def from_json(cls, text: str) -> OriginFacts:
        """Raises ValueError for anything `to_json` did not write."""
        try:
            known = json.loads(text)
            return cls(
                kind=known["kind"],
                number=known["number"],
                school=known["school"],
                dated=date.fromisoformat(known["dated"]),
                office=known["office"],
                laptop=known["laptop"],
                document_id=known["document"],
                issued_at=datetime.fromisoformat(known["issued"]),
            )
        except (KeyError, TypeError, json.JSONDecodeError) as error:
            raise ValueError(f"not the facts of a document: {text[:80]!r}") from error


def qr_text(facts: OriginFacts, content_hash: str) -> str:
    """What a telephone reads: number, date, the first 32 digits of the hash, one per line."""
    return f"{facts.number}\n{facts.dated.isoformat()}\n{content_hash[:_PRINTED_HASH]}"


def blank_keywords() -> str:
    """The metadata's place for the hash."""
    return (HASH_MARK + _BLANK_HASH).decode("ascii")


def blank_drawing() -> str:
    """The QR code's place in the file: PDF operators of a fixed length, none yet."""
    return (DRAWING_BEGINS + b" " * _DRAWING_LENGTH + DRAWING_ENDS).decode("ascii")


def fill_in(blank_pdf: bytes, facts: OriginFacts) -> bytes:
    """Put hash and QR code into a PDF that has one blank place for each."""
    content_hash = sha256(blank_pdf).hexdigest()
    pdf = bytearray(blank_pdf)
    hash_at, drawing_at = _places(blank_pdf)
    pdf[hash_at : hash_at + 64] = content_hash.encode("ascii")
    pdf[drawing_at : drawing_at + _DRAWING_LENGTH] = _drawing(facts, content_hash)
    return bytes(pdf)


def check(pdf: bytes, facts: OriginFacts) -> tuple[str, bool]:
    """The hash a PDF states, and whether its content, its facts and its QR code agree with it.

    Raises ValueError where the places for hash and QR code are not there: then it is no document of ours.
    """
    hash_at, drawing_at = _places(pdf)
    stated = pdf[hash_at : hash_at + 64].decode("ascii", "replace")
    drawn = pdf[drawing_at : drawing_at + _DRAWING_LENGTH]
    blank = bytearray(pdf)
    blank[hash_at : hash_at + 64] = _BLANK_HASH
    blank[drawing_at : drawing_at + _DRAWING_LENGTH] = b" " * _DRAWING_LENGTH
    unchanged = sha256(blank).hexdigest() == stated and drawn == _drawing(facts, stated)
    return stated, unchanged


def _places(pdf: bytes) -> tuple[int, int]:
    hash_at = pdf.rfind(HASH_MARK)
    drawing_at = pdf.rfind(DRAWING_BEGINS)
    if hash_at < 0 or drawing_at < 0:
        raise ValueError("no place for hash and QR code")
    hash_at += len(HASH_MARK)
    drawing_at += len(DRAWING_BEGINS)
    if not pdf.startswith(DRAWING_ENDS, drawing_at + _DRAWING_LENGTH):
        raise ValueError("the QR code's place has another length")
    return hash_at, drawing_at


def _drawing(facts: OriginFacts, content_hash: str) -> bytes:
    """The QR code as filled rectangles, padded to the fixed length."""
    import segno

    # UTF-8 by force: left to itself the library takes Shift JIS for Chinese, which telephones here do not expect.
    text = qr_text(facts, content_hash).encode("utf-8")
    code = segno.make(text, error="m", mode="byte", mask=_MASK, micro=False, boost_error=False)
    rows = code.matrix
    module = SIDE / len(rows)
    parts = [f"{module:.5f} 0 0 {module:.5f} 0 0 cm"]
    for index, row in enumerate(rows):
        y = len(rows) - 1 - index
        start = 0
        while start < len(row):
            end = start
            while end < len(row) and row[end]:
                end += 1
            if end > start:
                # A little higher than the row, so that no light seam shows between rows on a screen.
                parts.append(f"{start} {y} {end - start} 1.03 re")
            start = end + 1
    drawing = "\n".join([*parts, "f"]).encode("ascii")
    if len(drawing) > _DRAWING_LENGTH:
        raise ValueError(f"a number of {len(facts.number)} characters is too long for the mark")
    return drawing.ljust(_DRAWING_LENGTH)
