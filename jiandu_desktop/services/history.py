"""What was found at a school the last time, so that nobody starts from nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.services.store import Store
from jiandu_desktop.storage import visits

if TYPE_CHECKING:
    from jiandu_desktop.form_engine import Definition
    from jiandu_desktop.services.checklists import Checklists
    from jiandu_desktop.services.rows import LastVisit


def last_visit(store: Store, checklists: Checklists, school_id: str, form_id: str | None = None) -> LastVisit | None:
    """The school's last finished visit; with answers in words where `form_id` asks for that checklist."""
    from jiandu_desktop.services.rows import LastAnswer, LastVisit

    with store.reading() as work:
        visit = visits.last_finished(work, school_id, form_id)
        if visit is None:
            return None
        values = visits.answers(work, visit.id) if form_id else {}
        notes = visits.remarks(work, visit.id)[0] if form_id else {}
        photos = visits.photos(work, visit_id=visit.id) if form_id else ()
    answers: dict[str, LastAnswer] = {}
    if form_id:
        try:
            definition = checklists.definition(visit.checklist_hash)
        except Trouble:
            # The old workbook has not arrived here; its answers cannot be put into words.
            definition = None
        if definition is not None:
            from jiandu_desktop.form_engine import Instance

            instance = Instance(definition, now=store.clock, values=values)
            for ref, item in definition.items.items():
                if not values.get(ref) or item.kind in ("hidden", "calculate"):
                    continue
                node = instance.node(ref)
                chosen = values[ref].split(" ")
                labels = [choice.label for choice in node.choices if choice.value in chosen]
                answers[item.name] = LastAnswer(
                    value=values[ref],
                    label="、".join(labels) or values[ref],
                    note=notes.get(ref, ""),
                    failed=node.failed,
                    photos=tuple(photo.sha256 for photo in photos if photo.ref == ref),
                )
    return LastVisit(
        visit_id=visit.id, day=visit.started_at.date(), task=visit.task, score=visit.score, answers=answers
    )


def under_current_names(last: LastVisit | None, definition: Definition) -> LastVisit | None:
    """The answers of last time by the names that the items have in `definition` (`bind::jiandu:was`)."""
    from jiandu_desktop.form_engine.migrate import current_names

    if last is None:
        return None
    names = current_names(definition, {name: name for name in last.answers})
    return replace(last, answers={name: last.answers[former] for name, former in names.items()})
