"""Words broken into lines of a given width, for widgets that paint their own text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QTextLayout, QTextOption

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_TEXT


def wrapped(words: str, width: float, size: float = SIZE_TEXT, bold: bool = False) -> list[str]:
    """The lines that `words` take in `width` logical pixels; a line break in the words is one in the lines."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    font = theme().font(size, bold)
    lines: list[str] = []
    for paragraph in words.splitlines() or [""]:
        layout = QTextLayout(paragraph, font)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1.0))
            lines.append(paragraph[line.textStart() : line.textStart() + line.textLength()].rstrip())
        layout.endLayout()
    return lines


def paint_lines(
    painter: QPainter,
    area: QRectF,
    lines: Sequence[str],
    step: float,
    color: str = "text",
    size: float = SIZE_TEXT,
    bold: bool = False,
    align: str = "left",
) -> None:
    """The lines one below the other, `step` apart, centred in the height of `area`."""
    top = area.center().y() - step * len(lines) / 2
    for place, line in enumerate(lines):
        spot = QRectF(area.left(), top + place * step, area.width(), step)
        paint.text(painter, spot, line, color, size, bold, align)
