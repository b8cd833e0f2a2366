"""The plan of inspections as the office writes it: school, task, checklist, inspectors, last day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from jiandu_desktop.domain.assignment import VISIT_KIND_NAMES, PlanRow, VisitKind
from jiandu_desktop.progress import Progress
from jiandu_desktop.spreadsheets.cells import choice_key
from jiandu_desktop.spreadsheets.reading import Column, Kind, Notice, Reading, RowFault
from jiandu_desktop.spreadsheets.tables import checked, read_table

_KIND_WORDINGS: dict[VisitKind, str] = {
    VisitKind.ROUTINE: "经常性 经常性督导 日常 日常督导 常规 常规督导 挂牌督导 责任督导 责任区督导 随访 随访督导",
    VisitKind.SPECIAL: "专项 专项督导 专项督查 专项检查 专题督导 督查",
    VisitKind.COMPREHENSIVE: "综合 综合督导 综合督导评估 综合评估 全面督导",
    VisitKind.RECHECK: "复查 复查督导 整改复查 回访 整改回访 回访督导 回头看 跟踪督导 销号复查",
}
_KINDS = {
    choice_key(wording): kind
    for kind, wordings in _KIND_WORDINGS.items()
    for wording in (VISIT_KIND_NAMES[kind], *wordings.split())
}

PLAN_COLUMNS = (
    Column("code", "学校代码", ("学校标识码", "学校编码", "学校编号", "标识码", "代码", "编码"), Kind.CODE),
    Column("school", "学校", ("学校名称", "校名", "被督导学校", "受检学校", "督导学校", "单位名称", "单位")),
    Column("task", "任务", ("督导任务", "任务名称", "督导事项", "督导内容", "督导任务名称", "事项"), required=True),
    Column(
        "kind",
        "督导类型",
        ("督导方式", "督导类别", "任务类型", "类型", "类别", "方式"),
        Kind.CHOICE,
        choices=_KINDS,
        known=tuple(VISIT_KIND_NAMES.values()),
    ),
    Column(
        "checklist", "表单", ("督导表单", "检查表", "督导检查表", "表单名称", "检查清单", "督导清单"), required=True
    ),
    Column(
        "inspectors",
        "督学",
        ("责任督学", "督学姓名", "督导人员", "检查人员", "督学人员", "人员"),
        Kind.NAMES,
        required=True,
    ),
    Column(
        "due",
        "期限",
        ("完成时限", "截止日期", "完成期限", "截止时间", "完成时间", "时限", "最迟日期", "督导期限"),
        Kind.DATE,
        required=True,
    ),
)


def read_plan(path: Path, today: date | None = None, progress: Progress | None = None) -> Reading[PlanRow]:
    """The plan at `path`; the school by code where the row has one, else by name; the first inspector leads.

    A row without 督导类型 is 经常性督导, and a notice says so (one for all where no row has it).
    `today` supplies the year of "11月24日".
    Raises Trouble `sheet-…` for what concerns the whole file; what concerns a row is in `faults`.
    """
    reading = read_table(path, PLAN_COLUMNS, any_of=(("code", "school"),), today=today, progress=progress)
    if reading.rows and all(record["kind"] is None for record in reading.records):
        values = {"kind": VISIT_KIND_NAMES[VisitKind.ROUTINE]}
        notice = Notice(reading.sheet, 0, "note-kinds-assumed", values, reading.file)
        reading = replace(reading, notices=(*reading.notices, notice))
    return checked(reading, _Lines(reading).check, _plan_row)


class _Lines:
    """Finds the line that stands twice and the kind of visit that is not said."""

    def __init__(self, reading: Reading[dict[str, Any]]) -> None:
        self._reading = reading
        self._lines: dict[PlanRow, int] = {}
        self._none_says_its_kind = all(record["kind"] is None for record in reading.records)

    def check(self, number: int, record: dict[str, Any]) -> tuple[list[RowFault], list[Notice]]:
        sheet, file = self._reading.sheet, self._reading.file
        line = _plan_row(record)
        if line in self._lines:
            values = {"other": self._lines[line]}
            return [RowFault(sheet, number, "", "row-duplicate-line", values, file)], []
        self._lines[line] = number
        if record["kind"] is None and not self._none_says_its_kind:
            name = VISIT_KIND_NAMES[VisitKind.ROUTINE]
            return [], [Notice(sheet, number, "note-kind-assumed", {"kind": name}, file)]
        return [], []


def _plan_row(record: dict[str, Any]) -> PlanRow:
    return PlanRow(
        school=record["code"] or record["school"],
        task=record["task"],
        kind=record["kind"] or VisitKind.ROUTINE,
        checklist=record["checklist"],
        inspectors=record["inspectors"],
        due=record["due"],
    )
