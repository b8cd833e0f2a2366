"""文号: the next number of this laptop, and how many are left of what the office lent it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from jiandu_desktop.domain.document import DocumentKind, DocumentNumber, Office
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.unit import read_unit
from jiandu_desktop.storage import county, numbers
from jiandu_desktop.sync.operation import Draft

if TYPE_CHECKING:
    from jiandu_desktop.storage.records import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersLeft:
    """Of one kind in this year: how many are left and the next one; `next` is 0 where none is left."""

    kind: DocumentKind
    prefix: str
    year: int
    left: int
    next: int


def numbers_left(store: Store) -> tuple[NumbersLeft, ...]:
    """One line per kind of document; raises Trouble `not-joined` before the program belongs to a unit."""
    device, year = store.membership().device, store.today().year
    with store.reading() as work:
        office = read_unit(work).office()
        blocks = [block for block in numbers.blocks(work, device=device) if block.year == year]
    lines = []
    for kind in DocumentKind:
        prefix = office.number_prefix(kind)
        own = [block for block in blocks if block.prefix == prefix]
        first = next((block for block in own if block.left), None)
        lines.append(
            NumbersLeft(
                kind=kind,
                prefix=prefix,
                year=year,
                left=sum(block.left for block in own),
                next=first.first + first.used if first is not None else 0,
            )
        )
    return tuple(lines)


def next_number(
    store: Store, work: Work, office: Office, kind: DocumentKind, now: datetime
) -> tuple[DocumentNumber, Draft | None]:
    """Take the next number of this laptop's block for good, with the journal's entry for it.

    Without a block left it is a provisional number that names the laptop and says so; no two laptops can ever print
    the same one.
    """
    device = store.membership().device
    prefix = office.number_prefix(kind)
    got = numbers.take(work, device, prefix, now.year)
    if got is not None:
        block, ordinal = got
        used = Draft("number.used", block.id, {"block": block.id, "number": ordinal})
        return DocumentNumber(prefix, now.year, ordinal), used
    key = f"provisional.{prefix}.{now.year}"
    ordinal = int(county.fact(work, key) or 0) + 1
    county.keep_fact(work, key, ordinal)
    return DocumentNumber(prefix, now.year, ordinal, laptop=device[:4]), None
