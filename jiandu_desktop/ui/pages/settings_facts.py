"""Sections of 设置 that tell: 本机与单位, 字体, 数据与备份, 关于; filled when a lane has read what they say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from jiandu_desktop import __version__, paths
from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES
from jiandu_desktop.services.fonts import FontLine
from jiandu_desktop.services.joining import Profile
from jiandu_desktop.services.numbering import NumbersLeft
from jiandu_desktop.services.upkeep import BackupLine, DatabaseFacts
from jiandu_desktop.ui.pages.backups import BackupsCard
from jiandu_desktop.ui.pages.settings_form import FormCard, Section
from jiandu_desktop.ui.pages.sync_card import megabytes
from jiandu_desktop.ui.widgets.buttons import Button, Link
from jiandu_desktop.ui.widgets.notices import InlineNotice
from jiandu_desktop.ui.widgets.text import Label, Prose

FEW_NUMBERS = 10

LICENCES = (
    ("监督", "LICENSE"),
    ("Fandol 字体（GPL 3，带字体嵌入例外）", "resources/fonts/licences/Fandol-GPL-3.0.txt"),
    ("Fandol 说明", "resources/fonts/licences/Fandol-README.txt"),
    ("Noto 字体（OFL 1.1）", "resources/fonts/licences/Noto-OFL-1.1.txt"),
    ("花園明朝字体", "resources/fonts/licences/Hanazono.txt"),
    ("Lucide 图标（ISC）", "resources/icons/LICENSE-lucide.txt"),
)
"""Name and place of each licence that ships with the program."""


class UnitSection(Section):
    """Who this program is, and how many numbers it has left."""

    join_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.demo = InlineNotice(
            self.tr("现在打开的是演示单位，学校、督学和问题都是虚构的，可以放心试用。"),
            "info",
            self.tr("退出演示，接入本单位"),
        )
        self.demo.linked.connect(self.join_wanted)
        self.demo.hide()
        self._card = FormCard(self.tr("本机与单位"))
        self._facts = {
            key: self._card.add_text(label, "—")
            for key, label in (
                ("unit", self.tr("单位")),
                ("person", self.tr("督学")),
                ("area", self.tr("责任区")),
                ("device", self.tr("电脑编号")),
                ("state", self.tr("状态")),
            )
        }
        self._numbers = FormCard(self.tr("文号"))
        self._kinds: dict[str, Prose] = {
            kind.value: self._numbers.add_text(self.tr(name), "—") for kind, name in DOCUMENT_KIND_NAMES.items()
        }
        words = self.tr(
            "文号由督导室分段借给每台电脑，没有网络也不会重号。快用完时同步一次即可领到新的；用完后文书先用临时编号。"
        )
        self._numbers.column.addWidget(Prose(words, size=12, tone="text2"))
        for card in (self.demo, self._card, self._numbers):
            self.add(card)

    def show_profile(self, profile: Profile, numbers: Sequence[NumbersLeft]) -> None:
        person = profile.person
        named = f"{person.name}（{person.certificate}）" if person is not None and person.certificate else ""
        self._facts["unit"].set_text(profile.unit or self.tr("还没有接入单位"))
        self._facts["person"].set_text(named or (person.name if person is not None else "—"))
        self._facts["area"].set_text(profile.area or "—")
        self._facts["device"].set_text(profile.device or "—")
        state = self.tr("演示单位") if profile.is_demo else self.tr("已接入") if profile.joined else self.tr("未接入")
        self._facts["state"].set_text(state)
        self.demo.setVisible(profile.is_demo or not profile.joined)
        for each in numbers:
            words = self.tr("还有 {left} 个，下一个 {prefix}〔{year}〕{next}号").format(
                left=each.left, prefix=each.prefix, year=each.year, next=each.next
            )
            if not each.left:
                words = self.tr("{year} 年没有可用文号，请先同步；在此之前文书用临时编号").format(year=each.year)
            elif each.left <= FEW_NUMBERS:
                words += self.tr("，快用完了，请同步一次")
            if each.used:
                gone = self.tr("已用 {} 个").format(each.used)
                if each.voided:
                    gone = self.tr("已用 {used} 个（其中作废 {voided} 个）").format(used=each.used, voided=each.voided)
                words = self.tr("{gone}，{rest}").format(gone=gone, rest=words)
            self._kinds[each.kind.value].set_text(words, "caution" if each.left <= FEW_NUMBERS else "text")


class FontsCard(FormCard):
    """Role → font."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.column.takeAt(0)
        self.column.addWidget(Label(self.tr("文书字体"), role="heading"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 1)
        self.column.addLayout(self._grid)
        words = self.tr("先用本机装的方正小标宋、仿宋、楷体、黑体、宋体；没有的用程序自带的开源字体。")
        self.column.addWidget(Prose(words, size=12, tone="text2"))
        self.lines: tuple[FontLine, ...] = ()

    def show_fonts(self, lines: tuple[FontLine, ...]) -> None:
        self.lines = lines
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for row, line in enumerate(lines):
            origin = self.tr("程序自带") if line.bundled else self.tr("本机")
            name = Label(line.name)
            name.setToolTip(line.path)
            self._grid.addWidget(Label(line.role, role="label"), row, 0)
            self._grid.addWidget(name, row, 1)
            self._grid.addWidget(Label(origin, tone="text2"), row, 2)


class DataSection(Section):
    """The database, the folder, the copies."""

    backup_wanted = Signal()
    restore_wanted = Signal(object)
    """The `BackupLine` to go back to."""

    folder_wanted = Signal(object)
    """A Path to be opened in the system's file manager."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts_now: DatabaseFacts | None = None
        card = FormCard(self.tr("数据"))
        self.place = card.add_text(self.tr("资料夹"), "—")
        self.sizes = card.add_text(self.tr("大小"), "—")
        self.engine = card.add_text(self.tr("数据库"), "—")
        open_folder = Button(self.tr("打开资料夹"), icon="folder")
        open_folder.clicked.connect(lambda: self._open(backups=False))
        card.add_row("", open_folder, self.tr("资料夹只在本机；请不要手工改动里面的文件，也不要把它放到网盘里。"))
        self.add(card)
        self.kept = BackupsCard()
        self.now = self.kept.now
        self.kept.backup_wanted.connect(self.backup_wanted)
        self.kept.restore_wanted.connect(self.restore_wanted)
        self.kept.open_wanted.connect(lambda: self._open(backups=True))
        self.add(self.kept)

    @property
    def backups(self) -> tuple[BackupLine, ...]:
        """The copies that are shown."""
        return self.kept.lines

    def show_data(self, facts: DatabaseFacts, backups: tuple[BackupLine, ...]) -> None:
        self._facts_now = facts
        self.place.set_text(str(facts.folder))
        self.sizes.set_text(
            self.tr("数据库 {}，照片和文书 {}").format(megabytes(facts.database_bytes), megabytes(facts.media_bytes))
        )
        words = f"SQLite {facts.sqlite}（{facts.driver}）"
        if facts.safe:
            self.engine.set_text(words + self.tr("，没有已知的 WAL 丢数据缺陷"), "text")
        else:
            more = self.tr("，这个版本有极少见的 WAL 缺陷；请改用安装包里的程序，并常备份")
            self.engine.set_text(words + more, "caution")
        self.kept.show_backups(backups)

    def _open(self, *, backups: bool) -> None:
        if self._facts_now is not None:
            self.folder_wanted.emit(self._facts_now.backups if backups else self._facts_now.folder)


class AboutSection(Section):
    """Version and licences; a licence is shown in place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        card = FormCard(self.tr("关于监督"))
        card.add_text(self.tr("版本"), __version__)
        links = QWidget()
        column = QVBoxLayout(links)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.links: dict[str, Link] = {}
        for name, place in LICENCES:
            link = Link(name)
            link.clicked.connect(lambda _=False, place=place: self.show_licence(place))
            self.links[place] = link
            row = QHBoxLayout()
            row.addWidget(link)
            row.addStretch(1)
            column.addLayout(row)
        card.add_row(self.tr("许可证"), links)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setMinimumHeight(220)
        self.text.hide()
        card.column.addWidget(self.text)
        self.add(card)

    @Slot(str)
    def show_licence(self, place: str) -> None:
        """Opens the text below the list."""
        self.text.setPlainText(read_licence(place))
        self.text.show()


def read_licence(place: str) -> str:
    """A licence's text, from the program's own folder."""
    path: Path = paths.program_root() / place
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else place
