"""Puts the program together: look, language, the open data, the window with its pages, and the way out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from jiandu_desktop import __version__, paths
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.preferences import Preferences
from jiandu_desktop.services.profiles import Profiles
from jiandu_desktop.services.program import Services
from jiandu_desktop.ui.appearance import DARK_WISHES, AppearanceKeys
from jiandu_desktop.ui.assembly import Assembly
from jiandu_desktop.ui.errors import install_hook
from jiandu_desktop.ui.look.icons import icon
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.main_window import MainWindow
from jiandu_desktop.ui.pages.listing import ListPage
from jiandu_desktop.ui.qt_words import QtWords
from jiandu_desktop.ui.readiness import Readiness
from jiandu_desktop.ui.tasks import Lane, Tasks

if TYPE_CHECKING:
    from jiandu_desktop.ui.start_window import StartWindow
    from jiandu_desktop.ui.tasks import Task

SLOW_MS = 600
"""Opening that takes longer is shown."""

ROWS_MS = 150
"""The window waits no longer than this for the rows of 今日."""

log = logging.getLogger(__name__)


def run_application(profiles: Profiles, *, print_to: Path | None, on_ready: Callable[[], None] | None = None) -> int:
    """Opens the data and the window, and runs until it is closed; 1 where the data could not be opened.

    `profiles` is held by the caller. On the first start the demo bureau is built, which takes some seconds and is
    shown. `print_to`: what is printed goes into this file and no dialog opens. `on_ready`: called when 今日 can be
    used, and the window is closed; for measuring the start.
    """
    app = make_application()
    start = _Start(profiles, print_to, on_ready)
    start.begin()
    return max(app.exec(), start.code)


def say_trouble(trouble: Trouble) -> int:
    """Says why the program does not start (it is open already …) in a small window; returns the exit code 1."""
    app = make_application()
    set_theme(app)
    from jiandu_desktop.ui.start_window import StartWindow

    window = StartWindow()
    window.show_trouble(trouble)
    window.show()
    app.exec()
    return 1


def make_application() -> QApplication:
    """The application object, named, translated and ready for screens of any scale."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(["jiandu"])
    app.setApplicationName("jiandu")
    app.setApplicationVersion(__version__)
    app.setOrganizationName("jiandu")
    _translate(app)
    app.setWindowIcon(icon("clipboard-list", "accent"))
    return app


def dress(app: QApplication, preferences: Preferences) -> None:
    """Theme, text size and density as the user set them."""
    set_theme(
        app,
        DARK_WISHES[str(preferences.get("theme"))],
        float(preferences.get("text_scale")),
        bool(preferences.get("touch")),
    )


def build_window(services: Services, profiles: Profiles, tasks: Tasks, print_to: Path | None = None) -> MainWindow:
    """The window with all its pages, 今日 in front, not yet shown; no event loop is needed for that.

    Closing the window ends the work of `tasks` and closes the services that are open then (after joining a unit these
    are others than the ones given).
    """
    window = MainWindow()
    assembly = Assembly(window, profiles, tasks, print_to)

    def try_form(path: str) -> None:
        from jiandu_desktop.ui.trial import Trials

        trials = window.findChild(Trials) or Trials(assembly, window)
        trials.begin(Path(path))

    assembly.trial_wanted.connect(try_form)
    assembly.set_up(services)
    AppearanceKeys(window, tasks, lambda: assembly.desk.services.preferences)
    return window


def _translate(app: QApplication) -> None:
    """Qt's own words in Chinese; ours in the system's language where a translation is shipped (they are Chinese)."""
    chinese = QLocale(QLocale.Language.Chinese, QLocale.Country.China)
    QLocale.setDefault(chinese)
    own, system = QTranslator(app), QLocale.system()
    if system.language() != QLocale.Language.Chinese and own.load(
        system, "jiandu", "_", str(paths.resources() / "i18n")
    ):
        QLocale.setDefault(system)
        app.installTranslator(own)
    qt = QTranslator(app)
    if qt.load(QLocale(), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(qt)
    if QLocale().language() == QLocale.Language.Chinese:
        app.installTranslator(QtWords(app))


class _Start(QObject):
    """From the first event to the window: the data is opened on a lane, with a small window if that takes time."""

    def __init__(self, profiles: Profiles, print_to: Path | None, on_ready: Callable[[], None] | None) -> None:
        super().__init__()
        self._profiles = profiles
        self._print_to = print_to
        self._on_ready = on_ready
        self._tasks = Tasks()
        self._task: Task | None = None
        self._small: StartWindow | None = None
        self._window: MainWindow | None = None
        self._shown = False
        self._way: Callable[[], object] = lambda: None
        self.code = 0
        install_hook(self._report)

    def begin(self) -> None:
        app = QCoreApplication.instance()
        assert isinstance(app, QApplication)
        # The database is opened while the theme is put on.
        self._task = self._tasks.run(Lane.DATABASE, self._profiles.open, done=self._opened, failed=self._failed)
        set_theme(app)
        QTimer.singleShot(SLOW_MS, self, self._slow)  # not heard once the start is over

    def _opened(self, services: Services) -> None:
        app = QCoreApplication.instance()
        assert isinstance(app, QApplication)
        dress(app, services.preferences)
        self._window = build_window(services, self._profiles, self._tasks, self._print_to)
        if self._on_ready is not None:
            Readiness(self._window, self._on_ready)
        page = self._window.page("today")
        if isinstance(page, ListPage):
            page.table.shown_changed.connect(self._show)
        QTimer.singleShot(ROWS_MS, self, self._show)

    @Slot()
    def _show(self) -> None:
        """Shows the window once today's rows are there: it is painted once, not first empty and then again."""
        if self._window is None or self._shown:
            return
        self._shown = True
        self._window.show()
        if self._small is not None:
            self._small.done()

    @Slot()
    def _slow(self) -> None:
        if self._task is not None and not self._task.is_done:
            small = self._appear()
            small.follow(self._task)
            small.show()

    def _appear(self) -> StartWindow:
        """The small window, which most starts never need."""
        if self._small is None:
            from jiandu_desktop.ui.start_window import StartWindow

            self._small = StartWindow()
            self._small.given_up.connect(self._give_up)
            self._small.way_chosen.connect(self._go_way)
        return self._small

    def _failed(self, error: Exception) -> None:
        small = self._appear()
        if isinstance(error, Trouble):
            small.show_trouble(error)
            self._offer_way(small, error)
        else:
            log.error("the data could not be opened", exc_info=error)
            small.show_fault(error)
        small.show()

    def _offer_way(self, small: StartWindow, trouble: Trouble) -> None:
        """A damaged database can be put back from its newest good copy; data that was moved away can be taken back."""
        profiles, path = self._profiles, Path(str(trouble.values.get("path", "")))
        if trouble.code == "moved-away":
            folder = paths.DataFolder(path)
            self._way = lambda: profiles.stay(folder)
            small.offer(self.tr("继续在本机使用"))
        elif trouble.code == "database-damaged":
            folder = paths.DataFolder(path.parent)
            self._way = lambda: profiles.mend(folder)

            def found(at: datetime | None) -> None:
                if at is not None:
                    more = self.tr("最近一份能打开的备份是 {} 的。恢复以后，已放进共享文件夹的记录会在同步时取回。")
                    small.offer(self.tr("恢复这份备份"), more.format(f"{at:%Y-%m-%d %H:%M}"))

            def look(progress: Progress) -> datetime | None:
                progress.check()
                return profiles.newest_good(folder)

            self._tasks.run(Lane.POOL, look, done=found)

    @Slot()
    def _go_way(self) -> None:
        """Does what was offered, and opens the data once more."""
        way, profiles = self._way, self._profiles

        def work(progress: Progress) -> Services:
            way()
            return profiles.open(progress)

        self._tasks.run(Lane.DATABASE, work, done=self._opened, failed=self._failed)

    @Slot()
    def _give_up(self) -> None:
        self.code = 1
        self._tasks.shutdown()
        QCoreApplication.quit()

    def _report(self, error: BaseException) -> None:
        if self._window is not None:
            self._window.messages.error(error)
