"""A visit being filled in: answers, notes, photos and problems in memory, each change handed on to be kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from jiandu_desktop.domain.identity import Clock, new_id
from jiandu_desktop.domain.problem import Grade, Handling, Problem
from jiandu_desktop.domain.visit import AnswerSource, Photo, Place
from jiandu_desktop.form_engine import Instance
from jiandu_desktop.services.filling import AnswerChange, OpenVisit, Tally, Visits
from jiandu_desktop.services.preferences import Preferences
from jiandu_desktop.ui.questions.question import Kind
from jiandu_desktop.ui.wizard.paper import Paper
from jiandu_desktop.ui.wizard.saving import Saving
from jiandu_desktop.ui.wizard.undo import Step, UndoList

PLACE_KEY = "place"

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
    undone = Signal(str)
    """The item that an undo brought back."""

    def __init__(
        self,
        visits: Visits,
        preferences: Preferences,
        saving: Saving,
        open_visit: OpenVisit,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._visits = visits
        self._preferences = preferences
        self._saving = saving
        self._clock = clock
        self.open = open_visit
        self.visit_id = open_visit.visit.id
        self.instance = Instance(
            open_visit.definition,
            now=clock,
            username="、".join(inspector.name for inspector in open_visit.inspectors),
            deviceid=open_visit.visit.device,
            prefill=open_visit.prefill,
            values=open_visit.values or None,
        )
        self.paper = Paper(self.instance)
        self.notes = dict(open_visit.notes)
        self.kept = set(open_visit.kept)
        self.photos = list(open_visit.photos)
        self.problems = {problem.ref: problem for problem in open_visit.problems}
        self.unsaved = dict(open_visit.place.unsaved)
        self.troubles: dict[str, str] = {}
        self.ref = open_visit.place.ref
        self.scroll = open_visit.place.scroll
        self.undo_list = UndoList()
        self._proposed: dict[str, tuple[str, str]] = {}
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
        step = self.undo_list.pop()
        if step is None:
            return ""
        step.back()
        self.undone.emit(step.ref)
        return step.ref

    def add_row(self, repeat: str) -> str:
        """One more row of a repeat; returns the ref of the row."""
        before = self.instance.values()
        row = self.paper.add_row(repeat)
        self._save_difference(before, AnswerSource.BY_HAND)
        self.undo_list.push(Step(row, lambda: self._drop_row(row)))
        self.changed.emit(frozenset(self.paper.refs()))
        return row

    def remove_row(self, row: str) -> None:
        """Takes a row out with everything in it; what belonged to later rows moves up with them."""
        before = self.instance.values()
        belongings = (dict(self.notes), dict(self.problems), list(self.photos))
        self._move_belongings(row)
        self.paper.remove_row(row)
        self._save_difference(before, AnswerSource.BY_HAND)
        self.undo_list.push(Step(row, lambda: self._bring_row_back(row, before, belongings)))
        self.changed.emit(frozenset(self.paper.refs()))

    def _bring_row_back(
        self, row: str, values: Mapping[str, str], belongings: tuple[dict[str, str], dict[str, Problem], list[Photo]]
    ) -> None:
        """A row comes back at the end; the answers and belongings are then put where they were."""
        now = self.instance.values()
        repeat = row.rpartition("[")[0]
        self.paper.add_row(repeat)
        for ref, value in values.items():
            if ref.startswith(f"{repeat}[") and self.paper.value(ref) != value and not self.paper.node(ref).readonly:
                self.paper.answer(ref, value)
        self._save_difference(now, AnswerSource.UNDO)
        notes, problems, photos = belongings
        for ref in {*self.notes, *notes}:
            if self.notes.get(ref) != notes.get(ref):
                self._put_note(ref, notes.get(ref, ""))
        for photo in photos:
            if photo not in self.photos:
                self.photos = [each for each in self.photos if each.id != photo.id]
                self._put_back(photo)
        for ref in {*self.problems, *problems}:
            self._put_problem(ref, problems.get(ref))
        self.changed.emit(frozenset(self.paper.refs()))

    def _drop_row(self, row: str) -> None:
        before = self.instance.values()
        self.paper.remove_row(row)
        self._save_difference(before, AnswerSource.UNDO)
        self.changed.emit(frozenset(self.paper.refs()))

    def _change(self, answers: Mapping[str, str], source: AnswerSource) -> Answered:
        before = {ref: self.paper.value(ref) for ref in answers}
        changed: set[str] = set(answers)
        for ref, value in answers.items():
            changed |= self.paper.answer(ref, value)
            self.unsaved.pop(f"value:{ref}", None)
        problems_before: dict[str, Problem | None] = {}
        opened = self._settle_problems(changed, problems_before)
        self._save_answers(answers, changed, source)
        if source is not AnswerSource.UNDO:
            ref = next(iter(answers))
            typed = len(answers) == 1 and self.paper.kind(ref) in _TYPED
            self.undo_list.push(Step(ref, lambda: self._take_back(before, problems_before), merge=ref if typed else ""))
        asked = next(iter(answers)) if len(answers) == 1 else ""
        self.changed.emit(frozenset(changed | problems_before.keys()))
        return Answered(changed=frozenset(changed), opened=asked if asked in opened else "")

    def _take_back(self, answers: Mapping[str, str], problems: Mapping[str, Problem | None]) -> None:
        changed: set[str] = set(answers) | set(problems)
        for ref, value in answers.items():
            changed |= self.paper.answer(ref, value)
        for ref, problem in problems.items():
            self._put_problem(ref, problem)
        self._settle_problems(changed, {})
        self._save_answers(answers, changed, AnswerSource.UNDO)
        self.changed.emit(frozenset(changed))

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

    def _save_difference(self, before: Mapping[str, str], source: AnswerSource) -> None:
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
        place, tally = self.place(), self._tally()
        self._saving.put(lambda: self._visits.save_answers(self.visit_id, changes, place, tally), done=self.saved.emit)

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

    def _tally(self) -> Tally:
        found = [self.paper.summary(section.ref) for section in self.paper.sections]
        return Tally(answered=sum(each.answered for each in found), total=sum(len(each.cells) for each in found))

    # --- notes, warnings, place -----------------------------------------------------------------------------------

    def note(self, ref: str, text: str) -> None:
        """A note of one item, as it stands after the field was left."""
        self.forget_unsaved(f"note:{ref}")
        before = self.notes.get(ref, "")
        if text == before:
            return
        self._put_note(ref, text)
        self.undo_list.push(Step(ref, lambda: self._put_note(ref, before)))

    def keep_warning(self, ref: str, keep: bool) -> None:
        """属实,保留, or its taking back."""
        (self.kept.add if keep else self.kept.discard)(ref)
        self._saving.put(lambda: self._visits.keep_warning(self.visit_id, ref, keep), done=self._kept_now)
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
        self._saving.put(lambda: self._visits.save_place(self.visit_id, place), key=PLACE_KEY)

    def _put_note(self, ref: str, text: str) -> None:
        if text:
            self.notes[ref] = text
        else:
            self.notes.pop(ref, None)
        self._saving.put(lambda: self._visits.save_note(self.visit_id, ref, text), done=self._kept_now)
        self.changed.emit(frozenset({ref}))

    def _kept_now(self, result: object) -> None:
        del result
        self.saved.emit(self._clock())

    # --- problems -------------------------------------------------------------------------------------------------

    def edit_problem(self, ref: str, fields: Mapping[str, Any]) -> None:
        """Changes fields of a problem; switching the handling gives or takes the date and the person."""
        problem = self.problems.get(ref)
        if problem is None:
            return
        for name in ("text", "measure", "responsible"):
            if name in fields or not fields:
                self.unsaved.pop(f"{name}:{ref}", None)
        changed = replace(problem, **fields)
        if "handling" in fields:
            changed = self._with_handling(changed)
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
                self._put_problem(ref, aside if aside is not None else self._proposal(ref))
                opened.add(ref)
            elif failed and problem is not None:
                self._refresh_proposal(ref, problem, before)
            elif problem is not None:
                before.setdefault(ref, problem)
                self._set_aside[(ref, self._known.get(ref, ""))] = problem
                self._put_problem(ref, None)
        return opened

    def _proposal(self, ref: str) -> Problem:
        proposal = self.paper.proposal(ref, self.notes.get(ref, ""))
        grade = Grade(proposal.grade) if proposal.grade in set(Grade) else Grade.GENERAL
        days = proposal.days if proposal.days is not None else self._preferences.days_for(grade)
        self._proposed[ref] = (proposal.text, proposal.measure)
        return Problem(
            id=new_id(self._clock),
            visit_id=self.visit_id,
            school_id=self.open.visit.school_id,
            ref=ref,
            item=self.paper.item(ref).number,
            matter=proposal.matter,
            text=proposal.text,
            basis=proposal.basis,
            measure=proposal.measure,
            grade=grade,
            handling=Handling.BY_DATE if days > 0 else Handling.ON_THE_SPOT,
            found_at=self._clock(),
            due=self.found_on() + timedelta(days=days) if days > 0 else None,
            responsible=self.open.people[0] if self.open.people else "",
            leader=str(self._preferences.get("leader")),
            evidence_wanted=proposal.evidence,
            veto=self.paper.is_veto(ref),
        )

    def _refresh_proposal(self, ref: str, problem: Problem, before: dict[str, Problem | None]) -> None:
        """A proposed text that nobody touched follows the answers it quotes."""
        proposed = self._proposed.get(ref)
        if proposed is None or problem.confirmed or (problem.text, problem.measure) != proposed:
            return
        proposal = self.paper.proposal(ref, self.notes.get(ref, ""))
        if (proposal.text, proposal.measure) != proposed:
            before.setdefault(ref, problem)
            self._proposed[ref] = (proposal.text, proposal.measure)
            self._put_problem(ref, replace(problem, text=proposal.text, measure=proposal.measure))

    def _with_handling(self, problem: Problem) -> Problem:
        if problem.handling is Handling.ON_THE_SPOT:
            return replace(problem, due=None)
        if problem.due is not None:
            return problem
        days = self.paper.days(problem.ref) or self._preferences.days_for(problem.grade)
        return replace(problem, due=self.found_on() + timedelta(days=days))

    def _put_problem(self, ref: str, problem: Problem | None) -> None:
        before = self.problems.get(ref)
        if problem == before:
            return
        if problem is not None:
            self.problems[ref] = problem
            self._saving.put(lambda: self._visits.save_problem(problem), done=self._kept_now)
        if before is not None and (problem is None or problem.id != before.id):
            dropped = before.id
            if problem is None:
                del self.problems[ref]
                for name in ("text", "measure", "responsible"):
                    self.unsaved.pop(f"{name}:{ref}", None)
            self._saving.put(lambda: self._visits.drop_problem(dropped), done=self._kept_now)

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

    def add_photo(self, ref: str, source: Path | bytes, name: str, after: bool = False) -> None:
        """Takes a picture in; `photo_added` or `photo_failed` tells how it went."""

        def kept(photo: Photo) -> None:
            self.photos.append(photo)
            self.undo_list.push(Step(ref, lambda: self.remove_photo(photo.id, undoable=False)))
            self._answer_by_photos(ref)
            self.changed.emit(frozenset({ref}))
            self.photo_added.emit(photo)
            self.saved.emit(self._clock())

        self._saving.put(
            lambda: self._visits.add_photo(self.visit_id, ref, source, name, after=after),
            done=kept,
            refused=lambda error: self.photo_failed.emit(ref, error),
        )

    def remove_photo(self, photo_id: str, undoable: bool = True) -> None:
        """Takes a photo out of the visit; it can be put back with an undo."""
        photo = next((each for each in self.photos if each.id == photo_id), None)
        if photo is None:
            return
        self.photos.remove(photo)
        self._saving.put(lambda: self._visits.remove_photo(photo_id), done=self._kept_now)
        if undoable:
            self.undo_list.push(Step(photo.ref, lambda: self._put_back(photo)))
        self._answer_by_photos(photo.ref)
        self.changed.emit(frozenset({photo.ref}))

    def _put_back(self, photo: Photo) -> None:
        self.photos.append(photo)
        self._saving.put(lambda: self._visits.restore_photo(photo), done=self._kept_now)
        self._answer_by_photos(photo.ref)
        self.changed.emit(frozenset({photo.ref}))

    def _answer_by_photos(self, ref: str) -> None:
        """The answer of a photo question is the name of its newest photo, as ODK stores it."""
        if self.paper.takes_files(ref):
            photos = self.photos_of(ref)
            value = photos[-1].name if photos else ""
            changed = self.paper.answer(ref, value)
            self._save_answers([ref], changed, AnswerSource.BY_HAND)

    def _move_belongings(self, row: str) -> None:
        """Notes, problems and photos of a removed row go; those of later rows follow their row's new number."""
        for ref in [*self.notes]:
            moved = self.paper.after_removal(ref, row)
            if moved != ref:
                text = self.notes[ref]
                self._put_note(ref, "")
                if moved:
                    self._put_note(moved, text)
        for ref in [*self.problems]:
            moved = self.paper.after_removal(ref, row)
            if moved != ref:
                problem = self.problems.pop(ref)
                if moved:
                    self._put_problem(moved, replace(problem, ref=moved))
                else:
                    self._saving.put(partial(self._visits.drop_problem, problem.id))
        for photo in [*self.photos]:
            moved = self.paper.after_removal(photo.ref, row)
            if moved != photo.ref:
                self.photos.remove(photo)
                if moved:
                    self._put_back(replace(photo, ref=moved))
                else:
                    self._saving.put(partial(self._visits.remove_photo, photo.id))
