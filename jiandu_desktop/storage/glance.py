"""Reads whole lists straight through the driver: faster than through SQLAlchemy, and without waiting for it to load."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from jiandu_desktop.domain.assignment import Assignment
from jiandu_desktop.domain.identity import from_text
from jiandu_desktop.domain.inspector import Inspector
from jiandu_desktop.domain.problem import OPEN_STATES, Problem
from jiandu_desktop.domain.school import School
from jiandu_desktop.domain.visit import Visit

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from jiandu_desktop.domain.issued import Document
    from jiandu_desktop.domain.paper_life import PaperStep

    R = TypeVar("R", bound=DataclassInstance)
else:
    R = TypeVar("R")


class Glance:
    """One consistent view of the database; the same rows that `county`, `visits` and `journal` read, in bulk."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def facts(self) -> dict[str, Any]:
        """Every kept value by key."""
        return {key: json.loads(value) for key, value in self._rows("SELECT key, value FROM facts")}

    def schools(self) -> tuple[School, ...]:
        """Every school, by code."""
        return self._records(School, "schools ORDER BY code")

    def schools_of(self, ids: Sequence[str]) -> tuple[School, ...]:
        """The schools with these identifiers, at most some hundreds."""
        return self._records(School, f"schools WHERE id IN ({', '.join('?' * len(ids))})", *ids)

    def inspectors(self) -> tuple[Inspector, ...]:
        """Every inspector, by area and name."""
        return self._records(Inspector, "inspectors ORDER BY area, certificate, name")

    def assignments(self) -> tuple[Assignment, ...]:
        """Every assignment that holds, the most urgent first."""
        return self._records(Assignment, "assignments WHERE withdrawn = 0 ORDER BY due, id")

    def visits(self) -> tuple[Visit, ...]:
        """Visits, the newest first."""
        return self._records(Visit, "visits ORDER BY started_at DESC")

    def problems(self, *, school_id: str = "", only_open: bool = False) -> tuple[Problem, ...]:
        """Problems, the most urgent first; those of one school, or those that count as open."""
        wanted, values = ["1"], [school_id] if school_id else []
        if school_id:
            wanted.append("school_id = ?")
        if only_open:
            wanted.append(f"state IN ({', '.join(repr(state.value) for state in sorted(OPEN_STATES))})")
        return self._records(
            Problem, f"problems WHERE {' AND '.join(wanted)} ORDER BY due IS NULL, due, found_at", *values
        )

    def problems_by_visit(self) -> dict[str, tuple[int, int]]:
        """By visit, how many problems it found and how many of them count as open."""
        still_open = f"state IN ({', '.join(repr(state.value) for state in sorted(OPEN_STATES))})"
        rows = self._rows(f"SELECT visit_id, count(*), sum({still_open}) FROM problems GROUP BY visit_id")
        return {visit_id: (found, owed) for visit_id, found, owed in rows}

    def found_after(self, day: date) -> dict[tuple[str, str], int]:
        """Number of problems by (school, item) that were found after a day, by the clock of the finder."""
        rows = self._rows(
            "SELECT school_id, item, count(*) FROM problems WHERE substr(found_at, 1, 10) > ? GROUP BY school_id, item",
            day.isoformat(),
        )
        return {(school, item): count for school, item, count in rows}

    def problems_of(self, ids: Sequence[str]) -> tuple[Problem, ...]:
        """The problems with these identifiers, at most some hundreds; those that are not here are left out."""
        return self._records(Problem, f"problems WHERE id IN ({', '.join('?' * len(ids))})", *ids)

    def people_and_tasks(self, visit_ids: Sequence[str]) -> dict[str, tuple[tuple[str, ...], str]]:
        """(inspectors, task) by visit, of these visits."""
        marks = ", ".join("?" * len(visit_ids))
        rows = self._rows(f"SELECT id, inspector_ids, task FROM visits WHERE id IN ({marks})", *visit_ids)
        return {visit_id: (_words(people), task) for visit_id, people, task in rows}

    def photo_counts_of(self, visit_ids: Sequence[str]) -> dict[tuple[str, str], int]:
        """`photo_counts` of these visits alone."""
        marks = ", ".join("?" * len(visit_ids))
        rows = self._rows(
            f"SELECT visit_id, ref, count(*) FROM photos WHERE width > 0 AND visit_id IN ({marks})"
            " GROUP BY visit_id, ref",
            *visit_ids,
        )
        return {(visit_id, ref): count for visit_id, ref, count in rows}

    def one(self, sql: str, *values: Any) -> tuple[Any, ...]:
        """The only row of a query over a whole table."""
        return self._rows(sql, *values)[0]

    def documents(self) -> tuple[Document, ...]:
        """Issued documents, the newest first."""
        from jiandu_desktop.domain.issued import Document

        return self._records(Document, "documents ORDER BY issued_at DESC, kind, id")

    def paper_steps(self) -> dict[str, list[PaperStep]]:
        """What happened to documents after they were issued, by document, in the order it happened."""
        from jiandu_desktop.domain.paper_life import PaperStep

        found: dict[str, list[PaperStep]] = {}
        for document_id, step in self._rows("SELECT document_id, step FROM paper_events ORDER BY at, id"):
            found.setdefault(document_id, []).append(PaperStep(step))
        return found

    def photo_counts(self) -> dict[tuple[str, str], int]:
        """Number of photos by (visit, item reference)."""
        rows = self._rows("SELECT visit_id, ref, count(*) FROM photos WHERE width > 0 GROUP BY visit_id, ref")
        return {(visit_id, ref): count for visit_id, ref, count in rows}

    def segments_by_entity(self, device: str) -> dict[str, int | None]:
        """Entity → segment of `device` that carries its newest operation (None: not frozen yet)."""
        return dict(self._rows("SELECT entity, segment FROM operations WHERE device = ? ORDER BY number", device))

    def sent_segments(self, device: str) -> frozenset[int]:
        """Numbers of own segments that were put into a folder and read back, with every photo and paper they name."""
        rows = self._rows(
            "SELECT seq FROM segments AS s WHERE device = ? AND sent = 1 AND NOT EXISTS"
            " (SELECT 1 FROM blob_refs AS b WHERE b.device = s.device AND b.seq = s.seq AND b.sent = 0)",
            device,
        )
        return frozenset(seq for (seq,) in rows)

    def acknowledged(self, device: str) -> int:
        """Highest segment of `device` that an office has confirmed, 0 for none."""
        rows = self._rows("SELECT seq FROM acknowledged WHERE device = ?", device)
        return int(rows[0][0]) if rows else 0

    def last_sync(self) -> datetime | None:
        """When the last round ended that nothing cut short."""
        for at, report in self._rows("SELECT at, report FROM receipts ORDER BY at DESC"):
            if not json.loads(report).get("trouble"):
                return from_text(at)
        return None

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._connection.execute(sql, values).fetchall()
        return found

    def _records(self, kind: type[R], rest: str, *values: Any) -> tuple[R, ...]:
        names = [field.name for field in dataclasses.fields(kind)]
        columns = zip(*self._rows(f"SELECT {', '.join(names)} FROM {rest}", *values), strict=True)
        read = [
            column if reader is None else [None if value is None else reader(value) for value in column]
            for column, reader in zip(columns, _readers(kind), strict=False)
        ]
        return tuple(kind(**dict(zip(names, row, strict=True))) for row in zip(*read, strict=True))


@cache
def _readers(kind: type[Any]) -> tuple[Callable[[Any], Any] | None, ...]:
    """By field, how its text in SQLite becomes the domain's value, as `storage.columns` says; None: it is that."""
    return tuple(_reader(kind, str(field.type)) for field in dataclasses.fields(kind))


def _reader(kind: type[Any], annotation: str) -> Callable[[Any], Any] | None:
    """By the annotation's text: to have `typing` evaluate it takes longer than reading the table."""
    name = annotation.removesuffix(" | None")
    if name.startswith("tuple["):
        return _words
    if name in _READERS:
        return _READERS[name]
    # A class that `kind` inherits from may stand in another module.
    found = next((vars(sys.modules[base.__module__])[name] for base in kind.__mro__ if _knows(base, name)), None)
    if isinstance(found, type) and issubclass(found, Enum):
        # A dictionary of the closed list is several times as fast as asking the Enum.
        return {each.value: each for each in found}.__getitem__
    if name not in ("str", "int"):
        raise TypeError(f"{kind.__name__}: no way is known from a column to {annotation}")
    return None


def _knows(base: type[Any], name: str) -> bool:
    return name in vars(sys.modules[base.__module__])


@cache
def _words(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


_READERS: dict[str, Callable[[Any], Any]] = {
    "bool": bool,
    "date": date.fromisoformat,
    "datetime": from_text,
    "Decimal": Decimal,
}
