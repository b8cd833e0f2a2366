"""A visit takes few key presses, clicks and drops: they are counted, by keys alone and by mouse alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from bench.interactions import DAYS, WAYS, Task
from bench.school_day import Day

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),
    pytest.mark.timeout(120),
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("tasks", DAYS, ids=lambda tasks: tasks[0][0])
def test_no_task_of_a_visit_takes_more_presses_than_promised(
    qapp: QApplication, tmp_path: Path, tasks: tuple[Task, ...], way: str
) -> None:
    with Day(qapp, tmp_path) as day:
        for name, limit, task in tasks:
            count = task(day, way)
            assert count.total <= limit, name
            assert count.typed == 0
            assert (count.clicks if way == "keys" else count.presses) == 0
