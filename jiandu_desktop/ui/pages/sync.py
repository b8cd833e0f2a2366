"""同步: one round with the shared folder, what waits, what was confirmed, and the way over a stick."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress, Step
from jiandu_desktop.services.doctor import Diagnosis, diagnose
from jiandu_desktop.services.exchange import FolderReport, SyncOverview, SyncReport
from jiandu_desktop.services.program import Services
from jiandu_desktop.services.shared_folders import SharedFolder
from jiandu_desktop.ui.errors import is_expected, sentence_for
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import CARD_GAP
from jiandu_desktop.ui.messages import Messages
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.operations.syncing import SyncController
from jiandu_desktop.ui.pages.panel import StateLine
from jiandu_desktop.ui.pages.sync_card import SyncCard
from jiandu_desktop.ui.pages.sync_folders import DoctorCard, FolderCard
from jiandu_desktop.ui.pages.sync_lists import SyncLists
from jiandu_desktop.ui.pages.sync_side import DisputesCard, Elided, GivenUpCard, RefusedCard, StickCard
from jiandu_desktop.ui.pages.words import moment_words
from jiandu_desktop.ui.tasks import Lane, Tasks
from jiandu_desktop.ui.widgets.notices import InlineNotice
from jiandu_desktop.ui.widgets.page import Page

SIDE_WIDTH, SIDE_LEAST = 444, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncView:
    """The page's rows and the time at which they were read; `mine` of the disputes are this computer's to decide,
    `given_up` counts photos whose bytes only the office has."""

    now: datetime
    overview: SyncOverview
    folders: tuple[SharedFolder, ...]
    mine: int
    others: int
    given_up: int


class SyncPage(Page):
    """Works with the controller that every place shares: a round begun on 今日 is seen here too."""

    conflicts_wanted = Signal()
    """The page of what two computers wrote differently."""

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        messages: Messages,
        syncing: SyncController,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(QCoreApplication.translate("SyncPage", "同步"), parent)
        self._services, self._tasks, self._messages, self._syncing = services, tasks, messages, syncing
        self._view: SyncView | None = None
        self._round_folder: str | None = None
        self._wanted_folder = ""
        self._retry = ""
        self.where = Elided()
        self.last = StateLine()
        self.card = SyncCard()
        self.lists = SyncLists()
        self.notice = InlineNotice("")
        self.folder = FolderCard()
        self.doctor = DoctorCard()
        self.disputes = DisputesCard()
        self.refused = RefusedCard()
        self.given_up = GivenUpCard()
        self.stick = StickCard()
        self._lay_out()
        self._query = Query(tasks, self._read, self)
        self._query.answered.connect(self._show)
        self._connect()
        if syncing.is_running:
            self._started()

    def refresh(self) -> None:
        """Reads everything anew."""
        self._query.ask()

    # --- building -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.title_row.addWidget(self.where, 1)
        self.title_row.addWidget(self.last)
        self.notice.hide()
        for told in (self.disputes, self.refused, self.given_up):
            told.hide()
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(CARD_GAP)
        cards: list[QWidget] = [self.disputes, self.refused, self.folder, self.doctor, self.stick, self.given_up]
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
        self._side = QScrollArea()
        self._side.setAccessibleName(self.tr("共享文件夹和备份"))
        self._side.setWidget(side)
        self._side.setWidgetResizable(True)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        below = QHBoxLayout()
        below.setSpacing(CARD_GAP)
        below.addWidget(self.lists, 1)
        below.addWidget(self._side)
        self.content.setSpacing(CARD_GAP)
        self.content.addWidget(self.notice)
        self.content.addWidget(self.card)
        self.content.addLayout(below, 1)

    def _connect(self) -> None:
        self.card.start_wanted.connect(self.start)
        self.card.cancel_wanted.connect(self._syncing.cancel)
        self.folder.choose.clicked.connect(self._choose_folder)
        self.folder.try_out.clicked.connect(self._try_folder)
        self.folder.tried.connect(self.examine)
        self.folder.used.connect(self._use_folder)
        self.folder.forgotten.connect(self._forget_folder)
        self.folder.by_itself.connect(self._keep_automatic)
        self.disputes.opened.connect(self.conflicts_wanted)
        self.refused.again.connect(self.start)
        self.stick.save.clicked.connect(self._save_to_stick)
        self.stick.read.clicked.connect(self._read_from_stick)
        self.notice.linked.connect(self._try_again)
        self._syncing.started.connect(self._started)
        self._syncing.progressed.connect(self._stepped)
        self._syncing.finished.connect(self._ended)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = round(self.width() * 0.37)
        self._side.setFixedWidth(min(theme().px(SIDE_WIDTH), max(theme().px(SIDE_LEAST), width)))

    # --- reading ------------------------------------------------------------------------------------------------------

    def _read(self) -> SyncView:
        from jiandu_desktop.services.retention import purged

        services = self._services
        lines = services.conflicts.rows()
        mine = sum(line.mine for line in lines)
        return SyncView(
            now=services.store.clock(),
            overview=services.exchange.state(),
            folders=services.folders.rows(),
            mine=mine,
            others=len(lines) - mine,
            given_up=len(purged(services.store)),
        )

    @Slot(object)
    def _show(self, view: SyncView) -> None:
        first = self._view is None
        self._view = view
        overview = view.overview
        where = self.tr("与 {office}・共享文件夹 {folder}") if overview.folder else self.tr("与 {office}")
        self.where.set(where.format(office=overview.office, folder=overview.folder))
        if overview.last is not None:
            self.last.set("check", self.tr("上次核对一致 {}").format(moment_words(overview.last, view.now)))
        else:
            self.last.set("clock", self.tr("还没有同步过"))
        automatic = bool(self._services.preferences.get("sync_by_itself"))
        self.folder.show_folders(view.folders, view.now, automatic=automatic)
        self.lists.show_overview(overview, view.now)
        self.refused.show_files(overview.refused, overview.told_by_office)
        self.disputes.show_count(view.mine, view.others)
        self.given_up.show_count(view.given_up)
        if first and not self._syncing.is_running:
            self.card.show_rest(len(overview.waiting), overview.folder)

    # --- a round ------------------------------------------------------------------------------------------------------

    @Slot()
    def start(self) -> None:
        """A round with the folder of every day; without one, it is asked for."""
        if self._view is not None and not self._view.overview.folder:
            self._choose_folder()
        elif not self._syncing.is_running:
            self._begin(None)

    @Slot(object)
    def start_with(self, folder: Path) -> None:
        """A round with another folder, such as a stick; the folder of every day stays what it is."""
        if self._syncing.is_running:
            return
        self._begin(str(folder))

    def _begin(self, folder: str | None) -> None:
        self.notice.hide()
        self._round_folder = folder
        self._syncing.start(folder)

    def _keep_keyboard(self) -> None:
        """Before the key that was pressed is hidden: the keyboard would land on whatever comes next in the window."""
        if self.card.start.hasFocus() or self.card.cancel.hasFocus():
            self.setFocus()

    @Slot()
    def _started(self) -> None:
        self.notice.hide()
        self._keep_keyboard()
        self.card.show_started()

    @Slot(object)
    def _stepped(self, step: Step) -> None:
        self.card.show_step(step)

    @Slot(object)
    def _ended(self, outcome: object) -> None:
        self._keep_keyboard()
        folders = self._services.folders
        if isinstance(outcome, SyncReport):
            self.card.show_done(outcome)
            self.lists.show_report(outcome)
            if outcome.trouble:
                self._say(outcome.sentence(), self.tr("重试"), "round")
            elif self._round_folder is not None:
                # A stick that worked once is known from now on: it is looked for, and stands in the list.
                self._write(lambda: folders.add(outcome.folder))
        else:
            self.card.show_stopped(by_user=outcome is None)
            if isinstance(outcome, Trouble):
                self._fail(outcome, "round")
        if not self._tasks.is_closed:
            self.refresh()

    # --- folders ------------------------------------------------------------------------------------------------------

    @Slot()
    def _choose_folder(self) -> None:
        start = self._view.overview.folder if self._view is not None else ""
        chosen = QFileDialog.getExistingDirectory(self, self.tr("选择督导室的共享文件夹"), start)
        if chosen:
            self.take_folder(Path(chosen))

    def take_folder(self, folder: Path) -> None:
        """Tries a folder and uses it from now on if it is this office's."""
        self._wanted_folder = str(folder)
        self._probe(str(folder), self._took)

    @Slot()
    def _try_folder(self) -> None:
        if self._view is not None and self._view.overview.folder:
            self.examine(self._view.overview.folder)

    @Slot(str)
    def examine(self, path: str) -> None:
        """Looks for some seconds what a folder can do; the result stands below the folders, to be copied."""
        store = self._services.store
        self.notice.hide()
        self.folder.set_busy(True)

        def work(progress: Progress) -> Diagnosis:
            progress.check()
            return diagnose(store, Path(path))

        self._tasks.run(Lane.FOLDER, work, done=self._examined, failed=self._folder_failed, finished=self._probed)

    @Slot(object)
    def _examined(self, found: Diagnosis) -> None:
        self.doctor.show_diagnosis(found.path, found.findings, found.requests, usable=found.usable)
        QTimer.singleShot(0, self, self._show_doctor)

    @Slot()
    def _show_doctor(self) -> None:
        self._side.ensureWidgetVisible(self.doctor, 0, 0)

    def _probe(self, path: str, done: Callable[[FolderReport], None]) -> None:
        exchange = self._services.exchange
        self.notice.hide()
        self.folder.set_busy(True)

        def work(progress: Progress) -> FolderReport:
            progress.check()
            return exchange.probe(path)

        self._tasks.run(Lane.FOLDER, work, done=done, failed=self._folder_failed, finished=self._probed)

    @Slot()
    def _probed(self) -> None:
        self.folder.set_busy(False)

    @Slot(object)
    def _took(self, report: FolderReport) -> None:
        self.folder.show_report(report)
        self._keep_folder(self._wanted_folder)

    def _keep_folder(self, path: str) -> None:
        self._write(lambda: self._services.folders.use(path))

    @Slot(str)
    def _use_folder(self, path: str) -> None:
        """Another one of the list; it is tried first, so that nothing is kept that cannot be used."""
        self.take_folder(Path(path))

    @Slot(str)
    def _forget_folder(self, path: str) -> None:
        self._write(lambda: self._services.folders.forget(path))

    @Slot(bool)
    def _keep_automatic(self, automatic: bool) -> None:
        self._write(lambda: self._services.preferences.set("sync_by_itself", automatic))

    def _write(self, keep: Callable[[], None]) -> None:
        def work(progress: Progress) -> None:
            del progress
            keep()

        if not self._tasks.is_closed:
            self._tasks.run(Lane.DATABASE, work, done=self._kept_folder, failed=self._messages.error)

    @Slot(object)
    def _kept_folder(self, _: object) -> None:
        self._query.ask()
        if not self._syncing.is_running and self._view is not None and not self._view.overview.folder:
            self._view = None  # with the first folder the card at the head turns to what waits

    @Slot(object)
    def _folder_failed(self, error: Exception) -> None:
        self._fail(error, "folder")

    @Slot()
    def _save_to_stick(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("选择U盘，或U盘上的一个文件夹，记录存到这里"))
        if chosen:
            self.save_to_stick(Path(chosen))

    @Slot()
    def _read_from_stick(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("选择U盘上督导室存的文件夹，从这里读入"))
        if chosen:
            self.start_with(Path(chosen))

    def save_to_stick(self, stick: Path) -> None:
        """A round with a stick, which may be blank: it is then made one more folder of the office."""
        exchange = self._services.exchange

        def work(progress: Progress) -> Path:
            del progress
            exchange.prepare_stick(str(stick))
            return stick

        if not self._syncing.is_running and not self._tasks.is_closed:
            self._tasks.run(Lane.FOLDER, work, done=self.start_with, failed=self._folder_failed)

    # --- what stands in the way ---------------------------------------------------------------------------------------

    def _fail(self, error: Exception, retry: str) -> None:
        if not (isinstance(error, Trouble) and is_expected(error)):
            self._messages.error(error)
            return
        link = self.tr("重试") if retry == "round" else self.tr("另选文件夹")
        self._say(sentence_for(error), link, retry)

    def _say(self, text: str, link: str, retry: str) -> None:
        self._retry = retry
        self.notice.set(text, "caution", link)
        self.notice.show()

    @Slot()
    def _try_again(self) -> None:
        if self._retry == "folder":
            self._choose_folder()
        elif self._round_folder is None:
            self.start()
        else:
            self.start_with(Path(self._round_folder))
