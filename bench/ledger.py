"""100,000 problems in 问题台账: the page opened, every view, filter and search key, groups, sorting and the board."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from PySide6.QtCore import QEventLoop, QSettings
from PySide6.QtWidgets import QApplication

from bench.measuring import Figure, Result, since, slowest_key
from bench.workplace import Workplace
from jiandu_desktop.domain.identity import new_id, system_clock
from jiandu_desktop.domain.problem import Grade, Handling, ProblemState, Source
from jiandu_desktop.services.ledger_views import Field, View
from jiandu_desktop.services.profiles import Profiles
from jiandu_desktop.services.program import Services, open_services
from jiandu_desktop.storage.driver import connect
from jiandu_desktop.ui.application import build_window, dress, make_application
from jiandu_desktop.ui.main_window import MainWindow
from jiandu_desktop.ui.pages.ledger import LedgerPage
from jiandu_desktop.ui.pages.ledger_tools import GROUPS
from jiandu_desktop.ui.tasks import Tasks

COUNT, SCHOOLS, PEOPLE = 100_000, 400, 1500
ROUNDS = 5
OPEN_MS, FILTER_MS = 300.0, 100.0
TYPED = ("消防", "cgdexx", "王建", "第99处 通道")
"""Words of the text, initials of a school, a person, two words."""

MATTERS = ("校园安全", "食品安全", "课后服务", "招生入学", "作业管理", "师德师风", "规范办学行为", "教学常规")
TEXTS = ("处消防通道堆放课桌椅", "处安全出口指示灯不亮", "份留样登记与实际品种不一致", "个班级课表与实际不符")
FAMILY, GIVEN = "王李张刘陈杨赵黄周吴", "建国秀兰志强丽华桂英永红明元守山淑珍"


def measure(place: Workplace) -> Iterator[Result]:
    """On the real page of the real window, over problems of the whole county."""
    app = make_application()
    QSettings().clear()
    fill(place)
    services = open_services(place.demo.own, clock=system_clock, new_id=new_id)
    services.preferences.set("ledger_scope", "all")
    dress(app, services.preferences)
    opened = [_open(place, services) for _ in range(ROUNDS)]
    yield Result("100,000 problems: opened", Figure(tuple(opened[1:])), limit=OPEN_MS)
    tasks = Tasks()
    window = _window(place, services, tasks)
    window.show_page("ledger")
    _rest(tasks)
    page = _page(window)
    page.tabs.choose(View.EVERY.value)
    for name, deeds in _deeds(page).items():
        yield Result(f"100,000 problems: {name}", _slowest(deeds), limit=FILTER_MS)
    columns = [place for place, column in enumerate(page.table.model.columns) if not column.hidden]
    sorting = [lambda place=place: page.table.model.sort(place) for place in columns]
    yield Result("100,000 problems: slowest sorting", _slowest(sorting))
    window.close()
    _rest(tasks)
    tasks.shutdown()
    services.close()


def _deeds(page: LedgerPage) -> dict[str, list[Callable[[], object]]]:
    """What is done by name; each leaves the page as it found it, or its last deed does."""
    every = page.tabs.value()
    views: list[Callable[[], object]] = [lambda key=view.value: page.tabs.choose(key) for view in View]
    filters: list[Callable[[], object]] = []
    for field in Field:
        value = frozenset({page.choices(field)[0].value})
        filters += [lambda field=field, value=value: _filter(page, {field: value}), lambda: _filter(page, {})]
    typed = [text[:end] for text in TYPED for end in (*range(1, len(text) + 1), 0)]
    keys: list[Callable[[], object]] = [lambda text=text: page.table.set_query(text) for text in typed]
    groups: list[Callable[[], object]] = [lambda key=field.value: page.group.choose(key) for field in GROUPS]
    return {
        "slowest view": [*views, lambda: page.tabs.choose(every)],
        "slowest filter": filters,
        "slowest search key": keys,
        "slowest list of values": [lambda field=field: page.choices(field) for field in Field],
        "slowest grouping": [*groups, lambda: page.group.choose("")],
        "board": [page.show_board, lambda: page.parts.choose("list")],
    }


def _slowest(deeds: Sequence[Callable[[], object]]) -> Figure:
    return slowest_key([[_timed(deed) for deed in deeds] for _ in range(ROUNDS)])


def _filter(page: LedgerPage, values: dict[Field, frozenset[str]]) -> None:
    page.sheet.set_values(values)
    page.refilter()


def _timed(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    QApplication.processEvents()
    return since(began)


def _open(place: Workplace, services: Services) -> float:
    """From the click on the rail until the first rows are painted; what filters need comes after that."""
    tasks = Tasks()
    window = _window(place, services, tasks)
    began = time.perf_counter()
    window.show_page("ledger")
    page = _page(window)
    while not page.table.model.rowCount():
        # As the event loop does: a loop that never rests would take the processor from the lane that reads.
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    QApplication.processEvents()
    taken = since(began)
    _rest(tasks)
    window.close()
    window.deleteLater()
    _rest(tasks)
    tasks.shutdown()
    return taken


def _window(place: Workplace, services: Services, tasks: Tasks) -> MainWindow:
    window = build_window(services, Profiles(place.root, clock=system_clock, new_id=new_id), tasks)
    window.show()
    time.sleep(0.5)  # the counts of the rail come by a timer of their own
    _rest(tasks)
    return window


def _page(window: MainWindow) -> LedgerPage:
    page = window.page("ledger")
    if not isinstance(page, LedgerPage):
        raise RuntimeError("the ledger is not there")
    return page


def _rest(tasks: Tasks) -> None:
    for _ in range(3):
        QApplication.processEvents()
        while not tasks.is_idle():
            QApplication.processEvents()


def fill(place: Workplace) -> None:
    """Puts schools and problems into the database of the demo's inspector, past every service."""
    random = Random(5)
    connection = connect(place.demo.own.database)
    columns = [row[1] for row in connection.execute("PRAGMA table_info(schools)")]
    first = dict(zip(columns, connection.execute("SELECT * FROM schools").fetchone(), strict=True))
    connection.execute("BEGIN")
    schools = [str(uuid.UUID(int=random.getrandbits(128))) for _ in range(SCHOOLS)]
    for number, school in enumerate(schools):
        name = f"{('城关', '柳林', '青石')[number % 3]}镇第{number}小学"
        _insert(connection, "schools", {**first, "id": school, "code": f"9{number:04}", "name": name})
    names = [random.choice(FAMILY) + random.choice(GIVEN) + random.choice(GIVEN) for _ in range(PEOPLE)]
    for number in range(COUNT):
        _insert(connection, "problems", _problem(random, number, random.choice(schools), random.choice(names)))
    connection.execute("COMMIT")
    connection.close()


def _problem(random: Random, number: int, school: str, person: str) -> dict[str, object]:
    day = f"2026-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    return {
        "id": str(uuid.UUID(int=random.getrandbits(128))),
        "visit_id": "",
        "school_id": school,
        "ref": "",
        "item": f"{number % 9}.{number % 17}",
        "matter": random.choice(MATTERS),
        "text": f"第{number}{random.choice(TEXTS)}，检查记录不完整",
        "basis": "《中小学校岗位安全工作指南》第三条：保持疏散通道畅通",
        "measure": "立即清理并建立日巡查制度，责任到人，照片留存",
        "grade": random.choice(list(Grade)).value,
        "handling": Handling.BY_DATE.value,
        "found_at": f"{day}T10:00:00+08:00",
        "state": random.choice(list(ProblemState)).value,
        "due": None if number % 20 == 0 else day,
        "responsible": "" if number % 25 == 0 else person,
        "leader": "张副局长",
        "confirmed": 1,
        "evidence_wanted": 1,
        "notice_number": f"青教督改〔2026〕{number}号",
        "veto": 0,
        "source": random.choice(list(Source)).value,
        "origin": "",
        "unit": "",
        "supervising": "",
        "chain": '["县长","局长"]',
        "returned": number % 3,
        "rebounds": int(number % 11 == 0),
        "extended": 0,
        "level": "",
        "conflicts": '["due"]' if number % 50 == 0 else "[]",
        "ended": None,
    }


def _insert(connection: Any, table: str, values: dict[str, object]) -> None:
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))
