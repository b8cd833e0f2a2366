"""Lists that do not stand in the choices sheet: files beside the workbook, and the sheet external_choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.form_engine.attached import ListFile
from jiandu_desktop.form_engine.check.near import suggestion
from jiandu_desktop.form_engine.faults import Fault
from jiandu_desktop.form_engine.workbook import Workbook
from jiandu_desktop.form_engine.xform.expressions import XFormFault
from jiandu_desktop.form_engine.xform.model import Model, Spec
from jiandu_desktop.form_engine.xpath import syntax
from jiandu_desktop.form_engine.xpath.nodes import Node
from jiandu_desktop.form_engine.xpath.tables import Table

_SHEET: Final = "external_choices"


@dataclass(frozen=True, slots=True)
class FileFault:
    """What is wrong with the file `name`; `code` is that of the sentence."""

    name: str
    code: str
    values: Mapping[str, object]


def read_lists(
    files: Sequence[ListFile], missing: Sequence[str], folder: str
) -> tuple[dict[str, Node], list[FileFault]]:
    """The lists by address, and the faults: files that are not there or cannot be read as their kind."""
    nodes: dict[str, Node] = {}
    faults = [FileFault(name, "missing-file", {"folder": folder}) for name in missing]
    for file in files:
        try:
            nodes[file.address] = file.node()
        except XFormFault as fault:
            faults.append(FileFault(file.name, "unreadable-file", {"reason": str(fault.details.get("reason", ""))}))
        except OSError as error:
            faults.append(FileFault(file.name, "unreadable-file", {"reason": error.strerror or str(error)}))
        except Trouble as trouble:
            faults.append(FileFault(file.name, "unreadable-file", {"reason": trouble.code}))
    return nodes, faults


def missing_columns(model: Model) -> list[FileFault]:
    """Questions whose list has no column for their values or labels."""
    faults = []
    for spec in model.specs:
        items = spec.control.item_set if spec.control is not None else None
        name = _list_name(spec)
        if items is None or name is None or name not in model.instances:
            continue
        table = next(iter(model.instances[name].elements()), None)
        if not isinstance(table, Table) or not table.columns:
            continue
        for column in (items.value_name, items.label_name):
            if column and not any(each == column or each.startswith(f"{column}::") for each in table.columns):
                values = {"column": column, "hint": suggestion(column, table.columns), "list": name}
                faults.append(FileFault(name, "missing-file-column", values))
    return faults


def in_survey(faults: Iterable[FileFault], book: Workbook) -> tuple[Fault, ...]:
    """Each at the first row of the survey that names the file."""
    survey = book.sheet("survey")
    found = []
    for fault in faults:
        stem = fault.name.rpartition(".")[0] or fault.name
        values = {"name": fault.name, **fault.values}
        place = None
        for row in survey.rows if survey is not None else ():
            place = place or next(((row.number, header) for header, text in row.cells.items() if stem in text), None)
        if survey is None or place is None:
            found.append(Fault("", None, None, fault.code, values))
        else:
            letter = survey.letters.get(place[1], "")
            found.append(Fault(survey.name, place[0], place[1], fault.code, values, letter=letter))
    return tuple(found)


def external_lists(book: Workbook) -> dict[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]:
    """The lists of the sheet external_choices (`select_one_external`) by name: columns and rows."""
    sheet = book.sheet(_SHEET)
    if sheet is None:
        return {}
    columns = tuple(header for header in sheet.headers if header not in ("list_name", "list name"))
    lists: dict[str, list[tuple[str, ...]]] = {}
    for row in sheet.rows:
        name = row.get("list_name") or row.get("list name")
        lists.setdefault(name, []).append(tuple(row.get(column) for column in columns))
    return {name: (columns, tuple(rows)) for name, rows in lists.items() if name}


def _list_name(spec: Spec) -> str | None:
    """The instance that a question's choices come from."""
    items = spec.control.item_set if spec.control is not None else None
    for part in syntax.parts_of(items.nodes.tree) if items is not None else ():
        if isinstance(part, syntax.Call) and part.name == "instance" and isinstance(part.arguments[0], syntax.Literal):
            return part.arguments[0].value
    return None
