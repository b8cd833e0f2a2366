"""What a window cuts off: words wider than their place, and controls that stand outside it or lie over each other."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from jiandu_desktop.ui.widgets.answer_keys import AnswerKeys
from jiandu_desktop.ui.widgets.segmented import Segmented

SLACK = 2
"""Logical pixels lost to rounding."""

_WHOLE = (QAbstractButton, AnswerKeys, Segmented)
_CONTROLS = (*_WHOLE, QLineEdit, QComboBox, QAbstractSpinBox)


def cut_off(root: QWidget) -> list[str]:
    """Buttons and labels narrower or lower than their words, and controls that reach beyond the window."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not root.window():
            continue
        if isinstance(widget, _WHOLE) or (isinstance(widget, QLabel) and widget.text() and not widget.wordWrap()):
            wish, have = widget.sizeHint(), widget.size()
            if have.width() + SLACK < wish.width() or have.height() + SLACK < wish.height():
                found.append(f"{_words(widget)}: {have.toTuple()} of {wish.toTuple()}")
        if isinstance(widget, _CONTROLS) and not _is_scrolled(widget):
            area = _area(widget)
            if not root.window().rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(area):
                found.append(f"{_words(widget)}: outside, {area.getRect()}")
    return found + _overlaps(root)


def _overlaps(root: QWidget) -> list[str]:
    """Controls of one parent that lie over each other."""
    found = []
    for parent in [root, *root.findChildren(QWidget)]:
        own = [
            child
            for child in parent.children()
            if isinstance(child, (*_CONTROLS, QLabel))
            and child.isVisible()
            and not child.isWindow()
            and not (isinstance(child, QLabel) and not child.text())
        ]
        for place, one in enumerate(own):
            for other in own[place + 1 :]:
                shared = one.geometry().intersected(other.geometry())
                if shared.width() > 2 * SLACK + 4 and shared.height() > 2 * SLACK + 4:
                    found.append(f"{_words(one)} lies over {_words(other)}")
    return found


def _is_scrolled(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def _area(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def _words(widget: QWidget) -> str:
    said = widget.accessibleName() or getattr(widget, "text", str)()
    return f"{type(widget.parentWidget()).__name__}/{type(widget).__name__} “{said}”"
