"""What painted choices have in common: a digit, the mouse, or ←/→ and Space touch one of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiandu_desktop.ui.questions.question import Option
from jiandu_desktop.ui.widgets.painted import Painted


class PaintedChoices(Painted):
    """One widget however many choices there are; what is made of it paints them and says what a touch means."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.options: tuple[Option, ...] = ()
        self._readonly = False
        self._cursor = 0
        self._hovered = -1
        self._pressed = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def areas(self) -> Sequence[QRectF]:
        """Where each choice stands, in the order of `options`."""
        raise NotImplementedError

    def touched(self, name: str, by_key: bool) -> None:
        """The choice was touched, by its own key or otherwise."""
        raise NotImplementedError

    def emptied(self) -> None:
        """Delete or Backspace was pressed while the answer may be changed."""
        raise NotImplementedError

    def place_of_answer(self) -> int:
        """The choice at which the keys begin; -1 where there is none in particular."""
        raise NotImplementedError

    def take_key(self, text: str) -> bool:
        for place, option in enumerate(self.options):
            if option.key == text:
                return self._touch(place, True)
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self._at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        pressed, self._pressed = self._pressed, -1
        if event.button() == Qt.MouseButton.LeftButton and place == pressed:
            self._touch(place, False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        del event
        self._hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.text() and self.take_key(event.text()):
            return
        if plain and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            self._cursor = min(max(self._cursor + step, 0), max(len(self.options) - 1, 0))
            self.update()
        elif plain and event.key() == Qt.Key.Key_Space:
            self._touch(self._cursor, False)
        elif plain and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if not self._readonly:
                self.emptied()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        place = self.place_of_answer()
        self._cursor = place if place >= 0 else self._cursor
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _touch(self, place: int, by_key: bool) -> bool:
        if self._readonly or not 0 <= place < len(self.options):
            return False
        self._cursor = place
        self.touched(self.options[place].name, by_key)
        self.update()
        return True

    def _at(self, spot: QPointF) -> int:
        return next((place for place, area in enumerate(self.areas()) if area.contains(spot)), -1)

    def _hover(self, place: int) -> None:
        place = -1 if self._readonly else place
        if place != self._hovered:
            self._hovered = place
            self.setCursor(Qt.CursorShape.PointingHandCursor if place >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()
