"""One contradiction: its values side by side with who wrote them, a third one where it makes sense, and the reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from jiandu_desktop.services.conflicts import ConflictLine, ConflictView
from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.tokens import RADIUS_CONTROL
from jiandu_desktop.ui.pages import conflict_words as words
from jiandu_desktop.ui.widgets.buttons import Button, Link
from jiandu_desktop.ui.widgets.notices import InlineNotice
from jiandu_desktop.ui.widgets.page import Card
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.widgets.text import Label, Prose

SHORT = 12
"""Characters of a value that is shown large."""


class ValueTile(Painted):
    """One value; the whole tile chooses it."""

    read_wanted = Signal()

    def __init__(self, title: str, value: str, writer: str, link: str = "", editable: bool = False) -> None:
        super().__init__()
        self.radio = QRadioButton(title)
        self.radio.setAccessibleName(f"{title} {value} {writer}")
        self.radio.toggled.connect(self.update)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(4)
        column.addWidget(self.radio)
        self.field = QLineEdit(self)
        self.field.setAccessibleName(value)
        self.field.setPlaceholderText(value)
        self.field.textEdited.connect(self._choose)
        self.field.setVisible(editable)
        if editable:
            column.addWidget(self.field)
        else:
            column.addWidget(Prose(value, size=18 if len(value) <= SHORT else 14, bold=len(value) <= SHORT))
        if writer:
            column.addWidget(Prose(writer, size=12, tone="text2"))
        if link:
            read = Link(link, size=12)
            read.clicked.connect(self.read_wanted)
            row = QHBoxLayout()
            row.addWidget(read)
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.radio.isEnabled():
            self.radio.setChecked(True)
            self.radio.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        chosen = self.radio.isChecked()
        fill, edge = ("accent_soft", "accent") if chosen else ("surface", "line")
        paint.rounded(painter, self.area(), RADIUS_CONTROL, fill, edge)
        painter.end()

    @Slot()
    def _choose(self) -> None:
        self.radio.setChecked(True)


class ConflictCard(Card):
    """Chooses nothing by itself: without a choice and a reason nothing can be decided."""

    decided = Signal(str, object, str)
    """The contradiction, the value as it travels, the reason."""

    record_wanted = Signal(str)

    def __init__(self, view: ConflictView, line: ConflictLine, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        heading = Label(line.about, role="strong")
        heading.setWordWrap(True)
        self.column.addWidget(heading)
        told = [words.kind_words(line.kind), words.field_words(line)]
        self.column.addWidget(Label("・".join(part for part in told if part), tone="text2"))
        self.tiles: list[ValueTile] = []
        self._group = QButtonGroup(self)
        self._lay_tiles(view, line, now)
        self.notice = InlineNotice("")
        self.notice.hide()
        self.reason = QLineEdit(self)
        self.reason.setPlaceholderText(self.tr("为什么这样定（会记入历史，各台电脑都看得到）"))
        self.reason.setAccessibleName(self.tr("理由"))
        self.settle = Button(self.tr("按选中的定"), "primary", "check", parent=self)
        self.settle.setEnabled(False)
        self.settle.clicked.connect(self._settle)
        self.reason.textChanged.connect(self._refresh)
        self.reason.returnPressed.connect(self.settle.click)
        self._group.buttonToggled.connect(self._refresh)
        self._close(line)

    def _lay_tiles(self, view: ConflictView, line: ConflictLine, now: datetime) -> None:
        link = self.tr("看这份记录") if line.kind == words.REVISED_TWICE else ""
        for number, value in enumerate(line.values):
            shown = words.value_words(view, line, value.value)
            # The two sides of a changed assignment were told by one operation: whose it is stands in the title.
            writer = "" if line.kind == words.REASSIGNED else words.writer_words(value, now)
            tile = ValueTile(words.place_words(view, line, number), shown, writer, link)
            tile.read_wanted.connect(lambda visit=str(value.value): self.record_wanted.emit(visit))
            self.tiles.append(tile)
        if line.mine and words.may_be_written(line):
            hint = self.tr("如 2026-12-10") if line.field == "due" else self.tr("合起来怎么写")
            self.tiles.append(ValueTile(self.tr("都不用，另写一个"), hint, "", editable=True))
        grid = QGridLayout()
        grid.setSpacing(12)
        for number, tile in enumerate(self.tiles):
            tile.radio.setEnabled(line.mine)
            self._group.addButton(tile.radio, number)
            grid.addWidget(tile, number // 3, number % 3)
            grid.setColumnStretch(number % 3, 1)
        self.column.addLayout(grid)

    def _close(self, line: ConflictLine) -> None:
        """The last row: what holds meanwhile, and the key, or who decides."""
        meanwhile = self.tr("定下以前按第一个显示；两个值都留着，没有丢。")
        if line.kind == words.REVISED_TWICE:
            meanwhile = self.tr("两份修订都留着，没有丢。")
        elif line.kind == words.NUMBERED_TWICE:
            meanwhile = self.tr("两份文书都留着。定下哪一份用这个文号，再到文书登记簿把另一份作废、重新出具。")
        elif line.kind == words.REASSIGNED:
            meanwhile = self.tr("已完成的督导照样有效、照样上交。")
        elif line.field == "state":
            meanwhile = self.tr("定下以前按没有销号的算；两边的经过都留着。")
        self.column.addWidget(self.notice)
        if not line.mine:
            self.column.addWidget(InlineNotice(meanwhile + self.tr("由督导室来定，定了以后同步就能看到。"), "info"))
            self.reason.hide()
            self.settle.hide()
            return
        self.column.addWidget(Prose(meanwhile, size=12, tone="text2"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.reason, 1)
        row.addWidget(self.settle)
        self.column.addLayout(row)

    def say(self, text: str) -> None:
        """Why it was not decided."""
        self.notice.set(text, "caution")
        self.notice.show()

    @Slot()
    def _refresh(self) -> None:
        self.settle.setEnabled(self._group.checkedId() >= 0 and bool(self.reason.text().strip()))

    @Slot()
    def _settle(self) -> None:
        chosen = self._group.checkedId()
        if chosen < len(self.line.values):
            value: Any = self.line.values[chosen].value
        else:
            try:
                value = words.typed_value(self.line.field, self.tiles[chosen].field.text())
            except ValueError:
                date_wanted = self.line.field == "due"
                self.say(self.tr("请写成 2026-12-10 这样的日期。") if date_wanted else self.tr("请先写上内容。"))
                self.tiles[chosen].field.setFocus()
                return
        self.decided.emit(self.line.id, value, self.reason.text().strip())
