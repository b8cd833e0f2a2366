"""The checklists that come with the program, as an office chooses among them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from jiandu_desktop.paths import shipped_forms
from jiandu_desktop.services.checklists import ChecklistRow


class Standing(StrEnum):
    """Whether an office uses a shipped checklist: not at all, as it is, or another edition of it."""

    NEW = "new"
    IN_FORCE = "in_force"
    OTHER_EDITION = "other_edition"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedChecklist:
    """A workbook of `forms/` with what its sheet settings says."""

    path: Path
    title: str
    version: str
    standing: Standing


def shipped_checklists(in_force: Iterable[ChecklistRow]) -> tuple[ShippedChecklist, ...]:
    """All of them by title. Raises Trouble `sheet-…` where the program's own folder is damaged."""
    from jiandu_desktop.spreadsheets import read_records

    hashes = {row.form_id: row.file_hash for row in in_force}
    found = []
    for path in sorted(shipped_forms().glob("*.xlsx")):
        (said,) = read_records(path, "settings", ["form_title", "form_id", "version"])
        used = hashes.get(str(said["form_id"]))
        same = used == hashlib.sha256(path.read_bytes()).hexdigest()
        standing = Standing.NEW if used is None else Standing.IN_FORCE if same else Standing.OTHER_EDITION
        found.append(
            ShippedChecklist(path=path, title=str(said["form_title"]), version=str(said["version"]), standing=standing)
        )
    return tuple(sorted(found, key=lambda each: each.title.lstrip("“")))
