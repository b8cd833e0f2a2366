"""A visit being filled in: answers, notes, photos and problems in memory, each change handed on to be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from jiandu_desktop.domain.identity import Clock
from jiandu_desktop.domain.problem import Problem
from jiandu_desktop.domain.visit import AnswerSource, Photo, Place
from jiandu_desktop.form_engine import Instance
from jiandu_desktop.services.deadlines import Deadlines
from jiandu_desktop.services.filling import PHOTO, Visits
from jiandu_desktop.services.open_visit import AnswerChange, OpenVisit
from jiandu_desktop.services.preferences import Preferences
from jiandu_desktop.ui.questions.media import wanted_of
from jiandu_desktop.ui.questions.question import Kind
from jiandu_desktop.ui.wizard.kept_values import KeptValues
from jiandu_desktop.ui.wizard.paper import Paper
from jiandu_desktop.ui.wizard.proposing import TYPED, Proposer
from jiandu_desktop.ui.wizard.saving import Saving
from jiandu_desktop.ui.wizard.undo import Step, UndoList, Way

PLACE_KEY = "place"
LANGUAGE = "form_language"
"""The setting that remembers the language an inspector reads checklists in."""

_TYPED = frozenset((Kind.WHOLE, Kind.DECIMAL, Kind.RANGE))
"""Answered while they are typed: 12 is one answer, although 1 was one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What one answer did: every item whose state changed, and the item whose card has just opened, if any."""

    changed: frozenset[str]
    opened: str = ""


class Filling(QObject):
    """The one place in the window that changes a visit. The screen asks it, and is told what changed."""

    changed = Signal(object)
    """A frozenset of refs whose rows are to be shown anew."""

    saved = Signal(object)
    """The aware time at which the last change became durable."""

    stuck = Signal(object)
    photo_failed = Signal(str, object)
    photo_added = Signal(object)

    def __init__(
        self,
        visits: Visits,
        preferences: Preferences,
        deadlines: Deadlines,
        saving: Saving,
        open_visit: OpenVisit,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.visits, self._saving = visits, saving
        self._clock = clock
        self.open, self.visit_id = open_visit, open_visit.visit.id
        self.instance = Instance(
            open_visit.definition,
            now=clock,
            username="、".join(inspector.name for inspector in open_visit.inspectors),
            deviceid=open_visit.visit.device,
            phonenumber=open_visit.phonenumber,
            prefill=open_visit.prefill,
            values=open_visit.values or None,
            last_saved=open_visit.last_saved,
        )
        self.paper = Paper(self.instance)
        self._preferences = preferences
        wished = str(preferences.get(LANGUAGE))
        if wished in self.paper.languages:
            self.paper.set_language(wished)
        self.notes, self.kept = dict(open_visit.notes), set(open_visit.kept)
        self.photos = list(open_visit.photos)
        self.problems = {problem.ref: problem for problem in open_visit.problems}
        self.unsaved = dict(open_visit.place.unsaved)
        self.troubles: dict[str, str] = {}
        self.ref, self.scroll = open_visit.place.ref, open_visit.place.scroll
        self.undo_list = UndoList()
        self.self_ratings = self._beside(open_visit.self_ratings, visits.save_self_rating)
        self.owed = self._beside(open_visit.owed_results, visits.save_owed_result)
        self.proposer = Proposer(self.paper, open_visit, preferences, deadlines, clock)
        self._set_aside: dict[tuple[str, str], Problem] = {}
        self._known = dict(open_visit.values)
        saving.stuck.connect(self.stuck)
        self._keep_prefill()
        self._settle_problems(self.paper.refs(), {})

    # --- answers --------------------------------------------------------------------------------------------------

    def answer(self, ref: str, value: str) -> Answered:
        """One answer by hand; typing on in the same field is one step to undo."""
        return self._change({ref: value}, AnswerSource.BY_HAND)

    def answer_rest(self, section: str) -> int:
        """本节其余全部符合; returns how many items were answered. One step to undo."""
        answers = self.paper.bulk_answers(section)
        if answers:
            self._change(answers, AnswerSource.BULK)
        return len(answers)

    def undo(self) -> str:
        """Takes back the last step; returns the item it was about, "" when there was none."""
        return self.undo_list.undo()

    def redo(self) -> str:
        """Does again what was taken back last; returns the item likewise."""
        return self.undo_list.redo()

    def _change(self, answers: Mapping[str, str], source: AnswerSource) -> Answered:
        before = {ref: self.paper.value(ref) for ref in answers}
        changed: set[str] = set(answers)
        for ref, value in answers.items():
            changed |= self.paper.answer(ref, value)
            self.unsaved.pop(f"value:{ref}", None)
        problems_before: dict[str, Problem | None] = {}
        opened = self._settle_problems(changed, problems_before)
        self._save_answers(answers, changed, source)
        ref = next(iter(answers))
        typed = len(answers) == 1 and self.paper.kind(ref) in _TYPED
        back = partial(self._go_back, before, problems_before, AnswerSource.UNDO, source)
        self.undo_list.push(Step(ref, back, merge=ref if typed else ""))
        asked = ref if len(answers) == 1 else ""
        self.changed.emit(frozenset(changed | problems_before.keys()))
        return Answered(changed=frozenset(changed), opened=asked if asked in opened else "")

    def _go_back(
        self, answers: Mapping[str, str], problems: Mapping[str, Problem | None], *sources: AnswerSource
    ) -> Way:
        """Puts answers and problems where they were; `sources` mark in the trail this way and the way back from it."""
        before = {ref: self.paper.value(ref) for ref in answers}
        problems_before = {ref: self.problems.get(ref) for ref in problems}
        changed: set[str] = set(answers) | set(problems)
        for ref, value in answers.items():
            changed |= self.paper.answer(ref, value)
        for ref, problem in problems.items():
            self._put_problem(ref, problem)
        self._settle_problems(changed, problems_before)
        self._save_answers(answers, changed, sources[0])
        self.changed.emit(frozenset(changed))
        return partial(self._go_back, before, problems_before, *reversed(sources))

    def _save_answers(self, given: Iterable[str], changed: Iterable[str], source: AnswerSource) -> None:
        changes = []
        for ref in dict.fromkeys([*given, *changed]):
            if not self.paper.is_kept(ref, by_hand=ref in set(given)):
                continue
            value = self.paper.value(ref)
            if value != self._known.get(ref, ""):
                self._known[ref] = value
                changes.append(AnswerChange(ref=ref, value=value or None, source=source))
        if changes:
            self._put_answers(changes)

    def save_difference(self, before: Mapping[str, str], source: AnswerSource) -> None:
        """Keeps every value that is not what it was in `before`: rows came, went or were renamed."""
        after = self.instance.values()
        changes = [
            AnswerChange(ref=ref, value=after.get(ref) or None, source=source)
            for ref in dict.fromkeys([*before, *after])
            if before.get(ref, "") != after.get(ref, "")
        ]
        self._known = dict(after)
        if changes:
            self._put_answers(changes)

    def _put_answers(self, changes: list[AnswerChange]) -> None:
        place, tally = self.place(), self.paper.tally()
        self._saving.put(lambda: self.visits.save_answers(self.visit_id, changes, place, tally), done=self.saved.emit)

    def _keep_prefill(self) -> None:
        """What roster, last visit and defaults gave at the start is kept with the visit, marked so in the trail."""
        if self.open.values:
            return
        given = {ref: value for ref, value in self.instance.values().items() if value}
        self._known = dict(given)
        if given:
            self._put_answers(
                [AnswerChange(ref=ref, value=value, source=AnswerSource.PREFILLED) for ref, value in given.items()]
            )

    def set_language(self, language: str) -> None:
        """Says the checklist in another language from now on, and remembers it for the next one."""
        self.paper.set_language(language)
        self._saving.put(lambda: self._preferences.set(LANGUAGE, language))
        self.changed.emit(frozenset(self.paper.refs()))

    # --- notes, warnings, place -----------------------------------------------------------------------------------

    def note(self, ref: str, text: str) -> None:
        """A note of one item, as it stands after the field was left."""
        self.forget_unsaved(f"note:{ref}")
        before = self.notes.get(ref, "")
        if text == before:
            return
        self.undo_list.push(Step(ref, partial(self._swap_note, ref, before)))
        self.put_note(ref, text)

    def _swap_note(self, ref: str, text: str) -> Way:
        before = self.notes.get(ref, "")
        self.put_note(ref, text)
        return partial(self._swap_note, ref, before)

    def keep_warning(self, ref: str, keep: bool) -> None:
        """属实,保留, or its taking back."""
        (self.kept.add if keep else self.kept.discard)(ref)
        self._saving.put(lambda: self.visits.keep_warning(self.visit_id, ref, keep), done=self._kept_now)
        self.changed.emit(frozenset({ref}))

    def set_unsaved(self, key: str, text: str) -> None:
        """Half-typed text; `save_place` keeps it."""
        self.unsaved[key] = text

    def forget_unsaved(self, key: str) -> None:
        if self.unsaved.pop(key, None) is not None:
            self.save_place()

    def place(self) -> Place:
        """Where the inspector is now."""
        return Place(ref=self.ref, scroll=self.scroll, unsaved=dict(self.unsaved))

    def save_place(self) -> None:
        """Keeps the place; of several that wait, only the last is written."""
        place = self.place()
        self._saving.put(lambda: self.visits.save_place(self.visit_id, place), key=PLACE_KEY)

    def put_note(self, ref: str, text: str) -> None:
        """Makes this the note of an item, "" for none."""
        if text:
            self.notes[ref] = text
        else:
            self.notes.pop(ref, None)
        self._saving.put(lambda: self.visits.save_note(self.visit_id, ref, text), done=self._kept_now)
        self.changed.emit(frozenset({ref}))

    def keep(self, work: Callable[[], object]) -> None:
        """Has something written down behind what already waits for that."""
        self._saving.put(work, done=self._kept_now)

    def _beside(self, known: Mapping[str, str], write: Callable[[str, str, str], object]) -> KeptValues:
        def save(key: str, value: str) -> None:
            self.keep(lambda: write(self.visit_id, key, value))

        return KeptValues(known, save, self.undo_list, self.changed.emit)

    def _kept_now(self, result: object) -> None:
        del result
        self.saved.emit(self._clock())

    # --- problems -------------------------------------------------------------------------------------------------

    def edit_problem(self, ref: str, fields: Mapping[str, Any]) -> None:
        """Changes fields of a problem; switching the handling gives or takes the date and the person."""
        problem = self.problems.get(ref)
        if problem is None:
            return
        for name in TYPED:
            if name in fields or not fields:
                self.unsaved.pop(f"{name}:{ref}", None)
        changed = replace(problem, **fields)
        if "handling" in fields:
            changed = self.proposer.handled(changed)
        self._put_problem(ref, changed)
        self.changed.emit(frozenset({ref}))

    def confirm_problem(self, ref: str) -> None:
        """The inspector has read the card."""
        problem = self.problems.get(ref)
        if problem is not None and not problem.confirmed:
            self._put_problem(ref, replace(problem, confirmed=True))
            self.changed.emit(frozenset({ref}))

    def found_on(self) -> date:
        """The day of the visit, from which the days of a deadline count."""
        return self.open.visit.started_at.date()

    def _settle_problems(self, refs: Iterable[str], before: dict[str, Problem | None]) -> set[str]:
        """Opens a problem for every item that now fails and takes away those that no longer do.

        `before` receives what was there, for the undo. Returns the items whose problem is new.
        """
        opened = set()
        for ref in refs:
            problem = self.problems.get(ref)
            failed = self.paper.is_failed(ref)
            if failed and problem is None:
                before.setdefault(ref, None)
                aside = self._set_aside.pop((ref, self.paper.value(ref)), None)
                self._put_problem(ref, aside or self.proposer.propose(ref, self.notes.get(ref, "")))
                opened.add(ref)
            elif failed and problem is not None:
                followed = self.proposer.follow(problem, self.notes.get(ref, ""))
                if followed != problem:
                    before.setdefault(ref, problem)
                    self._put_problem(ref, followed)
            elif problem is not None:
                before.setdefault(ref, problem)
                self._set_aside[(ref, self._known.get(ref, ""))] = problem
                self._put_problem(ref, None)
        return opened

    def _put_problem(self, ref: str, problem: Problem | None) -> None:
        before = self.problems.get(ref)
        if problem == before:
            return
        if problem is not None:
            self.problems[ref] = problem
            self._saving.put(lambda: self.visits.save_problem(problem), done=self._kept_now)
        if before is not None and (problem is None or problem.id != before.id):
            dropped = before.id
            if problem is None:
                del self.problems[ref]
                for name in TYPED:
                    self.unsaved.pop(f"{name}:{ref}", None)
            self._saving.put(lambda: self.visits.drop_problem(dropped), done=self._kept_now)

    # --- what stood in the way --------------------------------------------------------------------------------------

    def tell_trouble(self, ref: str, sentence: str) -> None:
        """A sentence under the item, until the next try."""
        self.troubles[ref] = sentence
        self.changed.emit(frozenset({ref}))

    def forget_trouble(self, ref: str) -> None:
        if self.troubles.pop(ref, None) is not None:
            self.changed.emit(frozenset({ref}))

    # --- photos ---------------------------------------------------------------------------------------------------

    def photos_of(self, ref: str) -> tuple[Photo, ...]:
        return tuple(photo for photo in self.photos if photo.ref == ref)

    def photo(self, photo_id: str) -> Photo | None:
        return next((photo for photo in self.photos if photo.id == photo_id), None)

    def add_photo(self, ref: str, source: Path | bytes, name: str, after: bool = False, covers: str = "") -> None:
        """Takes a picture in; `photo_added` or `photo_failed` tells how it went. `covers`: the photo below it."""
        base = self.photo(covers)
        after = after if base is None else base.after
        wanted = wanted_of(self.paper.item(ref)) if self.paper.takes_files(ref) else PHOTO

        def kept(photo: Photo) -> None:
            self.photos.append(photo)
            self.undo_list.push(Step(ref, partial(self._take_out, photo)))
            self._answer_by_photos(ref)
            self.changed.emit(frozenset({ref}))
            self.photo_added.emit(photo)
            self.saved.emit(self._clock())

        self._saving.put(
            lambda: self.visits.add_photo(self.visit_id, ref, source, name, after=after, wanted=wanted, covers=base),
            done=kept,
            refused=lambda error: self.photo_failed.emit(ref, error),
        )

    def remove_photo(self, photo_id: str) -> None:
        """Takes a photo out of the visit; it can be put back with an undo."""
        photo = self.photo(photo_id)
        if photo is not None:
            self.undo_list.push(Step(photo.ref, partial(self._put_back, photo)))
            self._take_out(photo)

    def _take_out(self, photo: Photo) -> Way:
        if photo in self.photos:
            self.photos.remove(photo)
            self._saving.put(lambda: self.visits.remove_photo(photo.id), done=self._kept_now)
            self._photos_changed(photo.ref)
        return partial(self._put_back, photo)

    def _put_back(self, photo: Photo) -> Way:
        self.photos.append(photo)
        self._saving.put(lambda: self.visits.restore_photo(photo), done=self._kept_now)
        self._photos_changed(photo.ref)
        return partial(self._take_out, photo)

    def _photos_changed(self, ref: str) -> None:
        self._answer_by_photos(ref)
        self.changed.emit(frozenset({ref}))

    def _answer_by_photos(self, ref: str) -> None:
        """The answer of a photo question is the name of its newest photo, as ODK stores it."""
        if self.paper.takes_files(ref):
            photos = self.photos_of(ref)
            changed = self.paper.answer(ref, photos[-1].name if photos else "")
            self._save_answers([ref], changed, AnswerSource.BY_HAND)
