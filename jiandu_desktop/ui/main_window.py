"""The window's frame: rail and pages, and rooms (wizard, 完成) that take its whole place.

MainWindow()
  add_entry(key, icon, title, factory)   pages are built when first shown; Ctrl+1… in the order added
  show_page(key) · page(key) -> the built page or None · current_key()
  set_count(key, n) · set_who(county, inspector, area)
  set_banner(widget | None)              a strip above every page · drop_pages() deletes the built ones, entries stay
  enter_room(widget) · leave_room()      rooms stack: 完成 is entered from the wizard; leaving deletes the room
  room() -> the room one is in, or None
  messages: Messages
  signals page_changed(str key), room_changed(), closing() before the window goes
A page may have refresh() (called each time it is shown, and by F5) and focus_search() (Ctrl+F).
A room may have may_leave() -> bool (asked before the window closes) and bar_height() -> int for toasts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from jiandu_desktop.ui.messages import Messages
from jiandu_desktop.ui.widgets.rail import Rail
from jiandu_desktop.ui.widgets.reading_order import go_on

COMPACT_BELOW = 1200
"""Below this width the rail shows icons alone."""

LEAST = QSize(1000, 560)


@runtime_checkable
class Refreshing(Protocol):
    def refresh(self) -> None: ...


@runtime_checkable
class Searching(Protocol):
    def focus_search(self) -> None: ...


@runtime_checkable
class Guarded(Protocol):
    def may_leave(self) -> bool: ...


@runtime_checkable
class Barred(Protocol):
    def bar_height(self) -> int: ...


class MainWindow(QMainWindow):
    """One window for the whole program."""

    page_changed = Signal(str)
    room_changed = Signal()
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("监督"))
        self.setMinimumSize(LEAST)
        self.rail = Rail()
        self._pages = QStackedWidget()
        self._factories: dict[str, Callable[[], QWidget]] = {}
        self._built: dict[str, QWidget] = {}
        self._current = ""
        self._shortcuts: list[QShortcut] = []
        self._frame = QWidget()
        across = QHBoxLayout(self._frame)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._column.addWidget(self._pages, 1)
        self._banner: QWidget | None = None
        across.addLayout(self._column, 1)
        self._rooms = QStackedWidget()
        self._rooms.addWidget(self._frame)
        self.setCentralWidget(self._rooms)
        self.rail.chosen.connect(self.show_page)
        self.messages = Messages(self)
        self._shortcut("Ctrl+F", self._search)
        self._shortcut("F5", self._refresh)
        self._restore()

    def add_entry(self, key: str, icon: str, title: str, factory: Callable[[], QWidget]) -> None:
        """Adds a page to the rail; `factory` is called when it is first shown."""
        self._factories[key] = factory
        self.rail.add(key, icon, title)
        number = len(self._factories)
        if number <= 9:
            self._shortcut(f"Ctrl+{number}", lambda: self.show_page(key))

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Shows a page, leaving no room: rooms are left by their own way out."""
        page = self._built.get(key)
        if page is None:
            page = self._factories[key]()
            self._built[key] = page
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self._current = key
        self.rail.set_current(key)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self._refresh()
        self.page_changed.emit(key)

    def page(self, key: str) -> QWidget | None:
        return self._built.get(key)

    def current_key(self) -> str:
        return self._current

    def set_count(self, key: str, count: int) -> None:
        self.rail.set_count(key, count)

    def set_who(self, county: str, inspector: str, area: str) -> None:
        """County in the rail's head; inspector and 责任区 at its foot."""
        self.rail.set_who(county, inspector, area)

    def set_banner(self, banner: QWidget | None) -> None:
        """A strip above every page, in place of the one before; None takes it away."""
        if self._banner is not None:
            self._column.removeWidget(self._banner)
            self._banner.hide()
            self._banner.deleteLater()
        self._banner = banner
        if banner is not None:
            self._column.insertWidget(0, banner)

    def drop_pages(self) -> None:
        """Deletes every page that was built: their data is no longer open. The entries stay."""
        for page in self._built.values():
            self._pages.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._built.clear()
        self._current = ""

    def enter_room(self, room: QWidget) -> None:
        """Gives a room the whole window."""
        self._rooms.addWidget(room)
        self._rooms.setCurrentWidget(room)
        room.setFocus(Qt.FocusReason.OtherFocusReason)
        self._room_changed()

    def leave_room(self) -> None:
        """Goes back to where the room was entered from and deletes the room."""
        room = self.room()
        if room is None:
            return
        self._rooms.setCurrentIndex(self._rooms.count() - 2)
        self._rooms.removeWidget(room)
        room.hide()
        room.deleteLater()
        below: object = self.room()
        if below is None:
            self._refresh()
        elif isinstance(below, Refreshing):
            below.refresh()
        self._room_changed()

    def room(self) -> QWidget | None:
        """The innermost room, or None while a page is shown."""
        return self._rooms.widget(self._rooms.count() - 1) if self._rooms.count() > 1 else None

    def focusNextPrevChild(self, forward: bool) -> bool:
        return go_on(self, forward)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.set_compact(self.width() < COMPACT_BELOW)

    def closeEvent(self, event: QCloseEvent) -> None:
        room: object = self.room()
        if isinstance(room, Guarded) and not room.may_leave():
            event.ignore()
            return
        QSettings().setValue("window/geometry", self.saveGeometry())
        self.closing.emit()
        super().closeEvent(event)

    def _room_changed(self) -> None:
        room: object = self.room()
        for shortcut in self._shortcuts:
            shortcut.setEnabled(room is None)  # in a room the same keys belong to the room
        self.messages.lift(room.bar_height() if isinstance(room, Barred) else 0)
        self.room_changed.emit()

    @Slot()
    def _refresh(self) -> None:
        page: object = self._built.get(self._current)
        if isinstance(page, Refreshing):
            page.refresh()

    @Slot()
    def _search(self) -> None:
        page: object = self._built.get(self._current)
        if isinstance(page, Searching):
            page.focus_search()

    def _shortcut(self, keys: str, act: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(act)
        self._shortcuts.append(shortcut)

    def _restore(self) -> None:
        stored = QSettings().value("window/geometry")
        if not (isinstance(stored, QByteArray) and self.restoreGeometry(stored)):
            self.resize(1366, 690)
