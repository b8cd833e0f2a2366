"""A warning over the window: a sentence that stays until it is closed.

WarningStrip(window)     show_text(text) · text()
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.tokens import RADIUS_CONTROL
from jiandu_desktop.ui.widgets.buttons import IconButton
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.widgets.text import Prose


class WarningStrip(Painted):
    """Icon, sentence and a cross, at the top of the window; the page below stays usable."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._words = Prose(tone="caution", parent=self)
        close = IconButton("x", self.tr("关闭"))
        close.clicked.connect(self.hide)
        self._row = row = QHBoxLayout(self)
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()
        window.installEventFilter(self)

    def show_text(self, text: str) -> None:
        """Says it, in place of whatever stood there."""
        self._words.set_text(text)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()

    def text(self) -> str:
        return self._words.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        paint.rounded(painter, self.area(), RADIUS_CONTROL, "caution_soft", "caution_line")
        paint.icon(painter, "triangle-alert", 14, 28, 20, "caution")
        painter.end()

    def _place(self) -> None:
        width = min(760, self._window.width() - 48)
        words = self._words.heightForWidth(width - 46 - 8 - 12 - 36)
        height = max(words + 20, 56)
        self._row.setContentsMargins(46, (height - words) // 2, 8, (height - words) // 2)
        self.setGeometry((self._window.width() - width) // 2, 16, width, height)
