"""The views of the ledger above its table: those that have room as tabs, the others and what is one's own in a menu.

ViewBar(parent=None)   tabs() · value() · set_value(key) · choose(key) as ViewTabs has them, over all views
  set_tabs(Sequence[Tab], own: Collection[str])   `own` are the keys of the user's own views
  signals chosen(str key), save_wanted(), rename_wanted(str key), remove_wanted(str key)
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from jiandu_desktop.ui.pages.view_tabs import Tab, ViewTabs
from jiandu_desktop.ui.widgets.buttons import Button


class ViewBar(QWidget):
    """Tabs and a menu."""

    chosen = Signal(str)
    save_wanted = Signal()
    rename_wanted = Signal(str)
    remove_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._all: tuple[Tab, ...] = ()
        self._own: frozenset[str] = frozenset()
        self.strip = ViewTabs()
        self.more = Button(self.tr("更多视图"), kind="quiet", icon="chevron-down")
        self.more.setToolTip(self.tr("其余的视图；把现在看到的存为自己的视图"))
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self.fill_menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.strip, 1)
        row.addWidget(self.more)
        self.setFocusProxy(self.strip)
        self.strip.chosen.connect(self.chosen)
        self.more.clicked.connect(self._open)

    def tabs(self) -> tuple[Tab, ...]:
        """Every view, those of the menu too."""
        return self._all

    def set_tabs(self, tabs: Sequence[Tab], own: Collection[str] = ()) -> None:
        """Shows these views; emits nothing."""
        self._all, self._own = tuple(tabs), frozenset(own)
        self._share_out(self.value())

    def value(self) -> str:
        return self.strip.value()

    def set_value(self, key: str) -> None:
        """Marks a view; emits nothing."""
        self._share_out(key)

    def choose(self, key: str) -> None:
        """As if the user had chosen it."""
        if key != self.value():
            self._share_out(key)
            self.chosen.emit(key)

    def menu(self) -> QMenu:
        """The menu, for tests and the tour; it is filled when it opens."""
        return self._menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out(self.value())

    @Slot()
    def fill_menu(self) -> None:
        """The views without a tab, then what can be done with one's own."""
        self._menu.clear()
        seen = {tab.key for tab in self.strip.tabs()}
        for tab in self._all:
            if tab.key not in seen:
                words = tab.word if tab.count is None else f"{tab.word}  {tab.count}"
                action = self._menu.addAction(words)
                action.triggered.connect(lambda _=False, key=tab.key: self.choose(key))
        self._menu.addSeparator()
        self._menu.addAction(self.tr("存为视图…")).triggered.connect(self.save_wanted)
        now = self.value()
        if now in self._own:
            self._menu.addAction(self.tr("给这个视图改名…")).triggered.connect(lambda: self.rename_wanted.emit(now))
            self._menu.addAction(self.tr("删除这个视图")).triggered.connect(lambda: self.remove_wanted.emit(now))

    @Slot()
    def _open(self) -> None:
        self._menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 4)))

    def _share_out(self, key: str) -> None:
        """As many tabs as have room; the current view always has one."""
        tabs = list(self._all)
        room = self.width() - self.more.sizeHint().width() - 8
        current = next((tab for tab in tabs if tab.key == key), None)
        shown = tabs[: self.strip.fitting(tabs, room)]
        if current is not None and current not in shown:
            others = [tab for tab in tabs if tab is not current]
            shown = [*others[: max(0, self.strip.fitting([current, *others], room) - 1)], current]
        self.strip.set_tabs(shown)
        if current is not None:
            self.strip.set_value(key)
