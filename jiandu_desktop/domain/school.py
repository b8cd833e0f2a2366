"""Schools as a bureau's roster knows them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """学校类型 as the national school codes group them; the value is what is stored and exchanged."""

    KINDERGARTEN = "kindergarten"
    PRIMARY = "primary"
    TEACHING_POINT = "teaching_point"
    JUNIOR = "junior"
    NINE_YEAR = "nine_year"
    TWELVE_YEAR = "twelve_year"
    COMPLETE = "complete"
    SENIOR = "senior"
    VOCATIONAL = "vocational"
    SPECIAL = "special"
    TRAINING = "training"
    AUTHORITY = "authority"
    """No school: a department of the county, the object of 督政 (county sheets, teachers' pay)."""


STAGE_NAMES: dict[Stage, str] = {
    Stage.KINDERGARTEN: "幼儿园",
    Stage.PRIMARY: "小学",
    Stage.TEACHING_POINT: "教学点",
    Stage.JUNIOR: "初中",
    Stage.NINE_YEAR: "九年一贯",
    Stage.TWELVE_YEAR: "十二年一贯",
    Stage.COMPLETE: "完全中学",
    Stage.SENIOR: "高中",
    Stage.VOCATIONAL: "中职",
    Stage.SPECIAL: "特殊教育",
    Stage.TRAINING: "校外培训机构",
    Stage.AUTHORITY: "区县部门",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRow:
    """One line of a roster. `code` is text (leading zeros count); a figure that is not known is None, never 0.

    `chain` names who looks after the school from the county down (包抓): every problem found there begins with it.
    """

    code: str
    name: str
    stage: Stage
    area: str = ""
    district: str = ""
    ownership: str = ""
    setting: str = ""
    address: str = ""
    head: str = ""
    phone: str = ""
    pupils: int | None = None
    teachers: int | None = None
    classes: int | None = None
    boarders: int | None = None
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class School(SchoolRow):
    """A school with the identifier that all laptops of the county share."""

    id: str


def chain_of(text: str) -> tuple[str, ...]:
    """Names from the highest down, set apart by any of the usual marks."""
    for mark in "，,；;→>/":
        text = text.replace(mark, "、")
    return tuple(name.strip() for name in text.split("、") if name.strip())
