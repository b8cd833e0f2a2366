"""The office's rules as a workbook: limits of the life cycle on one sheet, what presses when on the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jiandu_desktop.domain.problem import ESCALATION_NAMES
from jiandu_desktop.domain.problem.escalation import CAUSE_NAMES, Cause, EscalationRule
from jiandu_desktop.domain.problem.rules import LIMITS, LifeRules, LimitLine
from jiandu_desktop.spreadsheets import cells
from jiandu_desktop.spreadsheets.csv_book import as_workbook
from jiandu_desktop.spreadsheets.reading import Column, Kind, Notice, Reading, RowFault
from jiandu_desktop.spreadsheets.sheet_look import Field, SheetPlan, add_sheet, new_workbook, save
from jiandu_desktop.spreadsheets.tables import checked, read_table

LIMITS_SHEET, ESCALATION_SHEET = "办理期限", "督促规则"
LEAST, MOST = 1, 3650
"""Days that a limit or a rule may have."""


_NAMES = {cells.choice_key(line.title): line for line in LIMITS}
_YES_NO = {"是": True, "否": False, "yes": True, "no": False, "1": True, "0": False}

LIMIT_COLUMNS = (
    Column(
        "line",
        "规则",
        ("规则名称", "项目"),
        Kind.CHOICE,
        required=True,
        choices=_NAMES,
        known=tuple(line.title for line in LIMITS),
    ),
    Column("value", "取值", ("值", "设定"), Kind.TEXT, required=True),
)
ESCALATION_COLUMNS = (
    Column(
        "cause",
        "情形",
        ("条件", "原因"),
        Kind.CHOICE,
        required=True,
        choices={cells.choice_key(name): cause for cause, name in CAUSE_NAMES.items()},
        known=tuple(CAUSE_NAMES.values()),
    ),
    Column("at_least", "达到", ("达到几", "数值", "不少于"), Kind.COUNT, required=True),
    Column(
        "level",
        "措施",
        ("督促措施", "级别", "建议措施"),
        Kind.CHOICE,
        required=True,
        choices={cells.choice_key(name): level for level, name in ESCALATION_NAMES.items()},
        known=tuple(ESCALATION_NAMES.values()),
    ),
)


def write_rules(path: Path, limits: LifeRules, rules: Sequence[EscalationRule]) -> None:
    """Write both sheets to `path`, ready to be changed and read again; raises Trouble as every sheet we save."""
    book = new_workbook("办理规则")
    lines = [(line.title, _shown(getattr(limits, line.name)), line.meaning) for line in LIMITS]
    fields = [Field("规则"), Field("取值"), Field("说明", width=44)]
    note = "只改“取值”一列；改好后用 jiandu office rules --import 导入，发布后各台电脑一起生效。"
    add_sheet(book, SheetPlan(LIMITS_SHEET, "问题办理期限", note, fields, lines))
    ordered = sorted(rules, key=lambda rule: (list(Cause).index(rule.cause), rule.at_least))
    rows = [(CAUSE_NAMES[rule.cause], rule.at_least, ESCALATION_NAMES[rule.level]) for rule in ordered]
    note = "每行一条：情形达到几（逾期按天，其余按次），就建议采取什么措施；可以增删行。只是建议，由人决定。"
    add_sheet(
        book,
        SheetPlan(ESCALATION_SHEET, "督促规则", note, [Field("情形", width=26), Field("达到"), Field("措施")], rows),
    )
    save(book, path)


def read_limits(path: Path) -> Reading[tuple[str, int | bool]]:
    """(name in `LifeRules`, value) for every line; a value that the rule cannot have is a fault of its row.

    Raises Trouble `sheet-…` where no sheet has such a table.
    """
    with as_workbook(path) as book:
        reading = read_table(book, LIMIT_COLUMNS)
    return checked(reading, _Once(reading, "line", "取值").check, lambda row: (row["line"].name, _value(row)))


def read_escalations(path: Path) -> Reading[EscalationRule]:
    """The rules of the second sheet; raises as `read_limits`."""
    with as_workbook(path) as book:
        reading = read_table(book, ESCALATION_COLUMNS)
    return checked(
        reading,
        _Once(reading, "cause", "达到").check,
        lambda row: EscalationRule(row["cause"], row["at_least"], row["level"]),
    )


class _Once:
    """Finds a rule that stands twice, and a figure that it cannot have."""

    def __init__(self, reading: Reading[dict[str, Any]], key: str, column: str) -> None:
        self._reading, self._key, self._column = reading, key, column
        self._seen: dict[Any, int] = {}

    def check(self, number: int, record: Mapping[str, Any]) -> tuple[list[RowFault], list[Notice]]:
        if self._key == "line":
            same: Any = record["line"].name
            fault = _value_fault(record["line"], record["value"])
        else:
            same = (record["cause"], record["at_least"])
            figure = record["at_least"]
            fault = None if LEAST <= figure <= MOST else _figure_fault(str(figure), CAUSE_NAMES[record["cause"]])
        other = self._seen.setdefault(same, number)
        if other != number:
            fault = "row-rule-twice", {"other": other}
        if fault is None:
            return [], []
        return [RowFault(self._reading.sheet, number, self._column, *fault, self._reading.file)], []


def _value_fault(line: LimitLine, text: str) -> tuple[str, dict[str, Any]] | None:
    if line.name == "second_person":
        known = text.strip().casefold() in _YES_NO
        return None if known else ("row-rule-yes-no", {"shown": text, "name": line.title})
    figure = text.strip().removesuffix("天").strip()
    good = figure.isascii() and figure.isdigit() and LEAST <= int(figure) <= MOST
    return None if good else _figure_fault(text, line.title)


def _figure_fault(shown: str, name: str) -> tuple[str, dict[str, Any]]:
    return "row-rule-figure", {"shown": shown, "name": name, "least": LEAST, "most": MOST}


def _value(record: Mapping[str, Any]) -> int | bool:
    text = record["value"].strip()
    if record["line"].name == "second_person":
        return _YES_NO[text.casefold()]
    return int(text.removesuffix("天").strip())


def _shown(value: int | bool) -> int | str:
    return ("是" if value else "否") if isinstance(value, bool) else value
