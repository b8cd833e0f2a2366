"""The window's parts put together: rail, pages, rooms, counts and the strip that says this is a demo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.disputes import count_disputes
from jiandu_desktop.services.joining import Profile
from jiandu_desktop.services.profiles import Profiles
from jiandu_desktop.services.program import Services
from jiandu_desktop.services.rows_today import TodaySummary
from jiandu_desktop.ui.main_window import MainWindow
from jiandu_desktop.ui.operations import reading_today as reading
from jiandu_desktop.ui.operations.auto_sync import AutoSync
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.operations.syncing import OFFICE
from jiandu_desktop.ui.rooms import Rooms
from jiandu_desktop.ui.tasks import Lane, Tasks
from jiandu_desktop.ui.widgets.notices import InlineNotice

BACKUP_MS = 5000
"""After the window is up: the start is not to wait for the day's backup."""

COUNTS_AFTER_MS = 50


class Assembly(QObject):
    """Fills a window with pages over one open data folder, and over another one after joining a unit."""

    trial_wanted = Signal(str)
    """试填: the path of a checklist's workbook; heard by who can open another window."""

    def __init__(self, window: MainWindow, profiles: Profiles, tasks: Tasks, print_to: Path | None) -> None:
        super().__init__(window)
        self._window = window
        self._profiles = profiles
        self._tasks = tasks
        self._print_to = print_to
        self._desk: Desk | None = None
        self._rooms: Rooms | None = None
        self._counts: Query | None = None
        self._stale = False
        self._has_office_entry = False
        self._add_entries()
        tasks.failed_unheard.connect(window.messages.error)
        window.room_changed.connect(self._room_changed)
        window.closing.connect(self._close)

    @property
    def desk(self) -> Desk:
        """The desk in use; raises AttributeError before `set_up`."""
        if self._desk is None:
            raise AttributeError("nothing is open yet")
        return self._desk

    @property
    def rooms(self) -> Rooms:
        if self._rooms is None:
            raise AttributeError("nothing is open yet")
        return self._rooms

    def set_up(self, services: Services) -> None:
        """Shows this data, in place of what was shown before."""
        self._clear()
        window = self._window
        desk = Desk(services, self._tasks, window.messages, self._print_to, window)
        self._desk, self._rooms = desk, Rooms(window, desk)
        self._counts = Query(self._tasks, lambda: (reading.read_counts(services), count_disputes(services.store)), desk)
        self._counts.answered.connect(self._show_counts)
        desk.relay.changed.connect(self._take_changes)
        self._auto = AutoSync(services, self._tasks, desk.syncing, lambda: window.room() is not None, desk)
        desk.syncing.finished.connect(self._sync_ended)
        desk.page_wanted.connect(self._show_page)
        desk.trial_wanted.connect(self.trial_wanted)
        desk.ledger_wanted.connect(self._show_ledger)
        desk.papers_wanted.connect(self._show_papers)
        profile = services.profile.current()
        self._show_profile(profile)
        if profile.role == OFFICE:
            self._add_office_entry()
        window.show_page("today")
        # The counts on the rail come after the list: the list is painted first.
        QTimer.singleShot(COUNTS_AFTER_MS, self._counts, self._counts.ask)
        QTimer.singleShot(BACKUP_MS, desk, self._back_up)
        self._auto.begin()

    def _back_up(self) -> None:
        """The daily copy of the database, once the inspector has begun to look."""
        store = self.desk.services.store

        def work(progress: Progress) -> None:
            from jiandu_desktop.services.upkeep import back_up_if_due

            del progress
            back_up_if_due(store)

        if not self._tasks.is_closed:
            self._tasks.run(Lane.POOL, work)

    # --- the rail -----------------------------------------------------------------------------------------------------

    def _add_entries(self) -> None:
        add = self._window.add_entry
        add("today", "calendar-check", self.tr("今日"), self._make_today)
        add("schools", "school", self.tr("学校"), self._make_schools)
        add("records", "clipboard-list", self.tr("督导记录"), self._make_records)
        add("ledger", "flag", self.tr("问题台账"), self._make_ledger)
        add("papers", "file-text", self.tr("文书"), self._make_papers)
        add("library", "book-open", self.tr("资料"), self._make_library)
        add("counters", "chart-bars", self.tr("统计"), self._make_counters)
        add("sync", "refresh-cw", self.tr("同步"), self._make_sync)
        add("settings", "sliders-horizontal", self.tr("设置"), self._make_settings)

    # Pages are imported when they are first shown: 今日 is to stand on the screen before that.

    def _make_today(self) -> QWidget:
        from jiandu_desktop.ui.pages.today import TodayPage

        return TodayPage(self.desk)

    def _make_schools(self) -> QWidget:
        from jiandu_desktop.ui.pages.schools import SchoolsPage

        return SchoolsPage(self.desk)

    def _make_records(self) -> QWidget:
        from jiandu_desktop.ui.pages.records import RecordsPage

        return RecordsPage(self.desk)

    def _make_ledger(self) -> QWidget:
        from jiandu_desktop.ui.pages.ledger import LedgerPage

        return LedgerPage(self.desk)

    def _make_papers(self) -> QWidget:
        from jiandu_desktop.ui.pages.papers import PapersPage

        return PapersPage(self.desk)

    def _make_library(self) -> QWidget:
        from jiandu_desktop.ui.pages.library import LibraryPage

        return LibraryPage(self.desk)

    def _make_counters(self) -> QWidget:
        from jiandu_desktop.ui.pages.counters import CountersPage

        return CountersPage(self.desk)

    def _make_sync(self) -> QWidget:
        from jiandu_desktop.ui.pages.sync import SyncPage

        desk = self.desk
        page = SyncPage(desk.services, desk.tasks, desk.messages, desk.syncing)
        page.conflicts_wanted.connect(desk.conflicts_wanted)
        return page

    def _make_settings(self) -> QWidget:
        from jiandu_desktop.ui.pages.settings import SettingsPage

        desk = self.desk
        page = SettingsPage(desk.services, desk.tasks, desk.messages)
        page.join_wanted.connect(self.join)
        page.restore_wanted.connect(self.restore)
        page.carry.retired.connect(self._window.close)
        page.carry.arrival_wanted.connect(self.arrive)
        return page

    def _add_office_entry(self) -> None:
        """电脑, for the office's own data; once there it stays, as the office's data does."""
        if not self._has_office_entry:
            self._has_office_entry = True
            self._window.add_entry("devices", "laptop", self.tr("电脑"), self._make_devices)

    def _make_devices(self) -> QWidget:
        from jiandu_desktop.ui.pages.devices import DevicesPage

        return DevicesPage(self.desk)

    # --- ways between pages -------------------------------------------------------------------------------------------

    @Slot(str)
    def _show_page(self, key: str) -> None:
        if self.rooms.leave_all():
            self._window.show_page(key)

    @Slot(str, str)
    def _show_ledger(self, view: str, school_id: str) -> None:
        from jiandu_desktop.ui.pages.ledger import LedgerPage

        self._show_page("ledger")
        page = self._window.page("ledger")
        if isinstance(page, LedgerPage):
            page.show_view(view, school_id)

    @Slot(str)
    def _show_papers(self, visit_id: str) -> None:
        from jiandu_desktop.ui.pages.papers import PapersPage

        self._show_page("papers")
        page = self._window.page("papers")
        if isinstance(page, PapersPage):
            page.show_visit(visit_id)

    # --- counts, profile, demo ----------------------------------------------------------------------------------------

    @Slot(object)
    def _take_changes(self, changes: Changes) -> None:
        """While a visit is filled in, its answers have the database to themselves: the rail is not seen then."""
        if changes.settings:
            self._show_profile(self.desk.services.profile.current())
        if self._window.room() is not None:
            self._stale = True
        elif self._counts is not None:
            self._counts.ask()

    @Slot()
    def _room_changed(self) -> None:
        if self._stale and self._window.room() is None and self._counts is not None:
            self._stale = False
            self._counts.ask()

    @Slot(object)
    def _show_counts(self, found: tuple[TodaySummary, int]) -> None:
        summary, disputes = found
        self._window.set_count("ledger", summary.open_problems)
        self._window.set_count("sync", summary.waiting_uploads + disputes)

    def _show_profile(self, profile: Profile) -> None:
        person = profile.person.name if profile.person is not None else profile.unit
        self._window.set_who(profile.county, person, profile.area)
        self._window.set_banner(self._make_banner() if profile.is_demo else None)

    def _make_banner(self) -> QWidget:
        notice = InlineNotice(
            self.tr("这是演示单位，学校、督学和问题都是虚构的，可以放心试用。"),
            "info",
            self.tr("退出演示，接入本单位"),
        )
        notice.linked.connect(self.join)
        strip = QWidget()
        row = QHBoxLayout(strip)
        row.setContentsMargins(24, 12, 24, 0)
        row.addWidget(notice)
        return strip

    @Slot(object)
    def _sync_ended(self, outcome: object) -> None:
        """Said here, unless the page of 同步 is in front and says it itself."""
        from jiandu_desktop.services.exchange import SyncReport

        if self._window.current_key() == "sync" and self._window.room() is None:
            return
        if self.desk.syncing.began_by_itself:
            # Nobody asked for it: what came or went is said in a line, what stood in the way waits on its own page.
            said = isinstance(outcome, SyncReport) and not outcome.trouble and outcome.is_news()
            if isinstance(outcome, SyncReport) and said and self._window.room() is None:
                self._window.messages.toast(outcome.sentence())
            return
        if isinstance(outcome, SyncReport) and not outcome.trouble:
            self._window.messages.toast(outcome.sentence())
        elif isinstance(outcome, SyncReport):
            self._window.messages.warn(outcome.sentence())
        elif isinstance(outcome, Trouble):
            self._window.messages.error(outcome)

    # --- joining and leaving ------------------------------------------------------------------------------------------

    @Slot()
    def join(self) -> None:
        """退出演示，接入本单位: asks for the invitation; with it accepted, the unit's own data is shown."""
        from jiandu_desktop.ui.dialogs.join import JoinDialog

        dialog = JoinDialog(self._profiles, self._tasks, self._window)
        dialog.joined.connect(self._joined)
        dialog.open()

    @Slot(object)
    def _joined(self, services: Services) -> None:
        old = self.desk.services
        self.set_up(services)
        self._later(old.close)
        self._window.messages.toast(self.tr("已接入{unit}").format(unit=services.profile.current().unit))

    # --- other data ---------------------------------------------------------------------------------------------------

    @Slot(str, str)
    def arrive(self, parcel: str, passphrase: str) -> None:
        """从旧电脑搬来: the unit's own data comes out of a parcel and is shown in place of the demo."""
        profiles = self._profiles

        def work(progress: Progress) -> Services:
            return profiles.arrive(Path(parcel), passphrase, progress)

        self._tasks.run(Lane.POOL, work, done=self._joined, failed=self._window.messages.error)

    @Slot(object)
    def restore(self, copy: Path) -> None:
        """Back to a backup: the data is closed, put back and opened again, with every page built anew."""
        old, profiles = self.desk.services, self._profiles
        self._clear()

        def work(progress: Progress) -> tuple[Services, Trouble | None]:
            del progress
            return profiles.restore(old, copy)

        def closed() -> None:
            if not self._tasks.is_closed:
                self._tasks.run(Lane.DATABASE, work, done=self._restored, failed=self._window.messages.error)

        # A round that was under way has been asked to stop; it ends before the data is closed under it.
        self._tasks.run(Lane.FOLDER, Progress.check, finished=closed)

    @Slot(object)
    def _restored(self, found: tuple[Services, Trouble | None]) -> None:
        services, refused = found
        self.set_up(services)
        if refused is not None:
            self._window.messages.error(refused)
        else:
            self._window.messages.toast(self.tr("已恢复。恢复以前的数据另存了一份备份"))

    def _clear(self) -> None:
        if self._desk is None or self._rooms is None:
            return
        self._rooms.settle()
        while self._window.room() is not None:
            self._window.leave_room()
        self._window.drop_pages()
        self._desk.clear()
        self._desk.deleteLater()
        self._desk = self._rooms = self._counts = None

    def _later(self, work: Callable[[], None]) -> None:
        """On the database lane, behind everything that still uses the old data."""

        def run(progress: Progress) -> None:
            del progress
            work()

        self._tasks.run(Lane.DATABASE, run)

    @Slot()
    def _close(self) -> None:
        if self._desk is None or self._rooms is None:
            self._tasks.shutdown()
            return
        self._rooms.settle()
        self._desk.clear()
        self._tasks.shutdown()
        QCoreApplication.removePostedEvents(self._tasks)
        self._desk.services.close()
