"""One answer on the screen: from the key to the painted rows, in the real wizard over a checklist of 150 items."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from bench.measuring import Figure, Result, since
from bench.workplace import Workplace
from jiandu_desktop.ui.application import dress, make_application
from jiandu_desktop.ui.messages import Messages
from jiandu_desktop.ui.tasks import Tasks
from jiandu_desktop.ui.wizard.room import WizardRoom

ITEMS = 150
LIMIT_MS = 16.0
FORM_ID = "bench-150"


def measure(place: Workplace) -> Iterator[Result]:
    """All items stand in one section, which is the worst case: none of them can be left unbuilt."""
    app = make_application()
    with place.office() as services:
        dress(app, services.preferences)
        services.office.add_form(_checklist(place.folder / "checklist.xlsx"))
        school = services.schools.rows()[0].school
        opened = services.visits.start_free(school.id, FORM_ID, "量一量")
        tasks, window = Tasks(), QMainWindow()
        room = WizardRoom(services, tasks, Messages(window), opened)
        window.setCentralWidget(room)
        window.resize(1366, 768)
        window.show()
        times = [_answer(room, f"item_{number}") for number in range(1, ITEMS + 1)]
        room.flush()
        room.close_room()
        tasks.shutdown()
        window.close()
    yield Result(f"answer on the screen, {ITEMS} items", Figure(tuple(times[10:])), limit=LIMIT_MS)


def _answer(room: WizardRoom, name: str) -> float:
    """Give the next item its answer by key; what is timed ends when all that was put off has been painted."""
    ref = next(ref for ref, item in room.instance.definition.items.items() if item.name == name)
    room.view.go_to(ref)
    room.flush()
    for _ in range(4):
        QApplication.processEvents()
    focus: QWidget = QApplication.focusWidget()
    began = time.perf_counter()
    QTest.keyClicks(focus, "1")
    QApplication.processEvents()
    taken = since(began)
    if room.instance.node(ref).value != "yes":
        raise RuntimeError(f"the key did not answer {name}")
    return taken


def _checklist(path: Path) -> Path:
    """One section of judged items, as an office writes it."""
    book = Workbook()
    survey, choices, settings = book.active, book.create_sheet("choices"), book.create_sheet("settings")
    survey.title = "survey"
    survey.append(["type", "name", "label", "bind::jiandu:weight"])
    survey.append(["begin_group", "all", "一、安全管理", None])
    for number in range(1, ITEMS + 1):
        survey.append(["select_one ypn", f"item_{number}", f"第 {number} 项制度健全、责任到人，检查记录完整", 1])
    survey.append(["end_group", None, None, None])
    choices.append(["list_name", "name", "label", "score", "failed"])
    choices.append(["ypn", "yes", "符合", 1, None])
    choices.append(["ypn", "part", "部分符合", 0.5, "yes"])
    choices.append(["ypn", "no", "不符合", 0, "yes"])
    settings.append(["form_title", "form_id", "version", "namespaces"])
    settings.append(["一百五十题", FORM_ID, "1", 'jiandu="urn:jiandu:forms:1"'])
    book.save(path)
    return path
