"""听课, 座谈 and 访谈 are written down once: the counters take them from the finished records."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jiandu_desktop.domain.counters import GroupBy
from jiandu_desktop.paths import shipped_forms
from tests.conftest import StandingClock
from tests.support.three_ways import Way, visit_in
from tests.support.unit import found_unit


def test_lessons_meetings_and_interviews_of_the_term(tmp_path: Path, clock: StandingClock) -> None:
    services = found_unit(tmp_path, clock)
    try:
        for name in ("lesson-observation", "talks"):
            services.office.add_form(shipped_forms() / f"{name}.xlsx")
        school = services.schools.rows()[0].school.id
        heard = visit_in(services, school, "lesson-observation", Way.TYPICAL, {"lessons": "3", "pupils": "40"})
        people = {"talked_pupils": "12", "talked_parents": "5", "talked_teachers": "4"}
        visit_in(services, school, "talks", Way.GOOD, {"meetings": "2", "meeting_people": "9"} | people)
        counted = services.counting.table(date(2026, 9, 1), date(2027, 1, 31), GroupBy.NOTHING).whole.counts
        assert (counted.visits, counted.lessons, counted.meetings, counted.interviews) == (2, 3, 2, 21)
        assert [problem.text for problem in heard.problems if "情况属实" not in problem.text] == []
    finally:
        services.close()
