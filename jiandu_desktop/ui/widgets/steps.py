"""The progress of a problem in the ledger: five joined dots and the word.

StepDots(steps: Steps, parent=None)    set_steps(Steps)
Steps(current: int, word: str, total: int = 5)    current 0…total-1; total = all passed
draw(painter, rect, steps, faded=False, bold=False)  the same, for a delegate
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_TEXT
from jiandu_desktop.ui.widgets.painted import Painted

PITCH = 15


@dataclass(frozen=True, slots=True)
class Steps:
    """Where a problem stands: the number of steps passed, of `total`, and the state's word."""

    current: int
    word: str
    total: int = 5


def draw(painter: QPainter, rect: QRectF, steps: Steps, faded: bool = False, bold: bool = False) -> None:
    """Draws dots and word at the left of `rect`, vertically centred."""
    middle = rect.center().y()
    pitch = theme().px(PITCH)
    first = rect.left() + 4
    for number in range(steps.total - 1):
        left = first + number * pitch
        color = "done" if number < steps.current else "line2"
        paint.rounded(painter, QRectF(left, middle - 0.75, pitch, 1.5), 0, color)
    for number in range(steps.total):
        center = QPointF(first + number * pitch, middle)
        if number < steps.current:
            paint.dot(painter, center, 7, "done")
        elif number == steps.current:
            paint.dot(painter, center, 10, "accent")
        else:
            paint.dot(painter, center, 7, "surface", "line2", 1)
    left = first + (steps.total - 1) * pitch + theme().px(17)
    word = QRectF(left, rect.top(), max(0.0, rect.right() - left), rect.height())
    paint.text(painter, word, steps.word, "text2" if faded else "text", SIZE_TEXT, bold)


def width(word: str, total: int = 5) -> float:
    """The room dots and word take."""
    return 4 + (total - 1) * theme().px(PITCH) + theme().px(17) + paint.text_width(word)


class StepDots(Painted):
    """The dots as a widget of their own."""

    def __init__(self, steps: Steps, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_steps(steps)

    def set_steps(self, steps: Steps) -> None:
        self._steps = steps
        self.setAccessibleName(steps.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(width(self._steps.word, self._steps.total)) + 2, self.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        draw(painter, self.area(), self._steps)
        painter.end()
