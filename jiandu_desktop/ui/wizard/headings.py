"""What stands between items: the sub-head of a group, the head of a repeated row, the button that adds one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.questions.wrapping import wrapped
from jiandu_desktop.ui.widgets.buttons import Button, Link
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.wizard.entries import Entry, EntryKind
from jiandu_desktop.ui.wizard.row_words import LEFT, META_LINE, RIGHT

_HEIGHT, _LINE, _STEP = 40, 22, 16
"""Height of a head of one line, of each further line, and how far a nested one is set in."""


class GroupHeading(Painted):
    """A group's words on a sunken ground; a repeated row can be taken away here."""

    remove_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: Entry | None = None
        self._lines: list[str] = []
        self._hint: list[str] = []
        self._remove: Link | None = None

    def show_entry(self, entry: Entry) -> None:
        self._entry = entry
        self.setAccessibleName(entry.label)
        if entry.kind is EntryKind.ROW and entry.removable and self._remove is None:
            self._remove = Link(self.tr("删除这一行"), parent=self)
            self._remove.clicked.connect(self._remove_clicked)
        if self._remove is not None:
            self._remove.setVisible(entry.removable)
            self._remove.setAccessibleName(self.tr("删除：{}").format(entry.label))
        self.update()

    def fit(self, width: int) -> int:
        first = self.px(_HEIGHT)
        if self._remove is not None:
            size = self._remove.sizeHint()
            self._remove.setGeometry(
                width - RIGHT - size.width(), (first - size.height()) // 2, size.width(), size.height()
            )
        entry = self._entry
        if entry is None:
            return first
        room = width - self._indent() - RIGHT - (self.px(90) if entry.removable else 0)
        self._lines = wrapped(entry.label, room, SIZE_TEXT, bold=True)
        self._hint = wrapped(entry.hint, room, SIZE_META) if entry.hint else []
        below = self.px(META_LINE) * len(self._hint)
        return first + self.px(_LINE) * (len(self._lines) - 1) + below

    def _indent(self) -> int:
        level = self._entry.level if self._entry is not None else 0
        return LEFT + _STEP * max(0, level - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._entry is None:
            return
        painter = self.painter()
        area = self.area()
        painter.fillRect(area.adjusted(0, 0, 0, -1), theme().color("sunken"))
        line = QRectF(self._indent(), 0, area.width() - self._indent() - RIGHT, self.px(_HEIGHT))
        for words in self._lines:
            paint.text(painter, line, words, "text2", SIZE_TEXT, bold=True)
            line.translate(0, self.px(_LINE))
        line = QRectF(line.left(), line.top() + self.px(6) - self.px(2), line.width(), self.px(META_LINE))
        for words in self._hint:
            paint.text(painter, line, words, "text2", SIZE_META)
            line.translate(0, self.px(META_LINE))
        paint.hairline(painter, LEFT, area.width() - RIGHT, area.height() - 1)
        painter.end()

    @Slot()
    def _remove_clicked(self) -> None:
        if self._entry is not None:
            self.remove_wanted.emit(self._entry.ref)


class RepeatFoot(QWidget):
    """增加一行, at the end of a repeat that may grow."""

    add_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ref = ""
        self._button = Button(self.tr("增加一行"), "", "plus")
        self._button.clicked.connect(self._clicked)
        self._row = row = QHBoxLayout(self)
        row.addWidget(self._button)
        row.addStretch(1)
        self.setFocusProxy(self._button)

    def show_entry(self, entry: Entry) -> None:
        self._ref = entry.ref
        self._row.setContentsMargins(LEFT + _STEP * max(0, entry.level - 1), 8, RIGHT, 8)
        self._button.setText(self.tr("增加：{}").format(entry.label) if entry.label else self.tr("增加一行"))
        self._button.updateGeometry()

    def fit(self, width: int) -> int:
        del width
        return self._button.sizeHint().height() + 16

    @Slot()
    def _clicked(self) -> None:
        self.add_wanted.emit(self._ref)
