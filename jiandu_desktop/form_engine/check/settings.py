"""The settings sheet: what must be there, and values that look odd."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from jiandu_desktop.form_engine.check.columns import SETTINGS, Columns, duplicate_columns, unknown_columns
from jiandu_desktop.form_engine.check.near import suggestion
from jiandu_desktop.form_engine.faults import Fault
from jiandu_desktop.form_engine.workbook import Workbook

NAMESPACE_LINE: Final = 'jiandu="urn:jiandu:forms:1"'
_PLAIN_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]*")
_LONGEST_ID: Final = 64


def check_settings(book: Workbook, survey: Columns, faults: list[Fault]) -> Mapping[str, str]:
    """The first row of the settings sheet; faults where a needed entry is missing or odd."""
    sheet = book.sheet("settings")
    if sheet is None:
        hint = suggestion("settings", [name.lower() for name in book.names])
        faults.append(Fault("", None, None, "missing-sheet", {"name": "settings", "hint": hint}))
        return {}
    columns = Columns(sheet)
    faults.extend(unknown_columns(columns, SETTINGS, others_allowed=True))
    faults.extend(duplicate_columns(columns))
    row = sheet.rows[0] if sheet.rows else None
    found = {name: columns.get(row, name) for name in columns.names()} if row is not None else {}
    number = row.number if row is not None else 2
    for name in ("form_title", "form_id", "version"):
        if not found.get(name):
            faults.append(Fault(sheet.name, number, columns.header(name) or name, "missing-setting", {"name": name}))

    def warn(name: str, code: str, /, **values: object) -> None:
        faults.append(Fault(sheet.name, number, columns.header(name), code, dict(values), warning=True))

    for name in ("form_id", "version"):
        value = found.get(name, "")
        if value and (not _PLAIN_ID.fullmatch(value) or len(value) > _LONGEST_ID):
            warn(name, "odd-setting", name=name, value=value)
    if len(sheet.rows) > 1:
        extra = sheet.rows[1].number
        faults.append(Fault(sheet.name, extra, None, "settings-second-row", {}, warning=True))
    uses = [name for name in survey.names() if name.startswith("jiandu:")]
    if uses and "urn:jiandu:forms:1" not in found.get("namespaces", ""):
        header = columns.header("namespaces") or "namespaces"
        faults.append(Fault(sheet.name, number, header, "missing-namespace", {"line": NAMESPACE_LINE}))
    return found
