"""The official set, tables Ⅰ to Ⅵ, from the picture of a county; Ⅱ and Ⅲ are made here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from jiandu_desktop.domain.indicator import (
    FIGURE_NAMES,
    INDICATOR_NAMES,
    INDICATOR_SHORT,
    INDICATOR_UNITS,
    SECTION_NAMES,
    County,
    Indicator,
    Reach,
    Section,
    SectionResult,
    Verdict,
    Weighting,
)
from jiandu_desktop.domain.school import School, Stage
from jiandu_desktop.services.balance_county import basics_table, county_tables
from jiandu_desktop.services.balance_picture import IndicatorRow, Picture
from jiandu_desktop.spreadsheets.balance_book import OfficialTable, number_field
from jiandu_desktop.spreadsheets.sheet_look import Field, SheetPlan, Value

VERDICT_NAMES: dict[Verdict, str] = {Verdict.MET: "达标", Verdict.FAILED: "未达标", Verdict.UNKNOWN: "待补数据"}
_OWNERS = (
    "举办者类型代码：中央教育部门 1，中央其他部门 2，省级教育部门 3，省级其他部门 4，地级教育部门 5，地级其他部门 6，"
    "县级教育部门 7，县级其他部门 8，地方企业 9，民办 10。"
)
_WEIGHTED_BY = {
    Weighting.PUPILS: "差异系数按学生数加权计算（教督〔2012〕3号），保留三位小数",
    Weighting.SCHOOLS: "按学校等权计算的差异系数，只供比较，不作认定依据",
}


def balance_tables(picture: Picture, schools: Sequence[School]) -> list[OfficialTable]:
    """All six, in their order."""
    note = _note(picture)
    return [
        basics_table(picture, schools, note),
        _met_schools(picture),
        *(_schools(picture, section) for section in Section),
        _spreads(picture),
        *county_tables(picture.county, note),
    ]


def two_places(value: Fraction | None) -> Decimal | None:
    """As the tables print it; half up."""
    if value is None:
        return None
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def reaches(result: SectionResult | None) -> str:
    """备注 of table Ⅱ-2: how many are met, which only reach 85 %, which do not, and what is missing."""
    if result is None:
        return "还没有这所学校的自评（督导）表"
    parts = [f"{result.count(Reach.MET)} 项达标"]
    for reach, words in ((Reach.NEAR, "达到 85%"), (Reach.BELOW, "低于 85%")):
        names = [INDICATOR_SHORT[each] for each, found in result.readings.items() if found.reach is reach]
        if names:
            parts.append(f"{'、'.join(names)}{words}")
    unknown = dict.fromkeys(name for found in result.readings.values() for name in found.missing)
    if unknown:
        parts.append("缺 " + "、".join(FIGURE_NAMES[name] for name in unknown))
    return "；".join(parts)


def _met_schools(picture: Picture) -> OfficialTable:
    rows: list[list[Value]] = []
    for section in Section:
        results = [row.result for row in picture.of(section)]
        counts: list[int] = [
            sum(result is not None and result.readings[each].reach is Reach.MET for result in results)
            for each in Indicator
        ]
        counts.append(picture.met(section))
        name = SECTION_NAMES[section]
        rows.append([name, "达标学校总数", *counts])
        share: list[Value] = [two_places(Fraction(100 * count, len(results))) if results else None for count in counts]
        rows.append([name, "达标学校比例（%）", *share])
    fields = [Field("学段", width=8), Field("", width=20), *_heads(), number_field("综合评估\nL8")]
    plan = SheetPlan("表Ⅱ-1", "表Ⅱ-1　小学、初中资源配置基本情况", _note(picture), fields, rows)
    return OfficialTable(
        plan, ["注：比例的分母是全部应评学校，还没有数据的学校按未达标列在表Ⅱ-2 中并注明，不计入达标。"]
    )


def _schools(picture: Picture, section: Section) -> OfficialTable:
    name = SECTION_NAMES[section]
    rows: list[list[Value]] = [_school(place, row) for place, row in enumerate(picture.of(section), start=1)]
    fields = [
        number_field("序号", width=6),
        Field("学校名称", width=26),
        Field("举办者\n类型", width=9),
        number_field("在校\n生数", width=8),
        number_field("年级数", width=8),
        number_field("班级数", width=8),
        *_heads(6),
        Field("综合评估\n是否达标\nL14", width=11),
        Field("备注", width=34),
    ]
    plan = SheetPlan(f"表Ⅱ-2（{name}）", f"表Ⅱ-2　{name}资源配置基本情况（分学校）", _note(picture), fields, rows)
    return OfficialTable(
        plan, ["注：" + _parts(picture, section), _OWNERS, "L7 至 L13 保留两位小数；是否达标按未取整的数判断。"]
    )


def _school(place: int, row: IndicatorRow) -> list[Value]:
    result = row.result
    pupils = None if row.figures is None else row.figures.of(row.section).pupils
    answers = row.answers or {}

    def counted(name: str) -> int | None:
        text = answers.get(f"{name}_{row.section.value}", "")
        return int(text) if text.isdecimal() else None

    values: list[Value] = [None if result is None else two_places(result.readings[each].value) for each in Indicator]
    verdict = "缺数据" if result is None else VERDICT_NAMES[result.verdict]
    return [
        place,
        row.school.name,
        row.school.ownership,
        pupils,
        counted("grades"),
        counted("classes"),
        *values,
        verdict,
        reaches(result),
    ]


def _spreads(picture: Picture) -> OfficialTable:
    rows: list[list[Value]] = []
    notes = ["注：全县平均值保留两位小数，差异系数保留三位小数；“综合”是七项差异系数的平均数。"]
    for section in Section:
        weighted, plain = picture.weighted[section], picture.unweighted[section]
        name = SECTION_NAMES[section]
        rows.append([name, "全县平均值", *(two_places(weighted.spreads[each].mean) for each in Indicator), "——"])
        rows.append([name, "差异系数", *_coefficients(weighted)])
        rows.append([name, "等权差异系数（供比较）", *_coefficients(plain)])
        notes += list(_doubts(section, weighted))
        limit = two_places(picture.standards.limits[section])
        notes.append(f"{name}差异系数限值 {limit}。")
    notes += [f"{words}。" for words in _WEIGHTED_BY.values()]
    fields = [Field("学段", width=8), Field("", width=22), *_heads(), number_field("综合\nL8")]
    return OfficialTable(SheetPlan("表Ⅲ", "表Ⅲ　县域义务教育校际均衡情况", _note(picture), fields, rows), notes)


def _coefficients(county: County) -> list[Value]:
    return [*(county.spreads[each].coefficient for each in Indicator), county.overall]


def _doubts(section: Section, county: County) -> Iterator[str]:
    """What is over the limit and what cannot be judged yet."""
    name = SECTION_NAMES[section]
    over = [INDICATOR_SHORT[each] for each, spread in county.spreads.items() if spread.within is False]
    unknown = max((spread.unknown for spread in county.spreads.values()), default=0)
    if over:
        yield f"{name}超过限值的：{'、'.join(over)}。"
    if unknown:
        yield f"{name}有 {unknown} 所学校缺数据，差异系数只按已有数据计算，暂不认定。"


def _parts(picture: Picture, section: Section) -> str:
    stages = [row.school.stage for row in picture.of(section)]
    both = sum(stage in (Stage.NINE_YEAR, Stage.TWELVE_YEAR) for stage in stages)
    name = SECTION_NAMES[section]
    if section is Section.PRIMARY:
        points = stages.count(Stage.TEACHING_POINT)
        return f"{name}共 {len(stages)} 所，其中一贯制学校的小学部 {both} 所，50 人及以上教学点 {points} 个。"
    complete = stages.count(Stage.COMPLETE)
    return f"{name}共 {len(stages)} 所，其中一贯制学校的初中部 {both} 所，完全中学的初中部 {complete} 所。"


def _heads(first: int = 0) -> list[Field]:
    """The seven columns, numbered as the official tables do."""
    return [
        number_field(f"{INDICATOR_NAMES[each]}（{INDICATOR_UNITS[each]}）\nL{place + first + 1}", 13)
        for place, each in enumerate(Indicator)
    ]


def _note(picture: Picture) -> str:
    return f"{picture.office}　截至 {picture.day:%Y-%m-%d}"
