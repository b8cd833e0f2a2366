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


def _figures(text: str) -> dict[str, str]:
    """`guards=3 built_year=2018` by item name."""
    return dict(pair.split("=", 1) for pair in text.split())


FACTS: Mapping[str, Mapping[str, str]] = {
    "balance-school": _figures(
        """
        school_kind=nine_year place=town built_year=2018 pupils_primary=720 classes_primary=18
        largest_class_primary=44 over_classes_primary=0 pupils_junior=466 classes_junior=10 largest_class_junior=49
        over_classes_junior=0 migrants=60 special_pupils=3 graduates=150 entrants=152 moved_in=3 moved_out=4 died=0
        teachers_primary=44 qualified_primary=40 backbone_primary=8 arts_sports_primary=7 teachers_junior=40
        qualified_junior=30 backbone_junior=5 arts_sports_junior=5 certified=84 trained=84 teaching_area=7200
        indoor_sports_area=400 sports_hall_area=1000 sports_field_area=11000 equipment_value=300 media_rooms=30
        music_rooms=3 music_rooms_fit=3 art_rooms=3 art_rooms_fit=3 funds_paid=96 funds_budget=110 training_budget=6
        funds_spent=105 training_spent=5.5 special_funds=24000
        """
    ),
    "campus-safety": _figures("guards=3 bus_used=yes catering=own"),
    "kindergarten-routine": _figures("guards=2 bus_used=yes catering=own largest_class=30"),
    "routine": _figures("guards=3 bus_used=yes catering=own"),
}
"""As they are found at a good school and on a usual visit; the worst differ by what follows."""

WORST: Mapping[str, Mapping[str, str]] = {
    "balance-school": _figures(
        """
        pupils_primary=2000 classes_primary=40 largest_class_primary=60 over_classes_primary=9 pupils_junior=1000
        classes_junior=20 largest_class_junior=70 over_classes_junior=9 graduates=100 entrants=150
        qualified_primary=0 backbone_primary=0 arts_sports_primary=0 qualified_junior=0 backbone_junior=0
        arts_sports_junior=0 certified=0 trained=0 teaching_area=400 sports_hall_area=0 sports_field_area=0
        equipment_value=0 media_rooms=0 music_rooms_fit=0 art_rooms_fit=0 funds_paid=0 training_budget=0
        special_funds=0
        """
    ),
    "campus-safety": _figures("guards=0"),
    "kindergarten-routine": _figures("guards=0 largest_class=52"),
    "routine": _figures("guards=0"),
}


def said(form_id: str, way: Way) -> dict[str, str]:
    """By item name."""
    worse = WORST.get(form_id, {}) if way is Way.WORST else {}
    return {**FACTS.get(form_id, {}), **worse}


def school_of(form_id: str) -> str:
    return AT.get(form_id, NINE_YEAR)
