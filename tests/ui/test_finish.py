"""完成 over a real visit: what is missing leads back to its item, freezing is one step, paper comes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import Handling
from jiandu_desktop.domain.visit import Approach, SchoolOpinion, Timing, VisitState
from jiandu_desktop.form_engine import Instance
from jiandu_desktop.services.finishing import Finishing
from jiandu_desktop.services.open_visit import OpenVisit
from jiandu_desktop.services.pinyin import initials
from jiandu_desktop.services.program import Services
from jiandu_desktop.ui.finish.bars import CHECKING, PRINTING, SIGNING
from jiandu_desktop.ui.finish.room import FinishRoom
from jiandu_desktop.ui.finish.signing_card import TYPING_MS
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.main_window import MainWindow
from jiandu_desktop.ui.tasks import Tasks
from tests.conftest import StandingClock
from tests.support.bureau import copy_bureau, open_laptop
from tests.support.said import Said
from tests.support.visiting import answer_everything, raise_problems, save

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SCRAWL = (((0.2, 0.5), (0.4, 0.3), (0.5, 0.8)),)


class Visit:
    """One visit in the room, with hands."""

    def __init__(self, services: Services, tmp_path: Path, *, gaps: bool) -> None:
        self.services = services
        self.printed = tmp_path / "printed.pdf"
        rows = [row for row in services.today.rows(services.store.today()) if row.visit_id is None]
        opened = services.visits.start(rows[0].assignment_id)
        instance = services.finishing.instance(opened)
        names = [item.name for item in opened.definition.items.values() if item.kind == "select_one"]
        answer_everything(instance, frozenset({names[3], names[9]}))
        problems = raise_problems(services, opened, instance)
        if gaps:
            services.visits.save_problem(replace(problems[0], responsible=""))
            services.visits.save_problem(replace(problems[1], handling=Handling.ON_THE_SPOT, due=None))
        save(services, opened, instance)
        self.opened: OpenVisit = services.visits.resume(opened.visit.id)
        self.instance: Instance = instance
        self.window = MainWindow()
        self.tasks = Tasks(self.window)
        self.faults: list[Exception] = []
        self.tasks.failed_unheard.connect(self.faults.append)
        self.went: list[str] = []
        self.room = self.enter()

    def enter(self) -> FinishRoom:
        room = FinishRoom(self.services, self.tasks, self.window.messages, self.opened, self.instance, self.printed)
        room.back.connect(self.went.append)
        room.done.connect(lambda: self.went.append("done"))
        self.window.resize(1366, 768)
        self.window.enter_room(room)
        self.window.show()
        return room

    @property
    def stored(self) -> OpenVisit:
        return self.services.visits.resume(self.opened.visit.id)

    def wait(self, qtbot: QtBot) -> None:
        """Until the drafts have been made and nothing runs."""
        QTest.qWait(TYPING_MS + 100)
        qtbot.waitUntil(self.tasks.is_idle, timeout=20_000)
        QTest.qWait(20)

    def close(self) -> None:
        self.room.may_leave()
        self.tasks.shutdown()
        QApplication.processEvents()
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert self.faults == []


@pytest.fixture
def laptop(tmp_path: Path, clock: StandingClock) -> Iterator[Services]:
    services = open_laptop(copy_bureau(tmp_path / "bureau"), clock)
    yield services
    services.close()


@pytest.fixture
def unready(qapp: QApplication, laptop: Services, tmp_path: Path, said: Said) -> Iterator[Visit]:
    set_theme(qapp, dark=False)
    made = Visit(laptop, tmp_path, gaps=True)
    yield made
    made.close()


@pytest.fixture
def ready(qapp: QApplication, laptop: Services, tmp_path: Path, said: Said) -> Iterator[Visit]:
    set_theme(qapp, dark=False)
    made = Visit(laptop, tmp_path, gaps=False)
    yield made
    made.close()


def test_what_must_be_put_right_keeps_the_visit_open_and_says_so(unready: Visit, qtbot: QtBot) -> None:
    unready.wait(qtbot)
    assert not unready.room.bottom.freeze.isEnabled()
    assert "还有 1 处必须改" in unready.room.bottom.reason.text()
    assert unready.room.top.steps.current() == CHECKING
    QTest.keyClick(unready.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert not unready.room.bottom.asks


def test_a_line_leads_back_to_its_item(unready: Visit) -> None:
    first = unready.room.review.rows[0]
    assert first.button is not None
    first.button.click()
    assert unready.went == [first.entry.ref]
    assert first.entry.code == "review-no-responsible"


def test_a_line_is_taken_by_keyboard_too(unready: Visit) -> None:
    row = unready.room.review.rows[1]
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert unready.went == [row.entry.ref]


def test_the_page_shows_the_drafts_of_every_document(unready: Visit, qtbot: QtBot) -> None:
    unready.wait(qtbot)
    kinds = [document.kind for document in unready.room.papers.documents()]
    assert kinds == [
        DocumentKind.FEEDBACK_OPINION,
        DocumentKind.RECTIFICATION_NOTICE,
        DocumentKind.PROBLEM_LIST,
    ]
    assert unready.room.papers.preview.page_count() >= 1


def test_a_signature_is_kept_at_once_and_appears_on_the_draft(ready: Visit, qtbot: QtBot) -> None:
    ready.wait(qtbot)
    before = ready.room.papers.documents()[0].pdf
    assert ready.room.top.steps.current() == SIGNING
    for box in ready.room.signing.boxes.values():
        box.set_strokes(SCRAWL)
        box.signed.emit(SCRAWL)
    ready.wait(qtbot)
    stored = ready.services.visits.signatures(ready.opened.visit.id)
    assert {signature.role for signature in stored} == {"inspector", "head"}
    assert all(signature.strokes == SCRAWL and signature.signed_at for signature in stored)
    qtbot.waitUntil(lambda: ready.room.papers.documents()[0].pdf != before, timeout=20_000)
    assert ready.room.top.steps.current() == PRINTING


def test_what_the_school_says_and_who_came_along_is_kept(ready: Visit, qtbot: QtBot) -> None:
    signing = ready.room.signing
    signing.opinion.choose("objects")
    qtbot.keyClicks(signing.opinion_text, "no water on")
    qtbot.keyClicks(signing.companions, "Li")
    assert (ready.stored.visit.approach, ready.stored.visit.timing) == (Approach.OPEN, Timing.PLANNED)
    ready.room.manner.approach.choose(Approach.COVERT.value)
    ready.room.manner.timing.choose(Timing.RANDOM.value)
    ready.wait(qtbot)
    visit = ready.stored.visit
    assert visit.manner == "暗访、随机"
    assert (visit.opinion, visit.opinion_text) == (SchoolOpinion.OBJECTS, "no water on")
    assert visit.companions == "Li"


def test_a_companion_is_completed_by_initials_behind_those_already_named(ready: Visit, qtbot: QtBot) -> None:
    field = ready.room.signing.companions
    name = ready.room.desk.known_companions()[0]
    field.setText("汪强、")
    field.setFocus()
    qtbot.keyClicks(field, initials(name).split()[0])
    popup = field.completer().popup()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert field.text() == f"汪强、{popup.model().index(0, 0).data()}"
    ready.wait(qtbot)
    assert ready.stored.visit.companions == field.text()


def test_words_half_typed_are_kept_when_one_leaves(ready: Visit, qtbot: QtBot) -> None:
    qtbot.keyClicks(ready.room.signing.companions, "Li")
    QTest.keyClick(ready.window, Qt.Key.Key_Escape)
    assert ready.went == [""]
    assert ready.stored.visit.companions == "Li"


def test_freezing_asks_once_in_place_then_issues_numbers_and_prints(ready: Visit, qtbot: QtBot, said: Said) -> None:
    ready.wait(qtbot)
    QTest.keyClick(ready.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert ready.room.bottom.asks
    assert ready.stored.visit.state is VisitState.DRAFT
    QTest.keyClick(ready.room.bottom.question.accept, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ready.room.frozen, timeout=20_000)
    ready.wait(qtbot)
    documents = ready.services.papers.of_visit(ready.opened.visit.id)
    assert [document.prints for document in documents] == [1, 1, 1]
    text = "".join(page.extract_text() for page in PdfReader(ready.printed).pages)
    assert text == ""  # pages go to the printer as pictures
    assert len(PdfReader(ready.printed).pages) == sum(document.pages for document in documents)
    assert ready.stored.visit.state is VisitState.FINISHED
    assert said.questions == []
    assert any("已打印" in toast for toast in said.toasts)
    ready.room.bottom.leave.click()
    assert ready.went == ["done"]


def test_the_question_can_be_put_off(ready: Visit, qtbot: QtBot) -> None:
    ready.room.bottom.freeze.click()
    QTest.keyClick(ready.room.bottom.question.accept, Qt.Key.Key_Escape)
    assert not ready.room.bottom.asks
    assert ready.went == []
    assert ready.stored.visit.state is VisitState.DRAFT


def test_without_paper_the_visit_waits_for_ink_until_one_says_it_was_signed(ready: Visit, qtbot: QtBot) -> None:
    ready.room.bottom.freeze.click()
    ready.room.bottom.confirmed.emit(())
    qtbot.waitUntil(lambda: ready.room.frozen, timeout=20_000)
    assert ready.stored.visit.state is VisitState.AWAITING_SIGNATURE
    assert not ready.printed.exists()
    ready.room.bottom.signed.click()
    ready.wait(qtbot)
    assert ready.stored.visit.state is VisitState.FINISHED
    assert ready.room.bottom.signed.isHidden()


def test_only_the_ticked_documents_are_printed_again(ready: Visit, qtbot: QtBot) -> None:
    ready.room.bottom.freeze.click()
    ready.room.bottom.confirmed.emit(())
    qtbot.waitUntil(lambda: ready.room.frozen, timeout=20_000)
    for kind, box in ready.room.issued.boxes.items():
        box.setChecked(kind is DocumentKind.PROBLEM_LIST)
    ready.room.bottom.print_again.click()
    ready.wait(qtbot)
    prints = {each.kind: each.prints for each in ready.services.papers.of_visit(ready.opened.visit.id)}
    assert prints == {
        DocumentKind.FEEDBACK_OPINION: 0,
        DocumentKind.RECTIFICATION_NOTICE: 0,
        DocumentKind.PROBLEM_LIST: 1,
    }


def test_a_full_disk_is_told_in_place_and_the_second_try_goes_through(
    ready: Visit, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Finishing.finish

    def full(_: Finishing, visit_id: str, instance: Instance) -> None:
        raise Trouble("disk-full", path="jiandu.db", need=100)

    monkeypatch.setattr(Finishing, "finish", full)
    ready.room.bottom.freeze.click()
    ready.room.bottom.confirmed.emit(())
    qtbot.waitUntil(lambda: ready.room.notice.isVisible(), timeout=20_000)
    assert "磁盘已满" in ready.room.notice.text()
    assert "没有定稿" in ready.room.notice.text()
    assert ready.room.bottom.freeze.isEnabled()
    assert ready.stored.visit.state is VisitState.DRAFT
    monkeypatch.setattr(Finishing, "finish", real)
    ready.room.notice.linked.emit()
    qtbot.waitUntil(lambda: ready.room.frozen, timeout=20_000)
    assert ready.room.notice.isHidden()


def test_without_a_printer_the_sentence_offers_to_save_instead(
    ready: Visit, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtPrintSupport import QPrinterInfo

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "stick"))
    (tmp_path / "stick").mkdir()
    ready.wait(qtbot)
    ready.room._print_to = None
    ready.room.bottom.print_draft.click()
    assert "没有找到打印机" in ready.room.notice.text()
    ready.room.notice.linked.emit()
    ready.wait(qtbot)
    names = sorted(path.name for path in (tmp_path / "stick").iterdir())
    assert len(names) == 3
    assert all(name.endswith("（草稿）.pdf") for name in names)
    assert "草稿" in PdfReader(tmp_path / "stick" / names[0]).pages[0].extract_text()


def test_drafts_and_issued_documents_go_out_as_word_and_a_slip_counts_as_no_print(
    ready: Visit, qtbot: QtBot, said: Said, tmp_path: Path
) -> None:
    ready.wait(qtbot)
    ready.room.save_words_to(tmp_path)
    ready.wait(qtbot)
    assert len(list(tmp_path.glob("*（草稿）.docx"))) == 3
    ready.room.bottom.freeze.click()
    ready.room.bottom.confirmed.emit(())
    qtbot.waitUntil(lambda: ready.room.frozen, timeout=20_000)
    ready.room.save_words_to(tmp_path)
    ready.room.bottom.slip.click()
    ready.wait(qtbot)
    assert len(list(tmp_path.glob("*号.docx"))) == 3
    (slip,) = PdfReader(ready.printed).pages
    assert float(slip.mediabox.width) == pytest.approx(80 / 25.4 * 72, abs=2)
    assert all(each.prints == 0 for each in ready.services.papers.of_visit(ready.opened.visit.id))
    assert any("现场告知单" in words for words in said.toasts)


def test_a_frozen_visit_opens_with_its_documents(ready: Visit, qtbot: QtBot) -> None:
    ready.services.finishing.finish(ready.opened.visit.id, ready.instance)
    ready.opened = ready.stored
    ready.window.leave_room()
    ready.room = ready.enter()
    qtbot.waitUntil(lambda: ready.room.frozen, timeout=20_000)
    assert len(ready.room.issued.boxes) == 3
    assert ready.room.bottom.freeze.isHidden()


@pytest.mark.parametrize(("width", "height"), [(1366, 690), (1097, 617), (1000, 560)])
@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_no_button_gives_way_in_a_small_window(
    qapp: QApplication, ready: Visit, qtbot: QtBot, width: int, height: int, scale: float
) -> None:
    set_theme(qapp, dark=True, text_scale=scale)
    ready.window.resize(width, height)
    ready.wait(qtbot)
    for button in (ready.room.bottom.save, ready.room.bottom.print_draft, ready.room.bottom.freeze):
        assert button.width() >= button.sizeHint().width()
        corner = button.mapTo(ready.window, button.rect().bottomRight())
        assert corner.x() < width
        assert corner.y() < height
    assert ready.window.width() == width
    assert ready.room.papers.tabs.count() >= 3
