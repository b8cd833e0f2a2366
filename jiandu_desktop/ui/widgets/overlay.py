"""A sheet over the whole window: everything below rests until it is closed.

Overlay(over: QWidget)      covers the window of `over` and follows its size; open(), leave(), signal closed()
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget


class Overlay(QFrame):
    """The keyboard goes back to where it was when it closes."""

    closed = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over.window())
        self._before: QWidget | None = None
        self.setProperty("ground", "surface")
        over.window().installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Covers the window."""
        self._before = QApplication.focusWidget()
        if self._before is not None:
            self._before.destroyed.connect(self._forget)
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()

    @Slot()
    def leave(self) -> None:
        """Gives the window back."""
        if self.isHidden():
            return
        self.hide()
        if self._before is not None:
            self._before.setFocus()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the window's keys rest
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def focusNextPrevChild(self, ahead: bool) -> bool:
        """Tab stays within the sheet."""
        widgets = [
            each
            for each in self.findChildren(QWidget)
            if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        now = QApplication.focusWidget()
        if not widgets:
            return True
        place = widgets.index(now) if now in widgets else -1
        widgets[(place + (1 if ahead else -1)) % len(widgets)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    @Slot()
    def _forget(self) -> None:
        self._before = None
