"""Our own pass over the workbook: every fault at once, before pyxform (which stops at the first) is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from jiandu_desktop.form_engine.check.circles import check_circles
from jiandu_desktop.form_engine.check.columns import CHOICES, SURVEY, Columns, duplicate_columns, unknown_columns
from jiandu_desktop.form_engine.check.formulas import check_elsewhere, check_formulas
from jiandu_desktop.form_engine.check.inspection import check_inspection
from jiandu_desktop.form_engine.check.languages import check_languages
from jiandu_desktop.form_engine.check.lists import ChoiceList, Lists, check_use, read_lists
from jiandu_desktop.form_engine.check.near import suggestion
from jiandu_desktop.form_engine.check.parameters import check_parameters
from jiandu_desktop.form_engine.check.questions import Survey, read_survey
from jiandu_desktop.form_engine.check.reach import check_reach
from jiandu_desktop.form_engine.check.refusals import refusal
from jiandu_desktop.form_engine.check.remarks import check_remarks
from jiandu_desktop.form_engine.check.settings import check_settings
from jiandu_desktop.form_engine.faults import Fault
from jiandu_desktop.form_engine.workbook import Workbook
from jiandu_desktop.form_engine.xform.expressions import XFormFault

_SHEET_ORDER = ("survey", "choices", "settings")


@dataclass(frozen=True, slots=True)
class Checked:
    """`faults` (which forbid its use) and `warnings`, both in reading order; the rest is what only the workbook knows
    and the XForm does not."""

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...] = ()
    matters: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: frozenset[str] = frozenset()
    rows: Mapping[str, int] = field(default_factory=dict)  # ref → row in the survey sheet
    names: Mapping[str, int] = field(default_factory=dict)  # name → row
    survey: Survey = field(default_factory=Survey)
    lists: Lists = field(default_factory=Lists)

    def refused(self, message: str, row: int | None) -> Fault:
        """pyxform's refusal as a fault of ours."""
        return refusal(message, row, self.names)

    def located(self, fault: XFormFault) -> Fault:
        """A fault of the XForm, led back to the row that caused it."""
        row = self.rows.get(fault.ref)
        code = fault.code if fault.code.startswith("expression-") else "xform"
        values = {"text": "", "hint": "", "wanted": "别的个数", "code": fault.code, "ref": fault.ref, **fault.details}
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
        return Checked((Fault("", None, None, "missing-sheet", {"name": "survey", "hint": hint}),))
    columns = Columns(survey_sheet)
    faults.extend(unknown_columns(columns, SURVEY, others_allowed=False))
    faults.extend(duplicate_columns(columns))
    missing = [name for name in ("type", "name", "label") if not columns.has(name)]
    faults.extend(_missing_columns(survey_sheet.name, missing, faults))
    survey = read_survey(columns) if "type" not in missing and "name" not in missing else Survey()
    lists = Lists()
    settings = check_settings(book, columns, faults)
    list_columns = None
    if choices_sheet is not None and choices_sheet.headers:
        list_columns = Columns(choices_sheet)
        faults.extend(unknown_columns(list_columns, CHOICES, others_allowed=True))
        faults.extend(duplicate_columns(list_columns))
        absent = [name for name in ("list_name", "name", "label") if not list_columns.has(name)]
        faults.extend(_missing_columns(choices_sheet.name, absent, faults))
        if not absent:
            allowed = settings.get("allow_choice_duplicates", "").lower() in ("yes", "true")
            lists = read_lists(list_columns, duplicates_allowed=allowed)
            faults.extend(check_use(list_columns, columns, survey, lists))
    faults.extend(survey.faults)
    faults.extend(_unknown_lists(book, columns, survey, lists, has_sheet=choices_sheet is not None))
    faults.extend(lists.faults)
    faults.extend(check_formulas(columns, survey, lists))
    if list_columns is not None:
        faults.extend(check_elsewhere(list_columns, ("label",), survey, expressions=False))
    settings_sheet = book.sheet("settings")
    if settings_sheet is not None:
        faults.extend(check_elsewhere(Columns(settings_sheet), ("instance_name",), survey, expressions=True))
    faults.extend(check_circles(columns, survey))
    faults.extend(check_reach(columns, survey, lists))
    faults.extend(check_parameters(columns, survey, lists))
    faults.extend(check_inspection(columns, survey, lists))
    faults.extend(check_languages(columns, list_columns, settings.get("default_language", "")))
    faults.extend(check_remarks(columns, survey))
    placed = sorted((_with_letter(fault, book) for fault in faults), key=_reading_order)
    return Checked(
        faults=tuple(fault for fault in placed if not fault.warning),
        warnings=tuple(fault for fault in placed if fault.warning),
        matters=dict(lists.by_name.get("matters", ChoiceList()).labels),
        phrases={name: tuple(found.labels.values()) for name, found in lists.by_name.items()},
        notes=frozenset(question.ref for question in survey.questions if question.kind == "note"),
        rows={question.ref: question.row.number for question in survey.questions},
        names={name: question.row.number for name, question in survey.by_name().items()},
        survey=survey,
        lists=lists,
    )


def in_reading_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """By sheet, row and column, as one goes through the workbook."""
    return tuple(sorted(faults, key=_reading_order))


def _missing_columns(sheet: str, missing: Sequence[str], told: Sequence[Fault]) -> list[Fault]:
    """What is there under a misspelt name was told of already."""
    misspelt = {fault.values.get("near") for fault in told if fault.sheet == sheet}
    return [Fault(sheet, 1, None, "missing-column", {"name": name}) for name in missing if name not in misspelt]


def _unknown_lists(book: Workbook, columns: Columns, survey: Survey, lists: Lists, *, has_sheet: bool) -> list[Fault]:
    faults = []
    wanted = [question for question in survey.questions if question.list_name]
    if wanted and not has_sheet:
        hint = suggestion("choices", [name.lower() for name in book.names])
        return [Fault("", None, None, "missing-sheet", {"name": "choices", "hint": hint})]
    for question in wanted:
        if question.list_name not in lists.by_name and not question.list_name.startswith("${"):
            values = {"list": question.list_name, "hint": suggestion(question.list_name, lists.by_name)}
            header = columns.header("type")
            faults.append(Fault(columns.sheet.name, question.row.number, header, "unknown-list", values))
    return faults


def _with_letter(fault: Fault, book: Workbook) -> Fault:
    sheet = book.sheet(fault.sheet.strip().lower())
    if sheet is None or fault.column is None:
        return fault
    return replace(fault, letter=sheet.letters.get(fault.column, ""))


def _reading_order(fault: Fault) -> tuple[int, int, int, str, str]:
    name = fault.sheet.strip().lower()
    place = _SHEET_ORDER.index(name) if name in _SHEET_ORDER else -1
    return place, fault.row or 0, len(fault.letter), fault.letter, fault.column or ""
