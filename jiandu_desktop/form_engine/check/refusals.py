"""What pyxform itself refuses, after our own pass found nothing: its message led back to a row and put into Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from jiandu_desktop.form_engine.faults import Fault

_KNOWN: Final = (
    (re.compile(r"duplicat", re.IGNORECASE), "refused-duplicate"),
    (re.compile(r"parameter", re.IGNORECASE), "refused-parameters"),
    (re.compile(r"appearance", re.IGNORECASE), "refused-appearance"),
    (re.compile(r"trigger", re.IGNORECASE), "refused-trigger"),
    (re.compile(r"translation|language", re.IGNORECASE), "refused-translation"),
)
_SHEET: Final = re.compile(r"On the '(survey|choices|settings|entities)' sheet")
_QUOTED: Final = re.compile(r"['\"‘“`]([\w.\-]+)['\"’”`]")


def refusal(message: str, row: int | None, names: Mapping[str, int]) -> Fault:
    """`names`: question name → row; the first name that the message quotes tells the row where it names none."""
    code = next((code for pattern, code in _KNOWN if pattern.search(message)), "refused")
    quoted = next((name for name in _QUOTED.findall(message) if name in names), None)
    if row is None and quoted is not None:
        row = names[quoted]
    named = _SHEET.search(message)
    sheet = named.group(1) if named is not None else "survey" if row is not None else ""
    return Fault(sheet, row, None, code, {"message": message})
