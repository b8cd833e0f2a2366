"""文号段: blocks of document numbers that the office lends to laptops, so that two can never print the same one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from jiandu_desktop.storage import records, tables
from jiandu_desktop.storage.records import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberBlock:
    """The numbers `first` … `last` of a prefix (青教督改) and year, lent to `device`; `used` of them are gone."""

    id: str
    device: str
    prefix: str
    year: int
    first: int
    last: int
    used: int = 0

    @property
    def left(self) -> int:
        return self.last - self.first + 1 - self.used


def put_block(work: Work, block: NumberBlock) -> None:
    """Keep a lent block; one that is known already keeps what was used of it."""
    if not work.execute(select(tables.number_blocks.c.id).where(tables.number_blocks.c.id == block.id)).first():
        records.put(work, tables.number_blocks, block)


def blocks(work: Work, *, device: str | None = None, prefix: str | None = None) -> tuple[NumberBlock, ...]:
    """Blocks in the order of their numbers."""
    columns = tables.number_blocks.c
    conditions = [] if device is None else [columns.device == device]
    if prefix is not None:
        conditions.append(columns.prefix == prefix)
    order = [columns.prefix, columns.year, columns.first]
    return records.find(work, tables.number_blocks, NumberBlock, *conditions, order=order)


def take(work: Work, device: str, prefix: str, year: int) -> tuple[NumberBlock, int] | None:
    """The next number of this laptop for the prefix and year, taken for good; None when no block has one left."""
    for block in blocks(work, device=device):
        if (block.prefix, block.year) == (prefix, year) and block.left:
            number = block.first + block.used
            mark_used(work, block.id, number)
            return block, number
    return None


def mark_used(work: Work, block_id: str, number: int) -> None:
    """Note that every number of the block up to `number` is gone."""
    columns = tables.number_blocks.c
    row = work.execute(select(columns.first, columns.used).where(columns.id == block_id)).first()
    if row is not None and number - row.first + 1 > row.used:
        work.execute(update(tables.number_blocks).where(columns.id == block_id).values(used=number - row.first + 1))
