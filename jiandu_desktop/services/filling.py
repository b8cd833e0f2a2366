"""Filling in a visit: everything the inspector does is durable when the call returns."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jiandu_desktop.domain.assignment import VisitKind
from jiandu_desktop.domain.attachment import MEGABYTE, Wanted
from jiandu_desktop.domain.problem import OPEN_STATES, Problem, ProblemState
from jiandu_desktop.domain.recheck import FORM_ID, to_look_at
from jiandu_desktop.domain.visit import (
    AnswerSource,
    Approach,
    Photo,
    Place,
    SchoolOpinion,
    Signature,
    Timing,
    TrailEntry,
    Visit,
    VisitState,
)
from jiandu_desktop.paths import write_atomically
from jiandu_desktop.services import attachments, recheck
from jiandu_desktop.services import photos as photo_intake
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.checklists import Checklists
from jiandu_desktop.services.history import last_visit, under_current_names
from jiandu_desktop.services.open_visit import AnswerChange, OpenVisit, Tally, people_at, prefill
from jiandu_desktop.services.overview import read_overview, visit_rows
from jiandu_desktop.services.owed import keep_owed_result
from jiandu_desktop.services.preferences import Preferences
from jiandu_desktop.services.rows import LastVisit, VisitRow
from jiandu_desktop.services.self_ratings import keep_self_rating, must_be_open
from jiandu_desktop.services.store import Store
from jiandu_desktop.storage import county, self_ratings, visits
from jiandu_desktop.storage import owed as owed_table

PHOTO = Wanted()
"""A photo that proves an item: a picture of any size."""

NOTE_MARK = "note:"
"""In the trail, a note's reference is the item's with this before it."""


class Visits:
    """Starting, filling in and listing visits. Finishing is in `services.finishing`."""

    def __init__(self, store: Store, checklists: Checklists, preferences: Preferences) -> None:
        self._store = store
        self._checklists = checklists
        self._preferences = preferences
        self._thumbnails: dict[tuple[str, int], bytes] = {}
        self._opened_cleared = False

    def rows(self) -> tuple[VisitRow, ...]:
        """Every visit, the newest first."""
        return tuple(visit_rows(read_overview(self._store, problems="counted")))

    def start(self, assignment_id: str) -> OpenVisit:
        """Begin the visit of an assignment, or go on with the one begun.

        One of the kind 复查 gets its checklist from the school's problems. Raises Trouble `checklist-unknown`, and
        `recheck-nothing` where there is no problem to be looked at: then nothing is begun.
        """
        with self._store.reading() as work:
            assignment = county.assignment(work, assignment_id)
            begun = visits.visits(work, assignment_id=assignment_id)
        if begun:
            return self.resume(begun[0].id)
        if assignment.kind is VisitKind.RECHECK:
            checklist = FORM_ID, recheck.make_checklist(self._store, assignment.school_id)
        else:
            checklist = self._in_force(assignment.form_id)
        return self._begin(
            assignment.school_id,
            checklist,
            task=assignment.task,
            kind=assignment.kind,
            inspector_ids=assignment.inspector_ids,
            assignment_id=assignment_id,
        )

    def start_free(self, school_id: str, form_id: str, task: str, with_others: tuple[str, ...] = ()) -> OpenVisit:
        """Begin a visit that no plan asked for; this laptop's inspector leads, `with_others` come along."""
        people = dict.fromkeys((self._store.membership().person, *with_others))
        return self._begin(
            school_id,
            self._in_force(form_id),
            task=task,
            kind=VisitKind.ROUTINE,
            inspector_ids=tuple(people),
            assignment_id=None,
        )

    def start_recheck(self, school_id: str = "", problem_ids: Collection[str] = ()) -> OpenVisit:
        """Begin a re-check of the school's problems, or of those named; one begun here already is gone on with.

        Raises Trouble `recheck-nothing`, and `recheck-several-schools` where no school is given and the problems are
        of more than one.
        """
        with self._store.reading() as work:
            school_id = school_id or recheck.school_of(work, problem_ids)
            begun = [each for each in visits.drafts(work) if recheck.is_recheck(each) and each.school_id == school_id]
        if begun:
            return self.resume(begun[0].id)
        return self._begin(
            school_id,
            (FORM_ID, recheck.make_checklist(self._store, school_id, problem_ids)),
            task=recheck.TASK,
            kind=VisitKind.RECHECK,
            inspector_ids=(self._store.membership().person,),
            assignment_id=None,
        )

    def resume(self, visit_id: str) -> OpenVisit:
        """The visit exactly as it was left; raises Trouble `media-lost` if its checklist's workbook is not here."""
        with self._store.reading() as work:
            visit = visits.visit(work, visit_id)
            school = county.school(work, visit.school_id)
            notes, kept = visits.remarks(work, visit_id)
            ratings = self_ratings.self_ratings(work, visit_id)
            found = owed_table.owed_results(work, visit_id)
            people = {inspector.id: inspector for inspector in county.inspectors(work)}
            problems = visits.problems(work, visit_id=visit_id)
            at_school = visits.problems(work, school_id=visit.school_id)
            values, place = visits.answers(work, visit_id), visits.place(work, visit_id)
            taken = visits.photos(work, visit_id=visit_id)
        definition = self._checklists.definition(visit.checklist_hash)
        if recheck.is_recheck(visit):
            with self._store.reading() as work:
                last: LastVisit | None = recheck.as_found(work, definition, visit.started_at.date())
        else:
            last = last_visit(self._store, self._checklists, visit.school_id, visit.form_id)
            last = under_current_names(last, definition)
        still_open = tuple(each for each in at_school if each.state in OPEN_STATES)
        return OpenVisit(
            visit=visit,
            school=school,
            definition=definition,
            values=values,
            notes=notes,
            self_ratings=ratings,
            kept=kept,
            photos=taken,
            problems=problems,
            place=place,
            inspectors=tuple(people[each] for each in visit.inspector_ids if each in people),
            prefill=prefill(definition, school, last),
            last_saved=self._last_saved(visit) if definition.asks_for_last_saved else {},
            last=last,
            open_problems=still_open,
            people=people_at(school, at_school),
            owed=() if recheck.is_recheck(visit) else to_look_at(still_open),
            owed_results=found,
        )

    def _last_saved(self, visit: Visit) -> dict[str, str]:
        with self._store.reading() as work:
            for found in visits.visits(work):
                same = (found.form_id, found.inspector_ids[:1]) == (visit.form_id, visit.inspector_ids[:1])
                if same and found.state is not VisitState.DRAFT:
                    return visits.answers(work, found.id)
        return {}

    def save_answers(self, visit_id: str, changes: Sequence[AnswerChange], place: Place, tally: Tally) -> datetime:
        """Write answers, their trail and the place in one transaction; returns the time it became durable."""
        now, person = self._store.clock(), self._store.membership().person
        with self._store.writing() as work:
            if not visits.set_tally(work, visit_id, tally.answered, tally.total):
                must_be_open(work, visit_id)
            visits.write_answers(
                work,
                visit_id,
                [
                    TrailEntry(ref=each.ref, old=None, new=each.value, at=now, source=each.source, person=person)
                    for each in changes
                ],
            )
            visits.write_place(work, visit_id, place, now)
        self._store.publish(Changes(visits=frozenset({visit_id})))
        return now

    def save_note(self, visit_id: str, ref: str, text: str) -> datetime:
        """Write the note of one item and its line in the trail."""
        now = self._store.clock()
        with self._store.writing() as work:
            must_be_open(work, visit_id)
            old = visits.remarks(work, visit_id)[0].get(ref)
            visits.write_note(work, visit_id, ref, text)
            entry = TrailEntry(
                ref=NOTE_MARK + ref,
                old=old,
                new=text or None,
                at=now,
                source=AnswerSource.BY_HAND,
                person=self._store.membership().person,
            )
            visits.write_trail(work, visit_id, entry)
        return now

    def save_self_rating(self, visit_id: str, ref: str, value: str) -> datetime:
        """What the school says of itself (自评) about one item, "" for nothing."""
        return keep_self_rating(self._store, visit_id, ref, value)

    def save_owed_result(self, visit_id: str, problem_id: str, result: str) -> datetime:
        """What was found of a problem that the school still owes (已改, 部分整改, 未改), "" for nothing."""
        return keep_owed_result(self._store, visit_id, problem_id, result)

    def save_place(self, visit_id: str, place: Place) -> datetime:
        """Remember where the inspector is, with half-typed text."""
        now = self._store.clock()
        with self._store.writing() as work:
            visits.write_place(work, visit_id, place, now)
        return now

    def keep_warning(self, visit_id: str, ref: str, keep: bool) -> datetime:
        """Confirm (属实,保留) or take back a soft warning."""
        with self._store.writing() as work:
            must_be_open(work, visit_id)
            visits.keep_warning(work, visit_id, ref, keep)
        return self._store.clock()

    def save_problem(self, problem: Problem) -> Problem:
        """Write a problem of an open visit."""
        with self._store.writing() as work:
            must_be_open(work, problem.visit_id)
            visits.put_problem(work, problem)
        self._store.publish(Changes(problems=frozenset({problem.id}), visits=frozenset({problem.visit_id})))
        return problem

    def drop_problem(self, problem_id: str) -> None:
        """Take back a problem of an open visit (its answer was changed)."""
        with self._store.writing() as work:
            problem = visits.problem(work, problem_id)
            if problem is None:
                return
            must_be_open(work, problem.visit_id)
            if problem.state is not ProblemState.FOUND:
                raise ValueError("an issued problem is never dropped")
            visits.remove_problem(work, problem_id)
        self._store.publish(Changes(problems=frozenset({problem_id}), visits=frozenset({problem.visit_id})))

    def add_photo(
        self,
        visit_id: str,
        ref: str,
        source: Path | bytes,
        name: str,
        *,
        after: bool = False,
        wanted: Wanted = PHOTO,
        covers: Photo | None = None,
    ) -> Photo:
        """Take a photo in as proof of an item, or what `wanted` says as the answer of a photo or file question.

        `after` marks the photo taken once it was put right; `covers` is the photo on whose copy this one was drawn: it
        was taken when that was. The record's name is unique in the visit. Raises Trouble as `attachments.take_in` and
        `refuse_again`, and disk-full; nothing is kept then.
        """
        now, limit = self._store.clock(), int(self._preferences.get("photo_limit_mb")) * MEGABYTE
        with self._store.reading() as work:
            there = visits.photos(work, visit_id=visit_id)
        known = {each.name for each in there}
        sizes = {"photo_limit": limit, "edge": int(self._preferences.get("photo_edge"))}
        arrived = attachments.take_in(source, name, wanted, taken=known, zone=now.tzinfo or UTC, **sizes)
        attachments.refuse_again(arrived, name, [each for each in there if (each.ref, each.after) == (ref, after)])
        photo = Photo(
            id=self._store.new_id(),
            visit_id=visit_id,
            ref=ref,
            sha256=self._store.media.keep(arrived.content),
            name=arrived.name,
            bytes=len(arrived.content),
            width=arrived.width,
            height=arrived.height,
            added_at=now,
            taken_at=arrived.taken_at if covers is None else covers.taken_at,
            after=after,
            original=arrived.original if covers is None else covers.original or covers.sha256,
        )
        with self._store.writing() as work:
            must_be_open(work, visit_id)
            visits.put_photo(work, photo)
        self._store.publish(Changes(visits=frozenset({visit_id})))
        return photo

    def remove_photo(self, photo_id: str) -> None:
        """Take a photo out of an open visit; its bytes stay until backups are thinned."""
        with self._store.writing() as work:
            photo = visits.photo(work, photo_id)
            if photo is None:
                return
            must_be_open(work, photo.visit_id)
            visits.remove_photo(work, photo_id)
        self._store.publish(Changes(visits=frozenset({photo.visit_id})))

    def restore_photo(self, photo: Photo) -> None:
        """Put back a photo that was taken out."""
        with self._store.writing() as work:
            must_be_open(work, photo.visit_id)
            visits.put_photo(work, photo)
        self._store.publish(Changes(visits=frozenset({photo.visit_id})))

    def photo_bytes(self, sha256: str) -> bytes:
        """The photo as it was taken in; raises Trouble `media-lost`."""
        return self._store.media.read(sha256)

    def save_file(self, photo: Photo, path: Path) -> None:
        """Write a photo or file to `path`; raises Trouble `media-lost`, `file-not-writable`, `disk-full`."""
        write_atomically(path, self._store.media.read(photo.sha256))

    def file_to_open(self, photo: Photo) -> Path:
        """A copy under its own name for the system's program to open; the copies of earlier sessions go.

        Raises Trouble as `save_file`.
        """
        folder = self._store.folder.root / "opened"
        if not self._opened_cleared:
            shutil.rmtree(folder, ignore_errors=True)
            self._opened_cleared = True
        path = folder / photo.sha256[:12] / photo.name
        self.save_file(photo, path)
        return path

    def thumbnail(self, sha256: str, height_px: int) -> bytes:
        """A PNG of that height; raises Trouble `media-lost`."""
        key = (sha256, height_px)
        if key not in self._thumbnails:
            self._thumbnails[key] = photo_intake.thumbnail(self._store.media.read(sha256), height_px)
        return self._thumbnails[key]

    def save_opinion(self, visit_id: str, opinion: SchoolOpinion, text: str) -> None:
        """What the school says to the findings."""
        self._change(visit_id, opinion=opinion, opinion_text=text)

    def save_companions(self, visit_id: str, text: str) -> None:
        """Who came along (同行人员), free text."""
        self._change(visit_id, companions=text)

    def save_manner(self, visit_id: str, approach: Approach, timing: Timing) -> None:
        """督导方式: 明察 or 暗访, 定期 or 随机."""
        self._change(visit_id, approach=approach, timing=timing)

    def save_signature(self, visit_id: str, signature: Signature) -> None:
        """Keep a signature of the open visit; one without strokes clears it."""
        with self._store.writing() as work:
            must_be_open(work, visit_id)
            visits.put_signature(work, visit_id, signature)

    def signatures(self, visit_id: str) -> tuple[Signature, ...]:
        """The signatures given so far."""
        with self._store.reading() as work:
            return visits.signatures(work, visit_id)

    def _change(self, visit_id: str, **values: Any) -> None:
        with self._store.writing() as work:
            visit = must_be_open(work, visit_id)
            visits.put_visit(work, replace(visit, **values))
        self._store.publish(Changes(visits=frozenset({visit_id})))

    def _in_force(self, form_id: str) -> tuple[str, str]:
        """Form and hash of the version in force, compiled and ready."""
        checklist = self._checklists.current(form_id)
        self._checklists.definition(checklist.file_hash)
        return form_id, checklist.file_hash

    def _begin(
        self,
        school_id: str,
        checklist: tuple[str, str],
        *,
        task: str,
        kind: VisitKind,
        inspector_ids: tuple[str, ...],
        assignment_id: str | None,
    ) -> OpenVisit:
        """`checklist` is its form id and the hash of its workbook."""
        visit = Visit(
            id=self._store.new_id(),
            assignment_id=assignment_id,
            school_id=school_id,
            task=task,
            kind=kind,
            form_id=checklist[0],
            checklist_hash=checklist[1],
            inspector_ids=inspector_ids,
            started_at=self._store.clock(),
            device=self._store.membership().device,
        )
        with self._store.writing() as work:
            visits.put_visit(work, visit)
            visits.write_place(work, visit.id, Place(), visit.started_at)
        self._store.publish(Changes(visits=frozenset({visit.id}), schools=frozenset({school_id})))
        return self.resume(visit.id)
