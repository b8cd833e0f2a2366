"""The place in the window of 接入 where the invitation is dropped, or pressed to be chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.tokens import RADIUS_CARD, SIZE_TEXT
from jiandu_desktop.ui.widgets.painted import Painted


class DropPlace(Painted):
    """A dashed place for the invitation: drop it here, or press to choose."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._file = ""
        self.setMinimumHeight(self.px(96))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("邀请文件"))

    def show_file(self, name: str) -> None:
        self._file = name
        self.setAccessibleDescription(name)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        area = self.area()
        paint.rounded(painter, area, RADIUS_CARD, "sunken", "line2", dashed=not self._file)
        words = self._file or self.tr("把邀请文件（.jdyq）拖到这里，或点这里选择")
        width = min(paint.text_width(words, SIZE_TEXT, bool(self._file)) + 30, area.width() - 32)
        left = (area.width() - width) / 2
        icon, tone = ("check", "accent") if self._file else ("file-text", "text2")
        paint.icon(painter, icon, left, area.center().y(), 20, tone)
        rest = area.adjusted(left + 30, 0, -16, 0)
        paint.text(painter, rest, words, "text", SIZE_TEXT, bool(self._file), middle=True)
        if self.hasFocus():
            paint.focus_ring(painter, area, RADIUS_CARD)
        painter.end()
