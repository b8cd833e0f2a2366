"""The frozen record of a visit: everything that was filled in, as it is hashed and as it travels."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

from jiandu_desktop.domain.visit import Visit
from jiandu_desktop.services.wire import to_wire
from jiandu_desktop.storage import self_ratings, visits
from jiandu_desktop.storage.records import Work
from jiandu_desktop.sync.operation import BlobRef, Draft, period_of


def content(work: Work, visit: Visit) -> dict[str, Any]:
    """The record without its own hash: visit, answers, 自评, notes, trail, photos by hash, signatures."""
    notes, kept = visits.remarks(work, visit.id)
    ratings = self_ratings.self_ratings(work, visit.id)
    return {
        "visit": to_wire(replace(visit, content_hash="")),
        "answers": visits.answers(work, visit.id),
        "notes": notes,
        "kept": sorted(kept),
        **({"self": ratings} if ratings else {}),
        "trail": to_wire(visits.trail(work, visit.id)),
        "photos": to_wire(visits.photos(work, visit_id=visit.id)),
        "signatures": to_wire(visits.signatures(work, visit.id)),
    }


def digest(record: dict[str, Any]) -> str:
    """SHA-256 of the record as JSON with sorted keys."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def drafts(work: Work, visit: Visit, checklist: BlobRef | None = None) -> list[Draft]:
    """The journal's entry for the record; it names the bytes of each photo and file once.

    `checklist` are those of a workbook that was made for this visit alone.
    """
    photos = {photo.sha256: photo for photo in visits.photos(work, visit_id=visit.id)}
    blobs = [
        BlobRef(photo.sha256, photo.bytes, period_of(photo.added_at), "photo" if photo.is_picture else "file").to_json()
        for photo in photos.values()
    ]
    if checklist is not None:
        blobs.append(checklist.to_json())
    record = {**content(work, visit), "visit": to_wire(visit), "blobs": blobs}
    return [Draft("visit.finished", visit.id, record)]
