"""What a repeat shown as a table has beside its cells: the names of the columns, and the end of each line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_META
from jiandu_desktop.ui.questions.wrapping import paint_lines, wrapped
from jiandu_desktop.ui.widgets.buttons import IconButton
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.wizard.entries import Entry
from jiandu_desktop.ui.wizard.row_words import CELL_GAP, LEFT, RIGHT

END_WIDTH = 44
"""Room at the end of each line for the button that takes it away."""

_LINE, _ROOM = 18, 16


class TableHeads(Painted):
    """The columns' names, in as many lines as the longest takes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._heads: tuple[str, ...] = ()

    def show_entry(self, entry: Entry) -> None:
        self._heads = entry.heads
        self.setAccessibleName("、".join(entry.heads))
        self.update()

    def fit(self, width: int) -> int:
        most = max((len(lines) for lines in self._lines(width)), default=1)
        return most * self.px(_LINE) + self.px(_ROOM)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = self.painter()
        each = self._each(self.width())
        for place, lines in enumerate(self._lines(self.width())):
            area = QRectF(LEFT + place * each, 0, each - CELL_GAP, self.height())
            paint_lines(painter, area, lines, self.px(_LINE), "text2", SIZE_META, bold=True)
        paint.hairline(painter, LEFT, self.width() - RIGHT, self.height() - 1)
        painter.end()

    def _lines(self, width: int) -> list[list[str]]:
        return [wrapped(head, self._each(width) - CELL_GAP, SIZE_META, bold=True) for head in self._heads]

    def _each(self, width: int) -> float:
        return (width - LEFT - RIGHT - self.px(END_WIDTH)) / max(len(self._heads), 1)


class TableEnd(QWidget):
    """The end of a line: the button that takes it away, where the form allows it."""

    remove_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ref = ""
        self._button = IconButton("trash-2", self.tr("删除这一行"), self)
        self._button.clicked.connect(self._clicked)

    def show_entry(self, entry: Entry) -> None:
        self._ref = entry.ref
        self._button.setVisible(entry.removable)
        self._button.setAccessibleName(self.tr("删除：{}").format(entry.label))

    def fit(self, width: int) -> int:
        size = self._button.sizeHint()
        row = theme().tokens.item_row
        self._button.setGeometry(width - size.width(), (row - size.height()) // 2, size.width(), size.height())
        return row

    @Slot()
    def _clicked(self) -> None:
        self.remove_wanted.emit(self._ref)
