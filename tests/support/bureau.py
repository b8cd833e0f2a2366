"""A demo bureau per test: built once per test run through the program's own doors, then copied."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from jiandu_desktop.domain.identity import new_id
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.services.demo import DemoBureau, make_demo
from jiandu_desktop.services.program import Services, open_services
from tests.conftest import BEIJING, StandingClock

BUILT_AT = datetime(2026, 11, 21, 8, 0, tzinfo=BEIJING)
"""The demo's own "now"; tests go on an hour later."""


@lru_cache(maxsize=1)
def _master() -> DemoBureau:
    root = Path(tempfile.mkdtemp(prefix="jiandu-bureau-"))
    return make_demo(root / "bureau", clock=StandingClock(BUILT_AT), new_id=new_id)


def copy_bureau(target: Path) -> DemoBureau:
    """A bureau of one's own under `target`: office, shared folder, laptops; every database knows its new folder."""
    shutil.copytree(_master().root, target)
    bureau = DemoBureau(target)
    clock = StandingClock(BUILT_AT)
    for folder in [bureau.office, *map(DataFolder, (target / "laptops").iterdir())]:
        services = open_services(folder, clock=clock, new_id=new_id)
        services.exchange.set_folder(str(bureau.shared))
        services.close()
    return bureau


def open_laptop(bureau: DemoBureau, clock: Callable[[], datetime], person: str = "") -> Services:
    """The services of an inspector's laptop (the demo's own person by default); the caller closes them."""
    return open_services(bureau.laptop(person) if person else bureau.own, clock=clock, new_id=new_id)


def open_office(bureau: DemoBureau, clock: Callable[[], datetime]) -> Services:
    """The services of the office's computer; the caller closes them."""
    return open_services(bureau.office, clock=clock, new_id=new_id)
