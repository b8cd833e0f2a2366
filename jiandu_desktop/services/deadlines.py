"""期限: how many days a grade has, in calendar or working days, over the holidays that hold in this county."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import Grade
from jiandu_desktop.domain.working_days import HolidayList, Milestone, planned_backwards, read_days
from jiandu_desktop.paths import resources
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.preferences import Preferences
from jiandu_desktop.services.store import Store

if TYPE_CHECKING:
    from jiandu_desktop.services.importing import ImportRefused

HOLIDAYS_FACT = "holidays"
"""The office's own list as it travels; its days go before the shipped ones."""

PLAN_PARTS: tuple[tuple[str, int], ...] = (("制定方案，落实到人", 1), ("组织整改", 3), ("自查并报告整改情况", 1))
"""How a schedule is divided where the school says nothing: our own proposal, every part can be changed."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day; `moved` where a calendar limit ended on a day off and so ends on the next working day (顺延)."""

    day: date
    moved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayReport:
    """What a list of holidays brought."""

    file: str
    years: tuple[int, ...]
    off: int
    worked: int
    notices: tuple[str, ...] = ()


class Deadlines:
    """Reckons days; the office may put its own holidays in force for every laptop."""

    def __init__(self, store: Store, preferences: Preferences) -> None:
        self._store = store
        self._preferences = preferences
        self._holidays: HolidayList | None = None
        store.feed.subscribe(self._take_changes)

    def holidays(self) -> HolidayList:
        """The shipped list, and over it the days of the office's own."""
        known = self._holidays
        if known is None:
            with self._store.glancing() as glance:
                own = glance.facts().get(HOLIDAYS_FACT)
            known = shipped() if own is None else shipped().overlaid(from_wire_days(own))
            self._holidays = known
        return known

    @property
    def working(self) -> bool:
        """Whether this laptop counts the days to put right as working days."""
        return bool(self._preferences.get("deadline_days") == "working")

    def days_for(self, grade: Grade) -> int:
        """Days to put a problem of this grade right where nothing else is said."""
        return self._preferences.days_for(grade)

    def last_day(self, start: date, days: int, *, working: bool | None = None) -> Deadline:
        """The last of `days` days after `start`; raises ValueError for less than 0 or more than ten years."""
        counted = self.working if working is None else working
        holidays = self.holidays()
        day = holidays.last_day(start, days, working=counted)
        return Deadline(day, moved=not counted and (day - start).days != days)

    def plan(self, start: date, due: date, parts: Sequence[tuple[str, int]] = PLAN_PARTS) -> tuple[Milestone, ...]:
        """A schedule planned backwards from `due` (倒排) over the working days from `start`."""
        return planned_backwards(min(start, due), due, parts, self.holidays())

    def set_holidays(self, own: HolidayList) -> None:
        """Put an office's own list in force for every laptop; raises Trouble `not-office` on an inspector's."""
        from jiandu_desktop.storage import county
        from jiandu_desktop.sync.operation import Draft

        if self._store.membership().role.value != "office":
            raise Trouble("not-office", path=str(self._store.folder.root))
        wire = to_wire_days(own)
        with self._store.writing() as work:
            county.keep_fact(work, HOLIDAYS_FACT, wire)
            self._store.record(work, [Draft("office.holidays", "holidays", wire)])
        self._store.publish(Changes(settings=True))

    def import_holidays(self, path: Path) -> HolidayReport:
        """Read an .xlsx or .csv of 日期, 类型 (休息、上班) and put it in force.

        Days that the file does not speak of stay as they are. Raises ImportRefused with every row that cannot be read,
        Trouble `sheet-…`, `not-office`.
        """
        from jiandu_desktop.spreadsheets.holidays import read_holidays

        reading = read_holidays(path)
        if reading.faults:
            raise _refused(reading.file, [fault.sentence() for fault in reading.faults])
        off = frozenset(day for day, is_off in reading.records if is_off)
        worked = frozenset(day for day, is_off in reading.records if not is_off)
        if not off | worked:
            raise Trouble("holidays-empty", file=reading.file)
        with self._store.glancing() as glance:
            before = from_wire_days(glance.facts().get(HOLIDAYS_FACT) or {})
        self.set_holidays(before.overlaid(HolidayList(off, worked)))
        return HolidayReport(
            file=reading.file,
            years=tuple(sorted({day.year for day in off | worked})),
            off=len(off),
            worked=len(worked),
            notices=tuple(notice.sentence() for notice in reading.notices),
        )

    def _take_changes(self, changes: Changes) -> None:
        if changes.settings:
            self._holidays = None


def to_wire_days(days: HolidayList) -> dict[str, Any]:
    """The list as it travels."""
    return {"off": sorted(map(str, days.off)), "worked": sorted(map(str, days.worked))}


def from_wire_days(value: Mapping[str, Any]) -> HolidayList:
    """The list that `to_wire_days` gave; raises ValueError or TypeError for what is none."""
    off, worked = (frozenset(map(date.fromisoformat, value.get(name, ()))) for name in ("off", "worked"))
    return HolidayList(off, worked)


@lru_cache(maxsize=1)
def shipped() -> HolidayList:
    """The list that comes with the program."""
    text = (resources() / "calendar" / "holidays.csv").read_text(encoding="utf-8")
    return read_days(text.splitlines())


def _refused(file: str, faults: Sequence[str]) -> ImportRefused:
    from jiandu_desktop.services.importing import ImportRefused

    return ImportRefused(file, faults)
