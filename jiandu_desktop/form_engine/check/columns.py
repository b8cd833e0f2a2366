"""The columns that a checklist's sheets may have, found under any of their spellings."""

from __future__ import annotations

from collections import Counter
from typing import Final

from jiandu_desktop.form_engine.check.near import nearest, suggestion
from jiandu_desktop.form_engine.faults import Fault
from jiandu_desktop.form_engine.workbook import Row, Sheet

INSPECTION: Final = (
    "weight", "veto", "failed", "matter", "basis", "standard", "problem", "measure", "days", "grade", "evidence",
    "phrases", "self", "soft", "was", "indicator", "unit",
)  # fmt: skip
SURVEY: Final = frozenset(
    [
        "type",
        "name",
        "label",
        "hint",
        "guidance_hint",
        "required",
        "required_message",
        "relevant",
        "constraint",
        "constraint_message",
        "calculation",
        "readonly",
        "default",
        "appearance",
        "parameters",
        "choice_filter",
        "repeat_count",
        "trigger",
        "image",
        "audio",
        "video",
        "big-image",
        "autoplay",
        "media",
        "body",
        "bind",
        "instance",
        "control",
        "save_to",
        "disabled",
        "query",
        "rows",
        "no_app_error_string",
        "intent",
    ]
)
CHOICES: Final = frozenset(
    ["list_name", "name", "label", "score", "failed", "key", "image", "audio", "video", "big-image", "media"]
)
SETTINGS: Final = frozenset(
    [
        "form_title",
        "form_id",
        "version",
        "default_language",
        "namespaces",
        "style",
        "instance_name",
        "public_key",
        "submission_url",
        "allow_choice_duplicates",
        "instance_xmlns",
        "prefix",
        "auto_send",
        "auto_delete",
        "sms_keyword",
        "clean_text_values",
        "omit_instanceid",
        "name",
        "client_editable",
        "attribute",
        "delimiter",
    ]
)
_ALIASES: Final = {
    "calculate": "calculation",
    "relevance": "relevant",
    "read_only": "readonly",
    "command": "type",
    "tag": "name",
    "value": "name",
    "caption": "label",
    "constraining_message": "constraint_message",
    "requiredmsg": "required_message",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "list name": "list_name",
    "title": "form_title",
    "id_string": "form_id",
    "set_form_title": "form_title",
    "set_form_id": "form_id",
    "noapperrorstring": "no_app_error_string",
    "bind::relevant": "relevant",
    "bind::constraint": "constraint",
    "bind::calculate": "calculation",
    "bind::required": "required",
    "bind::readonly": "readonly",
    "bind::jr:constraintmsg": "constraint_message",
    "bind::jr:requiredmsg": "required_message",
    "body::appearance": "appearance",
    "control::appearance": "appearance",
}
# What officials write beside a form for themselves; ODK leaves such columns alone, and so do we.
_CLOSE: Final = 0.7
_FOREIGN: Final = ("#", "$", "_", "kobo--", "hxl")  # what officials comment out, and what Kobo writes for itself
_VERY_CLOSE: Final = 0.8  # where any column is allowed, only a clear slip is told
_ONCE: Final = (SURVEY | CHOICES | SETTINGS) - {
    *("label", "hint", "guidance_hint", "constraint_message", "required_message", "image", "audio", "video"),
    *("big-image", "media", "bind", "body", "instance", "control", "attribute"),
}
# What is taken out may stand once per language, or holds many things.
_REMARKS: Final = frozenset(("note", "notes", "comment", "comments", "remark", "remarks", "备注", "说明", "注"))


class Columns:
    """One sheet's headers: canonical name → headers as written (several where there are translations)."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._headers: dict[str, list[str]] = {}
        for header in sheet.headers:
            self._headers.setdefault(canonical(header), []).append(header)

    def has(self, name: str) -> bool:
        return name in self._headers

    def names(self) -> list[str]:
        return list(self._headers)

    def header(self, name: str) -> str | None:
        """The header as written, of the first column of that name."""
        return self._headers.get(name, [None])[0]

    def headers(self, name: str) -> list[str]:
        return self._headers.get(name, [])

    def get(self, row: Row, name: str) -> str:
        """The first filled cell of that name."""
        return next((row.get(header) for header in self.headers(name) if row.get(header)), "")


def canonical(header: str) -> str:
    """`Label::中文 (zh)` → `label`; `bind :: jiandu:weight` → `jiandu:weight`; aliases to the usual name."""
    parts = [part.strip() for part in header.strip().split("::")]
    base = parts[0].lower()
    if base in ("bind", "body", "control", "instance", "media") and len(parts) > 1:
        if parts[1].lower().startswith("jiandu:"):
            return parts[1].lower()
        whole = f"{base}::{parts[1].lower()}"
        return _ALIASES.get(whole, base)
    return _ALIASES.get(base, base)


def unknown_columns(columns: Columns, known: frozenset[str], *, others_allowed: bool) -> list[Fault]:
    """Columns nobody reads; with `others_allowed` only those that look like a slip of a known one."""
    faults = []
    for name in columns.names():
        for header in columns.headers(name):
            if name in known or name in _REMARKS or name.startswith(_FOREIGN):
                continue
            if name.startswith("jiandu"):
                short = name.rpartition(":")[2]
                if short in INSPECTION and name.startswith("jiandu:"):
                    continue
                hint = suggestion(short, INSPECTION, "bind::jiandu:")
                faults.append(Fault(columns.sheet.name, 1, header, "unknown-inspection-column", {"hint": hint}))
                continue
            everything = sorted(known | {f"jiandu:{short}" for short in INSPECTION})
            near = nearest(name, everything, _VERY_CLOSE if others_allowed else _CLOSE)
            if near or not others_allowed:
                hint = f"是不是“{'bind::' if near.startswith('jiandu:') else ''}{near}”？" if near else ""
                values = {"name": header, "hint": hint, "near": near}
                faults.append(Fault(columns.sheet.name, 1, header, "unknown-column", values))
    return faults


def duplicate_columns(columns: Columns) -> list[Fault]:
    """Headers that stand twice, and two spellings of one column: one of them would be lost in silence."""
    faults = []
    for header, count in Counter(columns.sheet.headers).items():
        if count > 1:
            faults.append(Fault(columns.sheet.name, 1, header, "duplicate-column", {"name": header}))
    for name in columns.names():
        headers = list(dict.fromkeys(columns.headers(name)))
        if len(headers) > 1 and name in _ONCE:
            values = {"name": headers[1], "other": headers[0]}
            faults.append(Fault(columns.sheet.name, 1, headers[1], "column-twice", values))
    return faults
