"""The look: readable contrast, one source of colour, and a change of theme or text size without a restart."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QImage, QPalette
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from jiandu_desktop import paths
from jiandu_desktop.ui.look import fonts, icons
from jiandu_desktop.ui.look.theme import set_theme, theme
from jiandu_desktop.ui.look.tokens import DARK, LIGHT, TEXT_SCALES, Tokens
from jiandu_desktop.ui.widgets.buttons import Button

# The offscreen screen cannot take size hints and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

GROUNDS = ("canvas", "surface", "sunken", "hover")
TEXT_ON = [
    *((ink, ground) for ink in ("text", "text2", "text3", "accent", "caution", "red") for ground in GROUNDS),
    ("text", "accent_soft"), ("accent", "accent_soft"), ("caution", "caution_soft"), ("red", "red_soft"),
    ("on_accent", "accent"), ("on_accent", "accent_hover"), ("on_accent", "accent_press"), ("on_red", "red"),
    ("on_caution", "caution"), ("surface", "text2"), ("text", "rail"), ("text2", "rail"), ("text2", "keycap"),
    ("paper_ink", "paper"), ("paper_red", "paper"),
]  # fmt: skip
MARKS_ON = [("line2", "surface"), ("done", "surface"), ("caution", "surface"), ("red", "surface")]


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast of two colours."""

    def light(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(autouse=True)
def plain_look(qapp: QApplication) -> object:
    """Every test begins and ends in the light theme at 100 %."""
    set_theme(qapp, dark=False)
    yield
    set_theme(qapp, dark=False)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
def test_all_text_can_be_read_in_a_bright_corridor(tokens: Tokens) -> None:
    weak = [
        f"{ink} on {ground}: {contrast(getattr(tokens, ink), getattr(tokens, ground)):.2f}"
        for ink, ground in TEXT_ON
        if contrast(getattr(tokens, ink), getattr(tokens, ground)) < 4.5
    ]
    assert not weak


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
def test_edges_and_marks_can_be_seen(tokens: Tokens) -> None:
    for mark, ground in MARKS_ON:
        assert contrast(getattr(tokens, mark), getattr(tokens, ground)) >= 2.95, mark


def test_every_colour_is_a_colour() -> None:
    for tokens in (LIGHT, DARK):
        for field in fields(Tokens):
            value = getattr(tokens, field.name)
            if isinstance(value, str) and field.name != "name":
                assert QColor(value).isValid(), field.name
                assert len(value) == 7


def test_theme_changes_while_the_program_runs(qapp: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(Button("开始督导", kind="primary"))
    qtbot.addWidget(window)
    window.show()
    light = window.grab().toImage()
    with qtbot.waitSignal(theme().changed):
        set_theme(qapp, dark=True)
    qapp.processEvents()
    dark = window.grab().toImage()
    assert QColor(light.pixel(2, 2)).name().upper() == LIGHT.canvas
    assert QColor(dark.pixel(2, 2)).name().upper() == DARK.canvas
    assert qapp.palette().color(QPalette.ColorRole.Base).name().upper() == DARK.surface


@pytest.mark.parametrize("scale", TEXT_SCALES)
def test_rows_grow_with_the_text(qapp: QApplication, scale: float) -> None:
    set_theme(qapp, dark=False, text_scale=scale)
    assert theme().font(14).pixelSize() == round(14 * scale)
    assert theme().tokens.table_row == round(38 * scale)
    assert Button("开始").sizeHint().height() == round(36 * scale)


def test_fingers_get_larger_keys(qapp: QApplication) -> None:
    set_theme(qapp, dark=False, touch=True)
    assert theme().tokens.control == 44


def test_an_unknown_text_size_is_refused(qapp: QApplication) -> None:
    with pytest.raises(ValueError, match=r"1\.2"):
        set_theme(qapp, dark=False, text_scale=1.2)


def test_a_styled_button_has_the_height_of_the_design(qapp: QApplication, qtbot: QtBot) -> None:
    """QSS counts borders apart: 36 must be 36 with and without the keyboard, so that nothing moves."""
    button = QPushButton("学校情况")
    qtbot.addWidget(button)
    button.show()
    assert button.sizeHint().height() == 36


def test_every_icon_draws_something(qapp: QApplication) -> None:
    names = [file.stem for file in (paths.resources() / "icons").glob("*.svg")]
    assert len(names) > 50
    for name in names:
        image = icons.pixmap(name, "text", 20).toImage()
        assert any(QColor.fromRgba(image.pixel(x, y)).alpha() for x in range(20) for y in range(20)), name


def test_icons_follow_the_theme(qapp: QApplication) -> None:
    icon = icons.icon("disc", "accent")

    def middle() -> str:
        image = icon.pixmap(20, 20).toImage().convertToFormat(QImage.Format.Format_ARGB32)
        return QColor.fromRgba(image.pixel(image.width() // 2, image.height() // 2)).name().upper()

    assert middle() == LIGHT.accent
    set_theme(qapp, dark=True)
    assert middle() == DARK.accent


def test_chinese_has_glyphs_even_where_the_system_has_none(qapp: QApplication) -> None:
    family = fonts.family_list()[0]
    assert family in QFontDatabase.families()
    assert QFontDatabase.WritingSystem.SimplifiedChinese in QFontDatabase.writingSystems(family)


def test_only_the_token_table_names_colours() -> None:
    """A colour written elsewhere would not follow the theme."""
    package = Path(theme.__code__.co_filename).parents[1]
    for file in [*package.rglob("*.py"), paths.resources() / "themes" / "window.qss"]:
        if file.name != "tokens.py":
            text = file.read_text(encoding="utf-8").replace('"#RRGGBB"', "").replace("&#", "")
            assert not re.search(r"#[0-9A-Fa-f]{6}\b", text), file.name


def test_light_dark_and_system_are_offered(qapp: QApplication) -> None:
    set_theme(qapp, dark=None)
    assert theme().tokens.is_dark == (qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark)
