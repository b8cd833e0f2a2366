"""From the start of the process to a window that can be used: Jiandu over the demo bureau, and a bare QTableView."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

from bench.measuring import Result, in_turn, since
from bench.workplace import ROOT, Workplace
from jiandu_desktop.domain.school import STAGE_NAMES

RUNS, WARM_UP = 25, 2
LIMIT = 2.0


def measure(place: Workplace) -> Iterator[Result]:
    """Both are whole processes and say "ready" once the rows are painted and the event loop has come round."""
    with place.laptop() as services:
        found = services.today.rows(services.store.today())
    rows = [
        [
            row.school,
            STAGE_NAMES[row.stage],
            row.task,
            f"{row.due:%m-%d}",
            str(row.open_problems),
            f"{row.last_visit or '—'}",
            row.state.value,
        ]
        for row in found
    ]
    titles = ["学校", "学段", "任务", "期限", "未销号", "上次督导", "状态"]
    bare = [sys.executable, "-m", "bench.bare_window", str(place.rows_file(titles, rows))]
    ours = [sys.executable, "-m", "jiandu_desktop", "--data", str(place.root), "open", "--quit-when-ready"]
    figure, yardstick = in_turn(lambda: _run(ours, place), lambda: _run(bare, place), runs=RUNS, warm_up=WARM_UP)
    yield Result("start to usable window", figure, yardstick, LIMIT)


def _run(command: list[str], place: Workplace) -> float:
    began = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=place.environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline().strip()
        taken = since(began)
        process.communicate()
    if said != "ready" or process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode} and said {said!r}")
    return taken
