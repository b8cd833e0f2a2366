"""Problem lists of former years (各级反馈的老问题) as offices keep them: any workbook with a row of heads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jiandu_desktop.domain.problem import GRADE_NAMES, Grade
from jiandu_desktop.progress import Progress
from jiandu_desktop.spreadsheets.cells import choice_key
from jiandu_desktop.spreadsheets.reading import Column, Kind, Notice, Reading, RowFault
from jiandu_desktop.spreadsheets.tables import checked, read_table

_GRADES = {
    choice_key(word): grade
    for grade, words in {
        Grade.MINOR: "轻微 小问题 较轻 低",
        Grade.GENERAL: "一般 普通 中 一般问题",
        Grade.SERIOUS: "严重 较重 重大 突出 高 严重问题 重点 重大问题",
        Grade.COMPLEX: "复杂 疑难 复杂问题",
    }.items()
    for word in (GRADE_NAMES[grade], *words.split())
}
_DONE = (
    "已改 已整改 已完成 完成 整改完成 已整改完成 已整改到位 整改到位 到位 已销号 销号 已办结 办结 完成整改 "
    "已落实 是 √ ✓ 达标"
)
_NOT_DONE = (
    "未改 未整改 未完成 没有整改 整改中 正在整改 进行中 部分完成 部分整改 持续整改 长期坚持 待整改 未销号 未到位 "
    "未办结 办理中 否 × 推进中 基本完成"
)
_STATES = {
    **{choice_key(word): True for word in _DONE.split()},
    **{choice_key(word): False for word in _NOT_DONE.split()},
}

OLD_COLUMNS = (
    Column("code", "学校代码", ("学校标识码", "标识码", "学校编码", "单位代码", "代码"), Kind.CODE),
    Column(
        "school",
        "学校",
        ("学校名称", "被督导学校", "受检学校", "被检查单位", "涉及学校", "学校全称", "单位名称", "被督导单位", "单位"),
    ),
    Column(
        "text",
        "问题",
        (
            *("存在问题", "存在的问题", "问题描述", "问题内容", "反馈问题", "具体问题", "主要问题", "问题表现"),
            *("问题清单", "发现问题", "发现的问题", "问题及表现", "反馈意见", "事项"),
        ),
        required=True,
    ),
    Column("basis", "依据", ("依据标准", "标准", "依据条款", "政策依据", "对应指标", "指标", "评估标准")),
    Column("matter", "督导事项", ("领域", "类别", "问题类别", "问题类型", "项目", "督导项目", "一级指标", "专项")),
    Column("grade", "等级", ("问题等级", "严重程度", "程度", "风险等级"), Kind.CHOICE, choices=_GRADES),
    Column("measure", "措施", ("整改措施", "措施清单", "整改要求", "整改办法", "工作措施")),
    Column("unit", "责任单位", ("牵头单位", "责任部门", "整改单位", "责任科室", "主体责任单位")),
    Column("responsible", "责任人", ("整改责任人", "负责人", "直接责任人", "学校责任人", "主体责任人", "联系人")),
    Column("leader", "领导责任人", ("责任领导", "包抓领导", "分管领导", "牵头领导", "县级领导")),
    Column("due", "期限", ("整改期限", "整改时限", "时限", "完成时限", "时限清单", "计划完成时间"), Kind.DATE),
    Column(
        "done",
        "状态",
        ("整改情况", "整改状态", "是否完成", "整改结果", "是否整改", "是否销号", "完成情况", "整改进展", "进展"),
    ),
    Column(
        "origin", "来源", ("问题来源", "反馈来源", "反馈单位", "督导单位", "检查单位", "来源渠道", "反馈层级", "级别")
    ),
    Column("found", "发现日期", ("反馈日期", "反馈时间", "发现时间", "督导日期", "督导时间", "检查时间"), Kind.DATE),
    Column("number", "文书号", ("文号", "文件号", "反馈文号", "编号", "问题编号")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OldProblem:
    """One row. `done` is None where its state is not said; `progress` keeps the words as they stand there."""

    code: str = ""
    school: str = ""
    text: str
    basis: str = ""
    matter: str = ""
    grade: Grade | None = None
    measure: str = ""
    unit: str = ""
    responsible: str = ""
    leader: str = ""
    due: date | None = None
    done: bool | None = None
    progress: str = ""
    origin: str = ""
    found: date | None = None
    number: str = ""


def read_old_list(path: Path, *, today: date, progress: Progress | None = None) -> Reading[OldProblem]:
    """The list at `path`; raises Trouble `sheet-…` for what concerns the whole file, faults row by row."""
    reading = read_table(path, OLD_COLUMNS, any_of=(("school", "code"),), today=today, progress=progress)
    return checked(reading, _nothing, _old)


def _nothing(number: int, record: dict[str, Any]) -> tuple[list[RowFault], list[Notice]]:
    del number, record
    return [], []


def _old(record: dict[str, Any]) -> OldProblem:
    words = str(record["done"])
    # 整改情况 is as often a sentence as a word; only a word decides.
    return OldProblem(**{**record, "done": _STATES.get(choice_key(words)), "progress": words})
