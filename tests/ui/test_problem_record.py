"""One problem in the window: what it shows, which steps it offers, and that each is taken by its form."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.problem import Escalation, Grade, Problem, ProblemState, Recheck, Source, Step
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.operations.letter_wish import LetterWish
from jiandu_desktop.ui.pages.ledger import LedgerPage
from jiandu_desktop.ui.pages.ledger_frame import PROPOSALS
from jiandu_desktop.ui.pages.problem.entry import EntryDialog
from jiandu_desktop.ui.pages.problem.forms_special import (
    AmendedForm,
    EscalatedForm,
    HandedOverForm,
    PlannedForm,
    RecheckedForm,
)
from jiandu_desktop.ui.pages.problem.room import ProblemRoom
from jiandu_desktop.ui.pages.problem.taking import StepDialog
from tests.support.said import Said
from tests.support.window import OpenWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def opened(qapp: QApplication, said: Said, tmp_path: Path) -> Iterator[OpenWindow]:
    QSettings().clear()
    set_theme(qapp, dark=False)
    window = OpenWindow(tmp_path)
    yield window
    window.close()


@pytest.fixture
def problem(opened: OpenWindow) -> Problem:
    entry = opened.services.entry
    school = opened.services.schools.rows()[0].school
    view = entry.begin(school.id, Source.REPORT)
    return entry.issue(replace(view.problem, text="消防通道被占用", measure="清空通道", due=date(2026, 12, 4)))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, "PNG")
    path = tmp_path / "整改后.png"
    path.write_bytes(out.getvalue())
    return path


def show(opened: OpenWindow, problem: Problem) -> ProblemRoom:
    opened.assembly.desk.problem_wanted.emit(problem.id)
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, ProblemRoom)
    return room


def begin(opened: OpenWindow, problem: Problem, step: Step) -> StepDialog:
    room = show(opened, problem)
    view = room.panel.desk.view
    assert view is not None
    return room.panel.desk.taking.begin(view, step)


def take(opened: OpenWindow, dialog: StepDialog) -> Problem:
    problem_id = dialog.form.scene.view.problem.id
    dialog.take()
    opened.settle()
    return opened.services.steps.read(problem_id).problem


def test_the_likely_steps_are_buttons_the_others_a_menu_and_the_rest_is_explained(
    opened: OpenWindow, problem: Problem
) -> None:
    room = show(opened, problem)
    keys = room.panel.keys
    assert [button.text() for button in keys.buttons()] == ["学校报告整改", "复查"]
    offered = {action.text() for action in keys.menu.actions()}
    assert {"收到整改方案", "学校申辩", "更正", "督促", "移交", "补充"} <= offered
    assert not {"延期", "销号", "撤销"} & offered
    reasons = room.panel.reasons
    assert reasons is not None
    reasons.unfold()
    assert "只能由督导室来做" in reasons.words.text()
    assert "延期" in reasons.words.text()


def test_a_report_with_a_photo_by_keys_alone(opened: OpenWindow, problem: Problem, photo: Path, said: Said) -> None:
    room = show(opened, problem)
    opened.window.activateWindow()
    opened.until(opened.window.isActiveWindow)
    QTest.keyClick(opened.window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    opened.until(lambda: room.panel.desk.taking.dialog is not None)
    dialog = room.panel.desk.taking.dialog
    assert dialog is not None
    assert dialog.wanted.text() == "还缺整改情况"
    dialog.form.note.insertPlainText("移走 8 套")
    assert dialog.form.proof is not None
    dialog.form.proof.take_files([photo])
    opened.settle()
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    opened.settle()
    assert said.toasts == ["已记录学校报告整改，问题现在待复查"]
    life = room.panel.life
    assert life is not None
    reported = next(step for step in life.steps if step.title == "学校报告整改")
    assert (reported.note, [each.name for each in reported.proof]) == ("移走 8 套", ["整改后.png"])
    assert reported.who.startswith("周明元・本机")


def test_a_recheck_that_found_it_good_wants_proof_and_leaves_the_strike_off_to_another(
    opened: OpenWindow, problem: Problem, photo: Path
) -> None:
    dialog = begin(opened, problem, Step.RECHECKED)
    assert isinstance(dialog.form, RecheckedForm)
    dialog.form.choose(Recheck.DONE)
    assert dialog.missing() == ["照片或材料"]
    assert dialog.form.proof is not None
    dialog.form.proof.take_files([photo])
    opened.settle()
    assert take(opened, dialog).state is ProblemState.AWAITING_STRIKE_OFF
    room = opened.window.room()
    assert isinstance(room, ProblemRoom)
    assert "销号" not in {action.text() for action in room.panel.keys.menu.actions()}
    assert room.panel.reasons is not None
    assert "判定“已改”的人不能自己销号" in room.panel.reasons.words.text()


def test_one_that_is_not_good_enough_goes_back_with_a_new_date(opened: OpenWindow, problem: Problem) -> None:
    dialog = begin(opened, problem, Step.RECHECKED)
    assert isinstance(dialog.form, RecheckedForm)
    dialog.form.choose(Recheck.PARTIAL)
    assert dialog.missing() == ["复查情况"]
    dialog.form.note.set_text("东侧还有两套")
    dialog.form.due.days.setValue(15)
    assert "遇休息日顺延" in dialog.form.due.words()
    now = take(opened, dialog)
    assert (now.returned, now.due) == (1, date(2026, 12, 7))


def test_a_plan_is_laid_backwards_from_the_deadline_and_its_parts_can_be_changed(
    opened: OpenWindow, problem: Problem
) -> None:
    dialog = begin(opened, problem, Step.PLANNED)
    assert isinstance(dialog.form, PlannedForm)
    plan = dialog.form.milestones.value()
    assert plan[-1]["day"] == "2026-12-04"
    dialog.form.responsible.setText("王主任")
    dialog.form.milestones.add.click()
    assert len(dialog.form.milestones.value()) == 3, "a part without words is none"
    assert take(opened, dialog).responsible == "王主任"
    event = opened.services.steps.read(problem.id).events[-1]
    assert event.data["milestones"][0]["text"] == "制定方案，落实到人"


def test_pressing_proposes_the_level_with_its_reason_and_the_government_from_supervision_on(
    opened: OpenWindow, problem: Problem
) -> None:
    opened.clock.advance(days=30)
    dialog = begin(opened, problem, Step.ESCALATED)
    assert isinstance(dialog.form, EscalatedForm)
    assert dialog.form.level.currentData() == Escalation.SUPERVISION
    assert dialog.form.note.text() == "逾期 17 天"
    assert dialog.form.also.text() == "青禾县人民政府"
    now = take(opened, dialog)
    assert now.level == Escalation.SUPERVISION
    assert opened.services.steps.read(problem.id).events[-1].data["also_to"] == "青禾县人民政府"


def test_a_correction_changes_what_was_typed_and_nothing_else(opened: OpenWindow, problem: Problem) -> None:
    dialog = begin(opened, problem, Step.AMENDED)
    assert isinstance(dialog.form, AmendedForm)
    assert dialog.missing() == ["要改的内容", "更正原因"]
    dialog.form.chain.setText("刘副县长，城关镇")
    dialog.form.grade.choose(Grade.SERIOUS.value)
    dialog.form.note.set_text("核实后改为严重")
    now = take(opened, dialog)
    assert (now.chain, now.grade, now.text) == (("刘副县长", "城关镇"), Grade.SERIOUS, problem.text)


def test_handing_over_names_the_body_and_its_receipt_comes_back(opened: OpenWindow, problem: Problem) -> None:
    dialog = begin(opened, problem, Step.HANDED_OVER)
    assert isinstance(dialog.form, HandedOverForm)
    dialog.form.to.setText("县消防救援大队")
    dialog.form.note.set_text("需专业机构检测")
    take(opened, dialog)
    receipt = begin(opened, problem, Step.RECEIPTED)
    assert receipt.missing() == []
    take(opened, receipt)
    events = opened.services.steps.read(problem.id).events
    assert events[-1].data == {"from": "县消防救援大队", "of": events[-2].id}


def test_what_the_rules_refuse_meanwhile_is_said_in_the_dialog(opened: OpenWindow, problem: Problem) -> None:
    dialog = begin(opened, problem, Step.REPORTED)
    opened.services.steps.take(problem.id, Step.OBJECTED, note="不认可")
    dialog.form.note.set_text("已改")
    take(opened, dialog)
    assert "现在的状态不能做这一步" in dialog.notice.text()


def test_entry_says_what_is_missing_and_issues_when_nothing_is(opened: OpenWindow, said: Said) -> None:
    school = opened.services.schools.rows()[0].school
    opened.assembly.desk.entry_wanted.emit(school.id, "")
    opened.settle()
    dialog = opened.window.findChild(EntryDialog)
    assert dialog is not None
    assert dialog.wanted.text() == "还缺问题、措施"
    form = dialog.form
    form.text.replace_typed("食堂价格没有公示")
    form.measure.replace_typed("在食堂门口公示")
    form.source.choose(Source.SUPERIOR.value)
    form.origin.setText("市督导反馈")
    form.responsible.setEditText("")
    assert dialog.wanted.text() == "还缺责任人"
    assert not dialog.go.isEnabled()
    form.responsible.setEditText("谢玉兰")
    dialog.take()
    opened.settle()
    assert said.toasts == ["已下达：食堂价格没有公示"]
    rows = opened.services.problems.rows(opened.services.store.today())
    made = next(row.problem for row in rows if row.problem.text == "食堂价格没有公示")
    assert (made.source, made.responsible, made.state) == (Source.SUPERIOR, "谢玉兰", ProblemState.RECTIFYING)


def test_what_is_kept_for_later_is_gone_on_with_from_its_record(opened: OpenWindow, said: Said) -> None:
    entry = opened.services.entry
    school = opened.services.schools.rows()[0].school
    kept = entry.keep(replace(entry.begin(school.id).problem, text="围栏破损"))
    room = show(opened, kept)
    assert [button.text() for button in room.panel.keys.buttons()] == ["继续登记、下达", "删去"]
    room.panel.keys.buttons()[0].click()
    opened.settle()
    dialog = opened.window.findChild(EntryDialog)
    assert dialog is not None
    assert dialog.form.text.text() == "围栏破损"
    dialog.close()


def test_proposals_are_listed_with_their_reason_and_taken_up_with_their_level(opened: OpenWindow) -> None:
    page = opened.show("ledger")
    assert isinstance(page, LedgerPage)
    page.parts.choose(PROPOSALS)
    opened.settle()
    rows = page.proposals.table.rows()
    assert rows
    first = rows[0]
    assert page.proposals.table.select(first.problem.id)
    page.proposals.adopt.click()
    opened.settle()
    dialog = page.proposals.taking.dialog
    assert dialog is not None
    assert isinstance(dialog.form, EscalatedForm)
    assert dialog.form.level.currentData() == first.proposal.level
    assert take(opened, dialog).level == first.proposal.level
    opened.settle()
    assert first.problem.id not in {row.problem.id for row in page.proposals.table.rows()}


def test_a_step_that_presses_can_be_written_as_a_document_instead(opened: OpenWindow, problem: Problem) -> None:
    wishes: list[LetterWish] = []
    opened.assembly.desk.letter_wanted.disconnect()
    opened.assembly.desk.letter_wanted.connect(wishes.append)
    dialog = begin(opened, problem, Step.ESCALATED)
    assert isinstance(dialog.form, EscalatedForm)
    dialog.form.choose(Escalation.SUPERVISION)
    dialog.letter.click()
    opened.settle()
    assert wishes == [
        LetterWish(kind=DocumentKind.SUPERVISION, problem_ids=(problem.id,), level=Escalation.SUPERVISION)
    ]
    assert opened.services.steps.read(problem.id).problem.level == ""
