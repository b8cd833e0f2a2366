"""Our own pass over the workbook: every fault at once, before pyxform (which stops at the first) is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jiandu_desktop.form_engine.check.columns import CHOICES, SETTINGS, SURVEY, Columns, suggestion, unknown_columns
from jiandu_desktop.form_engine.check.formulas import check_circles, check_formulas
from jiandu_desktop.form_engine.check.inspection import check_inspection
from jiandu_desktop.form_engine.check.lists import ChoiceList, Lists, read_lists
from jiandu_desktop.form_engine.check.questions import Survey, read_survey
from jiandu_desktop.form_engine.check.refusals import refusal
from jiandu_desktop.form_engine.faults import Fault
from jiandu_desktop.form_engine.workbook import Workbook
from jiandu_desktop.form_engine.xform.expressions import XFormFault

NAMESPACE_LINE = 'jiandu="urn:jiandu:forms:1"'
_SHEET_ORDER = ("survey", "choices", "settings")


@dataclass(frozen=True, slots=True)
class Checked:
    """`faults` in reading order; the rest is what only the workbook knows and the XForm does not."""

    faults: tuple[Fault, ...]
    matters: Mapping[str, str]
    phrases: Mapping[str, tuple[str, ...]]
    notes: frozenset[str]
    rows: Mapping[str, int]  # ref → row in the survey sheet
    names: Mapping[str, int]  # name → row

    def refused(self, message: str, row: int | None) -> Fault:
        """pyxform's refusal as a fault of ours."""
        return refusal(message, row, self.names)

    def located(self, fault: XFormFault) -> Fault:
        """A fault of the XForm, led back to the row that caused it."""
        row = self.rows.get(fault.ref)
        code = fault.code if fault.code.startswith("expression-") else "xform"
        values = {"text": "", "hint": "", "code": fault.code, "ref": fault.ref, **fault.details}
        column = fault.details.get("attribute") if row is not None else None
        return Fault("survey" if row is not None else "", row, column, code, values)

    def cycle(self, steps: Sequence[tuple[str, str]]) -> Fault:
        """`steps`: (ref, column) of each rule on the way round."""
        path = " → ".join(ref.rpartition("/")[2] for ref, _ in [*steps, steps[0]])
        ref, column = steps[0]
        return Fault("survey", self.rows.get(ref), column, "cycle", {"path": path})


def check_workbook(book: Workbook) -> Checked:
    """All faults that can be seen in the cells."""
    faults: list[Fault] = []
    survey_sheet, choices_sheet = book.sheet("survey"), book.sheet("choices")
    if survey_sheet is None:
        hint = suggestion("survey", [name.lower() for name in book.names])
        faults.append(Fault("", None, None, "missing-sheet", {"name": "survey", "hint": hint}))
        return Checked(tuple(faults), {}, {}, frozenset(), {}, {})
    columns = Columns(survey_sheet)
    faults.extend(unknown_columns(columns, SURVEY, others_allowed=False))
    missing = [name for name in ("type", "name", "label") if not columns.has(name)]
    faults.extend(Fault(survey_sheet.name, 1, None, "missing-column", {"name": name}) for name in missing)
    survey = read_survey(columns) if "type" not in missing and "name" not in missing else Survey()
    lists = Lists()
    settings = _settings(book, columns, faults)
    if choices_sheet is not None and choices_sheet.headers:
        list_columns = Columns(choices_sheet)
        faults.extend(unknown_columns(list_columns, CHOICES, others_allowed=True))
        absent = [name for name in ("list_name", "name", "label") if not list_columns.has(name)]
        faults.extend(Fault(choices_sheet.name, 1, None, "missing-column", {"name": name}) for name in absent)
        if not absent:
            allowed = settings.get("allow_choice_duplicates", "").lower() in ("yes", "true")
            lists = read_lists(list_columns, duplicates_allowed=allowed)
    faults.extend(survey.faults)
    faults.extend(_unknown_lists(columns, survey, lists, choices_sheet is not None))
    faults.extend(lists.faults)
    faults.extend(check_formulas(columns, survey))
    faults.extend(check_circles(columns, survey))
    faults.extend(check_inspection(columns, survey, lists))
    return Checked(
        faults=tuple(sorted(faults, key=_reading_order)),
        matters=dict(lists.by_name.get("matters", ChoiceList()).labels),
        phrases={name: tuple(found.labels.values()) for name, found in lists.by_name.items()},
        notes=frozenset(question.ref for question in survey.questions if question.kind == "note"),
        rows={question.ref: question.row.number for question in survey.questions},
        names={name: question.row.number for name, question in survey.by_name().items()},
    )


def _settings(book: Workbook, survey: Columns, faults: list[Fault]) -> Mapping[str, str]:
    """The first row of the settings sheet; faults where a needed entry is missing."""
    sheet = book.sheet("settings")
    if sheet is None:
        faults.append(Fault("", None, None, "missing-sheet", {"name": "settings", "hint": ""}))
        return {}
    columns = Columns(sheet)
    faults.extend(unknown_columns(columns, SETTINGS, others_allowed=True))
    row = sheet.rows[0] if sheet.rows else None
    found = {name: columns.get(row, name) for name in columns.names()} if row is not None else {}
    for name in ("form_title", "form_id", "version"):
        if not found.get(name):
            faults.append(Fault(sheet.name, 2, name, "missing-setting", {"name": name}))
    uses = [name for name in survey.names() if name.startswith("jiandu:")]
    if uses and "urn:jiandu:forms:1" not in found.get("namespaces", ""):
        faults.append(Fault(sheet.name, 2, "namespaces", "missing-namespace", {"line": NAMESPACE_LINE}))
    return found


def _unknown_lists(columns: Columns, survey: Survey, lists: Lists, has_sheet: bool) -> list[Fault]:
    faults = []
    wanted = [question for question in survey.questions if question.list_name]
    if wanted and not has_sheet:
        return [Fault("", None, None, "missing-sheet", {"name": "choices", "hint": ""})]
    for question in wanted:
        if question.list_name not in lists.by_name and not question.list_name.startswith("${"):
            values = {"list": question.list_name, "hint": suggestion(question.list_name, lists.by_name)}
            header = columns.header("type")
            faults.append(Fault(columns.sheet.name, question.row.number, header, "unknown-list", values))
    return faults


def _reading_order(fault: Fault) -> tuple[int, int, str]:
    name = fault.sheet.strip().lower()
    place = _SHEET_ORDER.index(name) if name in _SHEET_ORDER else -1
    return place, fault.row or 0, fault.column or ""
