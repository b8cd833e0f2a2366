"""Bars that say how far something is; the words beside them carry the meaning.

ProgressLine(share=0.0, width=0, height=5, parent=None)   set_share(0…1); width 0 = takes what it gets
SyncStageBar(stages: Sequence[str], parent=None)          one segment per stage: 打包, 上传, 督导室读回, 核对一致
  set_stage(number, share=0.0, notes: Sequence[str]=())   stages before `number` are done; len(stages) = all done
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.tokens import SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.widgets.painted import Painted


class ProgressLine(Painted):
    """A bar with round ends."""

    def __init__(self, share: float = 0.0, width: int = 0, height: int = 5, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = share
        self._width = width
        self._height = height
        across = QSizePolicy.Policy.Fixed if width else QSizePolicy.Policy.Expanding
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)

    def share(self) -> float:
        return self._share

    def set_share(self, share: float) -> None:
        """How much is done, 0…1."""
        self._share = min(1.0, max(0.0, share))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.px(self._width) if self._width else self.px(120), self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        paint.bar(painter, self.area(), self._share)
        painter.end()


class SyncStageBar(Painted):
    """The stages of a sync side by side: a bar each, below it mark, name and note."""

    def __init__(self, stages: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages = tuple(stages)
        self._notes: tuple[str, ...] = ()
        self._current = 0
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_stage(self, number: int, share: float = 0.0, notes: Sequence[str] = ()) -> None:
        """Stage `number` (0…) is under way and done for `share`; `notes` stand behind the stages' names."""
        self._current = number
        self._share = share
        self._notes = tuple(notes)
        name = self._stages[number] if number < len(self._stages) else self._stages[-1]
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.px(480), self.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        gap = 12
        count = len(self._stages)
        width = (self.width() - gap * (count - 1)) / count
        middle = self.px(24)
        for number, stage in enumerate(self._stages):
            left = number * (width + gap)
            share = 1.0 if number < self._current else self._share if number == self._current else 0.0
            paint.bar(painter, QRectF(left, 0, width, 6), share)
            now = number == self._current
            size = self.px(14)
            if number < self._current:
                paint.icon(painter, "check", left, middle, size, "accent")
            else:
                center = QRectF(left, middle - size / 2, size, size).center()
                paint.dot(painter, center, 10, "accent" if now else None, None if now else "line2")
            left += self.px(20)
            right = (number + 1) * (width + gap) - gap
            area = QRectF(left, middle - 12, right - left, 24)
            left += paint.text(painter, area, stage, "text" if number <= self._current else "text2", SIZE_TEXT, now)
            if number < len(self._notes) and right - left > 24:
                area = QRectF(left + 8, middle - 12, right - left - 8, 24)
                paint.text(painter, area, self._notes[number], "text2", SIZE_META)
        painter.end()
