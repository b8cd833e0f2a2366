"""设置: who this laptop is, how the program looks, what it proposes, and where everything lies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QStackedWidget,
    QVBoxLayout,
)

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import GRADE_NAMES, Grade
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.fonts import FontLine, fonts_in_use
from jiandu_desktop.services.joining import Profile
from jiandu_desktop.services.numbering import NumbersLeft, numbers_left
from jiandu_desktop.services.program import Services
from jiandu_desktop.services.restoring import check_copies
from jiandu_desktop.services.upkeep import BackupLine, DatabaseFacts, back_up_now, backups, database_facts
from jiandu_desktop.ui.appearance import DARK_WISHES
from jiandu_desktop.ui.look.theme import set_theme, theme
from jiandu_desktop.ui.messages import Choice, Messages
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.pages.backups_carry import CarryCard
from jiandu_desktop.ui.pages.settings_days import DaysSection
from jiandu_desktop.ui.pages.settings_facts import AboutSection, DataSection, FontsCard, UnitSection
from jiandu_desktop.ui.pages.settings_form import FormCard, KeptSpin, Section
from jiandu_desktop.ui.pages.settings_keys import KeysCard
from jiandu_desktop.ui.pages.settings_printing import PrintingCard
from jiandu_desktop.ui.pages.settings_rules import RulesSection, read_rules
from jiandu_desktop.ui.pages.settings_seal import SealSection
from jiandu_desktop.ui.pages.settings_templates import TemplatesSection
from jiandu_desktop.ui.tasks import Lane, Tasks
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.page import Page
from jiandu_desktop.ui.widgets.reading_order import lead_focus
from jiandu_desktop.ui.widgets.segmented import Segmented

NAV_WIDTH = 168


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsView:
    """What the page tells, read on the database's lane; `numbers` is empty before the program belongs to a unit."""

    profile: Profile
    numbers: tuple[NumbersLeft, ...]
    facts: DatabaseFacts
    backups: tuple[BackupLine, ...]


class SettingsPage(Page):
    """Sections at the left, one of them shown. What is changed holds at once."""

    join_wanted = Signal()
    """退出演示，接入本单位."""

    restore_wanted = Signal(object)
    """The path of the backup to go back to, once the user has said yes."""

    def __init__(self, services: Services, tasks: Tasks, messages: Messages) -> None:
        super().__init__(QCoreApplication.translate("SettingsPage", "设置"))
        self._services, self._tasks, self._messages = services, tasks, messages
        self.unit = UnitSection()
        self.data = DataSection()
        self.carry = CarryCard(services, tasks, messages)
        self.data.add(self.carry)
        self.about = AboutSection()
        self.fonts = FontsCard()
        self.theme = Segmented([("system", self.tr("跟随系统")), ("light", self.tr("浅色")), ("dark", self.tr("深色"))])
        self.text_size = Segmented(
            [("0.9", self.tr("小")), ("1.0", self.tr("标准")), ("1.15", self.tr("大")), ("1.3", self.tr("特大"))]
        )
        self.touch = Segmented([("0", self.tr("鼠标")), ("1", self.tr("触控"))])
        self.watched = QLineEdit()
        self.choose_watched = Button(self.tr("选择…"), icon="folder")
        self.no_watched = Button(self.tr("不用"))
        self.rules = RulesSection(services, tasks, messages)
        self.seal = SealSection(services, tasks, messages)
        self.templates = TemplatesSection(services, tasks, messages)
        self.printing = PrintingCard(self.keep)
        self.spins = self._make_spins()
        self.days = DaysSection(self.spins, self.keep)
        self.leader = self.days.leader
        self.nav = QListWidget()
        self._stack = QStackedWidget()
        self._lay_out()
        self._view = Query(tasks, self._read, self)
        self._checks = Query(tasks, check_copies, self, Lane.POOL)
        self._rules = Query(tasks, lambda: read_rules(services), self)
        self._fonts = Query(tasks, fonts_in_use, self, Lane.POOL)
        self._connect()
        self._fill()

    def refresh(self) -> None:
        """Reads anew what the page tells; what can be changed is shown from memory."""
        self._fill()
        self._view.ask()
        self._rules.ask()
        self.seal.refresh()
        self.templates.refresh()
        if not self.fonts.lines:
            self._fonts.ask()

    def show_section(self, name: str) -> None:
        """Turns to a section by its word."""
        found = self.nav.findItems(name, Qt.MatchFlag.MatchExactly)
        if found:
            self.nav.setCurrentItem(found[0])

    # --- building -----------------------------------------------------------------------------------------------------

    def _make_spins(self) -> dict[str, KeptSpin]:
        days, size = self.tr("天"), self.tr("MB")
        made = {f"days_{grade.value}": KeptSpin(1, 365, days, self.tr(GRADE_NAMES[grade])) for grade in Grade}
        made["plan_days"] = KeptSpin(1, 60, days, self.tr("整改方案"))
        made["report_days"] = KeptSpin(0, 60, days, self.tr("整改报告"))
        made["photo_limit_mb"] = KeptSpin(1, 200, size, self.tr("照片上限"))
        made["photo_edge"] = KeptSpin(0, 12000, self.tr("像素"), self.tr("照片长边"))
        made["keep_media_days"] = KeptSpin(1, 3650, days, self.tr("旧照片在本机留几天"))
        made["keep_media_free_gb"] = KeptSpin(0, 2000, self.tr("GB"), self.tr("磁盘剩余不到多少才腾出照片"))
        return made

    def _lay_out(self) -> None:
        sections = (
            (self.tr("本机与单位"), self.unit),
            (self.tr("显示"), self._make_look()),
            (self.tr("照片"), self._make_photos()),
            (self.tr("整改期限"), self.days),
            (self.tr("办理规则"), self.rules),
            (self.tr("印章与签名"), self.seal),
            (self.tr("打印与字体"), _section(self.printing, self.fonts)),
            (self.tr("文书模板"), self.templates),
            (self.tr("数据与备份"), self.data),
            (self.tr("帮助：按键"), self._make_help()),
            (self.tr("关于"), self.about),
        )
        for name, section in sections:
            self.nav.addItem(name)
            self._stack.addWidget(section)
            section.setAccessibleName(name)
        self.nav.setAccessibleName(self.tr("设置分类"))
        self.nav.setFrameShape(QFrame.Shape.NoFrame)
        self.nav.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side = QFrame()
        side.setProperty("ground", "card")
        column = QVBoxLayout(side)
        column.setContentsMargins(7, 7, 7, 7)
        column.addWidget(self.nav)
        self._side = side
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(side)
        across.addWidget(self._stack, 1)
        self.content.addLayout(across, 1)
        lead_focus(self, self.nav)
        self._dress_nav()
        theme().changed.connect(self._dress_nav)

    def _make_look(self) -> Section:
        card = FormCard(self.tr("显示"))
        said = self.tr("行高和按钮跟着一起变。到处可按 {}。")
        touch = self.tr("触控：按钮和行更高，适合手指。到处可按 {}。")
        card.add_row(self.tr("明暗"), self.theme, self.tr("到处可按 {}。").format("Ctrl+Shift+D"))
        card.add_row(self.tr("文字大小"), self.text_size, said.format("Ctrl+=、Ctrl+-、Ctrl+0"))
        card.add_row(self.tr("操作方式"), self.touch, touch.format("Ctrl+Shift+T"))
        return _section(card)

    def _make_photos(self) -> Section:
        card = FormCard(self.tr("照片"))
        self.watched.setReadOnly(True)
        self.watched.setPlaceholderText(self.tr("没有设"))
        self.watched.setAccessibleName(self.tr("手机照片文件夹"))
        card.add_row(
            self.tr("手机照片文件夹"),
            (self.watched, self.choose_watched, self.no_watched),
            self.tr("手机用数据线或共享传到这个文件夹的新照片，会自动进到当前的题。"),
        )
        card.add_row(
            self.tr("单张上限"), self.spins["photo_limit_mb"], self.tr("更大的照片不收，请在手机上改用普通画质。")
        )
        card.add_row(
            self.tr("照片长边"),
            self.spins["photo_edge"],
            self.tr("更大的照片收进来时缩小到这么大，原照片的校验值和拍摄时间留在记录里；0 是不缩小。"),
        )
        card.add_row(
            self.tr("腾出旧照片"),
            (self.spins["keep_media_days"], self.spins["keep_media_free_gb"]),
            self.tr(
                "督导室确认满多少天、磁盘剩余又不到多少时，旧照片才从本机腾出（剩余填 0：到天数就腾）；要看时再取回。"
            ),
        )
        return _section(card)

    def _make_help(self) -> Section:
        return _section(KeysCard())

    def _connect(self) -> None:
        self.nav.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.nav.setCurrentRow(0)
        self.unit.join_wanted.connect(self.join_wanted)
        self.data.backup_wanted.connect(self._back_up)
        self.data.folder_wanted.connect(self._open_folder)
        self.data.restore_wanted.connect(self._ask_restore)
        self._checks.answered.connect(self.data.kept.show_checks)
        self._view.answered.connect(self._show)
        self._fonts.answered.connect(self._show_fonts)
        self._rules.answered.connect(self.rules.show_rules)
        self.rules.changed.connect(self._rules.ask)
        self.theme.chosen.connect(self._choose_theme)
        self.text_size.chosen.connect(self._choose_text_size)
        self.touch.chosen.connect(self._choose_touch)
        self.choose_watched.clicked.connect(self._choose_watched)
        self.no_watched.clicked.connect(self._forget_watched)
        for key, spin in self.spins.items():
            spin.settled.connect(lambda value, key=key: self.keep(key, value))

    def _fill(self) -> None:
        get = self._services.preferences.get
        self.theme.set_value(str(get("theme")))
        self.text_size.set_value(str(get("text_scale")))
        self.touch.set_value("1" if get("touch") else "0")
        self.watched.setText(str(get("watched_folder")))
        self.no_watched.setEnabled(bool(get("watched_folder")))
        self.days.fill(get)
        for key, spin in self.spins.items():
            if not spin.hasFocus():
                spin.show_value(int(get(key)))
        self.printing.fill(get)

    @Slot()
    def _dress_nav(self) -> None:
        self._side.setFixedWidth(theme().px(NAV_WIDTH))
        for row in range(self.nav.count()):
            self.nav.item(row).setSizeHint(QSize(80, theme().tokens.nav_item))

    # --- keeping ------------------------------------------------------------------------------------------------------

    def keep(self, key: str, value: Any) -> None:
        """Keeps one setting durably, if it is another than before."""
        preferences = self._services.preferences
        if self._tasks.is_closed or preferences.get(key) == value:
            return

        def work(progress: Progress) -> None:
            del progress
            preferences.set(key, value)

        self._tasks.run(Lane.DATABASE, work, failed=self._messages.error)

    @Slot(str)
    def _choose_theme(self, value: str) -> None:
        self.keep("theme", value)
        self._dress()

    @Slot(str)
    def _choose_text_size(self, value: str) -> None:
        self.keep("text_scale", float(value))
        self._dress()

    @Slot(str)
    def _choose_touch(self, value: str) -> None:
        self.keep("touch", value == "1")
        self._dress()

    def _dress(self) -> None:
        """The look follows at once; nobody waits for the disk."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        set_theme(app, DARK_WISHES[self.theme.value()], float(self.text_size.value()), self.touch.value() == "1")

    @Slot()
    def _choose_watched(self) -> None:
        start = self.watched.text() or str(Path.home())
        chosen = QFileDialog.getExistingDirectory(self, self.tr("选择手机照片文件夹"), start)
        if chosen:
            self._watch(chosen)

    @Slot()
    def _forget_watched(self) -> None:
        self._watch("")

    def _watch(self, folder: str) -> None:
        self.watched.setText(folder)
        self.no_watched.setEnabled(bool(folder))
        self.keep("watched_folder", folder)

    # --- telling ------------------------------------------------------------------------------------------------------

    def _read(self) -> SettingsView:
        services = self._services
        profile = services.profile.current()
        return SettingsView(
            profile=profile,
            numbers=numbers_left(services.store) if profile.joined else (),
            facts=database_facts(services.store),
            backups=backups(services.store),
        )

    @Slot(object)
    def _show(self, view: SettingsView) -> None:
        self.unit.show_profile(view.profile, view.numbers)
        self.data.show_data(view.facts, view.backups)
        self.carry.show_profile(is_demo=view.profile.is_demo, joined=view.profile.joined)
        self._checks.ask(tuple(line.path for line in view.backups))

    @Slot(object)
    def _show_fonts(self, lines: tuple[FontLine, ...]) -> None:
        self.fonts.show_fonts(lines)

    @Slot()
    def _back_up(self) -> None:
        store = self._services.store
        self.data.now.setEnabled(False)

        def work(progress: Progress) -> Path:
            progress.check()
            return back_up_now(store)

        self._tasks.run(
            Lane.DATABASE, work, done=self._backed_up, failed=self._messages.error, finished=self._may_back_up
        )

    @Slot(object)
    def _backed_up(self, path: Path) -> None:
        self._messages.toast(self.tr("已备份：{}").format(path.name))
        self._view.ask()

    @Slot(object)
    def _ask_restore(self, line: BackupLine) -> None:
        def then(answer: str | None) -> None:
            if answer == "restore":
                self.restore_wanted.emit(line.path)

        self._messages.ask(
            self.tr("恢复到 {} 的备份吗？").format(f"{line.at:%Y-%m-%d %H:%M}"),
            [Choice("no", self.tr("不恢复")), Choice("restore", self.tr("恢复"), "primary")],
            then,
            self.tr(
                "现在的数据先另存一份备份，随时可以再恢复回来。那以后已经放进共享文件夹的记录，同步后会取回；"
                "没有同步过的改动只在另存的那份里。"
            ),
        )

    @Slot()
    def _may_back_up(self) -> None:
        self.data.now.setEnabled(True)

    @Slot(object)
    def _open_folder(self, folder: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._messages.error(Trouble("file-not-found", path=str(folder)))


def _section(*cards: FormCard | KeysCard) -> Section:
    made = Section()
    for card in cards:
        made.add(card)
    return made
