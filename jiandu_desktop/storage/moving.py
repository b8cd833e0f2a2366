"""What hangs on a visit's items follows when the items change their references: one visit, one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Table, insert, select, update

from jiandu_desktop.storage import records, tables
from jiandu_desktop.storage.records import Work

_OWN_WAY = frozenset(("answers", "trail", "places"))
"""Written anew by whoever moves a visit; the trail keeps the names of its time."""


def move_refs(work: Work, visit_id: str, places: Mapping[str, str | None]) -> None:
    """Notes, confirmed warnings, photos, problems and whatever else names an item of the visit.

    `places`: reference → its new one, None where what hangs on it goes. Others stay. Two references may be swapped.
    """
    for table in _hanging():
        columns = table.c
        rows = work.execute(select(table).where(columns.visit_id == visit_id)).mappings().all()
        moving = [row for row in rows if row["ref"] in places and places[row["ref"]] != row["ref"]]
        keys = [column.name for column in table.primary_key]
        if "ref" in keys:
            for row in moving:
                records.remove(work, table, columns.visit_id == visit_id, columns.ref == row["ref"])
            kept = [{**row, "ref": places[row["ref"]]} for row in moving if places[row["ref"]] is not None]
            if kept:
                work.execute(insert(table), kept)
            continue
        for row in moving:
            same = [columns[key] == row[key] for key in keys]
            if places[row["ref"]] is None:
                records.remove(work, table, *same)
            else:
                work.execute(update(table).where(*same).values(ref=places[row["ref"]]))


def _hanging() -> Iterator[Table]:
    return (
        table
        for table in tables.metadata.sorted_tables
        if table.name not in _OWN_WAY and "visit_id" in table.c and "ref" in table.c
    )
