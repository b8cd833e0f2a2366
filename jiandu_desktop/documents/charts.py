"""Bar charts in a document: drawn, no pictures, so that any printer shows them sharp; each is one piece on a page."""

from __future__ import annotations

from jiandu_desktop.documents import grid, wording
from jiandu_desktop.documents.composing import Composer
from jiandu_desktop.documents.fonts import Role
from jiandu_desktop.documents.grid import MM, ROW, Sheet
from jiandu_desktop.documents.layout import BoxMark, Page, Unit
from jiandu_desktop.domain.document import Chart

MOST_BARS = 8
"""What is left over is added up as 其他, so that a chart stays on half a page."""
_LABELS = 42 * MM
_FIGURES = 20 * MM
_BAR = 4.2 * MM
_PITCH = ROW * 0.6
_SHADE = (0.24, 0.42, 0.50)
"""A blue that a black-and-white printer makes a clear grey."""


def chart_unit(composer: Composer, sheet: Sheet, chart: Chart, ordinal: int, *, paragraph: int) -> Unit:
    """The chart with its name below: 图1 各事项问题数. Bars are as long as their figures, from a common line."""
    bars = together(chart)
    size = grid.TABLE_SIZE
    most = max((value for _, value in bars), default=0)
    length = sheet.area_width - _LABELS - _FIGURES
    labels = [composer.natural([(_fitting(composer, label), Role.TEXT)], size) for label, _ in bars]
    figures = [composer.natural([(f"{value}{chart.unit}", Role.TEXT)], size) for _, value in bars]
    name = composer.natural([(f"图{ordinal}　{wording.tidy(chart.title)}", Role.FIRST_HEADING)], size)
    rows = -(-len(bars) * _PITCH // ROW) + 1

    def draw(page: Page, top: float) -> None:
        line = sheet.left + _LABELS
        for place, ((_, value), label, figure) in enumerate(zip(bars, labels, figures, strict=True)):
            middle = top + (place + 0.5) * _PITCH
            page.text(label, line - 3 * MM - label.width, middle - size / 2)
            long = length * value / most if most else 0.0
            if long:
                page.marks.append(BoxMark(line, middle - _BAR / 2, long, _BAR, _SHADE))
            page.text(figure, line + long + 2 * MM, middle - size / 2)
        foot = top + len(bars) * _PITCH
        page.rule(line, top, line, foot, grid.THIN_RULE)
        page.text(name, sheet.left + (sheet.area_width - name.width) / 2, top + (rows - 1) * ROW)

    return Unit(rows * ROW, draw, paragraph)


def together(chart: Chart) -> tuple[tuple[str, int], ...]:
    """The bars that are drawn. Shares cannot be added up: of those the first ones are shown."""
    if len(chart.bars) <= MOST_BARS:
        return chart.bars
    if chart.unit == "%":
        return chart.bars[:MOST_BARS]
    rest = chart.bars[MOST_BARS - 1 :]
    return (*chart.bars[: MOST_BARS - 1], ("其他", sum(value for _, value in rest)))


def _fitting(composer: Composer, label: str) -> str:
    """The label, cut to its column."""
    label = wording.tidy(label)
    room = _LABELS - 3 * MM
    while label and composer.natural([(label, Role.TEXT)], grid.TABLE_SIZE).width > room:
        label = label.removesuffix("…")[:-1] + "…"
    return label
