"""The tables as today's program sees them; `schema/` holds the steps that build them, a test compares the two."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text

from jiandu_desktop.domain.assignment import VisitKind
from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.paper_life import PaperStep
from jiandu_desktop.domain.problem import Grade, Handling, ProblemState, Source
from jiandu_desktop.domain.school import Stage
from jiandu_desktop.domain.visit import AnswerSource, Approach, SchoolOpinion, Timing, VisitState
from jiandu_desktop.storage.columns import Choice, Day, Figure, Json, Moment, Words
from jiandu_desktop.storage.tables_sync import (
    acknowledged,
    blob_refs,
    conflicts,
    device_reports,
    devices,
    metadata,
    operations,
    positions,
    purged,
    receipts,
    refusals,
    segments,
    wants,
)

__all__ = [
    "acknowledged",
    "blob_refs",
    "conflicts",
    "device_reports",
    "devices",
    "metadata",
    "operations",
    "positions",
    "purged",
    "receipts",
    "refusals",
    "segments",
    "wants",
]

facts = Table(
    "facts",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Json, nullable=False),
)
"""What this database is: role, unit, person, device, repository; and the user's settings."""

schools = Table(
    "schools",
    metadata,
    Column("id", Text, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("stage", Choice(Stage), nullable=False),
    *(
        Column(name, Text, nullable=False)
        for name in ("area", "district", "ownership", "setting", "address", "head", "phone")
    ),
    *(Column(name, Integer) for name in ("pupils", "teachers", "classes", "boarders")),
    Column("chain", Words, nullable=False, server_default="[]"),
)

inspectors = Table(
    "inspectors",
    metadata,
    Column("id", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("name", "certificate", "area", "employment", "phone", "stages")),
)

checklists = Table(
    "checklists",
    metadata,
    Column("file_hash", Text, primary_key=True),
    Column("form_id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("item_count", Integer, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("attachments", Json, nullable=False, server_default="{}"),
    Index("checklists_by_form", "form_id"),
)

assignments = Table(
    "assignments",
    metadata,
    Column("id", Text, primary_key=True),
    Column("school_id", Text, ForeignKey("schools.id"), nullable=False),
    Column("task", Text, nullable=False),
    Column("kind", Choice(VisitKind), nullable=False),
    Column("form_id", Text, nullable=False),
    Column("inspector_ids", Words, nullable=False),
    Column("due", Day, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Index("assignments_by_school", "school_id"),
)

visits = Table(
    "visits",
    metadata,
    Column("id", Text, primary_key=True),
    Column("assignment_id", Text, ForeignKey("assignments.id")),
    Column("school_id", Text, ForeignKey("schools.id"), nullable=False),
    Column("task", Text, nullable=False),
    Column("kind", Choice(VisitKind), nullable=False),
    Column("form_id", Text, nullable=False),
    Column("checklist_hash", Text, nullable=False),
    Column("inspector_ids", Words, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("state", Choice(VisitState), nullable=False),
    Column("companions", Text, nullable=False),
    Column("finished_at", Moment),
    Column("content_hash", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("revises", Text),
    Column("revision_reason", Text, nullable=False),
    Column("score", Figure),
    Column("vetoed", Words, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("item_total", Integer, nullable=False),
    Column("opinion", Choice(SchoolOpinion), nullable=False),
    Column("opinion_text", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("origin", Text, nullable=False, server_default=""),
    Column("approach", Choice(Approach), nullable=False, server_default="open"),
    Column("timing", Choice(Timing), nullable=False, server_default="planned"),
    Index("visits_by_school", "school_id", "finished_at"),
    Index("visits_by_assignment", "assignment_id"),
)

places = Table(
    "places",
    metadata,
    Column("visit_id", Text, ForeignKey("visits.id", ondelete="CASCADE"), primary_key=True),
    Column("ref", Text, nullable=False),
    Column("scroll", Integer, nullable=False),
    Column("unsaved", Json, nullable=False),
    Column("saved_at", Moment, nullable=False),
)

answers = Table(
    "answers",
    metadata,
    Column("visit_id", Text, ForeignKey("visits.id", ondelete="CASCADE"), primary_key=True),
    Column("ref", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)

trail = Table(
    "trail",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("visit_id", Text, ForeignKey("visits.id", ondelete="CASCADE"), nullable=False),
    Column("ref", Text, nullable=False),
    Column("old", Text),
    Column("new", Text),
    Column("at", Moment, nullable=False),
    Column("source", Choice(AnswerSource), nullable=False),
    Column("person", Text, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Index("trail_by_visit", "visit_id"),
)

received_trails = Table(
    "received_trails",
    metadata,
    Column("visit_id", Text, ForeignKey("visits.id", ondelete="CASCADE"), primary_key=True),
    Column("op_id", Text, nullable=False),
)
"""The operation that brought a visit of another laptop: its trail is read from there, and kept once."""

remarks = Table(
    "remarks",
    metadata,
    Column("visit_id", Text, ForeignKey("visits.id", ondelete="CASCADE"), primary_key=True),
    Column("ref", Text, primary_key=True),
    Column("note", Text, nullable=False),
    Column("kept", Boolean, nullable=False),
    Column("self_rating", Text, nullable=False, server_default=""),
)
"""Per item: the inspector's note, and whether a soft warning was confirmed (属实,保留)."""

owed_results = Table(
    "owed_results",
    metadata,
    Column("visit_id", Text, ForeignKey("visits.id", ondelete="CASCADE"), primary_key=True),
    Column("problem_id", Text, primary_key=True),
    Column("result", Text, nullable=False),
)
"""What a visit found of the problems that its school still owes; steps of their lives once it is frozen."""

signatures = Table(
    "signatures",
    metadata,
    Column("visit_id", Text, ForeignKey("visits.id", ondelete="CASCADE"), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("signed_at", Moment),
    Column("strokes", Json, nullable=False),
    Column("refused", Text, nullable=False, server_default=""),
    Column("witnesses", Words, nullable=False, server_default="[]"),
)

photos = Table(
    "photos",
    metadata,
    Column("id", Text, primary_key=True),
    Column("visit_id", Text, ForeignKey("visits.id", ondelete="CASCADE"), nullable=False),
    Column("ref", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("taken_at", Moment),
    Column("after", Boolean, nullable=False),
    Column("original", Text, nullable=False, server_default=""),
    Index("photos_by_visit", "visit_id"),
)

problems = Table(
    "problems",
    metadata,
    Column("id", Text, primary_key=True),
    # Empty where no visit of ours found it, so no reference.
    Column("visit_id", Text, nullable=False),
    Column("school_id", Text, ForeignKey("schools.id"), nullable=False),
    Column("ref", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("matter", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("measure", Text, nullable=False),
    Column("grade", Choice(Grade), nullable=False),
    Column("handling", Choice(Handling), nullable=False),
    Column("found_at", Moment, nullable=False),
    Column("state", Choice(ProblemState), nullable=False),
    Column("due", Day),
    Column("responsible", Text, nullable=False),
    Column("leader", Text, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("evidence_wanted", Integer, nullable=False),
    Column("notice_number", Text, nullable=False),
    Column("veto", Boolean, nullable=False),
    Column("source", Choice(Source), nullable=False),
    Column("origin", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("supervising", Text, nullable=False),
    Column("chain", Words, nullable=False),
    Column("returned", Integer, nullable=False),
    Column("rebounds", Integer, nullable=False),
    Column("extended", Integer, nullable=False),
    Column("level", Text, nullable=False),
    Column("conflicts", Words, nullable=False),
    Column("ended", Day),
    Index("problems_by_school", "school_id", "state"),
    Index("problems_by_visit", "visit_id"),
)

problem_events = Table(
    "problem_events",
    metadata,
    Column("id", Text, primary_key=True),
    # No reference: an event may arrive before the problem that it is about.
    Column("problem_id", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("person", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("parents", Words, nullable=False),
    Column("proof", Words, nullable=False),
    Column("data", Json, nullable=False),
    Index("problem_events_by_problem", "problem_id"),
)

problem_bases = Table(
    "problem_bases",
    metadata,
    Column("problem_id", Text, ForeignKey("problems.id", ondelete="CASCADE"), primary_key=True),
    Column("record", Json, nullable=False),
)
"""The record as it was issued: what its events changed is laid over it anew whenever one arrives."""

documents = Table(
    "documents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Choice(DocumentKind), nullable=False),
    Column("number", Text, nullable=False),
    # Empty where it is about no visit, or no one school.
    Column("visit_id", Text, nullable=False),
    Column("school_id", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("prints", Integer, nullable=False),
    Column("addressee", Text, nullable=False),
    Column("problems", Words, nullable=False),
    Column("device", Text, nullable=False),
    Column("words", Text, nullable=False),
    Index("documents_by_visit", "visit_id"),
    Index("documents_by_number", "number"),
)

paper_events = Table(
    "paper_events",
    metadata,
    Column("id", Text, primary_key=True),
    # No reference: an event may arrive before its document; empty where a bare number is meant.
    Column("document_id", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("step", Choice(PaperStep), nullable=False),
    Column("at", Moment, nullable=False),
    Column("person", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("data", Json, nullable=False),
    Index("paper_events_by_document", "document_id"),
)

number_blocks = Table(
    "number_blocks",
    metadata,
    Column("id", Text, primary_key=True),
    Column("device", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("used", Integer, nullable=False),
)
"""文号段: the numbers first … last of a prefix and year that one laptop may use; `used` of them are gone."""
