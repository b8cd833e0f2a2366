"""Issued documents as rounds with a shared folder ask for them: what came since, and what bears the same number."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnClause, Integer, func, literal_column, select

from jiandu_desktop.domain.issued import Document
from jiandu_desktop.storage import records, tables
from jiandu_desktop.storage.records import Work

_PLACE: ColumnClause[int] = literal_column("documents.rowid", Integer)


def last_place(work: Work) -> int:
    """The place of the newest document in the order in which they came here; 0 for none."""
    return int(work.execute(select(func.max(_PLACE)).select_from(tables.documents)).scalar() or 0)


def documents_after(work: Work, place: int) -> tuple[Document, ...]:
    """The documents that came after that place, in their order."""
    return records.find(work, tables.documents, Document, place < _PLACE, order=[_PLACE])


def documents_numbered(work: Work, number: str) -> tuple[Document, ...]:
    """The documents that bear this number: one, where nothing went wrong."""
    columns = tables.documents.c
    return records.find(work, tables.documents, Document, columns.number == number, order=[columns.id])


def documents_named(work: Work, ids: Collection[str]) -> tuple[Document, ...]:
    """These documents."""
    found: list[Document] = []
    for batch in records.chunks(ids):
        found += records.find(work, tables.documents, Document, tables.documents.c.id.in_(batch))
    return tuple(found)
