"""办理规则: the limits of a problem's life and what presses when, as data that the office sets for every laptop."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem.escalation import EscalationRule
from jiandu_desktop.domain.problem.rules import LIMITS, LifeRules
from jiandu_desktop.services import escalations, lives
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.store import Store
from jiandu_desktop.storage import county
from jiandu_desktop.sync.operation import Draft

if TYPE_CHECKING:
    from collections.abc import Callable

    from jiandu_desktop.services.escalations import Escalations
    from jiandu_desktop.spreadsheets import Reading

_NO_TABLE = ("sheet-no-header", "sheet-missing-column")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook:
    """The rules that hold here; `own_…` tells whether the office set them or the program's defaults hold."""

    limits: LifeRules
    escalations: tuple[EscalationRule, ...]
    own_limits: bool
    own_escalations: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleReport:
    """What an import changed: limits by name with old and new value, and how many rules press now (None: as before)."""

    file: str
    limits: tuple[tuple[str, int | bool, int | bool], ...]
    escalations: int | None
    notices: tuple[str, ...]


class OfficeRules:
    """Reading the rules anywhere; setting them on the office's own computer."""

    def __init__(self, store: Store, pressing: Callable[[], Escalations]) -> None:
        self._store = store
        self._pressing = pressing

    def read(self) -> RuleBook:
        """The rules in force."""
        with self._store.reading() as work:
            return RuleBook(
                limits=lives.read_rules(work),
                escalations=escalations.read_rules(work),
                own_limits=county.fact(work, lives.RULES_FACT) is not None,
                own_escalations=county.fact(work, escalations.ESCALATION_FACT) is not None,
            )

    def set_limits(self, limits: LifeRules) -> None:
        """Put limits in force for every laptop; every problem is derived anew.

        Raises Trouble `not-office` on an inspector's laptop, ValueError for a limit below one day.
        """
        if self._store.membership().role.value != "office":
            raise Trouble("not-office", path=str(self._store.folder.root))
        wire: dict[str, Any] = {line.name: getattr(limits, line.name) for line in LIMITS}
        lives.rules_of(wire)
        with self._store.writing() as work:
            county.keep_fact(work, lives.RULES_FACT, wire)
            self._store.record(work, [Draft("office.rules", "rules", {"rules": wire})])
            changed = lives.settle_all(work)
        self._store.publish(Changes(problems=changed, settings=True))

    def export(self, path: Path) -> None:
        """Write the rules in force as a workbook to be changed; raises Trouble `file-not-writable`, `disk-full`."""
        from jiandu_desktop.spreadsheets.rules_book import write_rules

        book = self.read()
        write_rules(path, book.limits, book.escalations)

    def import_file(self, path: Path) -> RuleReport:
        """Read rules from a workbook or CSV and put them in force: all of it or, with any fault, nothing.

        A file with one of the two tables changes that one. Raises ImportRefused with file, sheet, row and column of
        every fault, Trouble `sheet-…`, `rules-empty`, `not-office`.
        """
        from jiandu_desktop.services.importing import ImportRefused
        from jiandu_desktop.spreadsheets.rules_book import read_escalations, read_limits

        if self._store.membership().role.value != "office":
            raise Trouble("not-office", path=str(self._store.folder.root))
        limits, rules = _if_there(lambda: read_limits(path)), _if_there(lambda: read_escalations(path))
        readings: list[Reading[Any]] = [reading for reading in (limits, rules) if reading is not None]
        faults = [fault.sentence() for reading in readings for fault in reading.faults]
        if faults:
            raise ImportRefused(path.name, faults)
        if not any(reading.rows for reading in readings):
            raise Trouble("rules-empty", file=path.name)
        before = self.read().limits
        changed = []
        if limits is not None and limits.rows:
            given = dict(limits.records)
            changed = [(name, getattr(before, name), value) for name, value in given.items()]
            self.set_limits(replace(before, **given))
        if rules is not None and rules.rows:
            self._pressing().set_rules(rules.records)
        return RuleReport(
            file=path.name,
            limits=tuple(each for each in changed if each[1] != each[2]),
            escalations=len(rules.rows) if rules is not None and rules.rows else None,
            notices=tuple(notice.sentence() for reading in readings for notice in reading.notices),
        )


def _if_there(read: Callable[[], Reading[Any]]) -> Reading[Any] | None:
    """A table that the file does not hold is not asked for."""
    try:
        return read()
    except Trouble as trouble:
        if trouble.code in _NO_TABLE:
            return None
        raise
