"""The checklists on this laptop, compiled once each and kept for ever by the hash of their workbook."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.services.store import Store
from jiandu_desktop.storage import county

if TYPE_CHECKING:
    from jiandu_desktop.form_engine import Definition
    from jiandu_desktop.storage.county import Checklist


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistRow:
    """One checklist in the library."""

    form_id: str
    title: str
    version: str
    items: int
    added_at: datetime
    file_hash: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRow:
    """One item with the clause it rests on (依据) and what counts as passing (标准)."""

    checklist: str
    section: str
    number: str
    label: str
    basis: str
    standard: str


class Checklists:
    """Definitions by workbook hash; compiling is slow, so each is done once per program run."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._compiled: dict[str, Definition] = {}
        self._lock = threading.Lock()

    def definition(self, file_hash: str) -> Definition:
        """The compiled checklist; raises Trouble `media-lost` while its workbook or a file of it has not arrived."""
        from jiandu_desktop.form_engine import load_form

        with self._lock:
            if file_hash not in self._compiled:
                with self._store.reading() as work:
                    record = county.checklist(work, file_hash)
                files = record.attachments if record is not None else {}
                for sha256 in files.values():
                    if not self._store.media.has(sha256):
                        raise Trouble("media-lost", name=sha256[:12])
                self._compiled[file_hash] = load_form(
                    self._store.media.read(file_hash),
                    attachments={name: partial(self._store.media.read, sha256) for name, sha256 in files.items()},
                    cached_in=self._store.folder.compiled,
                )
            return self._compiled[file_hash]

    def current(self, form_id: str) -> Checklist:
        """The version in force; raises Trouble `checklist-unknown`."""
        with self._store.reading() as work:
            found = county.current_checklist(work, form_id)
        if found is None:
            raise Trouble("checklist-unknown", form=form_id)
        return found

    def rows(self) -> tuple[ChecklistRow, ...]:
        """Checklists in force, by title; `here` says whether the workbook and its files have arrived."""
        with self._store.reading() as work:
            found = county.checklists(work)
        return tuple(
            ChecklistRow(
                form_id=each.form_id,
                title=each.title,
                version=each.version,
                items=each.item_count,
                added_at=each.added_at,
                file_hash=each.file_hash,
                here=all(map(self._store.media.has, (each.file_hash, *each.attachments.values()))),
            )
            for each in found
        )

    def clauses(self) -> tuple[ClauseRow, ...]:
        """Every item asked in a checklist in force that names a clause or a standard."""
        from jiandu_desktop.form_engine import Instance
        from jiandu_desktop.form_engine.build import fixed_label

        rows = []
        for row in self.rows():
            if not row.here:
                continue
            definition = self.definition(row.file_hash)
            instance = Instance(definition, now=self._store.clock)
            model = definition.form.model
            sections = {section.ref: section.label for section in definition.sections}
            rows += [
                ClauseRow(
                    checklist=row.title,
                    section=sections.get(item.section_ref, ""),
                    number=item.number,
                    # A repeat may have no row whose label could be asked for.
                    label=fixed_label(model.by_ref[ref], model) if item.repeat_ref else instance.node(ref).label,
                    basis=item.inspection.basis,
                    standard=item.inspection.standard,
                )
                for ref, item in definition.items.items()
                if item.number and (item.inspection.basis or item.inspection.standard)
            ]
        return tuple(rows)
