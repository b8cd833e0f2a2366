"""What every test gets: an offscreen screen, a private home, a clock that stands still, and no leftovers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.support.leftovers import none_left_behind
from tests.support.said import Said

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

BEIJING = timezone(timedelta(hours=8))


class StandingClock:
    """A clock that moves only when it is told to; starts on Saturday 2026-11-21 at 09:00 in Beijing."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **duration: float) -> None:
        """`advance(minutes=5)`: the arguments of timedelta."""
        self.now += timedelta(**duration)


class CountingIds:
    """Identifiers in the shape of UUIDv7 that count up: a failing test names the same ones each time."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> str:
        self.count += 1
        return f"01939000-0000-7000-8000-{self.count:012x}"


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(datetime(2026, 11, 21, 9, 0, tzinfo=BEIJING))


@pytest.fixture
def ids() -> CountingIds:
    return CountingIds()


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Said:
    """What the program says to the user in this test; `said.answer(…)` prepares answers. For tests of the window."""
    record = Said()
    record.listen(monkeypatch)
    return record


@pytest.fixture(autouse=True, scope="session")
def private_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test reads or writes the data, settings or documents of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(variable, str(home))
        for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DOCUMENTS_DIR"):
            patch.setenv(variable, str(home / variable.lower()))
        yield home


@pytest.fixture(autouse=True)
def nothing_left_behind(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Threads, timers and windows must end with the test that made them."""
    with none_left_behind(monkeypatch):
        yield
