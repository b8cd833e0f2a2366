"""What is answered where choices and rules do not tell: by checklist, by way, by item name; and the school visited."""

from __future__ import annotations

from collections.abc import Mapping

from tests.forms import answers_themes as themes
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
    "balance-county": _figures(
        """
        basic_year=2019 basic_cv_primary=0.52 basic_cv_junior=0.43 schools_primary=30 schools_met_primary=30
        schools_junior=12 schools_met_junior=12 cv_a1_primary=0.311 cv_a2_primary=0.312 cv_a3_primary=0.313
        cv_a4_primary=0.314 cv_a5_primary=0.315 cv_a6_primary=0.316 cv_a7_primary=0.317 cv_a1_junior=0.311
        cv_a2_junior=0.312 cv_a3_junior=0.313 cv_a4_junior=0.314 cv_a5_junior=0.315 cv_a6_junior=0.316
        cv_a7_junior=0.317 rooms_short=0 over_size_primary=0 over_size_junior=0 over_size_joint=0
        large_classes_primary=0 large_classes_junior=0 small_schools=9 small_funded=9 special_pupils=120
        special_funds=102 teacher_pay=92000 civil_pay=91000 teachers=2100 trained=2100 rotation_eligible=900
        rotated=110 rotated_backbone=30 certified=2100 urban_primary=9000 urban_in_area_primary=9000
        urban_junior=4000 urban_in_area_junior=3900 quota_plan=900 quota_shared=540 quota_rural=200 migrant_all=1500
        migrant_public=1300 migrant_bought=100 graduates=2880 entrants=2900 moved_in=60 moved_out=70 died=1
        disabled_all=160 disabled_in=156 training_schools=38 funded_schools=38 sent=3000 valid=2900 satisfied=2700
        talked=60 talked_satisfied=55 level_chinese=three gap_chinese=0.11 level_maths=three gap_maths=0.11
        level_science=three gap_science=0.11 level_sports=three gap_sports=0.11 level_arts=three gap_arts=0.11
        level_moral=three gap_moral=0.11 parents=1600
        """
    ),
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
    "kindergarten-routine": _figures("guards=2 bus_used=yes catering=own largest_class=30"),
    "preschool-county": _figures(
        """
        age_group=9000 children=8100 children_public=5000 children_inclusive=2200 townships=11 township_gardens=11
        estate_planned=12 estate_built=12 estate_handed=12 estate_inclusive=12 education_budget=60000
        preschool_budget=3600 public_funds_unit=600 subsidy_unit=500 gardens=70 gardens_public=40
        gardens_inclusive=22 fees_right=62 pay_staff=82000 pay_contract=66000 accidents=0 unlicensed=0 evaluated=70
        new_gardens=20 new_site=20 old_gardens=50 old_site=40 classes=300 classes_fit=280 teachers=560
        qualified_all=640 certified=640 sent=2000 valid=1950 satisfied=1800
        """
    ),
    "preschool-kindergarten": _figures(
        """
        nature=public place=town estate_kind=yes planned_year=2018 children=240 classes=8 classes_small=3
        classes_middle=3 classes_large=2 classes_mixed=0 classes_fit=8 largest_class=33 outdoor_area=1300
        building_area=2900 activity_area=2100 books=1500 teachers=17 carers=8 certified=19 heads=2 pay_staff=80000
        pay_contract=66000 funds=14
        """
    ),
    "routine": _figures("guards=3 bus_used=yes catering=own"),
}
"""As they are found at a good school and on a usual visit; the worst differ by what follows."""

WORST: Mapping[str, Mapping[str, str]] = {
    "balance-county": _figures(
        """
        basic_year=2025 basic_cv_primary=0.72 basic_cv_junior=0.63 schools_met_primary=21 schools_met_junior=8
        cv_a1_primary=0.611 cv_a2_primary=0.612 cv_a3_primary=0.613 cv_a4_primary=0.614 cv_a5_primary=0.615
        cv_a6_primary=0.616 cv_a7_primary=0.617 cv_a1_junior=0.611 cv_a2_junior=0.612 cv_a3_junior=0.613
        cv_a4_junior=0.614 cv_a5_junior=0.615 cv_a6_junior=0.616 cv_a7_junior=0.617 rooms_short=6
        over_size_primary=2 large_classes_primary=8 small_funded=2 special_funds=60 civil_pay=99000 trained=1500
        rotated=50 rotated_backbone=4 certified=2000 urban_in_area_primary=8000 urban_in_area_junior=3000
        quota_shared=300 quota_rural=0 migrant_public=900 graduates=2500 disabled_in=120 training_schools=20
        valid=2000 satisfied=1300 gap_chinese=0.21 gap_maths=0.21 gap_science=0.21 gap_sports=0.21 gap_arts=0.21
        gap_moral=0.21 parents=800
        """
    ),
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
    "kindergarten-routine": _figures("guards=0 largest_class=52"),
    "preschool-county": _figures(
        """
        children=7000 children_public=2500 children_inclusive=1000 township_gardens=8 estate_built=10
        estate_handed=7 estate_inclusive=4 preschool_budget=1800 public_funds_unit=300 subsidy_unit=100
        fees_right=40 pay_contract=40000 accidents=1 unlicensed=3 evaluated=30 new_site=12 old_site=20
        classes_fit=200 teachers=300 certified=420 valid=1500 satisfied=900
        """
    ),
    "preschool-kindergarten": _figures(
        """
        children=300 classes_fit=2 largest_class=60 outdoor_area=200 building_area=900 activity_area=700 books=100
        teachers=9 carers=3 certified=4 pay_contract=20000 funds=1
        """
    ),
    "routine": _figures("guards=0"),
}


def said(form_id: str, way: Way) -> dict[str, str]:
    """By item name."""
    facts, worst = FACTS | themes.FACTS, WORST | themes.WORST
    worse = worst.get(form_id, {}) if way is Way.WORST else {}
    return {**facts.get(form_id, {}), **worse}


def school_of(form_id: str) -> str:
    return AT.get(form_id, NINE_YEAR)
