"""The real window over a demo bureau of one's own, and the patience that its background work needs."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from jiandu_desktop.domain.identity import new_id
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.profiles import Profiles
from jiandu_desktop.services.program import Services
from jiandu_desktop.ui.application import build_window
from jiandu_desktop.ui.assembly import Assembly
from jiandu_desktop.ui.main_window import MainWindow
from jiandu_desktop.ui.tasks import Tasks
from tests.conftest import StandingClock
from tests.support.bureau import BUILT_AT, copy_bureau, open_office

REST = 0.4
"""Seconds without work after which everything was shown: what is put off at the longest, and some more."""

PATIENCE = 20.0
"""Seconds; a machine with other work to do is slow."""


class OpenWindow:
    """A window at work. Close it at the end of the test: `close()` ends its lanes and its data."""

    def __init__(self, root: Path, print_to: Path | None = None, size: tuple[int, int] = (1366, 768)) -> None:
        copy_bureau(root / "demo")
        self.clock = StandingClock(BUILT_AT)
        self.clock.advance(hours=1)
        self.profiles = Profiles(root, clock=self.clock, new_id=new_id)
        self.tasks = Tasks()
        self.services = self.opened_services()
        self.window: MainWindow = build_window(self.services, self.profiles, self.tasks, print_to)
        self.window.resize(*size)
        self.window.show()
        self.settle()

    def opened_services(self) -> Services:
        """The data that the window is opened on: the laptop of the demo's inspector."""
        return self.profiles.open(Progress())

    @property
    def assembly(self) -> Assembly:
        found = self.window.findChild(Assembly)
        assert found is not None
        return found

    def show(self, key: str) -> QWidget:
        """A page, once its rows are there."""
        self.window.show_page(key)
        self.settle()
        page = self.window.page(key)
        assert page is not None
        return page

    def settle(self) -> None:
        """Until the lanes are idle and what they told has been shown."""
        rest, deadline = time.monotonic(), time.monotonic() + PATIENCE
        while time.monotonic() - rest < REST:
            QApplication.processEvents()
            if not self.tasks.is_idle():
                rest = time.monotonic()
            assert time.monotonic() < deadline, "the lanes never come to rest"
            time.sleep(0.002)

    def until(self, holds: Callable[[], bool]) -> None:
        """Until something is so."""
        deadline = time.monotonic() + PATIENCE
        while not holds():
            QApplication.processEvents()
            assert time.monotonic() < deadline, "it never came about"
            time.sleep(0.002)

    def close(self) -> None:
        self.settle()
        self.window.close()
        self.window.deleteLater()
        QApplication.processEvents()


class OfficeWindow(OpenWindow):
    """The same on the office's own computer."""

    def opened_services(self) -> Services:
        return open_office(self.profiles.demo, self.clock)
