"""The tables as today's program sees them; `schema/` holds the steps that build them, a test compares the two."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

from jiandu_desktop.domain.assignment import VisitKind
from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.problem import Grade, Handling, ProblemState, Source
from jiandu_desktop.domain.school import Stage
from jiandu_desktop.domain.visit import AnswerSource, SchoolOpinion, VisitState
from jiandu_desktop.storage.columns import Choice, Day, Figure, Json, Moment, Words

metadata = MetaData()

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

remarks = Table(
    "remarks",
    metadata,
    Column("visit_id", Text, ForeignKey("visits.id", ondelete="CASCADE"), primary_key=True),
    Column("ref", Text, primary_key=True),
    Column("note", Text, nullable=False),
    Column("kept", Boolean, nullable=False),
)
"""Per item: the inspector's note, and whether a soft warning was confirmed (属实,保留)."""

signatures = Table(
    "signatures",
    metadata,
    Column("visit_id", Text, ForeignKey("visits.id", ondelete="CASCADE"), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("signed_at", Moment),
    Column("strokes", Json, nullable=False),
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
    Index("documents_by_visit", "visit_id"),
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

devices = Table(
    "devices",
    metadata,
    Column("device", Text, primary_key=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("person", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("invitation", Text, nullable=False),
    Column("certified", Boolean, nullable=False),
    Column("last_seq", Integer),
    Column("forked_from", Text, nullable=False, server_default=""),
)

operations = Table(
    "operations",
    metadata,
    Column("op_id", Text, primary_key=True),
    Column("device", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("hlc", Text, nullable=False),
    Column("parents", Words, nullable=False),
    Column("person", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("data", Json, nullable=False),
    Column("segment", Integer),
    Index("operations_by_entity", "entity"),
    Index("operations_by_device", "device", "number"),
)
"""Every fact that travels, own and received; `segment` is the number of the segment that carries it, if any yet."""

segments = Table(
    "segments",
    metadata,
    Column("device", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("first_op", Integer, nullable=False),
    Column("last_op", Integer, nullable=False),
    Column("sent", Boolean, nullable=False),
)
"""Frozen bytes: own segments are re-sent from here, received ones let the office heal the folder."""

blob_refs = Table(
    "blob_refs",
    metadata,
    Column("name", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("length", Integer, nullable=False),
    Column("period", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("sent", Boolean, nullable=False),
    Column("stored", Boolean, nullable=False),
    Index("blob_refs_missing", "stored", "role"),
)
"""Stored bytes that frozen segments name: own ones until they were read back from a folder, others' until here."""

positions = Table(
    "positions",
    metadata,
    Column("device", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("digest", Text, nullable=False),
)

acknowledged = Table(
    "acknowledged",
    metadata,
    Column("device", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("digest", Text, nullable=False, server_default=""),
)

wants = Table(
    "wants",
    metadata,
    Column("publisher", Text, primary_key=True),
    Column("blobs", Words, nullable=False),
    Column("segments", Json, nullable=False),
    Column("quarantined", Json, nullable=False, server_default="[]"),
)

refusals = Table(
    "refusals",
    metadata,
    Column("name", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("facts", Json, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

receipts = Table(
    "receipts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("folder", Text, nullable=False),
    Column("report", Json, nullable=False),
)

purged = Table(
    "purged",
    metadata,
    Column("name", Text, primary_key=True),
    Column("at", Moment, nullable=False),
)
"""Bytes given up here after the office had confirmed them; fetched again on demand."""

device_reports = Table(
    "device_reports",
    metadata,
    Column("device", Text, primary_key=True),
    Column("app_version", Text, nullable=False),
    Column("read_at", Moment, nullable=False),
    Column("written_at", Moment, nullable=False),
)
"""Per device whose journal is read: its program, when its last segment was read here and when it was written there."""

conflicts = Table(
    "conflicts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("entity", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("values", Json, nullable=False),
    Column("found_at", Moment, nullable=False),
    Column("resolved_at", Moment),
    Column("resolution", Json, nullable=False),
    Column("reason", Text, nullable=False),
    Column("person", Text, nullable=False),
    Index("conflicts_by_entity", "entity"),
)
"""Values of one field that were written without knowledge of each other, and how a person decided."""
