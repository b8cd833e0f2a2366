"""What the office does with a problem, clicked as a clerk clicks: 延期, 更正, 申辩处理, 销号, 裁定, 办理规则."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from jiandu_desktop.domain.problem import Problem, ProblemEvent, ProblemState, Source, Step
from jiandu_desktop.services import lives as laying
from jiandu_desktop.storage import lives
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.pages.problem.forms import PlainForm
from jiandu_desktop.ui.pages.problem.forms_special import AmendedForm, DecidedForm, SettledForm
from jiandu_desktop.ui.pages.problem.room import ProblemRoom
from jiandu_desktop.ui.pages.problem.taking import StepDialog
from jiandu_desktop.ui.pages.settings import SettingsPage
from jiandu_desktop.ui.widgets.text import Label
from tests.support.said import Said
from tests.support.window import OfficeWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def opened(qapp: QApplication, said: Said, tmp_path: Path) -> Iterator[OfficeWindow]:
    QSettings().clear()
    set_theme(qapp, dark=False)
    window = OfficeWindow(tmp_path)
    yield window
    window.close()


@pytest.fixture
def problem(opened: OfficeWindow) -> Problem:
    entry = opened.services.entry
    view = entry.begin(opened.services.schools.rows()[0].school.id, Source.REPORT)
    return entry.issue(replace(view.problem, text="消防通道被占用", measure="清空通道", due=date(2026, 12, 4)))


def laptop_tells(opened: OfficeWindow, problem: Problem, *steps: Step, note: str = "", **data: object) -> None:
    """Steps of an inspector's laptop arrive, each in view of what everybody knew."""
    services = opened.services
    record = services.steps.read(problem.id)
    person = next(each for each in record.names if each != "office")
    told = [
        ProblemEvent(
            id=services.store.new_id(),
            problem_id=problem.id,
            step=step.value,
            at=services.store.clock(),
            person=person,
            device="abcdefgh23456723",
            note=note,
            parents=record.life.heads,
            data=data,
        )
        for step in steps
    ]
    with services.store.writing() as work:
        lives.add_events(work, *told)
        laying.settle(work, problem.id)


def room_of(opened: OfficeWindow, problem: Problem) -> ProblemRoom:
    opened.assembly.desk.problem_wanted.emit(problem.id)
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, ProblemRoom)
    return room


def click(opened: OfficeWindow, problem: Problem, words: str) -> StepDialog:
    """The button of a step at the foot of the record, or its line in 更多."""
    keys = room_of(opened, problem).panel.keys
    button = next((each for each in keys.buttons() if each.text() == words), None)
    if button is not None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    else:
        next(each for each in keys.menu.actions() if each.text() == words).trigger()
    room = opened.window.room()
    assert isinstance(room, ProblemRoom)
    opened.until(lambda: room.panel.desk.taking.dialog is not None)
    dialog = room.panel.desk.taking.dialog
    assert dialog is not None
    return dialog


def take(opened: OfficeWindow, dialog: StepDialog) -> Problem:
    problem_id = dialog.form.scene.view.problem.id
    assert dialog.missing() == []
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    opened.settle()
    return opened.services.steps.read(problem_id).problem


def test_the_office_extends_a_date_for_a_reason_and_corrects_what_was_written(
    opened: OfficeWindow, problem: Problem, said: Said
) -> None:
    dialog = click(opened, problem, "延期")
    assert isinstance(dialog.form, PlainForm)
    assert dialog.missing() == ["新期限", "延期原因"]
    assert dialog.form.due is not None
    dialog.form.due.days.setValue(14)
    dialog.form.note.set_text("施工队下旬才到")
    later = take(opened, dialog)
    assert (later.due, later.extended) == (date(2026, 12, 18), 1)

    dialog = click(opened, problem, "更正")
    assert isinstance(dialog.form, AmendedForm)
    dialog.form.lines["supervising"].setText("吴桐")
    dialog.form.note.set_text("补上监督责任人")
    assert take(opened, dialog).supervising == "吴桐"
    assert said.toasts == ["已记录延期，问题现在整改中", "已记录更正，问题现在整改中"]
    told = {label.text() for label in room_of(opened, problem).panel.findChildren(Label)}
    assert any("吴桐" in words for words in told)


def test_an_objection_is_decided_and_what_is_good_is_struck_off_by_a_second_person(
    opened: OfficeWindow, problem: Problem
) -> None:
    laptop_tells(opened, problem, Step.OBJECTED, note="学校认为宽度合格")
    dialog = click(opened, problem, "申辩处理")
    assert isinstance(dialog.form, DecidedForm)
    assert dialog.missing() == ["申辩是否成立", "处理理由"]
    dialog.form.decision.choose("no")
    dialog.form.note.set_text("宽度不足 1.4 米")
    assert take(opened, dialog).state is ProblemState.RECTIFYING

    laptop_tells(opened, problem, Step.RECHECKED, note="已清空", result="done", where="on_site", visit="v")
    dialog = click(opened, problem, "销号")
    dialog.form.note.set_text("照片和现场一致")
    done = take(opened, dialog)
    assert (done.state, done.ended) == (ProblemState.STRUCK_OFF, date(2026, 11, 21))


def test_of_two_dates_the_office_takes_one_and_the_contradiction_is_gone(
    opened: OfficeWindow, problem: Problem
) -> None:
    heads = opened.services.steps.read(problem.id).life.heads
    laptop_tells(opened, problem, Step.RECHECKED, note="还有两套", result="partial", set={"due": "2026-12-11"})
    extended = {"set": {"due": "2026-12-18"}}
    opened.services.steps.take(problem.id, Step.EXTENDED, note="库房在修", data=extended)
    assert heads
    with opened.services.store.writing() as work:
        # The laptop had not heard of it.
        own = next(each for each in lives.events(work, problem.id) if each.step == Step.EXTENDED)
        told = replace(
            own, id=opened.services.store.new_id(), note="学校来电", parents=heads, data={"set": {"due": "2026-12-25"}}
        )
        lives.add_events(work, told)
        laying.settle(work, problem.id)
    dialog = click(opened, problem, "裁定")
    assert isinstance(dialog.form, SettledForm)
    assert dialog.missing() == ["期限", "裁定理由"]
    dialog.form.choose("due", 1)
    dialog.form.note.set_text("以最后一次来电为准")
    now = take(opened, dialog)
    assert (now.due, now.conflicts) == (date(2026, 12, 25), ())
    assert "裁定" not in [button.text() for button in room_of(opened, problem).panel.keys.buttons()]


def test_the_offices_rules_go_out_as_a_workbook_and_hold_when_they_come_back(
    opened: OfficeWindow, said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened.show("settings")
    assert isinstance(page, SettingsPage)
    page.show_section("办理规则")
    opened.settle()
    path = tmp_path / "办理规则.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    QTest.mouseClick(page.rules.export, Qt.MouseButton.LeftButton)
    opened.settle()
    book = load_workbook(path)
    sheet = book["办理期限"]
    cell = next(row[1] for row in sheet.iter_rows() if row[0].value == "复查期限（天）")
    assert cell.value == 30
    cell.value = 20
    book.save(path)
    QTest.mouseClick(page.rules.take, Qt.MouseButton.LeftButton)
    opened.settle()
    assert said.toasts == ["已导出 办理规则.xlsx", "规则已生效，发布后各台电脑都按它办"]
    shown = [label.text() for label in page.rules.findChildren(Label) if label.isVisibleTo(page)]
    assert shown[shown.index("复查期限（天）") + 1] == "20"
    assert opened.services.rules.read().limits.recheck_days == 20

    cell.value = "两周"
    book.save(path)
    QTest.mouseClick(page.rules.take, Qt.MouseButton.LeftButton)
    opened.settle()
    assert "两周" in page.rules.notice.text()
    assert opened.services.rules.read().limits.recheck_days == 20
