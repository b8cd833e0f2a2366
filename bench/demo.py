"""The demo bureau, built as at a first start: office, invitations, earlier visits, notices, sync. Told, not limited."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from bench.measuring import Result, alone
from bench.workplace import Workplace
from jiandu_desktop.domain.identity import new_id, system_clock
from jiandu_desktop.services.demo import make_demo


def measure(place: Workplace) -> Iterator[Result]:
    """Each run builds another one; fonts and forms are known to the process from the second on."""
    numbers = count()

    def build() -> None:
        make_demo(place.folder / f"demo-{next(numbers)}", clock=system_clock, new_id=new_id)

    yield Result("demo bureau: first in a process", alone(build, runs=1))
    yield Result("demo bureau: again", alone(build, runs=2))
