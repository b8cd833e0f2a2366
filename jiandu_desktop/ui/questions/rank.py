"""Questions that ask for an order: lines moved by Alt+↑ and Alt+↓, drawn with the mouse, or called by their digits."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import RADIUS_CONTROL, SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.questions.question import Option, Question, QuestionField
from jiandu_desktop.ui.questions.wrapping import paint_lines, wrapped
from jiandu_desktop.ui.widgets.answer_keys import RING
from jiandu_desktop.ui.widgets.buttons import Link
from jiandu_desktop.ui.widgets.painted import Painted

_GAP, _LINE, _LEFT, _RIGHT = 6, 20, 44, 64
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class RankField(QuestionField):
    """The order is an answer from the first move on, or once it was said to be right as it stands."""

    wide = True
    inset = RING

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = ""
        self.lines = RankLines(self)
        self.keep = Link(self.tr("就按这个顺序"), SIZE_META, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.lines)
        column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)
        self.lines.moved.connect(self._give)
        self.lines.confirmed.connect(self._entered)
        self.keep.clicked.connect(self._give)
        self.setFocusProxy(self.lines)

    def show_question(self, question: Question) -> None:
        given = [name for name in question.value.split() if name]
        by_name = {option.name: option for option in question.options}
        ordered = [by_name[name] for name in given if name in by_name]
        if not given and self.lines.options and {option.name for option in self.lines.options} == set(by_name):
            ordered = [by_name[option.name] for option in self.lines.options] if self._value else []
        rest = [option for option in question.options if option not in ordered]
        self._value = question.value
        self.lines.setAccessibleName(question.label)
        self.lines.show_lines(tuple(ordered + rest), bool(question.value), question.readonly)
        self.keep.setVisible(not question.value and not question.readonly)
        self.refit.emit()

    def take_key(self, text: str) -> bool:
        return self.lines.take_key(text)

    def focus_target(self) -> QWidget:
        return self.lines

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        below = self.keep.sizeHint().height() if not self.keep.isHidden() else 0
        return self.lines.height_for(width) + below

    def sizeHint(self) -> QSize:
        width = max(self.width(), theme().px(300))
        return QSize(width, self.heightForWidth(width))

    @Slot()
    def _give(self) -> None:
        value = " ".join(option.name for option in self.lines.options)
        if value != self._value:
            self._value = value
            self.answered.emit(value, False)

    @Slot()
    def _entered(self) -> None:
        self._give()
        self.went_on.emit()


class RankLines(Painted):
    """The painted lines with their places; ↑/↓ with Ctrl choose a line, with Alt move it."""

    moved = Signal()
    confirmed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.options: tuple[Option, ...] = ()
        self._given = False
        self._readonly = False
        self._cursor = 0
        self._drawn: int | None = None
        self._hand = 0.0
        self._called: list[str] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("用鼠标拖动；或 ←→ 选一行，{} 上移，{} 下移").format("Alt+↑", "Alt+↓"))

    def show_lines(self, options: tuple[Option, ...], given: bool, readonly: bool) -> None:
        self.options, self._given, self._readonly = options, given, readonly
        self._cursor = min(self._cursor, max(len(options) - 1, 0))
        self._describe()
        self.setFixedHeight(self.height_for(max(self.width(), 1)))
        self.update()

    def take_key(self, text: str) -> bool:
        """A digit puts its line behind those called before it; the last line finds its place by itself."""
        called = next((option for option in self.options if option.key == text), None)
        if called is None or self._readonly:
            return False
        names = [name for name in self._called if name != called.name]
        self._called = [*names, called.name][-len(self.options) :]
        first = {name: place for place, name in enumerate(self._called)}
        order = sorted(self.options, key=lambda option: first.get(option.name, len(first)))
        self.options, self._cursor = tuple(order), first[called.name]
        self._describe()
        self.update()
        if len(self._called) >= len(self.options) - 1:
            self._called = []
            self.moved.emit()
        return True

    def height_for(self, width: int) -> int:
        areas = self.areas(width)
        return round(areas[-1].bottom()) + RING if areas else 0

    def areas(self, width: int) -> list[QRectF]:
        """Where each line lies in a widget of this width."""
        found, top = [], float(RING)
        for option in self.options:
            lines = len(self._words(option, width))
            height = max(theme().tokens.control, lines * self.px(_LINE) + 12)
            found.append(QRectF(RING, top, width - 2 * RING, height))
            top += height + _GAP
        return found

    def resizeEvent(self, event: object) -> None:
        del event
        self.setFixedHeight(self.height_for(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = self.painter()
        areas = self.areas(self.width())
        for place, (option, area) in enumerate(zip(self.options, areas, strict=True)):
            if place != self._drawn:
                self._paint(painter, place, option, area)
        if self._drawn is not None:
            area = areas[self._drawn]
            drawn = area.translated(0, self._hand - area.center().y())
            self._paint(painter, self._drawn, self.options[self._drawn], drawn)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self._cursor = place
            if not self._readonly:
                self._drawn, self._hand = place, self.areas(self.width())[place].center().y()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drawn is None:
            return
        self._hand = event.position().y()
        over = self._at(QPointF(self.width() / 2, self._hand))
        if over >= 0 and over != self._drawn:
            self._carry(self._drawn, over)
            self._drawn = over
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        if self._drawn is not None:
            self._drawn = None
            self.update()
            self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and not event.modifiers() & _COMMANDS and self.take_key(event.text()):
            return
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        way = step.get(Qt.Key(event.key()), 0)
        modifier = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        upright = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        there = self._cursor + way
        if way and upright and modifier == Qt.KeyboardModifier.AltModifier and not self._readonly:
            if 0 <= there < len(self.options):
                self._carry(self._cursor, there)
                self.moved.emit()
        elif way and not modifier and not upright:
            self._cursor = min(max(there, 0), max(len(self.options) - 1, 0))
            self._describe()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifier and not self._readonly:
            self.confirmed.emit()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._called = []
        self.update()

    def _carry(self, place: int, there: int) -> None:
        order = list(self.options)
        order.insert(there, order.pop(place))
        self.options, self._cursor = tuple(order), there
        self._describe()
        self.update()

    def _describe(self) -> None:
        self.setAccessibleDescription("、".join(f"{place} {each.label}" for place, each in enumerate(self.options, 1)))

    def _at(self, spot: QPointF) -> int:
        areas = enumerate(self.areas(self.width()))
        return next((place for place, area in areas if area.top() <= spot.y() <= area.bottom()), -1)

    def _words(self, option: Option, width: float) -> list[str]:
        return wrapped(option.label, width - 2 * RING - self.px(_LEFT) - self.px(_RIGHT), SIZE_TEXT)

    def _paint(self, painter: QPainter, place: int, option: Option, area: QRectF) -> None:
        drawn = place == self._drawn
        if self._readonly:
            paint.rounded(painter, area, RADIUS_CONTROL, "sunken")
        else:
            fill = "accent_soft" if drawn else "surface"
            paint.rounded(painter, area, RADIUS_CONTROL, fill, "accent" if drawn else "line2")
        number = QRectF(area.left() + self.px(14), area.top(), self.px(24), area.height())
        tone = "accent" if self._given else "text3"
        paint.text(painter, number, str(place + 1), tone, SIZE_TEXT, bold=self._given)
        words = area.adjusted(self.px(_LEFT), 0, -self.px(_RIGHT), 0)
        paint_lines(painter, words, self._words(option, self.width()), self.px(_LINE), "text", SIZE_TEXT)
        if not self._readonly:
            size = self.px(16)
            left = area.right() - self.px(32)
            key = QRectF(area.right() - self.px(_RIGHT) + 4, area.top(), self.px(24), area.height())
            paint.text(painter, key, option.key, "text3", SIZE_META)
            paint.icon(painter, "chevron-up", left, area.center().y() - size / 4, size, "text3")
            paint.icon(painter, "chevron-down", left, area.center().y() + size / 4 + 1, size, "text3")
        if self.hasFocus() and place == self._cursor and not drawn:
            paint.focus_ring(painter, area.adjusted(-RING, -RING, RING, RING), RADIUS_CONTROL + RING)
