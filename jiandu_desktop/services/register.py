"""文书登记簿: every number of every kind and year in order, who holds it, what it became, and why there is a gap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, NUMBER_MARKS, DocumentKind
from jiandu_desktop.services.register_lines import LINE_STATE_NAMES, Book, Holders, LineState, RegisterLine
from jiandu_desktop.services.unit import read_unit
from jiandu_desktop.storage import county, numbers, paper_events, visits

if TYPE_CHECKING:
    from jiandu_desktop.services.store import Store

__all__ = ["LINE_STATE_NAMES", "LineState", "Register", "RegisterLine", "RegisterSum"]

HEADS = ("文种", "年份", "文号", "状态", "学校或主送", "标题", "日期", "持号人", "打印份数", "说明")
_COUNTED = ("used", "voided", "left", "provisional", "given_up")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSum:
    """How the numbers of a kind and year stand."""

    kind: str
    prefix: str
    year: int
    used: int
    voided: int
    left: int
    provisional: int


class Register:
    """The same register on the office's computer and on a laptop, which knows what was synced to it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def lines(self) -> tuple[RegisterLine, ...]:
        """Every number lent or used: by year (newest first), kind, number; provisional ones after their kind."""
        today = self._store.today()
        device = self._store.device()
        with self._store.reading() as work:
            unit = read_unit(work)
            holders = Holders.read(work, device)
            blocks = numbers.blocks(work)
            documents = visits.documents(work)
            events = paper_events.events(work)
            schools = {school.id: school.name for school in county.schools(work)}
        office = unit.office()
        # Numbers that were lent before the office changed a mark still belong to their kind.
        marks = {unit.code_letters + mark: kind for kind, mark in NUMBER_MARKS.items()}
        marks |= {office.number_prefix(kind): kind for kind in NUMBER_MARKS}
        book = Book(marks, holders, schools, events, documents, today)
        for document in documents:
            book.enter(document)
        for event in events:
            book.enter_bare(event)
        for block in blocks:
            book.enter_block(block)
        order = list(DocumentKind)
        places = {DOCUMENT_KIND_NAMES[kind]: place for place, kind in enumerate(order)}
        return tuple(
            sorted(
                book.lines,
                key=lambda line: (
                    -line.year,
                    places.get(line.kind, len(order)),
                    line.prefix,
                    line.state is LineState.PROVISIONAL,
                    line.first,
                    line.number,
                ),
            )
        )

    def sums(self, lines: Iterable[RegisterLine] | None = None) -> tuple[RegisterSum, ...]:
        """Used, voided, left and provisional numbers per kind and year, in the order of the lines."""
        found: dict[tuple[str, str, int], dict[str, int]] = {}
        for line in self.lines() if lines is None else lines:
            counts = found.setdefault((line.kind, line.prefix, line.year), dict.fromkeys(_COUNTED, 0))
            counts[_counted_as(line.state)] += line.count
        return tuple(
            RegisterSum(
                kind=kind,
                prefix=prefix,
                year=year,
                used=counts["used"],
                voided=counts["voided"],
                left=counts["left"],
                provisional=counts["provisional"],
            )
            for (kind, prefix, year), counts in found.items()
        )

    def export(self, path: Path) -> int:
        """Write the register as a workbook; how many lines it has. Raises Trouble `file-not-writable`, `disk-full`."""
        from jiandu_desktop.spreadsheets import write_table

        lines = self.lines()
        with self._store.reading() as work:
            name = read_unit(work).name
        rows = [
            (
                line.kind,
                line.year,
                line.number,
                LINE_STATE_NAMES[line.state],
                line.school,
                line.title,
                line.day,
                line.holder,
                line.document.prints if line.document is not None else None,
                line.note,
            )
            for line in lines
        ]
        write_table(path, "文书登记簿", HEADS, rows, f"{name}  截至{self._store.today():%Y-%m-%d}，共 {len(rows)} 行")
        return len(rows)


def _counted_as(state: LineState) -> str:
    if state in (LineState.VOIDED, LineState.LEFT, LineState.GIVEN_UP, LineState.PROVISIONAL):
        return state.value
    return "used"
