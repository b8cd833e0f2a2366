"""What a sync did, counted after reading back: the facts behind 「3 份记录、41 张照片、4 份文书,17:02 已核对」."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum

from jiandu_desktop.sync.operation import BlobRef, Op
from jiandu_desktop.sync.refusal import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts of things, each thing once; `bytes` are those of segments and blobs together."""

    visits: int = 0
    problems: int = 0
    assignments: int = 0
    schools: int = 0
    operations: int = 0
    photos: int = 0
    documents: int = 0
    checklists: int = 0
    other_blobs: int = 0
    segments: int = 0
    bytes: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(**{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)})

    def __bool__(self) -> bool:
        return self != Tally()


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """`sent` was put into the folder and read back equal; `arrived` was verified and stored here.

    `waiting` is what still has to leave; `trouble` is the code of what cut the work short ("" = all done);
    `renewed` says that this device goes on under a new identity, as it had been restored or copied;
    `acknowledged` is the highest segment of each device that the office has confirmed.
    """

    checked_at: datetime
    sent: Tally = field(default_factory=Tally)
    arrived: Tally = field(default_factory=Tally)
    waiting: Tally = field(default_factory=Tally)
    refused: tuple[Refusal, ...] = ()
    acknowledged: Mapping[str, int] = field(default_factory=dict)
    trouble: str = ""
    trouble_values: Mapping[str, str] = field(default_factory=dict)
    renewed: bool = False

    @property
    def complete(self) -> bool:
        """Nothing waits, nothing was refused, nothing stood in the way."""
        return not (self.waiting or self.refused or self.trouble)


class Stage(StrEnum):
    """Where a finished record is: 本机已保存 → 已放入共享文件夹 → 办公室已确认."""

    SAVED = "saved"
    IN_FOLDER = "in-folder"
    CONFIRMED = "confirmed"


class Count:
    """A tally under way; an entity or blob that is met twice counts once."""

    def __init__(self) -> None:
        self._entities: set[tuple[str, str]] = set()
        self._blobs: dict[str, str] = {}
        self._operations = 0
        self._segments = 0
        self._bytes = 0

    def segment(self, ops: Iterable[Op], size: int) -> None:
        for op in ops:
            self._entities.add((op.kind.partition(".")[0], op.entity))
            self._operations += 1
        self._segments += 1
        self._bytes += size

    def blob(self, ref: BlobRef) -> None:
        if ref.name not in self._blobs:
            self._blobs[ref.name] = ref.role
            self._bytes += ref.length

    def tally(self) -> Tally:
        families = [family for family, _ in self._entities]
        roles = list(self._blobs.values())
        photos, documents, checklists = (roles.count(role) for role in ("photo", "document", "checklist"))
        return Tally(
            visits=families.count("visit"),
            problems=families.count("problem"),
            assignments=families.count("assignment"),
            schools=families.count("school"),
            operations=self._operations,
            photos=photos,
            documents=documents,
            checklists=checklists,
            other_blobs=len(roles) - photos - documents - checklists,
            segments=self._segments,
            bytes=self._bytes,
        )
