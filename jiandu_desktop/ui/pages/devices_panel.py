"""Beside and below the list of computers: the one chosen, and an invitation for one more, as file, text and QR code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout

from jiandu_desktop.domain.inspector import Inspector
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.devices import DeviceLine
from jiandu_desktop.services.invitations import qr_png, text_of, write_qr
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.pages.panel import add_title
from jiandu_desktop.ui.pages.words import moment_words
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.page import Card, SidePanel
from jiandu_desktop.ui.widgets.text import Label, Prose

MODULE = 2
"""Pixels per module of the code on the screen: some 240 px in all, which a telephone reads from a hand's breadth."""


class DevicePanel(SidePanel):
    """One computer."""

    revoke_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._row: DeviceLine | None = None
        self.revoke = Button(self.tr("停用这台电脑…"), icon="lock")
        self.revoke.clicked.connect(self._revoke)
        self.foot.addWidget(self.revoke)
        self.revoke.hide()

    def show_device(self, row: DeviceLine | None, now: datetime) -> None:
        """Its facts; None for no choice."""
        self._row = row
        self.clear()
        self.revoke.setVisible(row is not None and not row.office and not row.revoked)
        if row is None:
            self.body.addWidget(Label(self.tr("选一台电脑"), tone="text2"))
            return
        add_title(self, row.person or self.tr("督导室"), row.device)
        waiting = self.tr("{} 份读到了，等照片到齐再确认").format(row.unconfirmed) if row.unconfirmed else ""
        self.add_facts(
            [
                (self.tr("读到"), moment_words(row.seen, now) if row.seen else self.tr("还没有")),
                (self.tr("写成"), moment_words(row.written, now) if row.written else ""),
                (self.tr("版本"), row.app_version),
                (self.tr("待确认"), waiting),
                (self.tr("缺文件"), str(row.missing_blobs) if row.missing_blobs else ""),
                (self.tr("原编号"), row.forked_from),
            ]
        )
        told = ""
        if row.revoked:
            told = self.tr("已停用：以前的记录照旧有效，以后的不再收。")
        elif not row.certified and not row.office:
            told = self.tr("拿着邀请接入了，下次同步时督导室自动确认。不认识这台电脑就停用它。")
        elif row.forked_from:
            told = self.tr("从备份恢复、搬家或整盘复制过，换了新编号继续。")
        if told:
            self.body.addWidget(Prose(told, size=12, tone="text2"))

    @Slot()
    def _revoke(self) -> None:
        if self._row is not None:
            self.revoke_wanted.emit(self._row)


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that was written."""

    path: Path
    text: str
    code: bytes


class InviteCard(Card):
    """Whom, and then the file, its text and its QR code."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._invited: Invited | None = None
        self.person = QComboBox()
        self.person.setAccessibleName(self.tr("邀请哪位督学"))
        self.person.setMinimumWidth(theme().px(180))
        self.write = Button(self.tr("写邀请文件…"), "primary", "plus")
        self.copy = Button(self.tr("复制邀请文字"), icon="copy")
        self.save = Button(self.tr("存二维码…"), icon="save")
        self.code = QLabel()
        self.code.setAccessibleName(self.tr("邀请的二维码"))
        self.words = Prose(
            self.tr("每台电脑一份邀请，90 天内有效，只能用一次。文件、文字、二维码是同一份邀请，交给本人即可。"),
            tone="text2",
        )
        keys = QHBoxLayout()
        keys.setSpacing(8)
        keys.addWidget(Label(self.tr("邀请"), role="strong"))
        keys.addWidget(self.person, 1)
        keys.addWidget(self.write)
        more = QHBoxLayout()
        more.setSpacing(8)
        more.addWidget(self.copy)
        more.addWidget(self.save)
        more.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(keys)
        left.addWidget(self.words)
        left.addLayout(more)
        left.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addLayout(left, 1)
        across.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(across)
        for widget in (self.copy, self.save, self.code):
            widget.hide()
        self.write.clicked.connect(self._choose)
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._save)

    def set_people(self, people: Sequence[Inspector]) -> None:
        """Who may be invited; the one chosen stays chosen."""
        chosen = self.person.currentData()
        self.person.clear()
        for each in people:
            self.person.addItem(f"{each.name}（{each.certificate}）" if each.certificate else each.name, each.id)
        self.person.setCurrentIndex(max(0, self.person.findData(chosen)))
        self.write.setEnabled(bool(people))

    @Slot()
    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("邀请文件存到哪个文件夹"))
        if chosen:
            self.write_into(Path(chosen))

    def write_into(self, folder: Path) -> None:
        """Writes the invitation of the person chosen into a folder and shows it as a code."""
        services, person_id = self._desk.services, str(self.person.currentData())

        def work(progress: Progress) -> Invited:
            progress.check()
            services.office.check()
            person = next(each for each in services.devices.people() if each.id == person_id)
            path = services.profile.invite(person, folder)
            return Invited(path, text_of(path), qr_png(path, MODULE))

        self._desk.tasks.run(Lane.FOLDER, work, done=self._written, failed=self._desk.messages.error)

    @Slot(object)
    def _written(self, invited: Invited) -> None:
        self._invited = invited
        picture = QPixmap()
        picture.loadFromData(invited.code)
        self.code.setPixmap(picture)  # as it is: a code that is scaled is read badly
        self.words.set_text(
            self.tr("已写好 {}。可以发文件，也可以让本人用手机扫二维码，把扫到的文字发到自己的电脑上粘贴。").format(
                invited.path
            )
        )
        for widget in (self.copy, self.save, self.code):
            widget.show()

    @Slot()
    def _copy(self) -> None:
        if self._invited is not None:
            QGuiApplication.clipboard().setText(self._invited.text)
            self._desk.messages.toast(self.tr("邀请文字已复制"))

    @Slot()
    def _save(self) -> None:
        if self._invited is None:
            return
        proposed = str(self._invited.path.with_suffix(".png"))
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("二维码存为"), proposed, self.tr("图片 (*.png)"))
        if chosen:
            self.save_code(Path(chosen))

    def save_code(self, path: Path) -> None:
        """The code as a picture, for printing or sending."""
        invited = self._invited
        if invited is None:
            return

        def work(progress: Progress) -> None:
            progress.check()
            write_qr(invited.path, path)

        self._desk.tasks.run(Lane.POOL, work, failed=self._desk.messages.error)
