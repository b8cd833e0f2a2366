"""The office's imports: what a workbook would change, row by row, and then all of it or nothing."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from jiandu_desktop.domain.assignment import Assignment, PlanRow
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.inspector import Inspector, InspectorRow
from jiandu_desktop.domain.school import School, SchoolRow
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.wire import to_wire
from jiandu_desktop.spreadsheets import Reading, RowFault, read_inspectors, read_plan, read_schools
from jiandu_desktop.spreadsheets.plans import PLAN_COLUMNS
from jiandu_desktop.spreadsheets.rosters import INSPECTOR_COLUMNS, SCHOOL_COLUMNS
from jiandu_desktop.storage import county
from jiandu_desktop.storage.records import Work
from jiandu_desktop.sync.operation import Draft

Kept = TypeVar("Kept", School, Inspector, Assignment)

FIELD_NAMES: dict[str, str] = {
    **{column.key: column.title for column in (*PLAN_COLUMNS, *INSPECTOR_COLUMNS, *SCHOOL_COLUMNS)},
    "inspector_ids": "督学",
}
"""`Change.field` → the head of its column, as the office reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field of one record that the workbook gives another value."""

    name: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did. `faults` and `notices` are whole sentences naming file, sheet and row."""

    file: str
    added: int
    changed: int
    unchanged: int
    changes: tuple[Change, ...]
    faults: tuple[str, ...]
    notices: tuple[str, ...]


class ImportRefused(Trouble):
    """Rows that cannot be read stand in the way; nothing was imported. `faults` are their sentences."""

    def __init__(self, file: str, faults: Sequence[str]) -> None:
        super().__init__("import-refused", file=file, count=len(faults))
        self.faults = tuple(faults)


class Importing:
    """Imports into the office's own database; the same file a second time changes nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def schools(self, path: Path, *, skip_bad: bool = False) -> ImportReport:
        """Import a roster. Schools are recognised by code.

        Raises ImportRefused unless `skip_bad`, and Trouble `sheet-…` for what concerns the whole file.
        """
        reading = read_schools(path)
        _stop_at_faults(reading, skip_bad)
        with self._store.writing() as work:
            known = {school.code: school for school in county.schools(work)}
            plan = _compare(
                reading.records,
                known=lambda row: known.get(row.code),
                make=lambda row, found: School(id=found.id if found else self._store.new_id(), **_values(row)),
            )
            county.put_schools(work, *plan.writes)
            drafts = [Draft("school.put", each.id, {"school": to_wire(each)}) for each in plan.writes]
            self._store.record(work, drafts)
        self._store.publish(Changes(schools=frozenset(each.id for each in plan.writes)))
        return plan.report(reading)

    def inspectors(self, path: Path, *, skip_bad: bool = False) -> ImportReport:
        """Import the list of inspectors, recognised by certificate number, else by name."""
        reading = read_inspectors(path)
        _stop_at_faults(reading, skip_bad)
        with self._store.writing() as work:
            everyone = county.inspectors(work)
            by_number = {each.certificate: each for each in everyone if each.certificate}
            by_name = {each.name: each for each in everyone}
            plan = _compare(
                reading.records,
                known=lambda row: by_number.get(row.certificate) if row.certificate else by_name.get(row.name),
                make=lambda row, found: Inspector(id=found.id if found else self._store.new_id(), **_values(row)),
            )
            county.put_inspectors(work, *plan.writes)
            drafts = [Draft("inspector.put", each.id, {"inspector": to_wire(each)}) for each in plan.writes]
            self._store.record(work, drafts)
        self._store.publish(Changes(settings=True))
        return plan.report(reading)

    def plan(self, path: Path, *, today: date, skip_bad: bool = False) -> ImportReport:
        """Import a plan (学校 × 任务 × 督学 × 期限); a line is recognised by school, task and checklist."""
        reading = read_plan(path, today=today)
        with self._store.writing() as work:
            resolver = _Resolver(work, reading)
            resolved = [(row, resolver.resolve(number, row)) for number, row in reading.rows]
            faults = [*reading.faults, *resolver.faults]
            reading = dataclasses.replace(reading, faults=tuple(faults))
            _stop_at_faults(reading, skip_bad)
            known = {(each.school_id, each.task, each.form_id): each for each in county.assignments(work)}
            plan = _compare(
                [target for _, target in resolved if target is not None],
                known=lambda row: known.get((row.school_id, row.task, row.form_id)),
                make=lambda row, found: dataclasses.replace(row, id=found.id if found else self._store.new_id()),
                name=lambda row: f"{resolver.school_names[row.school_id]} {row.task}",
            )
            county.put_assignments(work, *plan.writes)
            drafts = [Draft("assignment.put", each.id, {"assignment": to_wire(each)}) for each in plan.writes]
            self._store.record(work, drafts)
        self._store.publish(Changes(assignments=frozenset(each.id for each in plan.writes)))
        return plan.report(reading)


@dataclass(frozen=True, slots=True)
class _Plan:
    writes: tuple[Any, ...]
    added: int
    unchanged: int
    changes: tuple[Change, ...]

    def report(self, reading: Reading[Any]) -> ImportReport:
        return ImportReport(
            file=reading.file,
            added=self.added,
            changed=len(self.writes) - self.added,
            unchanged=self.unchanged,
            changes=self.changes,
            faults=tuple(fault.sentence() for fault in reading.faults),
            notices=tuple(notice.sentence() for notice in reading.notices),
        )


def _compare(
    rows: Sequence[Any],
    *,
    known: Callable[[Any], Kept | None],
    make: Callable[[Any, Kept | None], Kept],
    name: Callable[[Kept], str] = lambda record: str(getattr(record, "name", "")),
) -> _Plan:
    """What has to be written: records that are new, or whose fields differ from what is kept."""
    writes: list[Kept] = []
    changes: list[Change] = []
    added = unchanged = 0
    for row in rows:
        found = known(row)
        record = make(row, found)
        if found is None:
            added += 1
            writes.append(record)
            continue
        differing = [
            Change(name=name(found), field=field.name, old=_shown(old), new=_shown(new))
            for field in dataclasses.fields(record)
            if (old := getattr(found, field.name)) != (new := getattr(record, field.name))
        ]
        if differing:
            changes += differing
            writes.append(record)
        else:
            unchanged += 1
    return _Plan(tuple(writes), added, unchanged, tuple(changes))


class _Resolver:
    """Turns the words of a plan line into identifiers; what cannot be found becomes a fault of its row."""

    def __init__(self, work: Work, reading: Reading[PlanRow]) -> None:
        self._reading = reading
        self.faults: list[RowFault] = []
        schools = county.schools(work)
        self.school_names = {school.id: school.name for school in schools}
        self._schools = _index((school.code, school.name, school.id) for school in schools)
        inspectors = county.inspectors(work)
        self._inspectors = _index((each.certificate, each.name, each.id) for each in inspectors)
        self._forms = {key: each.form_id for each in county.checklists(work) for key in (each.form_id, each.title)}

    def resolve(self, number: int, row: PlanRow) -> Assignment | None:
        school_id = self._one(number, "学校", "school", self._schools, row.school)
        form_id = self._forms.get(row.checklist)
        if form_id is None:
            self._fault(number, "表单", "checklist-unknown", form=row.checklist)
        people = [self._one(number, "督学", "inspector", self._inspectors, each) for each in row.inspectors]
        if school_id is None or form_id is None or None in people:
            return None
        return Assignment(
            id="",
            school_id=school_id,
            task=row.task,
            kind=row.kind,
            form_id=form_id,
            inspector_ids=tuple(person for person in people if person),
            due=row.due,
        )

    def _one(self, number: int, column: str, kind: str, index: dict[str, list[str]], text: str) -> str | None:
        found = index.get(text, [])
        if len(found) == 1:
            return found[0]
        code = f"{kind}-ambiguous" if found else f"{kind}-unknown"
        self._fault(number, column, code, count=len(found), **{kind: text})
        return None

    def _fault(self, number: int, column: str, code: str, **values: Any) -> None:
        self.faults.append(RowFault(self._reading.sheet, number, column, code, values, file=self._reading.file))


def _index(entries: Any) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for code, name, record_id in entries:
        for key in {code, name} - {""}:
            index.setdefault(key, []).append(record_id)
    return index


def _stop_at_faults(reading: Reading[Any], skip_bad: bool) -> None:
    if reading.faults and not skip_bad:
        raise ImportRefused(reading.file, [fault.sentence() for fault in reading.faults])


def _values(row: SchoolRow | InspectorRow) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}


def _shown(value: Any) -> str:
    if value is None:
        return "（空）"
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return str(value)
