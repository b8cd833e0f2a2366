"""The ledger out: to print, to send to the schools, and to come back with their replies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jiandu_desktop.domain.attachment import file_name
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.ledger_layout import LAYOUT_NAMES, Layout
from jiandu_desktop.domain.problem import (
    GRADE_NAMES,
    OPEN_STATES,
    PROBLEM_STATE_NAMES,
    SOURCE_NAMES,
    Problem,
    ProblemEvent,
    ProblemState,
)
from jiandu_desktop.domain.school import School
from jiandu_desktop.progress import Progress, Step
from jiandu_desktop.services.ledger_marks import Seals, as_exported, made_seals
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.unit import Unit, read_unit

if TYPE_CHECKING:
    from jiandu_desktop.spreadsheets.ledger_book import LedgerLine

_STEP = 5_000


@dataclass(frozen=True, slots=True)
class LedgerWritten:
    """What was written: the files, and how many problems stand in them together."""

    files: tuple[Path, ...]
    problems: int


@dataclass(frozen=True, slots=True)
class _Ledger:
    """Everything a row is made of, read at one moment."""

    unit: Unit
    today: date
    problems: Sequence[Problem]
    schools: Mapping[str, School]
    heads: Mapping[str, tuple[str, ...]]
    replies: Mapping[str, tuple[ProblemEvent, ...]]
    seals: Seals


class LedgerExport:
    """Writes workbooks; problems that were not issued yet (待下达) are left out, as nobody owes them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def write(
        self,
        path: Path,
        layout: Layout,
        problem_ids: Iterable[str] | None = None,
        *,
        open_only: bool = False,
        progress: Progress | None = None,
    ) -> LedgerWritten:
        """One workbook of the problems named, in this order, or of all, by school; raises Trouble `ledger-empty`,
        `file-not-writable`, `disk-full`."""
        ledger = self._read(problem_ids, open_only)
        schools = {problem.school_id for problem in ledger.problems}
        of = ledger.schools[schools.pop()].name if len(schools) == 1 else f"{len(schools)} 所学校"
        self._write(path, layout, ledger, ledger.problems, of, progress)
        return LedgerWritten((path,), len(ledger.problems))

    def write_by_school(
        self,
        folder: Path,
        layout: Layout,
        problem_ids: Iterable[str] | None = None,
        *,
        open_only: bool = True,
        progress: Progress | None = None,
    ) -> LedgerWritten:
        """One workbook per school into `folder`, to be sent out; raises as `write`."""
        ledger = self._read(problem_ids, open_only)
        by_school: dict[str, list[Problem]] = {}
        for problem in ledger.problems:
            by_school.setdefault(problem.school_id, []).append(problem)
        files = []
        for school_id, problems in by_school.items():
            if progress is not None:
                progress.check()
            school = ledger.schools[school_id]
            path = folder / file_name(f"{school.code} {school.name} {LAYOUT_NAMES[layout]}.xlsx", ())
            self._write(path, layout, ledger, problems, school.name, None)
            files.append(path)
            if progress is not None:
                progress.report(Step(len(files), len(by_school)))
        return LedgerWritten(tuple(files), len(ledger.problems))

    def of_school(self, school_id: str) -> tuple[str, ...]:
        """Identifiers of a school's problems, the oldest first."""
        with self._store.glancing() as glance:
            own = [problem for problem in glance.problems() if problem.school_id == school_id]
        return tuple(problem.id for problem in sorted(own, key=lambda each: (each.found_at, each.id)))

    def _read(self, problem_ids: Iterable[str] | None, open_only: bool) -> _Ledger:
        from jiandu_desktop.storage import ledger_heads

        with self._store.writing() as work:
            keys = made_seals(work)
        with self._store.glancing() as glance:
            schools = {school.id: school for school in glance.schools()}
            every = glance.problems()
        with self._store.reading() as work:
            unit, heads, replies = read_unit(work), ledger_heads.heads(work), ledger_heads.replies(work)
        if problem_ids is None:
            chosen = sorted(every, key=lambda each: (schools[each.school_id].code, each.found_at, each.id))
        else:
            by_id = {problem.id: problem for problem in every}
            chosen = [by_id[each] for each in problem_ids if each in by_id]
        problems = [
            problem
            for problem in chosen
            if problem.id in heads
            and problem.state is not ProblemState.FOUND
            and (not open_only or problem.state in OPEN_STATES)
        ]
        if not problems:
            raise Trouble("ledger-empty")
        return _Ledger(unit, self._store.today(), problems, schools, heads, replies, keys)

    def _write(
        self,
        path: Path,
        layout: Layout,
        ledger: _Ledger,
        problems: Sequence[Problem],
        of: str,
        progress: Progress | None,
    ) -> None:
        from jiandu_desktop.spreadsheets.ledger_book import LedgerBook, write_ledger

        lines = []
        for ordinal, problem in enumerate(problems, start=1):
            lines.append(_line(ordinal, problem, ledger))
            if progress is not None and ordinal % _STEP == 0:
                progress.report(Step(ordinal, len(problems)))
        book = LedgerBook(office=ledger.unit.name, county=ledger.unit.county, of=of, made_on=ledger.today, lines=lines)
        write_ledger(path, book, layout)


def _line(ordinal: int, problem: Problem, ledger: _Ledger) -> LedgerLine:
    from jiandu_desktop.spreadsheets.ledger_book import LedgerLine

    school = ledger.schools[problem.school_id]
    late = problem.due is not None and problem.state in OPEN_STATES and problem.due < ledger.today
    replies = ledger.replies.get(problem.id, ())
    shown = as_exported(problem, replies) if replies else None
    return LedgerLine(
        ordinal=ordinal,
        school=school.name,
        code=school.code,
        area=school.area,
        matter=problem.matter,
        text=problem.text,
        basis=problem.basis,
        grade=GRADE_NAMES[problem.grade],
        source=SOURCE_NAMES[problem.source],
        found=problem.found_at.date(),
        number=problem.notice_number,
        measure=problem.measure,
        unit=problem.unit or school.name,
        responsible=problem.responsible,
        supervising=problem.supervising,
        leader=problem.leader,
        chain="、".join(problem.chain),
        due=problem.due,
        overdue=(ledger.today - problem.due).days if late and problem.due else None,
        state=PROBLEM_STATE_NAMES[problem.state],
        ended=problem.ended,
        result=_result(problem),
        mark=ledger.seals.mark(problem, ledger.heads[problem.id]),
        plan=shown.plan if shown else "",
        report=shown.report if shown else "",
        done_on=date.fromisoformat(shown.done_on) if shown and shown.done_on else None,
        reporter=shown.reporter if shown else "",
    )


def _result(problem: Problem) -> str:
    words = PROBLEM_STATE_NAMES[problem.state]
    if problem.ended is not None:
        words += f"（{problem.ended:%Y-%m-%d}）"
    if problem.returned:
        words += f"，退回 {problem.returned} 次"
    if problem.rebounds:
        words += f"，反弹 {problem.rebounds} 次"
    return words
