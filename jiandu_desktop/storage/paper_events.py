"""What became of issued documents and of numbers, in the order it happened."""

from __future__ import annotations

from sqlalchemy.dialects.sqlite import insert

from jiandu_desktop.domain.paper_life import PaperEvent
from jiandu_desktop.storage import records, tables
from jiandu_desktop.storage.records import Work


def add(work: Work, event: PaperEvent) -> None:
    """Keep an event; one that is there already stays as it is."""
    row = {column.name: getattr(event, column.name) for column in tables.paper_events.c}
    work.execute(insert(tables.paper_events).on_conflict_do_nothing(), [{**row, "data": dict(event.data)}])


def events(work: Work, document_id: str | None = None) -> tuple[PaperEvent, ...]:
    """The events of one document, or all there are."""
    columns = tables.paper_events.c
    conditions = [] if document_id is None else [columns.document_id == document_id]
    return records.find(work, tables.paper_events, PaperEvent, *conditions, order=[columns.at, columns.id])
