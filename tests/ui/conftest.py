"""What tests of the wizard share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from jiandu_desktop.ui.look.theme import set_theme
from tests.conftest import StandingClock
from tests.support.said import Said
from tests.support.wizard import Desk


@pytest.fixture
def desk(tmp_path: Path, clock: StandingClock, qapp: QApplication, said: Said) -> Iterator[Desk]:
    """An inspector's data with one school, and the light theme; checklists are made by the test."""
    set_theme(qapp, dark=False)
    made = Desk(tmp_path, clock)
    yield made
    made.services.close()
    set_theme(qapp, dark=False)
