"""The lines of a section: items, the sub-heads of their groups, the heads of repeated rows, and where one is added."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from jiandu_desktop.domain.marked_words import plain_words
from jiandu_desktop.form_engine import Group, NodeState, Part, Repeat
from jiandu_desktop.ui.questions.question import Kind
from jiandu_desktop.ui.wizard.asked import kind_of

ROW_NUMBER = re.compile(r"\[(\d+)\]")

TABLE = frozenset(("table", "table-list", "grid"))
"""Appearances of a repeat that ask for one line per row."""

MOST_COLUMNS = 8
_IN_CELLS = frozenset(
    (Kind.ONE, Kind.MANY, Kind.WHOLE, Kind.DECIMAL, Kind.TEXT, Kind.DATE, Kind.TIME, Kind.CODE, Kind.SHOWN,
     Kind.ACKNOWLEDGE)
)  # fmt: skip


class EntryKind(Enum):
    """What one line of the list is."""

    ITEM = auto()
    GROUP = auto()
    ROW = auto()
    ADD = auto()
    HEADS = auto()
    """The names of a table's columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a section. `ref` is the item's, the row's (`/data/class[2]`) or the repeat's.

    An item in a table has the row it stands in as `row`, and its place and the number of columns as `cell`; the head
    of a table has the names of its columns in `heads`.
    """

    key: str
    kind: EntryKind
    ref: str
    label: str = ""
    hint: str = ""
    level: int = 0
    removable: bool = False
    row: str = ""
    cell: tuple[int, int] | None = None
    heads: tuple[str, ...] = ()


def lay_out(parts: Sequence[Part], node: Callable[[str], NodeState], level: int = 0) -> Iterator[Entry]:
    """The entries in order. A group without words of its own has no head, and its items stand on its level."""
    for part in parts:
        if isinstance(part, str):
            yield Entry(key=part, kind=EntryKind.ITEM, ref=part, level=level)
        elif isinstance(part, Repeat):
            yield from _repeat(part, node, level + 1)
        else:
            label = plain_words(part.label)
            if label:
                yield Entry(
                    key=part.ref,
                    kind=EntryKind.GROUP,
                    ref=part.ref,
                    label=label,
                    hint=plain_words(part.hint),
                    level=level + 1,
                )
            yield from lay_out(part.parts, node, level + bool(label))


def _repeat(repeat: Repeat, node: Callable[[str], NodeState], level: int) -> Iterator[Entry]:
    name = plain_words(repeat.label) or repeat.ref.rpartition("/")[2]
    if repeat.appearances & TABLE and all(_fits_table(row, node) for row in repeat.groups):
        yield from _table(repeat, name, node, level)
    else:
        for row in repeat.groups:
            label = f"{plain_words(row.label) or name} {cut_row(row.ref)[1]}"
            yield Entry(
                key=row.ref, kind=EntryKind.ROW, ref=row.ref, label=label, level=level, removable=not repeat.fixed
            )
            yield from lay_out(row.parts, node, level)
    if not repeat.fixed:
        yield Entry(key=f"{repeat.ref}+", kind=EntryKind.ADD, ref=repeat.ref, label=name, level=level)


def _fits_table(row: Group, node: Callable[[str], NodeState]) -> bool:
    """Whether the row is one line of plain fields: no groups in it, nothing that opens a card or takes pictures."""
    if not 0 < len(row.parts) <= MOST_COLUMNS:
        return False
    for part in row.parts:
        if not isinstance(part, str):
            return False
        state = node(part)
        inspection = state.item.inspection
        judged = inspection.weight is not None or inspection.veto or inspection.failed or inspection.evidence
        if judged or kind_of(state) not in _IN_CELLS or any(choice.failed for choice in state.choices[:50]):
            return False
    return True


def _table(repeat: Repeat, name: str, node: Callable[[str], NodeState], level: int) -> Iterator[Entry]:
    """Columns are the items of any row, so that one that is not relevant in a row leaves its cell empty."""
    yield Entry(key=f"{repeat.ref}=", kind=EntryKind.GROUP, ref=repeat.ref, label=name, level=level)
    columns: dict[str, str] = {}
    for row in sorted(repeat.groups, key=lambda each: -len(each.parts)):
        for ref in row.parts:
            assert isinstance(ref, str)
            columns.setdefault(ROW_NUMBER.sub("", ref), plain_words(node(ref).label) or node(ref).item.name)
    if not columns:
        return
    yield Entry(
        key=f"{repeat.ref}#",
        kind=EntryKind.HEADS,
        ref=repeat.ref,
        heads=tuple(columns.values()),
        removable=not repeat.fixed,
    )
    places = {column: place for place, column in enumerate(columns)}
    for row in repeat.groups:
        for ref in row.parts:
            assert isinstance(ref, str)
            cell = (places[ROW_NUMBER.sub("", ref)], len(columns))
            yield Entry(key=ref, kind=EntryKind.ITEM, ref=ref, row=row.ref, cell=cell)
        label = f"{name} {cut_row(row.ref)[1]}"
        yield Entry(key=row.ref, kind=EntryKind.ROW, ref=row.ref, label=label, row=row.ref, removable=not repeat.fixed)


def cut_row(row: str) -> tuple[str, int]:
    """`/data/class[2]` as (`/data/class`, 2); a path without a number is the first row."""
    head, _, number = row.rpartition("[")
    if not head or not number.endswith("]"):
        return row, 1
    return head, int(number[:-1])
