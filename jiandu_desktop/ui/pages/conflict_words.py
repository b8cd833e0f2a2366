"""What contradicts itself, in words: kinds, fields and values as the inspector knows them."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication

from jiandu_desktop.domain.assignment import VISIT_KIND_NAMES, VisitKind
from jiandu_desktop.domain.problem import GRADE_NAMES, PROBLEM_STATE_NAMES, Grade
from jiandu_desktop.domain.school import STAGE_NAMES, Stage
from jiandu_desktop.services.conflicts import ConflictLine, ConflictValue, ConflictView
from jiandu_desktop.ui.pages.words import join, moment_words

tr = QCoreApplication.translate

OFFICE = "office"
"""In whose name the office's computer writes."""

REVISED_TWICE, REASSIGNED, NUMBERED_TWICE = "visit-revised-twice", "visit-reassigned", "number-used-twice"
WRITTEN_FREELY = frozenset(
    {"text", "basis", "measure", "responsible", "leader", "supervising", "unit", "task", "name", "head", "phone"}
    | {"address", "area", "district", "employment", "certificate", "stages"}
)
"""Fields whose two values may be merged into a third one, in words."""


def kind_words(kind: str) -> str:
    """What sort of record it is."""
    return {
        "problem": tr("Conflicts", "问题"),
        "assignment": tr("Conflicts", "督导任务"),
        "school": tr("Conflicts", "学校资料"),
        "inspector": tr("Conflicts", "督学资料"),
        REASSIGNED: tr("Conflicts", "已督导的任务改派了别人"),
        REVISED_TWICE: tr("Conflicts", "同一份记录在两台电脑上各修订了一次"),
        NUMBERED_TWICE: tr("Conflicts", "两份文书用了同一个文号"),
    }.get(kind, kind)


def field_words(line: ConflictLine) -> str:
    """Which field of it, "" for a visit."""
    known = {
        "state": tr("Conflicts", "状态"),
        "due": tr("Conflicts", "整改期限") if line.kind == "problem" else tr("Conflicts", "期限"),
        "text": tr("Conflicts", "问题描述"),
        "basis": tr("Conflicts", "依据"),
        "measure": tr("Conflicts", "整改措施"),
        "grade": tr("Conflicts", "等级"),
        "responsible": tr("Conflicts", "责任人"),
        "supervising": tr("Conflicts", "监督责任人"),
        "leader": tr("Conflicts", "领导责任人"),
        "unit": tr("Conflicts", "责任单位"),
        "chain": tr("Conflicts", "包抓人员"),
        "task": tr("Conflicts", "任务名称"),
        "kind": tr("Conflicts", "督导类型"),
        "inspector_ids": tr("Conflicts", "督学"),
        "school_id": tr("Conflicts", "学校"),
        "form_id": tr("Conflicts", "检查表"),
        "withdrawn": tr("Conflicts", "任务是否收回"),
        "name": tr("Conflicts", "名称"),
        "code": tr("Conflicts", "学校代码"),
        "stage": tr("Conflicts", "学校类型"),
        "area": tr("Conflicts", "责任区"),
        "district": tr("Conflicts", "乡镇"),
        "ownership": tr("Conflicts", "办学性质"),
        "setting": tr("Conflicts", "城乡类型"),
        "address": tr("Conflicts", "地址"),
        "head": tr("Conflicts", "校长"),
        "phone": tr("Conflicts", "电话"),
        "pupils": tr("Conflicts", "学生数"),
        "teachers": tr("Conflicts", "教师数"),
        "classes": tr("Conflicts", "班级数"),
        "boarders": tr("Conflicts", "寄宿生数"),
        "certificate": tr("Conflicts", "督学证号"),
        "employment": tr("Conflicts", "专兼职"),
        "stages": tr("Conflicts", "学段"),
    }
    return known.get(line.field, line.field)


def value_words(view: ConflictView, line: ConflictLine, value: Any) -> str:
    """One of the values, or the one that was chosen."""
    if line.kind == REVISED_TWICE:
        return _revision_words(view, str(value))
    if line.kind == NUMBERED_TWICE:
        return _paper_words(view, str(value))
    if line.kind == REASSIGNED or line.field == "inspector_ids":
        people = "、".join(view.names.get(each, each) for each in value or ())
        return people or tr("Conflicts", "任务已收回")
    words = {
        "state": {state.value: name for state, name in PROBLEM_STATE_NAMES.items()},
        "grade": {grade.value: GRADE_NAMES[grade] for grade in Grade},
        "kind": {kind.value: VISIT_KIND_NAMES[kind] for kind in VisitKind},
        "stage": {stage.value: STAGE_NAMES[stage] for stage in Stage},
        "school_id": view.names,
    }.get(line.field)
    if words is not None:
        return str(words.get(value, value))
    if line.field == "withdrawn":
        return tr("Conflicts", "已收回") if value else tr("Conflicts", "继续有效")
    if isinstance(value, list | tuple):
        return "、".join(str(each) for each in value) or tr("Conflicts", "（空）")
    return tr("Conflicts", "（空）") if value in (None, "") else str(value)


def _revision_words(view: ConflictView, visit_id: str) -> str:
    facts = view.revisions.get(visit_id)
    if facts is None:
        return tr("Conflicts", "这一版还没有收到")
    return join(
        (
            tr("Conflicts", "第 {} 版").format(facts.revision),
            tr("Conflicts", "{} 定稿").format(f"{facts.finished_at:%Y-%m-%d %H:%M}") if facts.finished_at else "",
            tr("Conflicts", "{} 分").format(facts.score) if facts.score is not None else "",
            tr("Conflicts", "{} 个问题").format(facts.problems),
            facts.reason,
        )
    )


def _paper_words(view: ConflictView, document_id: str) -> str:
    document = view.papers.get(document_id)
    if document is None:
        return tr("Conflicts", "这份文书还没有收到")
    issued = tr("Conflicts", "{} 出具").format(f"{document.issued_at:%Y-%m-%d %H:%M}")
    return join((document.title, view.names.get(document.school_id) or document.addressee, issued))


def place_words(view: ConflictView, line: ConflictLine, number: int) -> str:
    """Whose value it is: 本机, 督导室, or the person's."""
    value = line.values[number]
    if line.kind == REASSIGNED:
        return tr("Conflicts", "已督导的督学") if number == 0 else tr("Conflicts", "任务现在交给")
    if value.device == view.device:
        return tr("Conflicts", "本机")
    if value.device in view.offices or value.person == OFFICE:
        return tr("Conflicts", "督导室")
    return tr("Conflicts", "{}的电脑").format(value.person)


def writer_words(value: ConflictValue, now: Any) -> str:
    """Who, when, on which computer."""
    when = moment_words(value.at, now)
    if value.clock_wrong:
        when = tr("Conflicts", "时间不准（那台电脑的时钟快了）")
    who = tr("Conflicts", "督导室") if value.person == OFFICE else value.person
    return join((who, when, tr("Conflicts", "电脑 {}").format(value.device[:6])))


def typed_value(field: str, text: str) -> Any:
    """What was written in place of the two values, as it travels; raises ValueError for no date."""
    text = text.strip()
    if field == "due":
        return date.fromisoformat(text).isoformat()
    if not text:
        raise ValueError(field)
    return text


def may_be_written(line: ConflictLine) -> bool:
    """Whether a third value makes sense."""
    return line.field == "due" or line.field in WRITTEN_FREELY
