"""What could not be taken from a workbook, and what its reader did by itself: whole sentences, scrolled when many.

ToldLines(parent=None)   set_lines(refused, notices): hidden while there is nothing to say
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from jiandu_desktop.ui.look import icons
from jiandu_desktop.ui.look.theme import theme

_LINES_SHOWN = 4


class ToldLines(QListWidget):
    """A list to be read; each line has its mark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setAccessibleName(self.tr("没有采用的行和说明"))
        self.hide()

    def set_lines(self, refused: Sequence[str], notices: Sequence[str]) -> None:
        self.clear()
        size = theme().px(16)
        self.setIconSize(QSize(size, size))
        for name, tone, lines in (("circle-x", "caution", refused), ("info", "text2", notices)):
            mark = icons.icon(name, tone)
            for line in lines:
                self.addItem(QListWidgetItem(mark, line))
        self.setVisible(self.count() > 0)
        self.setFixedHeight(theme().px(30) * min(_LINES_SHOWN, max(1, self.count())) + 8)

    def lines(self) -> list[str]:
        """The sentences as they stand."""
        return [self.item(row).text() for row in range(self.count())]
