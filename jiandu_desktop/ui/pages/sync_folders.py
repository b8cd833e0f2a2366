"""The shared folders of 同步: which is used, when each was last met, what it can do; and what a check of one found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jiandu_desktop.services.exchange import FolderReport
from jiandu_desktop.services.shared_folders import SharedFolder
from jiandu_desktop.ui.pages.sync_side import Elided, empty, heading
from jiandu_desktop.ui.pages.words import join, moment_words
from jiandu_desktop.ui.widgets.buttons import Button, IconButton, Link
from jiandu_desktop.ui.widgets.page import Card
from jiandu_desktop.ui.widgets.segmented import Segmented
from jiandu_desktop.ui.widgets.text import Hairline, Label, Prose


class FolderCard(Card):
    """The folders of the office that this computer knows; one of them is the folder of every day."""

    used = Signal(str)
    tried = Signal(str)
    forgotten = Signal(str)
    """The path of a folder: use it from now on, try it out, take it off the list."""

    by_itself = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = Prose(self.tr("还没有选。可以是单位的共享盘、网盘文件夹或U盘上的文件夹。"), tone="text2")
        self._able = Prose(tone="text2")
        self._able.hide()
        self.choose = Button(self.tr("添加文件夹…"), icon="folder")
        self.try_out = Button(self.tr("检查文件夹"))
        self.try_out.setToolTip(self.tr("看看这个文件夹能不能读写、快不快、还剩多少空间，要请管理员改什么"))
        self.automatic = Segmented([("1", self.tr("自动同步")), ("0", self.tr("手动"))], "1")
        self.automatic.setAccessibleName(self.tr("文件夹出现时"))
        self.automatic.setToolTip(self.tr("插上U盘或连上单位网络时自己同步一次；填写督导记录时不会开始"))
        self.lines: dict[str, FolderLine] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.column.addLayout(heading("folder", self.tr("共享文件夹")))
        self.column.addWidget(self._empty)
        self.column.addLayout(self._rows)
        self.column.addWidget(self._able)
        keys = QHBoxLayout()
        keys.setSpacing(8)
        keys.addWidget(self.choose)
        keys.addWidget(self.try_out)
        keys.addStretch(1)
        self.column.addSpacing(4)
        self.column.addLayout(keys)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Label(self.tr("文件夹出现时"), tone="text2"))
        row.addWidget(self.automatic)
        row.addStretch(1)
        self.column.addLayout(row)
        self.automatic.chosen.connect(lambda value: self.by_itself.emit(value == "1"))

    def show_folders(self, folders: Sequence[SharedFolder], now: datetime, *, automatic: bool) -> None:
        """The list as it stands."""
        empty(self._rows)
        self.automatic.set_value("1" if automatic else "0")
        self._empty.setVisible(not folders)
        self.try_out.setEnabled(any(each.in_use for each in folders))
        self.lines = {}
        for number, each in enumerate(folders):
            if number:
                self._rows.addWidget(Hairline())
            line = FolderLine(each, now)
            line.use.clicked.connect(lambda _=False, path=each.path: self.used.emit(path))
            line.check.clicked.connect(lambda _=False, path=each.path: self.tried.emit(path))
            line.forget.clicked.connect(lambda _=False, path=each.path: self.forgotten.emit(path))
            self.lines[each.path] = line
            self._rows.addWidget(line)

    @Slot(object)
    def show_report(self, report: FolderReport) -> None:
        """What the folder can do, in a sentence."""
        self._able.set_text(report.sentence)
        self._able.show()

    def words(self) -> str:
        return self._able.text()

    def set_busy(self, busy: bool) -> None:
        self.choose.setEnabled(not busy)
        self.try_out.setEnabled(not busy and bool(self.lines))
        self.try_out.setText(self.tr("正在检查…") if busy else self.tr("检查文件夹"))


class FolderLine(QWidget):
    """One folder."""

    def __init__(self, folder: SharedFolder, now: datetime) -> None:
        super().__init__()
        self.path = Elided(strong=folder.in_use)
        self.path.set(folder.path)
        modes = {
            "rename": self.tr("可以正常读写"),
            "direct": self.tr("可以读写（不能改名）"),
            "read-only": self.tr("只能接收，不能上交"),
        }
        met = self.tr("还没有同步过")
        if folder.last is not None:
            met = self.tr("{} 同步过") if folder.complete else self.tr("{} 没有完成")
            met = met.format(moment_words(folder.last, now))
        self.facts = Label(join((met, modes.get(folder.mode, ""))), role="meta")
        # With a parent from the start: shown without one, it would be a window for a moment and take the keys away.
        self.use = Link(self.tr("改用这个"), size=12, parent=self)
        self.use.setVisible(not folder.in_use)
        self.check = Link(self.tr("检查"), size=12, parent=self)
        self.check.setVisible(not folder.in_use)
        self.forget = IconButton("x", self.tr("从列表里去掉（文件夹里的内容不动）"))
        top = QHBoxLayout()
        top.setSpacing(6)
        if folder.in_use:
            top.addWidget(Label(self.tr("在用"), role="strong", tone="accent"))
        top.addWidget(self.path, 1)
        top.addWidget(self.forget)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.facts)
        below.addStretch(1)
        below.addWidget(self.check)
        below.addWidget(self.use)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(top)
        column.addLayout(below)


class DoctorCard(Card):
    """What a check of a folder found, and what to ask the network administrator for, to be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.copy = Button(self.tr("复制给管理员"), icon="copy")
        self.copy.clicked.connect(self._copy)
        self.close_it = Button(self.tr("收起"))
        self.close_it.clicked.connect(self.hide)
        self.column.addLayout(heading("search", self.tr("检查结果")))
        self.column.addLayout(self._lines)
        keys = QHBoxLayout()
        keys.setSpacing(8)
        keys.addWidget(self.copy)
        keys.addWidget(self.close_it)
        keys.addStretch(1)
        self.column.addSpacing(4)
        self.column.addLayout(keys)
        self.hide()

    def show_diagnosis(self, path: str, findings: Sequence[str], requests: Sequence[str], *, usable: bool) -> None:
        """Findings first, then the requests."""
        empty(self._lines)
        verdict = self.tr("可以使用。") if usable else self.tr("现在不能用。")
        self._lines.addWidget(Prose(f"{path}\n{verdict}", tone="text" if usable else "caution"))
        for each in findings:
            self._lines.addWidget(Prose(f"・{each}", tone="text2"))
        asked = self.tr("要请网络管理员做的") if requests else self.tr("不用请管理员改什么。")
        self._lines.addWidget(Label(asked, role="label"))
        for each in requests:
            self._lines.addWidget(Prose(f"・{each}"))
        self._text = "\n".join([path, verdict, *findings, asked, *requests])
        self.copy.setText(self.tr("复制给管理员"))
        self.show()

    def words(self) -> str:
        return self._text

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self.copy.setText(self.tr("已复制"))
