"""One answer on the screen: from the key to the painted rows, in the real wizard over a checklist of 150 items."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bench.measuring import Figure, Result, since
from bench.workplace import Workplace
from jiandu_desktop.domain.identity import system_clock
from tests.support.checklists import END_GROUP, q
from tests.support.wizard import Desk, inside

ITEMS = 150
LIMIT_MS = 16.0


def measure(place: Workplace) -> Iterator[Result]:
    """All 150 items in one section, which is the worst case: none of them can be left unbuilt."""
    app = QApplication.instance() or QApplication(["bench"])
    home = place.folder / "screen"
    home.mkdir()
    desk = Desk(home, system_clock)
    scored = [
        q("select_one ypn", f"item_{number}", f"第 {number} 项制度健全、责任到人，检查记录完整", j_weight=1)
        for number in range(1, ITEMS + 1)
    ]
    opened = desk.start_rows({"type": "begin_group", "name": "all", "label": "一、安全管理"}, *scored, END_GROUP)
    with inside(desk, opened) as room:
        room.go("item_1")
        times = []
        for number in range(1, ITEMS + 1):
            # The last answer is at rest on the disk and on the screen: what is timed is this key alone.
            room.keep()
            began = time.perf_counter()
            QTest.keyClicks(QApplication.focusWidget(), "1")
            QApplication.processEvents()
            times.append(since(began))
            if room.value(f"item_{number}") != "yes":
                raise RuntimeError(f"the key did not answer item {number}")
    desk.services.close()
    app.processEvents()
    yield Result(f"answer on the screen, {ITEMS} items", Figure(tuple(times[10:])), limit=LIMIT_MS)
