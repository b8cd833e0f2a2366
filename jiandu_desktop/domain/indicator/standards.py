"""The seven indicators, their lines and limits; data, because provinces set their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from jiandu_desktop.domain.indicator.figures import Section


class Indicator(StrEnum):
    """资源配置, in the order of 教督〔2017〕6号."""

    QUALIFIED = "qualified_teachers"
    BACKBONE = "backbone_teachers"
    SPORT_ART = "sport_art_teachers"
    TEACHING_ROOMS = "teaching_rooms"
    SPORTS_GROUNDS = "sports_grounds"
    EQUIPMENT = "equipment"
    MULTIMEDIA = "multimedia_rooms"


SECTION_NAMES: dict[Section, str] = {Section.PRIMARY: "小学", Section.JUNIOR: "初中"}
INDICATOR_NAMES: dict[Indicator, str] = {
    Indicator.QUALIFIED: "每百名学生拥有高于规定学历教师数",
    Indicator.BACKBONE: "每百名学生拥有县级以上骨干教师数",
    Indicator.SPORT_ART: "每百名学生拥有体育、艺术专任教师数",
    Indicator.TEACHING_ROOMS: "生均教学及辅助用房面积",
    Indicator.SPORTS_GROUNDS: "生均体育运动场馆面积",
    Indicator.EQUIPMENT: "生均教学仪器设备值",
    Indicator.MULTIMEDIA: "每百名学生拥有网络多媒体教室数",
}
INDICATOR_UNITS: dict[Indicator, str] = {
    Indicator.QUALIFIED: "人",
    Indicator.BACKBONE: "人",
    Indicator.SPORT_ART: "人",
    Indicator.TEACHING_ROOMS: "平方米",
    Indicator.SPORTS_GROUNDS: "平方米",
    Indicator.EQUIPMENT: "元",
    Indicator.MULTIMEDIA: "间",
}
INDICATOR_SHORT: dict[Indicator, str] = {
    Indicator.QUALIFIED: "高学历教师",
    Indicator.BACKBONE: "骨干教师",
    Indicator.SPORT_ART: "体艺教师",
    Indicator.TEACHING_ROOMS: "教学用房",
    Indicator.SPORTS_GROUNDS: "运动场馆",
    Indicator.EQUIPMENT: "仪器设备",
    Indicator.MULTIMEDIA: "多媒体教室",
}
"""What a column of a table is headed with where the full name has no room."""
FIGURE_NAMES: dict[str, str] = {
    "pupils": "学生数",
    "senior_pupils": "高中学生数",
    "qualified": "高于规定学历教师数",
    "backbone": "县级以上骨干教师数",
    "sport_art": "体育、艺术专任教师数",
    "teaching_rooms": "教学及辅助用房面积",
    "indoor_sports": "室内体育用房面积",
    "gymnasium": "体育馆面积",
    "grounds": "体育场面积",
    "equipment": "教学仪器设备值",
    "multimedia_rooms": "网络多媒体教室数",
}
"""How a figure that was not given is named."""
RESOURCE_UNITS: dict[Indicator, Fraction] = {
    Indicator.QUALIFIED: Fraction(1),
    Indicator.BACKBONE: Fraction(1),
    Indicator.SPORT_ART: Fraction(1),
    Indicator.TEACHING_ROOMS: Fraction(1, 100),
    Indicator.SPORTS_GROUNDS: Fraction(1, 100),
    Indicator.EQUIPMENT: Fraction(1, 100),
    Indicator.MULTIMEDIA: Fraction(1),
}
"""The smallest step in which a resource is counted: a teacher, a room, 0.01 m², 0.01 元."""

PER_HUNDRED = frozenset({Indicator.QUALIFIED, Indicator.BACKBONE, Indicator.SPORT_ART, Indicator.MULTIMEDIA})
"""Indicators per hundred pupils; the others are per pupil."""
OF_THE_CAMPUS = frozenset(
    {Indicator.TEACHING_ROOMS, Indicator.SPORTS_GROUNDS, Indicator.EQUIPMENT, Indicator.MULTIMEDIA}
)
"""Indicators whose resource a 一贯制 school shares among its 学段."""


def _lines(*pairs: tuple[str, str]) -> Mapping[Indicator, Mapping[Section, Fraction]]:
    return {
        indicator: {Section.PRIMARY: Fraction(primary), Section.JUNIOR: Fraction(junior)}
        for indicator, (primary, junior) in zip(Indicator, pairs, strict=True)
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Standards:
    """The figures of the rule; the defaults are the national ones.

    `share` is the part of the line that the one indicator in default must reach, `enough` how many of the seven must
    be met; `limits` are the greatest 差异系数; `weights` say how much of a shared resource falls to one pupil.
    """

    lines: Mapping[Indicator, Mapping[Section, Fraction]] = field(
        default_factory=lambda: _lines(
            ("4.2", "5.3"),
            ("1", "1"),
            ("0.9", "0.9"),
            ("4.5", "5.8"),
            ("7.5", "10.2"),
            ("2000", "2500"),
            ("2.3", "2.4"),
        )
    )
    share: Fraction = Fraction(85, 100)
    enough: int = 6
    limits: Mapping[Section, Fraction] = field(
        default_factory=lambda: {Section.PRIMARY: Fraction("0.50"), Section.JUNIOR: Fraction("0.45")}
    )
    primary_weight: Fraction = Fraction(1)
    junior_weight: Fraction = Fraction("1.1")
    senior_weight: Fraction = Fraction("1.32")

    def line(self, indicator: Indicator, section: Section) -> Fraction:
        """The value that is wanted, in the indicator's unit."""
        return self.lines[indicator][section]

    def weight(self, section: Section) -> Fraction:
        """How many primary pupils one pupil of this 学段 stands for where a resource is shared."""
        return self.primary_weight if section is Section.PRIMARY else self.junior_weight
