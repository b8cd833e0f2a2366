"""The tables of sync: the journal, what is known of other devices, and what the last rounds did."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, MetaData, Table, Text

from jiandu_desktop.storage.columns import Json, Moment, Words

metadata = MetaData()

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
    Index("operations_by_segment", "device", "segment", "number"),
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
    # Everything but the bytes: a list of segments need not pass over them.
    Index("segments_briefly", "device", "seq", "digest", "first_op", "last_op", "sent"),
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
    Index("blob_refs_by_device", "device", "sent", "seq"),
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
