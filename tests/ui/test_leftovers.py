"""A forgotten window, timer or thread fails the test that forgot it, not an innocent one an hour later."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QWidget

from tests.support.leftovers import none_left_behind


def a_window() -> tuple[QWidget, Callable[[], object]]:
    window = QWidget()
    return window, window.deleteLater


def a_timer() -> tuple[QTimer, Callable[[], object]]:
    timer = QTimer()
    timer.start(60_000)
    return timer, timer.stop


def a_qt_thread() -> tuple[QThread, Callable[[], object]]:
    thread = QThread()
    thread.start()
    return thread, lambda: (thread.quit(), thread.wait())


def a_thread() -> tuple[threading.Thread, Callable[[], object]]:
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    return thread, end.set


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("forget", [a_window, a_timer, a_qt_thread, a_thread])
def test_what_a_test_forgets_fails_it(
    forget: Callable[[], tuple[object, Callable[[], object]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(pytest.fail.Exception, match="left behind"), none_left_behind(monkeypatch):
        thing, end = forget()
    end()
    del thing


@pytest.mark.usefixtures("qapp")
def test_what_is_closed_and_stopped_is_no_leftover(monkeypatch: pytest.MonkeyPatch) -> None:
    with none_left_behind(monkeypatch):
        for make in (a_window, a_timer, a_qt_thread, a_thread):
            thing, end = make()
            end()
        del thing, end
