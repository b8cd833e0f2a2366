"""The inspection columns: values that can be used, lists and names that exist."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from jiandu_desktop.form_engine.check.columns import INSPECTION, Columns
from jiandu_desktop.form_engine.check.lists import YES, YES_NO, Lists
from jiandu_desktop.form_engine.check.near import suggestion
from jiandu_desktop.form_engine.check.questions import NAME, Question, Survey
from jiandu_desktop.form_engine.faults import Fault
from jiandu_desktop.form_engine.typed import THRESHOLD, number_of

GRADES: Final = ("minor", "general", "serious", "complex")
_SCORED: Final = frozenset(
    ["select_one", "select_multiple", "integer", "int", "decimal", "range", "calculate", "percentage"]
)
_NUMBERS: Final = frozenset(("integer", "int", "decimal", "range", "calculate", "text", "string", "percentage"))
_SELECTS: Final = frozenset(("select_one", "select_multiple", "rank"))
_BLANK: Final = re.compile(r"\{([^{}]*)\}")
_OWN_BLANKS: Final = frozenset(("label", "value", "note", "name"))
_MOST_WEIGHT: Final = Decimal(1000)
_MOST_DAYS: Final = 730
_MOST_EVIDENCE: Final = 20

Found = Callable[..., None]


def check_inspection(columns: Columns, survey: Survey, lists: Lists) -> list[Fault]:
    faults: list[Fault] = []
    names = survey.by_name()
    limits = {name for name, asked in names.items() if THRESHOLD.fullmatch(columns.get(asked.row, "calculation"))}
    former_names: dict[str, int] = {}
    used = [name for name in INSPECTION if columns.has(f"jiandu:{name}")]
    if not used:
        return faults
    for question in survey.questions:
        row = question.row

        def fault(column: str, code: str, /, *, number: int = row.number, warning: bool = False, **values: Any) -> None:
            header = columns.header(f"jiandu:{column}") or f"bind::jiandu:{column}"
            faults.append(Fault(columns.sheet.name, number, header, code, values, warning))

        cells = {column: columns.get(row, f"jiandu:{column}") for column in used}
        filled = [column for column, text in cells.items() if text]
        if question.is_group and filled:
            fault(filled[0], "column-on-group", column="、".join(filled), warning=True)
            continue

        def cell(column: str, cells: Mapping[str, str] = cells) -> str:
            return cells.get(column, "")

        _check_weight(cell("weight"), question, lists, fault)
        for column in ("veto", "self", "soft"):
            if cell(column).lower() not in YES_NO:
                fault(column, "bad-yes-no", value=cell(column))
        _check_whole("days", cell("days"), 1, _MOST_DAYS, fault)
        _check_whole("evidence", cell("evidence"), 0, _MOST_EVIDENCE, fault)
        if cell("grade") and cell("grade") not in GRADES:
            fault("grade", "bad-grade", value=cell("grade"), hint=suggestion(cell("grade"), GRADES))
        _check_failed(cells, question, lists, fault)
        _check_lists(cell("matter"), cell("phrases"), lists, fault)
        for column in ("problem", "measure", "basis"):
            _check_blanks(column, cell(column), names, fault)
        for name in _BLANK.findall(cell("standard")):
            if name.strip() not in limits:
                fault("standard", "standard-blank", name=name, hint=suggestion(name.strip(), limits))
        for former in cell("was").split():
            first = former_names.setdefault(former, row.number)
            if former in names:
                fault("was", "was-in-use", name=former)
            elif not NAME.fullmatch(former):
                fault("was", "bad-name", name=former)
            elif first != row.number:
                fault("was", "was-twice", name=former, row=first)
        if cell("soft").lower() in YES and not columns.get(row, "constraint"):
            fault("soft", "soft-without-constraint", warning=True)
        if cell("unit") and question.kind and question.kind not in _NUMBERS:
            fault("unit", "unit-wrong-type", type=question.kind, value=cell("unit"), warning=True)
    return faults


def _check_weight(text: str, question: Question, lists: Lists, fault: Found) -> None:
    if not text:
        return
    value = number_of(text)
    if value is None or not Decimal(0) < value <= _MOST_WEIGHT:
        fault("weight", "bad-weight", value=text, most=_MOST_WEIGHT)
    elif question.kind and question.kind not in _SCORED:
        fault("weight", "weight-wrong-type", type=question.kind)
    elif question.kind in _SELECTS:
        choices = lists.by_name.get(question.list_name)
        if choices is not None and not choices.scored:
            fault("weight", "weight-without-score", list=question.list_name)


def _check_whole(column: str, text: str, least: int, most: int, fault: Found) -> None:
    value = number_of(text) if text else Decimal(least)
    if value is None or value != value.to_integral_value() or not least <= value <= most:
        fault(column, "bad-whole-number", value=text, least=least, most=most)


def _check_failed(cells: Mapping[str, str], question: Question, lists: Lists, fault: Found) -> None:
    """`failed` itself, and what has a meaning only where an answer can fail."""
    failed = cells.get("failed", "")
    choices = lists.by_name.get(question.list_name) if question.kind in _SELECTS else None
    if choices is None:
        return
    for answer in failed.split():
        if answer not in choices.labels:
            hint = suggestion(answer, choices.labels)
            fault("failed", "failed-unknown-answer", value=answer, list=question.list_name, hint=hint)
    wanting = [column for column in ("veto", "problem", "measure", "evidence") if cells.get(column)]
    if wanting and not failed and not choices.failing:
        fault(wanting[0], "problem-without-failed", list=question.list_name, column="、".join(wanting), warning=True)


def _check_lists(matter: str, phrases: str, lists: Lists, fault: Found) -> None:
    if matter:
        matters = lists.by_name.get("matters")
        if matters is None:
            fault("matter", "no-matters", value=matter)
        elif matter not in matters.labels:
            fault("matter", "unknown-matter", value=matter, hint=suggestion(matter, matters.labels))
    if phrases and phrases not in lists.by_name:
        fault("phrases", "unknown-list", list=phrases, hint=suggestion(phrases, lists.by_name))


def _check_blanks(column: str, text: str, names: dict[str, Question], fault: Found) -> None:
    if "${" in text:
        fault(column, "dollar-blank", text=text[text.index("${") :][:20])
        return
    for name in _BLANK.findall(text):
        if name.strip() not in names and name.strip() not in _OWN_BLANKS:
            fault(column, "unknown-blank", name=name, hint=suggestion(name.strip(), names))
