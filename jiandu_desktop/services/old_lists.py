"""导入老问题: lists of former inspections, looked at first and then taken as problems that are checked one by one."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import Grade, Handling, Problem, ProblemEvent, ProblemState, Source, Step
from jiandu_desktop.domain.school import School
from jiandu_desktop.domain.sentences import sentence
from jiandu_desktop.progress import Progress
from jiandu_desktop.progress import Step as Done
from jiandu_desktop.services import lives as laying
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.store import Store
from jiandu_desktop.storage import visits

if TYPE_CHECKING:
    from jiandu_desktop.spreadsheets.old_list import OldProblem
    from jiandu_desktop.sync.operation import Draft

_REF = "old-list:"
_MOST_NAMED = 6
_ALIKE = 0.75
_SOURCES: tuple[tuple[Source, tuple[str, ...]], ...] = (
    (Source.SELF_CHECK, ("自查", "自评", "自检")),
    (Source.REPORT, ("举报", "信访", "投诉", "群众", "12345", "留言")),
    (Source.DATA, ("数据", "监测", "预警")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OldRow:
    """A row that can be taken: the problem as it will stand, and whether the list says that it was put right."""

    row: int
    school: str
    problem: Problem
    done: bool | None
    progress: str

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields without which it can only be kept as 待下达."""
        return self.problem.missing()


@dataclass(frozen=True, slots=True)
class Asked:
    """A name in the list that may be one of several schools."""

    name: str
    rows: tuple[int, ...]
    candidates: tuple[School, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OldListView:
    """What an old list would bring. `refused` and `notices` are whole sentences; `known` rows are here already."""

    file: str
    sheet: str
    rows: tuple[OldRow, ...]
    asked: tuple[Asked, ...]
    refused: tuple[str, ...]
    notices: tuple[str, ...]
    known: int


@dataclass(frozen=True, slots=True)
class OldTaken:
    """How many problems were issued, how many of them wait for a re-check, how many are kept as 待下达."""

    issued: int
    to_recheck: int
    kept: int


class OldLists:
    """Looks at old lists and takes them; the same rows a second time change nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def look(
        self, path: Path, chosen: Mapping[str, str] | None = None, progress: Progress | None = None
    ) -> OldListView:
        """Read the list at `path`; `chosen` maps a name in it to the school that is meant.

        A column of the list that says where it comes from is kept, else the file's name. Raises Trouble `sheet-…`.
        """
        from jiandu_desktop.spreadsheets.old_list import read_old_list
        from jiandu_desktop.storage import ledger_heads

        reading = read_old_list(path, today=self._store.today(), progress=progress)
        with self._store.glancing() as glance:
            schools = _Names(glance.schools(), chosen or {})
        with self._store.reading() as work:
            known = ledger_heads.problem_refs(work, _REF)
        rows: list[OldRow] = []
        refused = {fault.row: fault.sentence() for fault in reading.faults}
        asked: dict[str, list[int]] = {}
        seen: dict[str, int] = {}
        before = 0
        for number, old in reading.rows:
            school, code, values = schools.find(old)
            if school is None:
                if code == "old-row-which-school":
                    asked.setdefault(old.school, []).append(number)
                refused[number] = _placed(path.name, reading.sheet, number, code, values)
                continue
            row = self._row(number, old, school, path.stem)
            if row.problem.ref in known:
                before += 1
            elif row.problem.ref in seen:
                values = {"other": seen[row.problem.ref]}
                refused[number] = _placed(path.name, reading.sheet, number, "old-row-twice", values)
            else:
                seen[row.problem.ref] = number
                rows.append(row)
        return OldListView(
            file=path.name,
            sheet=reading.sheet,
            rows=tuple(rows),
            asked=tuple(Asked(name, tuple(of), schools.like(name)) for name, of in asked.items()),
            refused=tuple(text for _, text in sorted(refused.items())),
            notices=(*(each.sentence() for each in reading.notices), *_told(rows, before)),
            known=before,
        )

    def take(
        self, view: OldListView, rows: Sequence[OldRow] | None = None, progress: Progress | None = None
    ) -> OldTaken:
        """Take the rows (all of them by default) in one transaction.

        A row with nothing missing is issued: as 待复查 where the list says that it was put right, else as 整改中.
        Raises Trouble `not-joined`.
        """
        from jiandu_desktop.storage import ledger_heads

        chosen = view.rows if rows is None else tuple(rows)
        drafts: list[Draft] = []
        taken: list[Problem] = []
        rechecks = kept = 0
        with self._store.writing() as work:
            known = ledger_heads.problem_refs(work, _REF)
            if any(row.problem.ref in known for row in chosen):
                raise Trouble("ledger-moved-on", file=view.file)
            for number, row in enumerate(chosen, start=1):
                if row.missing:
                    visits.put_problem(work, row.problem)
                    taken.append(row.problem)
                    kept += 1
                else:
                    events = self._events(row, view.file)
                    # The projection must not run ahead of the record that others get.
                    issued = replace(row.problem, state=ProblemState.RECTIFYING, confirmed=True)
                    drafts.append(laying.issue(work, issued, *events))
                    taken.append(issued)
                    rechecks += bool(row.done)
                if progress is not None:
                    progress.report(Done(number, len(chosen)))
            self._store.record(work, drafts)
        self._store.publish(
            Changes(
                problems=frozenset(each.id for each in taken),
                schools=frozenset(each.school_id for each in taken),
                sync=bool(drafts),
            )
        )
        return OldTaken(len(drafts), rechecks, kept)

    def _row(self, number: int, old: OldProblem, school: School, file: str) -> OldRow:
        origin = old.origin or file
        problem = Problem(
            id=self._store.new_id(),
            visit_id="",
            school_id=school.id,
            ref=_REF + _digest(school, old),
            item="",
            matter=old.matter,
            text=old.text,
            basis=old.basis,
            measure=old.measure,
            grade=old.grade or Grade.GENERAL,
            handling=Handling.BY_DATE,
            found_at=self._found(old.found),
            due=old.due,
            responsible=old.responsible or school.head,
            leader=old.leader,
            notice_number=old.number,
            source=_source(origin),
            origin=origin,
            unit=old.unit or school.name,
        )
        return OldRow(row=number, school=school.name, problem=problem, done=old.done, progress=old.progress)

    def _found(self, day: date | None) -> datetime:
        now = self._store.clock()
        return now if day is None else datetime.combine(day, time(8), tzinfo=now.tzinfo)

    def _events(self, row: OldRow, file: str) -> list[ProblemEvent]:
        events = [self._event(row, Step.FOUND, row.problem.origin, ())]
        events.append(self._event(row, Step.ISSUED, "", (events[-1].id,)))
        words = f"老问题清单“{file}”：{row.progress}" if row.progress else ""
        if row.done:
            events.append(self._event(row, Step.REPORTED, words, (events[-1].id,)))
        elif words:
            events.append(self._event(row, Step.NOTED, words, (events[-1].id,)))
        return events

    def _event(self, row: OldRow, step: Step, note: str, parents: tuple[str, ...]) -> ProblemEvent:
        me = self._store.membership()
        return ProblemEvent(
            id=self._store.new_id(),
            problem_id=row.problem.id,
            step=step.value,
            at=self._store.clock(),
            person=me.person,
            device=me.device,
            note=note,
            role=me.role.value,
            parents=parents,
        )


class _Names:
    """Schools by code and by name, spaces and brackets apart."""

    def __init__(self, schools: Sequence[School], chosen: Mapping[str, str]) -> None:
        self._by_code = {school.code: school for school in schools}
        by_id = {school.id: school for school in schools}
        self._chosen = {name: by_id[each] for name, each in chosen.items() if each in by_id}
        self._by_name: dict[str, list[School]] = {}
        for school in schools:
            self._by_name.setdefault(_plain(school.name), []).append(school)

    def find(self, old: OldProblem) -> tuple[School | None, str, dict[str, Any]]:
        """The school of a row; without one, the code and values of the sentence why."""
        if old.code and old.code in self._by_code:
            return self._by_code[old.code], "", {}
        if old.school in self._chosen:
            return self._chosen[old.school], "", {}
        if old.school in self._by_code:
            return self._by_code[old.school], "", {}
        exact = self._by_name.get(_plain(old.school), []) if old.school else []
        if len(exact) == 1:
            return exact[0], "", {}
        like = self.like(old.school)
        if not like:
            return None, "old-row-no-school", {"school": old.school or old.code}
        names = "、".join(school.name for school in like[:_MOST_NAMED])
        return None, "old-row-which-school", {"school": old.school, "names": names}

    def like(self, name: str) -> tuple[School, ...]:
        """Schools of this name, or whose names contain it, are contained in it or differ by a letter or two."""
        plain = _plain(name)
        if len(plain) < 2:
            return ()
        found = [school for other, some in self._by_name.items() if plain in other or other in plain for school in some]
        if not found:
            close = get_close_matches(plain, self._by_name, n=_MOST_NAMED, cutoff=_ALIKE)
            found = [school for other in close for school in self._by_name[other]]
        return tuple(found)


def _plain(name: str) -> str:
    return "".join(mark for mark in unicodedata.normalize("NFKC", name) if mark.isalnum()).casefold()


def _source(origin: str) -> Source:
    return next((source for source, words in _SOURCES if any(word in origin for word in words)), Source.SUPERIOR)


def _digest(school: School, old: OldProblem) -> str:
    """What makes a row the same row: the school, the problem and its basis; how far it is may have gone on."""
    said = [school.id, "".join(old.text.split()), "".join(old.basis.split())]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _placed(file: str, sheet: str, row: int, code: str, values: Mapping[str, Any]) -> str:
    what = sentence(code, values)
    return sentence("row-place-whole", {"file": file, "sheet": sheet, "row": row, "what": what})


def _told(rows: Sequence[OldRow], known: int) -> list[str]:
    told = [sentence("note-old-known", {"count": known})] if known else []
    incomplete = sum(bool(row.missing) for row in rows)
    return told + ([sentence("note-old-incomplete", {"count": incomplete})] if incomplete else [])
