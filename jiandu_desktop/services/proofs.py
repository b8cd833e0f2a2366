"""Photos and papers that prove a step: taken in as any photo, kept by their hash, sent along as stored bytes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jiandu_desktop.domain.attachment import MEGABYTE, Wanted, media_type
from jiandu_desktop.domain.problem import ProblemEvent
from jiandu_desktop.domain.visit import Photo
from jiandu_desktop.services import attachments
from jiandu_desktop.services.preferences import Preferences
from jiandu_desktop.services.store import Store
from jiandu_desktop.sync.operation import BlobRef, period_of

FILES = "files"
"""Where a step's `data` names its proof: SHA-256 → name, and of a picture its size in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One photo or file that is kept here, before the step that it proves is taken."""

    ref: BlobRef
    name: str
    added_at: datetime
    width: int = 0
    height: int = 0
    taken_at: datetime | None = None

    def photo(self) -> Photo:
        """As the window shows photos; it belongs to no visit."""
        return Photo(
            id=self.ref.name,
            visit_id="",
            ref="",
            sha256=self.ref.name,
            name=self.name,
            bytes=self.ref.length,
            width=self.width,
            height=self.height,
            added_at=self.added_at,
            taken_at=self.taken_at,
        )


class Proofs:
    """Takes in what proves a step."""

    def __init__(self, store: Store, preferences: Preferences) -> None:
        self._store = store
        self._preferences = preferences

    def take_in(self, source: Path | bytes, name: str, taken: Collection[str] = ()) -> Proof:
        """Keep a photo, or a paper that is none; `taken` are the names already used for this step.

        Raises Trouble as `attachments.take_in` does, `disk-full`; nothing is kept then.
        """
        now = self._store.clock()
        kind = "image" if not name or media_type(name).startswith("image/") else "file"
        arrived = attachments.take_in(
            source,
            name,
            Wanted(kind=kind),
            taken=taken,
            photo_limit=int(self._preferences.get("photo_limit_mb")) * MEGABYTE,
            zone=now.tzinfo or UTC,
            edge=int(self._preferences.get("photo_edge")),
        )
        sha256 = self._store.media.keep(arrived.content)
        return Proof(
            ref=BlobRef(sha256, len(arrived.content), period_of(now), "photo"),
            name=arrived.name,
            added_at=now,
            width=arrived.width,
            height=arrived.height,
            taken_at=arrived.taken_at,
        )


def named(data: Mapping[str, Any], proofs: Sequence[Proof]) -> dict[str, Any]:
    """`data` of a step with the names of its proof, so that others see more than a hash."""
    if not proofs:
        return dict(data)
    files = {each.ref.name: {"name": each.name, "width": each.width, "height": each.height} for each in proofs}
    return {**data, FILES: files}


def proof_photos(event: ProblemEvent) -> tuple[Photo, ...]:
    """The proof of a step as photos, in its order; what its data does not name is taken for a picture."""
    known = event.data.get(FILES)
    files: Mapping[str, Any] = known if isinstance(known, Mapping) else {}
    found = []
    for sha256 in event.proof:
        said = files.get(sha256)
        facts: Mapping[str, Any] = said if isinstance(said, Mapping) else {"width": 1, "height": 1}
        found.append(
            Photo(
                id=f"{event.id}:{sha256}",
                visit_id="",
                ref=event.id,
                sha256=sha256,
                name=str(facts.get("name", "")),
                bytes=0,
                width=_figure(facts.get("width")),
                height=_figure(facts.get("height")),
                added_at=event.at,
            )
        )
    return tuple(found)


def _figure(value: Any) -> int:
    return value if isinstance(value, int) and value > 0 else 0
