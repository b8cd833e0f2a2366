"""`python -m tests.faults.simulator --seeds N [--from K] [--report out.json]`: what `dev.py faults` runs."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from tests.faults.simulator.run import run_many


def main() -> int:
    """Run the seeds, print the report; 1 where a seed failed."""
    parser = argparse.ArgumentParser(prog="dev.py faults", description="The deterministic simulator of sync")
    parser.add_argument("--seeds", type=int, default=2000)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--report", type=Path)
    parser.add_argument("--workers", type=int, default=_processors())
    wanted = parser.parse_args()
    began = time.monotonic()
    report = run_many(range(wanted.first, wanted.first + wanted.seeds), wanted.workers)
    seconds = time.monotonic() - began
    if wanted.report is not None:
        wanted.report.parent.mkdir(parents=True, exist_ok=True)
        wanted.report.write_text(report.to_json() + "\n", encoding="utf-8")
    lines = [*report.lines(), f"{seconds:.1f} s, {wanted.seeds / max(seconds, 0.001):.1f} seeds/s"]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if report.failures else 0


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


if __name__ == "__main__":
    sys.exit(main())
