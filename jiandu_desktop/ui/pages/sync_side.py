"""What stands beside the lists of 同步: what is in dispute, what was refused or given up, the way over a stick."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jiandu_desktop.services.exchange import RefusedFile
from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.tokens import SIZE_TEXT
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.page import Card
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.widgets.text import Label, Prose

MOST_FILES = 12
"""Refused files that are told one by one."""


class RefusedCard(Card):
    """Files that were not taken in, each with its reason and what to do: here, and by the office of this computer's."""

    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told: list[str] = []
        self._heading = Label(role="strong")
        self.column.addLayout(heading("triangle-alert", self._heading, "caution"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.column.addLayout(self._lines)
        self.check = Button(self.tr("重新检查"), icon="refresh-cw")
        self.check.setToolTip(self.tr("再同步一次，把这些文件重新读一遍"))
        self.check.clicked.connect(self.again)
        row = QHBoxLayout()
        row.addWidget(self.check)
        row.addStretch(1)
        self.column.addLayout(row)

    def show_files(self, files: Sequence[RefusedFile], told_by_office: Sequence[RefusedFile] = ()) -> None:
        """Nothing to tell hides the card."""
        empty(self._lines)
        self._told = [each.reason for each in (*files[:MOST_FILES], *told_by_office[:MOST_FILES])]
        self.setVisible(bool(files or told_by_office))
        count = len(files) + len(told_by_office)
        self._heading.setText(self.tr("有 {} 个文件没有读入").format(count))
        for each in files[:MOST_FILES]:
            self._lines.addWidget(Prose(each.reason))
        if told_by_office:
            self._lines.addWidget(Label(self.tr("督导室没有采用的本机文件"), role="label"))
        for each in told_by_office[:MOST_FILES]:
            self._lines.addWidget(Prose(each.reason))
        hidden = count - min(len(files), MOST_FILES) - min(len(told_by_office), MOST_FILES)
        if hidden:
            self._lines.addWidget(Label(self.tr("还有 {} 个").format(hidden), role="meta"))

    def words(self) -> str:
        """All reasons that are told."""
        return "\n".join(self._told)


class DisputesCard(Card):
    """两边不同: how many, whose turn it is, and the way there."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = Label(role="strong")
        self._words = Prose(tone="text2")
        self.open = Button(self.tr("看两边的内容"), icon="arrow-right")
        self.open.clicked.connect(self.opened)
        self.column.addLayout(heading("triangle-alert", self._heading, "caution"))
        self.column.addWidget(self._words)
        row = QHBoxLayout()
        row.addWidget(self.open)
        row.addStretch(1)
        self.column.addSpacing(4)
        self.column.addLayout(row)

    def show_count(self, mine: int, others: int) -> None:
        """Nothing in dispute hides the card."""
        self.setVisible(bool(mine or others))
        told = self.tr("{} 处两边不同，请您定").format(mine) if mine else self.tr("{} 处两边不同").format(others)
        self._heading.setText(told)
        words = self.tr("几台电脑各改了同一处。两个值都留着，由人来定，不按时间先后。")
        if others:
            words += self.tr("其中 {} 处由督导室定。").format(others) if mine else self.tr("由督导室定。")
        self._words.set_text(words)


class GivenUpCard(Card):
    """Old photos whose bytes only the office and the shared folder have."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Prose(tone="text2")
        self.column.addLayout(heading("camera", self.tr("仅在督导室的照片")))
        self.column.addWidget(self._words)

    def show_count(self, count: int) -> None:
        """None hides the card."""
        self.setVisible(bool(count))
        words = self.tr("{} 张旧照片督导室已确认，从本机腾出了空间。在记录里点开照片时，会从共享文件夹取回原件。")
        self._words.set_text(words.format(count))


class StickCard(Card):
    """没有网络也能交."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.save = Button(self.tr("存到U盘"), icon="usb")
        self.read = Button(self.tr("从U盘读入"))
        self.column.addLayout(heading("cloud-off", self.tr("没有网络也能交")))
        words = self.tr("存到U盘带回督导室，读入后同样给回执。空U盘也可以用，请选一个专用的文件夹。")
        self.column.addWidget(Prose(words, tone="text2"))
        keys = QHBoxLayout()
        keys.setSpacing(8)
        keys.addWidget(self.save)
        keys.addWidget(self.read)
        keys.addStretch(1)
        self.column.addSpacing(4)
        self.column.addLayout(keys)


def heading(icon: str, words: str | Label, color: str = "text2") -> QHBoxLayout:
    """The head of a card at the side."""
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(_Mark(icon, color))
    row.addWidget(Label(words, role="strong") if isinstance(words, str) else words, 1)
    return row


def empty(layout: QVBoxLayout) -> None:
    """Takes every widget out of a column."""
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()


class _Mark(Painted):
    def __init__(self, icon: str, color: str) -> None:
        super().__init__()
        self._icon, self._color = icon, color
        self.setFixedSize(20, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        paint.icon(painter, self._icon, 0, 10, 20, self._color)
        painter.end()


class Elided(Painted):
    """A line that gives way in its middle: a path's two ends tell it apart."""

    def __init__(self, *, strong: bool = False) -> None:
        super().__init__()
        self._text = ""
        self._strong = strong
        self.setMinimumWidth(80)
        self.setMinimumHeight(24)

    def set(self, text: str) -> None:
        self._text = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.update()

    def text(self) -> str:
        return self._text

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        tone = "text" if self._strong else "text2"
        paint.text(painter, self.area(), self._text, tone, SIZE_TEXT, bold=self._strong, middle=True)
        painter.end()
