"""Where the Tab key leads, stop by stop, and whether that is the order in which one reads."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from jiandu_desktop.ui.tour.director import activate
from tests.support.wizard import settle

MOST = 150


@dataclass(frozen=True)
class Stop:
    """A widget that had the keyboard, and where it stood in the window then."""

    widget: QWidget
    area: QRect

    def __str__(self) -> str:
        words = self.widget.accessibleName() or getattr(self.widget, "text", str)() or type(self.widget).__name__
        return f"{words} {self.area.getRect()}"


def tab_round(root: QWidget) -> list[Stop]:
    """Presses Tab until it comes round; the stops of that round, with the places at which they stand in the end."""
    activate(root.window())
    if QApplication.focusWidget() is None:
        root.setFocus()  # a screen without a window manager gives the keyboard back to nobody
    seen: list[QWidget] = []
    while len(seen) < MOST:
        now = QApplication.focusWidget()
        assert now is not None, "nothing has the keyboard"
        if now in seen:
            return [Stop(widget, _area(widget, root)) for widget in seen[seen.index(now) :]]
        seen.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
        settle()
    raise AssertionError(f"no way round: {seen[-1]}")


def left_out(root: QWidget, stops: list[Stop]) -> list[str]:
    """What could have the keyboard and is never led to."""
    reached = {stop.widget for stop in stops}
    missing = []
    for widget in root.findChildren(QWidget):
        wants = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
        if wants and widget.focusProxy() is None and widget.window() is root.window() and widget not in reached:
            missing.append(str(Stop(widget, _area(widget, root))))
    return missing


def out_of_order(stops: list[Stop]) -> list[str]:
    """Steps that lead back: to the left in a line, or up without being in a column further right.

    The one from the last stop of the window to its first always does.
    """
    found = []
    for before, after in zip(stops, [*stops[1:], stops[0]], strict=True):
        one, other = before.area, after.area
        same_line = one.top() < other.bottom() and other.top() < one.bottom()
        back = other.right() <= one.left() if same_line else other.bottom() <= one.top() and other.left() < one.right()
        if back and not before.widget.isAncestorOf(after.widget):
            found.append(f"{before} → {after}")
    return found


def _area(widget: QWidget, root: QWidget) -> QRect:
    """In the window; what is scrolled out of sight stands at the edge behind which it lies."""
    area = QRect(widget.mapTo(root.window(), QPoint(0, 0)), widget.size())
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            seen = QRect(parent.mapTo(root.window(), QPoint(0, 0)), parent.size())
            area.moveTop(max(seen.top(), min(area.top(), seen.bottom())))
        parent = parent.parentWidget()
    return area
