"""Ticks, dots and arrows of Qt's own controls have the colours of the theme, and are there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QFile
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QCheckBox

from jiandu_desktop import paths
from jiandu_desktop.ui.look.style import MARKS, mark
from jiandu_desktop.ui.look.theme import set_theme, theme
from jiandu_desktop.ui.look.tokens import DARK, LIGHT, Tokens


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_mark_is_drawn_in_the_colours_of_its_theme(tokens: Tokens) -> None:
    folder = paths.resources() / "themes" / "marks"
    for label in MARKS:
        assert (folder / f"{tokens.name}-{label}.svg").read_bytes() == mark(label, tokens), "run make_marks.py"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_ticked_box_shows_its_tick(qapp: QApplication, dark: bool) -> None:
    set_theme(qapp, dark=dark)
    assert QFile.exists(f"marks:{theme().tokens.name}-tick.svg")
    box = QCheckBox()
    box.setChecked(True)
    box.resize(40, 40)
    picture = box.grab().toImage()
    accent, tick = QColor(theme().tokens.accent), QColor(theme().tokens.on_accent)
    points = [(x, y) for x in range(picture.width()) for y in range(picture.height())]
    filled = [point for point in points if _near(picture.pixelColor(*point), accent)]
    left, right = min(x for x, _ in filled), max(x for x, _ in filled)
    top, bottom = min(y for _, y in filled), max(y for _, y in filled)
    inside = [(x, y) for x, y in points if left + 2 < x < right - 2 and top + 2 < y < bottom - 2]
    assert any(_near(picture.pixelColor(*point), tick) for point in inside)
    set_theme(qapp, dark=False)


def _near(one: QColor, other: QColor) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))
