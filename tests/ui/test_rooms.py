"""The way from a list through the wizard to 完成 and back: nobody gets lost, nothing opens twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.ui.finish.room import FinishRoom
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.wizard.room import WizardRoom
from tests.support.said import Said
from tests.support.visiting import answer_everything, raise_problems, save
from tests.support.window import OpenWindow

# The offscreen screen cannot take size hints and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def opened(qapp: QApplication, said: Said, tmp_path: Path) -> Iterator[OpenWindow]:
    QSettings().clear()
    set_theme(qapp, dark=False)
    window = OpenWindow(tmp_path, print_to=tmp_path / "out.pdf")
    yield window
    window.close()


def enter_wizard(opened: OpenWindow, assignment_id: str) -> WizardRoom:
    opened.assembly.desk.start_wanted.emit(assignment_id)
    opened.until(lambda: isinstance(opened.window.room(), WizardRoom))
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, WizardRoom)
    return room


def enter_finish(opened: OpenWindow, wizard: WizardRoom) -> FinishRoom:
    wizard.finish_requested.emit(wizard.instance)
    opened.until(lambda: isinstance(opened.window.room(), FinishRoom))
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, FinishRoom)
    return room


def filled_assignment(opened: OpenWindow) -> str:
    """An assignment whose visit is answered and complete, as if the wizard had been used."""
    services = opened.services
    row = services.today.rows(opened.clock().date())[1]
    visit = services.visits.start(row.assignment_id)
    instance = services.finishing.instance(visit)
    answer_everything(instance)
    save(services, visit, instance)
    raise_problems(services, visit, instance)
    return row.assignment_id


def test_a_line_of_the_review_leads_back_to_its_item(opened: OpenWindow) -> None:
    wizard = enter_wizard(opened, filled_assignment(opened))
    finish = enter_finish(opened, wizard)
    ref = wizard.instance.section_items(wizard.instance.definition.sections[2].ref)[1]
    finish.back.emit(ref)
    opened.settle()
    assert opened.window.room() is wizard
    assert wizard.current_ref == ref


def test_done_leaves_both_rooms_at_once(opened: OpenWindow) -> None:
    wizard = enter_wizard(opened, filled_assignment(opened))
    finish = enter_finish(opened, wizard)
    finish.done.emit()
    opened.settle()
    assert opened.window.room() is None
    assert opened.window.current_key() == "today"
    assert opened.assembly.rooms.wizard is None


def test_another_page_is_not_shown_over_a_visit_being_filled_in(opened: OpenWindow) -> None:
    wizard = enter_wizard(opened, filled_assignment(opened))
    opened.assembly.desk.page_wanted.emit("papers")
    opened.settle()
    assert opened.window.room() is wizard
    assert opened.window.current_key() == "today"


def test_a_visit_that_cannot_be_opened_says_why_and_can_be_tried_again(
    opened: OpenWindow, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> None:
        raise Trouble("media-lost", name="routine.xlsx")

    row = opened.services.today.rows(opened.clock().date())[0]
    monkeypatch.setattr(type(opened.services.visits), "start", lost)
    opened.assembly.desk.start_wanted.emit(row.assignment_id)
    opened.settle()
    assert said.troubles[0].code == "media-lost"
    monkeypatch.undo()
    said.listen(monkeypatch)
    enter_wizard(opened, row.assignment_id)
