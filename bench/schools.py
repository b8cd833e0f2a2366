"""10,000 schools in the list 学校: the first rows, and every key while a name, initials or a code are typed."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtWidgets import QApplication

from bench.measuring import Figure, Result, alone, since, slowest_key
from bench.rosters import imported_office
from bench.workplace import Workplace
from jiandu_desktop.domain.identity import new_id, system_clock
from jiandu_desktop.services.profiles import Profiles
from jiandu_desktop.services.program import open_services
from jiandu_desktop.ui.application import build_window, dress, make_application
from jiandu_desktop.ui.pages.listing import ListPage
from jiandu_desktop.ui.tasks import Tasks

ROUNDS = 7
LIMIT_MS = 50.0
TYPED = ("城关镇第二", "xqzzxxx", "36010012", "小学 一区", "qhx")
"""A name, initials, a code, two words, and letters that every school of the county has."""


def measure(place: Workplace) -> Iterator[Result]:
    """On the real page of the real window; "first rows" is from the rows in memory to the painted list."""
    app = make_application()
    folder = imported_office(place)
    services = open_services(folder, clock=system_clock, new_id=new_id)
    dress(app, services.preferences)
    tasks = Tasks()
    window = build_window(services, Profiles(folder.root, clock=system_clock, new_id=new_id), tasks)
    window.show()
    window.show_page("schools")
    page = window.page("schools")
    assert isinstance(page, ListPage)
    _rest(tasks)
    rows = page.table.all_rows()
    if len(rows) < 10_000:
        raise RuntimeError(f"only {len(rows)} schools are listed")

    def first_rows() -> float:
        page.table.set_rows(())
        _rest(tasks)
        began = time.perf_counter()
        page.table.set_rows(rows)
        QApplication.processEvents()
        return since(began)

    yield Result("10,000 schools: first rows", alone(first_rows, runs=ROUNDS, warm_up=1), limit=LIMIT_MS)
    rounds = [[taken for text in TYPED for taken in _type(page, text)] for _ in range(ROUNDS)]
    yield Result("10,000 schools: slowest search key", slowest_key(rounds), limit=LIMIT_MS)

    def from_database() -> float:
        began = time.perf_counter()
        page.refresh()
        while not tasks.is_idle():
            QApplication.processEvents()
        return since(began)

    yield Result("10,000 schools: read anew", Figure(alone(from_database, runs=3, warm_up=1).runs))
    window.close()
    _rest(tasks)


def _type(page: ListPage, text: str) -> list[float]:
    """Milliseconds of each key, and of taking the words back at the end."""
    times = []
    for end in (*range(1, len(text) + 1), 0):
        began = time.perf_counter()
        page.table.set_query(text[:end])
        QApplication.processEvents()
        times.append(since(began))
    return times


def _rest(tasks: Tasks) -> None:
    for _ in range(3):
        QApplication.processEvents()
        while not tasks.is_idle():
            QApplication.processEvents()
