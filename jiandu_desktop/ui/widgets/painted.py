"""The base of widgets that paint themselves from the tokens."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from jiandu_desktop.ui.look.theme import theme


class Painted(QWidget):
    """A widget that reads its colours and sizes from the theme and follows every change of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme().changed.connect(self._theme_changed)

    def px(self, length: float) -> int:
        """A length that grows with the text size."""
        return theme().px(length)

    def area(self) -> QRectF:
        """The whole widget, for painting."""
        return QRectF(self.rect())

    def painter(self) -> QPainter:
        """A painter with smooth edges; the caller ends it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter

    def take_theme(self) -> None:
        """Called after every change of theme, text size or density; overridden by widgets that keep sizes."""
        self.updateGeometry()
        self.update()

    @Slot()
    def _theme_changed(self) -> None:
        # Not take_theme itself: PySide does not end the connection of a slot that a subclass overrides when the
        # widget is deleted, and would call into a widget that is gone.
        self.take_theme()
