"""Tells when the start is over: 今日 has been painted with its rows and the event loop has come round again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Slot

from jiandu_desktop.ui.main_window import MainWindow
from jiandu_desktop.ui.pages.listing import ListPage


class Readiness(QObject):
    """Watches the list in front of `window`; calls `on_ready` once and closes the window."""

    def __init__(self, window: MainWindow, on_ready: Callable[[], None]) -> None:
        super().__init__(window)
        page = window.page(window.current_key())
        if not isinstance(page, ListPage):
            raise TypeError("the page in front is no list")
        self._window = window
        self._on_ready = on_ready
        self._table = page.table
        # The card, not the viewport in it: both are painted in one pass, and to ask Qt for a widget that Python has not
        # made costs as much as the whole page.
        self._table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._table.rows():
            self._table.removeEventFilter(self)
            # Not in the middle of the painting: at the next turn of the loop every key and click is served.
            QTimer.singleShot(0, self, self._ready)
        return False

    @Slot()
    def _ready(self) -> None:
        self._on_ready()
        self._window.close()
