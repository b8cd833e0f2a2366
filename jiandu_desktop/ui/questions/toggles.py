"""Questions with several answers at once: toggles for a choice of many, numbered toggles for an order."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import RADIUS_CONTROL, SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.questions.question import Kind, Option, Question, QuestionField
from jiandu_desktop.ui.widgets.answer_keys import RING
from jiandu_desktop.ui.widgets.painted import Painted

GAP = 8
_SIDE, _MARK, _MARK_GAP = 12, 16, 6


class ManyField(QuestionField):
    """Toggles that wrap into lines; digits flip them, Enter goes on.

    For a rank each touch gives the next place; touching again takes it away, and the last place fills itself.
    The answer of a rank exists only when every place is given.
    """

    inset = RING
    wide = True

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ranked = kind is Kind.RANK
        self._value = ""
        self.toggles = _Toggles(self._ranked, self)
        self.toggles.flipped.connect(self._flipped)
        self.setFocusProxy(self.toggles)

    def show_question(self, question: Question) -> None:
        self.toggles.setAccessibleName(question.label)
        self.toggles.show_options(question.options, question.readonly)
        if question.value != self._value or not self._ranked:
            self.toggles.show_chosen(question.value.split())
        self._value = question.value
        self.refit.emit()

    def take_key(self, text: str) -> bool:
        return self.toggles.take_key(text)

    def focus_target(self) -> QWidget:
        return self.toggles

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.toggles.height_for(width)

    def sizeHint(self) -> QSize:
        width = max(self.width(), theme().px(300))
        return QSize(width, self.heightForWidth(width))

    def resizeEvent(self, event: object) -> None:
        del event
        self.toggles.setGeometry(self.rect())

    def _flipped(self) -> None:
        chosen = self.toggles.chosen
        if self._ranked and len(chosen) < len(self.toggles.options):
            value = ""
        elif self._ranked:
            value = " ".join(chosen)
        else:
            value = " ".join(option.name for option in self.toggles.options if option.name in chosen)
        if value != self._value:
            self._value = value
            self.answered.emit(value, False)


class _Toggles(Painted):
    """The painted toggles; left and right move the cursor, Space flips what it is on."""

    flipped = Signal()

    def __init__(self, ranked: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.options: tuple[Option, ...] = ()
        self.chosen: list[str] = []
        self._ranked = ranked
        self._readonly = False
        self._cursor = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_options(self, options: tuple[Option, ...], readonly: bool) -> None:
        self.options, self._readonly = options, readonly
        self.update()

    def show_chosen(self, chosen: list[str]) -> None:
        self.chosen = list(chosen)
        self._describe()
        self.update()

    def take_key(self, text: str) -> bool:
        for place, option in enumerate(self.options):
            if option.key == text:
                self._flip(place)
                return True
        return False

    def height_for(self, width: int) -> int:
        areas = self.areas(width)
        return round(areas[-1].bottom() + RING) if areas else 0

    def areas(self, width: int) -> list[QRectF]:
        """Where each toggle lies, wrapped into lines of `width` logical pixels."""
        height = theme().tokens.control
        left, top = float(RING), float(RING)
        found: list[QRectF] = []
        for place, option in enumerate(self.options):
            wide = self._width(place, option)
            if found and left + wide > width - RING:
                left, top = float(RING), top + height + GAP
            wide = min(wide, width - 2 * RING)
            found.append(QRectF(left, top, wide, height))
            left += wide + GAP
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = self.painter()
        for place, (option, area) in enumerate(zip(self.options, self.areas(self.width()), strict=True)):
            self._paint_toggle(painter, place, option, area)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        spot: QPoint = event.position().toPoint()
        for place, area in enumerate(self.areas(self.width())):
            if area.contains(spot):
                self._flip(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.text() and self.take_key(event.text()):
            return
        if plain and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            self._cursor = min(max(self._cursor + step, 0), len(self.options) - 1)
            self._describe()
            self.update()
        elif plain and event.key() == Qt.Key.Key_Space:
            self._flip(self._cursor)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _flip(self, place: int) -> None:
        if self._readonly or not 0 <= place < len(self.options):
            return
        self._cursor = place
        name = self.options[place].name
        if name in self.chosen:
            self.chosen.remove(name)
        else:
            self.chosen.append(name)
            left = [option.name for option in self.options if option.name not in self.chosen]
            if self._ranked and len(left) == 1:
                self.chosen.append(left[0])
        self._describe()
        self.update()
        self.flipped.emit()

    def _describe(self) -> None:
        names = {option.name: option.label for option in self.options}
        self.setAccessibleDescription("、".join(names.get(name, name) for name in self.chosen))

    def _width(self, place: int, option: Option) -> float:
        del place
        words = paint.text_width(option.label, SIZE_TEXT, bold=True)
        return float(round(words + self.px(_MARK) + self.px(_MARK_GAP) + 2 * self.px(_SIDE)))

    def _paint_toggle(self, painter: QPainter, place: int, option: Option, area: QRectF) -> None:
        on = option.name in self.chosen
        if self._readonly:
            paint.rounded(painter, area, RADIUS_CONTROL, "sunken")
        elif on:
            paint.rounded(painter, area, RADIUS_CONTROL, "accent_soft", "accent")
        else:
            paint.rounded(painter, area, RADIUS_CONTROL, "surface", "line2")
        left = area.left() + self.px(_SIDE)
        mark = QRectF(left, area.top(), self.px(_MARK), area.height())
        if on and self._ranked:
            paint.text(painter, mark, str(self.chosen.index(option.name) + 1), "accent", SIZE_TEXT, bold=True)
        elif on:
            paint.icon(painter, "check", left, area.center().y(), self.px(_MARK), "accent")
        elif not self._readonly:
            paint.text(painter, mark, option.key, "text3", SIZE_META)
        left += self.px(_MARK) + self.px(_MARK_GAP)
        word = QRectF(left, area.top(), area.right() - left - 4, area.height())
        paint.text(painter, word, option.label, "accent" if on else "text", SIZE_TEXT, bold=on)
        if self.hasFocus() and place == self._cursor:
            paint.focus_ring(painter, area.adjusted(-RING, -RING, RING, RING), RADIUS_CONTROL + RING)
