"""Figures side by side: ours and the yardstick's are taken in turn, so that a busy machine slows both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Figure:
    """Milliseconds of several runs."""

    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.runs)

    def __str__(self) -> str:
        return f"{_ms(self.median)} ({_ms(min(self.runs))}–{_ms(max(self.runs))})"

    def to_json(self) -> dict[str, Any]:
        return {"median_ms": self.median, "min_ms": min(self.runs), "max_ms": max(self.runs), "runs": len(self.runs)}


@dataclass(frozen=True)
class Result:
    """One line: ours, the yardstick where there is one, and the limit: a ratio with a yardstick, else in its unit.

    Without a limit the figure is only told.
    """

    name: str
    ours: Figure
    yardstick: Figure | None = None
    limit: float | None = None
    unit: str = "ms"

    @property
    def ratio(self) -> float | None:
        """The median of the pairs' ratios: the two of a pair ran one after the other, so that what else the machine had
        to do at that moment slowed both."""
        if self.yardstick is None:
            return None
        pairs = zip(self.ours.runs, self.yardstick.runs, strict=True)
        return statistics.median(ours / yardstick for ours, yardstick in pairs)

    @property
    def is_over(self) -> bool:
        measured = self.ours.median if self.ratio is None else self.ratio
        return self.limit is not None and measured > self.limit

    def line(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}×"
        beside = "" if self.yardstick is None else f" : {self.yardstick}"
        unit = "×" if self.yardstick is not None else f" {self.unit}"
        verdict = "" if self.limit is None else f"limit {self.limit:g}{unit}  {'OVER' if self.is_over else 'ok'}"
        return f"{self.name:<34} {ratio:>7}  {f'{self.ours}{beside} {self.unit}':<62} {verdict}".rstrip()

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "unit": self.unit,
            "ratio": self.ratio,
            "ours": self.ours.to_json(),
            "yardstick": None if self.yardstick is None else self.yardstick.to_json(),
            "limit": self.limit,
            "over": self.is_over,
        }


def in_turn(
    ours: Callable[[], float | None], yardstick: Callable[[], float | None], *, runs: int, warm_up: int
) -> tuple[Figure, Figure]:
    """Ours, yardstick, ours, yardstick …; a measured function gives its own milliseconds, or None to be timed whole."""
    pairs = [(_timed(ours), _timed(yardstick)) for _ in range(warm_up + runs)][warm_up:]
    return Figure(tuple(pair[0] for pair in pairs)), Figure(tuple(pair[1] for pair in pairs))


def alone(ours: Callable[[], float | None], *, runs: int, warm_up: int = 0) -> Figure:
    """The same without a yardstick."""
    return Figure(tuple([_timed(ours) for _ in range(warm_up + runs)][warm_up:]))


def since(began: float) -> float:
    """Milliseconds since a `time.perf_counter()`."""
    return (time.perf_counter() - began) * 1000


def peak_memory() -> float:
    """Megabytes that this process had at the highest. Linux: `ru_maxrss` would begin with what the parent had."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def slowest_key(keys: Sequence[Sequence[float]]) -> Figure:
    """From rounds over the same keys, the key whose median is worst."""
    by_key = [Figure(tuple(times)) for times in zip(*keys, strict=True)]
    return max(by_key, key=lambda figure: figure.median)


def _timed(work: Callable[[], float | None]) -> float:
    began = time.perf_counter()
    own = work()
    return since(began) if own is None else own


def _ms(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
