"""The choices sheet: lists, their values, scores, failed marks and keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from jiandu_desktop.form_engine.check.columns import Columns
from jiandu_desktop.form_engine.faults import Fault
from jiandu_desktop.form_engine.typed import number_of

YES_NO: Final = frozenset(("", "yes", "no", "true", "false", "true()", "false()", "是", "否", "1", "0"))


@dataclass(slots=True)
class ChoiceList:
    """One list: values in order with their labels, and whether any choice says what it scores."""

    labels: dict[str, str] = field(default_factory=dict)
    scored: bool = False
    first_row: int = 0


@dataclass(slots=True)
class Lists:
    by_name: dict[str, ChoiceList] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_lists(columns: Columns, *, duplicates_allowed: bool) -> Lists:
    lists = Lists()
    seen: dict[tuple[str, str, str], int] = {}

    def fault(row: int, column: str, code: str, /, **values: object) -> None:
        header = columns.header(column) or column
        lists.faults.append(Fault(columns.sheet.name, row, header, code, dict(values)))

    for row in columns.sheet.rows:
        list_name, name = columns.get(row, "list_name"), columns.get(row, "name")
        if not list_name:
            if name:
                fault(row.number, "list_name", "choice-without-list", name=name)
            continue
        found = lists.by_name.setdefault(list_name, ChoiceList(first_row=row.number))
        if not name:
            fault(row.number, "name", "choice-without-name", list=list_name)
            continue
        if any(letter.isspace() for letter in name):
            fault(row.number, "name", "choice-name-space", name=name)
        first = seen.setdefault((list_name, "name", name), row.number)
        if first != row.number and not duplicates_allowed:
            fault(row.number, "name", "duplicate-choice", name=name, list=list_name, row=first)
        label = columns.get(row, "label")
        if not label and not any(columns.get(row, media) for media in ("image", "media", "audio", "video")):
            fault(row.number, "label", "choice-without-label", name=name, list=list_name)
        found.labels.setdefault(name, label or name)
        score = columns.get(row, "score")
        if score:
            found.scored = True
            value = number_of(score)
            if value is None or not Decimal(0) <= value <= Decimal(1):
                fault(row.number, "score", "bad-score", value=score)
        if columns.get(row, "failed").lower() not in YES_NO:
            fault(row.number, "failed", "bad-yes-no", value=columns.get(row, "failed"))
        key = columns.get(row, "key")
        if len(key) > 1:
            fault(row.number, "key", "bad-key", value=key)
        elif key:
            other = seen.setdefault((list_name, "key", key), row.number)
            if other != row.number:
                fault(row.number, "key", "duplicate-key", value=key, list=list_name, row=other)
    return lists
