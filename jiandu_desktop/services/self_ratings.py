"""自评: what a school says of itself beside the inspector's answer, kept while the visit is open."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.visit import AnswerSource, TrailEntry, Visit, VisitState
from jiandu_desktop.services.store import Store
from jiandu_desktop.storage import self_ratings, visits

if TYPE_CHECKING:
    from jiandu_desktop.storage.records import Work

SELF_MARK = "self:"
"""Before the item's reference in the trail."""


def must_be_open(work: Work, visit_id: str) -> Visit:
    """The visit, if it may still be changed; raises Trouble `visit-frozen`, LookupError."""
    visit = visits.visit(work, visit_id)
    if visit.state is not VisitState.DRAFT:
        raise Trouble("visit-frozen", when=f"{visit.finished_at:%Y-%m-%d %H:%M}" if visit.finished_at else "?")
    return visit


def keep_self_rating(store: Store, visit_id: str, ref: str, value: str) -> datetime:
    """Write the value ("" for none) and its line in the trail; raises Trouble `visit-frozen`."""
    now = store.clock()
    with store.writing() as work:
        must_be_open(work, visit_id)
        old = self_ratings.self_ratings(work, visit_id).get(ref)
        if (old or "") == value:
            return now
        self_ratings.put_self_rating(work, visit_id, ref, value)
        entry = TrailEntry(
            ref=SELF_MARK + ref,
            old=old,
            new=value or None,
            at=now,
            source=AnswerSource.BY_HAND,
            person=store.membership().person,
        )
        visits.write_trail(work, visit_id, entry)
    return now
