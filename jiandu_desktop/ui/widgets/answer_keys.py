"""The joined strip of keys that answers one item.

    AnswerKeys(choices: Sequence[AnswerChoice], value=None, name="", parent=None)
      signal chosen(str)      the user chose (never fired by set_value); choosing the same again fires nothing
      signal cleared()        the user pressed Delete or Backspace on an answered strip; set_value(None) is the page's
      value() · set_value(str | None) · set_choices(choices) · set_read_only(bool) · set_name(str)
      choose(digit: int) -> bool     as if the digit key 1… had been pressed

Keys when focused: digits choose; ←/→ move the highlight, Space or Enter chooses it; ↑/↓ and all else go to the page.
The strip is inset by 3 px on every side, the room of its focus ring: align its right edge 3 px beyond the column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import RADIUS_CONTROL, SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.widgets import answer_access
from jiandu_desktop.ui.widgets.painted import Painted

RING = 3
"""Room around the strip for the focus ring."""

_SIDE, _DIGIT_GAP = 17, 6
_ICON, _ICON_LEFT, _ICON_GAP = 16, 12, 4


@dataclass(frozen=True, slots=True)
class AnswerChoice:
    """One key: `value` is what the form stores, `tone` is good, part, bad, na, veto or plain.

    `key` is printed before the word where the form names another key than the position.
    """

    value: str
    label: str
    tone: str = "plain"
    key: str = ""


_TONES: dict[str, tuple[str, str, str]] = {
    "good": ("accent", "on_accent", "check"),
    "part": ("caution", "on_caution", "half-disc"),
    "bad": ("caution", "on_caution", "x"),
    "na": ("text2", "surface", "minus"),
    "veto": ("red", "on_red", "octagon-minus"),
    "plain": ("accent", "on_accent", "check"),
}


class AnswerKeys(Painted):
    """A radio group drawn as one strip; every chosen state has an icon, so that it reads in grey print."""

    chosen = Signal(str)
    cleared = Signal()

    is_answer_strip = True

    def __init__(
        self,
        choices: Sequence[AnswerChoice],
        value: str | None = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        answer_access.install()
        self._choices = tuple(choices)
        self._value = value
        self._read_only = False
        self._cursor = 0
        self._hovered = -1
        self._pressed = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self._describe()

    @property
    def choices(self) -> tuple[AnswerChoice, ...]:
        return self._choices

    @property
    def is_read_only(self) -> bool:
        return self._read_only

    def value(self) -> str | None:
        return self._value

    def set_value(self, value: str | None) -> None:
        """Shows an answer; emits nothing."""
        if value == self._value:
            return
        self._value = value
        self._describe()
        self.update()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.SelectionWithin))

    def set_choices(self, choices: Sequence[AnswerChoice]) -> None:
        """Shows other keys, as when a choice filter changed; the value is kept even if no key has it."""
        if tuple(choices) != self._choices:
            self._choices = tuple(choices)
            self._cursor = 0
            self._describe()
            self.updateGeometry()
            self.update()

    def set_read_only(self, read_only: bool) -> None:
        """A frozen visit's strip: sunken, no edge, the chosen word bold; takes no keys and no clicks."""
        self._read_only = read_only
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.update()

    def set_name(self, name: str) -> None:
        """What a screen reader says: the item's number and question."""
        self.setAccessibleName(name)

    def choose(self, digit: int) -> bool:
        """Answers with the key numbered `digit` (1…); False if there is none or the strip is read-only."""
        if self._read_only or not 1 <= digit <= len(self._choices):
            return False
        self._cursor = digit - 1
        value = self._choices[digit - 1].value
        if value != self._value:
            self.set_value(value)
            self.chosen.emit(value)
        return True

    def sizeHint(self) -> QSize:
        width = sum(self._widths()) + 2 * RING
        return QSize(round(width), theme().tokens.control + 2 * RING)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def segments(self) -> list[QRectF]:
        """Where each key lies, in the widget's coordinates."""
        left = float(RING)
        found = []
        for width in self._widths():
            found.append(QRectF(left, RING, width, theme().tokens.control))
            left += width
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        segments = self.segments()
        if not segments:
            painter.end()
            return
        strip = segments[0].united(segments[-1])
        if self._read_only:
            paint.rounded(painter, strip, RADIUS_CONTROL, "sunken")
        else:
            paint.rounded(painter, strip, RADIUS_CONTROL, "surface", "line2")
        for position, (choice, area) in enumerate(zip(self._choices, segments, strict=True)):
            self._paint_key(painter, position, choice, area)
        if self.hasFocus():
            paint.focus_ring(painter, strip.adjusted(-RING, -RING, RING, RING), RADIUS_CONTROL + RING)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._at(event))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self._at(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        # A key answers on release and only where it was pressed, so that a slip can be taken back by moving off.
        if event.button() == Qt.MouseButton.LeftButton and self._pressed >= 0:
            pressed, self._pressed = self._pressed, -1
            if pressed == self._at(event):
                self.choose(pressed + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not plain or self._read_only:
            event.ignore()
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            if not self.choose(key - Qt.Key.Key_0):
                event.ignore()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            self._cursor = min(max(self._cursor + step, 0), len(self._choices) - 1)
            self._hover(self._cursor)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose(self._cursor + 1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if self._value is not None:
                self.cleared.emit()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        values = [choice.value for choice in self._choices]
        self._cursor = values.index(self._value) if self._value in values else 0
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._hover(-1)
        self.update()

    def _paint_key(self, painter: QPainter, position: int, choice: AnswerChoice, area: QRectF) -> None:
        chosen = choice.value == self._value
        last = position == len(self._choices) - 1
        fill, ink, icon = _TONES[choice.tone]
        if chosen and not self._read_only:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color(fill))
            painter.drawPath(paint.side_rounded(area, RADIUS_CONTROL, position == 0, last))
        elif position == self._hovered and not self._read_only:
            inner = area.adjusted(1, 1, -1 if last else 0, -1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("hover"))
            painter.drawPath(paint.side_rounded(inner, RADIUS_CONTROL - 1, position == 0, last))
        joined = not last and not chosen and self._choices[position + 1].value != self._value
        if joined and not self._read_only:
            paint.vertical_hairline(painter, area.right(), area.top() + 1, area.bottom() - 1)
        if chosen:
            color = ink if not self._read_only else fill
            left = area.left() + self.px(_ICON_LEFT)
            paint.icon(painter, icon, left, area.center().y(), self.px(_ICON), color, 2.0)
            left += self.px(_ICON) + self.px(_ICON_GAP)
            word = QRectF(left, area.top(), area.right() - left, area.height())
            paint.text(painter, word, choice.label, color, SIZE_TEXT, bold=True)
            return
        left = area.left() + self.px(_SIDE)
        digit = QRectF(left, area.top(), self.px(10), area.height())
        if not self._read_only:
            paint.text(painter, digit, choice.key or str(position + 1), "text3", SIZE_META)
        left += self._digit_width() + self.px(_DIGIT_GAP)
        word = QRectF(left, area.top(), area.right() - left, area.height())
        paint.text(painter, word, choice.label, "text3" if self._read_only else "text", SIZE_TEXT)

    def _describe(self) -> None:
        """A screen reader hears the answer and the keys there are."""
        chosen = next((choice.label for choice in self._choices if choice.value == self._value), self.tr("未答"))
        keys = " ".join(f"{number} {choice.label}" for number, choice in enumerate(self._choices, start=1))
        self.setAccessibleDescription(f"{chosen}（{keys}）")

    def _widths(self) -> list[float]:
        fixed = 2 * self.px(_SIDE) + 1 + self._digit_width() + self.px(_DIGIT_GAP)
        return [float(round(paint.text_width(choice.label, SIZE_TEXT, bold=True) + fixed)) for choice in self._choices]

    def _digit_width(self) -> float:
        return paint.text_width("0", SIZE_META)

    def _at(self, event: QMouseEvent) -> int:
        for position, area in enumerate(self.segments()):
            if area.contains(event.position()):
                return position
        return -1

    def _hover(self, position: int) -> None:
        if self._read_only:
            position = -1
        if position != self._hovered:
            self._hovered = position
            self.setCursor(Qt.CursorShape.PointingHandCursor if position >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()
