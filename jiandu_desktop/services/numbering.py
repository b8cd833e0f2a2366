"""文号: the next number of this laptop, and how many are left of what the office lent it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from jiandu_desktop.domain.document import DocumentKind, DocumentNumber, Office
from jiandu_desktop.domain.paper_life import PaperStep
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.unit import read_unit
from jiandu_desktop.services.wire import to_wire
from jiandu_desktop.storage import county, numbers, paper_events
from jiandu_desktop.storage.numbers import NumberBlock
from jiandu_desktop.sync.operation import Draft

if TYPE_CHECKING:
    from jiandu_desktop.storage.records import Work

BLOCK_SIZE = 20
"""Numbers lent at a time; a laptop with fewer than half of them left gets the next block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersLeft:
    """Of one kind in this year, on this computer: how many are gone, of these voided, how many are left, and the next
    one; `next` is 0 where none is left."""

    kind: DocumentKind
    prefix: str
    year: int
    left: int
    next: int
    used: int = 0
    voided: int = 0


def numbers_left(store: Store) -> tuple[NumbersLeft, ...]:
    """One line per kind of document; raises Trouble `not-joined` before the program belongs to a unit."""
    device, year = store.membership().device, store.today().year
    with store.reading() as work:
        office = read_unit(work).office()
        blocks = [block for block in numbers.blocks(work, device=device) if block.year == year]
        voided = {event.number for event in paper_events.events(work) if event.step is PaperStep.VOIDED}
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
                used=sum(block.used for block in own),
                voided=sum(
                    str(DocumentNumber(prefix, year, ordinal)) in voided
                    for block in own
                    for ordinal in range(block.first, block.first + block.used)
                ),
            )
        )
    return tuple(lines)


def next_number(
    store: Store, work: Work, office: Office, kind: DocumentKind, now: datetime
) -> tuple[DocumentNumber, list[Draft]]:
    """Take the next number of this laptop's block for good, with the journal's entries for it.

    The office's own computer lends itself a block when it needs one. A laptop without a block left gets a provisional
    number that names it and says so; no two laptops can ever print the same one.
    """
    me = store.membership()
    device = me.device
    prefix = office.number_prefix(kind)
    drafts: list[Draft] = []
    got = numbers.take(work, device, prefix, now.year)
    if got is None and me.is_office:
        drafts.append(lend(store, work, device, prefix, now.year))
        got = numbers.take(work, device, prefix, now.year)
    if got is not None:
        block, ordinal = got
        used = Draft("number.used", block.id, {"block": block.id, "number": ordinal})
        return DocumentNumber(prefix, now.year, ordinal), [*drafts, used]
    key = f"provisional.{prefix}.{now.year}"
    ordinal = int(county.fact(work, key) or 0) + 1
    county.keep_fact(work, key, ordinal)
    return DocumentNumber(prefix, now.year, ordinal, laptop=device[:4]), []


def lend(store: Store, work: Work, device: str, prefix: str, year: int) -> Draft:
    """Lend a device the next block of a prefix, behind all that were lent; the result tells everyone so."""
    highest = max((block.last for block in numbers.blocks(work, prefix=prefix) if block.year == year), default=0)
    block = NumberBlock(
        id=store.new_id(), device=device, prefix=prefix, year=year, first=highest + 1, last=highest + BLOCK_SIZE
    )
    numbers.put_block(work, block)
    return Draft("number.block", block.id, {"block": to_wire(block)})
