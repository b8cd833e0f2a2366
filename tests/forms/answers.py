"""What is answered where choices and rules do not tell: by checklist, by way, by item name; and the school visited."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.three_ways import Way

NINE_YEAR = "河口镇九年一贯制寄宿学校"
KINDERGARTEN = "河口镇中心幼儿园"
SCHOOLS = (
    ("学校代码", "学校名称", "学校类型", "学生数", "教师数", "班级数", "寄宿生数", "校长"),
    ("2199000001", NINE_YEAR, "九年一贯制学校", 1186, 96, 27, 208, "何田"),
    ("2199000002", KINDERGARTEN, "幼儿园", 240, 18, 8, 0, "方圆"),
)
AT: Mapping[str, str] = {"kindergarten-routine": KINDERGARTEN, "preschool-kindergarten": KINDERGARTEN}
"""Where not at the nine-year school."""

FACTS: Mapping[str, Mapping[str, str]] = {
    "campus-safety": {"guards": "3", "bus_used": "yes", "catering": "own"},
    "kindergarten-routine": {"guards": "2", "bus_used": "yes", "catering": "own", "largest_class": "30"},
    "routine": {"guards": "3", "bus_used": "yes", "catering": "own"},
}
"""As they are found at a good school and on a usual visit; the worst differ by what follows."""

WORST: Mapping[str, Mapping[str, str]] = {
    "campus-safety": {"guards": "0"},
    "kindergarten-routine": {"guards": "0", "largest_class": "52"},
    "routine": {"guards": "0"},
}


def said(form_id: str, way: Way) -> dict[str, str]:
    """By item name."""
    worse = WORST.get(form_id, {}) if way is Way.WORST else {}
    return {**FACTS.get(form_id, {}), **worse}


def school_of(form_id: str) -> str:
    return AT.get(form_id, NINE_YEAR)
