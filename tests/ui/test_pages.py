"""The other pages on the demo bureau: schools, records, the ledger, documents and clauses, found and opened by keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from jiandu_desktop.domain.problem import OPEN_STATES
from jiandu_desktop.domain.visit import VisitState
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.pages.ledger import LedgerPage
from jiandu_desktop.ui.pages.library import LibraryPage
from jiandu_desktop.ui.pages.paper_room import PaperRoom
from jiandu_desktop.ui.pages.papers import PapersPage
from jiandu_desktop.ui.pages.problem.life_line import steps_of
from jiandu_desktop.ui.pages.problem.reading import read_record
from jiandu_desktop.ui.pages.record import FAILED, RecordRoom
from jiandu_desktop.ui.pages.records import RecordsPage
from jiandu_desktop.ui.pages.school import PAPERS, PROBLEMS, VISITS, SchoolRoom
from jiandu_desktop.ui.pages.schools import SchoolsPage
from jiandu_desktop.ui.wizard.room import WizardRoom
from tests.support.said import Said
from tests.support.window import OpenWindow

# The offscreen screen cannot take size hints and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def opened(qapp: QApplication, said: Said, tmp_path: Path) -> Iterator[OpenWindow]:
    QSettings().clear()
    set_theme(qapp, dark=False)
    window = OpenWindow(tmp_path, print_to=tmp_path / "printed.pdf")
    yield window
    window.close()


def schools(opened: OpenWindow) -> SchoolsPage:
    page = opened.show("schools")
    assert isinstance(page, SchoolsPage)
    return page


def records(opened: OpenWindow) -> RecordsPage:
    page = opened.show("records")
    assert isinstance(page, RecordsPage)
    return page


def ledger(opened: OpenWindow) -> LedgerPage:
    page = opened.show("ledger")
    assert isinstance(page, LedgerPage)
    return page


def papers(opened: OpenWindow) -> PapersPage:
    page = opened.show("papers")
    assert isinstance(page, PapersPage)
    return page


def school_room(opened: OpenWindow, code: str) -> SchoolRoom:
    page = schools(opened)
    page.search.set_text(code)
    page.table.focus()
    QTest.keyClick(page.table.view, Qt.Key.Key_Return)
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, SchoolRoom)
    return room


def test_a_school_shows_its_visits_problems_and_papers(opened: OpenWindow) -> None:
    room = school_room(opened, "cgdexx")
    counts = {tab.key: tab.count for tab in room.tabs.tabs()}
    assert counts[VISITS] == len(room.tables[VISITS].rows()) > 0
    room.tabs.choose(PROBLEMS)
    assert room.tables[PROBLEMS].isVisible()
    assert room.tables[PAPERS].rows()
    QTest.keyClick(room, Qt.Key.Key_Escape)
    opened.settle()
    assert opened.window.room() is None


def test_a_visit_of_ones_own_begins_with_a_chosen_checklist(opened: OpenWindow) -> None:
    room = school_room(opened, "jgy")
    room.choose_start()
    words = [action.text() for action in room.menu.actions() if not action.isSeparator()]
    assert any("校园安全" in word for word in words)
    action = next(action for action in room.menu.actions() if "校园安全" in action.text())
    room.menu.close()
    room.menu.triggered.emit(action)
    opened.until(lambda: isinstance(opened.window.room(), WizardRoom))
    opened.settle()
    wizard = opened.window.room()
    assert isinstance(wizard, WizardRoom)
    wizard.show_school.emit(next(row.visit.school_id for row in opened.services.visits.rows()))
    opened.settle()
    above = opened.window.room()
    assert isinstance(above, SchoolRoom)
    assert not above.start.isVisible(), "from a visit, a school is only read"
    above.leave.emit()
    wizard.leave.emit()
    opened.settle()
    assert isinstance(opened.window.room(), SchoolRoom)


def test_a_record_is_read_with_notes_photos_and_problems(opened: OpenWindow) -> None:
    page = records(opened)
    row = next(row for row in page.table.rows() if row.photos and row.problems)
    page.table.select(row.visit.id)
    page.table.focus()
    QTest.keyClick(page.table.view, Qt.Key.Key_Return)
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, RecordRoom)
    assert len(room.rows()) > 30
    room.tabs.choose(FAILED)
    opened.settle()
    found = room.rows()
    assert len(found) == row.problems
    assert all(each.item.problem is not None for each in found)
    assert not room.go_on.isVisible()
    proven = next(each.item for each in found if each.item.photos)
    next(each for each in found if each.item is proven).photo_opened.emit(proven.photos[0].id)
    opened.settle()
    assert room.photo.isVisible()
    QTest.keyClick(room.photo, Qt.Key.Key_Escape)
    assert not room.photo.isVisible()
    assert opened.window.room() is room, "Esc closed the photo, not the record"
    room.papers.click()
    opened.settle()
    shown = opened.window.page("papers")
    assert isinstance(shown, PapersPage)
    assert shown.table.current_row().document.visit_id == row.visit.id


def test_reopening_asks_for_a_reason_in_place_and_keeps_the_old_record(opened: OpenWindow) -> None:
    page = records(opened)
    row = next(row for row in page.table.rows() if "周明元" in row.inspectors)
    page.table.select(row.visit.id)
    opened.settle()
    page.panel.reopen.click()
    assert not page.panel.confirm.isEnabled(), "without a reason there is no revision"
    QTest.keyClicks(page.panel.reason, "fangjian hao xie cuo")
    QTest.keyClick(page.panel.reason, Qt.Key.Key_Return)
    opened.until(lambda: isinstance(opened.window.room(), WizardRoom))
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, WizardRoom)
    room.leave.emit()
    opened.settle()
    found = [each.visit for each in page.table.rows() if each.visit.school_id == row.visit.school_id]
    assert [visit.state for visit in found if visit.revises == row.visit.id] == [VisitState.DRAFT]
    assert row.visit.id in {visit.id for visit in found}


def test_records_of_others_cannot_be_reopened(opened: OpenWindow) -> None:
    page = records(opened)
    row = next(row for row in page.table.rows() if "周明元" not in row.inspectors)
    page.table.select(row.visit.id)
    opened.settle()
    assert not page.panel.reopen.isVisible()
    assert page.panel.primary.text() == "查看记录"


def test_the_views_of_the_ledger_agree_with_their_counts(opened: OpenWindow) -> None:
    page = ledger(opened)
    for tab in page.tabs.tabs():
        page.tabs.choose(tab.key)
        assert len(page.table.rows()) == tab.count, tab.key
    page.tabs.choose("late")
    assert {row.days_left < 0 for row in page.table.rows()} == {True}
    assert {row.problem.state in OPEN_STATES for row in page.table.rows()} == {True}
    assert page.tabs.tabs()[0].count == opened.window.rail.item("ledger").count()
    total, *parts = map(int, re.findall(r"\d+", page._totals.text()))
    assert sum(parts) == total, "no problem is left out of the sums above the tabs"
    page.tabs.choose("all")
    page.search.set_text("yytjsz")
    assert {row.school for row in page.table.rows()} <= {"云台寄宿制九年一贯制学校"}


def test_a_problem_shows_its_photo_and_the_line_of_its_life(opened: OpenWindow) -> None:
    page = ledger(opened)
    row = next(row for row in page.table.rows() if row.photos)
    steps = steps_of(read_record(opened.services, row.problem.id))
    assert [step.title for step in steps] == ["发现", "下达", "整改", "复查", "销号"]
    assert [step.state for step in steps] == ["passed", "passed", "now", "coming", "coming"]
    assert steps[1].note == row.problem.notice_number
    page.table.select(row.problem.id)
    opened.settle()
    assert page.panel.record.isVisible()


def test_a_document_is_looked_at_printed_and_saved(opened: OpenWindow, said: Said, tmp_path: Path) -> None:
    page = papers(opened)
    row = next(row for row in page.table.rows() if row.document.pages == 2 and row.document.prints)
    page.table.select(row.document.id)
    opened.settle()
    preview = page.panel.turner.preview
    assert preview.page_count() == 2
    page.panel.turner.forth.click()
    assert preview.page() == 1
    page.panel.print_it()
    opened.until(lambda: bool(said.toasts))
    opened.settle()
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
    again = next(each for each in opened.services.papers.rows() if each.document.id == row.document.id)
    assert again.document.prints == row.document.prints + 1
    saved = tmp_path / "副本.pdf"
    opened.assembly.desk.papers.save_to(row.document, saved)
    opened.settle()
    assert saved.read_bytes() == opened.services.papers.pdf(row.document.id)
    QTest.keyClick(page.table.view, Qt.Key.Key_Return)
    opened.settle()
    assert isinstance(opened.window.room(), PaperRoom)


def test_a_file_is_checked_and_told_in_a_sentence(opened: OpenWindow, tmp_path: Path) -> None:
    page = papers(opened)
    row = next(row for row in page.table.rows() if row.document.prints)
    pdf = opened.services.papers.pdf(row.document.id)
    for content, word in ((pdf, "没有改动"), (pdf + b"\n% more", "不同"), (b"no pdf", "无法判断")):
        path = tmp_path / "handed in.pdf"
        path.write_bytes(content)
        page.verify(path)
        opened.settle()
        assert page.verdict.isVisible()
        assert word in page.verdict.text()
    page.verify(tmp_path / "gone.pdf")
    opened.settle()
    assert "gone.pdf" in page.verdict.text()


def test_a_paper_of_another_laptop_says_where_it_is(opened: OpenWindow) -> None:
    page = papers(opened)
    media = opened.services.store.media
    row = next(row for row in page.table.rows())
    for path in opened.profiles.demo.own.media.rglob(f"*{row.document.sha256}*"):
        path.unlink()
    assert not media.has(row.document.sha256)
    page.table.select(page.table.rows()[1].document.id)
    opened.settle()
    page.table.select(row.document.id)
    opened.settle()
    assert page.panel.turner.preview.page_count() == 0
    assert page.panel.notice.isVisible()
    assert row.document.number in page.panel.notice.text()


def test_clauses_are_found_by_words_and_initials_and_by_checklist(opened: OpenWindow) -> None:
    page = opened.show("library")
    assert isinstance(page, LibraryPage)
    every = len(page.table.rows())
    page.search.set_text("xf")
    by_initials = {clause.row.label for clause in page.table.rows()}
    page.search.set_text("消防")
    by_words = {clause.row.label for clause in page.table.rows()}
    assert by_words
    assert by_words <= by_initials
    page.clear_filters()
    page.checklists.activated.emit(page.checklists.rows()[0])
    title = page.checklists.rows()[0].title
    shown = page.table.rows()
    assert {clause.row.checklist for clause in shown} == {title}
    assert len(shown) < every
    page.clear_filters()
    assert len(page.table.rows()) == every


def test_every_page_is_reached_by_its_key_and_has_no_nameless_button(opened: OpenWindow) -> None:
    for number, key in enumerate(("today", "schools", "records", "ledger", "papers", "library"), start=1):
        QTest.keyClick(opened.window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        opened.settle()
        assert opened.window.current_key() == key
        page = opened.window.page(key)
        assert page is not None
        nameless = [
            type(button).__name__
            for button in page.findChildren(QAbstractButton)
            if button.isVisible() and not (button.text() or button.accessibleName() or button.toolTip())
        ]
        assert nameless == [], key
