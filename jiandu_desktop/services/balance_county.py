"""What stands in tables Ⅰ and Ⅳ to Ⅵ of the official set: the county's own figures, from its sheet and the roster."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from jiandu_desktop.domain.indicator import Section
from jiandu_desktop.domain.school import School, Stage
from jiandu_desktop.services.balance_figures import figure
from jiandu_desktop.spreadsheets.balance_book import OfficialTable, number_field
from jiandu_desktop.spreadsheets.sheet_look import Field, SheetPlan, Value

if TYPE_CHECKING:
    from jiandu_desktop.services.balance_picture import Picture

BLANK = "＿＿"
"""What an office fills in by hand where a figure is missing, as its own forms print it."""
_SHEETLESS = "还没有办结的县级核查表，空白处请填报后重新导出。"
_LEVELS = {"one": "Ⅰ", "two": "Ⅱ", "three": "Ⅲ", "four": "Ⅳ"}


@dataclass(frozen=True, slots=True)
class _Line:
    """An indicator, its figures as words (`{name}`, `{name%}` a share with one decimal), the items that judge it."""

    title: str
    words: str
    judged: tuple[str, ...]


_SUPPORT = (
    _Line("1．县域内义务教育学校规划布局合理，符合国家规定要求", "", ("layout",)),
    _Line("2．城乡学校建设标准、教师编制标准、生均公用经费基准定额、基本装备配置标准统一", "", ("four_unified",)),
    _Line(
        "3．每12个班级配备音乐、美术专用教室1间以上，音乐不小于96平方米，美术不小于90平方米",
        "专用教室不达标的学校 {rooms_short} 所。",
        ("rooms_ok",),
    ),
    _Line(
        "4．小学、初中规模不超过2000人，一贯制学校义务教育阶段不超过2500人",
        "超过2000人的小学 {over_size_primary} 所，初中 {over_size_junior} 所，"
        "超过2500人的一贯制学校 {over_size_joint} 所。",
        ("size_ok",),
    ),
    _Line(
        "5．小学、初中所有班级学生数分别不超过45人、50人",
        "超过45人的小学班级 {large_classes_primary} 个，超过50人的初中班级 {large_classes_junior} 个。",
        ("class_ok",),
    ),
    _Line(
        "6．不足100人的规模较小学校按不低于100人核定公用经费",
        "不足100人的学校 {small_schools} 所，按100人核定公用经费的 {small_funded} 所。",
        ("small_ok",),
    ),
    _Line(
        "7．特殊教育学校和随班就读生均公用经费不低于8000元",
        "特殊教育公用经费 {special_funds} 万元，学生 {special_pupils} 人，生均 {special_rate} 元。",
        ("special_ok",),
    ),
    _Line(
        "8．教师平均工资收入水平不低于当地公务员，足额核定绩效工资总量",
        "义务教育学校教师年平均工资收入 {teacher_pay} 元，当地公务员年平均工资收入 {civil_pay} 元。",
        ("pay_ok", "merit_pay"),
    ),
    _Line(
        "9．教师5年360学时培训完成率达到100%",
        "完成360学时培训的教师 {trained} 人，全县教师 {teachers} 人，完成率 {trained_rate%}%。",
        ("trained_ok",),
    ),
    _Line("10．统筹分配各校教职工编制和岗位数量", "", ("posts",)),
    _Line(
        "11．每年交流轮岗教师不低于符合条件教师的10%，其中骨干教师不低于20%",
        "符合交流轮岗条件的教师 {rotation_eligible} 名，上一年度交流轮岗 {rotated} 名，占 {rotation_rate%}%；"
        "其中骨干教师 {rotated_backbone} 名，占 {rotation_backbone_rate%}%。",
        ("rotation_ok", "rotation_backbone_ok"),
    ),
    _Line(
        "12．专任教师持有教师资格证上岗率达到100%",
        "在岗专任教师 {teachers} 人，持有教师资格证 {certified} 人，占 {certified_rate%}%。",
        ("certified_ok",),
    ),
    _Line(
        "13．城区和镇区公办小学、初中（不含寄宿制）就近划片入学比例分别达到100%、95%以上",
        "就近划片入学比例小学 {in_area_primary_rate%}%、初中 {in_area_junior_rate%}%。",
        ("in_area_primary_ok", "in_area_junior_ok"),
    ),
    _Line(
        "14．优质高中招生名额分配比例不低于50%，并向农村初中倾斜",
        "优质高中招生名额 {quota_plan} 人，分配名额 {quota_shared} 人，占 {quota_rate%}%；"
        "其中分配农村学校 {quota_rural} 人。",
        ("quota_ok", "quota_rural_ok"),
    ),
    _Line(
        "15．留守儿童关爱体系健全，随迁子女在公办学校和政府购买服务的民办学校就读比例不低于85%",
        "符合条件的随迁子女 {migrant_all} 人，在公办学校 {migrant_public} 人，"
        "在政府购买服务的民办学校 {migrant_bought} 人，占 {migrants_rate%}%。",
        ("migrants_ok", "left_behind"),
    ),
)
_QUALITY = (
    _Line(
        "1．初中三年巩固率达到95%以上",
        "初中毕业学生 {graduates} 人，三年前该年级入学 {entrants} 人，三年间转入 {moved_in} 人、转出 {moved_out} 人、"
        "死亡 {died} 人，巩固率 {consolidation_rate%}%。",
        ("consolidation_ok",),
    ),
    _Line(
        "2．残疾儿童少年入学率达到95%以上",
        "残疾儿童少年 {disabled_all} 人，入学 {disabled_in} 人，入学率 {disabled_rate%}%。",
        ("disabled_ok",),
    ),
    _Line("3．所有学校制定章程，实现管理与教学信息化", "", ("charter",)),
    _Line(
        "4．按不低于公用经费预算总额的5%安排教师培训经费",
        "独立核算的学校 {funded_schools} 所，达到5%的 {training_schools} 所，占 {training_schools_rate%}%。",
        ("training_schools_ok",),
    ),
    _Line("5．教师能熟练运用信息化手段组织教学，设施设备利用率较高", "", ("digital",)),
    _Line("6．德育工作、校园文化建设达到良好以上", "", ("moral",)),
    _Line("7．课程开齐开足，教学秩序规范，综合实践活动有效开展", "", ("curriculum",)),
    _Line("8．无过重课业负担", "", ("burden",)),
    _Line(
        "9．国家义务教育质量监测相关科目学生学业水平达到Ⅲ级以上，校际差异率低于0.15",
        "语文 {level_chinese} 级、{gap_chinese}；数学 {level_maths} 级、{gap_maths}；"
        "科学 {level_science} 级、{gap_science}；体育 {level_sports} 级、{gap_sports}；"
        "艺术 {level_arts} 级、{gap_arts}；德育 {level_moral} 级、{gap_moral}。",
        ("monitor_ok",),
    ),
)
_NAMED = re.compile(r"\{([a-z_0-9]+)(%?)\}")


def basics_table(picture: Picture, schools: Sequence[School], note: str) -> OfficialTable:
    """Table Ⅰ: schools, classes, pupils and teachers; what no record knows stays blank for the county to fill in."""

    def kinds(*stages: Stage) -> int:
        return sum(school.stage in stages for school in schools)

    points = [school for school in schools if school.stage is Stage.TEACHING_POINT]
    large = sum(school.pupils is not None and school.pupils >= 50 for school in points)
    rows: list[list[Value]] = [
        ["人口总数（万人）", None, "按常住人口，保留两位小数"],
        ["农业人口数（万人）", None, "按常住人口，保留两位小数"],
        ["乡镇数（个）", None, ""],
        ["行政村数（个）", None, ""],
        ["年人均国内生产总值（元）", None, "保留整数"],
        ["年人均地方财政收入（元）", None, "保留整数"],
        ["农民年人均纯收入（元）", None, "保留整数"],
        ["城镇居民年人均可支配收入（元）", None, "保留整数"],
        ["小学（所）", kinds(Stage.PRIMARY), "名册"],
        ["九年一贯制学校（所）", kinds(Stage.NINE_YEAR), "名册"],
        ["初中（所）", kinds(Stage.JUNIOR), "名册"],
        ["完全中学（所）", kinds(Stage.COMPLETE), "名册"],
        ["十二年一贯制学校（所）", kinds(Stage.TWELVE_YEAR), "名册"],
        ["特殊教育学校（所）", kinds(Stage.SPECIAL), "名册"],
        ["小学教学点（个）", len(points), f"名册，其中50人及以上 {large} 个"],
        *_of_sections(picture, "classes", "教学班数（个）"),
        *_of_sections(picture, "pupils", "在校学生数（人）"),
        *_of_sections(picture, "teachers", "专任教师数（人）"),
    ]
    numbered = [[f"L{place}", *row] for place, row in enumerate(rows, start=1)]
    fields = [Field("序号", width=8), Field("项目", width=34), number_field("数值", 14), Field("来源和说明", width=50)]
    return OfficialTable(SheetPlan("表Ⅰ", "表Ⅰ　义务教育优质均衡发展县（市、区）基本情况", note, fields, numbered))


def county_tables(county: Mapping[str, str], note: str) -> list[OfficialTable]:
    """Tables Ⅳ, Ⅴ and Ⅵ from the answers of the county's sheet."""
    last = "注：表中所有比例数值保留一位小数，其余保留整数。"
    notes = [last] if county else [last, _SHEETLESS]
    return [
        _judged("表Ⅳ", "表Ⅳ　政府保障程度评估指标", _SUPPORT, county, note, notes),
        _judged("表Ⅴ", "表Ⅴ　教育质量评估指标", _QUALITY, county, note, notes),
        _approval(county, note, notes),
    ]


def filled(words: str, county: Mapping[str, str]) -> str:
    """The sentence with its figures; a missing one is a blank to write in, never a nought."""

    def one(found: re.Match[str]) -> str:
        name, share = found.groups()
        if name.startswith("level_"):
            return _LEVELS.get(county.get(name, ""), BLANK)
        number = figure(county, name)
        if number is None:
            return BLANK
        step = "0.1" if share else "0.01" if number.denominator != 1 else "1"
        value = Decimal(number.numerator) / Decimal(number.denominator)
        return f"{value.quantize(Decimal(step), ROUND_HALF_UP):f}"

    return _NAMED.sub(one, words)


def met(county: Mapping[str, str], items: Sequence[str]) -> str:
    """达标 when every item that applies says yes, 未达标 when one does not, else 缺数据."""
    said = [county.get(name, "") for name in items if county.get(name) != "na"]
    if any(value not in ("", "yes") for value in said):
        return "未达标"
    return "缺数据" if "" in said else "达标"


def _judged(
    name: str, title: str, lines: Sequence[_Line], county: Mapping[str, str], note: str, notes: Sequence[str]
) -> OfficialTable:
    rows = [[line.title, filled(line.words, county), met(county, line.judged)] for line in lines]
    fields = [Field("指标", width=48), Field("指标值或简要结论", width=60), Field("是否达标", width=11)]
    return OfficialTable(SheetPlan(name, title, note, fields, rows), notes)


def _approval(county: Mapping[str, str], note: str, notes: Sequence[str]) -> OfficialTable:
    def number(name: str) -> Value:
        found = figure(county, name)
        return None if found is None else int(found)

    def share(part: str, whole: str) -> Value:
        some, every = figure(county, part), figure(county, whole)
        if some is None or not every:
            return None
        rate = 100 * some / every
        return (Decimal(rate.numerator) / Decimal(rate.denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)

    row: list[Value] = [
        "计",
        number("sent"),
        number("valid"),
        number("satisfied"),
        share("satisfied", "valid"),
        number("talked"),
        number("talked_satisfied"),
        share("talked_satisfied", "talked"),
    ]
    heads = (
        "问卷总数\nL1", "其中：回收有效问卷数\nL2", "其中：满意问卷数\nL3", "问卷调查综合满意度（%）\nL4",
        "实地走访人数\nL5", "其中：满意人数\nL6", "实地走访满意度（%）\nL7",
    )  # fmt: skip
    fields = [Field("", width=8), *(number_field(head, 15) for head in heads)]
    return OfficialTable(SheetPlan("表Ⅵ", "表Ⅵ　社会认可度调查情况", note, fields, [row]), notes)


def _of_sections(picture: Picture, name: str, title: str) -> list[list[Value]]:
    """The sum over the sheets; `来源` says how many schools it lacks."""
    rows: list[list[Value]] = []
    for section, word in ((Section.PRIMARY, "小学"), (Section.JUNIOR, "初中")):
        known = [figure(row.answers or {}, f"{name}_{section.value}") for row in picture.of(section)]
        given = [int(number) for number in known if number is not None]
        lacking = len(known) - len(given)
        said = f"学校表合计 {len(given)} 所" + (f"，缺 {lacking} 所" if lacking else "")
        rows.append([f"{word}{title}", sum(given) if given else None, said])
    return rows
