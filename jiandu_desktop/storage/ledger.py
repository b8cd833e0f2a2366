"""The ledger's columns straight from SQLite: 100,000 problems in a few texts, because a row as an object is too slow.

Each column comes as one text over all problems in the order in which the table keeps them. What has few values is one
character per problem; the rest is joined with `SEPARATOR`.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from jiandu_desktop.domain.problem import Grade, Handling, ProblemState, Source

if TYPE_CHECKING:
    from jiandu_desktop.storage.glance import Glance

SEPARATOR = "\x1f"
DAY_ZERO = date(2000, 1, 1)
NO_DAY = 50_001
"""Stands for no date: after every day that can be told (136 years from DAY_ZERO)."""

_BASE = 0x100
"""Added to every code: SQLite's char() gives no good text for 0."""

NO_DAY_CODE = _BASE + NO_DAY


@dataclass(frozen=True, slots=True)
class Marks:
    """What the views and numbers need: per problem its identifier, its school, its mark and its day.

    `marks` holds `_BASE` + state · 32 + due · 8 + nobody · 4 + conflict · 2 + rebound, where due is 0 none, 1 late,
    2 today, 3 ahead; `days` holds `_BASE` + days since DAY_ZERO, or NO_DAY.
    """

    count: int
    ids: str
    schools: str
    marks: str
    days: str


@dataclass(frozen=True, slots=True)
class Words:
    """What filters and search need; `grades`, `sources`, `handlings` hold `_BASE` + place in the closed list."""

    ids: str
    matters: str
    persons: str
    grades: str
    sources: str
    handlings: str
    texts: str


def read_marks(glance: Glance, today: date) -> Marks:
    """The first reading, made when the ledger is opened."""
    due = f"CASE WHEN due IS NULL THEN 0 WHEN due < '{today}' THEN 1 WHEN due = '{today}' THEN 2 ELSE 3 END"
    flags = "(responsible = '') * 4 + (conflicts <> '[]') * 2 + (rebounds > 0)"
    day = f"CAST(julianday(due) - julianday('{DAY_ZERO}') AS INTEGER)"
    mark = f"{_place('state', ProblemState)} * 32 + ({due}) * 8 + {flags}"
    count, ids, schools, marks, days = glance.one(
        f"SELECT count(*), {_joined('id')}, {_joined('school_id')},"
        f" {_signs(mark)}, {_signs(f'coalesce(min(max({day}, 0), {NO_DAY - 1}), {NO_DAY})')}"
        # Both readings must go through the table in one order.
        " FROM problems NOT INDEXED"
    )
    return Marks(int(count), ids or "", schools or "", marks or "", days or "")


def read_words(glance: Glance) -> Words:
    """The second reading, made while the first is looked at; in the same order."""
    said = "text || ' ' || item || ' ' || notice_number || ' ' || unit || ' ' || origin"
    people = "supervising || ' ' || leader || ' ' || iif(chain = '[]', '', chain)"
    text = _clean(f"lower({said} || ' ' || {people})")
    found = glance.one(
        f"SELECT {_joined('id')}, {_joined(_clean('matter'))}, {_joined(_clean('responsible'))},"
        f" {_signs(_place('grade', Grade))}, {_signs(_place('source', Source))},"
        f" {_signs(_place('handling', Handling))},"
        f" {_joined(text)} FROM problems NOT INDEXED"
    )
    return Words(*(text or "" for text in found))


def codes(signs: str) -> bytes:
    """The codes of a column of signs below 256."""
    return bytes(signs.encode("utf-16-le")[::2])


def day_codes(signs: str) -> Sequence[int]:
    """The codes of a column of days; the later the day, the higher, and `NO_DAY_CODE` above all."""
    found = array("H")
    found.frombytes(signs.encode("utf-16-le" if sys.byteorder == "little" else "utf-16-be"))
    return found


def _signs(expression: str) -> str:
    return f"group_concat(char({_BASE} + {expression}), '')"


def _joined(expression: str) -> str:
    return f"group_concat({expression}, char({ord(SEPARATOR)}))"


def _clean(expression: str) -> str:
    return f"replace({expression}, char({ord(SEPARATOR)}), ' ')"


def _place(column: str, kind: type[StrEnum]) -> str:
    """The place of a column's value in its closed list."""
    cases = " ".join(f"WHEN '{each.value}' THEN {number}" for number, each in enumerate(kind))
    return f"(CASE {column} {cases} END)"
