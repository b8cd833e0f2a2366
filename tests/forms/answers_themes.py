"""Figures for the checklists of single themes (五项管理, 食堂, 控辍保学 …), by checklist and item name."""

from __future__ import annotations

from collections.abc import Mapping


def _figures(text: str) -> dict[str, str]:
    """`guards=3 built_year=2018` by item name."""
    return dict(pair.split("=", 1) for pair in text.split())


FACTS: Mapping[str, Mapping[str, str]] = {
    "campus-safety": _figures("guards=3 guards_certified=3 gates=2 video_days=45 bus_used=yes catering=own"),
    "canteen": _figures("catering=own diners=900 workers=12 healthy=12 sample_weight=150"),
    "double-reduction": _figures("hw_minutes_primary=50 hw_minutes_junior=80 after_pupils=900 asked=50 content=48"),
    "dropout-control": _figures(
        """
        rolls=1186 present=1180 leave=6 suspected=2 returned=2 disabled_all=10 disabled_in=10 entered=150
        graduated=149
        """
    ),
    "drowning-prevention": _figures("waters_seen=2 letters_out=1186 letters_back=1186 waters=3 waters_marked=3"),
    "five-managements": _figures("hw_minutes_primary=50 hw_minutes_junior=80"),
    "ideology-mind": _figures("civics_teachers=4 psy_teachers=2"),
    "lesson-observation": _figures("lessons=2 pupils=40"),
    "talks": _figures("meetings=2 surveyed=yes meeting_people=12 issued=100 returned=98 valid=96 satisfied=90"),
    "teacher-pay": _figures("teacher_pay=92000 officer_pay=91000 schools=4 teachers_asked=20 teachers_late=0"),
    "term-opening": _figures("season=autumn books_rate=100 arrived=1180 largest_class=45"),
    "training-institutions": _figures(
        """
        content=both form=both floor_area=500 learners=60 workers=12 checked=12 prepay=3000
        last_end=19:30:00.000+08:00
        """
    ),
}
WORST: Mapping[str, Mapping[str, str]] = {
    "campus-safety": _figures("guards=1 guards_certified=0 video_days=0"),
    "canteen": _figures("healthy=10 sample_weight=0"),
    "double-reduction": _figures("hw_minutes_primary=200 hw_minutes_junior=200 content=10"),
    "dropout-control": _figures("present=1170 leave=5 returned=0 disabled_in=5 graduated=100"),
    "drowning-prevention": _figures("letters_back=500 waters_marked=0"),
    "five-managements": _figures(
        """
        first_primary=07:20:00.000+08:00 first_secondary=07:10:00.000+08:00 hw_minutes_primary=200
        hw_minutes_junior=200
        """
    ),
    "ideology-mind": _figures("civics_teachers=0 psy_teachers=0"),
    "talks": _figures("satisfied=20"),
    "teacher-pay": _figures("officer_pay=99000 teachers_late=5"),
    "term-opening": _figures("books_rate=50 arrived=900 largest_class=70"),
    "training-institutions": _figures("floor_area=100 learners=100 checked=2 prepay=20000 last_end=21:40:00.000+08:00"),
}
