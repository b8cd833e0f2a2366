"""A scale of agreement: points on one line with their words below, as a Likert question is printed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import RADIUS_CONTROL, SIZE_META
from jiandu_desktop.ui.questions.question import Option, Question, QuestionField
from jiandu_desktop.ui.questions.wrapping import paint_lines, wrapped
from jiandu_desktop.ui.widgets.answer_keys import RING
from jiandu_desktop.ui.widgets.painted import Painted

_POINT, _TOP, _LINE = 18, 36, 17
"""Diameter of a point, height of the line of points, and of a line of words."""


class LikertField(QuestionField):
    """One answer on a scale; digits, ←/→ and Space, or the mouse anywhere above a word."""

    wide = True
    inset = RING

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = ""
        self._quick = False
        self.scale = LikertScale(self)
        self.scale.picked.connect(self._picked)
        self.setFocusProxy(self.scale)

    def show_question(self, question: Question) -> None:
        self._quick = question.looks("quick", "quickcompact")
        self._value = question.value
        self.scale.setAccessibleName(question.label)
        if self.scale.show_scale(question.options, question.value, question.readonly):
            self.refit.emit()

    def take_key(self, text: str) -> bool:
        return self.scale.take_key(text)

    def focus_target(self) -> QWidget:
        return self.scale

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.scale.height_for(width)

    def sizeHint(self) -> QSize:
        width = max(self.width(), theme().px(300))
        return QSize(width, self.heightForWidth(width))

    def resizeEvent(self, event: object) -> None:
        del event
        self.scale.setGeometry(self.rect())

    @Slot(str, bool)
    def _picked(self, name: str, by_key: bool) -> None:
        on = bool(name) and (by_key or self._quick)
        if name != self._value or on:
            self._value = name
            self.answered.emit(name, on)


class LikertScale(Painted):
    """The painted scale."""

    picked = Signal(str, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.options: tuple[Option, ...] = ()
        self._value = ""
        self._readonly = False
        self._cursor = 0
        self._hovered = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_scale(self, options: tuple[Option, ...], value: str, readonly: bool) -> bool:
        """True when the words, and with them the height, are others."""
        changed = options != self.options
        self.options, self._value, self._readonly = options, value, readonly
        chosen = next((option.label for option in options if option.name == value), "")
        self.setAccessibleDescription(chosen)
        self.update()
        return changed

    def take_key(self, text: str) -> bool:
        for place, option in enumerate(self.options):
            if option.key == text:
                return self._pick(place, True)
        return False

    def height_for(self, width: int) -> int:
        most = max((len(lines) for lines in self._words(width)), default=1)
        return self.px(_TOP) + most * self.px(_LINE) + 8 + RING

    def cells(self, width: int) -> list[QRectF]:
        """The column of each point, in a widget of this width."""
        each = (width - 2 * RING) / max(len(self.options), 1)
        height = self.height_for(width)
        return [QRectF(RING + place * each, 0, each, height) for place in range(len(self.options))]

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = self.painter()
        cells, middle = self.cells(self.width()), self.px(_TOP) / 2
        if cells:
            first, last = cells[0].center().x(), cells[-1].center().x()
            painter.fillRect(QRectF(first, middle - 1, last - first, 2), theme().color("track"))
        for place, (option, cell, lines) in enumerate(zip(self.options, cells, self._words(self.width()), strict=True)):
            on = option.name == self._value
            point, size = QPointF(cell.center().x(), middle), float(self.px(_POINT))
            fill = "accent" if on else "hover" if place == self._hovered else "surface"
            paint.dot(painter, point, size, fill, "accent" if on else "line" if self._readonly else "line2")
            if on:
                paint.icon(painter, "check", point.x() - size * 0.35, middle, size * 0.7, "on_accent", 2.5)
            elif not self._readonly and len(option.key) == 1:
                spot = QRectF(cell.left(), middle - size / 2, cell.width(), size)
                paint.text(painter, spot, option.key, "text3", SIZE_META - 2, align="center")
            words = QRectF(cell.left() + 4, self.px(_TOP), cell.width() - 8, len(lines) * self.px(_LINE))
            tone = "accent" if on else "text3" if self._readonly else "text"
            paint_lines(painter, words, lines, self.px(_LINE), tone, SIZE_META, bold=on, align="center")
            if self.hasFocus() and place == self._cursor:
                ring = QRectF(cell.left() + 1, 1, cell.width() - 2, self.height() - 2)
                paint.focus_ring(painter, ring, RADIUS_CONTROL)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self._pick(place, False)

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
            self._pick(self._cursor, False)
        elif plain and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self._readonly:
            self.picked.emit("", False)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        names = [option.name for option in self.options]
        self._cursor = names.index(self._value) if self._value in names else self._cursor
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _pick(self, place: int, by_key: bool) -> bool:
        if self._readonly or not 0 <= place < len(self.options):
            return False
        self._cursor = place
        self._value = self.options[place].name
        self.update()
        self.picked.emit(self._value, by_key)
        return True

    def _words(self, width: int) -> list[list[str]]:
        each = (width - 2 * RING) / max(len(self.options), 1) - 8
        return [wrapped(option.label, each, SIZE_META, bold=True) for option in self.options]

    def _at(self, spot: QPointF) -> int:
        cells = enumerate(self.cells(self.width()))
        return next((place for place, cell in cells if cell.contains(spot)), -1)

    def _hover(self, place: int) -> None:
        place = -1 if self._readonly else place
        if place != self._hovered:
            self._hovered = place
            self.setCursor(Qt.CursorShape.PointingHandCursor if place >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()
