"""Text size, dark or light, and 触控 by key, in every page and room; kept as 设置 keeps them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from jiandu_desktop.progress import Progress
from jiandu_desktop.services.preferences import Preferences
from jiandu_desktop.ui.look.theme import set_theme, theme
from jiandu_desktop.ui.look.tokens import TEXT_SCALES
from jiandu_desktop.ui.main_window import MainWindow, Refreshing
from jiandu_desktop.ui.tasks import Lane, Tasks

USUAL = 1.0
DARK_WISHES = {"system": None, "light": False, "dark": True}
"""What the setting `theme` means for `set_theme`."""


class AppearanceKeys(QObject):
    """Ctrl+= and Ctrl+- step the text size, Ctrl+0 takes it back; Ctrl+Shift+D and Ctrl+Shift+T switch the rest."""

    def __init__(self, window: MainWindow, tasks: Tasks, preferences: Callable[[], Preferences]) -> None:
        super().__init__(window)
        self._window, self._tasks, self._preferences = window, tasks, preferences
        self._waiting: dict[str, Any] = {}
        for key, act in (
            ("Ctrl+=", self.larger),
            ("Ctrl++", self.larger),
            ("Ctrl+-", self.smaller),
            ("Ctrl+0", self.usual_size),
            ("Ctrl+Shift+D", self.switch_dark),
            ("Ctrl+Shift+T", self.switch_touch),
        ):
            QShortcut(QKeySequence(key), window).activated.connect(act)

    @Slot()
    def larger(self) -> None:
        self._step(1)

    @Slot()
    def smaller(self) -> None:
        self._step(-1)

    @Slot()
    def usual_size(self) -> None:
        self._take("text_scale", USUAL)

    @Slot()
    def switch_dark(self) -> None:
        """The other of the two that is on the screen now, whatever the system says."""
        self._take("theme", "light" if theme().tokens.is_dark else "dark")

    @Slot()
    def switch_touch(self) -> None:
        self._take("touch", not theme().tokens.touch)

    def _step(self, step: int) -> None:
        place = TEXT_SCALES.index(theme().tokens.text_scale) + step
        self._take("text_scale", TEXT_SCALES[max(0, min(place, len(TEXT_SCALES) - 1))])

    def _take(self, key: str, value: Any) -> None:
        """The look follows at once; nobody waits for the disk."""
        preferences = self._preferences()
        wish = {name: preferences.get(name) for name in ("theme", "text_scale", "touch")}
        wish |= self._waiting | {key: value}
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        set_theme(app, DARK_WISHES[str(wish["theme"])], float(wish["text_scale"]), bool(wish["touch"]))
        self._window.messages.toast(self._words(key))
        if self._tasks.is_closed:
            return
        self._waiting[key] = value

        def work(progress: Progress) -> None:
            del progress
            preferences.set(key, value)

        self._tasks.run(Lane.DATABASE, work, failed=self._window.messages.error, finished=self._kept)

    def _words(self, key: str) -> str:
        tokens = theme().tokens
        if key == "text_scale":
            return self.tr("文字大小 {} %").format(round(tokens.text_scale * 100))
        if key == "theme":
            return self.tr("深色") if tokens.is_dark else self.tr("浅色")
        return self.tr("触控：按钮和行更高") if tokens.touch else self.tr("鼠标：按钮和行照常")

    @Slot()
    def _kept(self) -> None:
        preferences = self._preferences()
        self._waiting = {key: value for key, value in self._waiting.items() if preferences.get(key) != value}
        page: object = self._window.page("settings")
        if isinstance(page, Refreshing):
            page.refresh()
