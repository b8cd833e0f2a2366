"""How a record came about: every change in words for the screen, and as the audit.csv of the ODK family."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from jiandu_desktop.domain.visit import AnswerSource, TrailEntry, Visit
from jiandu_desktop.services.filling import NOTE_MARK
from jiandu_desktop.services.open_visit import OpenVisit
from jiandu_desktop.services.self_ratings import SELF_MARK
from jiandu_desktop.services.store import Store
from jiandu_desktop.storage import county, visits

if TYPE_CHECKING:
    from jiandu_desktop.form_engine import Instance

PHOTO_MARK, PROBLEM_MARK = "photo:", "problem:"
"""As NOTE_MARK: what hung on an item and went with it when the visit was moved to another version."""

VERSION_MARK, REOPEN_MARK = "version:", "reopen:"
"""Lines about the visit as a whole: moved to another version of its checklist; opened again after it was finished."""

AUDIT_COLUMNS = ("event", "node", "start", "end", "old-value", "new-value", "user", "change-reason")
"""The columns of ODK's audit.csv that a filled form here has values for; times in milliseconds since 1970 (UTC)."""

OWN_COLUMNS = ("jiandu-source", "jiandu-time")
"""How it came to be (`domain.visit.AnswerSource`), and the time as ISO 8601 with its offset."""

_EVENTS = {
    NOTE_MARK: "jiandu note",
    SELF_MARK: "jiandu self-rating",
    PHOTO_MARK: "jiandu photo removed",
    PROBLEM_MARK: "jiandu problem removed",
    VERSION_MARK: "jiandu version change",
    REOPEN_MARK: "change reason",
}
_ROW = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailLine:
    """One change in words. `mark`: "" for an answer, else one of the marks above; `ref`: the item's, without it."""

    at: datetime
    mark: str
    ref: str
    number: str
    label: str
    old: str
    new: str
    source: AnswerSource
    person: str
    reason: str


class Trails:
    """Reads what filling, moving, importing and reopening wrote down."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def lines(self, opened: OpenVisit, instance: Instance) -> tuple[TrailLine, ...]:
        """Every change of a visit, the oldest first; `instance` holds its answers as they stand."""
        return tuple(self._worded(opened, instance))

    def audit(self, visit_id: str) -> bytes:
        """The trail as audit.csv: UTF-8, one line per change, between `form start` and `form finalize`."""
        with self._store.reading() as work:
            visit = visits.visit(work, visit_id)
            entries = visits.trail(work, visit_id)
            names = {inspector.id: inspector.name for inspector in county.inspectors(work)}
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([*AUDIT_COLUMNS, *OWN_COLUMNS])
        writer.writerows(audit_rows(visit, entries, names))
        return out.getvalue().encode()

    def _worded(self, opened: OpenVisit, instance: Instance) -> Iterator[TrailLine]:
        from jiandu_desktop.form_engine import Refused
        from jiandu_desktop.form_engine.migrate import words

        with self._store.reading() as work:
            entries = visits.trail(work, opened.visit.id)
        names = {inspector.id: inspector.name for inspector in opened.inspectors}
        first = next(iter(opened.inspectors), None)
        for entry in entries:
            mark, ref = split_mark(entry.ref)
            old, new = entry.old or "", entry.new or ""
            number, label = "", ref.rpartition("/")[2]
            try:
                node = instance.node(ref) if ref else None
            except Refused:
                node = None  # an item of an earlier version, or a row that was taken away
            if node is not None:
                number, label = node.item.number, node.label or node.item.name
                if mark in ("", SELF_MARK):
                    old, new = words(node, old), words(node, new)
            else:
                item = opened.definition.items.get(_ROW.sub("", ref))
                number = item.number if item is not None else ""
            yield TrailLine(
                at=entry.at,
                mark=mark,
                ref=ref,
                number=number,
                label=label,
                old=old,
                new=new,
                source=entry.source,
                person=names.get(entry.person, first.name if first is not None else ""),
                reason=entry.reason,
            )


def split_mark(ref: str) -> tuple[str, str]:
    """(mark, the item's reference) of a trail line's reference."""
    mark, colon, rest = ref.partition(":")
    return (mark + colon, rest) if mark + colon in _EVENTS else ("", ref)


def audit_rows(visit: Visit, entries: tuple[TrailEntry, ...], names: dict[str, str]) -> Iterator[list[str]]:
    """The lines of audit.csv below its header; `names`: inspectors by id."""
    leader = names.get(visit.inspector_ids[0], "") if visit.inspector_ids else ""
    yield _row("form start", "", visit.started_at, user=leader, reason=visit.revision_reason)
    for entry in entries:
        mark, ref = split_mark(entry.ref)
        # What is changed in a revision is changed for the reason for which the record was opened again.
        reason = entry.reason or visit.revision_reason
        user = names.get(entry.person, leader)
        event = _EVENTS.get(mark, "question")
        yield _row(event, ref, entry.at, entry.old or "", entry.new or "", user, reason, entry.source)
    if visit.finished_at is not None:
        yield _row("form finalize", "", visit.finished_at, user=leader)


def _row(
    event: str,
    node: str,
    at: datetime,
    old: str = "",
    new: str = "",
    user: str = "",
    reason: str = "",
    source: str = "",
) -> list[str]:
    moment = str(round(at.timestamp() * 1000))
    end = moment if event == "question" else ""
    return [event, node, moment, end, old, new, user, reason, str(source), at.isoformat(timespec="milliseconds")]
