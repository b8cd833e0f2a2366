"""Sections in which the form itself judges: the outline shows its verdicts, and nothing is left to answer there."""

from __future__ import annotations

from jiandu_desktop.services.open_visit import Tally
from jiandu_desktop.ui.wizard.paper import Paper
from tests.support.checklists import END_GROUP, q, start


def test_a_section_of_verdicts_shows_them_and_asks_for_nothing() -> None:
    visit = start(
        q("begin_group", "figures", "数据"),
        q("integer", "guards", "专职保安人数"),
        END_GROUP,
        q("begin_group", "verdicts", "判定"),
        q("select_one ypn", "enough", "人数够", readonly="yes", calculation="if(${guards} > 1, 'yes', 'no')"),
        q("select_one ypn", "some", "有保安", readonly="yes", calculation="if(${guards} > 0, 'yes', 'no')"),
        END_GROUP,
    )
    visit.answer("/data/figures/guards", "1")
    paper = Paper(visit)
    verdicts = paper.summary("/data/verdicts")
    assert verdicts.cells == ("problem", "done")
    assert (verdicts.asked, verdicts.answered, verdicts.failed) == (0, 2, 1)
    assert paper.tally() == Tally(answered=1, total=1)


def test_among_questions_a_verdict_shows_only_when_it_is_a_problem() -> None:
    visit = start(
        q("begin_group", "safety", "安全"),
        q("integer", "guards", "专职保安人数"),
        q("select_one ypn", "enough", "人数够", readonly="yes", calculation="if(${guards} > 1, 'yes', 'no')"),
        END_GROUP,
    )
    visit.answer("/data/safety/guards", "2")
    assert Paper(visit).summary("/data/safety").cells == ("done",)
    visit.answer("/data/safety/guards", "1")
    paper = Paper(visit)
    assert paper.summary("/data/safety").cells == ("done", "problem")
    assert paper.tally() == Tally(answered=1, total=1)
