"""What two laptops did without knowing of each other, as the window shows it and the office decides it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from jiandu_desktop.domain.problem import Problem, ProblemEvent, Source, Step
from jiandu_desktop.services import lives as laying
from jiandu_desktop.storage import lives
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.pages.problem.forms_special import SettledForm
from jiandu_desktop.ui.pages.problem.life_line import DISPUTED
from jiandu_desktop.ui.pages.problem.room import ProblemRoom
from jiandu_desktop.ui.widgets.notices import InlineNotice
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
def disputed(opened: OpenWindow) -> Problem:
    """A problem to which another laptop and the office gave different dates, and a laptop a step that it may not."""
    services = opened.services
    view = services.entry.begin(services.schools.rows()[0].school.id, Source.REPORT)
    problem = services.entry.issue(replace(view.problem, text="消防通道被占用", measure="清空", due=date(2026, 12, 4)))
    heads = services.steps.read(problem.id).life.heads
    person = services.store.membership().person

    def event(number: int, step: Step, note: str, role: str, **data: object) -> ProblemEvent:
        return ProblemEvent(
            id=f"01939000-0000-7000-8000-00000000000{number}",
            problem_id=problem.id,
            step=step.value,
            at=services.store.clock(),
            person="office" if role == "office" else person,
            device="abcdefgh23456723",
            note=note,
            role=role,
            parents=heads,
            data=data,
        )

    told = (
        event(1, Step.RECHECKED, "还有两套", "inspector", result="partial", where="on_site", set={"due": "2026-12-11"}),
        event(2, Step.EXTENDED, "库房在修", "office", set={"due": "2026-12-18"}),
        event(3, Step.EXTENDED, "学校来电", "inspector", set={"due": "2026-12-25"}),
    )
    with services.store.writing() as work:
        lives.add_events(work, *told)
        laying.settle(work, problem.id)
    return problem


def test_both_values_stand_there_with_who_set_them_and_the_forbidden_step_with_its_reason(
    opened: OpenWindow, disputed: Problem
) -> None:
    opened.assembly.desk.problem_wanted.emit(disputed.id)
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, ProblemRoom)
    said = " ".join(notice.text() for notice in room.panel.findChildren(InlineNotice))
    assert "期限不一致：2026-12-11（周明元）与2026-12-18（督导室）" in said
    assert "由督导室裁定" in said
    assert room.panel.life is not None
    forbidden = next(step for step in room.panel.life.steps if step.state == DISPUTED)
    assert forbidden.note == "学校来电"
    assert "只能由督导室来做" in forbidden.why
    assert "期限：2026-12-25" in forbidden.told


def test_the_office_chooses_one_of_the_values_for_a_reason(opened: OpenWindow, disputed: Problem) -> None:
    opened.assembly.desk.problem_wanted.emit(disputed.id)
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, ProblemRoom)
    view = room.panel.desk.view
    assert view is not None
    dialog = room.panel.desk.taking.begin(replace(view, may_settle=True), Step.SETTLED)
    assert isinstance(dialog.form, SettledForm)
    assert dialog.missing() == ["期限", "裁定理由"]
    dialog.form.choose("due", 1)
    dialog.form.note.set_text("库房十二月中旬才修好")
    assert dialog.missing() == []
    assert dialog.form.data() == {"set": {"due": "2026-12-18"}}
    # Here sits an inspector: the services refuse what the window of an office would let through.
    dialog.take()
    opened.settle()
    assert "只能由督导室来做" in dialog.notice.text()
    dialog.close()
