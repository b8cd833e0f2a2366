"""新文书 around visits: from record, school page and 统计, with the page beside; issued with two presses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jiandu_desktop.domain.document import ABOUT_A_VISIT, DocumentKind
from jiandu_desktop.domain.visit import VisitState
from jiandu_desktop.services.overview import read_overview
from jiandu_desktop.ui.letter.room import LetterRoom
from jiandu_desktop.ui.operations.letter_wish import LetterWish
from jiandu_desktop.ui.pages.counters import CountersPage
from jiandu_desktop.ui.pages.paper_room import PaperRoom
from jiandu_desktop.ui.pages.record import RecordRoom
from jiandu_desktop.ui.pages.school import SchoolRoom
from tests.support.window import OpenWindow


@pytest.fixture
def opened(tmp_path: Path, qapp: QApplication) -> Iterator[OpenWindow]:
    del qapp
    window = OpenWindow(tmp_path)
    yield window
    window.close()


def entered(opened: OpenWindow) -> LetterRoom:
    opened.settle()
    QTest.qWait(50)
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, LetterRoom)
    return room


def finished(opened: OpenWindow) -> str:
    visits = read_overview(opened.services.store).latest_visits()
    return next(visit.id for visit in visits if visit.state is not VisitState.DRAFT)


def test_from_a_record_its_form_the_certificate_and_the_opinion_are_a_click_away(opened: OpenWindow) -> None:
    visit = finished(opened)
    opened.assembly.desk.record_wanted.emit(visit)
    opened.settle()
    record = opened.window.room()
    assert isinstance(record, RecordRoom)
    opened.until(lambda: record.write.isVisible())
    actions = {str(action.data()): action for action in record.write.menu_of_kinds.actions()}
    assert set(actions) == {kind.value for kind in ABOUT_A_VISIT}
    actions[DocumentKind.INSPECTION_OPINION.value].trigger()
    room = entered(opened)
    opened.until(lambda: bool(room.papers.documents()))
    draft = room.draft()
    assert draft is not None
    assert (draft.kind, draft.visit_id) == (DocumentKind.INSPECTION_OPINION, visit)
    assert room.fields.evaluation.isVisible()
    room.fields.evaluation.setPlainText("自己写的评价。")
    opened.until(lambda: not room._settled.isActive())
    opened.settle()
    assert room.fields.evaluation.toPlainText() == "自己写的评价。"
    room.issue.click()
    assert isinstance(opened.window.room(), LetterRoom), "the first press only says what will happen"
    room.issue.click()
    opened.settle()
    assert isinstance(opened.window.room(), PaperRoom)
    issued = opened.services.papers.of_visit(visit)
    assert DocumentKind.INSPECTION_OPINION in {document.kind for document in issued}


def test_the_kind_decides_what_is_asked_and_what_is_missing_is_said(opened: OpenWindow) -> None:
    opened.assembly.desk.letter_wanted.emit(LetterWish(kind=DocumentKind.INSPECTION_NOTICE))
    room = entered(opened)
    assert room.subjects.assignments.isVisible()
    assert not room.problems.isVisible()
    assert not room.issue.isEnabled()
    assert "勾选" in room.issue.toolTip()
    room.subjects.assignments.list.item(0).setCheckState(Qt.CheckState.Checked)
    opened.until(lambda: room.issue.isEnabled())
    opened.until(lambda: bool(room.papers.documents()))
    assert room.fields.method.text()
    room.kind.setCurrentIndex(room.kind.findData(DocumentKind.RECORD_SHEET.value))
    opened.settle()
    assert room.subjects.visits.isVisible()
    assert not room.issue.isEnabled()
    room.subjects.visits.list.setCurrentRow(0)
    opened.until(lambda: room.issue.isEnabled())
    assert not room.fields.isVisible(), "a record is not edited"
    room.kind.setCurrentIndex(room.kind.findData(DocumentKind.SUPERVISION.value))
    opened.settle()
    assert room.problems.isVisible()
    assert not room.subjects.isVisible()


def test_a_schools_tasks_become_its_notice(opened: OpenWindow) -> None:
    view = read_overview(opened.services.store)
    begun = {visit.assignment_id for visit in view.visits}
    task = next(each for each in view.assignments if each.id not in begun)
    opened.assembly.desk.school_wanted.emit(task.school_id)
    opened.settle()
    school = opened.window.room()
    assert isinstance(school, SchoolRoom)
    opened.until(lambda: school.letter.isVisible())
    school.tables["tasks"].select(task.id)
    school.letter.click()
    room = entered(opened)
    opened.until(lambda: bool(room.papers.documents()))
    draft = room.draft()
    assert draft is not None
    assert (draft.kind, draft.assignment_ids) == (DocumentKind.INSPECTION_NOTICE, (task.id,))


def test_the_counters_period_becomes_a_report_and_its_public_version(opened: OpenWindow) -> None:
    page = opened.show("counters")
    assert isinstance(page, CountersPage)
    first, last = page.first.day(), page.last.day()
    page.report.click()
    room = entered(opened)
    opened.until(lambda: bool(room.papers.documents()))
    draft = room.draft()
    assert draft is not None
    assert first is not None
    assert last is not None
    assert (draft.first, draft.last) == (first, min(last, opened.services.store.today()))
    assert room.issue.isEnabled(), "a report may go to nobody by name"
    room.fields.public.setChecked(True)
    room.fields.photos.setCurrentIndex(room.fields.photos.findData(6))
    opened.until(lambda: "公示版" in room.papers.documents()[0].title)
