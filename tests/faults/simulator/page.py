"""The simulator's part of docs/faults.md, made from the report that `dev.py faults --report` writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def section(report: Mapping[str, Any]) -> str:
    """Markdown: what was run, every fault with how often and in how many seeds it struck, and what was exercised."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Mapping[str, Any]) -> Iterator[str]:
    seeds, first = report["seeds"], report["first"]
    yield "## Simulator"
    yield ""
    yield (
        f"Seeds {first}–{first + seeds - 1}: {seeds} runs, {report['syncs']:,} syncs, {report['operations']:,} calls on"
        f" folders, {report['facts']:,} records put down, {len(report['failures'])} failures."
    )
    yield (
        f"Of {report['excused']} records nobody held a copy any more (the folder lost it and the laptop's disk died, or"
        " a thief has it): these, and only these, are not demanded back."
    )
    yield ""
    yield "| Fault | Times | Seeds |"
    yield "|---|---|---|"
    for name, times in sorted(report["faults"].items()):
        yield f"| {name} | {times:,} | {report['seeds_by_fault'][name]:,} |"
    yield ""
    yield "| Exercised | Times |"
    yield "|---|---|"
    for name, times in sorted(report["exercised"].items()):
        yield f"| {name} | {times:,} |"
