"""Tab leads in the order in which one reads: asked of the layouts at each press, so that what came later has its place.

stops(root)                          what takes the Tab key in `root` and is shown, in reading order
go_on(root, next)                    moves the keyboard one stop on or back, round the window; False if there is none
lead_focus(page, target)             the focus that a page is given goes on to `target`; the page itself is no stop
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGridLayout,
    QLayout,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

LINE = 12
"""Widgets without a layout stand in one line when their upper edges differ by less than this."""


def stops(root: QWidget) -> list[QWidget]:
    """Each once, the first of the window first."""
    return list(dict.fromkeys(_stops(root)))


def go_on(root: QWidget, forward: bool) -> bool:
    """The stop after or before the one that has the keyboard; from a part of a control as from the control."""
    found = stops(root)
    if not found:
        return False
    now: QWidget | None = QApplication.focusWidget()
    while now is not None and now not in found:
        now = now.parentWidget()
    place = found.index(now) if now is not None else (-1 if forward else 0)
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    found[(place + (1 if forward else -1)) % len(found)].setFocus(reason)
    return True


def lead_focus(page: QWidget, target: QWidget) -> None:
    """In place of a focus proxy: Qt makes a stop of whatever has one, and leaves out what lies before its proxy."""
    lead = page.findChild(_Lead, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if lead is None:
        lead = _Lead(page)
    lead.target = target


class _Lead(QObject):
    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.target = page
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(event, QFocusEvent) and watched is self.parent():
            self.target.setFocus(event.reason())
        return False


def _stops(widget: QWidget) -> Iterator[QWidget]:
    if not widget.isVisible() or not widget.isEnabled():
        return
    if _takes_tab(widget):
        yield widget
    for child in _children(widget):
        yield from _stops(child)


def _takes_tab(widget: QWidget) -> bool:
    if widget.focusProxy() is not None or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return False
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if group is not None and group.exclusive() and group.checkedButton() is not None:
        return group.checkedButton() is widget  # the arrow keys lead to the others
    return True


def _children(widget: QWidget) -> list[QWidget]:
    """In the order of the layout; what lies in none, by its place, after that."""
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        return [inner] if inner is not None else []
    if isinstance(widget, QAbstractScrollArea | QComboBox | QAbstractSpinBox | QLineEdit):
        return []  # their parts are their own affair
    if isinstance(widget, QStackedWidget):
        shown = widget.currentWidget()
        return [shown] if shown is not None else []
    layout = widget.layout()
    laid: list[QWidget] = list(_laid_out(layout)) if layout is not None else []
    known = set(laid)
    free = [child for child in widget.children() if isinstance(child, QWidget) and child not in known]
    free = [child for child in free if not child.isWindow() and child.isVisible()]
    free.sort(key=lambda child: _reading_key(child.pos()))
    return laid + free


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    places = range(layout.count())
    if isinstance(layout, QGridLayout):
        rows = {place: cast(tuple[int, int, int, int], layout.getItemPosition(place)) for place in places}
        ordered = sorted(places, key=lambda place: rows[place][:2])
    else:
        ordered = list(places)
    for place in ordered:
        item = layout.itemAt(place)
        if item is None:
            continue
        widget: QWidget | None = item.widget()
        inner: QLayout | None = item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)


def _reading_key(pos: QPoint) -> tuple[int, int]:
    return (round(pos.y() / LINE), pos.x())
