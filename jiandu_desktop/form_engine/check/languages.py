"""Translations: a text that is there in one language and missing in another."""

from __future__ import annotations

from typing import Final

from jiandu_desktop.form_engine.check.columns import Columns, canonical
from jiandu_desktop.form_engine.faults import Fault

_TRANSLATED: Final = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
_TOLD_SINGLY: Final = 5  # more gaps than that in one column are one fault: the column has not been translated


def check_languages(survey: Columns, choices: Columns | None, default: str) -> list[Fault]:
    """Warnings for what a language lacks, and for a default language that no column is in."""
    sheets = [survey] if choices is None else [survey, choices]
    languages = {
        language_of(header): None for columns in sheets for name in _TRANSLATED for header in columns.headers(name)
    }
    named = [language for language in languages if language]
    if not named:
        return []
    faults = []
    if default and default not in named and "" not in languages:
        values = {"name": default, "known": "、".join(named)}
        faults.append(Fault("settings", 2, "default_language", "unknown-default-language", values, warning=True))
    # Texts without a language are in the default one.
    known = {language or default for language in languages}
    for columns in sheets:
        for name in _TRANSLATED:
            faults.extend(_gaps(columns, name, sorted(known), default))
    return faults


def language_of(header: str) -> str:
    """`label::English (en)` → `English (en)`; "" for a header without a language."""
    parts = [part.strip() for part in header.split("::")]
    return parts[-1] if len(parts) > 1 and canonical(parts[0]) in _TRANSLATED else ""


def _gaps(columns: Columns, name: str, languages: list[str], default: str) -> list[Fault]:
    headers = {language_of(header) or default: header for header in columns.headers(name)}
    if not headers:
        return []
    faults = []
    for language in languages:
        header = headers.get(language)
        gaps = [
            row.number
            for row in columns.sheet.rows
            if any(row.get(other) for other in headers.values()) and not (header and row.get(header))
        ]
        if not gaps:
            continue
        shown = language or "默认语言"
        if header is None or len(gaps) > _TOLD_SINGLY:
            values = {"column": name, "language": shown, "count": len(gaps), "first": gaps[0]}
            place = header or next(iter(headers.values()))
            faults.append(Fault(columns.sheet.name, 1, place, "missing-translations", values, warning=True))
        else:
            values = {"column": name, "language": shown}
            faults += [
                Fault(columns.sheet.name, row, header, "missing-translation", values, warning=True) for row in gaps
            ]
    return faults
