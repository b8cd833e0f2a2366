"""Adding and removing rows of a repeat, with everything that belongs to them, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from jiandu_desktop.domain.problem import Problem
from jiandu_desktop.domain.visit import AnswerSource, Photo
from jiandu_desktop.ui.wizard.filling import Filling
from jiandu_desktop.ui.wizard.undo import Step, Way


@dataclass(frozen=True, slots=True)
class Belongings:
    """What hangs on items by their ref: notes, problems, photos."""

    notes: dict[str, str]
    problems: dict[str, Problem]
    photos: tuple[Photo, ...]


class RepeatRows:
    """The rows of all repeats of one visit. A row's number is part of its items' refs, so later rows are renamed."""

    def __init__(self, filling: Filling) -> None:
        self._filling, self._paper = filling, filling.paper

    def add(self, repeat: str) -> str:
        """One more row of a repeat; returns the ref of the row."""
        before = self._filling.instance.values()
        row = self._paper.add_row(repeat)
        self._filling.save_difference(before, AnswerSource.BY_HAND)
        self._filling.undo_list.push(Step(row, partial(self._take_out, row, AnswerSource.UNDO)))
        self._tell()
        return row

    def remove(self, row: str) -> None:
        """Takes a row out with everything in it; what belonged to later rows moves up with them."""
        back = self._take_out(row, AnswerSource.BY_HAND)
        self._filling.undo_list.push(Step(row, back))
        self._tell()

    def _take_out(self, row: str, source: AnswerSource) -> Way:
        before, belongings = self._filling.instance.values(), self._belongings()
        renamed = self._after_removal(belongings, row)
        self._paper.remove_row(row)
        self._filling.save_difference(before, source)
        self._put(renamed)
        self._tell()
        return partial(self._bring_back, row, before, belongings)

    def _bring_back(self, row: str, values: Mapping[str, str], belongings: Belongings) -> Way:
        """A row comes back at the end; answers and belongings are then put where they were."""
        now = self._filling.instance.values()
        repeat = row.rpartition("[")[0]
        self._paper.add_row(repeat)
        for ref, value in values.items():
            if ref.startswith(f"{repeat}[") and self._paper.may_set(ref) and self._paper.value(ref) != value:
                self._paper.answer(ref, value)
        self._filling.save_difference(now, AnswerSource.UNDO)
        self._put(belongings)
        self._tell()
        return partial(self._take_out, row, AnswerSource.UNDO)

    def _tell(self) -> None:
        self._filling.changed.emit(frozenset(self._paper.refs()))

    def _belongings(self) -> Belongings:
        filling = self._filling
        return Belongings(dict(filling.notes), dict(filling.problems), tuple(filling.photos))

    def _after_removal(self, before: Belongings, row: str) -> Belongings:
        def renamed(ref: str) -> str:
            return self._paper.after_removal(ref, row)

        return Belongings(
            {renamed(ref): text for ref, text in before.notes.items() if renamed(ref)},
            {
                renamed(ref): replace(problem, ref=renamed(ref))
                for ref, problem in before.problems.items()
                if renamed(ref)
            },
            tuple(replace(photo, ref=renamed(photo.ref)) for photo in before.photos if renamed(photo.ref)),
        )

    def _put(self, wanted: Belongings) -> None:
        """Makes notes, problems and photos these, and keeps only what differs."""
        filling = self._filling
        for ref in dict.fromkeys([*filling.notes, *wanted.notes]):
            if filling.notes.get(ref) != wanted.notes.get(ref):
                filling.put_note(ref, wanted.notes.get(ref, ""))
        self._put_problems(wanted.problems)
        self._put_photos(wanted.photos)

    def _put_problems(self, wanted: Mapping[str, Problem]) -> None:
        before = {problem.id: problem for problem in self._filling.problems.values()}
        self._filling.problems = dict(wanted)
        for problem in wanted.values():
            if before.pop(problem.id, None) != problem:
                self._filling.keep(partial(self._filling.visits.save_problem, problem))
        for gone in before:
            self._filling.keep(partial(self._filling.visits.drop_problem, gone))

    def _put_photos(self, wanted: Iterable[Photo]) -> None:
        before = {photo.id: photo for photo in self._filling.photos}
        self._filling.photos = list(wanted)
        for photo in self._filling.photos:
            if before.pop(photo.id, None) != photo:
                self._filling.keep(partial(self._filling.visits.restore_photo, photo))
        for gone in before:
            self._filling.keep(partial(self._filling.visits.remove_photo, gone))
