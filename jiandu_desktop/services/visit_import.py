"""A submission comes in again: one of ours, of ODK Collect or Kobo, to be gone on with as a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from jiandu_desktop.domain.assignment import VisitKind
from jiandu_desktop.domain.attachment import Wanted
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.school import School
from jiandu_desktop.domain.visit import AnswerSource, Place, TrailEntry, Visit, VisitState
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.checklists import Checklists
from jiandu_desktop.services.filling import Visits
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.visit_export import SUBMISSION
from jiandu_desktop.services.visit_filled import instance_id
from jiandu_desktop.storage import county, visits

if TYPE_CHECKING:
    from jiandu_desktop.form_engine import Definition, Instance
    from jiandu_desktop.form_engine.submission import Envelope
    from jiandu_desktop.storage.county import Checklist

SCHOOL_CODE = "school_code"
"""Name of the hidden item that a checklist takes the school from."""

_LARGEST_NAME = 200
_ROW = re.compile(r"\[\d+\]")
_UPLOADS = frozenset(("image", "audio", "video", "file"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The draft made, and what of the submission it does not hold: `unread` are labels of items whose answer is none
    in this version, `missing` names of files that did not come along, `refused` names of files that are none."""

    visit: Visit
    school: str
    answers: int
    unread: tuple[str, ...]
    missing: tuple[str, ...]
    refused: tuple[str, ...]


class VisitImport:
    """Opens submissions as drafts; what is here already stays as it is."""

    def __init__(self, store: Store, checklists: Checklists, filling: Visits) -> None:
        self._store = store
        self._checklists = checklists
        self._filling = filling

    def read(self, source: Path, school_code: str = "") -> Imported:
        """Open a submission (its file, or the folder it lies in with its media) as a draft.

        A submission of a finished visit, or one that replaces it (`deprecatedID`), becomes a revision of that visit.
        Raises Trouble: submission-not-found, -unreadable, -no-form, -form-unknown, -version-unknown, -school-unknown,
        -already-open, -already-here.
        """
        from jiandu_desktop.form_engine import submission

        path = source / SUBMISSION if source.is_dir() else source
        if not path.is_file():
            raise Trouble("submission-not-found", path=str(source))
        try:
            xml = path.read_bytes()
        except OSError as error:
            raise Trouble("file-not-readable", path=str(path), reason=error.strerror or str(error)) from error
        said = submission.envelope(xml)
        checklist = self._checklist(said, source.name)
        definition = self._checklists.definition(checklist.file_hash)
        given = submission.read(definition.form.model, xml)
        former = self._former(said)
        school = self._school(definition, given, former, school_code, source.name)
        visit = self._visit(said, checklist, definition, given, former, school)
        instance = self._instance(definition, given, visit)
        values = instance.values()
        self._write(visit, values)
        missing, refused = self._take_files(visit, instance, path.parent)
        self._store.publish(Changes(visits=frozenset({visit.id}), schools=frozenset({school.id})))
        return Imported(
            visit=visit,
            school=school.name,
            answers=instance.progress().answered,
            unread=tuple(_unread(instance, given)),
            missing=tuple(missing),
            refused=tuple(refused),
        )

    def _checklist(self, said: Envelope, name: str) -> Checklist:
        if not said.form_id:
            raise Trouble("submission-no-form", name=name)
        with self._store.reading() as work:
            known = [each for each in county.checklists(work, current_only=False) if each.form_id == said.form_id]
        if not known:
            raise Trouble("submission-form-unknown", name=name, form=said.form_id)
        fits = [each for each in known if each.version == said.version]
        if not fits:
            versions = "、".join(dict.fromkeys(each.version for each in known))
            version = said.version or "?"
            raise Trouble(
                "submission-version-unknown", name=name, title=known[0].title, version=version, known=versions
            )
        return next((each for each in fits if each.current), fits[-1])

    def _former(self, said: Envelope) -> Visit | None:
        """The frozen visit of ours that the submission is, or replaces."""
        identifiers = {each for each in (said.instance_id, said.deprecated_id) if each}
        with self._store.reading() as work:
            every = visits.visits(work)
            schools = {school.id: school.name for school in county.schools(work)}
        for visit in every:
            known = instance_id(visit) in identifiers
            if not known and not (visit.origin and visit.origin == said.instance_id):
                continue
            here = {"school": schools.get(visit.school_id, "?"), "day": f"{visit.started_at:%Y-%m-%d}"}
            if visit.state is VisitState.DRAFT:
                raise Trouble("submission-already-open", **here)
            if not known or any(each.revises == visit.id for each in every):
                raise Trouble("submission-already-here", **here)
            return visit
        return None

    def _school(
        self, definition: Definition, given: dict[str, str], former: Visit | None, code: str, name: str
    ) -> School:
        said = next((given.get(ref, "") for ref, item in definition.items.items() if item.name == SCHOOL_CODE), "")
        with self._store.reading() as work:
            if former is not None:
                return county.school(work, former.school_id)
            known = {school.code: school for school in county.schools(work)}
        wanted = code or said.strip()
        if wanted not in known:
            raise Trouble("submission-school-unknown", name=name, school=wanted or "?")
        return known[wanted]

    def _visit(
        self,
        said: Envelope,
        checklist: Checklist,
        definition: Definition,
        given: dict[str, str],
        former: Visit | None,
        school: School,
    ) -> Visit:
        me = self._store.membership()
        new = Visit(
            id=self._store.new_id(),
            assignment_id=None,
            school_id=school.id,
            task=definition.title,
            kind=VisitKind.ROUTINE,
            form_id=checklist.form_id,
            checklist_hash=checklist.file_hash,
            inspector_ids=(me.person,),
            started_at=self._started(definition, given),
            device=me.device,
            origin=said.instance_id,
        )
        if former is None:
            return new
        return replace(
            new,
            assignment_id=former.assignment_id,
            task=former.task,
            kind=former.kind,
            inspector_ids=former.inspector_ids,
            companions=former.companions,
            approach=former.approach,
            timing=former.timing,
            revision=former.revision + 1,
            revises=former.id,
            revision_reason="导入填报记录",
        )

    def _started(self, definition: Definition, given: dict[str, str]) -> datetime:
        """When the form was begun, as it says itself; now where it does not."""
        for spec in definition.form.model.specs:
            bind = spec.bind
            if bind is not None and (bind.preload, bind.preload_parameters) == ("timestamp", "start"):
                try:
                    started = datetime.fromisoformat(given.get(spec.ref, ""))
                except ValueError:
                    continue
                if started.tzinfo is not None:
                    return started
        return self._store.clock()

    def _instance(self, definition: Definition, given: dict[str, str], visit: Visit) -> Instance:
        from jiandu_desktop.form_engine import Instance

        own = {ref: value for ref, value in given.items() if not ref.endswith(("instanceID", "deprecatedID"))}
        return Instance(definition, now=self._store.clock, deviceid=visit.device, values=own)

    def _write(self, visit: Visit, values: dict[str, str]) -> None:
        now, person = self._store.clock(), self._store.membership().person
        entries = [
            TrailEntry(
                ref=ref,
                old=None,
                new=value,
                at=now,
                source=AnswerSource.IMPORTED,
                person=person,
                reason=visit.origin,
            )
            for ref, value in values.items()
            if value
        ]
        with self._store.writing() as work:
            visits.put_visit(work, visit)
            visits.write_place(work, visit.id, Place(), now)
            visits.write_received_answers(work, visit.id, values, entries)

    def _take_files(self, visit: Visit, instance: Instance, folder: Path) -> tuple[list[str], list[str]]:
        """The files that answers name, from the submission's own folder and nowhere else."""
        missing: list[str] = []
        refused: list[str] = []
        for ref, value in instance.values().items():
            item = instance.definition.items.get(_ROW.sub("", ref))
            if not value or item is None or item.kind not in _UPLOADS:
                continue
            path = folder / value
            if len(value) > _LARGEST_NAME or Path(value).name != value or not path.is_file():
                missing.append(value)
                continue
            try:
                photo = self._filling.add_photo(visit.id, ref, path, value, wanted=Wanted(kind=item.kind))
            except Trouble:
                refused.append(value)
                continue
            if photo.name != value:
                self._rename(visit.id, ref, value, photo.name)
        return missing, refused

    def _rename(self, visit_id: str, ref: str, old: str, new: str) -> None:
        """The answer is the file's name in the record, which is another one where two files had the same."""
        now, person = self._store.clock(), self._store.membership().person
        entry = TrailEntry(ref=ref, old=old, new=new, at=now, source=AnswerSource.IMPORTED, person=person)
        with self._store.writing() as work:
            visits.write_answers(work, visit_id, [entry])


def _unread(instance: Instance, given: dict[str, str]) -> Iterator[str]:
    """Labels of items whose answer in the submission is none of the choices here."""
    for ref, value in given.items():
        item = instance.definition.items.get(_ROW.sub("", ref))
        if not value or item is None or not item.kind.startswith("select"):
            continue
        node = instance.node(ref)
        if set(value.split()) - set(node.value.split()):
            yield node.label or item.name
