"""The program survives a long day: Qt calls that return nothing must not use up references to None."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QColor, QPainterPath, QTransform
from PySide6.QtWidgets import QLabel

CALLS = 1000


def colour() -> Callable[[], object]:
    value = QColor("red")
    return lambda: value.setAlpha(128)


def point() -> Callable[[], object]:
    value = QPoint(1, 2)
    return lambda: value.setX(3)


def named_object() -> Callable[[], object]:
    value = QObject()
    return lambda: value.setObjectName("school")


def label() -> Callable[[], object]:
    value = QLabel()
    return lambda: value.setToolTip("x")


def timer() -> Callable[[], object]:
    value = QTimer()
    return lambda: value.setInterval(20)


def path() -> Callable[[], object]:
    value = QPainterPath()
    return value.closeSubpath


def transform() -> Callable[[], object]:
    value = QTransform()
    return value.reset


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("make", [colour, point, named_object, label, timer, path, transform])
def test_calls_that_return_nothing_keep_none_alive(make: Callable[[], Callable[[], object]]) -> None:
    """PySide6 6.12.0 loses one reference per call on Python 3.10 and 3.11 until the interpreter aborts."""
    call = make()
    if sys.getrefcount(None) > 2**31:
        pytest.skip("None is immortal on this Python: there is nothing to lose")
    call()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        call()
    lost = before - sys.getrefcount(None)
    assert abs(lost) < CALLS // 10
