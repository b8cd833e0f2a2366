"""python -m bench [--json FILE] [NAME …]: runs all measurements, or some; 1 where one is over its limit."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
from pathlib import Path

from bench.workplace import workplace
from jiandu_desktop.domain.identity import system_clock, to_text

NAMES = (
    "start",
    "answer",
    "screen",
    "interactions",
    "notice",
    "report",
    "typst-page",
    "schools",
    "rosters",
    "demo",
    "forms",
    "ledger",
    "ledger-excel",
    "sync",
)


def main() -> int:
    """Print a line per result as it comes: name, ratio, ours : yardstick as median (min–max), limit, verdict."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of: {', '.join(NAMES)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results there as well")
    chosen = parser.parse_args()
    unknown = sorted(set(chosen.names) - set(NAMES))
    if unknown:
        parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(NAMES)}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    results = []
    with workplace() as place:
        for name in chosen.names or NAMES:
            # One after the other and only those asked for: what one loads must not weigh on another's start.
            for result in importlib.import_module(f"bench.{name.replace('-', '_')}").measure(place):
                print(result.line(), flush=True)
                results.append(result)
    over = [result for result in results if result.is_over]
    if chosen.json:
        facts = {"at": to_text(system_clock()), "python": platform.python_version(), "machine": platform.platform()}
        content = {**facts, "results": [result.to_json() for result in results]}
        chosen.json.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"{len(over)} over the limit" if over else "all within their limits")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
