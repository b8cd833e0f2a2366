"""What a workbook gives when it is read: records with their row numbers, faults row by row, and notices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from jiandu_desktop.domain import sentences

Record = TypeVar("Record")


class Kind(StrEnum):
    """How the cells of a column are understood; `cells.py` says what each tolerates."""

    TEXT = "text"  # str, "" when blank
    CODE = "code"  # str without spaces, leading zeros kept, "" when blank
    PHONE = "phone"  # str, "" when blank
    COUNT = "count"  # int >= 0, None when blank
    NUMBER = "number"  # int or float, None when blank
    DATE = "date"  # datetime.date, None when blank
    NAMES = "names"  # tuple[str, ...] in the order written
    CHOICE = "choice"  # a value of `Column.choices`, None when blank


@dataclass(frozen=True, slots=True)
class Column:
    """One column that is looked for: `title` is its name in templates and messages, `synonyms` its other heads.

    The earlier a synonym stands, the better it fits where a sheet has several of them. `required` wants the column
    and a value in every row. `choices` maps every accepted wording to a value; `known` are the ones worth naming.
    """

    key: str
    title: str
    synonyms: tuple[str, ...] = ()
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: Mapping[str, Any] = field(default_factory=dict)
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that cannot be taken: where (row as Excel counts it, `column` as the sheet heads it) and why.

    `code` names a template of `domain.sentences`, `values` fill it.
    """

    sheet: str
    row: int
    column: str
    code: str
    values: Mapping[str, Any]
    file: str = ""

    def sentence(self) -> str:
        """Place, reason and what to do, in Chinese."""
        place = "row-place" if self.column else "row-place-whole"
        return sentences.sentence(
            place,
            {
                "file": self.file,
                "sheet": self.sheet,
                "row": self.row,
                "column": self.column,
                "what": sentences.sentence(self.code, {**self.values, "column": self.column}),
            },
        )


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader did by itself and says so: a total left out, a year supplied. `row` 0: the whole file."""

    sheet: str
    row: int
    code: str
    values: Mapping[str, Any]
    file: str = ""

    def sentence(self) -> str:
        """What was done and where, in Chinese."""
        return sentences.sentence(self.code, {**self.values, "file": self.file, "sheet": self.sheet, "row": self.row})


@dataclass(frozen=True, slots=True)
class Reading(Generic[Record]):
    """All that one sheet gave. Rows with a fault are not in `rows`; every one of them is in `faults`.

    `rows` are (row number as Excel counts it, record); `ignored` the heads nobody asked for.
    """

    file: str
    sheet: str
    rows: tuple[tuple[int, Record], ...]
    faults: tuple[RowFault, ...] = ()
    ignored: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def records(self) -> tuple[Record, ...]:
        return tuple(record for _, record in self.rows)
