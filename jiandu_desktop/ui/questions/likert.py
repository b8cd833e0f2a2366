"""A scale of agreement: points on one line with their words below, as a Likert question is printed."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import RADIUS_CONTROL, SIZE_META
from jiandu_desktop.ui.questions.painted_choices import PaintedChoices
from jiandu_desktop.ui.questions.question import Option, Question, QuestionField
from jiandu_desktop.ui.questions.wrapping import paint_lines, wrapped
from jiandu_desktop.ui.widgets.answer_keys import RING

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


class LikertScale(PaintedChoices):
    """The painted scale."""

    picked = Signal(str, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._value = ""

    def show_scale(self, options: tuple[Option, ...], value: str, readonly: bool) -> bool:
        """True when the words, and with them the height, are others."""
        changed = options != self.options
        self.options, self._value, self._readonly = options, value, readonly
        chosen = next((option.label for option in options if option.name == value), "")
        self.setAccessibleDescription(chosen)
        self.update()
        return changed

    def areas(self) -> list[QRectF]:
        return self.cells(self.width())

    def touched(self, name: str, by_key: bool) -> None:
        self._value = name
        self.picked.emit(name, by_key)

    def emptied(self) -> None:
        self.picked.emit("", False)

    def place_of_answer(self) -> int:
        return next((place for place, option in enumerate(self.options) if option.name == self._value), -1)

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

    def _words(self, width: int) -> list[list[str]]:
        each = (width - 2 * RING) / max(len(self.options), 1) - 8
        return [wrapped(option.label, each, SIZE_META, bold=True) for option in self.options]
