"""文号: how many numbers this laptop has left of what the office lent it."""

from __future__ import annotations

from dataclasses import dataclass

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.unit import read_unit
from jiandu_desktop.storage import numbers


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
