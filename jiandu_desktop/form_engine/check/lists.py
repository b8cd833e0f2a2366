"""The choices sheet: lists, their values, scores, failed marks and keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from jiandu_desktop.form_engine.check.columns import Columns
from jiandu_desktop.form_engine.check.near import nearest
from jiandu_desktop.form_engine.check.questions import Survey
from jiandu_desktop.form_engine.faults import Fault
from jiandu_desktop.form_engine.typed import number_of
from jiandu_desktop.form_engine.workbook import Row

YES: Final = frozenset(("yes", "true", "true()", "1", "是"))
YES_NO: Final = YES | {"", "no", "false", "false()", "0", "否"}
_MEDIA: Final = ("image", "media", "audio", "video", "big-image")


@dataclass(slots=True)
class ChoiceList:
    """One list: values in order with their labels, and whether any choice says what it scores, or that it fails.

    `keys`: the keys that choices claim, each with its row; `places`: the row of each choice that claims none, by the
    key that its place gives it.
    """

    labels: dict[str, str] = field(default_factory=dict)
    scored: bool = False
    failing: bool = False
    first_row: int = 0
    rows: list[Row] = field(default_factory=list)
    keys: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Lists:
    """The lists by name; `columns`: what a choice_filter may name."""

    by_name: dict[str, ChoiceList] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    columns: frozenset[str] = frozenset()


def read_lists(columns: Columns, *, duplicates_allowed: bool) -> Lists:
    return _Reader(columns, duplicates_allowed).read()


def check_use(columns: Columns, survey_columns: Columns, survey: Survey, lists: Lists) -> list[Fault]:
    """Lists that nothing in the survey sheet names."""
    used = {question.list_name for question in survey.questions} | {"matters"}
    for row in survey_columns.sheet.rows:
        used.add(survey_columns.get(row, "jiandu:phrases"))
        used.update(survey_columns.get(row, "parameters").replace("=", " ").split())
    said = " ".join(text for row in survey_columns.sheet.rows for text in row.cells.values() if "instance(" in text)
    # A list that a slip of the pen leads past is told of where the slip is.
    used.update(nearest(name, lists.by_name) for name in list(used) if name and name not in lists.by_name)
    header = columns.header("list_name")
    return [
        Fault(columns.sheet.name, found.first_row, header, "unused-list", {"list": name}, warning=True)
        for name, found in lists.by_name.items()
        if name not in used and f"'{name}'" not in said and f'"{name}"' not in said
    ]


class _Reader:
    def __init__(self, columns: Columns, duplicates_allowed: bool) -> None:
        self._columns = columns
        self._duplicates_allowed = duplicates_allowed
        self._lists = Lists(columns=frozenset((*columns.sheet.headers, *columns.names())))
        self._names: dict[tuple[str, str], int] = {}

    def read(self) -> Lists:
        for row in self._columns.sheet.rows:
            list_name = self._columns.get(row, "list_name")
            name = self._columns.get(row, "name")
            if list_name.startswith("#"):
                continue
            if list_name:
                self._choice(row, list_name, name)
            elif name:
                self._fault(row.number, "list_name", "choice-without-list", name=name)
        for list_name, found in self._lists.by_name.items():
            for key, number in found.keys.items():
                if key in found.places and found.places[key] != number:
                    values = {"value": key, "list": list_name, "row": found.places[key]}
                    self._fault(number, "key", "key-of-a-place", warning=True, **values)
        return self._lists

    def _fault(self, row: int, column: str, code: str, /, *, warning: bool = False, **values: object) -> None:
        header = self._columns.header(column) or column
        self._lists.faults.append(Fault(self._columns.sheet.name, row, header, code, dict(values), warning))

    def _choice(self, row: Row, list_name: str, name: str) -> None:
        found = self._lists.by_name.setdefault(list_name, ChoiceList(first_row=row.number))
        found.rows.append(row)
        label = self._columns.get(row, "label")
        if name:
            self._name(row, list_name, name)
            if not label and not any(self._columns.get(row, media) for media in _MEDIA):
                self._fault(row.number, "label", "choice-without-label", name=name, list=list_name)
            found.labels.setdefault(name, label or name)
        else:
            self._fault(row.number, "name", "choice-without-name", list=list_name)
        score = self._columns.get(row, "score")
        if score:
            found.scored = True
            value = number_of(score)
            if value is None or not Decimal(0) <= value <= Decimal(1):
                self._fault(row.number, "score", "bad-score", value=score)
        failed = self._columns.get(row, "failed")
        if failed.lower() not in YES_NO:
            self._fault(row.number, "failed", "bad-yes-no", value=failed)
        found.failing = found.failing or failed.lower() in YES
        self._key(row, list_name, found)

    def _name(self, row: Row, list_name: str, name: str) -> None:
        if any(letter.isspace() for letter in name):
            self._fault(row.number, "name", "choice-name-space", name=name)
        first = self._names.setdefault((list_name, name), row.number)
        if first != row.number and not self._duplicates_allowed:
            self._fault(row.number, "name", "duplicate-choice", name=name, list=list_name, row=first)

    def _key(self, row: Row, list_name: str, found: ChoiceList) -> None:
        key = self._columns.get(row, "key")
        if not key:
            found.places[str(len(found.rows))] = row.number
        elif len(key) > 1:
            self._fault(row.number, "key", "bad-key", value=key)
        else:
            other = found.keys.setdefault(key, row.number)
            if other != row.number:
                self._fault(row.number, "key", "duplicate-key", value=key, list=list_name, row=other)
