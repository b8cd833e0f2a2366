"""Palette and the one style sheet, both filled from the tokens.

Dynamic properties the sheet (`resources/themes/window.qss`) knows:

- `kind` of QPushButton/QToolButton: primary, quiet, bar (a word in a top bar), icon;
- `role` of QLabel: score, title, heading, item, strong, section, label, meta;
- `tone` of QLabel: text, text2, text3, accent, caution, red;
- `ground` of QFrame: canvas, rail, surface, sunken, card, inset, bar-top, bar-bottom, panel;
- `size` "small" of a field (inside the problem card only); `state` "warning" of a field;
- `bare` "true" of QLineEdit: no edge of its own.
"""

from __future__ import annotations

from functools import lru_cache
from string import Template

from PySide6.QtCore import QDir
from PySide6.QtGui import QColor, QPalette

from jiandu_desktop import paths
from jiandu_desktop.ui.look.drawings import svg
from jiandu_desktop.ui.look.tokens import SIZE_META, SIZE_TEXT, SIZE_TITLE, Tokens

MARKS = {
    "down": ("chevron-down", "text2"),
    "down_off": ("chevron-down", "text3"),
    "up": ("chevron-up", "text2"),
    "left": ("chevron-left", "text2"),
    "right": ("chevron-right", "text2"),
    "tick": ("check", "on_accent"),
    "tick_off": ("check", "text3"),
    "dot": ("disc", "on_accent"),
    "tick_menu": ("check", "accent"),
}
"""Marks that the sheet draws: icon and token of its colour. Style sheets read pictures from files only; these lie in
resources/themes/marks, one per theme, written by make_marks.py there and compared by a test."""


def palette(tokens: Tokens) -> QPalette:
    """The palette for Fusion: colours of what the style sheet does not reach, such as Qt's own dialogs."""
    made = QPalette()
    role = QPalette.ColorRole
    colors = {
        role.Window: tokens.canvas,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.sunken,
        role.ToolTipBase: tokens.text,
        role.ToolTipText: tokens.surface,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.text3,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.red,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Highlight: tokens.accent_soft,
        role.HighlightedText: tokens.text,
        role.Accent: tokens.accent,
        role.Light: tokens.surface,
        role.Midlight: tokens.hover,
        role.Mid: tokens.line,
        role.Dark: tokens.line2,
        role.Shadow: tokens.text3,
    }
    for name, color in colors.items():
        made.setColor(name, QColor(color))
    for name in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.text3))
    return made


def style_sheet(tokens: Tokens) -> str:
    """The style sheet of the whole application."""
    control = tokens.control
    values: dict[str, object] = {
        field: value for field in tokens.__slots__ if isinstance(value := getattr(tokens, field), str)
    }
    QDir.setSearchPaths("marks", [str(paths.resources() / "themes" / "marks")])
    values |= {
        # Borders are part of the height the tokens give; 2 px borders take 1 px more on either side.
        "control_inner": control - 2,
        "control_focus": control - 4,
        "small_inner": tokens.field_small - 2,
        "small_focus": tokens.field_small - 4,
        "head": tokens.table_head,
        "row": tokens.px(34),
        "size_text": tokens.px(SIZE_TEXT),
        "size_meta": tokens.px(SIZE_META),
        "size_title": tokens.px(SIZE_TITLE),
        "size_item": tokens.px(16),
        "size_score": tokens.px(28),
        "indicator": tokens.px(18),
        **{label: f"marks:{tokens.name}-{label}.svg" for label in MARKS},
    }
    return Template(_sheet()).substitute(values)


@lru_cache(maxsize=1)
def _sheet() -> str:
    return (paths.resources() / "themes" / "window.qss").read_text(encoding="utf-8")


def mark(label: str, tokens: Tokens) -> bytes:
    """The SVG text of one of `MARKS` in a theme: what its file holds."""
    name, color = MARKS[label]
    return svg(name, str(getattr(tokens, color)), 16)
