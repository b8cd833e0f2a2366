"""A real program, and one of its system calls fails or is its last: the next sync makes everything good.

JIANDU_FAULTS=all goes through every call of a push and a pull, else some of each kind.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from jiandu_desktop.sync import names, segment
from jiandu_desktop.sync.refusal import Refused
from tests.support import strace
from tests.support.programs import (
    Bureau,
    copy_bureau,
    faults_of,
    finish_visit,
    opened,
    program,
    run_program,
    settle,
)
from tests.support.strace import KILL, Call

ALL = os.environ.get("JIANDU_FAULTS") == "all"
LANES = 4
"""A program writes so many photos at once, and so leaves at most so many half-written files when it is killed."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(7200 if ALL else 110),
    pytest.mark.skipif(bool(strace.why_not()), reason=strace.why_not() or "strace is here"),
]


class Scene:
    """A bureau in which a laptop has a visit to hand in, or the office one to read; put back before each run."""

    def __init__(self, home: Path, act: str) -> None:
        self._home = home
        self.bureau = copy_bureau(home / "now", 1)
        (laptop,) = self.bureau.laptops
        with closing(opened(laptop)) as services:
            finish_visit(services, photos=2)
        self.data = laptop
        if act == "pull":
            done = run_program(program(laptop, "sync", str(self.bureau.share)))
            assert done.returncode == 0, done.stderr
            self.data = self.bureau.office
        words = ("office", "publish") if act == "pull" else ("sync",)
        self.command = program(self.data, *words, str(self.bureau.share))
        shutil.copytree(home / "now", home / "before")

    def put_back(self) -> Bureau:
        shutil.rmtree(self._home / "now")
        shutil.copytree(self._home / "before", self._home / "now")
        return self.bureau

    def calls(self) -> list[Call]:
        """Those that change something; of SQLite's shared memory, which a crash empties anyway, none. What the office
        writes under a name that differs from run to run (its time is in it) is left to the laptop's runs."""
        found = strace.calls_of(self.command, self._home / "now")
        journal = self.data.name == "office"
        return [
            call
            for call in found
            if call.changes
            and not call.path.name.endswith("-shm")
            and not (journal and self.bureau.share in call.path.parents)
        ]


def few(calls: Sequence[Call], share: Path, most: int) -> list[Call]:
    """All of them, or, spread over the run, some: two of three on the shared folder, where there are any."""
    if ALL:
        return list(calls)
    there = [call for call in calls if share in call.path.parents]
    here = [call for call in calls if call not in there]
    return [*_spread(there, most * 2 // 3), *_spread(here, most - min(len(there), most * 2 // 3))]


def _spread(calls: Sequence[Call], most: int) -> list[Call]:
    step = max(len(calls) / most, 1)
    return [calls[int(number * step)] for number in range(min(most, len(calls)))]


def half_written(bureau: Bureau) -> list[str]:
    """Files of the shared folder that bear a final name and are not whole."""
    lines = []
    for path, data in bureau.files().items():
        name = path.rpartition("/")[2]
        if name.endswith(names.PART):
            continue
        if path.startswith("blob/") and hashlib.sha256(data).hexdigest() != name:
            lines.append(path)
        if name.endswith(".seg"):
            try:
                segment.decode(data, _repo_id(bureau))
            except Refused:
                lines.append(path)
        if path.startswith("head/") and not data.endswith(b"}\n"):
            lines.append(path)
    return lines


def _repo_id(bureau: Bureau) -> str:
    with closing(opened(bureau.office)) as office:
        return office.store.membership().repo_id


@pytest.mark.fault(1, 2, 4, 16, 17, 69, 70)
@pytest.mark.parametrize("fault", [KILL, "error=EIO", "error=ENOSPC", "error=EACCES"])
@pytest.mark.parametrize("act", ["push", "pull"])
def test_a_fault_at_every_call_of_a_real_program(tmp_path: Path, act: str, fault: str) -> None:
    scene = Scene(tmp_path, act)
    calls = scene.calls()
    assert len(calls) > 20
    struck = 0
    for call in few(calls, scene.bureau.share, 6 if fault == KILL else 3):
        bureau = scene.put_back()
        done = strace.run_with(scene.command, call, fault)
        where = f"{fault} at {call.name} {call.nth} of {call.path.name}: {done.stdout}{done.stderr}"
        killed = done.returncode in (-9, 137)
        struck += killed or fault != KILL
        assert killed or done.returncode in (0, 1), where
        assert "Traceback" not in done.stderr, where
        assert len(bureau.parts()) <= (LANES if killed else 0), where
        assert half_written(bureau) == [], where
        settle(bureau)
        assert faults_of(bureau) == [], where
    assert struck


@pytest.mark.fault(1)
@pytest.mark.parametrize("name", ["fsync", "rename", "unlink"])
def test_killed_while_it_tries_out_the_folder(tmp_path: Path, name: str) -> None:
    """What a trial of the folder leaves behind is removed by the next one."""
    bureau = copy_bureau(tmp_path / "now", 1)
    (laptop,) = bureau.laptops
    command = program(laptop, "sync", "doctor", str(bureau.share))
    calls = [call for call in strace.calls_of(command, bureau.share) if call.name == name]
    assert calls
    assert strace.run_with(command, calls[0], KILL, by_path=False).returncode in (-9, 137)
    assert list((bureau.share / "probe").iterdir())
    assert run_program(command).returncode == 0
    assert not list((bureau.share / "probe").iterdir())
