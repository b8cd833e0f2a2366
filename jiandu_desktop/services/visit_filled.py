"""One visit with everything that an export tells of it, whatever the format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jiandu_desktop.domain.attachment import file_name
from jiandu_desktop.domain.issued import Document
from jiandu_desktop.domain.visit import Signature, TrailEntry, Visit
from jiandu_desktop.services.open_visit import OpenVisit

if TYPE_CHECKING:
    from jiandu_desktop.form_engine import Instance


@dataclass(slots=True, kw_only=True)
class Filled:
    """One visit with everything an export tells. `values`: the submission's, by ref; `media`: ref of a photo or file
    question → the file's path inside the export, `files`: a photo's id → the same."""

    opened: OpenVisit
    instance: Instance
    xml: bytes
    values: Mapping[str, str]
    instance_id: str
    deprecated_id: str
    documents: tuple[Document, ...]
    signatures: tuple[Signature, ...]
    trail: tuple[TrailEntry, ...]
    media: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def kinds(self) -> dict[str, str]:
        """Kind of each item by its ref without rows."""
        return {ref: item.kind for ref, item in self.opened.definition.items.items()}

    def name(self) -> str:
        """Names the visit's own folder or file: day, school and the end of its identifier."""
        visit = self.opened.visit
        return file_name(f"{visit.started_at:%Y%m%d}-{self.opened.school.name}-{visit.id[-6:]}", ())


def instance_id(visit: Visit) -> str:
    """What other tools know a visit by: the same at every export, another one for each revision."""
    return f"uuid:{visit.id}"
