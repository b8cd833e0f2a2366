"""Every page, room and dialog of the program, one after the other, over a demo bureau of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.ledger_layout import Layout
from jiandu_desktop.domain.problem import OPEN_STATES, ProblemState
from jiandu_desktop.domain.visit import VisitState
from jiandu_desktop.paths import shipped_forms
from jiandu_desktop.services.rows_today import AssignmentState
from jiandu_desktop.ui.dialogs.join import JoinDialog
from jiandu_desktop.ui.dialogs.ledger_import import LedgerImportDialog
from jiandu_desktop.ui.dialogs.old_list import OldListDialog
from jiandu_desktop.ui.finish.room import FinishRoom
from jiandu_desktop.ui.operations.letter_wish import LetterWish
from jiandu_desktop.ui.pages.settings import SettingsPage
from jiandu_desktop.ui.wizard.room import WizardRoom
from tests.support.window import OpenWindow
from tests.support.workbooks import write_rows

Screen = tuple[str, QWidget]

PAGES = ("today", "schools", "records", "ledger", "papers", "library", "counters", "sync")


def every_screen(opened: OpenWindow, folder: Path) -> Iterator[Screen]:
    """Name and widget of each, shown and at rest; the next is opened when the iteration goes on."""
    yield from pages(opened)
    yield from settings(opened)
    yield from rooms(opened, folder)
    yield from visit(opened)


def pages(opened: OpenWindow) -> Iterator[Screen]:
    """What the rail leads to, with a row selected where there are rows."""
    for key in PAGES:
        yield key, opened.show(key)


def settings(opened: OpenWindow) -> Iterator[Screen]:
    """Each section of 设置."""
    page = opened.show("settings")
    assert isinstance(page, SettingsPage)
    for row in range(page.nav.count()):
        page.nav.setCurrentRow(row)
        opened.settle()
        yield f"settings {page.nav.item(row).text()}", page


def rooms(opened: OpenWindow, folder: Path) -> Iterator[Screen]:
    """What is read and written beside the visits."""
    services, desk = opened.services, opened.assembly.desk
    today = services.store.today()
    problems = [row.problem for row in services.problems.rows(today)]
    still_open = [problem for problem in problems if problem.state in OPEN_STATES]
    finished = next(row for row in services.visits.rows() if row.visit.state is not VisitState.DRAFT)
    document = services.papers.rows()[0].document
    checklist = folder / "routine.xlsx"
    checklist.write_bytes((shipped_forms() / "routine.xlsx").read_bytes())
    school_id = still_open[0].school_id
    ways = (
        ("school", lambda: desk.school_wanted.emit(school_id)),
        ("record", lambda: desk.record_wanted.emit(finished.visit.id)),
        ("paper", lambda: desk.paper_wanted.emit(document)),
        ("conflicts", lambda: desk.conflicts_wanted.emit()),
        ("form check", lambda: desk.form_check_wanted.emit(str(checklist))),
        (
            "letter",
            lambda: desk.letter_wanted.emit(LetterWish(kind=DocumentKind.SUPERVISION, problem_ids=(still_open[0].id,))),
        ),
        *(
            (f"problem {state.value}", lambda state=state: desk.problem_wanted.emit(_one(problems, state)))
            for state in dict.fromkeys(problem.state for problem in problems)
        ),
    )
    for name, go in ways:
        go()
        opened.settle()
        room = opened.window.room()
        assert room is not None, name
        yield name, room
        opened.window.leave_room()
        opened.settle()
    desk.entry_wanted.emit(school_id, "")
    opened.settle()
    yield from _dialogs("entry")
    returned, old = folder / "回表.xlsx", folder / "老问题.xlsx"
    services.ledger_export.write(returned, Layout.FOUR)
    write_rows(
        old, ("学校", "问题", "整改措施", "整改期限"), (finished.school, "消防通道堆放课桌", "当日清空", "2026-12-01")
    )
    for dialog in (
        JoinDialog(opened.profiles, opened.tasks, opened.window),
        LedgerImportDialog(desk, returned, opened.window),
        OldListDialog(desk, old, opened.window),
    ):
        dialog.open()
        opened.settle()
        yield type(dialog).__name__, dialog
        dialog.reject()
        opened.settle()


def visit(opened: OpenWindow) -> Iterator[Screen]:
    """A visit at a school that still owes something, from its first item to 完成; and a re-check there."""
    services, desk = opened.services, opened.assembly.desk
    rows = [row for row in services.today.rows(services.store.today()) if row.state is AssignmentState.NOT_STARTED]
    row = max(rows, key=lambda row: (row.open_problems, row.assignment_id))
    desk.start_wanted.emit(row.assignment_id)
    opened.settle()
    room = opened.window.room()
    assert isinstance(room, WizardRoom)
    yield "wizard", room
    one = next(ref for ref in room.filling.paper.refs() if len(room.instance.node(ref).choices) > 2)
    room.view.go_to(one)
    room.filling.answer(one, room.instance.node(one).choices[2].value)
    room.view.open_card(one)
    room.open_note()
    opened.settle()
    yield "problem card", room
    room.finish_requested.emit(room.instance)
    opened.settle()
    finishing = opened.window.room()
    assert isinstance(finishing, FinishRoom)
    yield "finish", finishing
    opened.window.leave_room()
    opened.settle()
    room.leave.emit()
    opened.settle()


def _one(problems: list, state: ProblemState) -> str:  # type: ignore[type-arg]
    return str(next(problem.id for problem in problems if problem.state is state))


def _dialogs(name: str) -> Iterator[Screen]:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            yield name, widget
            widget.reject()
