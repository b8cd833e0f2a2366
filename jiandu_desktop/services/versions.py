"""A newer version of a checklist while drafts are open: they keep theirs, and move once it was seen what goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import Problem
from jiandu_desktop.domain.visit import AnswerSource, Place, TrailEntry
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.checklists import Checklists
from jiandu_desktop.services.filling import NOTE_MARK, Visits
from jiandu_desktop.services.open_visit import OpenVisit, prefill
from jiandu_desktop.services.self_ratings import must_be_open
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.trail import PHOTO_MARK, PROBLEM_MARK, VERSION_MARK
from jiandu_desktop.storage import county, visits
from jiandu_desktop.storage.moving import move_refs

if TYPE_CHECKING:
    from jiandu_desktop.form_engine import Instance
    from jiandu_desktop.form_engine.migrate import Affected, Plan
    from jiandu_desktop.storage.records import Work


class Part(StrEnum):
    """What of an item is concerned."""

    ANSWER = "answer"
    NOTE = "note"
    PHOTO = "photo"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A draft's checklist has another version in force, whose workbook is here."""

    visit_id: str
    title: str
    own_version: str
    version: str
    file_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """One thing that a move takes away or changes; `why` and `detail` as in `form_engine.migrate`."""

    ref: str
    number: str
    label: str
    part: Part
    text: str
    why: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a move would do: losses first, then what to look at again; numbers of answers kept, of items that stand
    under another name, and labels of items that only the new version asks."""

    offer: Offer
    lost: tuple[Concern, ...]
    changed: tuple[Concern, ...]
    kept: int
    renamed: int
    added: tuple[str, ...]


class Versions:
    """Offers, shows and carries out the move of a draft. Finished visits keep their version for ever."""

    def __init__(self, store: Store, checklists: Checklists, filling: Visits) -> None:
        self._store = store
        self._checklists = checklists
        self._filling = filling

    def offers(self) -> dict[str, Offer]:
        """Every draft whose checklist has another version in force by now, by visit."""
        with self._store.reading() as work:
            known = {each.file_hash: each for each in county.checklists(work, current_only=False)}
            drafts = visits.drafts(work)
        current = {each.form_id: each for each in known.values() if each.current}
        offers = {}
        for visit in drafts:
            new = current.get(visit.form_id)
            if new is None or new.file_hash == visit.checklist_hash:
                continue
            if not all(map(self._store.media.has, (new.file_hash, *new.attachments.values()))):
                continue  # it has not wholly arrived
            own = known.get(visit.checklist_hash)
            offers[visit.id] = Offer(
                visit_id=visit.id,
                title=new.title,
                own_version=own.version if own is not None else "",
                version=new.version,
                file_hash=new.file_hash,
            )
        return offers

    def offer(self, visit_id: str) -> Offer | None:
        """The same for one visit; None where it has the version in force, or is finished."""
        return self.offers().get(visit_id)

    def outlook(self, visit_id: str) -> Outlook:
        """What moving the draft would do; raises Trouble `visit-frozen`, `version-in-force`, `media-lost`."""
        return self._planned(visit_id).outlook()

    def move(self, visit_id: str, seen: Outlook) -> OpenVisit:
        """Move the draft: answers, notes, photos, problems, warnings, place and trail in one transaction.

        Raises Trouble as `outlook`, and `version-outlook-old` where something was filled in since it was shown: then
        nothing is moved.
        """
        planned = self._planned(visit_id)
        with self._store.writing() as work:
            if planned.outlook() != seen or visits.answers(work, visit_id) != planned.opened.values:
                raise Trouble("version-outlook-old")
            self._write(work, planned)
        problems = frozenset(problem.id for problem in planned.opened.problems)
        self._store.publish(Changes(visits=frozenset({visit_id}), problems=problems))
        return self._filling.resume(visit_id)

    def _planned(self, visit_id: str) -> _Planned:
        from jiandu_desktop.form_engine import Instance
        from jiandu_desktop.form_engine.migrate import plan

        with self._store.reading() as work:
            must_be_open(work, visit_id)
        offer = self.offer(visit_id)
        if offer is None:
            raise Trouble("version-in-force")
        opened = self._filling.resume(visit_id)
        new = self._checklists.definition(offer.file_hash)
        people, device = "、".join(inspector.name for inspector in opened.inspectors), opened.visit.device
        old = Instance(
            opened.definition,
            now=self._store.clock,
            username=people,
            deviceid=device,
            prefill=opened.prefill,
            values=opened.values or None,
        )
        given = prefill(new, opened.school, opened.last)
        made = plan(old, new, now=self._store.clock, username=people, deviceid=device, prefill=given)
        return _Planned(offer, opened, old, made)

    def _write(self, work: Work, planned: _Planned) -> None:
        visit, made, now = planned.opened.visit, planned.made, self._store.clock()
        person = self._store.membership().person
        entries = [
            TrailEntry(
                ref=ref, old=old or None, new=new or None, at=now, source=AnswerSource.MOVED, person=person, reason=why
            )
            for ref, old, new, why in planned.told()
        ]
        visits.write_received_answers(work, visit.id, made.values, (*visits.trail(work, visit.id), *entries))
        for problem in planned.opened.problems:
            if planned.keeps(problem):
                number = made.moved.node(made.places[problem.ref] or "").item.number
                visits.put_problem(work, replace(problem, item=number))
            else:
                visits.remove_problem(work, problem.id)
        move_refs(work, visit.id, made.places)
        visits.write_place(work, visit.id, _place(planned.opened.place, made.places), now)
        counts = made.moved.progress()
        moved = replace(
            visit, checklist_hash=planned.offer.file_hash, answered=counts.answered, item_total=counts.total
        )
        visits.put_visit(work, moved)


class _Planned:
    """A draft, the plan for it, and what both mean for all that hangs on its items."""

    def __init__(self, offer: Offer, opened: OpenVisit, old: Instance, made: Plan) -> None:
        self.offer, self.opened, self.made = offer, opened, made
        self._old = old
        self._why = {each.ref: each.why.value for each in (*made.lost, *made.changed)}

    def outlook(self) -> Outlook:
        made = self.made
        order = {ref: place for place, ref in enumerate(made.places)}
        lost = (*map(_concern, made.lost), *self._hanging())
        return Outlook(
            offer=self.offer,
            lost=tuple(sorted(lost, key=lambda each: order.get(each.ref, len(order)))),
            changed=tuple(map(_concern, made.changed)),
            kept=len(made.carried),
            renamed=sum(each.ref != each.new_ref for each in made.carried),
            added=tuple(self._label(made.moved, ref)[1] for ref in made.added),
        )

    def keeps(self, problem: Problem) -> bool:
        """Whether the item of a problem still fails in the new version."""
        place = self.made.places.get(problem.ref)
        return place is not None and self.made.moved.node(place).failed

    def told(self) -> Iterator[tuple[str, str, str, str]]:
        """(reference, old, new, reason) of the lines in the trail: the move, what is lost, what stands elsewhere."""
        made, before = self.made, self.opened.values
        yield VERSION_MARK, self.offer.own_version, self.offer.version, ""
        marks = {Part.NOTE: NOTE_MARK, Part.PHOTO: PHOTO_MARK, Part.PROBLEM: PROBLEM_MARK}
        for each in self._hanging():
            yield marks[each.part] + each.ref, each.text, "", each.why
        lost = {each.ref: each.why.value for each in made.lost}
        came_from = {place: ref for ref, place in made.places.items() if place is not None}
        for ref, value in before.items():
            if value and (ref in lost or made.places.get(ref) is None):
                yield ref, value, made.values.get(made.places.get(ref) or "", ""), lost.get(ref, "removed")
        for place, value in made.values.items():
            ref = came_from.get(place, "")
            old = before.get(ref, "")
            if ref not in lost and (value != old or (value and ref and ref != place)):
                yield place, old, value, ref if ref != place else ""

    def _hanging(self) -> Iterator[Concern]:
        """Notes and photos of items that are no more, and problems of those that do not fail any more."""
        gone = {ref for ref, place in self.made.places.items() if place is None}
        for ref, note in self.opened.notes.items():
            if ref in gone:
                yield self._concern(ref, Part.NOTE, note)
        for photo in self.opened.photos:
            if photo.ref in gone:
                yield self._concern(photo.ref, Part.PHOTO, photo.name)
        for problem in self.opened.problems:
            if not self.keeps(problem):
                yield self._concern(problem.ref, Part.PROBLEM, problem.text)

    def _concern(self, ref: str, part: Part, text: str) -> Concern:
        number, label = self._label(self._old, ref)
        return Concern(ref=ref, number=number, label=label, part=part, text=text, why=self._why.get(ref, "removed"))

    def _label(self, instance: Instance, ref: str) -> tuple[str, str]:
        from jiandu_desktop.form_engine import Refused

        try:
            node = instance.node(ref)
        except Refused:
            return "", ref.rpartition("/")[2]  # a repeat without rows, a row that was taken away
        return node.item.number, node.label or node.item.name


def _concern(each: Affected) -> Concern:
    return Concern(
        ref=each.ref,
        number=each.number,
        label=each.label,
        part=Part.ANSWER,
        text=each.answer,
        why=each.why.value,
        detail=each.detail,
    )


def _place(place: Place, places: Mapping[str, str | None]) -> Place:
    """Where the inspector was, and half-typed text, under the names that the items have now."""
    unsaved = {}
    for key, text in place.unsaved.items():
        field, colon, ref = key.partition(":")
        target = places.get(ref)
        if target is not None:
            unsaved[f"{field}{colon}{target}"] = text
    return Place(ref=places.get(place.ref) or "", scroll=0, unsaved=unsaved)
