"""The life of a problem as a line of steps.

TimeLine(parent=None)    set_steps(Sequence[TimeStep])
TimeStep(title, line="", date="", state="passed")   state: passed | back (sent back) | now | coming
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.tokens import SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.widgets.painted import Painted

_STEP = 44
_DOT = 12


@dataclass(frozen=True, slots=True)
class TimeStep:
    """One step: what, who did what, when; every round of 整改 and 复查 is a step of its own."""

    title: str
    line: str = ""
    date: str = ""
    state: str = "passed"


class TimeLine(Painted):
    """Steps from top to bottom, joined by a thread."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[TimeStep, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_steps(self, steps: Sequence[TimeStep]) -> None:
        self._steps = tuple(steps)
        self.setAccessibleName("; ".join(f"{s.date} {s.title} {s.line}" for s in steps))
        self.updateGeometry()
        self.update()

    def steps(self) -> tuple[TimeStep, ...]:
        return self._steps

    def sizeHint(self) -> QSize:
        return QSize(self.px(240), self.px(_STEP) * len(self._steps))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        for number in range(len(self._steps) - 1):
            self._paint_thread(painter, number)
        for number, step in enumerate(self._steps):
            self._paint_step(painter, number, step)
        painter.end()

    def _paint_thread(self, painter: QPainter, number: int) -> None:
        top = self._middle(number) + self.px(_DOT) / 2 + 2
        bottom = self._middle(number + 1) - self.px(_DOT) / 2 - 2
        reached = self._steps[number + 1].state != "coming"
        area = QRectF(self.px(8) - 0.75, top, 1.5, bottom - top)
        paint.rounded(painter, area, 0, "done" if reached else "line")

    def _paint_step(self, painter: QPainter, number: int, step: TimeStep) -> None:
        middle = self._middle(number)
        center = QPointF(self.px(8), middle)
        dot = self.px(_DOT)
        if step.state == "back":
            paint.dot(painter, center, dot + 3, "surface", "caution")
            size = self.px(9)
            paint.icon(painter, "undo-2", center.x() - size / 2, middle, size, "caution")
        elif step.state == "now":
            paint.dot(painter, center, dot + 6, "accent_soft")
            paint.dot(painter, center, dot - 2, "accent")
        elif step.state == "coming":
            paint.dot(painter, center, dot - 1, "surface", "line2")
        else:
            paint.dot(painter, center, dot, "done")
        left = self.px(28)
        now = step.state == "now"
        color = {"back": "caution", "now": "accent", "coming": "text2"}.get(step.state, "text")
        top = number * self.px(_STEP)
        row = QRectF(left, top, self.width() - left, self.px(22))
        date_color = "caution" if now else "text2"
        taken = paint.text(painter, row, step.date, date_color, SIZE_META, now, align="right")
        paint.text(painter, row.adjusted(0, 0, -taken - 8, 0), step.title, color, SIZE_TEXT, now)
        line = QRectF(left, top + self.px(20), self.width() - left, self.px(18))
        paint.text(painter, line, step.line, "text2", SIZE_META)

    def _middle(self, number: int) -> float:
        return number * self.px(_STEP) + self.px(11)
