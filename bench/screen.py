"""One answer on the screen, from the key to the painted rows, over 150 and 1,000 items; a list of 100,000 choices."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from bench.measuring import Figure, Result, alone, since, slowest_key
from bench.workplace import Workplace
from jiandu_desktop.services.open_visit import OpenVisit
from jiandu_desktop.services.program import Services
from jiandu_desktop.ui.application import dress, make_application
from jiandu_desktop.ui.messages import Messages
from jiandu_desktop.ui.questions.pick import PickField
from jiandu_desktop.ui.questions.question import Kind, Option, Question
from jiandu_desktop.ui.tasks import Tasks
from jiandu_desktop.ui.wizard.room import WizardRoom

SIZES = (150, 1000)
KEYS = 100
LIMIT_MS = 16.0
OPEN_MS = 300.0
CHOICES = 100_000
TYPED = ("柳", "柳林", "lld", "第99", "dlxx")


def measure(place: Workplace) -> Iterator[Result]:
    """All items stand in one section, which is the worst case: none of them is in another that could wait."""
    app = make_application()
    with place.office() as services:
        dress(app, services.preferences)
        for items in SIZES:
            yield from _wizard(services, place.folder, items)
    yield from _long_list()


def _wizard(services: Services, folder: Path, items: int) -> Iterator[Result]:
    services.office.add_form(_checklist(folder / f"checklist-{items}.xlsx", items))
    school = services.schools.rows()[0].school
    visit_id = services.visits.start_free(school.id, f"bench-{items}", "量一量").visit.id
    opened = services.visits.resume(visit_id)
    tasks = Tasks()

    def open_and_leave() -> float:
        window, room, taken = _open(services, tasks, opened)
        room.close_room()
        window.close()
        window.deleteLater()
        return taken

    yield Result(f"wizard opened, {items} items", alone(open_and_leave, runs=5, warm_up=1), limit=OPEN_MS)
    window, room, _ = _open(services, tasks, opened)
    times = [_answer(room, f"item_{number}") for number in range(1, KEYS + 1)]
    room.flush()
    room.close_room()
    tasks.shutdown()
    window.close()
    yield Result(f"answer on the screen, {items} items", Figure(tuple(times[10:])), limit=LIMIT_MS)


def _open(services: Services, tasks: Tasks, opened: OpenVisit) -> tuple[QMainWindow, WizardRoom, float]:
    """The compiled checklist in a window of its own, until its first items are painted."""
    began = time.perf_counter()
    window = QMainWindow()
    room = WizardRoom(services, tasks, Messages(window), opened)
    window.setCentralWidget(room)
    window.resize(1366, 768)
    window.show()
    QApplication.processEvents()
    return window, room, since(began)


def _answer(room: WizardRoom, name: str) -> float:
    """Give the next item its answer by key; what is timed ends when all that was put off has been painted."""
    ref = next(ref for ref, item in room.instance.definition.items.items() if item.name == name)
    room.view.go_to(ref)
    room.flush()
    QTest.qWait(70)  # as long as a quick hand rests between two keys: what is next to the window is built in it
    focus: QWidget = QApplication.focusWidget()
    began = time.perf_counter()
    QTest.keyClicks(focus, "1")
    QApplication.processEvents()
    taken = since(began)
    if room.instance.node(ref).value != "yes":
        raise RuntimeError(f"the key did not answer {name}")
    return taken


def _long_list() -> Iterator[Result]:
    """A select of 100,000 choices: shown first, then narrowed key by key; a key's time is until it has been painted."""
    towns = ("青石", "河口", "城关", "柳林东", "大岭")
    options = tuple(Option(f"s{n}", f"{towns[n % 5]}第{n}小学", str(n + 1)) for n in range(CHOICES))
    question = Question(ref="/data/school", kind=Kind.ONE, label="学校", options=options)
    window = QMainWindow()
    field = PickField(Kind.ONE, window)
    window.setCentralWidget(field)
    window.show()

    def show() -> float:
        began = time.perf_counter()
        field.show_question(question)
        QApplication.processEvents()
        return since(began)

    yield Result("100,000 choices: shown", Figure((show(),)), limit=LIMIT_MS)
    rounds = []
    for _ in range(3):
        times = []
        for text in TYPED:
            field.edit.clear()
            for sign in text:
                began = time.perf_counter()
                field.edit.insert(sign)
                field.edit.textEdited.emit(field.edit.text())
                QApplication.processEvents()
                times.append(since(began))
        rounds.append(times)
        field.model.finish()
    yield Result("100,000 choices: slowest key", slowest_key(rounds), limit=LIMIT_MS)
    field.list.hide()
    window.close()


def _checklist(path: Path, items: int) -> Path:
    """One section of judged items, as an office writes it."""
    book = Workbook()
    survey, choices, settings = book.active, book.create_sheet("choices"), book.create_sheet("settings")
    survey.title = "survey"
    survey.append(["type", "name", "label", "bind::jiandu:weight"])
    survey.append(["begin_group", "all", "一、安全管理", None])
    for number in range(1, items + 1):
        survey.append(["select_one ypn", f"item_{number}", f"第 {number} 项制度健全、责任到人，检查记录完整", 1])
    survey.append(["end_group", None, None, None])
    choices.append(["list_name", "name", "label", "score", "failed"])
    choices.append(["ypn", "yes", "符合", 1, None])
    choices.append(["ypn", "part", "部分符合", 0.5, "yes"])
    choices.append(["ypn", "no", "不符合", 0, "yes"])
    settings.append(["form_title", "form_id", "version", "namespaces"])
    settings.append([f"{items} 题", f"bench-{items}", "1", 'jiandu="urn:jiandu:forms:1"'])
    book.save(path)
    return path
