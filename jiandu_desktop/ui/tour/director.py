"""The hands and eyes of the tour: clicks and keys as a person gives them, and patience until the window has followed.

A click goes to the window at a place and lands on whatever lies there; what is covered or out of sight cannot be
clicked, and the scene fails with a sentence. Nothing here calls into a page: what the tour does, an inspector can do.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit, QScrollArea, QWidget

from jiandu_desktop.ui.widgets.table import DataTable

W = TypeVar("W", bound=QWidget)
T = TypeVar("T")

PATIENCE_S = 20.0
"""Longer than anything on the way takes on a slow laptop, building the demo apart."""

PAUSE_S = 0.15
"""Longer than any panel waits for the selection to rest."""

REST_S = 2.0
"""How long a moving part may lie over what is to be clicked."""

_LEFT = Qt.MouseButton.LeftButton
_NONE = Qt.KeyboardModifier.NoModifier
_MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}


class SceneFailed(Exception):
    """Something the tour wanted to do or to see was not there; the text says what."""


class Director:
    """Works one window through the mouse and the keyboard."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self.window: QWidget = QWidget()
        self._busy: Callable[[], bool] = lambda: False

    def take(self, window: QWidget, busy: Callable[[], bool]) -> None:
        """From now on `window` is worked; `busy` tells whether work in its lanes is still under way."""
        self.window = window
        self._busy = busy

    # --- seeing -----------------------------------------------------------------------------------------------------

    def find(self, kind: type[W], words: str = "", within: QWidget | None = None) -> W:
        """The first visible widget of `kind` whose text, accessible name or object name is `words` ("" for any).

        Raises SceneFailed when there is none.
        """
        found = self.seek(kind, words, within)
        if found is None:
            place = type(within).__name__ if within is not None else self.window.windowTitle()
            raise SceneFailed(f"找不到“{words or kind.__name__}”（在 {place} 里）")
        return found

    def seek(self, kind: type[W], words: str = "", within: QWidget | None = None) -> W | None:
        """As `find`, but None when there is none."""
        roots = [within] if within is not None else self._roots()
        for root in roots:
            candidates: Iterable[W] = root.findChildren(kind)
            if isinstance(root, kind):
                candidates = [root, *candidates]
            for widget in candidates:
                if widget.isVisible() and (not words or words in _names(widget)):
                    return widget
        return None

    def wait(self, ready: Callable[[], T | None], what: str, seconds: float = PATIENCE_S) -> T:
        """Lets the window live until `ready` gives something true, and returns it; raises SceneFailed in the end."""
        end = time.monotonic() + seconds
        while not (found := ready()):
            if time.monotonic() > end:
                raise SceneFailed(f"等了 {seconds:.0f} 秒，没有等到：{what}")
            QApplication.processEvents()
            time.sleep(0.005)  # not QTest.qWait: that keeps Python's lock, and the lanes would stand still
        return found

    def settle(self) -> None:
        """Waits until no lane has work and the window has followed."""
        self.wait(lambda: not self._busy(), "程序空闲")
        for _ in range(3):
            QApplication.processEvents()
            # What was thrown away goes when control is back in the event loop, which the tour never leaves.
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.wait(lambda: not self._busy(), "程序空闲")

    def rest(self) -> None:
        """Gives what follows a moment after the last key the time it takes, and what it then reads."""
        end = time.monotonic() + PAUSE_S
        self.wait(lambda: time.monotonic() > end, "片刻")
        self.settle()

    # --- doing ------------------------------------------------------------------------------------------------------

    def click(self, widget: QWidget, at: QPoint | None = None, double: bool = False) -> None:
        """Clicks in the middle of `widget`, or at a place in it; a place out of sight is scrolled to first."""
        self.wait(lambda: widget.isVisible() and widget.isEnabled(), f"可以点“{described(widget)}”")
        place = at if at is not None else widget.rect().center()
        window, spot = self._reach(widget, place)
        QTest.mouseMove(window, spot)
        if double:
            QTest.mouseDClick(window, _LEFT, _NONE, spot)
        else:
            QTest.mouseClick(window, _LEFT, _NONE, spot)
        self.settle()

    def push(self, words: str, within: QWidget | None = None) -> None:
        """Clicks the button with this text."""
        self.click(self.find(QAbstractButton, words, within))

    def drag(self, widget: QWidget, points: Iterable[QPointF]) -> None:
        """Draws a line over `widget` with the button down; points in its coordinates."""
        spots = [self._spot(widget, point.toPoint()) for point in points]
        window, first = spots[0]
        QTest.mousePress(window, _LEFT, _NONE, first)
        for _, spot in spots[1:]:
            QTest.mouseMove(window, spot)
            QApplication.processEvents()
        QTest.mouseRelease(window, _LEFT, _NONE, spots[-1][1])
        QApplication.processEvents()

    def press(self, keys: str, times: int = 1) -> None:
        """Presses a key or a combination, written as in a menu: "F8", "Ctrl+D", "Down"."""
        key, modifiers = _key(keys)
        for _ in range(times):
            QTest.keyClick(self._focus(), key, modifiers)
            self.settle()

    def write(self, text: str) -> None:
        """Types: letters and figures as keys, Chinese as an input method commits it."""
        for sign in text:
            self._strike(self._focus(), sign)
        self.settle()

    def select_row(self, table: DataTable, holds: Callable[[Any], bool], double: bool = False) -> None:
        """Clicks the first shown row of a table for which `holds` is true."""
        self.wait(table.rows, "表里有内容")
        place = next((n for n, row in enumerate(table.rows()) if holds(row)), -1)
        if place < 0:
            raise SceneFailed("表里没有要找的一行")
        index = table.model.index(place, table.view.head.first)
        table.view.scrollTo(index)
        area: QRect = table.view.visualRect(index)
        self.click(table.view.viewport(), QPoint(area.left() + 40, area.center().y()), double)
        self.rest()

    def choose_files(self, paths: Iterable[Path]) -> None:
        """Types paths into the file dialog that is open and confirms it."""
        self._fill_in(self.wait(self._file_dialog, "选文件的窗口"), list(paths))
        self.wait(lambda: self._file_dialog() is None, "选文件的窗口关闭")
        self.settle()

    def click_and_choose(self, widget: QWidget, path: Path) -> None:
        """Clicks what opens a file dialog that lets nothing else happen, and chooses a file in it."""
        timer = QTimer()
        began = time.monotonic()
        seen: list[QFileDialog] = []

        def look() -> None:
            dialog = self._file_dialog()
            if dialog is None:
                return
            if not seen:
                seen.append(dialog)
                self._fill_in(dialog, [path])
            elif time.monotonic() - began > PATIENCE_S:
                dialog.reject()

        timer.timeout.connect(look)
        timer.start(50)
        self.click(widget)
        timer.stop()
        if not seen:
            raise SceneFailed(f"“{described(widget)}”没有打开选文件的窗口")

    # --- inner ------------------------------------------------------------------------------------------------------

    def _strike(self, widget: QWidget, sign: str) -> None:
        if sign.isascii():
            QTest.keyClicks(widget, sign)
        else:
            event = QInputMethodEvent()
            event.setCommitString(sign)
            QApplication.sendEvent(widget, event)

    def _roots(self) -> list[QWidget]:
        """Where to look: in what is open above the window first."""
        above = [QApplication.activePopupWidget(), QApplication.activeModalWidget()]
        return [*(widget for widget in above if widget is not None), self.window]

    def _focus(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            inside: QWidget | None = popup.focusWidget()
            return inside if inside is not None else popup
        active = QApplication.activeWindow()
        if active is None or not active.isVisible():
            # A screen without a window manager gives the keyboard back to nobody when a dialog closes.
            activate(QApplication.activeModalWidget() or self.window)
        return QApplication.focusWidget() or self.window

    def _file_dialog(self) -> QFileDialog | None:
        for widget in self._app.topLevelWidgets():
            if isinstance(widget, QFileDialog) and widget.isVisible():
                return widget
        return None

    def _fill_in(self, dialog: QFileDialog, paths: list[Path]) -> None:
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        if field is None:
            raise SceneFailed("选文件的窗口里没有文件名一栏")
        field.setFocus()
        field.selectAll()
        for sign in str(paths[0]) if len(paths) == 1 else " ".join(f'"{path}"' for path in paths):
            self._strike(field, sign)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def _reach(self, widget: QWidget, place: QPoint) -> tuple[QWindow, QPoint]:
        """Scrolls to a place and waits until what slides over it has come to rest."""
        end = time.monotonic() + REST_S
        while True:
            self._show(widget, place)
            try:
                return self._spot(widget, place)
            except SceneFailed:
                if time.monotonic() > end:
                    raise
            QApplication.processEvents()
            time.sleep(0.01)

    def _show(self, widget: QWidget, place: QPoint) -> None:
        """Scrolls to a place, as one would with the wheel."""
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                inner = parent.widget()
                if inner is not None and (inner is widget or inner.isAncestorOf(widget)):
                    spot = widget.mapTo(inner, place)
                    parent.ensureVisible(spot.x(), spot.y(), 0, 40)
                    QApplication.processEvents()
            parent = parent.parentWidget()

    def _spot(self, widget: QWidget, place: QPoint) -> tuple[QWindow, QPoint]:
        """The window and the place in it; raises SceneFailed where something else lies there."""
        top = widget.window()
        spot = widget.mapTo(top, place)
        there = top.childAt(spot) or top
        if there is not widget and not widget.isAncestorOf(there) and not _passes_clicks(there, widget):
            raise SceneFailed(f"“{described(widget)}”点不到：上面是“{described(there)}”")
        handle = top.windowHandle()
        if handle is None:
            raise SceneFailed(f"“{described(widget)}”的窗口没有打开")
        return handle, spot


def described(widget: QWidget) -> str:
    """A widget as the user would name it, else its kind."""
    return next((name for name in _names(widget) if name), type(widget).__name__)


def activate(window: QWidget) -> None:
    """Shows a window and gives it the keyboard."""
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)


def _key(keys: str) -> tuple[Qt.Key, Qt.KeyboardModifier]:
    """A combination as it is written in a menu: "Ctrl+Shift+Return", "F8", "Esc"."""
    *held, name = keys.split("+")
    modifiers = _NONE
    for word in held:
        modifiers |= _MODIFIERS[word]
    return Qt.Key[f"Key_{'Escape' if name == 'Esc' else name}"], modifiers


def _names(widget: QWidget) -> tuple[str, ...]:
    text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
    return (text, widget.accessibleName(), widget.objectName())


def _passes_clicks(there: QWidget, widget: QWidget) -> bool:
    """A label or line that lets the mouse through to what lies below it."""
    return there.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents) and widget.window() is there.window()
