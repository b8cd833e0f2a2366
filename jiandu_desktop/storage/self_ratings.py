"""自评: what the school says of itself beside the inspector's answer, kept with the item's other remarks."""

from __future__ import annotations

from sqlalchemy import select

from jiandu_desktop.storage import records, tables
from jiandu_desktop.storage.records import Work


def self_ratings(work: Work, visit_id: str) -> dict[str, str]:
    """Values by item reference, in the form engine's own text."""
    columns = tables.remarks.c
    rows = work.execute(
        select(columns.ref, columns.self_rating).where(columns.visit_id == visit_id, columns.self_rating != "")
    )
    return dict(rows.all())


def put_self_rating(work: Work, visit_id: str, ref: str, value: str) -> None:
    """Keep what the school said, "" for nothing; the item's note stays as it is."""
    columns = tables.remarks.c
    known = work.execute(
        select(columns.note, columns.kept).where(columns.visit_id == visit_id, columns.ref == ref)
    ).first()
    note, kept = (known.note, known.kept) if known is not None else ("", False)
    records.put_values(
        work,
        tables.remarks,
        {"visit_id": visit_id, "ref": ref, "note": note, "kept": kept, "self_rating": value},
    )
