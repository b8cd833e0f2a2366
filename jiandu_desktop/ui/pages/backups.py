"""备份: the copies there are, whether each can be opened, and the way back to one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from jiandu_desktop.services.upkeep import BackupLine
from jiandu_desktop.ui.pages.settings_form import FormCard
from jiandu_desktop.ui.pages.sync_card import megabytes
from jiandu_desktop.ui.widgets.buttons import Button, Link
from jiandu_desktop.ui.widgets.text import Hairline, Label, Prose

MOST_BACKUPS = 20


class BackupsCard(FormCard):
    """A list that is filled when a lane has read it; what a check of each copy found comes after."""

    backup_wanted = Signal()
    open_wanted = Signal()
    restore_wanted = Signal(object)
    """The `BackupLine` to go back to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("BackupsCard", "备份"), parent)
        self.now = Button(self.tr("现在备份"), icon="save")
        self.now.clicked.connect(self.backup_wanted)
        self.open_folder = Button(self.tr("打开备份文件夹"))
        self.open_folder.clicked.connect(self.open_wanted)
        self.add_row(
            self.tr("数据库备份"),
            (self.now, self.open_folder),
            self.tr("每天第一次打开时和程序升级前自动备份；一周内的全留，两个月内每周留一份，更早的每月留一份。"),
        )
        self._list = QGridLayout()
        self._list.setHorizontalSpacing(16)
        self._list.setVerticalSpacing(6)
        self._list.setColumnStretch(3, 1)
        self.column.addWidget(Hairline())
        self.column.addLayout(self._list)
        words = self.tr("备份里是记录、问题和文书登记；照片和文书原件另存在资料夹里，恢复时不动。")
        self.column.addWidget(Prose(words, size=12, tone="text2"))
        self.lines: tuple[BackupLine, ...] = ()
        self.links: dict[Path, Link] = {}
        self._verdicts: dict[Path, Label] = {}

    def show_backups(self, lines: Sequence[BackupLine]) -> None:
        """The copies, the newest first."""
        self.lines = tuple(lines)
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.links, self._verdicts = {}, {}
        if not lines:
            self._list.addWidget(Label(self.tr("还没有备份"), tone="text2"), 0, 0)
        for row, line in enumerate(lines[:MOST_BACKUPS]):
            restore = Link(self.tr("恢复到这份…"))
            restore.setAccessibleName(self.tr("恢复到 {} 的备份").format(f"{line.at:%Y-%m-%d %H:%M}"))
            restore.clicked.connect(lambda _=False, line=line: self.restore_wanted.emit(line))
            verdict = Label("", tone="text2")
            self.links[line.path], self._verdicts[line.path] = restore, verdict
            when = Label(f"{line.at:%Y-%m-%d %H:%M}")
            when.setToolTip(line.path.name)
            self._list.addWidget(when, row, 0)
            self._list.addWidget(Label(megabytes(line.size), tone="text2"), row, 1)
            self._list.addWidget(Label(self.reason_words(line.reason), tone="text2"), row, 2)
            self._list.addWidget(verdict, row, 3)
            self._list.addWidget(restore, row, 4)

    def show_checks(self, faults: Mapping[Path, str]) -> None:
        """What opening each copy found: "" is a good one."""
        for path, fault in faults.items():
            label = self._verdicts.get(path)
            if label is None:
                continue
            label.setText(self.tr("打不开，不能恢复") if fault else self.tr("打开核对过"))
            label.set_tone("caution" if fault else "text2")
            label.setToolTip(fault)
            self.links[path].setVisible(not fault)

    def reason_words(self, reason: str) -> str:
        """Why the copy was made."""
        known = {
            "daily": self.tr("每天"),
            "by-hand": self.tr("手动"),
            "before-restore": self.tr("恢复以前"),
            "before-moving": self.tr("搬家以前"),
        }
        return known.get(reason, self.tr("升级以前") if reason.startswith("before-step") else reason)
