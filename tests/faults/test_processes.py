"""Several real programs on one folder: at the same time, fifty at once, and killed again and again.

JIANDU_LAPTOPS=300 and JIANDU_SOAK=1200 (seconds) make the crowd and the soak larger.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.programs import (
    ROOT,
    copy_bureau,
    environment,
    faults_of,
    finish_visit,
    finished,
    opened,
    program,
    run_program,
    settle,
)

LAPTOPS = int(os.environ.get("JIANDU_LAPTOPS", "50"))
SOAK = float(os.environ.get("JIANDU_SOAK", "20"))
COMPUTERS = 4
"""Laptops of the soak; with the office there are five programs, one of which is killed every second or so."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(int(SOAK * 3 + 300)),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are started and killed as Linux does it"),
]


@pytest.mark.fault(64)
def test_two_programs_and_the_office_at_the_same_time(tmp_path: Path) -> None:
    """Nobody waits for anybody, nobody fails, and each visit arrives once."""
    bureau = copy_bureau(tmp_path / "bureau", 2)
    visits = set()
    for _ in range(2):
        for data in bureau.laptops:
            with closing(opened(data)) as services:
                visits.add(finish_visit(services, photos=2))
        commands = [
            *(program(data, "sync", str(bureau.share)) for data in bureau.laptops),
            program(bureau.office, "office", "publish", str(bureau.share)),
        ]
        running = [
            subprocess.Popen(
                command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )
            for command in commands
        ]
        for each in running:
            told = each.communicate(timeout=100)[0]
            assert each.returncode == 0, told
    settle(bureau)
    assert faults_of(bureau) == []
    with closing(opened(bureau.office)) as office:
        assert finished(office) == visits


@pytest.mark.fault(64)
def test_all_laptops_push_in_the_same_moment(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.crowd", str(tmp_path / "county"), str(LAPTOPS)],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    seconds = told.pop("seconds")
    assert told.pop("office_rounds") > 0
    assert told == {"failed": 0, "visits": LAPTOPS, "missing": 0, "parts": 0, "refused": 0, "unconfirmed": 0}
    assert len(seconds) == LAPTOPS


@pytest.mark.fault(1, 2, 3, 4)
def test_random_kills_lose_nothing(tmp_path: Path) -> None:
    """Every visit that a laptop wrote down as finished is at the office, once, the same byte for byte."""
    bureau = copy_bureau(tmp_path / "bureau", COMPUTERS)
    dice = random.Random(20261122)
    computers = [*bureau.laptops, bureau.office]
    logs = {data: tmp_path / f"{data.name}.log" for data in computers}
    running = {data: _start(data, bureau.share, logs[data]) for data in computers}
    kills = 0
    end = time.monotonic() + SOAK
    try:
        while time.monotonic() < end:
            time.sleep(dice.uniform(0.2, 2.0))
            victim = dice.choice(computers)
            process = running[victim]
            process.send_signal(signal.SIGKILL)
            told = process.communicate(timeout=60)[1]
            assert "Traceback" not in told, told
            kills += 1
            running[victim] = _start(victim, bureau.share, logs[victim])
    finally:
        for process in running.values():
            process.kill()
        told = "".join(process.communicate(timeout=60)[1] for process in running.values())
    assert "Traceback" not in told, told
    assert kills >= 3
    for data in computers:
        # Also the real program finds its way in what the dead left behind.
        words = ("sync",) if data != bureau.office else ("office", "publish")
        done = run_program(program(data, *words, str(bureau.share)))
        assert done.returncode == 0, done.stdout + done.stderr
    settle(bureau)
    assert faults_of(bureau) == []
    written = {line for data in bureau.laptops for line in logs[data].read_text(encoding="utf-8").split()}
    with closing(opened(bureau.office)) as office:
        there = finished(office)
    assert written <= there
    if result := os.environ.get("JIANDU_SOAK_RESULT"):
        facts = {
            "seconds": SOAK,
            "programs": len(computers),
            "kills": kills,
            "visits": len(there),
            "written": len(written),
        }
        Path(result).write_text(json.dumps(facts) + "\n", encoding="utf-8")


@pytest.mark.fault(74)
@pytest.mark.parametrize("seconds", [1, 30])
def test_a_backup_program_holds_the_database(tmp_path: Path, seconds: int) -> None:
    """A short while is waited out; then it is said who is in the way, and nothing is lost."""
    bureau = copy_bureau(tmp_path / "bureau", 1)
    (data,) = bureau.laptops
    with closing(opened(data)) as services:
        finish_visit(services)
    lock = (
        "import sqlite3, sys, time\n"
        "base = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "base.execute('begin immediate')\n"
        "print('held', flush=True)\n"
        "time.sleep(float(sys.argv[2]))\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", lock, str(data / "jiandu.db"), str(seconds)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        done = run_program(program(data, "sync", str(bureau.share)))
    finally:
        holder.kill()
        holder.communicate(timeout=10)
    assert done.returncode == (0 if seconds == 1 else 1), done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    settle(bureau)
    assert faults_of(bureau) == []


def _start(data: Path, share: Path, log: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.support.worker", str(data), str(share), str(log)],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
