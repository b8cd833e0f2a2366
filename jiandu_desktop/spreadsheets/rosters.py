"""The rosters a bureau keeps: its schools and its inspectors, as rows of the domain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jiandu_desktop.domain.inspector import InspectorRow
from jiandu_desktop.domain.school import STAGE_NAMES, SchoolRow, Stage, chain_of
from jiandu_desktop.progress import Progress
from jiandu_desktop.spreadsheets.cells import choice_key
from jiandu_desktop.spreadsheets.reading import Column, Kind, Notice, Reading, RowFault
from jiandu_desktop.spreadsheets.tables import checked, read_table

_STAGE_WORDINGS: dict[Stage, str] = {
    Stage.KINDERGARTEN: "幼儿园 幼儿院 学前教育 学前 附设幼儿班 附属幼儿园 中心幼儿园",
    Stage.PRIMARY: "小学 普通小学 完全小学 完小 初小 中心小学 中心校 小学校 九年一贯制小学部 附设小学班",
    Stage.TEACHING_POINT: "教学点 小学教学点 村小 村小学 教学点（不计校数）",
    Stage.JUNIOR: "初中 初级中学 普通初中 独立初中 初中学校 职业初中 附设初中班 附设普通初中班",
    Stage.NINE_YEAR: "九年一贯 九年一贯制 九年一贯制学校 九年制 九年制学校 9年一贯制 9年一贯制学校 9年制",
    Stage.TWELVE_YEAR: "十二年一贯 十二年一贯制 十二年一贯制学校 十二年制 12年一贯制 12年一贯制学校 12年制",
    Stage.COMPLETE: "完全中学 完中 初高中 完全中学校",
    Stage.SENIOR: "高中 高级中学 普通高中 普高 独立高中 普通高级中学 示范性高中 附设普通高中班",
    Stage.VOCATIONAL: (
        "中职 中等职业学校 中等职业教育 职业高中 职业高中学校 职高 中专 职业中专 中等专业学校 中等技术学校 "
        "成人中等专业学校 成人中专 职业中学 职业学校 职教中心 职业教育中心 技工学校 技校 中职学校 调整后中等职业学校"
    ),
    Stage.SPECIAL: "特殊教育 特殊教育学校 特教 特教学校 特校 盲人学校 聋人学校 培智学校 启智学校 辅读学校 其他特教学校",
    Stage.TRAINING: "校外培训机构 培训机构 校外培训 学科类培训机构 非学科类培训机构 民办培训机构 校外教育机构",
    Stage.AUTHORITY: "区县部门 区县政府 县级政府 教育行政部门 县教育局 区教育局 教育局 教育体育局 教体局",
}
_STAGES = {
    choice_key(prefix + wording): stage
    for stage, wordings in _STAGE_WORDINGS.items()
    for wording in (STAGE_NAMES[stage], *wordings.split())
    for prefix in ("", "公办", "民办", "公立", "私立", "普惠性民办", "普惠")
}

SCHOOL_COLUMNS = (
    Column(
        "code",
        "学校代码",
        ("学校标识码", "学校编码", "学校编号", "标识码", "机构代码", "单位代码", "代码", "编码", "编号"),
        Kind.CODE,
        required=True,
    ),
    Column("name", "学校名称", ("学校全称", "校名", "学校", "单位名称", "机构名称", "名称"), required=True),
    Column("district", "区县名称", ("区县", "县区", "所属区县", "县市区", "区", "乡镇", "所属乡镇", "乡镇街道")),
    Column("area", "责任区", ("督学责任区", "所属责任区", "责任区名称", "督导责任区", "片区", "学区")),
    Column(
        "stage",
        "学校类型",
        ("办学类型", "学校类别", "办学类别", "学校办学类型", "学段", "类型", "类别"),
        Kind.CHOICE,
        required=True,
        choices=_STAGES,
        known=tuple(STAGE_NAMES.values()),
    ),
    Column("ownership", "办学性质", ("举办者性质", "举办者类型", "学校性质", "公民办", "公办民办", "性质", "举办者")),
    Column("setting", "城乡类型", ("城乡分类", "城乡类别", "所在地城乡类型", "城乡", "驻地城乡类型")),
    Column("address", "地址", ("学校地址", "详细地址", "校址", "通讯地址", "办学地址")),
    Column(
        "head",
        "校长",
        ("校（园）长", "校长姓名", "园长", "校长园长", "校园长", "校（园）长姓名", "负责人", "法定代表人"),
    ),
    Column(
        "phone",
        "联系电话",
        ("校长电话", "办公电话", "学校电话", "电话", "手机", "手机号", "手机号码", "联系方式", "电话号码"),
        Kind.PHONE,
    ),
    Column(
        "pupils",
        "学生数",
        ("在校生数", "在校学生数", "学生人数", "学生总数", "幼儿数", "在园幼儿数", "在园人数"),
        Kind.COUNT,
    ),
    Column("teachers", "教师数", ("专任教师数", "教师人数", "教职工数", "教职工人数", "教师总数"), Kind.COUNT),
    Column("classes", "班级数", ("班数", "教学班数", "班级总数", "教学班"), Kind.COUNT),
    Column("boarders", "寄宿生数", ("住宿生数", "寄宿学生数", "住校生数", "寄宿生人数", "住宿学生数"), Kind.COUNT),
    Column(
        "chain",
        "包抓",
        ("包抓领导", "包抓人员", "包抓责任人", "包联领导", "包联人员", "包校领导", "联系领导", "挂联领导"),
    ),
)

INSPECTOR_COLUMNS = (
    Column("name", "姓名", ("督学姓名", "督学", "责任督学", "责任督学姓名"), required=True),
    Column("certificate", "督学证号", ("证号", "证件编号", "督学证编号", "督学编号", "证书编号", "编号"), Kind.CODE),
    Column("area", "责任区", ("督学责任区", "所属责任区", "负责责任区", "责任区名称", "督导责任区", "片区")),
    Column("employment", "专兼职", ("专职兼职", "专职/兼职", "专兼职情况", "聘任类型", "督学类型", "督学类别")),
    Column("phone", "联系电话", ("手机", "手机号", "手机号码", "电话", "联系方式", "办公电话"), Kind.PHONE),
    Column("stages", "学段", ("负责学段", "督导学段", "擅长学段", "熟悉学段")),
)


def read_schools(path: Path, progress: Progress | None = None) -> Reading[SchoolRow]:
    """The roster at `path`: code, name and type wanted in every row, no code twice.

    Raises Trouble `sheet-…` for what concerns the whole file; what concerns a row is in `faults`.
    """
    reading = read_table(path, SCHOOL_COLUMNS, progress=progress)
    return checked(reading, _Once(reading, "code", "学校代码", "name", "学校名称").check, _school)


def read_inspectors(path: Path, progress: Progress | None = None) -> Reading[InspectorRow]:
    """The list of inspectors at `path`: a name in every row, no certificate number twice.

    Two people of one name are told apart by their numbers; without numbers the second is a fault.
    """
    reading = read_table(path, INSPECTOR_COLUMNS, progress=progress)
    return checked(reading, _Once(reading, "certificate", "督学证号", "name", "姓名").check, _inspector)


class _Once:
    """Sees to it that a code stands once in a reading and tells where a name stands twice."""

    def __init__(
        self, reading: Reading[dict[str, Any]], code: str, code_title: str, name: str, name_title: str
    ) -> None:
        self._reading, self._code, self._name = reading, code, name
        self._code_title, self._name_title = code_title, name_title
        self._codes: dict[str, tuple[int, str]] = {}
        self._names: dict[str, tuple[int, str]] = {}

    def check(self, number: int, record: dict[str, Any]) -> tuple[list[RowFault], list[Notice]]:
        code, name = record[self._code], record[self._name]
        file, sheet = self._reading.file, self._reading.sheet
        if code and code in self._codes:
            other, other_name = self._codes[code]
            values = {"shown": code, "other": other, "name": name, "other_name": other_name}
            return [RowFault(sheet, number, self._code_title, "row-duplicate-code", values, file)], []
        notices: list[Notice] = []
        if name in self._names:
            other, other_code = self._names[name]
            values = {"name": name, "other": other, "code": code, "other_code": other_code}
            if not (code and other_code):
                return [RowFault(sheet, number, self._name_title, "row-duplicate-name", values, file)], []
            notices.append(Notice(sheet, number, "note-same-name", values, file))
        if code:
            self._codes[code] = (number, name)
        self._names.setdefault(name, (number, code))
        return [], notices


def _school(record: dict[str, Any]) -> SchoolRow:
    return SchoolRow(**{**record, "chain": chain_of(record["chain"])})


def _inspector(record: dict[str, Any]) -> InspectorRow:
    return InspectorRow(**record)
