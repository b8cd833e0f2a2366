"""Puts the program together: look, language, the open data, the window with its pages, and the way out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, Qt, QTranslator, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from jiandu_desktop import __version__, paths
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.services.preferences import Preferences
from jiandu_desktop.services.profiles import Profiles
from jiandu_desktop.services.program import Services
from jiandu_desktop.ui.assembly import Assembly
from jiandu_desktop.ui.errors import install_hook
from jiandu_desktop.ui.look.icons import icon
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.main_window import MainWindow
from jiandu_desktop.ui.readiness import Readiness
from jiandu_desktop.ui.start_window import StartWindow
from jiandu_desktop.ui.tasks import Lane, Tasks

log = logging.getLogger(__name__)

_DARK = {"system": None, "light": False, "dark": True}


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
        _DARK[str(preferences.get("theme"))],
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
    assembly.set_up(services)
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


class _Start:
    """From the first event to the window: the data is opened on a lane, with a small window if that takes time."""

    def __init__(self, profiles: Profiles, print_to: Path | None, on_ready: Callable[[], None] | None) -> None:
        self._profiles = profiles
        self._print_to = print_to
        self._on_ready = on_ready
        self._tasks = Tasks()
        self._small = StartWindow()
        self._window: MainWindow | None = None
        self.code = 0
        self._small.given_up.connect(self._give_up)
        install_hook(self._report)

    def begin(self) -> None:
        app = QCoreApplication.instance()
        assert isinstance(app, QApplication)
        set_theme(app)
        task = self._tasks.run(Lane.DATABASE, self._profiles.open, done=self._opened, failed=self._failed)
        self._small.follow(task)

    def _opened(self, services: Services) -> None:
        app = QCoreApplication.instance()
        assert isinstance(app, QApplication)
        dress(app, services.preferences)
        self._window = build_window(services, self._profiles, self._tasks, self._print_to)
        if self._on_ready is not None:
            Readiness(self._window, self._on_ready)
        self._window.show()
        self._small.done()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Trouble):
            self._small.show_trouble(error)
        else:
            log.error("the data could not be opened", exc_info=error)
            self._small.show_fault(error)
        self._small.show()

    @Slot()
    def _give_up(self) -> None:
        self.code = 1
        self._tasks.shutdown()
        QCoreApplication.quit()

    def _report(self, error: BaseException) -> None:
        if self._window is not None:
            self._window.messages.error(error)
