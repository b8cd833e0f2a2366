"""The simulator in CI: 2,000 seeds, the same story for the same seed, and every mutant caught.

`python3 dev.py faults --seeds N` runs more; docs/faults.md says what is modelled.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.mutants import MUTANTS, Mutant
from tests.faults.simulator.run import Report, run_seed, run_seeds

SEEDS = 2000
CHUNK = 50
PATIENCE = 120
"""Seeds within which a mutant must be caught where its known seeds no longer catch it: stories change with the code."""
ROOT = Path(__file__).resolve().parents[2]

CAUGHT_BY = json.loads((Path(__file__).parent / "mutants.json").read_text(encoding="utf-8"))


@pytest.mark.fault(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 16, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31)
@pytest.mark.fault(32, 33, 34, 36, 37, 38, 39, 40, 41, 42, 43, 47, 49, 52, 53, 55, 56, 62, 63, 67, 68, 69, 70, 71)
@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_whatever_happens_nothing_is_lost(first: int) -> None:
    report = run_seeds(range(first, first + CHUNK))
    assert report.seeds == CHUNK
    assert not report.failures, "\n".join(report.lines())


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_every_mutant_is_caught(mutant: Mutant) -> None:
    """A bug that no seed shows would mean that the simulator does not look where the bug is."""
    known: list[int] = CAUGHT_BY[mutant.name]
    for seed in [*known, *(seed for seed in range(PATIENCE) if seed not in known)]:
        with mutant.at_work():
            if run_seed(seed).violations:
                return
    raise AssertionError(f"{mutant.name} survives")


def test_there_are_enough_mutants() -> None:
    assert len(MUTANTS) >= 24
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) == len(CAUGHT_BY)


def test_the_same_seed_is_the_same_story_in_another_process_too() -> None:
    """I11: nothing comes from the clock, the disk, a thread's luck or the order of a set."""
    here = [run_seed(seed).trace for seed in range(8)]
    code = "from tests.faults.simulator.run import run_seed; print(*[run_seed(seed).trace for seed in range(8)])"
    for hash_seed in ("1", "2"):
        told = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert told.stdout.split() == here


def test_the_report_tells_what_was_injected() -> None:
    report = Report()
    for seed in range(10):
        report.add(run_seed(seed))
    written = json.loads(report.to_json())
    assert written["seeds"] == 10
    assert written["operations"] > 1000
    assert sum(written["faults"].values()) > 20
    assert written["failures"] == []
