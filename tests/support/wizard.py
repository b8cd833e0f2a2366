"""A wizard over the real services: an own database with one school and one checklist, a window that shows the room."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from jiandu_desktop.domain.identity import new_id
from jiandu_desktop.paths import DataFolder, shipped_forms
from jiandu_desktop.services.open_visit import OpenVisit
from jiandu_desktop.services.program import Services, open_services
from jiandu_desktop.services.unit import Unit
from jiandu_desktop.ui.messages import Messages
from jiandu_desktop.ui.tasks import Tasks
from jiandu_desktop.ui.wizard.item_row import ItemRow
from jiandu_desktop.ui.wizard.room import WizardRoom
from tests.support.checklists import YES_NO_NA, q, workbook
from tests.support.workbooks import write_schools

PATIENCE = 20.0
"""Seconds; a machine with other work to do is slow."""

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Desk:
    """One laptop with its database; `enter` opens the room on a visit, again and again."""

    def __init__(self, home: Path, clock: Callable[[], datetime]) -> None:
        self.home = home
        self.clock = clock
        self.services = self._open()
        self.visit_id = ""

    def _open(self) -> Services:
        return open_services(DataFolder(self.home / "data"), clock=self.clock, new_id=new_id)

    def start(self, form: Path) -> OpenVisit:
        """Founds an office, imports a school and the checklist, begins a visit."""
        shared = self.home / "shared"
        shared.mkdir()
        services = self.services
        services.profile.found_office(shared, Unit(name="青石县教育督导室", code_letters="青教", county="青石县"))
        services.importing.schools(write_schools(self.home / "roster.xlsx"))
        services.office.add_form(form)
        school = next(row.school for row in services.schools.rows() if row.school.name == "城关镇第一小学")
        opened = services.visits.start_free(school.id, services.library.rows()[0].form_id, "秋季开学督导")
        self.visit_id = opened.visit.id
        return opened

    def start_rows(self, *survey: Mapping[str, Any], choices: Sequence[Mapping[str, Any]] = YES_NO_NA) -> OpenVisit:
        """Begins a visit with a checklist of these rows."""
        path = self.home / "tiny.xlsx"
        path.write_bytes(workbook(survey, choices))
        return self.start(path)

    def start_routine(self) -> OpenVisit:
        """Begins a visit with the shipped checklist of routine visits."""
        return self.start(shipped_forms() / "routine.xlsx")

    def reopen(self) -> OpenVisit:
        """What a new process would read: the database closed and opened anew."""
        self.services.close()
        self.services = self._open()
        return self.services.visits.resume(self.visit_id)

    def values(self) -> dict[str, str]:
        """What is durable of the visit."""
        return self.services.visits.resume(self.visit_id).values


class Inside:
    """A room on the screen, with the hands of an inspector."""

    def __init__(self, services: Services, opened: OpenVisit, width: int = 1366, height: int = 768) -> None:
        self.tasks = Tasks()
        self.window = QMainWindow()
        self.messages = Messages(self.window)
        self.room = WizardRoom(services, self.tasks, self.messages, opened)
        self.window.setCentralWidget(self.room)
        self.window.resize(width, height)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        settle()

    def ref(self, name: str) -> str:
        """The ref of an item by its name in the checklist."""
        return next(ref for ref, item in self.room.instance.definition.items.items() if item.name == name)

    def go(self, name: str) -> ItemRow:
        """Makes an item the one in hand."""
        self.room.view.go_to(self.ref(name))
        settle()
        return self.row(name)

    def row(self, name: str) -> ItemRow:
        row = self.room.view.list.row(self.ref(name))
        assert row is not None, f"{name} is not shown"
        return row

    def value(self, name: str) -> str:
        return self.room.instance.node(self.ref(name)).value

    @property
    def here(self) -> str:
        """The name of the item in hand."""
        return self.room.instance.node(self.room.current_ref).item.name

    def keep(self) -> None:
        """Waits until everything is durable, and until the screen has followed."""
        assert self.room.flush()
        settle()

    def close(self) -> None:
        self.room.flush()
        self.room.close_room()
        self.tasks.shutdown()
        settle()
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@contextmanager
def inside(desk: Desk, opened: OpenVisit, width: int = 1366, height: int = 768) -> Iterator[Inside]:
    """The room, opened and in the end left."""
    room = Inside(desk.services, opened, width, height)
    try:
        yield room
    finally:
        room.close()


def press(key: Qt.Key | str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key to whatever has the keyboard: an open list of proposals first, as on a desktop."""
    if isinstance(key, str):
        write(key)
    else:
        QTest.keyClick(QApplication.activePopupWidget() or focus(), key, modifier)
    settle()


def write(text: str) -> None:
    """Text as an input method gives it to whatever has the keyboard; figures and letters as keys."""
    for sign in text:
        if sign.isascii():
            QTest.keyClicks(focus(), sign)
        else:
            commit = QInputMethodEvent()
            commit.setCommitString(sign)
            QApplication.sendEvent(focus(), commit)


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the keyboard"
    return widget


def settle() -> None:
    """Lets everything that was put off to the next turn happen."""
    for _ in range(4):
        QApplication.processEvents()


def until(holds: Callable[[], bool]) -> None:
    """Until something is so that a worker brings about."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it never came about"
        settle()
        time.sleep(0.002)


def photo_file(path: Path, width: int = 320, height: int = 240) -> Path:
    """A JPEG as a phone makes it, small."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    assert image.save(str(path), "JPG")
    return path


def judged(name: str, label: str, **cells: object) -> dict[str, object]:
    """An item of five marks answered by 符合, 部分 or 不符合."""
    return q("select_one ypn", name, label, j_weight=5, **cells)


THREE = (judged("a", "第一题"), judged("b", "第二题"), judged("c", "第三题"))
