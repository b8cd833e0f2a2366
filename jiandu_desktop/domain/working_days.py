"""Calendar and working days (工作日): the State Council's yearly notice moves days, so holidays are data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5
_MAX_DAYS = 3660
"""Ten years: further than any deadline, so that a wrong figure ends with an error and not with an endless loop."""


@dataclass(frozen=True, slots=True)
class HolidayList:
    """What one or more yearly notices (国务院办公厅关于部分节假日安排的通知) say.

    `off` are days off that are not weekends, or weekends inside a holiday; `worked` are weekend days that are worked
    (调休上班). Years that no notice covers follow the weekends alone: `covers` tells which are known.
    """

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def covers(self, day: date) -> bool:
        """Whether a notice for the year of `day` is known."""
        return any(each.year == day.year for each in self.off)

    def overlaid(self, other: HolidayList) -> HolidayList:
        """This list with every day of which `other` speaks as `other` says."""
        return HolidayList((self.off - other.worked) | other.off, (self.worked - other.off) | other.worked)

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on `day`."""
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.off)

    def after(self, start: date, days: int) -> date:
        """The `days`-th working day after `start`; the day itself does not count (民法典 第二百零一条).

        Raises ValueError for less than 0 or more than ten years.
        """
        return self._step(start, days, timedelta(days=1))

    def before(self, end: date, days: int) -> date:
        """The `days`-th working day before `end`: for schedules that are planned backwards (倒排)."""
        return self._step(end, days, timedelta(days=-1))

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative where `end` is earlier."""
        if end < start:
            return -self.between(end, start)
        return sum(self.is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))

    def last_day(self, start: date, days: int, *, working: bool) -> date:
        """The last day of a limit that begins on `start`.

        Calendar days whose last one is a day off end on the next working day (民法典 第二百零三条).
        """
        if working:
            return self.after(start, days)
        if not 0 <= days <= _MAX_DAYS:
            raise ValueError(f"{days} days")
        end = start + timedelta(days=days)
        return end if self.is_working_day(end) else self.after(end, 1)

    def _step(self, start: date, days: int, one: timedelta) -> date:
        if not 0 <= days <= _MAX_DAYS:
            raise ValueError(f"{days} days")
        day = start
        while days:
            day += one
            days -= self.is_working_day(day)
        return day


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step of a schedule planned backwards from its deadline (倒排工期)."""

    day: date
    text: str


def planned_backwards(
    start: date, due: date, parts: Sequence[tuple[str, int]], holidays: HolidayList
) -> tuple[Milestone, ...]:
    """Divide the working days from `start` to `due` by the weights of `parts`, the last part ending on `due`.

    Every part has a weight of at least 1 and gets at least its share rounded down; where there are fewer working days
    than parts, several parts end on one day. Raises ValueError for no parts, a weight below 1 or `due` before `start`.
    """
    if not parts or due < start or any(weight < 1 for _, weight in parts):
        raise ValueError("parts with weights, and an end after the beginning")
    total, weights = holidays.between(start, due), sum(weight for _, weight in parts)
    found: list[Milestone] = []
    rest = 0
    for text, weight in reversed(parts):
        found.append(Milestone(max(start, due if rest == 0 else holidays.before(due, total * rest // weights)), text))
        rest += weight
    return tuple(reversed(found))


def read_days(lines: Iterable[str]) -> HolidayList:
    """The list from lines `2026-02-15,off` and `2026-02-14,work`; what follows `#` is a remark.

    Raises ValueError naming the line that cannot be read.
    """
    off: set[date] = set()
    worked: set[date] = set()
    for number, line in enumerate(lines, 1):
        words = line.split("#")[0].strip()
        if not words:
            continue
        day, _, kind = words.partition(",")
        if kind.strip() not in ("off", "work"):
            raise ValueError(f"line {number}: {line.strip()}")
        (off if kind.strip() == "off" else worked).add(date.fromisoformat(day.strip()))
    return HolidayList(frozenset(off), frozenset(worked))
