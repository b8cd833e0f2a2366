"""In the window: a re-check is begun where its problems are seen; what presses for them is written beside its page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jiandu_desktop.domain.document import INSPECTION_KINDS, DocumentKind
from jiandu_desktop.domain.problem import OPEN_STATES, Escalation, ProblemState
from jiandu_desktop.domain.recheck import note_item, problem_of, result_item
from jiandu_desktop.ui.finish.room import FinishRoom
from jiandu_desktop.ui.letter.room import LetterRoom
from jiandu_desktop.ui.operations.letter_wish import LetterWish
from jiandu_desktop.ui.pages.paper_room import PaperRoom
from jiandu_desktop.ui.pages.papers import PapersPage
from jiandu_desktop.ui.pages.school import SchoolRoom
from jiandu_desktop.ui.wizard.room import WizardRoom
from tests.support.said import Said
from tests.support.window import OpenWindow


@pytest.fixture
def opened(tmp_path: Path, qapp: QApplication, said: Said) -> Iterator[OpenWindow]:
    window = OpenWindow(tmp_path)
    yield window
    window.close()


def owing_school(opened: OpenWindow) -> str:
    """The school with the most open problems."""
    owed: dict[str, int] = {}
    for row in opened.services.problems.rows(opened.services.store.today()):
        if row.problem.state in OPEN_STATES:
            owed[row.problem.school_id] = owed.get(row.problem.school_id, 0) + 1
    return max(owed, key=owed.__getitem__)


def open_ids(opened: OpenWindow, school_id: str) -> tuple[str, ...]:
    rows = opened.services.problems.rows(opened.services.store.today())
    return tuple(r.problem.id for r in rows if r.problem.school_id == school_id and r.problem.state in OPEN_STATES)


def begin_recheck(opened: OpenWindow) -> WizardRoom:
    opened.assembly.desk.school_wanted.emit(owing_school(opened))
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, SchoolRoom)
    assert room.recheck.isVisible()
    room.recheck.click()
    opened.settle()
    wizard = opened.window.room()
    assert isinstance(wizard, WizardRoom)
    return wizard


def letter_room(opened: OpenWindow, wish: LetterWish) -> LetterRoom:
    opened.assembly.desk.letter_wanted.emit(wish)
    opened.settle()
    QTest.qWait(50)
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, LetterRoom)
    return room


def test_from_the_schools_page_to_the_opinion_with_one_key_per_problem(opened: OpenWindow) -> None:
    wizard = begin_recheck(opened)
    refs = {item.name: ref for ref, item in wizard.instance.definition.items.items()}
    first, second, *_ = [problem_of(name) for name in refs if problem_of(name)]
    wizard.view.go_to(refs[result_item(first)])
    QTest.keyClicks(QApplication.focusWidget(), "1")
    opened.settle()
    assert wizard.instance.node(refs[result_item(first)]).value == "done"
    wizard.view.go_to(refs[result_item(second)])
    QTest.keyClicks(QApplication.focusWidget(), "3")
    opened.settle()
    assert wizard.instance.node(refs[note_item(second)]).relevant
    wizard.instance.answer(refs[note_item(second)], "仍未更换")
    assert wizard.flush()
    wizard.finish_requested.emit(wizard.instance)
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, FinishRoom)
    opened.until(lambda: bool(room.papers.documents()))
    assert [each.kind for each in room.papers.documents()] == [DocumentKind.RECHECK_OPINION]
    room.bottom.freeze.click()
    assert room.bottom.asks
    room.bottom.confirmed.emit(())
    opened.until(lambda: room.frozen)
    opened.settle()
    assert opened.services.steps.read(first).problem.state is ProblemState.AWAITING_STRIKE_OFF
    assert opened.services.steps.read(second).problem.returned == 1
    asked: list[LetterWish] = []
    room.letter_wanted.connect(asked.append)
    buttons = [each for each in room.issued.proposals() if each.isVisibleTo(room)]
    assert buttons, "the rules propose a step for what was not put right"
    buttons[0].click()
    opened.settle()
    assert second in asked[0].problem_ids
    assert first not in asked[0].problem_ids, "nobody presses for what was just found put right"
    assert isinstance(opened.window.room(), LetterRoom)
    opened.window.leave_room()


def test_a_letter_is_drafted_edited_and_issued_with_two_presses(opened: OpenWindow) -> None:
    ids = open_ids(opened, owing_school(opened))[:2]
    room = letter_room(opened, LetterWish(kind=DocumentKind.SUPERVISION, problem_ids=ids))
    assert room.issue.isEnabled()
    opened.until(lambda: bool(room.papers.documents()))
    draft = room.draft()
    assert draft is not None
    assert draft.problem_ids == ids
    room.fields.opening.setPlainText("现就有关问题督办如下。")
    opened.until(lambda: not room._settled.isActive())
    opened.settle()
    room.issue.click()
    assert isinstance(opened.window.room(), LetterRoom), "the first press only says what will happen"
    room.issue.click()
    opened.settle()
    assert isinstance(opened.window.room(), PaperRoom)
    life = opened.services.steps.read(ids[0])
    assert life.problem.level == Escalation.SUPERVISION
    document = next(
        r.document for r in opened.services.papers.rows() if r.document.id == life.events[-1].data["document"]
    )
    assert document.kind is DocumentKind.SUPERVISION


def test_from_the_register_a_school_is_chosen_and_what_is_missing_stands_in_the_bar(opened: OpenWindow) -> None:
    page = opened.show("papers")
    assert isinstance(page, PapersPage)
    page.new_button.click()
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, LetterRoom)
    assert not room.issue.isEnabled()
    assert "选学校" in room.issue.toolTip()
    school = owing_school(opened)
    room.problems.choose_school(school)
    opened.settle()
    ticked = set(room.problems.ids())
    assert ticked
    assert ticked <= set(open_ids(opened, school))
    assert room.issue.isEnabled()
    for place in range(room.kind.count()):
        room.kind.setCurrentIndex(place)
        opened.settle()
        draft = room.draft()
        assert draft is not None
        assert draft.kind is DocumentKind(room.kind.currentData())
        # What is written around a visit or its plan has no page before it is known which.
        known = opened.services.letters.inspections.is_complete(draft) or draft.kind not in INSPECTION_KINDS
        assert [each.kind for each in room.papers.documents()] == ([draft.kind] if known else [])


def test_a_receipt_is_written_from_the_document_that_was_handed_over(opened: OpenWindow) -> None:
    page = opened.show("papers")
    assert isinstance(page, PapersPage)
    row = page.table.rows()[0]
    page.table.select(row.document.id)
    opened.settle()
    page.panel.receipt.click()
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, LetterRoom)
    draft = room.draft()
    assert draft is not None
    assert (draft.kind, draft.document_ids) == (DocumentKind.RECEIPT, (row.document.id,))
    assert room.issue.isEnabled()


def test_wording_follows_the_addressee_until_somebody_writes_another(opened: OpenWindow) -> None:
    ids = open_ids(opened, owing_school(opened))[:1]
    room = letter_room(opened, LetterWish(kind=DocumentKind.SUPERVISION, problem_ids=ids))
    assert "你校" in room.fields.demand.toPlainText()
    room.fields.opening.setPlainText("自己写的开头。")
    room.fields.addressee.setText("城关镇人民政府")
    room.fields.addressee.textEdited.emit("城关镇人民政府")
    opened.until(lambda: "你单位" in room.fields.demand.toPlainText())
    assert room.fields.opening.toPlainText() == "自己写的开头。"


def test_leaving_asks_once_where_something_was_written(opened: OpenWindow) -> None:
    ids = open_ids(opened, owing_school(opened))[:1]
    room = letter_room(opened, LetterWish(kind=DocumentKind.REMINDER, problem_ids=ids))
    room.fields.advice.setPlainText("建议逐班排查")
    room.bar.left.emit()
    assert opened.window.room() is room
    assert room.notice.isVisible()
    room.bar.left.emit()
    opened.settle()
    assert opened.window.room() is None
