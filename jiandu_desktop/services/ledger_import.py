"""A ledger that went out comes back: compared first, and what is accepted of it taken as steps, all or nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import Problem, ProblemEvent
from jiandu_desktop.domain.sentences import sentence
from jiandu_desktop.progress import Progress
from jiandu_desktop.progress import Step as Done
from jiandu_desktop.services import lives as laying
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.ledger_difference import (
    Difference,
    RowBefore,
    differences,
    in_order,
    judged,
    touched_fixed,
)
from jiandu_desktop.services.ledger_marks import Mark, Seals, as_exported, exported_at, read_mark, seals
from jiandu_desktop.services.problem_steps import ProblemSteps
from jiandu_desktop.services.store import Store

if TYPE_CHECKING:
    from jiandu_desktop.spreadsheets.ledger_reading import ReturnedLedger, ReturnedRow

_REPLIES = ("plan", "report", "remark")


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerDifference:
    """What a workbook would change. `heads` are the last steps of every problem concerned when it was compared.

    `refused` and `notices` are whole sentences naming sheet and row; `unchanged` counts the problems that stay.
    """

    file: str
    differences: tuple[Difference, ...]
    refused: tuple[str, ...]
    notices: tuple[str, ...]
    problems: int
    unchanged: int
    heads: dict[str, tuple[str, ...]]

    @property
    def acceptable(self) -> tuple[str, ...]:
        """Keys of what can be taken and contradicts nothing here: what is ticked to begin with."""
        return tuple(each.key for each in self.differences if not each.refused and not each.conflict)


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken: steps, and the problems that they belong to."""

    steps: int
    problems: int


class LedgerImport:
    """Compares and takes; the same workbook a second time changes nothing."""

    def __init__(self, store: Store, steps: ProblemSteps) -> None:
        self._store = store
        self._steps = steps

    def compare(self, path: Path, progress: Progress | None = None) -> LedgerDifference:
        """Read the workbook and set it against what is known here; nothing is written.

        Raises Trouble `ledger-no-marks` and `sheet-…` for what concerns the whole file.
        """
        from jiandu_desktop.spreadsheets.ledger_reading import read_ledger

        returned = read_ledger(path, today=self._store.today(), progress=progress)
        return _Comparing(self._store, returned).result()

    def take(self, difference: LedgerDifference, accepted: Collection[str], progress: Progress | None = None) -> Taken:
        """Take the differences whose keys are `accepted`, in one transaction.

        Raises Trouble `ledger-moved-on` where a problem concerned has changed since the comparison, and what a step
        raises; nothing is kept then.
        """
        from jiandu_desktop.storage import ledger_heads

        chosen = [each for each in difference.differences if each.key in accepted and not each.refused]
        problems: dict[str, Problem] = {}
        with self._store.writing() as work:
            ids = {each.problem_id for each in chosen}
            if any(difference.heads[key] != found for key, found in ledger_heads.heads(work, ids).items()):
                raise Trouble("ledger-moved-on", file=difference.file)
            for number, each in enumerate(chosen, start=1):
                problems[each.problem_id] = self._steps.take_within(
                    work, each.problem_id, each.step, note=each.note, data=each.data
                )
                if progress is not None:
                    progress.report(Done(number, len(chosen)))
        self._store.publish(
            Changes(
                problems=frozenset(problems),
                schools=frozenset(problem.school_id for problem in problems.values()),
                sync=bool(problems),
            )
        )
        return Taken(len(chosen), len(problems))


class _Comparing:
    """One workbook against the database at one moment."""

    def __init__(self, store: Store, returned: ReturnedLedger) -> None:
        from jiandu_desktop.storage import ledger_heads

        self._store, self._returned = store, returned
        self._refused = [fault.sentence() for fault in returned.faults]
        self._notices = [notice.sentence() for notice in returned.notices]
        self._seen: dict[str, set[tuple[str, int]]] = {}
        self._touched: list[tuple[ReturnedRow, str]] = []
        marks = [(row, read_mark(row.mark)) for row in returned.rows]
        wanted = {mark.problem_id for _, mark in marks if mark is not None}
        with store.glancing() as glance:
            self._schools = {school.id: school.name for school in glance.schools()}
        with store.reading() as work:
            self._seals: Seals | None = seals(work)
            self._rules = laying.read_rules(work)
            self._problems = ledger_heads.problems_of(work, wanted)
            self._heads = ledger_heads.heads(work, self._problems)
            told = [(mark, self._says_something(row, mark)) for row, mark in marks if mark is not None]
            needed = {mark.problem_id for mark, says in told if says}
            self._events = ledger_heads.events_of(work, needed & self._problems.keys())
            self._bases = ledger_heads.bases_of(work, self._events)
        self._marks = marks

    def result(self) -> LedgerDifference:
        found: dict[str, dict[str, Difference]] = {}
        for row, mark in self._marks:
            before = self._known(row, mark)
            if before is None:
                continue
            for column in touched_fixed(before, row.values):
                self._touched.append((row, column))
            if before.now.id not in self._events:
                # Nothing in any of its rows is new: the usual case, seen already.
                continue
            of_problem = found.setdefault(before.now.id, {})
            for each in differences(before, row.values):
                # The same change in two sheets, or in a row that was copied, is one change.
                other = of_problem.setdefault(each.key, each)
                if other.new != each.new:
                    self._refuse(row, "ledger-row-twice", other=other.row)
                    of_problem.pop(each.key)
        judged_ones = [one for key, each in found.items() for one in self._judged(key, list(each.values()))]
        for row, column in self._touched:
            self._note(row, "note-ledger-fixed", column=column)
        self._count_missing()
        changed = {each.problem_id for each in judged_ones}
        return LedgerDifference(
            file=self._returned.file,
            differences=tuple(judged_ones),
            refused=tuple(self._refused),
            notices=tuple(self._notices),
            problems=len(self._seen),
            unchanged=len(self._seen) - len(changed),
            heads={key: self._heads[key] for key in changed},
        )

    def _says_something(self, row: ReturnedRow, mark: Mark) -> bool:
        """Whether the row says something new, or something that its problem's record alone cannot answer."""
        if mark.problem_id not in self._problems or any(row.values.get(key) for key in _REPLIES):
            return True
        if mark.heads != self._heads.get(mark.problem_id):
            return True
        problem = self._problems[mark.problem_id]
        school = self._schools[problem.school_id]
        before = self._before(row, as_exported(problem, ()), problem, school)
        return bool(differences(before, row.values))

    def _known(self, row: ReturnedRow, mark: Mark | None) -> RowBefore | None:
        """What is known of the row's problem; None, with the reason said, for a row that is not ours or not whole."""
        if not row.mark:
            self._refuse(row, "ledger-row-no-mark")
        elif mark is None:
            self._refuse(row, "ledger-row-mark-broken")
        elif mark.problem_id not in self._problems:
            self._refuse(row, "ledger-row-unknown")
        else:
            return self._checked(row, mark)
        return None

    def _checked(self, row: ReturnedRow, mark: Mark) -> RowBefore | None:
        problem = self._problems[mark.problem_id]
        events = self._events.get(problem.id, ())
        if mark.heads == self._heads.get(problem.id):
            # Nothing has happened since: the record as it stands is what went out.
            then = as_exported(problem, events)
        else:
            base = self._bases.get(problem.id)
            found = exported_at(base, events, mark.heads, self._rules) if base is not None else None
            if found is None:
                self._refuse(row, "ledger-row-stale")
                return None
            then = found
        if self._seals is None or not self._seals.is_ours(mark, then.problem):
            self._refuse(row, "ledger-row-forged")
            return None
        place = (row.sheet, row.row)
        earlier = [each for each in self._seen.get(problem.id, ()) if each[0] == row.sheet]
        if earlier:
            self._note(row, "note-ledger-copied", other=min(earlier)[1])
        self._seen.setdefault(problem.id, set()).add(place)
        return self._before(row, then, problem, self._schools[problem.school_id])

    def _before(self, row: ReturnedRow, then: Any, problem: Problem, school: str) -> RowBefore:
        return RowBefore(then=then, now=problem, school=school, sheet=row.sheet, row=row.row, file=self._returned.file)

    def _judged(self, problem_id: str, found: Sequence[Difference]) -> list[Difference]:
        if not found:
            return []
        me = self._store.membership()

        def make(difference: Difference, parents: tuple[str, ...]) -> ProblemEvent:
            return ProblemEvent(
                id=self._store.new_id(),
                problem_id=problem_id,
                step=difference.step.value,
                at=self._store.clock(),
                person=me.person,
                device=me.device,
                note=difference.note,
                role=me.role.value,
                parents=parents,
                data=difference.data,
            )

        events, heads = self._events[problem_id], self._heads[problem_id]
        return judged(in_order(found), events, heads, self._rules, make)

    def _count_missing(self) -> None:
        sent, here = self._returned.sent, len(self._seen)
        if sent is not None and here < sent:
            values = {"file": self._returned.file, "sent": sent, "missing": sent - here}
            self._notices.append(sentence("note-ledger-missing", values))

    def _refuse(self, row: ReturnedRow, code: str, **values: Any) -> None:
        self._refused.append(sentence("row-place-whole", {**self._place(row), "what": sentence(code, values)}))

    def _note(self, row: ReturnedRow, code: str, **values: Any) -> None:
        self._notices.append(sentence(code, {**self._place(row), **values}))

    def _place(self, row: ReturnedRow) -> dict[str, Any]:
        return {"file": self._returned.file, "sheet": row.sheet, "row": row.row}
