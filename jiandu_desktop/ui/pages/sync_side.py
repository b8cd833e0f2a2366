"""What stands beside and above the lists of 同步: the folder, files that were refused, the way over a stick."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from jiandu_desktop.services.exchange import FolderReport, RefusedFile
from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.tokens import SIZE_TEXT
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.page import Card
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.widgets.text import Label, Prose


class FolderCard(Card):
    """The shared folder: where it is, what it can do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = Prose()
        self._able = Prose(tone="text2")
        self._able.hide()
        self.choose = Button(self.tr("选择文件夹…"), icon="folder")
        self.try_out = Button(self.tr("试一试"))
        self.try_out.setToolTip(self.tr("看看这个文件夹能不能读写、还剩多少空间"))
        self.column.addLayout(_heading("folder", self.tr("共享文件夹")))
        for widget in (self._path, self._able):
            self.column.addWidget(widget)
        keys = QHBoxLayout()
        keys.setSpacing(8)
        keys.addWidget(self.choose)
        keys.addWidget(self.try_out)
        keys.addStretch(1)
        self.column.addSpacing(4)
        self.column.addLayout(keys)

    def show_folder(self, path: str) -> None:
        words = path or self.tr("还没有选。可以是单位的共享盘、网盘文件夹或U盘上的文件夹。")
        self._path.set_text(words, "text" if path else "text2")
        self.try_out.setEnabled(bool(path))

    @Slot(object)
    def show_report(self, report: FolderReport) -> None:
        """What the folder can do, in a sentence."""
        self._able.set_text(report.sentence)
        self._able.show()

    def words(self) -> str:
        return self._able.text()

    def set_busy(self, busy: bool) -> None:
        self.choose.setEnabled(not busy)
        self.try_out.setText(self.tr("正在试…") if busy else self.tr("试一试"))


class RefusedCard(Card):
    """Files of the folder that were not taken in, each with its reason."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = Label(role="strong")
        self.column.addLayout(_heading("triangle-alert", self._heading, "caution"))
        self._lines = QGridLayout()
        self._lines.setVerticalSpacing(8)
        self.column.addLayout(self._lines)

    def show_files(self, files: tuple[RefusedFile, ...]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.setVisible(bool(files))
        self._heading.setText(self.tr("有 {} 个文件没有读入").format(len(files)))
        for row, each in enumerate(files):
            self._lines.addWidget(Prose(each.reason), row, 0)


class StickCard(Card):
    """没有网络也能交."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.save = Button(self.tr("存到U盘"), icon="usb")
        self.read = Button(self.tr("从U盘读入"))
        self.column.addLayout(_heading("cloud-off", self.tr("没有网络也能交")))
        words = self.tr("存到U盘带回督导室，读入后同样给回执。空U盘也可以用，请选一个专用的文件夹。")
        self.column.addWidget(Prose(words, tone="text2"))
        keys = QHBoxLayout()
        keys.setSpacing(8)
        keys.addWidget(self.save)
        keys.addWidget(self.read)
        keys.addStretch(1)
        self.column.addSpacing(4)
        self.column.addLayout(keys)


def _heading(icon: str, words: str | Label, color: str = "text2") -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(_Mark(icon, color))
    row.addWidget(Label(words, role="strong") if isinstance(words, str) else words, 1)
    return row


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

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
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
        paint.text(painter, self.area(), self._text, "text2", SIZE_TEXT, middle=True)
        painter.end()
