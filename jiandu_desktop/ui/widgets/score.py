"""The score of a visit and what each section earned.

ScoreView(parent=None)        set_score(score: float | None, note="", caption="得分")
SectionBars(parent=None)      set_rows(Sequence[SectionScore]); signal chosen(int)  row number
VetoBox(parent=None)          set_veto(title, item, conclusion): stands beside the score
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.tokens import SIZE_META, SIZE_SCORE, SIZE_TEXT
from jiandu_desktop.ui.widgets.painted import Painted

_ROW = 25


@dataclass(frozen=True, slots=True)
class SectionScore:
    """One section: what it earned of its weight; `earned` None while nothing in it counts."""

    number: str
    name: str
    earned: float | None
    weight: float
    vetoed: bool = False


class ScoreView(Painted):
    """`86.4 / 100`, above it the caption, below it 暂计 while something is unanswered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._score: float | None = None
        self._note = ""
        self._caption = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_score(self, score: float | None, note: str = "", caption: str = "") -> None:
        """Shows a score of 100; None shows a dash."""
        self._score, self._note = score, note
        self._caption = caption or QCoreApplication.translate("ScoreView", "得分")
        self.setAccessibleName(f"{self._caption} {self._figure()} / 100 {note}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide = paint.text_width(self._figure(), SIZE_SCORE, True) + self.px(44)
        return QSize(round(max(wide, paint.text_width(self._note, SIZE_META) + 2, self.px(112))), self.px(86))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        width = self.width()
        paint.text(painter, QRectF(0, 0, width, self.px(14)), self._caption, "text2", SIZE_META)
        row = QRectF(0, self.px(20), width, self.px(40))
        x = paint.text(painter, row, self._figure(), "text", SIZE_SCORE, bold=True)
        behind = QRectF(x + self.px(9), self.px(24), width - x, self.px(40))
        paint.text(painter, behind, "/ 100", "text2", SIZE_TEXT)
        paint.text(painter, QRectF(0, self.px(65), width, self.px(18)), self._note, "text2", SIZE_META)
        painter.end()

    def _figure(self) -> str:
        return "—" if self._score is None else f"{self._score:.1f}"


class VetoBox(Painted):
    """Beside the score: which veto item was hit and what follows. The score itself is not dimmed by it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = ("", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_veto(self, title: str, item: str, conclusion: str) -> None:
        self._lines = (title, item, conclusion)
        self.setAccessibleName(" ".join(self._lines))
        self.setToolTip(item)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.px(240), self.px(86))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        paint.rounded(painter, self.area(), 6, "red_soft", "red_line")
        left = self.px(42)
        width = self.width() - left - 8
        paint.icon(painter, "octagon-minus", self.px(14), self.px(20), self.px(20), "red")
        paint.text(painter, QRectF(left, self.px(8), width, self.px(24)), self._lines[0], "red", bold=True)
        paint.text(painter, QRectF(left, self.px(31), width, self.px(24)), self._lines[1], "text")
        paint.text(painter, QRectF(left, self.px(54), width, self.px(22)), self._lines[2], "text2", SIZE_META)
        painter.end()


class SectionBars(Painted):
    """One bar per section: its length is the weight, its filling what was earned, the figure stands at the right."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[SectionScore, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_rows(self, rows: Sequence[SectionScore]) -> None:
        self._rows = tuple(rows)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.px(360), self.px(_ROW) * len(self._rows))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y()) // self.px(_ROW)
        if 0 <= row < len(self._rows):
            self.chosen.emit(row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        heaviest = max((row.weight for row in self._rows), default=1.0) or 1.0
        name_left = self.px(18)
        longest = max((paint.text_width(row.name) for row in self._rows), default=0.0)
        figures = self.px(92)
        name_width = min(longest, max(self.px(56), self.width() * 0.4))
        bar_left = name_left + name_width + self.px(22)
        full = max(40.0, self.width() - bar_left - figures)
        height = self.px(_ROW)
        for position, row in enumerate(self._rows):
            line = QRectF(0, position * height, self.width(), height)
            middle = line.center().y()
            paint.text(painter, line, row.number, "text2", SIZE_META)
            paint.text(painter, QRectF(name_left, line.top(), name_width, height), row.name, middle=True)
            length = full * row.weight / heaviest
            share = (row.earned or 0.0) / row.weight if row.weight else 0.0
            fill = "caution" if row.vetoed else "accent"
            paint.bar(painter, QRectF(bar_left, middle - 3, length, 6), share, fill)
            if row.vetoed:
                paint.icon(painter, "octagon-minus", bar_left + length + 8, middle, self.px(14), "red")
            earned = "—" if row.earned is None else f"{row.earned:.1f}"
            right = QRectF(self.width() - figures, line.top(), self.px(56), height)
            paint.text(painter, right, earned, "text", SIZE_TEXT, row.vetoed, align="right")
            paint.text(painter, line, f"/ {row.weight:g}", "text2", SIZE_META, align="right")
        painter.end()
