"""完成 and the wizard tell the same: what the one counts as unanswered, the other leads to."""

from __future__ import annotations

from jiandu_desktop.services.completion import review
from jiandu_desktop.ui.wizard.paper import Paper
from tests.support.checklists import q, start

ROWS = (
    q("integer", "guards", "保安人数"),
    q("select_one ypn", "enough", "配备达标", calculation="if(${guards} > 2, 'yes', '')", readonly="yes"),
    q("text", "word", "总体评价"),
    q("image", "picture", "全景照片"),
    q("note", "hint", "请逐项查看"),
)


def test_every_item_that_waits_in_the_wizard_is_a_line_in_the_review_and_nothing_else_is() -> None:
    visit = start(*ROWS)
    paper = Paper(visit)
    lines = [entry.ref for entry in review(visit, (), (), frozenset()).unanswered]
    assert lines == ["/data/guards", "/data/word", "/data/picture"]
    assert lines == [ref for ref in paper.refs() if paper.is_unanswered(ref)]


def test_what_the_checklist_works_out_by_itself_is_nobodys_to_answer() -> None:
    visit = start(*ROWS)
    visit.answer("/data/guards", "3")
    counts = visit.progress()
    assert (counts.answered, counts.total) == (1, 3)
