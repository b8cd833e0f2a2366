"""What can be used but ought to be looked at: names that ODK refuses, texts too long, constraints without a word."""

from __future__ import annotations

import re
from typing import Final

from jiandu_desktop.form_engine.check.columns import Columns
from jiandu_desktop.form_engine.check.near import suggestion
from jiandu_desktop.form_engine.check.questions import Question, Survey
from jiandu_desktop.form_engine.faults import Fault
from jiandu_desktop.form_engine.typed import number_of

APPEARANCES: Final = frozenset(
    [
        *("multiline", "numbers", "url", "thousands-sep", "masked", "counter", "hidden-answer", "bearing"),
        *("no-calendar", "month-year", "year", "ethiopian", "coptic", "islamic", "bikram-sambat", "myanmar", "persian"),
        *("minimal", "search", "autocomplete", "quick", "quickcompact", "compact", "likert", "map", "image-map"),
        *("columns", "columns-pack", "columns-flex", "horizontal", "horizontal-compact", "no-buttons"),
        *("label", "list", "list-nolabel", "field-list", "table-list", "table", "grid"),
        *("signature", "draw", "annotate", "selfie", "new", "new-front", "new-rear", "front"),
        *("picker", "rating", "vertical", "no-ticks", "no-labels", "placement-map", "maps"),
    ]
)
"""The words of the appearance column that ODK, Kobo or this program know."""

_FREE_WORD: Final = re.compile(r"[\w]+:.*|[\w.\-]*\d[\w.\-]*|[\w]+\(.*")  # ex:…, columns-3, w2, search('…')
_LONGEST_LABEL: Final = 300  # characters; more is no question but a page, and fills the screen
_LONGEST_NAME: Final = 64
_WITH_LIST: Final = frozenset(("select_one", "select_multiple", "rank"))
_NUMBERS: Final = frozenset(("integer", "int", "decimal", "range"))
_CALCULATED: Final = frozenset(("calculate", "hidden"))


def check_remarks(columns: Columns, survey: Survey) -> list[Fault]:
    """Warnings; one for all names that ODK would refuse."""
    faults: list[Fault] = []
    foreign = [question for question in survey.questions if question.name and not question.name.isascii()]

    def warn(question: Question, column: str, code: str, **values: object) -> None:
        header = columns.header(column) or column
        faults.append(Fault(columns.sheet.name, question.row.number, header, code, dict(values), warning=True))

    if foreign:
        names = "、".join(question.name for question in foreign[:3])
        warn(foreign[0], "name", "name-not-ascii", names=names, count=len(foreign))
    for question in survey.questions:
        row = question.row
        for header in columns.headers("label"):
            length = len(row.get(header))
            if length > _LONGEST_LABEL and question.kind != "note":
                values: dict[str, object] = {"length": length, "most": _LONGEST_LABEL}
                faults.append(Fault(columns.sheet.name, row.number, header, "long-label", values, warning=True))
        if len(question.name) > _LONGEST_NAME:
            warn(question, "name", "long-name", length=len(question.name), most=_LONGEST_NAME)
        constraint, message = columns.get(row, "constraint"), columns.get(row, "constraint_message")
        if constraint and not message:
            warn(question, "constraint", "no-constraint-message", name=question.name)
        if message and not constraint:
            warn(question, "constraint_message", "message-without-constraint")
        if columns.get(row, "choice_filter") and question.kind and question.kind not in _WITH_LIST:
            warn(question, "choice_filter", "filter-without-list", type=question.kind)
        for word in columns.get(row, "appearance").split():
            near = "" if word in APPEARANCES or _FREE_WORD.match(word) else suggestion(word, APPEARANCES)
            if near:
                warn(question, "appearance", "unknown-appearance", name=word, hint=near)
        default = columns.get(row, "default")
        computed = "(" in default or "$" in default
        if default and question.kind in _NUMBERS and not computed and number_of(default) is None:
            warn(question, "default", "default-not-number", value=default)
        required = columns.get(row, "required").lower()
        if required in ("yes", "true", "true()") and question.kind in _CALCULATED:
            warn(question, "required", "required-not-asked", name=question.name)
    return faults
