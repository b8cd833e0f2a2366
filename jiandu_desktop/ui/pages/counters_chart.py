"""Pictures of the counters, painted in the house's style.

FigureStrip(parent=None)   set_figures(Sequence[Figure]): the period's own figures, side by side
CountChart(parent=None)    set_groups(Sequence[Group], legend): two bars per week, month, 责任区 or inspector
Figure(words, value, tone="text")    Group(name, first, second)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.tokens import RADIUS_CARD, SIZE_META, SIZE_TITLE
from jiandu_desktop.ui.widgets.painted import Painted

_LEAST_FIGURE = 96
_BAR, _BETWEEN = 18.0, 3.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its words; tone "red" for what is late."""

    words: str
    value: str
    tone: str = "text"


@dataclass(frozen=True, slots=True)
class Group:
    """One place in the chart with its two figures."""

    name: str
    first: int
    second: int


class FigureStrip(Painted):
    """Figures on one card, in as many lines as the width asks for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: tuple[Figure, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def figures(self) -> tuple[Figure, ...]:
        return self._figures

    def set_figures(self, figures: Sequence[Figure]) -> None:
        self._figures = tuple(figures)
        words = self.tr("{words} {value}")
        self.setAccessibleName("，".join(words.format(words=each.words, value=each.value) for each in figures))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lines(width) * self.px(58) + self.px(14)

    def sizeHint(self) -> QSize:
        return QSize(self.px(600), self.heightForWidth(self.width() or self.px(600)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.px(200), self.px(72))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        paint.rounded(painter, self.area(), RADIUS_CARD, "surface", "line")
        in_line = self._in_line(self.width())
        room = (self.width() - self.px(32)) / max(1, in_line)
        for place, figure in enumerate(self._figures):
            left = self.px(16) + room * (place % in_line)
            top = self.px(9) + self.px(58) * (place // in_line)
            value = QRectF(left, top, room - 8, self.px(30))
            paint.text(painter, value, figure.value, figure.tone, SIZE_TITLE, bold=True)
            paint.text(
                painter, QRectF(left, top + self.px(30), room - 8, self.px(20)), figure.words, "text2", SIZE_META
            )
        painter.end()

    def _in_line(self, width: int) -> int:
        fits = max(1, (width - self.px(32)) // self.px(_LEAST_FIGURE))
        count = max(1, len(self._figures))
        lines = -(-count // fits)
        return -(-count // lines)

    def _lines(self, width: int) -> int:
        return -(-len(self._figures) // self._in_line(width)) if self._figures else 1


class CountChart(Painted):
    """Two bars per group over a common ground: the first an outline, the second filled, each with its figure above."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[Group, ...] = ()
        self._legend = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def groups(self) -> tuple[Group, ...]:
        return self._groups

    def set_groups(self, groups: Sequence[Group], legend: tuple[str, str]) -> None:
        self._groups, self._legend = tuple(groups), legend
        said = self.tr("{name}：{first} {one}，{second} {other}")
        told = [
            said.format(name=each.name, first=legend[0], one=each.first, second=legend[1], other=each.second)
            for each in groups
        ]
        self.setAccessibleName(self.tr("{first}和{second}的柱形图").format(first=legend[0], second=legend[1]))
        self.setAccessibleDescription("；".join(told))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.px(600), self.px(196))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.px(200), self.px(196))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._told_at(event.pos().x()), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        paint.rounded(painter, self.area(), RADIUS_CARD, "surface", "line")
        self._paint_legend(painter)
        ground = QRectF(self.px(16), self.px(40), self.width() - self.px(32), self.height() - self.px(40) - self.px(34))
        paint.hairline(painter, ground.left(), ground.right(), ground.bottom(), "line2")
        if self._groups:
            self._paint_groups(painter, ground)
        painter.end()

    def _paint_legend(self, painter: QPainter) -> None:
        left = float(self.px(16))
        for place, word in enumerate(self._legend):
            mark = QRectF(left, self.px(14), self.px(12), self.px(12))
            self._bar(painter, mark, place)
            words = QRectF(mark.right() + 6, self.px(9), self.px(160), self.px(22))
            left = words.left() + paint.text(painter, words, word, "text2", SIZE_META) + self.px(20)

    def _paint_groups(self, painter: QPainter, ground: QRectF) -> None:
        most = max(1, *(max(each.first, each.second) for each in self._groups))
        room = ground.width() / len(self._groups)
        bar = min(float(self.px(_BAR)), max(1.0, (room - 6) / 2 - _BETWEEN))
        figures = room >= self.px(44)
        longest = max(paint.text_width(each.name, SIZE_META) for each in self._groups)
        # Where names have no room, every second, third … is written.
        every = max(1, round(min(longest, self.px(84)) / max(1.0, room - 4) + 0.49))
        full = ground.height() - self.px(18)
        for place, group in enumerate(self._groups):
            middle = ground.left() + room * (place + 0.5)
            for side, value in enumerate((group.first, group.second)):
                height = full * value / most
                left = middle - bar - _BETWEEN / 2 if side == 0 else middle + _BETWEEN / 2
                area = QRectF(left, ground.bottom() - height, bar, height)
                if value:
                    self._bar(painter, area, side)
                if figures:
                    above = QRectF(left - 14, area.top() - self.px(18), bar + 28, self.px(17))
                    paint.text(painter, above, str(value), "text" if value else "text3", SIZE_META, align="center")
            if place % every == 0:
                width = room * every - 4
                name = QRectF(middle - width / 2, ground.bottom() + self.px(6), width, self.px(20))
                paint.text(painter, name, group.name, "text2", SIZE_META, align="center", middle=True)

    def _bar(self, painter: QPainter, area: QRectF, side: int) -> None:
        if side == 0:
            paint.rounded(painter, area, 2, "caution_soft", "caution")
        else:
            paint.rounded(painter, area, 2, "accent")

    def _told_at(self, x: int) -> str:
        if not self._groups:
            return ""
        room = (self.width() - self.px(32)) / len(self._groups)
        group = self._groups[min(len(self._groups) - 1, max(0, int((x - self.px(16)) / room)))]
        words = self.tr("{name}：{first} {one}，{second} {other}")
        return words.format(
            name=group.name, first=self._legend[0], one=group.first, second=self._legend[1], other=group.second
        )
