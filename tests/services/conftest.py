"""A bureau, a laptop and an office for every test of the services."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jiandu_desktop.services.demo import DemoBureau
from jiandu_desktop.services.program import Services
from tests.conftest import StandingClock
from tests.support.bureau import copy_bureau, open_laptop, open_office


@pytest.fixture
def bureau(tmp_path: Path) -> DemoBureau:
    return copy_bureau(tmp_path / "bureau")


@pytest.fixture
def laptop(bureau: DemoBureau, clock: StandingClock) -> Iterator[Services]:
    services = open_laptop(bureau, clock)
    yield services
    services.close()


@pytest.fixture
def office(bureau: DemoBureau, clock: StandingClock) -> Iterator[Services]:
    services = open_office(bureau, clock)
    yield services
    services.close()
